"""Times: how long people stay at a touchpoint, from one event to the next."""

import pandas as pd

from cjm_helpers.method.order import order_touchpoints
from cjm_helpers.stats.intervals import estimate_middle
from cjm_helpers.stats.suppression import suppress_small

MOST_MINUTES = 30
SECONDS_A_MINUTE = 60
COLUMNS = [
    "touchpoint_id", "stage", "name", "value", "n", "lo", "hi", "method", "flag", "first_quarter", "third_quarter",
    "visits", "share_followed",
]  # fmt: skip


def time_touchpoints(
    events, touchpoints: pd.DataFrame, *, stages=(), min_n: int = 5, most_minutes: int = MOST_MINUTES
) -> pd.DataFrame:
    """Measure how many minutes pass between an event at a touchpoint and the same person's next event of any kind.

    Most systems log when a page opens and not when it is left, so the time until the next event stands for the time
    spent there. Where nothing follows within most_minutes the person has left or paused; such visits are counted and
    take no part in the time.

    Parameters
    ----------
    events
        The log as the study opens it (any Ibis backend), or None. Reads customer_id, timestamp, touchpoint_id.
    touchpoints, stages
        Reads touchpoint_id, name, stage, position; the declared stages in order.
    min_n
        From fewer people a touchpoint has no figures.
    most_minutes
        A longer pause ends the visit; 30 is what web analytics count with.

    Returns
    -------
    DataFrame
        touchpoint_id, stage, name, value (minutes: each person's own median, and the median of these), n (people), lo,
        hi, method, flag, first_quarter and third_quarter (minutes; half of the people lie between), visits (events
        there), share_followed (of the visits, 0-1: those that tell a time). Touchpoints without any are left out.

    Source: interval of the median: McGill, Tukey & Larsen (1978).

    Examples
    --------
    >>> import ibis
    >>> met = ((1, "ad"), (3, "pay"))
    >>> rows = [(f"c{i}", f"2026-03-01 10:0{minute}", place) for i in range(6) for minute, place in met]
    >>> log = pd.DataFrame(rows, columns=["customer_id", "timestamp", "touchpoint_id"])
    >>> log = ibis.memtable(log.assign(timestamp=pd.to_datetime(log["timestamp"])))
    >>> shop = {"touchpoint_id": ["ad", "pay"], "name": ["Advert", "Pay"], "stage": ["Notice", "Buy"], "position": 1.0}
    >>> time_touchpoints(log, pd.DataFrame(shop))[["name", "value", "n"]].values.tolist()
    [['Advert', 2.0, 6.0]]
    """
    listed = order_touchpoints(touchpoints, stages=stages)[["touchpoint_id", "stage", "name"]]
    if events is None or listed.empty:
        return pd.DataFrame(columns=COLUMNS)
    timed = _time_visits(events, list(listed["touchpoint_id"]), longest=most_minutes * SECONDS_A_MINUTE)
    table = listed.merge(timed, on="touchpoint_id")
    middles = [
        estimate_middle(row.median, quarters=(row.first_quarter, row.third_quarter), n=row.n)._asdict()
        for row in table.itertuples()
    ]
    table = table.assign(**pd.DataFrame(middles, columns=["value", "lo", "hi", "method"]))
    return suppress_small(table, min_n=min_n, also=("first_quarter", "third_quarter"))[COLUMNS]


def _time_visits(events, listed: list[str], *, longest: int) -> pd.DataFrame:
    """Time the visits of every person, then sum up over people; the engine does both."""
    import ibis  # a second to load, so only where there is a log

    events = events.filter(events.timestamp.notnull(), events.customer_id != "")
    window = ibis.window(group_by="customer_id", order_by=["timestamp", "touchpoint_id"])
    ahead = events.mutate(then=events.timestamp.lead().over(window))
    seconds = ahead.then.epoch_seconds() - ahead.timestamp.epoch_seconds()
    visits = ahead.mutate(seconds=(seconds <= longest).ifelse(seconds, None))
    visits = visits.filter(visits.touchpoint_id.isin(listed))
    people = visits.group_by(["customer_id", "touchpoint_id"]).agg(
        minutes=visits.seconds.median() / SECONDS_A_MINUTE, visits=visits.count(), followed=visits.seconds.count()
    )
    timed = people.group_by("touchpoint_id").agg(
        n=people.minutes.count(), median=people.minutes.median(), first_quarter=people.minutes.quantile(0.25),
        third_quarter=people.minutes.quantile(0.75), visits=people.visits.sum(), followed=people.followed.sum(),
    )  # fmt: skip
    table = timed.filter(timed.n > 0).to_pandas()
    table = table.astype({name: float for name in table.columns if name != "touchpoint_id"})
    return table.assign(share_followed=table["followed"] / table["visits"])
