"""Coverage: stage by channel, what is planned, met and asked there, and the gap where there is one."""

import pandas as pd

from cjm_helpers.method.order import list_stages, order_touchpoints
from cjm_helpers.method.touchpoints.channels import find_untapped, spread_channels
from cjm_helpers.method.touchpoints.gaps import find_unmeasured

COVERAGE = ["stage", "channel", "touchpoints", "customers", "events", "answers", "gap"]


def summarise_coverage(
    touchpoints: pd.DataFrame, *, responses, event_counts, stages=(), kpis=None, channels_used=None, min_n: int = 5
) -> pd.DataFrame:
    """Lay out stage by channel: touchpoints, customers, events, answers, and the gap where there is one.

    Answers name no channel, so they count for every channel of their touchpoint. Without a log customers and events
    are missing, not zero.

    Parameters
    ----------
    touchpoints, responses, event_counts
        Reads touchpoint_id, stage, position, channels, planned; touchpoint_id, count; what `count_events` returned.
    stages
        The declared stages in order; others follow.
    kpis
        Reads touchpoint_id, stage; without it nothing is called unmeasured.
    channels_used, min_n
        As in `find_gaps`.

    Returns
    -------
    DataFrame
        stage, channel, touchpoints, customers, events, answers and gap, the first of these that holds: untapped (a
        tenth of the customers use the channel, no touchpoint stands for it), empty (a stage without touchpoint), blind
        (used, but not planned), silent (planned, but neither used nor asked), single (a stage on one channel),
        unmeasured (no KPI), or "". The events of an untapped channel name no stage, so its counts are missing.

    Examples
    --------
    >>> shop = pd.DataFrame({"touchpoint_id": ["ad"], "stage": "Notice", "position": 1, "channels": "Web",
    ...                      "planned": "yes"})
    >>> answers = pd.DataFrame({"touchpoint_id": ["ad"], "count": [3.0]})
    >>> no_log = pd.DataFrame(columns=["touchpoint_id", "stage", "channel", "events", "stage_customers"])
    >>> summarise_coverage(shop, responses=answers, event_counts=no_log, stages=["Notice", "Buy"])[
    ...     ["stage", "channel", "touchpoints", "answers", "gap"]].values.tolist()
    [['Notice', 'Web', 1, 3.0, 'single'], ['Buy', 'Web', 0, 0.0, 'empty']]
    """
    ordered = order_touchpoints(touchpoints, stages=stages)
    placed = spread_channels(ordered).merge(_count_answers(responses), how="left")
    untapped = list(find_untapped(touchpoints, event_counts, channels_used=channels_used, min_n=min_n)["channel"])
    in_stage = event_counts[event_counts["stage"] != ""]
    channels = list(dict.fromkeys([*placed["channel"], *in_stage["channel"], *untapped]))
    cells = [list_stages(ordered, stages=stages), channels]
    grid = pd.MultiIndex.from_product(cells, names=["stage", "channel"])
    by_cell, logged = placed.groupby(["stage", "channel"]), in_stage.groupby(["stage", "channel"])
    unmeasured = placed["touchpoint_id"].isin(find_unmeasured(touchpoints, kpis))
    table = pd.DataFrame({
        "touchpoints": by_cell["touchpoint_id"].nunique().reindex(grid, fill_value=0),
        "customers": _or_missing(logged["stage_customers"].max(), grid, event_counts),
        "events": _or_missing(logged["events"].sum(), grid, event_counts),
        "answers": _or_missing(by_cell["answers"].sum(), grid, responses),
        "somewhere": _count(_is_met_somewhere(placed, in_stage), placed, grid),
        "planned": _count(placed["planned"].ne("no"), placed, grid),
        "unmeasured": _count(unmeasured, placed, grid),
    }).reset_index()  # fmt: skip
    is_untapped = table["channel"].isin(untapped)
    table[["customers", "events"]] = table[["customers", "events"]].mask(is_untapped)
    return table.assign(gap=_name_gaps(table, is_untapped))[COVERAGE]


def _count_answers(responses) -> pd.DataFrame:
    counts = responses.groupby("touchpoint_id")["count"].sum().rename("answers").reset_index()
    return counts.astype({"touchpoint_id": "str"})


def _is_met_somewhere(placed: pd.DataFrame, in_stage: pd.DataFrame) -> pd.Series:
    """Where the log or the touchpoint names no channel, an event may have happened on any."""
    nowhere = in_stage.loc[in_stage["channel"] == "", "touchpoint_id"]
    is_in_log = placed["touchpoint_id"].isin(in_stage["touchpoint_id"])
    return placed["touchpoint_id"].isin(nowhere) | (placed["channel"].eq("") & is_in_log)


def _or_missing(counts, grid, source) -> pd.Series:
    # Zero is a finding; without a log (or a survey) nothing was found out.
    return counts.astype(float).reindex(grid, fill_value=0.0) * (1.0 if len(source) else float("nan"))


def _count(is_so: pd.Series, placed: pd.DataFrame, grid) -> pd.Series:
    return is_so.groupby([placed["stage"], placed["channel"]]).sum().reindex(grid, fill_value=0)


def _name_gaps(table: pd.DataFrame, is_untapped: pd.Series) -> list[str]:
    channels = table[table["touchpoints"] > 0].groupby("stage")["channel"].agg(set)
    is_known = table[["events", "answers"]].notna().any(axis=None)
    return [
        "untapped" if untapped else _name_gap(row, channels.get(row.stage, set()), is_known)
        for row, untapped in zip(table.itertuples(), is_untapped)
    ]


def _name_gap(row, channels_of_stage: set, is_known: bool) -> str:
    is_met = row.events > 0 or row.answers > 0 or row.somewhere > 0
    if not channels_of_stage and not is_met:
        return "empty"
    if row.planned == 0:
        return "blind" if is_met and (row.channel or row.touchpoints) else ""
    if is_known and not is_met:
        return "silent"
    if channels_of_stage - {""} == {row.channel}:
        return "single"
    return "unmeasured" if row.unmeasured == row.touchpoints else ""
