"""Touchpoints: what the log and the survey saw of each, and where the inventory has gaps (stage by channel)."""

import pandas as pd

from cjm_helpers.method.words import count_things
from cjm_helpers.worksheets import split_list

EVENT_COUNTS = ["touchpoint_id", "stage", "channel", "customers", "events", "touchpoint_customers", "stage_customers"]
COVERAGE = ["stage", "channel", "touchpoints", "customers", "events", "answers", "gap"]
GAPS = ["kind", "stage", "channel", "touchpoint_id", "sentence"]


def order_touchpoints(touchpoints: pd.DataFrame, *, stages=()) -> pd.DataFrame:
    """Order touchpoints as the customer meets them: stage, then position, then row.

    Columns read: stage, position. Stages not declared follow in the order of their rows.

    Examples
    --------
    >>> frame = pd.DataFrame({"touchpoint_id": ["pay", "ad"], "stage": ["Buy", "Notice"], "position": [1.0, 1.0]})
    >>> list(order_touchpoints(frame, stages=["Notice", "Buy"])["touchpoint_id"])
    ['ad', 'pay']
    """
    place = {stage: number for number, stage in enumerate(_all_stages(touchpoints, stages))}
    keyed = touchpoints.assign(_stage=touchpoints["stage"].map(place))
    return keyed.sort_values(["_stage", "position"], kind="stable").drop(columns="_stage").reset_index(drop=True)


def count_events(events, touchpoints: pd.DataFrame) -> pd.DataFrame:
    """Count the customers and events of the log at every touchpoint and channel.

    Columns read: customer_id, touchpoint_id, channel of the log (any Ibis backend); touchpoint_id, stage.
    Columns made: touchpoint_id, stage, channel, customers, events; touchpoint_customers and stage_customers count
    every customer once over the touchpoint, and over the stage on that channel (they cannot be summed from rows).
    Events without a touchpoint, or with one the study does not list, keep their row with an empty stage.

    Examples
    --------
    >>> import ibis
    >>> rows = {"customer_id": ["a", "a", "b"], "touchpoint_id": "pay", "channel": ["App", "Web", "App"]}
    >>> log = ibis.memtable(pd.DataFrame(rows))
    >>> shop = pd.DataFrame({"touchpoint_id": ["pay"], "stage": ["Buy"]})
    >>> count_events(log, shop)[["channel", "customers", "events", "touchpoint_customers"]].values.tolist()
    [['App', 2, 2, 2], ['Web', 1, 1, 2]]
    """
    if events is None:
        return pd.DataFrame(columns=EVENT_COUNTS)
    log = _tidy_log(events, dict(zip(touchpoints["touchpoint_id"], touchpoints["stage"], strict=True)))
    keys = ["touchpoint_id", "stage", "channel"]
    counts = log.group_by(keys).agg(customers=log.customer_id.nunique(), events=log.count())
    at_touchpoint = log.group_by("touchpoint_id").agg(touchpoint_customers=log.customer_id.nunique())
    at_stage = log.group_by(["stage", "channel"]).agg(stage_customers=log.customer_id.nunique())
    table = counts.to_pandas().merge(at_touchpoint.to_pandas()).merge(at_stage.to_pandas())
    return table.sort_values(keys, ignore_index=True)[EVENT_COUNTS]


def summarise_coverage(touchpoints: pd.DataFrame, *, responses, event_counts, stages=()) -> pd.DataFrame:
    """Lay out stage by channel: touchpoints, customers, events, answers, and the gap where there is one.

    Columns read: touchpoint_id, stage, channels; touchpoint_id, count of responses; `count_events`.
    Answers name no channel, so they count for every channel of their touchpoint. Without a log customers and events
    are missing, not zero. gap is empty (a stage without touchpoint), single (a stage on one channel), blind (used,
    but not planned), silent (planned, but neither used nor asked) or "".

    Examples
    --------
    >>> shop = pd.DataFrame({"touchpoint_id": ["ad"], "stage": ["Notice"], "channels": ["Web"], "planned": ["yes"]})
    >>> answers = pd.DataFrame({"touchpoint_id": ["ad"], "count": [3.0]})
    >>> summarise_coverage(shop, responses=answers, event_counts=count_events(None, shop), stages=["Notice", "Buy"])[
    ...     ["stage", "channel", "touchpoints", "answers", "gap"]].values.tolist()
    [['Notice', 'Web', 1, 3.0, 'single'], ['Buy', 'Web', 0, 0.0, 'empty']]
    """
    planned = _spread_channels(touchpoints).merge(_count_answers(responses), how="left")
    channels = list(dict.fromkeys([*planned["channel"], *event_counts.loc[event_counts["stage"] != "", "channel"]]))
    grid = pd.MultiIndex.from_product([_all_stages(touchpoints, stages), channels], names=["stage", "channel"])
    by_cell = planned.groupby(["stage", "channel"])
    logged = event_counts.groupby(["stage", "channel"])
    table = pd.DataFrame({
        "touchpoints": by_cell["touchpoint_id"].nunique().reindex(grid, fill_value=0),
        "customers": _or_missing(logged["stage_customers"].max(), grid, event_counts),
        "events": _or_missing(logged["events"].sum(), grid, event_counts),
        "answers": _or_missing(by_cell["answers"].sum(), grid, responses),
    }).reset_index()  # fmt: skip
    return table.assign(gap=_name_gaps(table))[COVERAGE]


