"""Reliability: how far people who coded the same verbatims agree, code by code."""

import numpy as np
import pandas as pd

from cjm_helpers.errors import NoDoubleCoding, TooFewAnswers
from cjm_helpers.method.codings import collect_sets, follow_successors, keep_people
from cjm_helpers.method.words import count_things, is_known, write_number
from cjm_helpers.stats.agreement import cohen_kappa, fleiss_kappa, gwet_ac1, krippendorff_alpha, percent_agreement
from cjm_helpers.stats.intervals import Estimate
from cjm_helpers.worksheets import NOTHING_FITS

RELIABILITY = [
    "code_id", "label", "n", "positives", "agreement", "kappa", "ac1", "value", "lo", "hi", "method", "prevalence",
    "verdict", "sentence",
]  # fmt: skip
ALL_CODES = "all codes"
RELIABLE, TENTATIVE = 0.800, 0.667
LEAST_POSITIVES, LEAST_VERBATIMS = 5, 50
ADVICE = {
    "reliable": "Reliable.",
    "tentative": "Good for tentative conclusions.",
    "too few": "Too few to tell: let two people code more verbatims that may carry it.",
    "revise the code": "People read this code differently: revise its definition and examples, then code anew.",
}


def measure_reliability(codings: pd.DataFrame, *, codebook, seed: int = 0, bootstraps: int = 1000) -> pd.DataFrame:
    """Measure how far people agree on each code, and on all codes of a verbatim together.

    Only verbatims that two people or more read enter; decisions do not. The lower bound of alpha gives the verdict:
    "reliable" from .800 on, "tentative" from .667 on. Where the value itself is below .667 it is "revise the code";
    where only the bound is, or where fewer than 5 verbatims carry the code, "too few".

    Parameters
    ----------
    seed, bootstraps
        Verbatims are drawn again so often (at least once) for the intervals.

    Returns
    -------
    DataFrame
        code_id, label, n (verbatims read by two), positives (of them, where somebody gave the code), agreement (share
        of equal judgements, 0-1), kappa (Cohen's for two people, Fleiss' for more), ac1, value (Krippendorff's alpha),
        lo, hi, method, prevalence (share of judgements that give the code), verdict, sentence. The last row, "all
        codes", compares sets of codes (MASI) and has no kappa and ac1; its sentence counts what was left out.

    Columns read: feedback_id, coder_id, code_id; code_id, label, status, parent, replaced_by.

    Raises
    ------
    NoDoubleCoding
        When no verbatim was coded by two people.

    Source: thresholds Krippendorff (2004); AC1 and prevalence beside alpha, for alpha and kappa collapse where a code
    is rare (Gwet 2008); at least 50 verbatims, 5 a code: MacQueen et al. (1998).

    Examples
    --------
    >>> rows = [(f"f{i:02}", coder, "slow" if i < 20 else "none") for i in range(60) for coder in ("anna", "ben")]
    >>> read = pd.DataFrame(rows, columns=["feedback_id", "coder_id", "code_id"])
    >>> book = pd.DataFrame({"code_id": ["slow"], "label": ["Slow"], "status": "", "parent": "", "replaced_by": ""})
    >>> reliability = measure_reliability(read, codebook=book)
    >>> reliability[["code_id", "n", "positives", "value", "verdict"]].values.tolist()
    [['slow', 60, 20, 1.0, 'reliable'], ['all codes', 60, 20, 1.0, 'reliable']]
    """
    people = follow_successors(keep_people(codings), codebook)
    sets = collect_sets(people)
    is_double = sets.notna().sum(axis=1) >= 2
    if not is_double.any():
        raise NoDoubleCoding(list(sets.columns), len(sets))
    double = sets[is_double].dropna(axis="columns", how="all")
    options = {"seed": seed, "bootstraps": bootstraps}
    labels = codebook.drop_duplicates("code_id").set_index("code_id")["label"].to_dict()
    rows = [
        {"code_id": code_id, "label": labels.get(code_id) or code_id, **_measure_code(double, code_id, **options)}
        for code_id in _list_codes(codebook, people)
    ]
    together = _measure_together(double, **options)
    rows.append({"code_id": ALL_CODES, "label": "All codes together", **together})
    table = pd.DataFrame(rows)
    table["verdict"] = [_judge(row) for row in table.itertuples()]
    sentences = [_describe(row) for row in table.itertuples()]
    sentences[-1] += _say_left_out(len(sets), len(double))
    return table.assign(sentence=pd.Series(sentences, dtype="str"))[RELIABILITY]


