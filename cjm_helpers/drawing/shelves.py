"""Shows what stands on a study's shelves, and what each notebook can do with it."""

from collections.abc import Mapping

import pandas as pd

from cjm_helpers.drawing.shown import Shown, show_table
from cjm_helpers.worksheets import SHELVES, SPECS

# Notebook: its question, and what each table lets it show.
ROAD = {
    "01_personas": ("Who are they?", {
        "personas": "cards", "statements": "what they need and want", "customers": "groups in the data",
        "persona_assignments": "how many stand behind each",
    }),
    "02_touchpoints": ("Where do we meet?", {
        "touchpoints": "the inventory", "responses": "where we asked", "events": "where customers really were",
        "feedback": "what they speak of",
    }),
    "03_categories": ("What matters?", {
        "touchpoint_ratings": "impact as the team sees it", "responses": "impact as answers show it",
    }),
    "04_feedback": ("What do they say?", {
        "feedback": "their words", "codebook": "names for what they say", "codings": "themes, counted in people",
    }),
    "05_kpis": ("Are we getting there?", {
        "goals": "what we want to reach", "kpis": "how we would know", "kpi_readings": "where we stand",
    }),
    "06_paths": ("What did they do?", {"events": "who came how far, and where they left"}),
    "07_journey_map": ("What does it look like?", {
        "touchpoints": "the steps", "statements": "what the team believes", "responses": "the emotion curve",
        "codings": "pain points and delights", "kpis": "figures below the steps",
    }),
    "08_opportunities": ("What do we do first?", {
        "opportunities": "ideas, ranked", "statements": "questions to answer", "codings": "pain points to end",
    }),
    "09_waves": ("What has changed?", {
        "responses": "feelings, then and now", "kpi_readings": "KPIs, then and now", "renames": "what has a new name",
    }),
}  # fmt: skip


def show_shelves(counts: Mapping[str, int]) -> Shown:
    """Show the tables of a study on their shelves, each with how many rows it holds.

    counts are the rows by table, as `count_rows` returns them.

    Examples
    --------
    >>> show_shelves({"personas": 2})
       Table One row per Rows
    personas     persona    2
    """
    rows = [
        (
            f"Shelf {SHELVES.index(spec.shelf) + 1}: {spec.shelf}",
            name,
            spec.row,
            f"{counts[name]:,}" if counts[name] else "empty",
        )
        for name, spec in SPECS.items()
        if name in counts
    ]
    frame = pd.DataFrame(rows, columns=["shelf", "table", "row", "rows"])
    return show_table(frame, columns={"table": "Table", "row": "One row per", "rows": "Rows"}, group="shelf")


def show_road(counts: Mapping[str, int]) -> Shown:
    """Show what each notebook asks, what it can show with the study as it is, and what it still waits for.

    counts are the rows by table, as `count_rows` returns them.

    Examples
    --------
    >>> show_road({"events": 12}).text.splitlines()[6].split()[:5]
    ['06_paths', 'What', 'did', 'they', 'do?']
    """
    rows = [
        {"notebook": notebook, "question": question, **_sort_uses(uses, counts)}
        for notebook, (question, uses) in ROAD.items()
    ]
    columns = {"notebook": "Notebook", "question": "Asks", "can": "Can show you", "waits": "Waits for"}
    return show_table(pd.DataFrame(rows), columns=columns)


def _sort_uses(uses: Mapping[str, str], counts: Mapping[str, int]) -> dict[str, str]:
    can = [gain for table, gain in uses.items() if counts.get(table)]
    waits = [f"{table} ({gain})" for table, gain in uses.items() if not counts.get(table)]
    return {"can": ", ".join(can), "waits": ", ".join(waits)}