def find_gaps(touchpoints: pd.DataFrame, *, responses, event_counts, stages=()) -> pd.DataFrame:
    """List in sentences what the inventory misses: empty and single-channel stages, silent and unplanned touchpoints.

    Columns read: touchpoint_id, name, stage, channels, planned; touchpoint_id, count of responses; `count_events`.

    Examples
    --------
    >>> shop = pd.DataFrame({"touchpoint_id": ["ad"], "name": ["Advert"], "stage": ["Notice"], "channels": ["Web"],
    ...                      "planned": ["yes"]})
    >>> none = pd.DataFrame({"touchpoint_id": [], "count": []})
    >>> gaps = find_gaps(shop, responses=none, event_counts=count_events(None, shop), stages=["Notice", "Buy"])
    >>> gaps["sentence"].tolist()
    ['Notice is met on one channel only: Web.', 'Buy has no touchpoint yet.']
    """
    rows = [
        *_stage_gaps(touchpoints, stages),
        *_touchpoint_gaps(touchpoints, set(responses["touchpoint_id"]), event_counts),
        *_log_gaps(touchpoints, event_counts),
    ]
    return pd.DataFrame(rows, columns=GAPS)


def _tidy_log(events, stage_of: dict):
    import ibis  # a second to load, so only where there is a log

    def text(name):
        return events[name].fill_null("") if name in events.columns else ibis.literal("")

    touchpoint = text("touchpoint_id")
    stage = touchpoint.cases(*stage_of.items(), else_="") if stage_of else ibis.literal("")
    return events.select("customer_id", touchpoint_id=touchpoint, channel=text("channel"), stage=stage)


def _all_stages(touchpoints, stages) -> list[str]:
    return list(dict.fromkeys([*stages, *touchpoints["stage"]]))


def _spread_channels(touchpoints) -> pd.DataFrame:
    spread = touchpoints.assign(channel=[split_list(text) or [""] for text in touchpoints["channels"]])
    return spread.explode("channel").astype({"channel": "str"})


def _count_answers(responses) -> pd.DataFrame:
    return (
        responses.groupby("touchpoint_id")["count"]
        .sum()
        .rename("answers")
        .reset_index()
        .astype({"touchpoint_id": "str"})
    )


def _or_missing(counts, grid, source) -> pd.Series:
    # Zero is a finding; without a log (or a survey) nothing was found out.
    return counts.astype(float).reindex(grid, fill_value=0.0) * (1.0 if len(source) else float("nan"))


def _name_gaps(table: pd.DataFrame) -> list[str]:
    channels = table[table["touchpoints"] > 0].groupby("stage").size()
    is_asked = table[["events", "answers"]].notna().any(axis=None)
    return [_name_gap(row, channels.get(row.stage, 0), is_asked) for row in table.itertuples()]


def _name_gap(row, channels_of_stage: int, is_asked: bool) -> str:
    if channels_of_stage == 0 and not row.events > 0:
        return "empty"
    if row.touchpoints == 0:
        return "blind" if row.events > 0 else ""
    if is_asked and not row.events > 0 and not row.answers > 0:
        return "silent"
    return "single" if channels_of_stage == 1 else ""


def _stage_gaps(touchpoints, stages):
    for stage in _all_stages(touchpoints, stages):
        here = touchpoints[touchpoints["stage"] == stage]
        channels = list(dict.fromkeys(channel for text in here["channels"] for channel in split_list(text)))
        if here.empty:
            yield "empty", stage, "", "", f"{stage} has no touchpoint yet."
        elif len(channels) == 1:
            yield "single", stage, channels[0], "", f"{stage} is met on one channel only: {channels[0]}."


def _touchpoint_gaps(touchpoints, asked: set, event_counts):
    logged = event_counts.groupby("touchpoint_id")["events"].sum()
    is_known = bool(len(logged) or asked)
    for row in touchpoints.itertuples():
        is_met = row.touchpoint_id in asked or row.touchpoint_id in logged.index
        if is_known and not is_met and row.planned != "no":
            sentence = f"{row.name} was planned, but no event and no answer speaks of it."
            yield "silent", row.stage, "", row.touchpoint_id, sentence
        elif is_met and row.planned == "no":
            yield "blind", row.stage, "", row.touchpoint_id, f"{row.name} was not planned, yet customers meet it."


def _log_gaps(touchpoints, event_counts):
    listed = {row.touchpoint_id: (row.name, split_list(row.channels)) for row in touchpoints.itertuples()}
    unknown = event_counts[~event_counts["touchpoint_id"].isin(listed.keys())]
    for touchpoint_id, events in unknown.groupby("touchpoint_id")["events"].sum().items():
        what = f"“{touchpoint_id}”, which is not among the touchpoints" if touchpoint_id else "no touchpoint"
        yield (
            "blind",
            "",
            "",
            "",
            f"In the log, {count_things(events, 'event')} {'names' if events == 1 else 'name'} {what}.",
        )
    for row in event_counts.itertuples():
        name, channels = listed.get(row.touchpoint_id, ("", []))
        if channels and row.channel and row.channel not in channels:
            events = count_things(row.events, "event")
            sentence = f"The log shows {name} on {row.channel} ({events}), a channel its row does not list."
            yield "blind", row.stage, row.channel, row.touchpoint_id, sentence
