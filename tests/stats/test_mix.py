"""Rate and mix: the example by hand, and what must hold for any groups."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_helpers.stats.mix import split_change

groups = st.lists(
    st.tuples(st.integers(1, 500), st.integers(1, 500), st.floats(-100, 100), st.floats(-100, 100)),
    min_size=1,
    max_size=6,
)


def test_every_persona_improves_and_the_total_falls():
    """Weights .5/.5 to .25/.75, NPS 60/20 to 64/24: 40 to 34 = mix -10, rate +4 (Kitagawa 1955; by hand)."""
    split = split_change(([0.25, 0.75], [64, 24]), ([0.5, 0.5], [60, 20]))
    assert split == pytest.approx((40, 34, 4, -10))


@given(groups)
def test_rate_and_mix_add_up(rows):
    """Rate and mix make the whole change, and the other way round they turn their signs."""
    sizes, sizes_before, values, values_before = zip(*rows, strict=True)
    there = split_change((sizes, values), (sizes_before, values_before))
    back = split_change((sizes_before, values_before), (sizes, values))
    assert there.rate + there.mix == pytest.approx(there.after - there.before, abs=1e-9)
    assert (there.rate, there.mix) == pytest.approx((-back.rate, -back.mix), abs=1e-9)


@given(groups)
def test_equal_sizes_have_no_mix(rows):
    """Where no group grew, all change is rate, however the sizes are counted."""
    sizes, _, values, values_before = zip(*rows, strict=True)
    split = split_change((sizes, values), ([10 * size for size in sizes], values_before))
    assert split.mix == pytest.approx(0, abs=1e-9)
