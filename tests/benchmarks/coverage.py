"""Prints how often the 95% intervals hold the truth (`make bench`): counted out where that can be done, else drawn."""

from itertools import product

import numpy as np
from scipy.stats import binom, multinomial

from cjm_helpers.stats.differences import estimate_difference
from cjm_helpers.stats.intervals import estimate_mean, estimate_promoters, estimate_proportion

SIZES = (10, 30, 200)
SHARES = tuple(step / 20 for step in range(1, 20))
GAPS = ((0.1, 0.1), (0.2, 0.3), (0.5, 0.5), (0.5, 0.7), (0.8, 0.9))  # two independent shares
PROMOTERS = ((0.2, 0.4), (0.3, 0.3), (0.5, 0.2), (0.6, 0.15), (0.8, 0.05))  # promoters, detractors
RATINGS = {  # chance of each answer from 1 to 5
    "mostly 4 and 5": (0.05, 0.1, 0.2, 0.35, 0.3), "even": (0.2, 0.2, 0.2, 0.2, 0.2),
    "two camps": (0.3, 0.15, 0.1, 0.15, 0.3), "mostly 1 and 2": (0.35, 0.3, 0.2, 0.1, 0.05),
    "in the middle": (0.05, 0.2, 0.5, 0.2, 0.05),
}  # fmt: skip
ANSWERS = np.arange(1, 6)
DRAWS, SEED = 4000, 20261122


def holds(estimate, truth: float) -> bool:
    """Tell whether the interval holds the truth; the last digit may be off by rounding."""
    return estimate.lo - 1e-9 <= truth <= estimate.hi + 1e-9


def cover_proportion(share: float, *, n: int) -> float:
    """Count out how often Wilson's interval holds a share."""
    hits = [holds(estimate_proportion(k, n), share) for k in range(n + 1)]
    return float(binom.pmf(range(n + 1), n, share) @ hits)


def cover_difference(shares: tuple[float, float], *, n: int) -> float:
    """Count out how often Newcombe's interval holds the difference of two shares, n people each."""
    each = [estimate_proportion(k, n) for k in range(n + 1)]
    now, before = (binom.pmf(range(n + 1), n, share) for share in shares)
    truth = shares[0] - shares[1]
    pairs = product(range(n + 1), repeat=2)
    return float(sum(now[i] * before[j] for i, j in pairs if holds(estimate_difference(each[i], each[j]), truth)))


def cover_promoters(shares: tuple[float, float], *, n: int) -> float:
    """Count out how often the adjusted Wald interval holds a Net Promoter Score."""
    counts = np.array([(p, d, n - p - d) for p in range(n + 1) for d in range(n + 1 - p)])
    chance = multinomial.pmf(counts, n, [*shares, 1 - sum(shares)])
    truth, likely = 100 * (shares[0] - shares[1]), chance > 1e-12
    people = [([1] * p + [0] * (n - p), [0] * (n - d) + [1] * d) for p, d, _ in counts[likely]]
    hits = [holds(estimate_promoters(promoters, detractors), truth) for promoters, detractors in people]
    return float(chance[likely] @ hits)


def cover_mean(name: str, *, n: int, draws: int = DRAWS) -> float:
    """Draw ratings and count how often the t interval holds their mean."""
    chances = np.array(RATINGS[name])
    rng = np.random.default_rng([SEED, n, *np.round(chances * 100).astype(int)])
    drawn = rng.multinomial(n, chances, size=draws)
    patterns, times = np.unique(drawn, axis=0, return_counts=True)
    hits = [holds(estimate_mean(np.repeat(ANSWERS, row), low=1, high=5), ANSWERS @ chances) for row in patterns]
    return float(times @ hits / draws)


STUDIES = {
    "Wilson, shares": (cover_proportion, SHARES),
    "Newcombe, differences": (cover_difference, GAPS),
    "adjusted Wald, NPS": (cover_promoters, PROMOTERS),
    "t, ratings 1 to 5": (cover_mean, tuple(RATINGS)),
}


def main() -> None:
    """Print every point of the grid and the mean of each row."""
    print(f"{'coverage of 95% intervals, %':<32}{'n':>5}{'mean':>8}   each point of the grid")
    for name, (cover, grid) in STUDIES.items():
        for n in SIZES:
            found = [100 * cover(point, n=n) for point in grid]
            points = "  ".join(f"{share:.1f}" for share in found)
            print(f"{name:<32}{n:>5}{np.mean(found):>8.2f}   {points}", flush=True)
    for name, (_, grid) in STUDIES.items():
        print(f"grid of {name}: {', '.join(map(str, grid))}")


if __name__ == "__main__":
    main()
