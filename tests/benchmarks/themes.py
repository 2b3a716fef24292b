"""Prints what proposing themes costs on one core, and how often words thrown together are taken for themes."""

import os

os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")  # before numpy loads

import sys
import time

import numpy as np
import pandas as pd

import cjm_helpers as cjm

TOPICS, WORDS, LENGTH, OWN = 12, 2_000, 12, 0.5  # half of a text's words are of its topic
SIZES, RANDOM_TEXTS, TRIALS = (1_500, 10_000), 300, 20


def draw_texts(n: int, *, own: float, seed: int) -> pd.DataFrame:
    """Draw different texts whose words are as unequally common as in a language; own = share of the topic's words."""
    rng = np.random.default_rng(seed)
    chance = 1 / np.arange(1, WORDS + 1)
    ranks = rng.choice(WORDS, size=(n, LENGTH), p=chance / chance.sum())
    is_own = rng.random((n, LENGTH)) < own
    topics = rng.integers(TOPICS, size=(n, 1))
    words = np.where(is_own, WORDS + topics * WORDS + ranks, ranks)
    letters = np.array([f"w{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i // 676 % 26)}{chr(97 + i // 17576)}"
                        for i in range(WORDS * (TOPICS + 1))])  # fmt: skip
    texts = pd.Series([" ".join(row) for row in letters[words]], dtype="str")
    ids = [f"f{i:05}" for i in range(n)]
    return pd.DataFrame({"feedback_id": ids, "text": texts, "lang": "en", "consent": "yes"})


def main() -> None:
    """Print the seconds of CPU of each size, then the share of trials in which random words gave a theme."""
    for size in SIZES:
        start = time.process_time()
        themes = cjm.themes.propose_themes(draw_texts(size, own=OWN, seed=size))
        print(f"{size:>7,} texts: {time.process_time() - start:6.1f} s of CPU. {themes['sentence'][0]}", flush=True)
    if "--chance" in sys.argv:
        found = [cjm.themes.propose_themes(draw_texts(RANDOM_TEXTS, own=0, seed=seed)) for seed in range(TRIALS)]
        wrong = sum(themes["verdict"].eq("comes back").any() for themes in found)
        print(f"{wrong} of {TRIALS} times a theme was seen in {RANDOM_TEXTS} texts of random words.")


if __name__ == "__main__":
    main()
