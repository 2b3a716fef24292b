"""Tries codes on people whom the machine has not read: its answers beside those of simpler ways."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from cjm_helpers.method.suggest.examples import Examples
from cjm_helpers.stats.classification import (
    bound_figure,
    choose_threshold,
    decide_out_of_fold,
    divide,
    draw_totals,
    measure_brier_skill,
    measure_calibration,
)
from cjm_helpers.stats.text_baselines import compare_out_of_fold, search_out_of_fold
from cjm_helpers.stats.text_classifier import count_terms, deal_folds, predict_out_of_fold

MACHINE_WAY, KEYWORDS, CENTROID = "", "keyword_", "centroid_"


def try_codes(
    examples: Examples, *, seed: int, bootstraps: int, say: Callable[[str, float], None] | None = None
) -> tuple[pd.DataFrame, dict[str, np.ndarray]]:
    """Return per code that can be learnt threshold, brier_skill and ece, and the draws of every score.

    Draws hold one column a code; the first row is over all texts, the others over people drawn again, the same people
    for every score, so that two of them can be compared draw by draw: `lead` is f1 less keyword_f1, `gain` f1 less
    always_f1, which saying yes to every text has.

    Examples
    --------
    >>> texts = [f"{text} {visit}" for visit in range(30) for text in ("the page is slow", "they are friendly")]
    >>> book = pd.DataFrame({"code_id": ["slow"], "finding": ""})
    >>> carries = np.array([[True], [False]] * 30)
    >>> examples = Examples(texts, np.arange(60), book, carries, without_words=0, unread=pd.DataFrame())
    >>> rows, draws = try_codes(examples, seed=0, bootstraps=1)
    >>> rows["code_id"].tolist(), draws["f1"].tolist()
    (['slow'], [[1.0], [1.0]])
    """
    learnable = examples.learnable
    rows = examples.codes.iloc[learnable][["code_id"]].reset_index(drop=True)
    if rows.empty:
        return rows.assign(threshold=np.nan, brier_skill=np.nan, ece=np.nan), {}
    carries = examples.carries[:, learnable]
    folds, terms = deal_folds(carries, examples.groups, seed=seed), count_terms(examples.texts)
    probabilities = predict_out_of_fold(terms, carries, folds=folds, say=spell_progress(len(learnable), say))
    answers = {
        MACHINE_WAY: decide_out_of_fold(probabilities, carries, folds=folds),
        KEYWORDS: search_out_of_fold(terms, carries, folds=folds),
        CENTROID: decide_out_of_fold(compare_out_of_fold(terms, carries, folds=folds), carries, folds=folds),
    }
    pairs = list(zip(probabilities.T, carries.T, strict=True))
    rows = rows.assign(
        threshold=[choose_threshold(*pair) for pair in pairs],
        brier_skill=[measure_brier_skill(*pair) for pair in pairs],
        ece=[measure_calibration(*pair) for pair in pairs],
    )
    return rows, _draw_scores(answers, carries, examples.groups, bootstraps=bootstraps, seed=seed)


def spell_progress(codes: int, say: Callable[[str, float], None] | None) -> Callable[[int], None] | None:
    """Return what the training tells how many codes are done, in words and as a share.

    Examples
    --------
    >>> spell_progress(20, print)(8)
    Training 8 of 20 codes 0.4
    """
    return say and (lambda done: say(f"Training {done} of {codes} codes", done / codes))


def bound_columns(name: str, draws: np.ndarray) -> dict[str, list[float]]:
    """Return the columns NAME, NAME_lo and NAME_hi of a score, one row a code.

    Examples
    --------
    >>> bound_columns("f1", np.array([[0.5], [0.4], [0.6]]))
    {'f1': [0.5], 'f1_lo': [0.405], 'f1_hi': [0.595]}
    """
    figures = [bound_figure(column) for column in draws.T]
    ends = {"": "value", "_lo": "lo", "_hi": "hi"}
    return {f"{name}{end}": [getattr(figure, part) for figure in figures] for end, part in ends.items()}


def _draw_scores(answers: dict, carries: np.ndarray, groups: np.ndarray, *, bootstraps: int, seed: int) -> dict:
    parts = [np.ones((len(carries), 1)), carries]
    for said in answers.values():
        parts += [said, said & carries]
    totals = draw_totals(np.hstack(parts).astype(float), groups, bootstraps=bootstraps, seed=seed)
    texts, (carried, *pairs) = totals[:, :1], np.split(totals[:, 1:], 1 + 2 * len(answers), axis=1)
    scores = {}
    for name, said, right in zip(answers, pairs[::2], pairs[1::2], strict=True):
        scores[f"{name}f1"] = divide(2 * right, said + carried)
        if name == MACHINE_WAY:
            scores |= {"precision": divide(right, said), "recall": divide(right, carried)}
            scores["specificity"] = divide(texts - carried - said + right, texts - carried)
    scores["always_f1"] = divide(2 * carried, texts + carried)
    gain = {"lead": scores["f1"] - scores["keyword_f1"], "gain": scores["f1"] - scores["always_f1"]}
    return scores | gain
