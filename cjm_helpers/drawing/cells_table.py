"""Shows chosen cells of a journey map as a table: what, by how many, how sure, and the rows it rests on."""

from collections.abc import Collection

from cjm_helpers.drawing.journey_map.caution import DIFFER, is_doubted
from cjm_helpers.drawing.shown import Shown, show_table
from cjm_helpers.drawing.writing import FLAG_WORDS, write_value

LANE_WORDS = {
    "step": "does", "quote": "says", "emotion": "feels", "interview": "feels, as told", "need": "needs",
    "touchpoint": "meets", "channel": "on", "pain": "pain point", "delight": "delight", "kpi": "figure",
    "opportunity": "idea", "backstage": "behind the scenes", "support": "what it leans on",
}  # fmt: skip
IDS_SHOWN = 6


def show_cells(journey, *, lanes: Collection[str] = (), step_id: str = "") -> Shown:
    """Show the cells of a map step by step, each with its evidence grade and the ids of the rows behind it.

    Parameters
    ----------
    journey
        As for `draw_journey_map`; reads cells (step_id, lane, item_id, text, k, n, value, flag, grade, evidence_ids)
        and steps (step_id, stage, name).
    lanes
        Lanes of the map, in the order wanted; none = all.
    step_id
        One step; empty = every step.

    Examples
    --------
    >>> import cjm_helpers as cjm
    >>> journey = cjm.journey.build_journey(cjm.select_rows(cjm.open_study("retail_checkout")), bootstraps=2)
    >>> "o01" in show_cells(journey, lanes=["opportunity"]).text
    True
    """
    cells = journey.cells
    order = {lane: place for place, lane in enumerate(lanes or LANE_WORDS)}
    is_wanted = cells["lane"].isin(order) & cells["text"].ne("") & ((cells["step_id"] == step_id) | (step_id == ""))
    chosen = cells[is_wanted]
    chosen = chosen.assign(lane_place=chosen["lane"].map(order), what=chosen["lane"].map(LANE_WORDS))
    places = journey.steps.rename(columns={"name": "touchpoint"}).drop_duplicates("step_id")
    places = places.assign(step_place=range(len(places)))
    chosen = chosen.merge(places[["step_id", "touchpoint", "step_place"]], on="step_id", how="left")
    chosen = chosen.sort_values(["step_place", "lane_place", "place"], kind="stable")
    chosen = chosen.assign(
        group=chosen["step_id"] + " " + chosen["touchpoint"].fillna(""),
        counted=[_count(row) for row in chosen.itertuples()],
        ids=[_shorten(row.item_id, row.evidence_ids) for row in chosen.itertuples()],
    )
    columns = {"what": "What", "text": "In words", "counted": "Counted", "grade": "Evidence", "ids": "Rows behind it"}
    return show_table(chosen, columns=columns, group="group", empty="Nothing of this kind stands on the map yet.")


def _count(cell) -> str:
    """Return how many people stand behind a cell, or the figure it holds with its n."""
    if cell.flag == "suppressed":
        return FLAG_WORDS["suppressed"]
    if cell.lane in ("pain", "delight") and cell.n > 0:
        return f"{cell.k:,.0f} of {cell.n:,.0f}" + (f", {DIFFER}" if is_doubted(cell) else "")
    if cell.lane in ("emotion", "kpi") and cell.n > 0:
        value = write_value(cell.value, "feeling" if cell.lane == "emotion" else cell.unit, n=cell.n, kind=cell.kind)
        return f"{value}, n {cell.n:,.0f}"
    return ""


def _shorten(item_id: str, evidence_ids: str) -> str:
    ids = list(dict.fromkeys([item_id, *filter(None, evidence_ids.split(";"))]))
    ids = [one for one in ids if one]
    more = f" and {len(ids) - IDS_SHOWN} more" if len(ids) > IDS_SHOWN else ""
    return ", ".join(ids[:IDS_SHOWN]) + more
