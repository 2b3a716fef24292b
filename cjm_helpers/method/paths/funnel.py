"""Funnel: how many people reached each stage or touchpoint, and how many went no further."""

import pandas as pd

from cjm_helpers.errors import ParameterError
from cjm_helpers.method.order import list_stages, order_touchpoints
from cjm_helpers.method.paths.log import order_person, place_events
from cjm_helpers.stats.intervals import estimate_proportion
from cjm_helpers.stats.suppression import suppress_small

STAGE, TOUCHPOINT = "stage", "touchpoint"
QUIET_DAYS = 7
NOT_SEEN = "not in the log"
COUNTED = ["k", "events", "went_on", "left", "still_open"]
LEAVING = ("share_left", "share_left_lo", "share_left_hi")
COLUMNS = {
    STAGE: ["stage", "name"],
    TOUCHPOINT: ["touchpoint_id", "stage", "name"],
}
ESTIMATED = ["n", "value", "lo", "hi", "method", "flag", *LEAVING, "newest"]


def count_funnel(
    events, touchpoints: pd.DataFrame, *, by: str = TOUCHPOINT, stages=(), min_n: int = 5, quiet_days: int = QUIET_DAYS
) -> pd.DataFrame:
    """Count the people who reached each stage or touchpoint, and those of them who were seen no further along.

    An open funnel: whoever was seen at a step counts there, whatever came before. Further along is anything later in
    the journey's order that happened afterwards. Who was not, but was seen somewhere in the last days of the log, may
    still be on the way and counts for neither side.

    Parameters
    ----------
    events
        The log as the study opens it (any Ibis backend), or None. Reads customer_id, timestamp, touchpoint_id.
    touchpoints, stages
        Reads touchpoint_id, name, stage, position; the declared stages in order.
    by
        "touchpoint" or "stage".
    min_n
        Where fewer people are in the log, or reached the step, figures about them are left out.
    quiet_days
        Whoever was not seen for so many days at the end of the log has left.

    Returns
    -------
    DataFrame
        touchpoint_id (by touchpoint), stage, name, k (people who reached it), n (people in the log), value (k of n,
        0-1), lo, hi, method, flag ("not in the log" where no event belongs to it: missing, not zero), events, went_on,
        left and still_open (people), share_left (left, of left and went_on, 0-1) with share_left_lo and share_left_hi,
        newest (day of the newest event there, UTC). Whoever reached the last stage has arrived, so nobody left there.

    Raises
    ------
    ParameterError
        When by is something else.

    Source: Wilson intervals; n counts people, for one person's events are not independent.

    Examples
    --------
    >>> import ibis
    >>> rows = [(f"c{i}", f"2026-03-0{day}", place) for i in range(8) for day, place in ((1, "ad"), (2, "pay"))]
    >>> log = pd.DataFrame(rows[:-3], columns=["customer_id", "timestamp", "touchpoint_id"])
    >>> log = ibis.memtable(log.assign(timestamp=pd.to_datetime(log["timestamp"])))
    >>> shop = {"touchpoint_id": ["ad", "pay"], "name": ["Advert", "Pay"], "stage": ["Notice", "Buy"], "position": 1.0}
    >>> count_funnel(log, pd.DataFrame(shop), quiet_days=0)[["name", "k", "n", "left"]].values.tolist()
    [['Advert', 7.0, 7.0, 1.0], ['Pay', 6.0, 7.0, nan]]
    """
    if by not in COLUMNS:
        raise ParameterError("by", by, list(COLUMNS))
    steps = _list_steps(order_touchpoints(touchpoints, stages=stages), by=by, stages=stages)
    columns = [*COLUMNS[by], "k", *ESTIMATED[:6], *COUNTED[1:], *ESTIMATED[6:]]
    if events is None or steps.empty:
        return pd.DataFrame(columns=columns)
    placed = place_events(events, dict(zip(steps["touchpoint_id"], steps["place"], strict=True)))
    n, counts = _count_people(placed, quiet_days=quiet_days)
    steps = steps.drop_duplicates("place") if by == STAGE else steps
    table = steps.merge(counts, on="place", how="left").assign(n=float(n))
    return _estimate(table, min_n=min_n)[columns]


def _list_steps(touchpoints: pd.DataFrame, *, by: str, stages) -> pd.DataFrame:
    """Every touchpoint with the name of its step and that step's place on the journey."""
    if by == TOUCHPOINT:
        return touchpoints[["touchpoint_id", "stage", "name"]].assign(place=range(len(touchpoints)))
    order = {stage: place for place, stage in enumerate(list_stages(touchpoints, stages=stages))}
    stage = touchpoints["stage"]
    return touchpoints[["touchpoint_id", "stage"]].assign(name=stage, place=stage.map(order))


def _count_people(placed, *, quiet_days: int) -> tuple[int, pd.DataFrame]:
    """Count the people of the log, and those at every place; the engine does it, and only a small table comes back."""
    whole = placed.aggregate(n=placed.customer_id.nunique(), newest=placed.timestamp.max()).to_pandas().iloc[0]
    if not whole["n"]:
        return 0, pd.DataFrame(columns=["place", *COUNTED, "newest"], dtype=float)
    quiet_since = whole["newest"] - pd.Timedelta(days=quiet_days)
    ahead = placed.place.max().over(order_person(within=(0, None)))
    marked = placed.mutate(ahead=ahead, last=placed.timestamp.max().over(order_person(within=(None, None))))
    people = marked.group_by(["customer_id", "place"]).agg(
        events=marked.count(), newest=marked.timestamp.max(), last=marked.last.max(),
        is_on=(marked.ahead > marked.place).any(),
    )  # fmt: skip
    is_open = people["last"] > quiet_since
    counts = people.group_by("place").agg(
        k=people.count(), events=people.events.sum(), went_on=people.is_on.sum(), newest=people.newest.max(),
        left=(~people.is_on & ~is_open).sum(), still_open=(~people.is_on & is_open).sum(),
    )  # fmt: skip
    return int(whole["n"]), counts.to_pandas().astype(dict.fromkeys(COUNTED, float))


def _estimate(table: pd.DataFrame, *, min_n: int) -> pd.DataFrame:
    """Add shares with their intervals, and leave out what stands on too few."""
    leaving = ["went_on", "left", "still_open"]
    seen = table.loc[table["k"].gt(0), "stage"]
    table[leaving] = table[leaving].mask(table["stage"].isin(seen.tail(1)))
    reached = [estimate_proportion(row.k, row.n)._asdict() for row in table.itertuples()]
    known_end = (table["left"] + table["went_on"]).fillna(0)
    lost = [estimate_proportion(left, n) for left, n in zip(table["left"], known_end, strict=True)]
    table = table.assign(**pd.DataFrame(reached).drop(columns="n"))
    table[list(LEAVING)] = [(share.value, share.lo, share.hi) for share in lost]
    known = [*leaving, *LEAVING]
    table[known] = table[known].mask(table["k"].lt(min_n) | known_end.lt(min_n))
    table["newest"] = pd.to_datetime(table["newest"]).dt.strftime("%Y-%m-%d").fillna("").astype("str")
    table = suppress_small(table, min_n=min_n, also=tuple(COUNTED))
    return table.assign(flag=table["flag"].mask(table["k"].isna() & table["flag"].ne("suppressed"), NOT_SEEN))
