"""Mentions: the people behind each code at one touchpoint."""

import pandas as pd
import pytest

from cjm_helpers.method.feedback.mentions import count_mentions

CODES = pd.DataFrame({"label": ["Slow"], "valence": [-1.0], "parent": [""]}, index=["slow"])


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
    theme = count_mentions(_hear(5), codes=CODES.iloc[:0])[0]
    assert (theme["label"], theme["valence"]) == ("slow", 0)
