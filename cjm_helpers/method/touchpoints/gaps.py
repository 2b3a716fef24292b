"""Gaps: what the inventory of touchpoints misses, one sentence each."""

import pandas as pd

from cjm_helpers.method.order import list_stages, order_touchpoints
from cjm_helpers.method.touchpoints.channels import find_untapped, spread_channels
from cjm_helpers.method.words import count_things, join_words, spell_count, write_number
from cjm_helpers.stats.intervals import Estimate
from cjm_helpers.stats.richness import estimate_richness
from cjm_helpers.worksheets import split_list

GAPS = ["kind", "stage", "channel", "touchpoint_id", "sentence"]
NAMES_SHOWN = 5
LEAST_MISSED = 0.5  # rounds to one touchpoint


def find_gaps(
    touchpoints: pd.DataFrame,
    *,
    responses,
    event_counts,
    stages=(),
    feedback=None,
    kpis=None,
    channels_used=None,
    min_n: int = 5,
) -> pd.DataFrame:
    """List in sentences what the inventory of touchpoints misses.

    Parameters
    ----------
    touchpoints, responses, event_counts
        Reads touchpoint_id, name, stage, position, channels, planned, named_by; touchpoint_id; what `count_events`
        returned.
    stages
        The declared stages in order; others follow.
    feedback, kpis
        Reads touchpoint_id; touchpoint_id and stage. Optional: a touchpoint that a verbatim speaks of is not silent,
        and without a table of KPIs nothing is called unmeasured.
    channels_used
        Where the survey asks for channels: one text a customer ("Website;App"); else the customers of the log count.
    min_n
        A channel that fewer customers use is not named.

    Returns
    -------
    DataFrame
        kind, stage, channel, touchpoint_id, sentence. kind is empty (a stage without touchpoint), single (a stage on
        one channel), silent (planned, but nothing speaks of it), blind (met, but not planned or not listed), untapped
        (a channel of a tenth of the customers without touchpoint), unmeasured (no KPI), or missed (how many touchpoints
        nobody has named, from who named which).

    Source: Chao2 (Chao 1987) for missed; Wilson intervals.

    Examples
    --------
    >>> shop = pd.DataFrame({"touchpoint_id": ["ad"], "name": "Advert", "stage": "Notice", "position": 1,
    ...                      "channels": "Web", "planned": "yes", "named_by": "anna"})
    >>> none = pd.DataFrame({"touchpoint_id": [], "channel": [], "event": [], "events": []})
    >>> find_gaps(shop, responses=none, event_counts=none, stages=["Notice", "Buy"])["sentence"].tolist()
    ['Notice is met on one channel only: Web.', 'Buy has no touchpoint yet.']
    """
    asked = set(responses["touchpoint_id"]) | (set() if feedback is None else set(feedback["touchpoint_id"]))
    touchpoints = order_touchpoints(touchpoints, stages=stages)
    untapped = find_untapped(touchpoints, event_counts, channels_used=channels_used, min_n=min_n)
    rows = [
        *_stage_gaps(touchpoints, stages),
        *_touchpoint_gaps(touchpoints, asked - {""}, event_counts),
        *_unlisted_gaps(touchpoints, asked - {""}, event_counts),
        *_channel_gaps(touchpoints, event_counts),
        *_untapped_gaps(untapped, "asked" if channels_used is not None else "in the log"),
        *_kpi_gaps(touchpoints, find_unmeasured(touchpoints, kpis)),
        *_missed_gaps(touchpoints),
    ]
    return pd.DataFrame(rows, columns=GAPS).astype("str")


def estimate_missed(touchpoints: pd.DataFrame) -> Estimate:
    """Estimate how many touchpoints there are, the listed and the missed, from who named which; n counts those people.

    Columns read: named_by. A touchpoint that nobody named (found in the log, say) is not counted as named.

    Source: Chao2 (Chao 1987); it holds where people listed touchpoints on their own before they shared them.

    Examples
    --------
    >>> named = ["anna"] * 4 + ["anna;ben"] * 3
    >>> estimate_missed(pd.DataFrame({"named_by": named})).value
    7.75
    """
    named = [set(split_list(people)) for people in touchpoints["named_by"]]
    return estimate_richness([len(people) for people in named if people], people=len(set().union(*named)))


def find_unmeasured(touchpoints: pd.DataFrame, kpis: pd.DataFrame | None) -> list[str]:
    """List the touchpoints that no KPI watches, neither one of their own nor one of their stage.

    Columns read: touchpoint_id, stage; touchpoint_id, stage. Without a table of KPIs nothing is known, so none is
    listed.

    Examples
    --------
    >>> shop = pd.DataFrame({"touchpoint_id": ["ad", "cart", "pay"], "stage": ["Notice", "Buy", "Buy"]})
    >>> find_unmeasured(shop, pd.DataFrame({"touchpoint_id": ["pay", ""], "stage": ["", "Notice"]}))
    ['cart']
    """
    if kpis is None:
        return []
    of_stage = kpis.loc[kpis["touchpoint_id"] == "", "stage"]
    is_watched = touchpoints["touchpoint_id"].isin(kpis["touchpoint_id"]) | touchpoints["stage"].isin(of_stage)
    return touchpoints.loc[~is_watched, "touchpoint_id"].tolist()


