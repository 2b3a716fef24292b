"""Reliability: how far people who coded the same verbatims agree, code by code."""

import numpy as np
import pandas as pd

from cjm_helpers.errors import NoDoubleCoding, TooFewAnswers
from cjm_helpers.method.codings import collect_sets, keep_finished, keep_people, list_codes, list_to_code_anew
from cjm_helpers.method.evidence import ALL_CODES, REVISE
from cjm_helpers.method.feedback.sample import MORE_OF
from cjm_helpers.method.words import count_things, is_known, write_number
from cjm_helpers.stats.agreement import (
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
    pooled_kappa,
)  # fmt: skip
from cjm_helpers.stats.intervals import Estimate

RELIABILITY = [
    "code_id", "label", "n", "positives", "agreement", "kappa", "ac1", "value", "lo", "hi", "method", "prevalence",
    "verdict", "sentence",
]  # fmt: skip
RELIABLE, TENTATIVE = 0.800, 0.667
LEAST_POSITIVES, LEAST_VERBATIMS = 5, 50
ADVICE = {
    "reliable": "Reliable.",
    "tentative": "Good for tentative conclusions.",
    "too few": "Too few to tell: let two people code more verbatims that may carry it.",
    REVISE: "People read this code differently: revise its definition and examples, then code anew.",
}


def measure_reliability(
    codings: pd.DataFrame, *, codebook, sample: pd.DataFrame | None = None, seed: int = 0, bootstraps: int = 1000
) -> pd.DataFrame:
    """Measure how far people agree on each code, and on all codes of a verbatim together.

    Only verbatims that two people or more read enter; decisions do not. The lower bound of alpha gives the verdict:
    "reliable" from .800 on, "tentative" from .667 on. Where the value itself is below .667 it is "revise the code";
    where only the bound is, or where fewer than 5 verbatims carry the code, "too few".

    Verbatims that `draw_sample` added for a rare code count like all others: in simulations they moved alpha on all
    codes by .05 at most and made the error of a rare code's alpha a tenth to a half smaller, though it came out up to
    .12 too high; its prevalence in the sample is no longer that of the feedback. Where the sample is given, the
    sentence of such a code says so. Source of the figures: tests/benchmarks/agreement.py.

    Parameters
    ----------
    sample
        From `draw_sample`.
    seed, bootstraps
        Verbatims are drawn again so often (at least once) for the intervals.

    Returns
    -------
    DataFrame
        code_id, label, n (verbatims read by two), positives (of them, where somebody gave the code), agreement (share
        of equal judgements, 0-1), kappa (Cohen's for two people, Fleiss' for more), ac1, value (Krippendorff's alpha),
        lo, hi, method, prevalence (share of judgements that give the code), verdict, sentence. The last row, "all
        codes", compares sets of codes (MASI); its kappa is that of two people pooled over the codes, it has no ac1,
        and its sentence counts what was left out.

    Columns read: feedback_id, coder_id, code_id; code_id, label, status, parent, replaced_by.

    Raises
    ------
    NoDoubleCoding
        When no verbatim was coded by two people.

    Source: thresholds Krippendorff (2004); AC1 and prevalence beside alpha, for alpha and kappa collapse where a code
    is rare (Gwet 2008); pooled kappa: de Vries et al. (2008); at least 50 verbatims, 5 a code: MacQueen et al. (1998).

    Examples
    --------
    >>> rows = [(f"f{i:02}", coder, "slow" if i < 20 else "none") for i in range(60) for coder in ("anna", "ben")]
    >>> read = pd.DataFrame(rows, columns=["feedback_id", "coder_id", "code_id"])
    >>> book = pd.DataFrame({"code_id": ["slow"], "label": ["Slow"], "status": "", "parent": "", "replaced_by": ""})
    >>> reliability = measure_reliability(read, codebook=book)
    >>> reliability[["code_id", "n", "positives", "value", "verdict"]].values.tolist()
    [['slow', 60, 20, 1.0, 'reliable'], ['all codes', 60, 20, 1.0, 'reliable']]
    """
    people = keep_finished(codings, codebook)
    sets = collect_sets(people)
    is_double = sets.notna().sum(axis=1) >= 2
    if not is_double.any():
        raise NoDoubleCoding(list(sets.columns), len(sets))
    double = sets[is_double].dropna(axis="columns", how="all")
    options = {"seed": seed, "bootstraps": bootstraps}
    labels = codebook.drop_duplicates("code_id").set_index("code_id")["label"].to_dict()
    rows = [
        {"code_id": code_id, "label": labels.get(code_id) or code_id, **_measure_code(double, code_id, **options)}
        for code_id in list_codes(codebook, people["code_id"])
    ]
    together = _measure_together(double, **options)
    rows.append({"code_id": ALL_CODES, "label": "All codes together", **together})
    table = pd.DataFrame(rows)
    table["verdict"] = [_judge(row) for row in table.itertuples()]
    chosen = _count_chosen(sample, double.index)
    sentences = [_describe(row) + _say_chosen(chosen.get(MORE_OF.format(row.label), 0)) for row in table.itertuples()]
    anew = list_to_code_anew(codings, codebook).drop_duplicates(["feedback_id", "coder_id"])
    sentences[-1] += _say_left_out(len(sets), len(double), anew=len(anew))
    return table.assign(sentence=pd.Series(sentences, dtype="str"))[RELIABILITY]


