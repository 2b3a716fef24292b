"""Order: touchpoints as the customer meets them."""

import pandas as pd

from cjm_helpers.method.order import list_stages, order_touchpoints

SHOP = pd.DataFrame({
    "touchpoint_id": ["pay", "cart", "ad", "call"], "stage": ["Buy", "Buy", "Notice", "Return"],
    "position": [2.0, 1.0, 1.0, None],
})  # fmt: skip


def test_touchpoints_stand_in_order():
    """Stages come as declared, positions within a stage ascend, and the input keeps its order."""
    before = SHOP.copy()
    assert order_touchpoints(SHOP, stages=("Notice", "Buy"))["touchpoint_id"].tolist() == ["ad", "cart", "pay", "call"]
    pd.testing.assert_frame_equal(SHOP, before)


def test_without_positions_rows_are_the_order():
    """A team that numbers nothing gets its rows as they stand, stage by stage."""
    order = order_touchpoints(SHOP.assign(position=float("nan")), stages=("Notice", "Buy"))
    assert order["touchpoint_id"].tolist() == ["ad", "pay", "cart", "call"]


def test_stages_that_only_touchpoints_name_follow():
    """A stage that nobody declared is not lost."""
    assert list_stages(SHOP, stages=("Notice", "Praise")) == ["Notice", "Praise", "Buy", "Return"]
