"""Messages: what each touchpoint tells the customer, laid side by side for people to judge."""

import pandas as pd

from cjm_helpers.method.order import list_stages, order_touchpoints
from cjm_helpers.method.touchpoints.channels import spread_channels

MESSAGES = ["stage", "channel", "touchpoint_id", "name", "message", "planned", "is_missing"]


def compare_messages(touchpoints: pd.DataFrame, *, stages=()) -> pd.DataFrame:
    """Lay the messages of a stage side by side, channel by channel, and mark where there is none.

    Whether they say the same is for people to judge. Columns read: touchpoint_id, name, stage, position, channels,
    message, planned. Columns made: one row for each touchpoint and channel ("" where it lists none) with stage,
    channel, touchpoint_id, name, message, planned, is_missing. Channels follow the first touchpoint met on them.

    Examples
    --------
    >>> shop = pd.DataFrame({"touchpoint_id": ["pay", "mail"], "name": ["Payment", "Receipt"], "stage": "Buy",
    ...                      "position": [1, 2], "channels": ["App", "E-mail"], "message": ["Paid in a minute", ""],
    ...                      "planned": "yes"})
    >>> compare_messages(shop)[["channel", "message", "is_missing"]].values.tolist()
    [['App', 'Paid in a minute', False], ['E-mail', '', True]]
    """
    spread = spread_channels(order_touchpoints(touchpoints, stages=stages))
    channels, declared = list(spread["channel"].unique()), list_stages(touchpoints, stages=stages)
    place = {"stage": declared.index, "channel": channels.index}
    table = spread.sort_values(list(place), key=lambda names: names.map(place[names.name]), kind="stable")
    message = table["message"].str.strip()
    return table.assign(message=message, is_missing=message.eq(""))[MESSAGES].reset_index(drop=True)
