"""Shows the tables of a report: plain semantic HTML under plain headings.

show_table(table, columns=...)    any table, its numbers written for readers
show_shelves, show_road(counts)   what a study holds, and what each notebook can do with it
show_cells(journey, lanes=...)    chosen cells of the map, with the rows behind them
show_brief(brief)                 page one of a report: findings, actions, changes, and how sure
show_evidence(journey)            what every cell of the map rests on, where the map's links lead
show_peak_end, show_differences   what the curve comes to, and where personas differ
show_people(people)               who stands behind a persona
show_cards, show_groups           one card a persona, each line with how it is known; groups found in the data
show_themes, show_gaps            what people say, and what is not known
show_sources, show_verbatims      what kinds of feedback there are, and people's words
show_persona_themes               what each persona names most
show_sample, show_suggestions     who reads what, and how well the machine finds every code
show_kpis, show_efforts           where KPIs stand, and what efforts did to them
show_funnel, show_next            how many people reached each step, and where they went next
show_channels                     how many went on from each channel of a stage
"""

from html import escape

import pandas as pd

from cjm_helpers.drawing.brief_table import show_brief
from cjm_helpers.drawing.cards import show_cards, show_groups
from cjm_helpers.drawing.cells_table import show_cells
from cjm_helpers.drawing.evidence_table import show_evidence
from cjm_helpers.drawing.feedback_tables import VALENCES, show_persona_themes, show_sources, show_verbatims
from cjm_helpers.drawing.feeling_tables import show_differences, show_peak_end
from cjm_helpers.drawing.measure_tables import show_channels, show_efforts, show_funnel, show_kpis, show_next
from cjm_helpers.drawing.shelves import show_road, show_shelves
from cjm_helpers.drawing.shown import Shown, show_table
from cjm_helpers.drawing.suggestion_views import show_sample, show_suggestions

__all__ = [
    "Shown",
    "show_brief",
    "show_cards",
    "show_cells",
    "show_channels",
    "show_differences",
    "show_efforts",
    "show_evidence",
    "show_funnel",
    "show_gaps",
    "show_groups",
    "show_kpis",
    "show_next",
    "show_peak_end",
    "show_people",
    "show_persona_themes",
    "show_road",
    "show_sample",
    "show_shelves",
    "show_suggestions",
    "show_sources",
    "show_table",
    "show_themes",
    "show_verbatims",
]

EVERYONE = "everyone"
MOST_THEMES, LEAST_PEOPLE = 4, 2


def show_people(people: pd.DataFrame, *, persona_id: str = EVERYONE) -> Shown:
    """Show how many customers, answers and verbatims stand behind each persona; for everyone also those without one.

    Columns read: persona_id, name, tagline, customers, answers, verbatims, as `personas.count_customers` makes them.

    Examples
    --------
    >>> people = pd.DataFrame({"persona_id": ["a", ""], "name": ["Anna", "Without a persona"], "tagline": ["", ""],
    ...                        "customers": [41, 3], "answers": [212, 9], "verbatims": [96, 0]})
    >>> show_people(people).summary
    {'without_persona': 3}
    """
    is_everyone = persona_id == EVERYONE
    shown = people if is_everyone else people[people["persona_id"] == persona_id]
    without = int(people.loc[people["persona_id"] == "", "customers"].sum())
    counts = {"customers": "Customers", "answers": "Answers", "verbatims": "Verbatims"}
    columns = {"name": "Persona", "tagline": "In one line", **counts}
    return show_table(shown, columns=columns, summary={"without_persona": without} if is_everyone else None)


def show_themes(themes: pd.DataFrame, *, steps: pd.DataFrame) -> Shown:
    """Show the themes of each step, strongest first, with one quote each and its id.

    Columns read: touchpoint_id, label, valence, k, n, value, lo, hi, flag, caution (where it is there), quote_id, text
    (of the quote); step_id, touchpoint_id, name. Up to four themes a step; what one person alone names is left out.

    Examples
    --------
    >>> steps = pd.DataFrame({"step_id": ["3.2"], "touchpoint_id": ["pay"], "name": ["Pay"]})
    >>> themes = pd.DataFrame({"touchpoint_id": ["pay"], "label": ["Card refused"], "valence": [-1], "k": [18.0],
    ...     "n": [31.0], "value": [0.58], "lo": [0.41], "hi": [0.74], "flag": ["reportable"], "quote_id": ["f1"],
    ...     "text": ["Refused again."]})
    >>> show_themes(themes, steps=steps)
           Theme       Kind   People Share 95 % interval      In their words
    Card refused pain point 18 of 31  58 %    41 to 74 % “Refused again.” f1
    """
    known = themes[(themes["flag"] != "suppressed") & (themes["k"] >= LEAST_PEOPLE)]
    placed = steps[["step_id", "touchpoint_id", "name"]].merge(known, on="touchpoint_id")
    unplaced = known[known["touchpoint_id"] == ""].assign(step_id="", name="The journey as a whole")
    rows = pd.concat([placed, unplaced]) if len(unplaced) else placed
    rows = rows.groupby("touchpoint_id", sort=False).head(MOST_THEMES)
    words, source = rows["text"].fillna(""), rows["quote_id"].fillna("")
    rows = rows.assign(
        step=(rows["step_id"] + " " + rows["name"]).str.strip(),
        quote=("“" + words + "” " + source).where(words != "", source),
        valence=rows["valence"].map(VALENCES).fillna(""),
    )
    columns = {"label": "Theme", "valence": "Kind", "people": "People", "value": "Share", "interval": "95 % interval"}
    empty = "No theme is named by enough people yet. Verbatims count once they are coded: fill codebook and codings."
    columns |= {"caution": "Mind", "quote": "In their words"}
    return show_table(rows, columns=columns, unit="share", group="step", empty=empty)


def show_gaps(gaps: pd.DataFrame) -> Shown:
    """Show what is not known, one sentence each.

    Columns read: kind, step_id, sentence.

    Examples
    --------
    >>> show_gaps(pd.DataFrame({"kind": ["empty"], "step_id": [""], "sentence": ["Buy has no touchpoint yet."]}))
    Buy has no touchpoint yet.
    """
    sentences = list(dict.fromkeys(gaps["sentence"]))
    if not sentences:
        return Shown("<p>No gap was found.</p>", "No gap was found.")
    items = "\n".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return Shown(f'<ul class="gaps">\n{items}\n</ul>', "\n".join(sentences))
