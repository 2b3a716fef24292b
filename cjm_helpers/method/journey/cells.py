"""Cells: one tidy table with a row for each thing on the map, lane by lane."""

import numpy as np
import pandas as pd

from cjm_helpers.method.evidence import FIGURES
from cjm_helpers.method.journey import lanes
from cjm_helpers.method.journey.agreement import AGREEMENT
from cjm_helpers.method.journey.parts import Parts

TEXTS = (
    "step_id", "stage", "touchpoint_id", "lane", "item_id", "text", "kind", "method", "flag", "grade", "evidence_ids",
    "unit", "direction", "word", "period", "owner", "caution",
)  # fmt: skip
CELLS = [
    "step_id", "stage", "touchpoint_id", "lane", "place", "item_id", "text", "kind", "value", "n", "lo", "hi", "method",
    "flag", "grade", "evidence_ids", "k", "severity", "counter", "size", "effort", "rank", "unit", "baseline", "target",
    "benchmark", "direction", "word", "period", "owner", "moment_of_truth", *AGREEMENT,
]  # fmt: skip
NUMBERS = [name for name in CELLS if name not in (*TEXTS, "place", "moment_of_truth")]
LANES = {
    "step": lanes.tell_steps,
    "quote": lanes.quote_people,
    "emotion": lanes.place_emotion,
    "interview": lanes.count_interviews,
    "touchpoint": lanes.size_touchpoints,
    "channel": lanes.list_channels,
    "need": lanes.name_needs,
    "pain": lanes.name_pains,
    "delight": lanes.name_delights,
    "kpi": lanes.place_kpis,
    "opportunity": lanes.place_opportunities,
    "backstage": lanes.tell_backstage,
    "support": lanes.tell_support,
}
HIDDEN = ["value", "lo", "hi", "k", "severity", "counter", *FIGURES.values()]
HIDDEN_TEXTS = ["method", "evidence_ids", "caution"]  # a method may say that all answers were alike
DIGITS = 6


def assemble_cells(parts: Parts) -> pd.DataFrame:
    """Gather every lane into one table, in the order of steps, lanes and places.

    Numbers are rounded to 6 significant digits, so that the same study gives the same bytes everywhere.
    """
    steps = parts.steps.set_index("step_id")[["stage", "touchpoint_id"]].to_dict("index")
    order = {step_id: number for number, step_id in enumerate(steps)}
    rows = [
        {**row, **steps[row["step_id"]], "lane": name}
        for name in LANES
        for row in LANES[name](parts)
        if row["step_id"] in steps
    ]
    rows.sort(key=lambda row: order[row["step_id"]])
    return tidy_cells(pd.DataFrame(rows))


def tidy_cells(cells: pd.DataFrame) -> pd.DataFrame:
    """Give cells every column in its place and type, count places, round, and empty what is suppressed.

    Examples
    --------
    >>> row = {"step_id": ["1.1"], "lane": ["kpi"], "value": [0.5], "flag": ["suppressed"]}
    >>> tidy_cells(pd.DataFrame(row))["value"].isna().all()
    np.True_
    """
    tidy = cells.reset_index(drop=True).reindex(columns=CELLS)
    tidy[list(TEXTS)] = tidy[list(TEXTS)].astype(object).fillna("").astype("str")
    tidy[NUMBERS] = tidy[NUMBERS].astype(float)
    # The steps before have done this; a map is where a slip would be seen by everybody.
    is_hidden = tidy["flag"] == "suppressed"
    tidy.loc[is_hidden, HIDDEN] = np.nan
    tidy.loc[is_hidden, HIDDEN_TEXTS] = ""
    tidy[NUMBERS] = tidy[NUMBERS].map(round_number)
    tidy["place"] = tidy.groupby(["step_id", "lane"], sort=False).cumcount() + 1
    is_moment = tidy["moment_of_truth"].astype(object).eq(True)
    return tidy.assign(moment_of_truth=is_moment & ~is_hidden)


def round_number(value: float) -> float:
    """Round to 6 significant digits, without "-0".

    Examples
    --------
    >>> round_number(1234567.8), round_number(-1e-17 * 0)
    (1234570.0, 0.0)
    """
    return value if value != value else float(f"{value:.{DIGITS}g}") + 0.0
