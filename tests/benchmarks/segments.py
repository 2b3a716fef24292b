"""Prints what choosing the number of segments costs and trades (`python tests/benchmarks/segments.py`): minutes."""

import os
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

from cjm_helpers.stats import stability
from cjm_helpers.stats.clustering import choose_k, suggest_k
from cjm_helpers.stats.encoding import encode_mixed
from cjm_helpers.stats.kmeans import find_nearest, fit_clusters, fit_labels, sort_matrix, use_one_thread
from cjm_helpers.study.folder import open_study

RAW = Path(os.environ.get("CJM_REAL_DATA") or Path(__file__).parents[3] / "shared" / "real")
AIM = 8.0  # seconds for 2,000 customers by 8 variables on one core
STARTS, REFITS = 30, 100


def simulate(groups: int, *, n: int = 400) -> pd.DataFrame:
    """Return n customers by 8 numbers in so many groups, each about 4 deviations from the next."""
    rng = np.random.default_rng(groups)
    centres = 1.5 * rng.normal(size=(groups, 8)) * (groups > 1)
    return pd.DataFrame(rng.normal(size=(n, 8)) + centres[rng.integers(groups, size=n)])


def read_example():
    """Return the customers of the example's first wave by four questions that shape personas, encoded."""
    customers = open_study("retail_checkout").customers
    kinds = {"buys_for": "nominal", "children": "nominal", "orders_a_year": "numeric", "compares": "ordinal"}
    return encode_mixed(customers[customers["wave"] == "2026-03"].set_index("customer_id"), kinds=kinds)


def read_fast_food():
    """Return eleven perceptions of a fast-food brand, encoded."""
    table = pd.read_csv(RAW / "mcdonalds_brand_survey.csv", dtype=str)
    return encode_mixed(table, kinds=dict.fromkeys(table.columns[:11], "nominal"))


def read_shoppers():
    """Return what shoppers spent and where, encoded."""
    table = pd.read_csv(RAW / "marketing_campaign.csv", dtype=str, encoding="utf-8-sig").set_index("ID")
    names = [name for name in table if name.startswith(("Mnt", "Num"))] + ["Income", "Recency"]
    return encode_mixed(table, kinds=dict.fromkeys(names, "numeric"))


def refit_in_full(values: np.ndarray, k: int) -> np.ndarray:
    """Return the overlap of each group with its best match, each sample split from so many random starts of its own."""
    labels = fit_clusters(pd.DataFrame(values), k=k).labels.to_numpy()
    rng, overlaps = np.random.default_rng(0), []
    for refit in range(REFITS):
        drawn = values[rng.integers(len(values), size=len(values))]
        again = fit_labels(drawn, k=k, seed=refit, restarts=STARTS)
        centres = np.array([drawn[again == label].mean(axis=0) for label in range(k)])
        overlaps.append(stability.match_groups(labels, find_nearest(values, centres)))
    return np.mean(overlaps, axis=0)


def main() -> None:
    """Print seconds at 2,000 x 8, and for each data set the chosen k and both stabilities of it and of the next k."""
    for name, groups in {"4 groups": 4, "no group": 1}.items():
        start = time.process_time()
        choose_k(simulate(groups, n=2000))
        print(f"2,000 x 8, {name}: {time.process_time() - start:.1f} s of CPU (aim {AIM:.0f})", flush=True)
    sets = {
        "example": read_example,
        **{f"{groups} groups": lambda groups=groups: simulate(groups) for groups in (1, 3, 5)},
    }
    if RAW.is_dir():
        sets |= {"fast food": read_fast_food, "shoppers": read_shoppers}
    for name in sys.argv[1:] or sets:
        data = sets[name]()
        table = choose_k(data).set_index("k")
        values = sort_matrix(getattr(data, "matrix", data)).iloc[:2000].to_numpy()
        with use_one_thread():
            full = {k: refit_in_full(values, k).min() for k in table.index}
        pairs = ", ".join(f"{k}: {table.at[k, 'min_jaccard']:.2f} / {full[k]:.2f}" for k in table.index)
        is_same = [(table.at[k, "min_jaccard"] >= 0.75) == (full[k] >= 0.75) for k in table.index]
        print(f"{name}: chose {suggest_k(table.reset_index())}; shared / {STARTS} starts: {pairs}; "
              f"same side of .75: {sum(is_same)} of {len(is_same)}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
