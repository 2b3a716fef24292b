"""Prints what the heavy methods cost on one core (`make bench`), beside other people's answers to the same question."""

import os

os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")  # before numpy loads

import statistics
import time

import numpy as np
import pandas as pd

import cjm_helpers as cjm
from cjm_helpers.stats.agreement import krippendorff_alpha
from cjm_helpers.stats.clustering import choose_k
from cjm_helpers.stats.drivers import estimate_drivers

TIMES, SEED = 3, 20261122


def draw_customers(n: int = 2000, *, variables: int = 8) -> pd.DataFrame:
    """Draw customers of four kinds."""
    rng = np.random.default_rng(SEED)
    centres = rng.normal(0, 2, size=(4, variables))
    return pd.DataFrame(centres[rng.integers(4, size=n)] + rng.normal(size=(n, variables))).add_prefix("v")


def draw_answers(n: int = 1000, *, drivers: int = 10) -> tuple[pd.DataFrame, pd.Series]:
    """Draw ratings that share a mood, and an outcome that some of them drive."""
    rng = np.random.default_rng(SEED)
    answers = pd.DataFrame(rng.normal(size=(n, drivers)) + rng.normal(size=(n, 1))).add_prefix("t")
    return answers, answers @ rng.uniform(0, 1, size=drivers) + pd.Series(rng.normal(0, 3, size=n))


def draw_codings(n: int = 50_000) -> pd.DataFrame:
    """Draw the codes of two coders who mostly agree: 100,000 codings."""
    rng = np.random.default_rng(SEED)
    first = rng.integers(8, size=n)
    return pd.DataFrame({"anna": first, "ben": np.where(rng.random(n) < 0.8, first, rng.integers(8, size=n))})


def measure(work) -> float:
    """Return the median of some runs in seconds of CPU."""
    seconds = []
    for _ in range(TIMES):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return statistics.median(seconds)


def list_work() -> list[tuple]:
    """Return what is measured: name, work, aim in seconds, the peer's name and its work."""
    customers, codings = draw_customers(), draw_codings()
    answers, outcome = draw_answers()
    part = cjm.select_rows(cjm.open_study("retail_checkout"), persona_id="busy_parent")
    return [
        ("choose_k, 2,000 customers x 8", lambda: choose_k(customers), 8.0, *_peer_of_kmeans(customers)),
        ("LMG, 10 drivers, 500 draws", lambda: estimate_drivers(answers, outcome, bootstraps=500), 1.5,
         *_peer_of_drivers(answers, outcome)),
        ("alpha, 100,000 codings, 1,000 draws", lambda: krippendorff_alpha(codings), 1.0, *_peer_of_alpha(codings)),
        ("journey of one persona of the example", lambda: cjm.journey.build_journey(part), 1.0, "", None),
    ]  # fmt: skip


def _peer_of_kmeans(customers):
    from sklearn.cluster import KMeans

    def refit():
        for k in range(2, 9):
            KMeans(n_clusters=k, n_init=10, random_state=0).fit(customers)

    return "scikit-learn, the fits alone", refit


def _peer_of_drivers(answers, outcome):
    try:
        from pingouin import linear_regression
    except ImportError:
        return "pingouin (not installed)", None
    return "pingouin, one fit", lambda: linear_regression(answers, outcome, relimp=True)


def _peer_of_alpha(codings):
    try:
        from krippendorff import alpha
    except ImportError:
        return "krippendorff (not installed)", None
    return "krippendorff, no interval", lambda: alpha(codings.T.to_numpy(), level_of_measurement="nominal")


def main() -> None:
    """Measure each and its peer in turn, and print one line each."""
    print(f"{'seconds of CPU, one core (median of 3)':<40}{'ours':>8}{'aim':>7}{'peer':>9}{'ratio':>8}   peer")
    for name, work, aim, peer, other in list_work():
        ours, theirs = measure(work), measure(other) if other else None
        beside = f"{theirs:>9.3f}{ours / theirs:>8.2f}" if theirs else f"{'':>17}"
        print(f"{name:<40}{ours:>8.3f}{aim:>7.1f}{beside}   {peer}", flush=True)


if __name__ == "__main__":
    main()
