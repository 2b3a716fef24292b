"""Channels: where each touchpoint is met, and which channels customers use although no touchpoint is there."""

import pandas as pd

from cjm_helpers.stats.intervals import estimate_proportion
from cjm_helpers.worksheets import split_list

UNTAPPED_FROM = 0.10  # of the customers
UNTAPPED = ["channel", "customers", "value", "n", "lo", "hi", "method"]


def spread_channels(touchpoints: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each touchpoint and channel; a touchpoint without channels keeps one row, channel "".

    Columns read: channels. Columns made: channel.

    Examples
    --------
    >>> frame = pd.DataFrame({"touchpoint_id": ["pay", "ad"], "channels": ["Website;App", ""]})
    >>> spread_channels(frame)[["touchpoint_id", "channel"]].values.tolist()
    [['pay', 'Website'], ['pay', 'App'], ['ad', '']]
    """
    spread = touchpoints.assign(channel=[split_list(text) or [""] for text in touchpoints["channels"]])
    return spread.explode("channel", ignore_index=True).astype({"channel": "str"})


def find_untapped(
    touchpoints: pd.DataFrame, event_counts: pd.DataFrame, *, channels_used=None, min_n: int = 5
) -> pd.DataFrame:
    """Find channels that at least a tenth of the customers use and no touchpoint stands for, the most used first.

    Columns read: touchpoint_id, channels; `count_events`. channels_used: where the survey asks for channels, one text a
    customer ("Website;App"; empty = not asked); without it the customers of the log count. A channel on which the log
    shows a listed touchpoint has one.
    Columns made: channel, customers (who use it), value (their share, 0-1), n, lo, hi, method.

    Source: Wilson intervals; the tenth is ours.

    Examples
    --------
    >>> shop = pd.DataFrame({"touchpoint_id": ["pay"], "channels": ["App"]})
    >>> none = pd.DataFrame({"touchpoint_id": [], "channel": []})
    >>> told = pd.Series(["App;Chat"] * 6 + ["App"] * 14)
    >>> find_untapped(shop, none, channels_used=told)[["channel", "customers", "value"]].values.tolist()
    [['Chat', 6, 0.3]]
    """
    is_listed = event_counts["touchpoint_id"].isin(touchpoints["touchpoint_id"])
    named = {channel for channels in touchpoints["channels"] for channel in split_list(channels)}
    tapped = {"", *named, *event_counts.loc[is_listed, "channel"]}
    users, n = _count_log(event_counts) if channels_used is None else _count_survey(channels_used)
    rows = [
        {"channel": channel, "customers": count, **estimate_proportion(count, n)._asdict()}
        for channel, count in sorted(users.items(), key=lambda item: (-item[1], item[0]))
        if channel not in tapped and count >= max(min_n, UNTAPPED_FROM * n)
    ]
    return pd.DataFrame(rows, columns=UNTAPPED)


def _count_log(event_counts) -> tuple[dict, int]:
    if event_counts.empty:
        return {}, 0
    users = event_counts.groupby("channel")["channel_customers"].max()
    return users.to_dict(), int(event_counts["log_customers"].max())


def _count_survey(channels_used) -> tuple[dict, int]:
    told = [set(split_list(text)) for text in channels_used.fillna("")]
    users = pd.Series([channel for channels in told for channel in sorted(channels)], dtype="str").value_counts()
    return users.to_dict(), sum(bool(channels) for channels in told)
