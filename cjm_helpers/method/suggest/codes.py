"""Suggested codes for verbatims that no person read, in the order in which a person should read them."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from cjm_helpers.method.suggest.audit import AUDIT, AUDIT_SHARE
from cjm_helpers.method.suggest.checking import SUGGEST, check_suggestions
from cjm_helpers.method.suggest.examples import Examples, gather_examples
from cjm_helpers.method.suggest.trial import spell_progress
from cjm_helpers.method.verbatims import draw_chances, may_quote
from cjm_helpers.method.words import write_number
from cjm_helpers.stats.text_classifier import (
    DIGITS,
    Model,
    count_terms,
    deal_folds,
    find_telling,
    fit_model,
    predict,
    weigh_texts,
)
from cjm_helpers.worksheets import NOTHING_FITS

SUGGESTED = [
    "feedback_id", "code_id", "label", "probability", "threshold", "distance", "place", "is_audit", "words", "note",
]  # fmt: skip
NO_CODE = -1
SHOWN_DIGITS = 2


def suggest_codes(
    feedback: pd.DataFrame,
    codings: pd.DataFrame,
    *,
    codebook: pd.DataFrame,
    decisions: pd.DataFrame,
    checked: pd.DataFrame | None = None,
    seed: int = 0,
    say: Callable[[str, float], None] | None = None,
) -> pd.DataFrame:
    """Suggest codes for every verbatim with words that no person read; a person accepts or refuses each.

    The machine learns from all that people settled, and suggests only codes with the verdict "suggest".

    Parameters
    ----------
    checked
        What `check_suggestions` returned for the same tables; computed where it is not given.
    seed
        As in `check_suggestions`; it also draws the audit sample.
    say
        Is told what is being done and how far (0-1) it is.

    Returns
    -------
    DataFrame
        One row a verbatim and suggested code, "none" where nothing is suggested, the verbatim to read first in front:
        feedback_id, code_id, label, probability, threshold, distance (smallest gap between a probability and its
        threshold, over the codes), place (1 = read first), is_audit, words (";" the terms that spoke for the code, ""
        where the verbatim may not be quoted), note. Nearest to a threshold first; a random tenth, the audit sample,
        stands evenly between the others. Empty where everything is read or no code may be suggested.

    Columns read: those of `check_suggestions`; consent.

    Examples
    --------
    >>> nobody = pd.DataFrame(columns=["feedback_id", "code_id", "applies"], dtype="str")
    >>> said = pd.DataFrame({"feedback_id": ["f1", "f2"], "customer_id": "", "speaker": "", "text": ["Slow", "Soon"]})
    >>> read = pd.DataFrame({"feedback_id": ["f1"], "coder_id": "anna", "code_id": "slow", "touchpoint_id": ""})
    >>> book = pd.DataFrame({"code_id": ["slow"], "label": "Slow", "status": "", "parent": "", "replaced_by": ""})
    >>> read = read.assign(emotion=0.0, note="")
    >>> suggest_codes(said, read, codebook=book, decisions=nobody).empty  # one example teaches nothing
    True
    """
    tables = {"codebook": codebook, "decisions": decisions}
    if checked is None:
        checked = check_suggestions(feedback, codings, **tables, seed=seed, say=say)
    examples = gather_examples(feedback, codings, **tables)
    codes = examples.codes.merge(checked[["code_id", "threshold", "verdict"]], how="left", on="code_id")
    places = np.flatnonzero(codes["verdict"] == SUGGEST)
    if not len(places) or examples.unread.empty:
        return pd.DataFrame(columns=SUGGESTED)
    model = _learn(examples, places, seed=seed, say=say)
    return _list_suggestions(model, codes.iloc[places], unread=examples.unread, seed=seed)


def _learn(examples: Examples, places: np.ndarray, *, seed: int, say) -> Model:
    carries = examples.carries[:, places]
    folds, terms = deal_folds(carries, examples.groups, seed=seed), count_terms(examples.texts)
    return fit_model(terms, carries, folds=folds, say=spell_progress(len(places), say))


def _list_suggestions(model: Model, codes: pd.DataFrame, *, unread: pd.DataFrame, seed: int) -> pd.DataFrame:
    weighed = weigh_texts(model, unread["plain"].tolist())
    probabilities, thresholds = predict(model, weighed), codes["threshold"].to_numpy()
    gaps = np.abs(probabilities - thresholds).round(DIGITS)
    queue = _queue(unread["feedback_id"], gaps.min(axis=1), seed=seed)
    rows, given = np.nonzero(probabilities >= thresholds)
    words = find_telling(model, weighed, rows=rows, labels=given)
    silent = np.setdiff1d(np.arange(len(unread)), rows)
    rows, given = np.append(rows, silent), np.append(given, np.full(len(silent), NO_CODE))
    is_given = given != NO_CODE
    table = queue.iloc[rows].assign(
        code_id=np.where(is_given, codes["code_id"].to_numpy()[given], NOTHING_FITS),
        label=np.where(is_given, codes["label"].to_numpy()[given], ""),
        probability=np.where(is_given, probabilities[rows, given], np.nan),
        threshold=np.where(is_given, thresholds[given], np.nan),
        words=[";".join(terms) for terms in words] + [""] * len(silent),
    )
    table["words"] = table["words"].where(may_quote(unread).iloc[rows].to_numpy(), "")
    table["note"] = [_write_note(row) for row in table.itertuples()]
    order = ["place", "probability", "code_id"]
    return table.sort_values(order, ascending=[True, False, True], ignore_index=True)[SUGGESTED]


def _queue(feedback_ids: pd.Series, distances: np.ndarray, *, seed: int) -> pd.DataFrame:
    """Return for each verbatim its place in the queue: nearest first, the audited ones spread evenly between them."""
    chances = draw_chances(feedback_ids, salt=f"{seed}:")
    is_audit = chances < AUDIT_SHARE
    share_before = np.zeros(len(chances))
    for chosen, first in ((is_audit, chances), (~is_audit, distances)):
        places = np.flatnonzero(chosen)
        order = places[np.lexsort((chances[places], first[places]))]
        share_before[order] = (np.arange(len(order)) + 0.5) / max(len(order), 1)
    place = np.empty(len(chances), dtype=int)
    place[np.lexsort((chances, share_before))] = np.arange(1, len(chances) + 1)
    columns = {"feedback_id": feedback_ids.to_numpy(), "distance": distances, "place": place, "is_audit": is_audit}
    return pd.DataFrame(columns)


def _write_note(row) -> str:
    if row.code_id == NOTHING_FITS:
        said = f"nothing suggested, nearest code {write_number(row.distance, decimals=DIGITS)} below its threshold"
    else:
        is_close = round(row.probability, SHOWN_DIGITS) == round(row.threshold, SHOWN_DIGITS)
        decimals = DIGITS if is_close else SHOWN_DIGITS
        chance, least = (write_number(part, decimals=decimals) for part in (row.probability, row.threshold))
        said = f"probability {chance}, suggested from {least}"
    return f"{said}; {AUDIT}" if row.is_audit else said