def _stage_gaps(touchpoints, stages):
    spread = spread_channels(touchpoints)
    for stage in list_stages(touchpoints, stages=stages):
        here = spread[spread["stage"] == stage]
        channels = [channel for channel in here["channel"].unique() if channel]
        if here.empty:
            yield "empty", stage, "", "", f"{stage} has no touchpoint yet."
        elif len(channels) == 1:
            yield "single", stage, channels[0], "", f"{stage} is met on one channel only: {channels[0]}."


def _touchpoint_gaps(touchpoints, asked: set, event_counts):
    met = asked | set(event_counts["touchpoint_id"])
    for row in touchpoints.itertuples():
        is_met = row.touchpoint_id in met
        if met and not is_met and row.planned != "no":
            sentence = f"{row.name} was planned, but no event and no answer speaks of it."
            yield "silent", row.stage, "", row.touchpoint_id, sentence
        elif is_met and row.planned == "no":
            yield "blind", row.stage, "", row.touchpoint_id, f"{row.name} was not planned, yet customers meet it."


def _unlisted_gaps(touchpoints, asked: set, event_counts):
    listed = set(touchpoints["touchpoint_id"])
    unknown = event_counts[~event_counts["touchpoint_id"].isin(listed)]
    for touchpoint_id, rows in unknown.groupby("touchpoint_id"):
        what = f"“{touchpoint_id}”, which is not among the touchpoints" if touchpoint_id else "no touchpoint"
        count, names = rows["events"].sum(), _list_names(rows)
        verb = "names" if count == 1 else "name"
        yield "blind", "", "", "", f"In the log, {count_things(count, 'event')} {verb} {what}{names}."
    for touchpoint_id in sorted(asked - listed - set(unknown["touchpoint_id"])):
        yield "blind", "", "", "", f"Customers speak of “{touchpoint_id}”, which is not among the touchpoints."


def _list_names(rows) -> str:
    """List the commonest names of events with their counts: ": “app_open” (9), “push_sent” (5)"."""
    counts = rows[rows["event"] != ""].groupby("event")["events"].sum().reset_index()
    counts = counts.sort_values(["events", "event"], ascending=[False, True])
    names = [f"“{row.event}” ({write_number(row.events)})" for row in counts.head(NAMES_SHOWN).itertuples()]
    if len(counts) > NAMES_SHOWN:
        names.append(f"{write_number(len(counts) - NAMES_SHOWN)} more")
    return f": {join_words(names)}" if names else ""


def _channel_gaps(touchpoints, event_counts):
    listed = {row.touchpoint_id: (row.name, split_list(row.channels)) for row in touchpoints.itertuples()}
    for row in event_counts.itertuples():
        name, channels = listed.get(row.touchpoint_id, ("", []))
        if channels and row.channel and row.channel not in channels:
            events = count_things(row.events, "event")
            sentence = f"The log shows {name} on {row.channel} ({events}), a channel its row does not list."
            yield "blind", row.stage, row.channel, row.touchpoint_id, sentence


def _untapped_gaps(untapped, where: str):
    for row in untapped.itertuples():
        use = f"{write_number(row.customers)} of {count_things(row.n, 'customer')} {where} ({row.value:.0%}) use"
        yield "untapped", "", row.channel, "", f"{use} {row.channel}, but no touchpoint stands for it."


def _kpi_gaps(touchpoints, unmeasured: list[str]):
    for stage, here in touchpoints.groupby("stage", sort=False):
        names = here.loc[here["touchpoint_id"].isin(unmeasured), "name"]
        if len(names) == len(here):
            yield "unmeasured", stage, "", "", f"No KPI watches {stage} or any touchpoint there."
        elif len(names):
            yield "unmeasured", stage, "", "", f"{stage} has a KPI, but none watches {join_words(names, last='or')}."


def _missed_gaps(touchpoints):
    total, listed = estimate_missed(touchpoints), len(touchpoints)
    if not total.value - listed >= LEAST_MISSED:
        return
    once = sum(len(set(split_list(people))) == 1 for people in touchpoints["named_by"])
    lo, hi = (write_number(max(bound - listed, 0)) for bound in (total.lo, total.hi))
    told = (
        f"{write_number(once)} of {count_things(listed, 'touchpoint')} were named by only one of {spell_count(total.n)}"
    )
    more = f"about {write_number(total.value - listed)} more may be missing ({lo} to {hi})"
    yield "missed", "", "", "", f"{told} people, so {more}."