def measure_agreement(codings: pd.DataFrame) -> tuple[Estimate, int] | None:
    """Return Krippendorff's alpha over the code sets of the people who coded, with how many coders, or None.

    Columns read: feedback_id, coder_id, code_id. Machine answers are left out. The alpha comes with its MASI distance
    (Passonneau 2006).

    Examples
    --------
    >>> rows = {"feedback_id": ["f1", "f1", "f2", "f2"], "coder_id": ["anna", "ben"] * 2, "code_id": list("AABB")}
    >>> alpha, coders = measure_agreement(pd.DataFrame(rows))
    >>> float(alpha.value), coders
    (1.0, 2)
    """
    sets = collect_sets(keep_people(codings))
    try:
        return krippendorff_alpha(sets, distance="masi", bootstraps=0), sets.shape[1]
    except TooFewAnswers:
        return None


def _list_codes(codebook: pd.DataFrame, people: pd.DataFrame) -> list[str]:
    """Codes in use in the order of the book, then given ones that are not in it; mere headings and retired ones not."""
    given = set(people["code_id"]) - {NOTHING_FITS}
    is_idle = codebook["status"].eq("retired") | codebook["code_id"].isin(codebook["parent"])
    in_use = codebook.loc[~is_idle | codebook["code_id"].isin(given), "code_id"]
    return list(dict.fromkeys([*in_use, *sorted(given)]))


def _measure_code(double: pd.DataFrame, code_id: str, *, seed: int, bootstraps: int) -> dict:
    gives = double.map(lambda codes: code_id in codes, na_action="ignore").astype(float)
    kappa = cohen_kappa(gives) if gives.shape[1] == 2 else fleiss_kappa(gives, bootstraps=0)
    alpha = krippendorff_alpha(gives, seed=seed, bootstraps=bootstraps)
    measured = {"kappa": kappa.value, "ac1": gwet_ac1(gives, bootstraps=0).value}
    return _summarise(alpha, gives) | measured


def _measure_together(double: pd.DataFrame, *, seed: int, bootstraps: int) -> dict:
    alpha = krippendorff_alpha(double, distance="masi", seed=seed, bootstraps=bootstraps)
    coded = _summarise(alpha, double.map(bool, na_action="ignore").astype(float))
    return coded | {"agreement": percent_agreement(double).value}


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
    return "too few" if row.value >= TENTATIVE else "revise the code"


def _describe(row) -> str:
    read = f"{count_things(row.n, 'verbatim')} read by two or more"
    if row.verdict == "not given":
        return f"{row.label}: nobody gave it to the {read}."
    if row.verdict == "undefined":
        return f"{row.label}: {row.method} ({read})."
    value, lo, hi = (write_number(figure, decimals=2) for figure in (row.value, row.lo, row.hi))
    interval = f" ({lo} to {hi})" if is_known(row.lo) else ""
    return f"{row.label}: alpha {value}{interval}, given to {row.positives:,} of {read}. {ADVICE[row.verdict]}"


def _say_left_out(read: int, double: int) -> str:
    alone = read - double
    were = "was" if alone == 1 else "were"
    left_out = f" {count_things(alone, 'verbatim')} {were} read by one person only and left out." if alone else ""
    return left_out + (f" Aim at {LEAST_VERBATIMS} read by two or more." if double < LEAST_VERBATIMS else "")
