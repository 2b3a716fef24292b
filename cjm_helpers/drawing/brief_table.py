"""Shows page one of a report: what was found, what to do, what changed and how sure all this is, in plain words."""

from html import escape

import pandas as pd

from cjm_helpers.drawing.sheet.words import name_anchor
from cjm_helpers.drawing.shown import Shown

# Part of the brief: its heading, and what stands there where the brief says nothing.
PARTS = {
    "finding": ("What we found", "Nothing has been found yet."),
    "action": ("What to do next", "No action is written down yet."),
    "change": ("What changed, and what is reached", "There is nothing to compare with yet."),
    "confidence": ("How sure we are", "Nobody can say yet."),
}
COUNTED = ("finding", "action")
OPEN = {"owner": "owner not named yet", "due": "no date yet", "moves": "nothing named yet"}
HEADS = {"owner": "Owner", "due": "By", "moves": "Should move"}


def show_brief(brief: pd.DataFrame) -> Shown:
    """Show the page for those who decide: findings, actions with owner, date and what should move, changes, trust.

    Columns read: part (finding, action, change, confidence), place, step_id, item_id, sentence, owner, due, moves. What
    an action lacks is said; a step leads to its evidence.

    Parameters
    ----------
    brief
        From `journey.write_brief`.

    Examples
    --------
    >>> row = {"part": "action", "place": 1, "step_id": "3.4", "item_id": "o01", "sentence": "Pay in one step.",
    ...        "owner": "Checkout", "due": "", "moves": "Paid at first try"}
    >>> print(show_brief(pd.DataFrame([row])).text.splitlines()[3])
      1. Pay in one step. (Owner: Checkout. By: no date yet. Should move: Paid at first try.)
    """
    rows = brief.fillna("").sort_values("place", kind="stable").to_dict("records")
    own = {part: [row for row in rows if row["part"] == part] for part in PARTS}
    html = "\n".join(_write_part(part, found) for part, found in own.items())
    text = "\n".join(line for part, found in own.items() for line in _write_lines(part, found))
    return Shown(f'<div class="brief">\n{html}\n</div>', text)


def _write_part(part: str, rows: list[dict]) -> str:
    head, empty = PARTS[part]
    tag = "ol" if part in COUNTED else "ul"
    items = "\n".join(f"<li>{_write_row(row)}</li>" for row in rows)
    body = f"<{tag}>\n{items}\n</{tag}>" if rows else f"<p>{escape(empty)}</p>"
    return f'<section class="{part}">\n<h2>{head}</h2>\n{body}\n</section>'


def _write_row(row: dict) -> str:
    step = escape(row["step_id"])
    link = (
        f' <a href="#{name_anchor(row["step_id"])}">Evidence<span class="unseen"> at {step}</span></a>' if step else ""
    )
    said = f"<p>{escape(row['sentence'])}{link}</p>"
    facts = _list_facts(row)
    pairs = "".join(f"<div><dt>{head}</dt><dd>{escape(words)}</dd></div>" for head, words in facts)
    return said + (f"<dl>{pairs}</dl>" if pairs else "")


def _list_facts(row: dict) -> list[tuple[str, str]]:
    """What belongs to an action; a sentence that there is none has no owner either."""
    if row["part"] != "action" or not row["item_id"]:
        return []
    return [(head, str(row[name]) or OPEN[name]) for name, head in HEADS.items()]


def _write_lines(part: str, rows: list[dict]) -> list[str]:
    head, empty = PARTS[part]
    lines = [head] if rows else [head, f"  {empty}"]
    for number, row in enumerate(rows, start=1):
        facts = " ".join(f"{name}: {words}." for name, words in _list_facts(row))
        mark = f"{number}." if part in COUNTED else "-"
        lines.append(f"  {mark} {row['sentence']}" + (f" ({facts})" if facts else ""))
    return lines
