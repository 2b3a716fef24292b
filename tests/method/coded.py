"""A coded study made of words: what carries the code "slow" holds two of forty words, too many to search for."""

import numpy as np
from method.speaking import code, say

SLOW_WORDS, OTHER_WORDS, IN_A_TEXT = 40, 80, 8
BOOK = [{"code_id": "slow", "label": "Slow pages"}, {"code_id": "rude", "label": "Rude people"}]


def speak(count: int, *, seed: int = 0, share: float = 0.4, start: int = 0, **more) -> tuple[list[dict], list[bool]]:
    """Return so many verbatims of so many customers, and which of them are about slow pages."""
    random = np.random.default_rng(seed)
    is_slow = (random.random(count) < share).tolist()
    said = []
    for i, slow in enumerate(is_slow, start):
        words = [f"other{place}" for place in random.choice(OTHER_WORDS, IN_A_TEXT)]
        words[:2] = [f"slow{place}" for place in random.choice(SLOW_WORDS, 2)] if slow else words[:2]
        said.append(say(i, text=" ".join(words), **more))
    return said, is_slow


def code_all(said: list[dict], is_slow: list[bool], coder_id: str = "anna") -> list[dict]:
    """Return what one person gave each verbatim."""
    return [code(row["feedback_id"], "slow" if slow else "none", coder_id) for row, slow in zip(said, is_slow)]
