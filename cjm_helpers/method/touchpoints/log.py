"""Log: customers and events counted where they happened, in whatever engine holds them."""

import pandas as pd

EVENT_COUNTS = [
    "touchpoint_id", "stage", "channel", "event", "customers", "events", "touchpoint_customers", "stage_customers",
    "channel_customers", "log_customers",
]  # fmt: skip
KEYS = ["touchpoint_id", "stage", "channel", "event"]
# Customers cannot be summed from rows, for one may stand in several: each of these counts everybody once.
WIDER = {
    "touchpoint_customers": ["touchpoint_id", "event"],
    "stage_customers": ["stage", "channel"],
    "channel_customers": ["channel"],
    "log_customers": [],
}


def count_events(events, touchpoints: pd.DataFrame) -> pd.DataFrame:
    """Count the customers and events of the log at every touchpoint and channel.

    Columns read: customer_id, touchpoint_id, channel, event of the log (any Ibis backend); touchpoint_id, stage.
    Columns made: touchpoint_id, stage, channel, event, customers, events; touchpoint_customers, stage_customers (on
    that channel), channel_customers and log_customers count every customer once over the touchpoint, the stage, the
    channel and the log. Events without a touchpoint, or with one the study does not list, keep a row for each of their
    names, with an empty stage; everywhere else event is empty.

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
    counts = _count_at_once(log, {"customers": KEYS} | WIDER)
    table = counts["customers"]
    for name, keys in WIDER.items():
        wider = counts[name].rename(columns={"customers": name})[[*keys, name]]
        table = table.merge(wider, on=keys) if keys else table.merge(wider, how="cross")
    return table.sort_values(KEYS, ignore_index=True)[EVENT_COUNTS]


def _count_at_once(log, levels: dict[str, list[str]]) -> dict[str, pd.DataFrame]:
    """Count by each set of keys in one query: what a query costs to spell outweighs what a small log costs to count."""
    import ibis

    flags = [{"level": level} | {f"by_{key}": key in keys for key in KEYS} for level, keys in levels.items()]
    wide = log.cross_join(ibis.memtable(pd.DataFrame(flags)))
    shown = {key: wide[f"by_{key}"].ifelse(wide[key], "") for key in KEYS}
    counts = wide.group_by("level", **shown).agg(customers=wide.customer_id.nunique(), events=wide.count()).to_pandas()
    return {level: counts[counts["level"] == level] for level in levels}


def _tidy_log(events, stage_of: dict):
    import ibis  # a second to load, so only where there is a log

    def text(name):
        return events[name].fill_null("") if name in events.columns else ibis.literal("")

    touchpoint = text("touchpoint_id")
    stage = touchpoint.cases(*stage_of.items(), else_="") if stage_of else ibis.literal("")
    return events.select(
        "customer_id",
        touchpoint_id=touchpoint,
        stage=stage,
        channel=text("channel"),
        event=touchpoint.isin(list(stage_of)).ifelse("", text("event")),
    )
