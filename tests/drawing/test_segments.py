"""Tests of the picture of the segments by its structure: marks, names, and what stands for nobody's segment."""

import matplotlib
import numpy as np
import pandas as pd
from matplotlib import pyplot

from cjm_helpers.drawing import charts
from cjm_helpers.drawing.segments import LOOKS, TONES

RNG = np.random.default_rng(0)
AXES = pd.DataFrame({
    "first_axis": RNG.normal(size=90), "second_axis": RNG.normal(size=90), "persona_id": [*["ann"] * 50, *["ben"] * 40],
})  # fmt: skip


def list_names(chart) -> list[str]:
    """Return the names written in the picture."""
    return [text.get_text() for text in chart.axes[0].texts]


def count_marks(chart) -> list[int]:
    """Return how many spots each group of marks holds, those without a segment first."""
    return [len(marks.get_offsets()) for marks in chart.axes[0].collections]


def test_every_segment_is_named_with_its_customers():
    """Each segment's name stands in the picture with how many customers it has, its own name where there is one."""
    assert list_names(charts.draw_segments(AXES)) == ["ann, n = 50", "ben, n = 40"]
    named = AXES.assign(name=AXES["persona_id"].map({"ann": "Ann, the calm", "ben": "Ben"}))
    assert list_names(charts.draw_segments(named)) == ["Ann, the calm, n = 50", "Ben, n = 40"]


def test_the_title_is_the_finding():
    """The title says what was found; without a finding it asks."""
    finding = "Two segments of a continuum: no gap is visible"
    assert charts.draw_segments(AXES, finding=finding).get_suptitle() == finding
    assert charts.draw_segments(AXES).get_suptitle().endswith("?")


def test_every_customer_is_in_the_picture():
    """One mark a spot; customers on one spot make one larger mark, and nobody is left out."""
    assert count_marks(charts.draw_segments(AXES)) == [0, 50, 40]
    twice = pd.concat([AXES, AXES[:50]])
    chart = charts.draw_segments(twice)
    assert count_marks(chart) == [0, 50, 40] and list_names(chart)[0] == "ann, n = 100"
    sizes = [marks.get_sizes()[0] for marks in chart.axes[0].collections[1:]]
    assert sizes[0] > sizes[1]


def test_without_segments_customers_stay_unnamed():
    """Where there is no stable segmentation all customers are drawn alike and none is named."""
    chart = charts.draw_segments(AXES.assign(persona_id=""))
    assert count_marks(chart) == [90] and list_names(chart) == []


def test_no_two_segments_look_alike():
    """Colour is repeated by shape: no two of the first 24 segments share both, and colours are six."""
    assert len({(look["marker"], look["color"]) for look in LOOKS}) == len(LOOKS) == 24
    assert len(set(TONES)) == 6


def test_a_picture_is_closed_and_leaves_its_table_alone():
    """pyplot never knew it, the style does not leak, the table stays, and the same table gives the same bytes."""
    before, settings = AXES.copy(), dict(matplotlib.rcParams)
    assert charts.draw_segments(AXES)._repr_png_() == charts.draw_segments(AXES)._repr_png_()
    pd.testing.assert_frame_equal(AXES, before)
    assert dict(matplotlib.rcParams) == settings and pyplot.get_fignums() == []


def test_an_empty_table_gives_a_picture_that_says_so():
    """Without customers there is a picture with words, not an error; so there is for a single customer."""
    assert list_names(charts.draw_segments(AXES[:0])) == ["no customers yet"]
    assert charts.draw_segments(AXES[:1])._repr_png_().startswith(b"\x89PNG")
