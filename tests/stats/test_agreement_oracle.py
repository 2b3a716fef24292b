"""Agreement against another's answers: the same alpha on random tables of odd shapes with gaps."""

import numpy as np
import pandas as pd
import pytest

from cjm_helpers.errors import TooFewAnswers
from cjm_helpers.stats.agreement import krippendorff_alpha

oracle = pytest.importorskip("krippendorff", reason="krippendorff is not installed; it comes with the oracle extra")

TABLES = 1000  # a table takes 1 ms at each level


def invent(seed: int) -> pd.DataFrame:
    """Invent judgements of 2 to 6 coders on 2 to 40 units, on 2 to 11 values, up to 6 in 10 missing."""
    random = np.random.default_rng(seed)
    shape = random.integers(2, 41), random.integers(2, 7)
    values = random.integers(0, random.integers(2, 12), size=shape).astype(float)
    values[:, 1:] = np.where(random.random(shape)[:, 1:] < random.random(), values[:, :1], values[:, 1:])
    return pd.DataFrame(np.where(random.random(shape) < 0.6 * random.random(), np.nan, values))


@pytest.mark.parametrize("distance", ["nominal", "ordinal", "interval", "ratio"])
def test_alpha_is_that_of_krippendorff(distance):
    """The package krippendorff gives the same alpha for every table that has one."""
    compared = 0
    for seed in range(TABLES):
        table = invent(seed)
        try:
            ours = krippendorff_alpha(table, distance=distance, bootstraps=0).value
        except TooFewAnswers:
            continue
        if not np.isnan(ours):
            theirs = oracle.alpha(table.to_numpy().T, level_of_measurement=distance)
            assert ours == pytest.approx(theirs, abs=1e-9), f"table {seed}"
            compared += 1
    assert compared > 0.9 * TABLES
