"""Saturation: do further interviews still bring new codes?"""

import numpy as np
import pandas as pd

from cjm_helpers.method.codings import settle_codings
from cjm_helpers.method.words import count_things
from cjm_helpers.stats.saturation import BASE, ENOUGH, RUN, compare_runs, count_found, expect_found
from cjm_helpers.worksheets import NOTHING_FITS

SATURATION = [
    "place", "interview", "date", "codes_new", "codes_so_far", "codes_so_far_mean", "run_ratio", "is_saturated",
    "code_ids", "sentence",
]  # fmt: skip


def measure_saturation(
    feedback: pd.DataFrame, codings: pd.DataFrame, *, codebook, decisions, base=BASE, run=RUN, enough=ENOUGH
) -> pd.DataFrame:
    """Say after which interview further ones bring hardly any new codes.

    An interview is all that one speaker (else customer) said in verbatims of source "interview"; they come in the order
    of their dates, then by name. Interviews that nobody coded yet are listed last, without a place. Where the last ones
    hold paragraphs that nobody coded, new codes may stand in these, so saturation is not said to be reached.

    Parameters
    ----------
    base, run, enough
        New codes of the last `run` interviews are compared with all codes of the first `base`; at the share `enough`
        (0-1) or less, saturation is reached.

    Columns read: feedback_id, customer_id, speaker, source, text, date; those of `settle_codings`. Columns made: place
    (1 = first), interview, date, codes_new and codes_so_far (counts), codes_so_far_mean (average over all orders of the
    interviews), run_ratio (0-1), is_saturated, code_ids (the new ones, ";"), sentence.

    Source: Guest, Namey & Chen (2020); runs slide interview by interview.

    Examples
    --------
    >>> said = pd.DataFrame({"feedback_id": ["f1", "f2"], "speaker": ["P1", "P2"], "customer_id": "",
    ...     "source": "interview", "text": "Slow!", "date": pd.to_datetime(["2026-03-02", "2026-03-03"])})
    >>> read = pd.DataFrame({"feedback_id": ["f1", "f2"], "coder_id": "anna", "code_id": ["slow", "slow"],
    ...     "touchpoint_id": "", "emotion": float("nan")})
    >>> none = pd.DataFrame(columns=["feedback_id", "code_id", "applies"], dtype="str")
    >>> book = pd.DataFrame({"code_id": ["slow"], "replaced_by": [""]})
    >>> curve = measure_saturation(said, read, codebook=book, decisions=none, base=1, run=1)
    >>> curve[["interview", "codes_new", "run_ratio", "is_saturated"]].values.tolist()
    [['P1', 1.0, nan, False], ['P2', 0.0, 0.0, True]]
    """
    interviews = _list_interviews(feedback)
    settled = settle_codings(codings, decisions, codebook=codebook).merge(interviews, on="feedback_id")
    order = interviews.groupby("interview", as_index=False)["date"].min()
    order = order.sort_values(["date", "interview"], ignore_index=True)
    is_coded = order["interview"].isin(settled["interview"])
    order = pd.concat([order[is_coded], order[~is_coded]], ignore_index=True)
    named = pd.crosstab(settled["interview"], settled["code_id"]).drop(columns=NOTHING_FITS, errors="ignore")
    found = named.reindex(order["interview"][: int(is_coded.sum())]).to_numpy() > 0
    codes = [";".join(named.columns[row]) for row in _find_new(found)]
    so_far, ratio = count_found(found), compare_runs(found, base=base, run=run)
    counts = {
        "place": range(1, len(found) + 1), "codes_new": np.diff(so_far, prepend=0), "codes_so_far": so_far,
        "codes_so_far_mean": expect_found(found), "run_ratio": ratio,
    }  # fmt: skip
    curve = order.join(pd.DataFrame(counts, dtype=float))
    unread = curve["interview"].map(_count_unread(interviews, settled)).rolling(run, min_periods=1).sum()
    curve = curve.assign(unread=unread, is_saturated=(curve["run_ratio"] <= enough) & (unread == 0))
    curve["code_ids"] = pd.Series(codes, dtype="str").reindex(curve.index).fillna("")
    sentences = [_describe(row, base=base, run=run) for row in curve.itertuples()]
    return curve.assign(sentence=pd.Series(sentences, dtype="str"))[SATURATION]


def _list_interviews(feedback: pd.DataFrame) -> pd.DataFrame:
    said = feedback[feedback["source"] == "interview"]
    person = said["customer_id"].where(said["customer_id"] != "", said["feedback_id"])
    return said[["feedback_id", "text", "date"]].assign(interview=said["speaker"].where(said["speaker"] != "", person))


def _count_unread(interviews: pd.DataFrame, settled: pd.DataFrame) -> pd.Series:
    """Return how many paragraphs of each interview hold words that nobody coded."""
    is_unread = (interviews["text"].str.strip() != "") & ~interviews["feedback_id"].isin(settled["feedback_id"])
    return is_unread.groupby(interviews["interview"]).sum()


def _find_new(found: np.ndarray) -> np.ndarray:
    before = np.vstack([np.zeros((1, found.shape[1]), dtype=bool), np.logical_or.accumulate(found, axis=0)])
    return found & ~before[:-1]


def _describe(row, *, base: int, run: int) -> str:
    if np.isnan(row.place):
        return "Not coded yet, so left out."
    found = count_things(row.codes_new, "new code") if row.codes_new else "No new code"
    new = f"{found}, {count_things(row.codes_so_far, 'code')} so far."
    if row.place < base + run:
        return f"{new} Saturation is judged from interview {base + run} on."
    if np.isnan(row.run_ratio):
        return f"{new} The first {base} interviews named no code, so there is nothing to compare with."
    against = f"(the last {run} against the first {base})"
    if row.unread:
        left = f"{count_things(row.unread, 'paragraph')} of the last {run} {'is' if row.unread == 1 else 'are'}"
        return f"{new} Not judged {against}: {left} not coded yet."
    return f"{new} {'Saturated' if row.is_saturated else 'Not saturated yet'} {against}."
