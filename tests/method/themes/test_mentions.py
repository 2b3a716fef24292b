"""Mentions: the people behind each code at one touchpoint."""

import numpy as np
import pandas as pd
import pytest

from cjm_helpers.method.themes.mentions import count_mentions

CODES = {"slow": {"label": "Slow", "valence": -1.0, "parent": ""}}


def _hear(customers, interviewed=0):
    """Everybody names the code."""
    n = customers + interviewed
    people = [f"p{i}" for i in range(n)]
    return pd.DataFrame({
        "code_id": "slow", "feedback_id": [f"f{i}" for i in range(n)], "person_id": people,
        "is_interview": [i >= customers for i in range(n)], "emotion": float("nan"),
    })  # fmt: skip


@pytest.mark.parametrize(
    ("customers", "interviewed", "flag", "n"),
    [
        (30, 2, "reportable", 30),
        (5, 2, "indicative", 5),
        (4, 2, "counted", 2),
        (4, 0, "suppressed", 4),
        (0, 1, "counted", 1),
    ],
)
def test_customers_come_before_interviews(customers, interviewed, flag, n):
    """Enough customers are counted alone; with too few of them the people interviewed are."""
    theme = count_mentions(_hear(customers, interviewed), codes=CODES)[0]
    assert (theme["flag"], theme["n"]) == (flag, n)


def test_counting_interviews_hides_the_few_customers():
    """Where interviews are counted, no verbatim of the too few customers is named."""
    theme = count_mentions(_hear(3, 2), codes=CODES)[0]
    assert theme["feedback_ids"] == "f3;f4"


def test_a_code_outside_the_codebook_keeps_its_id():
    """An unknown code is shown under its id, neither pain nor delight."""
    theme = count_mentions(_hear(5), codes={})[0]
    assert (theme["label"], theme["valence"]) == ("slow", 0)


def test_severity_is_a_gap_with_its_interval():
    """Those who name a pain feel -.70 worse than the others, -.927 to -.473 (by hand, Welch)."""
    feelings = [-0.6, -0.4, -0.5, 0.1, 0.3, 0.2]
    here = pd.DataFrame({
        "code_id": ["slow"] * 3 + ["none"] * 3, "feedback_id": [f"f{i}" for i in range(6)],
        "person_id": [f"p{i}" for i in range(6)], "is_interview": False, "emotion": feelings,
    })  # fmt: skip
    theme = count_mentions(here, codes=CODES, min_n=3)[0]
    assert [round(theme[name], 3) for name in ("gap", "gap_lo", "gap_hi")] == [-0.7, -0.927, -0.473]
    assert theme["severity"] == 1
    talk = count_mentions(here.assign(is_interview=True), codes=CODES)[0]
    assert talk["gap"] == theme["gap"] and np.isnan(talk["gap_lo"])
