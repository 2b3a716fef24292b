"""Prints what measuring the agreement of coders costs, and what drawing them biases (`... agreement.py`): a minute."""

import importlib.util
import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from cjm_helpers.method.codings import collect_sets
from cjm_helpers.method.feedback import draw_sample, measure_reliability
from cjm_helpers.stats.agreement import krippendorff_alpha
from cjm_helpers.worksheets import NOTHING_FITS

VERBATIMS, CODERS, CODES, BOOTSTRAPS = 10_000, 3, 20, 1000
PREVALENCE, SLIP = 0.08, 0.03
NAIVE_DRAWS = 5  # of the thousand: the rest is worked out
AIM = 5.0  # seconds for alpha with all bootstraps
RARE = (0.2, 0.08, 0.03, 0.012, 0.005)  # prevalence of the codes of the simulated sample
SEEN, INVENTED, STUDIES = 0.85, 0.01, 60  # how often a coder gives a code that applies, and one that does not


def invent_codings(seed: int = 0) -> pd.DataFrame:
    """Invent what three people code: what applies, with slips of each."""
    rng = np.random.default_rng(seed)
    applies = rng.random((VERBATIMS, CODES)) < PREVALENCE
    slips = rng.random((CODERS, VERBATIMS, CODES)) < SLIP
    return pd.concat([write_codings(applies ^ slip, coder_id=f"coder{k}") for k, slip in enumerate(slips)])


def write_codings(gives: np.ndarray, *, coder_id: str) -> pd.DataFrame:
    """Write a table of yes and no as a coder's file."""
    verbatim, code = np.nonzero(gives)
    silent = np.flatnonzero(~gives.any(axis=1))
    names = [f"f{row:05}" for row in (*verbatim, *silent)]
    codes = [f"code{column:02}" for column in code] + [NOTHING_FITS] * len(silent)
    return pd.DataFrame({"feedback_id": names, "code_id": codes}).assign(coder_id=coder_id)


def make_book(codes: int) -> pd.DataFrame:
    """Return a codebook of so many codes."""
    names = [f"code{number:02}" for number in range(codes)]
    return pd.DataFrame({"code_id": names, "label": names, "status": "", "parent": "", "replaced_by": ""})


def clock(run: Callable) -> float:
    """Return the seconds of processor time that a call takes, whatever else the machine is doing."""
    start = time.process_time()
    run()
    return time.process_time() - start


def draw_naively(judgements: pd.DataFrame, measure: Callable) -> float:
    """Return the seconds of a plain bootstrap: units drawn row by row and the coefficient computed anew each time."""
    rng, n = np.random.default_rng(0), len(judgements)
    draws = [judgements.iloc[rng.integers(n, size=n)] for _ in range(NAIVE_DRAWS)]
    return clock(lambda: [measure(drawn) for drawn in draws]) * BOOTSTRAPS / NAIVE_DRAWS


def show_speed() -> None:
    """Print alpha with its interval beside a plain bootstrap, and beside the peer where that is installed."""
    sets = collect_sets(invent_codings())
    binary = sets.map(lambda given: "code00" in given).astype(float)
    ways = {"MASI": (sets, "masi"), "one code, yes or no": (binary, "nominal")}
    peer = importlib.import_module("krippendorff") if importlib.util.find_spec("krippendorff") else None
    for name, (judgements, distance) in ways.items():
        ours = clock(lambda: krippendorff_alpha(judgements, distance=distance, bootstraps=BOOTSTRAPS))
        plain = draw_naively(judgements, lambda drawn: krippendorff_alpha(drawn, distance=distance, bootstraps=0))
        told = f"plain bootstrap of the same {plain / ours:,.0f} times as long"
        if peer and distance == "nominal":
            peers = draw_naively(
                judgements, lambda drawn: peer.alpha(drawn.to_numpy().T, level_of_measurement="nominal")
            )
            told += f", of krippendorff {peers / ours:,.0f} times"
        met = "" if ours <= AIM else f" (aim {AIM:.0f} s missed)"
        print(f"alpha, {name}, {VERBATIMS:,} x {CODERS}, {BOOTSTRAPS:,} draws: {ours:.2f} s{met}; {told}")
    codings = invent_codings()
    seconds = clock(lambda: measure_reliability(codings, codebook=make_book(CODES)))
    print(f"measure_reliability of {CODES} codes, all coefficients: {seconds:.1f} s")


def simulate_sample(verbatims: int, seed: int) -> list[tuple]:
    """Return alpha of each code and of all: over all verbatims, their random part, and that with the top-up."""
    rng = np.random.default_rng(seed)
    applies = rng.random((verbatims, len(RARE))) < RARE
    gives = [np.where(applies, rng.random(applies.shape) < SEEN, rng.random(applies.shape) < INVENTED) for _ in "ab"]
    said = pd.DataFrame({"feedback_id": [f"f{row:05}" for row in range(verbatims)], "text": "said"})
    sample = draw_sample(said, write_codings(gives[0], coder_id="a"), codebook=make_book(len(RARE)), seed=seed)
    drawn = sample["feedback_id"].str[1:].astype(int).to_numpy()
    parts = np.arange(verbatims), drawn[sample["why"].eq("random")], drawn
    tables = [
        (pd.DataFrame({k: each[:, code] for k, each in enumerate(gives)}), "nominal") for code in range(len(RARE))
    ]
    sets = {k: [frozenset(np.flatnonzero(row).tolist()) for row in each] for k, each in enumerate(gives)}
    tables.append((pd.DataFrame(sets), "masi"))
    return [
        tuple(krippendorff_alpha(table.iloc[part], distance=distance, bootstraps=0).value for part in parts)
        for table, distance in tables
    ]


def show_sample() -> None:
    """Print how far alpha of rare codes is off in the random part, and with what the sample was topped up by."""
    for verbatims in (300, 1000):
        alphas = np.array([simulate_sample(verbatims, seed) for seed in range(STUDIES)])
        off = alphas[:, :, 1:] - alphas[:, :, :1]
        for code, name in enumerate([*(f"code in {share:.1%}" for share in RARE), "all codes"]):
            bias, error = np.nanmean(off[:, code], axis=0), np.sqrt(np.nanmean(off[:, code] ** 2, axis=0))
            print(
                f"{verbatims:,} verbatims, {name}: alpha {np.nanmean(alphas[:, code, 0]):.2f}; "
                f"random part off by {bias[0]:+.2f} (error {error[0]:.2f}), topped up {bias[1]:+.2f} ({error[1]:.2f})"
            )


if __name__ == "__main__":
    show_speed()
    if "--speed" not in sys.argv:
        show_sample()
