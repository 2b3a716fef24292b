"""Log: the events of listed touchpoints, each with its place on the journey, in whatever engine holds them."""

SECONDS_A_DAY = 86_400


def place_events(events, places: dict[str, int], *, keep: tuple[str, ...] = ()):
    """Return customer_id, timestamp, touchpoint_id and place of the events that belong to one of these touchpoints.

    Further columns of the log stay where keep names them. Events without a customer or a time are left out: nobody can
    say whose path they are on.

    Examples
    --------
    >>> import ibis, pandas as pd
    >>> rows = {"customer_id": ["a", "a"], "timestamp": pd.Timestamp("2026-03-01"), "touchpoint_id": ["pay", "?"]}
    >>> place_events(ibis.memtable(pd.DataFrame(rows)), {"pay": 3}).to_pandas()["place"].tolist()
    [3]
    """
    events = events.filter(
        events.touchpoint_id.isin(list(places)), events.timestamp.notnull(), events.customer_id != ""
    )
    place = events.touchpoint_id.cases(*places.items())
    return events.select("customer_id", "timestamp", "touchpoint_id", *keep, place=place)


def order_person(*, within=None):
    """Return the window of one person's events in order of time; of events at the same moment the earlier place first.

    within are the rows before and after that count, as Ibis takes them; else all.

    Examples
    --------
    >>> import ibis, pandas as pd
    >>> rows = {"customer_id": "a", "timestamp": pd.to_datetime(["2026-03-02", "2026-03-01"]), "place": [1, 2]}
    >>> log = ibis.memtable(pd.DataFrame(rows))
    >>> log.mutate(then=log.place.lead().over(order_person())).order_by("timestamp").to_pandas()["then"].tolist()
    [1.0, nan]
    """
    import ibis  # a second to load, so only where there is a log

    return ibis.window(group_by="customer_id", order_by=["timestamp", "place"], rows=within)
