"""Prints how often a comparison of two waves cries wolf (`make bench`): studies in which nothing changed at all."""

import sys
import time

import numpy as np

from cjm_helpers.stats.differences import compare_means, compare_nps, compare_proportions
from cjm_helpers.stats.intervals import estimate_proportion
from cjm_helpers.stats.multiplicity import adjust_p_values

STUDIES, SEED, LEVEL = 2000, 20260314, 0.05
TOUCHPOINTS, PERSONAS, KPIS = 6, 4, 3
FEWEST, MOST = 8, 250  # people behind a cell in one wave
RATINGS, TOP = np.arange(1, 6), 4
RECOMMENDS = np.array([0.45, 0.30, 0.25])  # promoters, passives, detractors, on average
SHARPNESS = 8  # how like the average the chances of a place are


def draw_p_values(rng: np.random.Generator) -> np.ndarray:
    """Draw one study without any change; return the p of its 72 cells: mean and top-2 share of one rating, and NPS."""
    p_values = []
    for _ in range(TOUCHPOINTS * PERSONAS):
        sizes = rng.integers(FEWEST, MOST, size=2, endpoint=True)
        ratings = rng.multinomial(sizes, rng.dirichlet(np.full(len(RATINGS), 1.5)))
        camps = rng.multinomial(sizes, rng.dirichlet(SHARPNESS * RECOMMENDS)) / sizes[:, None]
        p_values += [
            compare_means(*map(summarise, ratings)).p,
            compare_proportions(*((counts[RATINGS >= TOP].sum(), counts.sum()) for counts in ratings)).p,
            compare_nps(*((shares[0], shares[2], n) for shares, n in zip(camps, sizes, strict=True))).p,
        ]
    return np.array(p_values)


def summarise(counts: np.ndarray) -> tuple[float, float, int]:
    """Return mean, standard deviation and n of ratings given as counts."""
    n = counts.sum()
    mean = counts @ RATINGS / n
    return float(mean), float(np.sqrt(counts @ (RATINGS - mean) ** 2 / (n - 1))), int(n)


def count_alarms(studies: int, *, seed: int = SEED) -> dict[str, np.ndarray]:
    """Return the number of false alarms of every study, at the raw level and after Benjamini-Hochberg."""
    rng = np.random.default_rng(seed)
    drawn = [draw_p_values(rng) for _ in range(studies)]
    return {
        f"raw p < {LEVEL:.2f}": np.array([(p_values < LEVEL).sum() for p_values in drawn]),
        f"q < {LEVEL:.2f} (as we do)": np.array([(adjust_p_values(p_values) < LEVEL).sum() for p_values in drawn]),
    }


def main() -> None:
    """Print a line for each rule."""
    studies = int(sys.argv[1]) if len(sys.argv) > 1 else STUDIES
    start = time.perf_counter()
    cells = TOUCHPOINTS * PERSONAS * KPIS
    print(f"{studies:,} studies without a change, {cells} cells each")
    print(f"{'rule':<24}{'with a false alarm':>20}{'95% interval':>18}{'alarms a study':>18}")
    for rule, alarms in count_alarms(studies).items():
        share = estimate_proportion((alarms > 0).sum(), studies)
        interval = f"{share.lo:.1%} to {share.hi:.1%}"
        print(f"{rule:<24}{share.value:>20.1%}{interval:>18}{alarms.mean():>18.2f}")
    print(f"{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