def measure_agreement(codings: pd.DataFrame, *, codebook=None) -> tuple[Estimate, int] | None:
    """Return Krippendorff's alpha over the code sets of the people who coded, with how many coders, or None.

    Columns read: feedback_id, coder_id, code_id; code_id, status, replaced_by. Machine answers are left out; with a
    codebook, merged codes are one, and readings that wait to be coded anew are left out too. The alpha comes with its
    MASI distance (Passonneau 2006).

    Examples
    --------
    >>> rows = {"feedback_id": ["f1", "f1", "f2", "f2"], "coder_id": ["anna", "ben"] * 2, "code_id": list("AABB")}
    >>> alpha, coders = measure_agreement(pd.DataFrame(rows))
    >>> float(alpha.value), coders
    (1.0, 2)
    """
    sets = collect_sets(keep_people(codings) if codebook is None else keep_finished(codings, codebook))
    try:
        return krippendorff_alpha(sets, distance="masi", bootstraps=0), sets.shape[1]
    except TooFewAnswers:
        return None


def _measure_code(double: pd.DataFrame, code_id: str, *, seed: int, bootstraps: int) -> dict:
    gives = double.map(lambda codes: code_id in codes, na_action="ignore").astype(float)
    kappa = cohen_kappa(gives) if gives.shape[1] == 2 else fleiss_kappa(gives, bootstraps=0)
    alpha = krippendorff_alpha(gives, seed=seed, bootstraps=bootstraps)
    measured = {"kappa": kappa.value, "ac1": gwet_ac1(gives, bootstraps=0).value}
    return _summarise(alpha, gives) | measured


def _measure_together(double: pd.DataFrame, *, seed: int, bootstraps: int) -> dict:
    alpha = krippendorff_alpha(double, distance="masi", seed=seed, bootstraps=bootstraps)
    coded = _summarise(alpha, double.map(bool, na_action="ignore").astype(float))
    kappa = pooled_kappa(double, bootstraps=0).value if double.shape[1] == 2 else np.nan
    return coded | {"agreement": percent_agreement(double).value, "kappa": kappa}


def _summarise(alpha: Estimate, gives: pd.DataFrame) -> dict:
    positives, prevalence = int(gives.eq(1).any(axis=1).sum()), float(np.nanmean(gives))
    agreement = percent_agreement(gives).value
    return alpha._asdict() | {"positives": positives, "prevalence": prevalence, "agreement": agreement}


def _judge(row) -> str:
    if pd.isna(row.value):
        return "undefined" if row.positives else "not given"
    if row.positives < LEAST_POSITIVES:
        return "too few"
    if row.lo >= TENTATIVE:
        return "reliable" if row.lo >= RELIABLE else "tentative"
    return "too few" if row.value >= TENTATIVE else REVISE


def _describe(row) -> str:
    read = f"{count_things(row.n, 'verbatim')} read by two or more"
    if row.verdict == "not given":
        return f"{row.label}: nobody gave it to the {read}."
    if row.verdict == "undefined":
        return f"{row.label}: {row.method} ({read})."
    value, lo, hi = (write_number(figure, decimals=2) for figure in (row.value, row.lo, row.hi))
    interval = f" ({lo} to {hi})" if is_known(row.lo) else ""
    return f"{row.label}: alpha {value}{interval}, given to {row.positives:,} of {read}. {ADVICE[row.verdict]}"


def _count_chosen(sample: pd.DataFrame | None, double: pd.Index) -> dict[str, int]:
    """Count the verbatims read by two under the reason for which they are in the sample."""
    return {} if sample is None else sample.loc[sample["feedback_id"].isin(double), "why"].value_counts().to_dict()


def _say_chosen(count: int) -> str:
    chosen = f" {count_things(count, 'verbatim')} {_were(count)} added because one person had given the code"
    return f"{chosen}: alpha may be a little high, prevalence is." if count else ""


def _say_left_out(read: int, double: int, *, anew: int) -> str:
    alone = read - double
    left_out = ""
    if alone:
        left_out = f" {count_things(alone, 'verbatim')} {_were(alone)} read by one person only and left out."
    if anew:
        left_out += f" {count_things(anew, 'reading')} under a retired code {_were(anew)} left out: code anew."
    return left_out + (f" Aim at {LEAST_VERBATIMS} read by two or more." if double < LEAST_VERBATIMS else "")


def _were(count: int) -> str:
    return "was" if count == 1 else "were"
