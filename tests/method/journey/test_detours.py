"""Detours that the map tells in words."""

import pandas as pd
import pytest

from cjm_helpers.method.journey.detours import list_detours

STEPS = pd.DataFrame({
    "step_id": ["1.1", "2.1", "2.2", "3.1"], "touchpoint_id": ["ad", "shop", "advice", "pay"],
})  # fmt: skip


def way(from_id, to_id, k, *, n=100.0, lo=None, minutes=5.0) -> dict:
    """Return where k of n people go next."""
    lo = k / n - 0.05 if lo is None else lo
    return {"from_id": from_id, "to_id": to_id, "k": float(k), "n": n, "lo": lo, "median_minutes": minutes}


def tell(*ways) -> list[str]:
    """Return the sentences."""
    return list_detours(pd.DataFrame(ways), STEPS)["sentence"].tolist()


def test_many_who_go_back_are_told():
    """Thirty of a hundred go back from payment to the shop."""
    assert tell(way("pay", "shop", 30), way("pay", "ad", 20)) == ["30 of 100 go back to 2.1"]


def test_most_who_pass_steps_over_are_told():
    """From the advert most go straight to the advice, two steps on; the next step is no detour."""
    assert tell(way("ad", "advice", 70), way("shop", "advice", 90)) == ["70 of 100 go straight on to 2.2"]


@pytest.mark.parametrize("few", [way("pay", "shop", 12), way("ad", "pay", 50), way("pay", "shop", 60, minutes=2000)])
def test_what_chance_or_another_visit_may_explain_is_not_told(few):
    """An interval that reaches below the threshold and a pause of more than a day are no detour."""
    assert tell(few) == []


def test_ways_to_places_off_the_map_are_passed_over():
    """A touchpoint that is no step of this persona's map is not named, nor is one that too few reached."""
    assert tell(way("pay", "newsletter", 90), way("pay", "", 0, lo=float("nan"))) == []
    assert list(list_detours(pd.DataFrame(columns=list(way("a", "b", 1))), STEPS).columns)[-1] == "sentence"
