"""Tests of the tables of a report: what a reader sees, and what is never shown."""

import math

import pandas as pd
import pytest

from cjm_helpers.drawing import tables
from cjm_helpers.drawing.writing import write_cell

KPI = {"name": "NPS", "kind": "nps", "unit": "", "value": 40.42, "unweighted": 39.83, "n": 2746, "lo": 37.6, "hi": 43.2}


def show(row, columns, **options):
    """Show one row and return the texts of its cells."""
    shown = tables.show_table(pd.DataFrame([row]), columns={name: name for name in columns}, **options)
    return shown.text.split("\n")[1].strip()


def test_a_weighted_figure_is_said_with_its_plain_one():
    """Weighted, unweighted and n stand together in words."""
    assert show(KPI, ["figure"]) == "40.4 weighted, 39.8 unweighted, 2,746 answers"


def test_a_figure_without_weights_is_said_once():
    """Where weighting changes nothing that is shown, one figure stands."""
    assert show({**KPI, "unweighted": 40.43}, ["figure"]) == "40.4, 2,746 answers"


@pytest.mark.parametrize(
    ("change", "words"),
    [({"n": 3}, "too few to show (3 answers)"), ({"n": 0}, "no data yet"), ({"n": math.nan}, "no data yet")],
)
def test_a_missing_figure_says_why(change, words):
    """No number is a word, never a zero."""
    assert show({**KPI, "value": math.nan, **change}, ["figure"]) == words


def test_many_answers_earn_a_third_decimal():
    """The mean of thousands of answers is shown more finely than the mean of dozens."""
    assert show({"value": 4.0641, "n": 2688}, ["value"]) == "4.064"
    assert show({"value": 4.0641, "n": 88}, ["value"]) == "4.06"


def test_intervals_say_their_unit_once():
    """The unit stands behind the upper end only, and both ends have as many decimals."""
    assert show({"lo": 0.28, "hi": 0.341, "unit": "%"}, ["interval"]) == "28.0 to 34.1 %"
    assert show({"lo": 2.7, "hi": 3.1, "unit": "days", "kind": "duration"}, ["interval"]) == "2.7 to 3.1 days"


def test_texts_of_people_are_never_markup():
    """Angle brackets in a cell, a heading or a caption are shown, not obeyed."""
    shown = tables.show_table(pd.DataFrame({"a": ["<b>"]}), columns={"a": "<i>"}, caption="<u>")
    assert not any(tag in shown.html for tag in ("<b>", "<i>", "<u>"))


def test_tables_can_be_walked_through():
    """Headings carry their scope, numbers are told apart by a class, and an empty table is a sentence."""
    shown = tables.show_table(pd.DataFrame([KPI]), columns={"name": "KPI", "n": "n"})
    left = 'style="text-align:left"'
    assert f'<th scope="col" {left}>KPI</th>' in shown.html and f'<th scope="row" {left}>NPS</th>' in shown.html
    assert '<td class="num">2,746</td>' in shown.html
    assert tables.show_table(pd.DataFrame(), columns={}, empty="None yet.").html == "<p>None yet.</p>"


def test_suppressed_themes_are_left_out():
    """A theme that one person alone names, or at a step where too few spoke, is not listed, nor is its quote."""
    where = {"touchpoint_id": "pay", "valence": -1, "n": 31.0, "lo": 0.2, "hi": 0.4}
    known = {"label": "Slow", "k": 9.0, "value": 0.3, "flag": "reportable", "quote_id": "f1", "text": "So slow."}
    rare = {"label": "Rare", "k": math.nan, "value": math.nan, "flag": "suppressed", "quote_id": "f2", "text": "Me."}
    lone = {"label": "Lone", "k": 1.0, "value": 0.03, "flag": "reportable", "quote_id": "f3", "text": "I."}
    frame = pd.DataFrame([where | known, where | rare, where | lone])
    steps = pd.DataFrame({"step_id": ["3.2"], "touchpoint_id": ["pay"], "name": ["Pay"]})
    shown = tables.show_themes(frame, steps=steps)
    assert "“So slow.” f1" in shown.html and "3.2 Pay" in shown.html
    assert not any(word in shown.html for word in ("Rare", "f2", "Lone", "f3"))


def test_people_are_counted_only_where_somebody_counted():
    """What was stated by the team has no people: neither is missing written as a number."""
    rows = ({"k": 3, "n": 40}, {"k": 0, "n": math.nan}, {"k": math.nan, "n": 40})
    assert [write_cell(row, "people") for row in rows] == ["3 of 40", "–", "too few"]
