"""Watched: which touchpoints have a KPI, of their own or of their stage."""

import pytest

from cjm_helpers.method.touchpoints.watched import find_unmeasured


@pytest.mark.parametrize(
    ("kpi", "unmeasured"),
    [
        ({"touchpoint_id": "pay"}, ["cart", "ad"]),
        ({"stage": "Buy"}, ["ad"]),
        ({"touchpoint_id": "pay", "stage": "Notice"}, ["cart", "ad"]),
        ({"metric": "nps"}, ["pay", "cart", "ad"]),
    ],
)
def test_a_kpi_watches_its_touchpoint_or_else_its_stage(touchpoints, make_table, kpi, unmeasured):
    """A KPI of a touchpoint watches no other of the stage, and one of the journey as a whole watches none."""
    assert find_unmeasured(touchpoints, make_table("kpis", [{"kpi_id": "k", **kpi}])) == unmeasured


def test_without_kpis_nothing_is_known(touchpoints):
    """No table of KPIs is not the same as an empty one."""
    assert find_unmeasured(touchpoints, None) == []
