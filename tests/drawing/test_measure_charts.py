"""Charts of readings over time and of what customers did, by their structure."""

import math

import pandas as pd
import pytest
from drawing.good_chart import check_chart

from cjm_helpers.drawing import charts
from cjm_helpers.drawing.sheet.look import COLOURS

STEPS = pd.DataFrame({"touchpoint_id": ["ad", "pay"], "name": ["Advert", "Payment page"]})
KPIS = pd.DataFrame({
    "kpi_id": ["k1", "k2"], "name": ["Given up", "Refund"], "unit": ["%", "days"], "kind": ["proportion", "duration"],
})  # fmt: skip
SIGNALS = pd.DataFrame({
    "kpi_id": ["k1"] * 3 + ["k2"] * 2 + ["k1"], "persona_id": [""] * 5 + ["anna"],
    "period": ["2026-01", "2026-02", "2026-03", "2026-01", "2026-02", "2026-03"],
    "value": [0.4, math.nan, 0.3, 9, 8, 0.1], "centre": [0.4] * 3 + [8.5] * 2 + [0.4],
    "lower": [0.35] * 3 + [7] * 2 + [0.35], "upper": [0.45] * 3 + [10] * 2 + [0.45],
    "signal": ["", "", "outside", "", "", "outside"], "way": ["", "", "better", "", "", "better"], "trust": "",
})  # fmt: skip
FUNNEL = pd.DataFrame({
    "touchpoint_id": ["ad", "tip", "pay"], "stage": ["Notice", "Notice", "Buy"], "name": ["Advert", "Tip", "Pay"],
    "k": [80.0, math.nan, 60.0], "n": 100.0, "value": [0.8, math.nan, 0.6], "lo": [0.71, math.nan, 0.5],
    "hi": [0.87, math.nan, 0.69], "flag": ["reportable", "not in the log", "reportable"],
    "share_left": [0.25, math.nan, math.nan], "share_left_lo": [0.2, math.nan, math.nan],
})  # fmt: skip
WAYS = pd.DataFrame({
    "from_id": ["ad", "ad", "pay"], "to_id": ["pay", "ad", ""], "k": [60.0, 20.0, math.nan], "n": [100.0, 100.0, 3.0],
    "value": [0.6, 0.2, math.nan], "lo": [0.5, 0.13, math.nan], "hi": [0.69, 0.29, math.nan],
    "flag": ["reportable", "reportable", "suppressed"],
})  # fmt: skip
CHARTS = [
    (charts.draw_signals, SIGNALS, {"kpis": KPIS}), (charts.draw_funnel, FUNNEL, {}),
    (charts.draw_next, WAYS, {"steps": STEPS}),
]  # fmt: skip


def texts(chart) -> list[str]:
    """Return every text of a chart's first plot."""
    return [text.get_text() for text in chart.axes[0].texts]


@pytest.mark.parametrize(("draw", "table", "more"), CHARTS)
def test_a_chart_is_closed_stable_and_leaves_its_table_alone(draw, table, more):
    """pyplot never knew it, the same table gives the same bytes, and neither table nor style is changed."""
    check_chart(draw, table, more=more)


@pytest.mark.parametrize(("draw", "table", "more"), CHARTS)
def test_an_empty_table_gives_a_sentence(draw, table, more):
    """Without rows there is a question for a title and a sentence in place of a grid."""
    chart = draw(table[:0], **more)
    assert chart.get_suptitle().endswith("?") and texts(chart)[0].endswith(".")
    assert chart._repr_png_().startswith(b"\x89PNG")


def test_each_kpi_has_its_panel_and_those_that_moved_come_first():
    """One panel a KPI, for everyone alone; its title says when it moved, and which way."""
    chart = charts.draw_signals(SIGNALS[::-1], kpis=KPIS)
    titles = [panel.get_title(loc="left") for panel in chart.axes]
    assert titles == [
        "Given up: 2026-03 more than the usual ups and downs, better", "Refund, days: the usual ups and downs"
    ]  # fmt: skip
    assert chart.get_suptitle() == "1 of 2 KPIs moved more than usual"


def test_a_signal_is_ringed_and_a_missing_reading_is_a_gap():
    """The ring stands on the reading beyond the limits; what is not known is no zero."""
    panel = charts.draw_signals(SIGNALS, kpis=KPIS).axes[0]
    rings = [line for line in panel.lines if line.get_markerfacecolor() == "none"]
    assert [(ring.get_xdata()[0], ring.get_markeredgecolor()) for ring in rings] == [(2, COLOURS["blue"])]
    assert any(math.isnan(value) for line in panel.lines for value in line.get_ydata())


def test_many_kpis_leave_some_to_the_table():
    """More panels than a page holds are not drawn, and the small print says how many."""
    many = pd.concat([SIGNALS[3:5].assign(kpi_id=f"k{number}") for number in range(9)])
    kpis = pd.DataFrame({"kpi_id": [f"k{number}" for number in range(9)], "name": "n", "unit": "", "kind": "mean"})
    chart = charts.draw_signals(many, kpis=kpis)
    assert len(chart.axes) == 6 and "Not drawn: 3 more" in chart.texts[-1].get_text()


def test_the_funnel_names_where_the_path_ends():
    """The title is the finding; a step that leaves no track has a word and no bar."""
    chart = charts.draw_funnel(FUNNEL)
    assert chart.get_suptitle() == "Most often the path ends at Advert: 25 % were seen no further"
    assert {"Notice", "Buy", "80, 25 % no further", "not in the log", "60"} <= set(texts(chart))
    assert len(chart.axes[0].patches) == 2


def test_the_next_step_is_the_most_frequent_one():
    """One way a touchpoint, the first; places of too few people are left out."""
    said = texts(charts.draw_next(WAYS, steps=STEPS))
    assert said == ["Advert → Payment page", "60 of 100"]
