"""Order: the touchpoints as the customer meets them, for every step that needs it."""

import pandas as pd


def order_touchpoints(touchpoints: pd.DataFrame, *, stages=()) -> pd.DataFrame:
    """Order touchpoints as the customer meets them: stage, then position, then row.

    Columns read: stage, position. Stages not declared follow in the order of their rows.

    Examples
    --------
    >>> frame = pd.DataFrame({"touchpoint_id": ["pay", "ad"], "stage": ["Buy", "Notice"], "position": [1.0, 1.0]})
    >>> list(order_touchpoints(frame, stages=["Notice", "Buy"])["touchpoint_id"])
    ['ad', 'pay']
    """
    place = {stage: number for number, stage in enumerate(list_stages(touchpoints, stages=stages))}
    keyed = touchpoints.assign(_stage=touchpoints["stage"].map(place))
    return keyed.sort_values(["_stage", "position"], kind="stable").drop(columns="_stage").reset_index(drop=True)


def list_stages(touchpoints: pd.DataFrame, *, stages=()) -> list[str]:
    """List the declared stages, then those that only touchpoints name.

    Examples
    --------
    >>> list_stages(pd.DataFrame({"stage": ["Buy", "Return"]}), stages=["Notice", "Buy"])
    ['Notice', 'Buy', 'Return']
    """
    return list(dict.fromkeys([*stages, *touchpoints["stage"]]))
