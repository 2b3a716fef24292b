"""Tests of the charts by their structure: titles, labels, marks, and what is missing."""

import io
import math

import matplotlib
import pandas as pd
import pytest
from matplotlib import pyplot
from PIL import Image, ImageChops

from cjm_helpers.drawing import charts
from cjm_helpers.drawing.sheet.look import COLOURS
from cjm_helpers.drawing.style import PIXELS_PER_INCH, use_style

PLACED = pd.DataFrame({
    "touchpoint_id": ["pay", "ship", "ask"], "name": ["Payment page", "Courier", "Help line"],
    "performance": [-1.2, 0.8, 0.0], "importance": [0.6, 0.3, 0.1],
    "quadrant": ["concentrate here", "possible overkill", "undecided"],
})  # fmt: skip
KPIS = pd.DataFrame({
    "name": ["Given up", "NPS", "Easy help"], "value": [0.31, 40.4, math.nan], "lo": [0.3, 37.6, math.nan],
    "hi": [0.32, 43.2, math.nan], "n": [9377, 2746, 0], "unit": ["%", "", ""], "kind": ["proportion", "nps", "ces"],
    "baseline": [0.28, math.nan, 4.1], "target": [0.22, 35, math.nan], "benchmark": [0.25, math.nan, math.nan],
    "status": ["missed", "met", "no data"], "word": ["worse than baseline", "", "no data"],
})  # fmt: skip
COVERAGE = pd.DataFrame({
    "stage": ["Buy", "Buy", "Keep", "Keep"], "channel": ["App", "Post", "App", "Post"], "touchpoints": [2, 1, 0, 0],
    "answers": [1200.0, 0.0, 0.0, 0.0], "gap": ["", "silent", "empty", "blind"],
})  # fmt: skip
CHARTS = [(charts.draw_importance_performance, PLACED), (charts.draw_kpis, KPIS), (charts.draw_coverage, COVERAGE)]


def texts(chart) -> list[str]:
    """Return every text of a chart's plot."""
    return [text.get_text() for text in chart.axes[0].texts]


@pytest.mark.parametrize(("draw", "table"), CHARTS)
def test_a_chart_is_closed_and_leaves_its_table_alone(draw, table):
    """A chart is a figure that pyplot never knew, the table is untouched, and the style does not leak."""
    before, settings = table.copy(), dict(matplotlib.rcParams)
    assert draw(table).get_suptitle()
    pd.testing.assert_frame_equal(table, before)
    assert dict(matplotlib.rcParams) == settings and pyplot.get_fignums() == []


@pytest.mark.parametrize(("draw", "table"), CHARTS)
def test_a_chart_is_the_same_picture_twice(draw, table):
    """The same table gives the same bytes, so that pages can be compared."""
    assert draw(table)._repr_png_() == draw(table)._repr_png_()


@pytest.mark.parametrize(("draw", "table"), CHARTS)
def test_an_empty_table_gives_a_chart_that_says_so(draw, table):
    """Without rows there is a picture with a title, not an error."""
    assert draw(table[:0])._repr_png_().startswith(b"\x89PNG")


def test_every_point_has_its_name_and_undecided_ones_are_hollow():
    """Points are labelled directly; a point too close to a line to call has a paper fill."""
    chart = charts.draw_importance_performance(PLACED)
    points = [line for line in chart.axes[0].lines if line.get_marker() == "o"]
    assert {"Payment page", "Courier", "Help line"} <= set(texts(chart))
    assert [point.get_markerfacecolor() == COLOURS["paper"] for point in points] == [False, False, True]


def test_the_title_names_where_to_begin():
    """The title is the finding where there is one, else the question."""
    assert charts.draw_importance_performance(PLACED).get_suptitle() == "Concentrate here first: Payment page"
    undecided = PLACED.assign(quadrant="undecided")
    assert charts.draw_importance_performance(undecided).get_suptitle().endswith("?")


def test_a_kpi_without_data_says_so_and_is_not_drawn():
    """No data is a word, never a mark at zero; the others have value and word."""
    chart = charts.draw_kpis(KPIS)
    assert chart.get_suptitle() == "1 of 2 targets are met"
    assert {"31 %", "worse than baseline", "40.4", "n = 2,746", "no data yet"} <= set(texts(chart))
    assert all(line.get_ydata()[0] < 1.9 for line in chart.axes[0].lines)


def test_the_title_counts_the_targets_that_data_can_judge():
    """A KPI without data is neither met nor missed; where none has any, the title asks."""
    assert charts.draw_kpis(KPIS.assign(target=1.0)).get_suptitle() == "1 of 2 targets are met"
    assert charts.draw_kpis(KPIS.assign(target=1.0, value=math.nan)).get_suptitle() == "Where do the KPIs stand?"


def test_a_kpi_off_its_benchmark_stays_on_its_line():
    """However far baseline, target and benchmark lie apart, every mark stays in the chart."""
    far = KPIS[:1].assign(target=-5.0, benchmark=90.0)
    chart = charts.draw_kpis(far)
    places = [x for line in chart.axes[0].lines for x in line.get_xdata()]
    assert 0 <= min(places) and max(places) <= 100


def test_missing_answers_are_hatched_never_zero():
    """A place nobody was asked about is hatched and says so; a place without touchpoint stays blank."""
    chart = charts.draw_coverage(COVERAGE)
    assert texts(chart) == ["1,200", "not asked", "used, not planned"]
    assert [bool(box.get_hatch()) for box in chart.axes[0].patches] == [False, True, True]


@pytest.mark.parametrize(("draw", "table"), CHARTS)
def test_a_shown_chart_is_true_to_the_drawn_one(draw, table):
    """Few colours make a picture small; none is off by more than two of its 255 shades."""
    drawn, chart = io.BytesIO(), draw(table)
    shown = Image.open(io.BytesIO(chart._repr_png_())).convert("RGB")
    with use_style():
        chart.savefig(drawn, dpi=PIXELS_PER_INCH)
    assert max(high for _, high in ImageChops.difference(shown, Image.open(drawn).convert("RGB")).getextrema()) <= 2
