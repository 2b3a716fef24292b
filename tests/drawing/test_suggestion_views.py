"""What the machine may suggest and who reads what: chart and tables, by their structure."""

import math

import pandas as pd
import pytest
from drawing.good_chart import check_chart

from cjm_helpers.drawing import charts, tables

FIGURES = {"f1": 0.9, "f1_lo": 0.8, "f1_hi": 0.95, "keyword_f1": 0.5, "human_f1": 0.93, "verdict": "suggest"}
NO_FIGURES = dict.fromkeys(("f1", "f1_lo", "f1_hi", "keyword_f1", "human_f1"), math.nan)
CHECKED = pd.DataFrame([
    {"code_id": "slow", "label": "Slow", **FIGURES},
    {"code_id": "rude", "label": "Rude", **FIGURES, "human_f1": math.nan, "verdict": "keyword rule is as good"},
    {"code_id": "rare", "label": "Rare", **NO_FIGURES, "verdict": "too few examples"},
    {"code_id": "all codes", "label": "All codes together", **FIGURES, "verdict": ""},
])  # fmt: skip
SHARES = pd.DataFrame({
    "code_id": ["slow", "rude", "rare"], "value": [0.2, math.nan, math.nan], "lo": [0.1, math.nan, math.nan],
    "hi": [0.3, math.nan, math.nan],
})  # fmt: skip


@pytest.fixture
def chart():
    """The chart of two codes that could be tried and one that could not."""
    return charts.draw_suggestions(CHECKED)


def test_the_chart_is_closed_stable_and_leaves_its_table_alone():
    """pyplot never knew it, the same table gives the same bytes, and neither table nor style is changed."""
    check_chart(charts.draw_suggestions, CHECKED, more={})


def test_the_title_counts_what_may_be_suggested(chart):
    """Of all codes, also those that could not be tried, the title says how many may be suggested."""
    assert chart.get_suptitle() == "The machine may suggest 1 of 3 codes"


def test_machine_search_and_people_have_marks_of_their_own(chart):
    """A dot for the machine, a cross for a search, a diamond for people; where nobody compared there is none."""
    marks = [(line.get_marker(), *line.get_xdata()) for line in chart.axes[0].lines if line.get_marker() != "None"]
    seen = [mark for mark in marks if not math.isnan(mark[1])]
    assert seen == [("o", 0.9), ("o", 0.9), ("x", 0.5), ("D", 0.93), ("x", 0.5)]


def test_search_and_people_have_intervals_beside_the_dot():
    """Each has a line of its own from end to end, a little above or below the machine's, so that none hides another."""
    ends = {"keyword_f1_lo": 0.4, "keyword_f1_hi": 0.6, "human_f1_lo": 0.85, "human_f1_hi": 1.0}
    lines = charts.draw_suggestions(CHECKED[:1].assign(**ends)).axes[0].lines
    drawn = {tuple(line.get_xdata()): line.get_ydata()[0] for line in lines if len(line.get_xdata()) == 2}
    assert drawn[0.85, 1.0] < drawn[0.8, 0.95] < drawn[0.4, 0.6]


def test_the_scale_is_no_percentage(chart):
    """F1 is written from 0 to 1."""
    chart.canvas.draw()
    assert "%" not in "".join(text.get_text() for text in chart.axes[0].get_xticklabels())


def test_without_a_code_to_learn_there_is_a_sentence():
    """Where no code could be tried the chart asks its question and says what is missing."""
    empty = charts.draw_suggestions(CHECKED[2:3])
    assert empty.get_suptitle().endswith("?") and empty.axes[0].texts[0].get_text().startswith("The machine cannot")


def test_the_table_holds_the_chart_s_numbers():
    """Each code with its figures, what follows, and the corrected share where there is one."""
    lines = tables.show_suggestions(CHECKED, shares=SHARES).text.splitlines()
    assert lines[1].split() == "Slow 0.90 0.80 to 0.95 0.50 0.93 may suggest 20 % (10 to 30 %)".split()
    assert "a search is as good" in lines[2] and "too few examples" in lines[3]


def test_a_sample_says_how_many_read_each_part():
    """Those drawn by chance and those added for a code, each with how many two, one or nobody read."""
    sample = pd.DataFrame({"why": ["random", "random", "more of Slow"], "readers": ["anna;ben", "", "ben"]})
    lines = tables.show_sample(sample).text.splitlines()
    assert [line.split()[-4:] for line in lines[1:]] == [["2", "1", "0", "1"], ["1", "0", "1", "0"]]
    assert tables.show_sample(sample[:0]).text.endswith("to read yet.")
