"""Intraclass correlation agrees with pingouin on random tables of ratings, some with gaps."""

import os

import numpy as np
import pandas as pd
import pytest

pingouin = pytest.importorskip("pingouin", reason="pingouin is not installed; it comes with the oracle extra")

from cjm_helpers.stats.raters import KINDS, intraclass_correlation  # noqa: E402

TABLES = 1000 if os.environ.get("CJM_FULL") else 60  # all of them take half a minute
PRINTED = 0.00501  # pingouin rounds its intervals to two places


def make_ratings(seed: int) -> pd.DataFrame:
    """Return 4 to 19 units by 2 to 5 raters, on scales of 2 to 11 answers; every third table has gaps."""
    random = np.random.default_rng(seed)
    shape = random.integers(4, 20), random.integers(2, 6)
    most = random.integers(2, 12)
    common = random.integers(0, most, size=(shape[0], 1)) * random.integers(0, 2)
    table = pd.DataFrame(common + random.integers(0, most, size=shape), dtype=float)
    return table.mask(random.random(shape) < 0.05) if seed % 3 == 0 else table


def ask_pingouin(table: pd.DataFrame) -> pd.DataFrame:
    """Return pingouin's coefficients by kind, each with its interval."""
    rows = table.rename_axis("unit").melt(ignore_index=False, var_name="rater", value_name="rating").reset_index()
    found = pingouin.intraclass_corr(rows, "unit", "rater", "rating", nan_policy="omit").set_index("Type")
    return found.rename(lambda name: name[len("ICC(") : -1])


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_pingouin_says_the_same():
    """Each coefficient is pingouin's, and so is each interval, where pingouin's lower end is not above its upper."""
    compared = 0
    for table in filter(lambda table: len(table.dropna()) > 4, map(make_ratings, range(TABLES))):
        theirs = ask_pingouin(table)
        for kind in KINDS:
            ours, (lo, hi) = intraclass_correlation(table, kind=kind), theirs.at[kind, "CI95"]
            if not np.isnan(ours.value):
                assert ours.value == pytest.approx(theirs.at[kind, "ICC"], abs=1e-9)
                assert np.isnan(ours.lo) or lo > hi or (ours.lo, ours.hi) == pytest.approx((lo, hi), abs=PRINTED)
                compared += 1
    assert compared > 3.5 * TABLES
