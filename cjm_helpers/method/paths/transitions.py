"""Transitions: from each touchpoint, where people go next."""

import pandas as pd

from cjm_helpers.method.order import order_touchpoints
from cjm_helpers.method.paths.log import SECONDS_A_DAY, order_person, place_events
from cjm_helpers.stats.intervals import estimate_proportion
from cjm_helpers.stats.suppression import suppress_small

MOST_DAYS = 30
SECONDS_A_MINUTE = 60
COLUMNS = ["from_id", "to_id", "k", "n", "value", "lo", "hi", "method", "flag", "times", "median_minutes"]


def count_transitions(
    events, touchpoints: pd.DataFrame, *, stages=(), min_n: int = 5, most_days: int = MOST_DAYS
) -> pd.DataFrame:
    """Count how many people went from each touchpoint straight to each other one, most first.

    The same touchpoint several times in a row counts as once; events that belong to no listed touchpoint are passed
    over; after a pause of more than most_days a new journey begins.

    Parameters
    ----------
    events
        The log as the study opens it (any Ibis backend), or None. Reads customer_id, timestamp, touchpoint_id.
    touchpoints, stages
        Reads touchpoint_id, stage, position; the declared stages in order.
    min_n
        A touchpoint that fewer people reached keeps one row, without to_id, which tells n alone; a way that fewer
        people took is left out.
    most_days
        The longest pause within a journey.

    Returns
    -------
    DataFrame
        from_id, to_id, k (people who went there next, at least once), n (people seen at from_id), value (k of n, 0-1;
        the shares of a touchpoint can add up to more than 1, for a person may come by several times), lo, hi, method,
        flag, times (how often in all), median_minutes (from the one event to the next). In the order of the journey.

    Source: Wilson intervals, n counts people.

    Examples
    --------
    >>> import ibis
    >>> met = ((1, "ad"), (3, "pay"))
    >>> rows = [(f"c{i}", f"2026-03-01 10:0{minute}", place) for i in range(6) for minute, place in met]
    >>> log = pd.DataFrame(rows, columns=["customer_id", "timestamp", "touchpoint_id"])
    >>> log = ibis.memtable(log.assign(timestamp=pd.to_datetime(log["timestamp"])))
    >>> shop = {"touchpoint_id": ["ad", "pay"], "name": ["Advert", "Pay"], "stage": ["Notice", "Buy"], "position": 1.0}
    >>> ways = count_transitions(log, pd.DataFrame(shop))
    >>> ways[["from_id", "to_id", "k", "n", "median_minutes"]].values.tolist()
    [['ad', 'pay', 6.0, 6.0, 2.0]]
    """
    order = list(order_touchpoints(touchpoints, stages=stages)["touchpoint_id"])
    if events is None or not order:
        return pd.DataFrame(columns=COLUMNS)
    placed = place_events(events, {one: place for place, one in enumerate(order)})
    counts = _count_ways(placed, longest=most_days * SECONDS_A_DAY)
    is_way = counts["to_id"] != ""
    people, ways = counts.loc[~is_way, ["from_id", "k"]].rename(columns={"k": "n"}), counts[is_way]
    few = people[people["n"] < min_n].assign(to_id="")
    table = pd.concat([ways[ways["k"] >= min_n].merge(people[people["n"] >= min_n], on="from_id"), few])
    shares = [estimate_proportion(row.k, row.n)._asdict() for row in table.itertuples()]
    estimates = pd.DataFrame(shares, columns=["value", "n", "lo", "hi", "method"], index=table.index)
    table = suppress_small(table.assign(**estimates.drop(columns="n")), min_n=min_n)
    place = {one: number for number, one in enumerate(order)}
    table = table.assign(from_place=table["from_id"].map(place), to_place=table["to_id"].map(place), most=-table["k"])
    return table.sort_values(["from_place", "most", "to_place"], ignore_index=True)[COLUMNS]


def _count_ways(placed, *, longest: int) -> pd.DataFrame:
    """Count people and times from one touchpoint to the next, and at to_id "" all people seen at the first.

    The engine does it, in one query: what a query costs to spell outweighs what a small log costs to count.
    """
    import ibis  # a second to load, so only where there is a log

    before = placed.mutate(before=placed.place.lag().over(order_person()))
    moves = before.filter(before.before.isnull() | (before.before != before.place))
    to_id, then = (moves[name].lead().over(order_person()) for name in ("touchpoint_id", "timestamp"))
    seconds = then.epoch_seconds() - moves.timestamp.epoch_seconds()
    ahead = moves.select("customer_id", from_id=moves.touchpoint_id, to_id=to_id, seconds=seconds)
    taken = ahead.filter(ahead.seconds <= longest)
    ways = taken.group_by("from_id", "to_id").agg(
        k=taken.customer_id.nunique(), times=taken.count(), median_seconds=taken.seconds.median()
    )
    people = ahead.group_by("from_id").agg(k=ahead.customer_id.nunique())
    people = people.mutate(to_id=ibis.literal(""), times=ibis.null("int64"), median_seconds=ibis.null("float64"))
    counts = ways.union(people.select(ways.columns)).to_pandas().astype({"k": float, "times": float})
    return counts.assign(median_minutes=counts.pop("median_seconds").astype(float) / SECONDS_A_MINUTE)
