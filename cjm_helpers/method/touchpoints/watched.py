"""Watched: which touchpoints a KPI looks at, by itself or through its stage."""

import pandas as pd


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
