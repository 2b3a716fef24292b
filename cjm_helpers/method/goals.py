"""Step 1: which KPI says whether a goal is reached, how far it has to move, and whether that could be seen."""

from collections.abc import Sequence
from math import isnan

import numpy as np
import pandas as pd

from cjm_helpers.method.words import join_words, write_number
from cjm_helpers.stats.power import minimum_detectable_difference, needed_n
from cjm_helpers.stats.suppression import REPORTABLE_N

POWER = 0.8
MOST_LEADING = 3
SMALL_STEP = 0.1  # under which one decimal would write a step as 0.0
SIGNS = {"higher": 1.0, "lower": -1.0}
SHARE_KINDS = ("csat", "proportion")
TEXTS = ("kpi_id", "name", "kind", "unit", "role", "stage", "touchpoint_id")  # what a goal without KPIs leaves empty
COLUMNS = (
    "goal_id", "statement", "kpi_id", "name", "kind", "unit", "role", "stage", "touchpoint_id", "baseline", "target",
    "value", "gap", "gap_pct", "to_go", "n", "mde", "detectable", "n_needed", "n_needed_power", "due", "owner",
    "sentence",
)  # fmt: skip
NOTHING_MEASURED = {"value": np.nan, "n": np.nan, "variance": np.nan, "flag": ""}


