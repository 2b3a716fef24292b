"""What the curve comes to, and where personas feel differently, as tables."""

import pandas as pd

from cjm_helpers.drawing.feeling_tables import show_differences, show_peak_end

NAMES = pd.DataFrame({"touchpoint_id": ["pay", "ad"], "step_id": ["2.1", "1.1"], "name": ["Pay", "Advert"]})
PERSONAS = pd.DataFrame({"persona_id": ["lena", "omar"], "name": ["Lena", "Omar"]})


def compare(*verdicts, values=(-0.4, 1.2)):
    """Return what compare_feelings makes of two touchpoints."""
    rows = {"touchpoint_id": ["pay", "ad"], "persona_id": "lena", "other_id": "omar", "value": values, "n": 40}
    return pd.DataFrame({**rows, "n_other": 50, "lo": -2.0, "hi": 2.0, "flag": "reportable", "verdict": verdicts})


def test_the_curve_is_told_from_first_to_mean():
    """Figures stand in the order of the journey, each with its step; the whole has none."""
    rows = {
        "basis": "curve",
        "figure": ["mean", "first"],
        "touchpoint_id": ["", "ad"],
        "value": [0.1, 0.5],
        "n": [40, 40],
    }
    shown = show_peak_end(pd.DataFrame({**rows, "lo": 0.0, "hi": 1.0, "flag": "reportable"}), steps=NAMES)
    assert shown.text.index("first step") < shown.text.index("all steps together")
    assert "Advert" in shown.text


def test_no_curve_is_said():
    """Where nobody was asked a sentence stands, not an empty table."""
    empty = pd.DataFrame(columns=["basis", "figure", "touchpoint_id", "value", "lo", "hi", "n", "flag"])
    assert "no curve" in show_peak_end(empty, steps=NAMES).text


def test_only_differences_that_hold_are_shown():
    """The largest comes first, by name; what may be chance is counted and left out."""
    shown = show_differences(compare("differ", "differ"), touchpoints=NAMES, personas=PERSONAS)
    assert shown.html.index("Advert") < shown.html.index("Pay") and "2 comparisons" in shown.html
    assert "Pay" not in show_differences(compare("no evidence", "differ"), touchpoints=NAMES, personas=PERSONAS).html


def test_nothing_to_compare_is_said():
    """Too few answers, and no difference, are two different sentences."""
    assert (
        "Nothing could be compared"
        in show_differences(compare("too few", "too few"), touchpoints=NAMES, personas=PERSONAS).text
    )
    assert (
        "no difference"
        in show_differences(compare("no evidence", "no evidence"), touchpoints=NAMES, personas=PERSONAS).text
    )
