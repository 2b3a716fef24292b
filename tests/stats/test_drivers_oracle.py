"""Driver shares agree with pingouin's relative importance on random tables."""

import os

import numpy as np
import pandas as pd
import pytest

pingouin = pytest.importorskip("pingouin", reason="pingouin is not installed; it comes with the oracle extra")

from cjm_helpers.stats.drivers import estimate_drivers, lmg_shares  # noqa: E402

TABLES = 1000 if os.environ.get("CJM_FULL") else 60  # all of them take ten seconds


def make_answers(seed: int) -> tuple[pd.DataFrame, pd.Series]:
    """Return 60 to 300 answers on 2 to 5 correlated drivers, and an outcome that they move by chance weights."""
    random = np.random.default_rng(seed)
    n, size = random.integers(60, 300), random.integers(2, 6)
    answers = random.normal(size=(n, size)) + random.uniform(0, 2) * random.normal(size=(n, 1))
    outcome = answers @ random.normal(size=size) + random.uniform(0.2, 3) * random.normal(size=n)
    return pd.DataFrame(answers, columns=[f"d{place}" for place in range(size)]), pd.Series(outcome)


@pytest.mark.filterwarnings("ignore")
def test_pingouin_shares_alike():
    """The shares of R squared of complete tables are those of pingouin, to the ninth place."""
    for seed in range(TABLES):
        answers, outcome = make_answers(seed)
        whole = np.corrcoef(np.column_stack([answers, outcome]), rowvar=False)
        theirs = pingouin.linear_regression(answers, outcome, relimp=True).set_index("names")["relimp"]
        assert lmg_shares(whole[:-1, :-1], whole[-1, :-1]) == pytest.approx(
            theirs[answers.columns].to_numpy(), abs=1e-9
        )


@pytest.mark.filterwarnings("ignore")
def test_the_table_of_drivers_is_pingouins():
    """What estimate_drivers tells of a complete table are pingouin's shares of the whole, R squared and signs."""
    answers, outcome = make_answers(7)
    theirs = pingouin.linear_regression(answers, outcome, relimp=True).set_index("names")
    ours = estimate_drivers(answers, outcome, bootstraps=5).set_index("driver")
    theirs = theirs.loc[ours.index]
    assert ours["value"].to_numpy() == pytest.approx(theirs["relimp_perc"].to_numpy() / 100)
    assert ours["r_squared"].to_numpy() == pytest.approx(theirs["r2"].to_numpy())
    assert (ours["sign"] == np.sign(theirs["coef"])).all()