def build_goal_tree(goals: pd.DataFrame, kpis: pd.DataFrame, *, measured: pd.DataFrame) -> pd.DataFrame:
    """Lay out goal by goal which KPIs serve it, how far each has to move, and whether two waves could show it.

    Parameters
    ----------
    goals, kpis
        Tables of a study. Reads goal_id, statement, owner, due, primary_kpi_id; kpi_id, name, kind, unit, direction,
        stage, touchpoint_id, goal_id, baseline, target.
    measured
        From `kpis.measure_kpis`: reads kpi_id, value, n, variance, flag.

    Returns
    -------
    DataFrame
        One row a goal and KPI, primary before leading; a goal without KPIs has one row without. goal_id, statement,
        kpi_id, name, kind, unit, role (primary, leading), stage, touchpoint_id, baseline (as stated; where nothing is
        stated the value), target, value (now), gap (from baseline to target, + where the target is better), gap_pct
        (gap as a share of the baseline, 0-1), to_go (from value to target, + where it is not reached), n, mde (the
        smallest change between two waves of n that could be seen, in the KPI's unit), detectable (yes, no; unknown
        under 30, or where a figure is missing), n_needed and n_needed_power (n a wave for a 95% interval without zero,
        and for seeing the change with a chance of 80%), due, owner, sentence.

    Source: goal, question, metric: Basili, Caldiera & Rombach (1994); goals, signals, metrics: Rodden et al. (2010).

    Examples
    --------
    >>> goals = pd.DataFrame([{"goal_id": "g1", "statement": "Be recommended", "owner": "", "due": "",
    ...                        "primary_kpi_id": "k1"}])
    >>> kpi = dict(kpi_id="k1", name="NPS", kind="nps", unit="", direction="higher", baseline=30.0, target=35.0)
    >>> kpis = pd.DataFrame([kpi | dict(stage="", touchpoint_id="", goal_id="g1")])
    >>> measured = pd.DataFrame([dict(kpi_id="k1", value=30.0, n=100, variance=5500.0, flag="reportable")])
    >>> tree = build_goal_tree(goals, kpis, measured=measured)
    >>> tree[["gap", "detectable", "n_needed", "n_needed_power"]].values.tolist(), tree["mde"].round(1).tolist()
    ([[5.0, 'no', 1691.0, 3454.0]], [20.6])
    """
    figures = measured.set_index("kpi_id")[list(NOTHING_MEASURED)].to_dict("index")
    rows = []
    for goal in goals.sort_values("goal_id").to_dict("records"):
        serving = _find_serving(goal, kpis).to_dict("records")
        branches = [_branch(goal, kpi, figures.get(kpi["kpi_id"], NOTHING_MEASURED)) for kpi in serving]
        rows += branches or [_bare_branch(goal)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def find_goal_gaps(
    goals: pd.DataFrame, kpis: pd.DataFrame, *, stages: Sequence[str], touchpoints: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Find what is missing or at odds between goals, KPIs and stages, one sentence each.

    Parameters
    ----------
    goals, kpis, stages
        Tables and stages of a study; reads what build_goal_tree reads, and metric.
    touchpoints
        Reads touchpoint_id, stage: a KPI of a touchpoint then counts for its stage.

    Returns
    -------
    DataFrame
        kind, id (of the goal or KPI, or the stage), sentence. Kinds: goal without KPI, goal without primary KPI, too
        many leading KPIs (more than 3), KPI without goal, target worse than baseline, KPI of two goals, opposite KPIs
        (the same question at the same place, one wanted higher and one lower), stage without KPI.

    Examples
    --------
    >>> goals = pd.DataFrame([{"goal_id": "g2", "statement": "Be recommended", "primary_kpi_id": ""}])
    >>> kpi = dict(kpi_id="k4", name="Help was easy", goal_id="g1", metric="", stage="Buy", touchpoint_id="")
    >>> kpis = pd.DataFrame([kpi | dict(direction="higher", baseline=72.0, target=60.0)])
    >>> for sentence in find_goal_gaps(goals, kpis, stages=["Buy"])["sentence"]:
    ...     print(sentence)
    The goal “Be recommended” (g2) has no KPI.
    “Help was easy” (k4): the target 60 is worse than the baseline 72, although higher is better.
    """
    goals, kpis = goals.sort_values("goal_id"), kpis.sort_values("kpi_id")
    rows = [
        *(gap for goal in goals.to_dict("records") for gap in _goal_gaps(goal, kpis)),
        *_kpi_gaps(goals, kpis),
        *_opposite_kpis(kpis),
        *_stage_gaps(kpis, stages, touchpoints),
    ]
    return pd.DataFrame(rows, columns=["kind", "id", "sentence"]).astype("str")


def _find_serving(goal: dict, kpis: pd.DataFrame) -> pd.DataFrame:
    """Return the KPIs of a goal with their role, the primary one first."""
    is_primary = kpis["kpi_id"].eq(goal["primary_kpi_id"])
    serving = kpis.assign(role=np.where(is_primary, "primary", "leading"))
    serving = serving[is_primary | kpis["goal_id"].eq(goal["goal_id"])]
    return serving.sort_values(["role", "kpi_id"], ascending=[False, True])


def _branch(goal: dict, kpi: dict, figures: dict) -> dict:
    sign, value, n = SIGNS.get(kpi["direction"], np.nan), figures["value"], figures["n"]
    variance = figures["variance"] or np.nan  # answers that are all alike do not prove that others would be
    baseline = value if isnan(kpi["baseline"]) else kpi["baseline"]
    gap = sign * (kpi["target"] - baseline)
    mde = minimum_detectable_difference(variance, n=n)
    is_told = n >= REPORTABLE_N and not isnan(gap) and not isnan(mde)
    needs = {"n_needed": _need(variance, gap), "n_needed_power": _need(variance, gap, power=POWER)}
    row = {name: kpi[name] for name in (*TEXTS, "target")} | {
        "goal_id": goal["goal_id"], "statement": goal["statement"], "due": goal["due"], "owner": goal["owner"],
        "baseline": baseline, "value": value, "gap": gap, "gap_pct": gap / abs(baseline) if baseline else np.nan,
        "to_go": sign * (kpi["target"] - value), "n": n, "mde": mde, **needs,
        "detectable": "unknown" if not is_told else "yes" if abs(gap) >= mde else "no",
    }  # fmt: skip
    return row | {"sentence": _say_branch(row, kpi, figures)}


def _bare_branch(goal: dict) -> dict:
    texts = dict.fromkeys(TEXTS, "") | {"detectable": "unknown"}
    return goal | texts | {"sentence": _say_bare(goal)}


def _need(variance: float, gap: float, *, power: float | None = None) -> float:
    is_known = gap and not isnan(gap) and not isnan(variance)
    return float(needed_n(variance, difference=gap, power=power)) if is_known else np.nan


def _say_branch(row: dict, kpi: dict, figures: dict) -> str:
    name = f"“{kpi['name']}”"
    if isnan(row["target"]):
        return f"{name} has no target."
    if kpi["direction"] not in SIGNS:
        return f"{name} does not say which way is better."
    if figures["flag"] == "suppressed" and row["n"] > 0:
        return f"{name} stands on too few customers to say anything."
    if isnan(row["value"]):
        return f"{name} has no data yet."
    if isnan(row["mde"]):
        return f"{name} comes without the cases or the spread behind it, so nobody can say what could be seen."
    gap, mde = _write_step(row["gap"], kpi), _write_step(row["mde"], kpi)
    seen = f"Two waves of n = {write_number(row['n'])} show a change of {mde} or more"
    if row["detectable"] == "yes" or not row["gap"]:
        return f"{seen}; the target asks for {gap}."
    rough = f" (n is under {REPORTABLE_N}: a rough figure)" if row["n"] < REPORTABLE_N else ""
    needs = f"n = {write_number(row['n_needed'])}, or {write_number(row['n_needed_power'])} to be 80% sure of seeing it"
    return f"{seen}{rough}; the target asks for {gap}, which takes {needs}."


def _write_step(step: float, kpi: dict) -> str:
    """Write how far a KPI moves: shares and NPS in points, the rest in its unit."""
    is_share = kpi["unit"] == "%" or (kpi["kind"] in SHARE_KINDS and not kpi["unit"])
    unit = "points" if is_share or kpi["kind"] == "nps" else kpi["unit"]
    size = step * 100 if is_share else step
    return f"{write_number(size, decimals=1 if abs(size) >= SMALL_STEP else 3)} {unit}".strip()


def _say_bare(goal: dict) -> str:
    return f"The goal “{goal['statement']}” ({goal['goal_id']}) has no KPI."


def _goal_gaps(goal, kpis):
    serving = _find_serving(goal, kpis)
    leading = int(serving["role"].eq("leading").sum())
    named = f"The goal “{goal['statement']}” ({goal['goal_id']})"
    if serving.empty:
        yield "goal without KPI", goal["goal_id"], _say_bare(goal)
    elif leading == len(serving):
        headless = f"{named} does not say which KPI tells whether it is reached."
        yield "goal without primary KPI", goal["goal_id"], headless
    if leading > MOST_LEADING:
        many = f"{named} has {leading} leading KPIs: more than {MOST_LEADING} are no longer watched."
        yield "too many leading KPIs", goal["goal_id"], many


def _kpi_gaps(goals, kpis):
    for kpi in kpis.to_dict("records"):
        kpi_id, named = kpi["kpi_id"], f"“{kpi['name']}” ({kpi['kpi_id']})"
        is_served = goals["primary_kpi_id"].eq(kpi_id) | goals["goal_id"].eq(kpi["goal_id"])
        served = goals.loc[is_served, "goal_id"].tolist()
        if not served and not kpi["goal_id"]:
            yield "KPI without goal", kpi_id, f"{named} serves no goal."
        if len(served) > 1:
            two = f"{named} serves the goals {' and '.join(served)}: check that they want the same of it."
            yield "KPI of two goals", kpi_id, two
        if SIGNS.get(kpi["direction"], np.nan) * (kpi["target"] - kpi["baseline"]) < 0:
            ends = f"the target {kpi['target']:g} is worse than the baseline {kpi['baseline']:g}"
            yield "target worse than baseline", kpi_id, f"{named}: {ends}, although {kpi['direction']} is better."


def _opposite_kpis(kpis):
    asked = kpis[kpis["metric"].ne("") & kpis["direction"].isin(list(SIGNS))]
    for _, group in asked.groupby(["metric", "stage", "touchpoint_id"]):
        if group["direction"].nunique() > 1:
            wants = join_words(f"“{name}” {way}" for name, way in zip(group["name"], group["direction"]))
            yield "opposite KPIs", group["kpi_id"].iloc[0], f"The same answers are wanted two ways: {wants}."


def _stage_gaps(kpis, stages, touchpoints):
    stage = kpis["stage"]
    if touchpoints is not None:
        stage = stage.where(stage.ne(""), kpis["touchpoint_id"].map(touchpoints.set_index("touchpoint_id")["stage"]))
    for name in stages:
        if name not in set(stage):
            yield "stage without KPI", name, f"No KPI stands at the stage {name}."
