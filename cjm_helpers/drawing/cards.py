"""Shows personas as cards, every line with how it is known, and groups found in the data, one row each."""

from html import escape

import pandas as pd

from cjm_helpers.drawing.shown import Shown, show_table
from cjm_helpers.worksheets import split_list

EVERYONE = "everyone"
HEADS = {
    "goal_short": "goal for now", "goal_long": "goal for later", "quote": "in their words",
    "trait": "what sets them apart", "match_prevalence": "how many have it all",
    "pain_code": "what most complain of", "pain_point": "pain points as stated",
}  # fmt: skip
LEFT = ("demographics", "behaviour", "trait", "match_prevalence")
RIGHT = ("motivation", "need", "preference", "goal_short", "goal_long")
BELOW = ("pain_code", "pain_point", "quote")
ASKED = ("demographics", "behaviour", *RIGHT, "pain_point", "quote")  # what a team is to say of every persona
OPTIONAL = "pain_point"  # said already where people's own complaints were counted
SILENT = "not known yet"
MADE_FROM = {"data": "made from data", "proto": "proto-persona: made in a workshop, to be tested"}
MOST_IDS = 3
# Inline, for a notebook has no style sheet of ours, and only what JupyterLab leaves in a page it does not trust.
FRAME = "border: 2px {} gray; border-radius: 6px; padding: 10px 18px; margin: 0 0 16px 0"
HALF = "display: inline-block; width: 48%; min-width: 240px; vertical-align: top; margin-right: 1%"
NAME, HEAD = "font-size: 130%; margin: 0", "font-weight: bold; margin: 8px 0 0 0"
LINES = "margin: 0; padding-left: 20px"
GROUP = {
    "name": "Group", "share": "Customers", "suggested_name": "A name to start from", "trait": "What sets it apart",
    "match_prevalence": "Who has it all", "stability": "How firm",
}  # fmt: skip


def show_cards(cards: pd.DataFrame, *, persona_id: str = EVERYONE) -> Shown:
    """Show one card a persona: who they are, what they want, what hurts, each line with its basis and evidence.

    Columns read: persona_id, field, text, basis, evidence_ids. What the team assumes is in italics, a persona that no
    data stands behind has a dotted frame, and what nobody has said of a persona is named.

    Parameters
    ----------
    cards
        From `personas.write_cards`.
    persona_id
        Show this persona's card only.

    Examples
    --------
    >>> rows = {"persona_id": "ben", "field": ["name", "need"], "text": ["Ben", "Calm"],
    ...         "basis": ["assumed", "reported"], "evidence_ids": ["", "f1"]}
    >>> show_cards(pd.DataFrame(rows)).text.splitlines()[:5:4]
    ['Ben', '  need: Calm (reported, f1)']
    """
    chosen = cards if persona_id == EVERYONE else cards[cards["persona_id"] == persona_id]
    if chosen.empty:
        empty = "No persona is written down yet."
        return Shown(f"<p>{empty}</p>", empty)
    own = {name: rows.to_dict("records") for name, rows in chosen.groupby("persona_id", sort=False)}
    html = "\n".join(_write_card(rows) for rows in own.values())
    text = "\n\n".join("\n".join(_write_lines(rows)) for rows in own.values())
    return Shown(html, text)


def show_groups(cards: pd.DataFrame) -> Shown:
    """Show the groups that customers form by themselves, one row each: how many, what sets them apart, how firm.

    Columns read: persona_id, field, text, of the cards that `personas.write_cards` makes from a suggestion.

    Examples
    --------
    >>> rows = {"persona_id": "segment_1", "field": ["name", "trait"], "text": ["Segment 1", "orders a year: 14"]}
    >>> show_groups(pd.DataFrame(rows)).text.splitlines()[1].split()
    ['Segment', '1', 'orders', 'a', 'year:', '14']
    """
    said = cards.groupby(["persona_id", "field"])["text"].agg("; ".join).unstack(fill_value="")
    return show_table(
        said.reindex(columns=list(GROUP), fill_value=""),
        columns=GROUP,
        empty="The customers form no groups that hold: show one average customer, or use proto-personas.",
    )


def _write_card(rows: list[dict]) -> str:
    is_guess = _read(rows, "made_from") == "proto" or not _read(rows, "share")
    parts = [f'<article class="persona_card" style="{FRAME.format("dotted" if is_guess else "solid")}">']
    parts += [f'<p style="{NAME}"><strong>{escape(_read(rows, "name"))}</strong></p>']
    parts += [f"<p>{escape(line)}</p>" for line in _introduce(rows)]
    for names, style in ((LEFT, HALF), (RIGHT, HALF), (BELOW, "")):
        parts += [f'<div style="{style}">', *(_write_field(rows, name) for name in names), "</div>"]
    return "\n".join([*parts, "</article>"])


def _introduce(rows: list[dict]) -> list[str]:
    """The persona in one line, and how many people stand behind it."""
    behind = _read(rows, "share") or "no customer belongs to this persona yet"
    made = MADE_FROM.get(_read(rows, "made_from"), "")
    return [line for line in (_read(rows, "tagline"), " · ".join(filter(None, (behind, made)))) if line]


def _write_field(rows: list[dict], field: str) -> str:
    lines = "".join(f"<li>{_write_text(row)}</li>" for row in _list_said(rows, field))
    head = f'<p style="{HEAD}">{_name(field).capitalize()}</p>'
    return f'{head}<ul style="{LINES}">{lines}</ul>' if lines else ""


def _list_said(rows: list[dict], field: str) -> list[dict]:
    """What is said of a field; one line that says so where a team ought to know and does not."""
    said = [row for row in rows if row["field"] == field]
    is_open = field in ASKED and not (field == OPTIONAL and any(row["field"] == "pain_code" for row in rows))
    return said or ([{"field": field, "text": SILENT, "basis": "", "evidence_ids": ""}] if is_open else [])


def _write_text(row: dict) -> str:
    text = f"“{row['text']}”" if row["field"] == "quote" and row["text"] != SILENT else row["text"]
    words = escape(text)
    words = f"<em>{words}</em>" if row["basis"] == "assumed" or text == SILENT else words
    behind = _spell_basis(row)
    return f"{words} <small>{escape(behind)}</small>" if behind else words


def _spell_basis(row: dict) -> str:
    """How it is known and the rows behind it; of many the first few, and how many more."""
    ids = split_list(row["evidence_ids"])
    more = [f"and {len(ids) - MOST_IDS} more"] if len(ids) > MOST_IDS else []
    return ", ".join(filter(None, [row["basis"], *ids[:MOST_IDS], *more]))


def _write_lines(rows: list[dict]) -> list[str]:
    lines = [_read(rows, "name")]
    for field in (*LEFT, *RIGHT, *BELOW):
        for row in _list_said(rows, field):
            behind = _spell_basis(row)
            lines.append(f"  {_name(field)}: {row['text']}" + (f" ({behind})" if behind else ""))
    return lines


def _name(field: str) -> str:
    return HEADS.get(field, field)


def _read(rows: list[dict], field: str) -> str:
    return next((row["text"] for row in rows if row["field"] == field), "")
