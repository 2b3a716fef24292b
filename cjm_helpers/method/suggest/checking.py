"""How good suggested codes are: measured on people whom the machine had not read, beside simpler ways and people."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from cjm_helpers.method.evidence import ALL_CODES
from cjm_helpers.method.suggest.audit import measure_audit
from cjm_helpers.method.suggest.ceiling import compare_people
from cjm_helpers.method.suggest.examples import LEAST_POSITIVES, Examples, gather_examples
from cjm_helpers.method.suggest.trial import bound_columns, try_codes
from cjm_helpers.method.words import count_things, is_known, write_number
from cjm_helpers.stats.text_classifier import FOLDS

SUGGEST, AS_GOOD, CHANCE = "suggest", "keyword rule is as good", "no better than chance"
TRUSTED = 0.90  # lower bound of precision that accepting unread would take; here a person decides on each
CHECKED = [
    "code_id", "label", "n", "positives", "people", "precision", "precision_lo", "precision_hi", "recall", "recall_lo",
    "recall_hi", "specificity", "f1", "f1_lo", "f1_hi", "keyword_f1", "keyword_f1_lo", "keyword_f1_hi", "lead",
    "lead_lo", "lead_hi", "centroid_f1", "centroid_f1_lo", "centroid_f1_hi", "always_f1", "human_f1", "human_f1_lo",
    "human_f1_hi", "brier_skill", "ece", "threshold", "verdict", "audit_n", "audit_precision", "audit_precision_lo",
    "audit_precision_hi", "sentence",
]  # fmt: skip


def check_suggestions(
    feedback: pd.DataFrame,
    codings: pd.DataFrame,
    *,
    codebook: pd.DataFrame,
    decisions: pd.DataFrame,
    seed: int = 0,
    bootstraps: int = 1000,
    say: Callable[[str, float], None] | None = None,
) -> pd.DataFrame:
    """Measure how well a machine that read what people coded finds each code in the words of people it has not read.

    Parameters
    ----------
    seed, bootstraps
        Who stands in which fold, and how often (at least once) people are drawn again for the intervals.
    say
        Is told what is being done and how far (0-1) it is.

    Returns
    -------
    DataFrame
        One row a code, the last one "all codes" (plain means over the codes that could be measured). n, positives,
        people: distinct texts, those that carry the code, who said those. precision, recall, specificity, f1,
        keyword_f1, centroid_f1, lead (f1 less keyword_f1), human_f1 (one coder against another; empty where no two
        read the same), most with _lo and _hi, people drawn again. always_f1 (saying yes to every text), brier_skill
        (1 = perfect, 0 = no better than the share, which is all that always saying no knows), ece, threshold (suggest
        from this probability on), verdict ("suggest", "keyword rule is as good", "no better than chance", "too few
        examples", "too few people"), audit_n and audit_precision (the machine's first answers in the audit sample,
        against what people then said; Wilson), sentence.

    A code may be suggested only where the whole interval of lead is above 0, and that of f1 less always_f1 too: of a
    code that a third of the texts carry, yes to all has F1 .5, more than a list of words may reach. Probabilities are
    out of fold: five folds, all that one person said in the same one, equal texts once. Each fold's threshold is the
    one with the best F1 on the other four, so no text helps to choose its own; `threshold` is the best over all, for
    texts yet to be read.

    Columns read: feedback_id, customer_id, speaker, text; feedback_id, coder_id, code_id, touchpoint_id, emotion,
    note; code_id, label, status, parent, replaced_by; feedback_id, code_id, applies.

    Source: keyword rule and nearest centroid: `stats.text_baselines`.

    Examples
    --------
    >>> words = ["The page is slow", "They are friendly"] * 30
    >>> said = pd.DataFrame({"feedback_id": [f"f{i}" for i in range(60)], "customer_id": "", "speaker": ""})
    >>> said["text"] = [f"{text}, visit {i}" for i, text in enumerate(words)]
    >>> read = pd.DataFrame({"feedback_id": said["feedback_id"], "coder_id": "anna", "code_id": ["slow", "none"] * 30})
    >>> read = read.assign(touchpoint_id="", emotion=float("nan"), note="")
    >>> book = pd.DataFrame({"code_id": ["slow"], "label": "Slow", "status": "", "parent": "", "replaced_by": ""})
    >>> nobody = pd.DataFrame(columns=["feedback_id", "code_id", "applies"], dtype="str")
    >>> checked = check_suggestions(said, read, codebook=book, decisions=nobody)
    >>> checked.loc[[0], ["f1", "keyword_f1", "verdict"]].values.tolist()
    [[1.0, 1.0, 'keyword rule is as good']]
    """
    examples = gather_examples(feedback, codings, codebook=codebook, decisions=decisions)
    rows, draws = try_codes(examples, seed=seed, bootstraps=bootstraps, say=say)
    options = {"code_ids": rows["code_id"].tolist(), "seed": seed, "bootstraps": bootstraps}
    draws["human_f1"] = compare_people(codings, feedback=feedback, codebook=codebook, **options)
    for name, of in draws.items():
        rows = rows.assign(**bound_columns(name, of))
    table = examples.codes.merge(rows, how="left", on="code_id")
    table = table.merge(measure_audit(codings, codebook=codebook, decisions=decisions), how="left", on="code_id")
    table = pd.concat([table, _summarise(examples, rows, draws)], ignore_index=True).assign(n=len(examples.texts))
    table = table.reindex(columns=[*CHECKED, "finding", "gain_lo"])
    table["verdict"] = [_judge(row) for row in table.itertuples()]
    table["audit_n"] = table["audit_n"].fillna(0).astype(int)
    sentences = [_describe(row) for row in table[:-1].itertuples()]
    return table.assign(sentence=[*sentences, _describe_all(table, examples)])[CHECKED]


def _summarise(examples: Examples, rows: pd.DataFrame, draws: dict) -> pd.DataFrame:
    """Return the row of all codes together: plain means over those that could be measured, draw by draw."""
    together = {
        "code_id": ALL_CODES, "label": "All codes together", "positives": int(examples.carries.any(axis=1).sum()),
        "people": len(np.unique(examples.groups)), **rows[["brier_skill", "ece"]].mean(),
    }  # fmt: skip
    for name, of in draws.items():
        counted = of[:, ~np.isnan(of[0])]  # a code that nobody coded twice has no score of people, in any draw
        if counted.size:
            together |= bound_columns(name, np.nanmean(counted, axis=1, keepdims=True))
    return pd.DataFrame({name: np.ravel(value) for name, value in together.items()})


def _judge(row) -> str:
    if row.code_id == ALL_CODES:
        return ""
    if row.finding or not row.gain_lo > 0:
        return row.finding or CHANCE
    return SUGGEST if row.lead_lo > 0 else AS_GOOD


def _describe(row) -> str:
    if row.verdict == "too few examples":
        few = min(row.positives, row.n - row.positives)
        lacking = "carry it" if few == row.positives else "do not carry it"
        return f"{row.label}: {count_things(few, 'text')} {lacking}; the machine needs {LEAST_POSITIVES}."
    if row.verdict == "too few people":
        said = count_things(row.people, "person", things="people")
        return f"{row.label}: {said} said all of it; {FOLDS} are needed, to try the machine on people it has not read."
    scores = f"F1 {_write(row.f1)} ({_write(row.f1_lo)} to {_write(row.f1_hi)})"
    scores += f", searching for words {_write(row.keyword_f1)}"
    scores += f", one person against another {_write(row.human_f1)}" if is_known(row.human_f1) else ""
    if row.verdict == CHANCE:
        scores = f"F1 {_write(row.f1)}, saying yes to all {_write(row.always_f1)}"
        return f"{row.label}: the words do not surely tell it apart: {scores}."
    if row.verdict == AS_GOOD:
        return f"{row.label}: not surely better than searching for words: {scores}."
    right, lo, hi = (write_number(100 * part) for part in (row.precision, row.precision_lo, row.precision_hi))
    found = write_number(100 * row.recall)
    trust = f"At least {lo} of 100 are right" if row.precision_lo >= TRUSTED else "Not surely 90 of 100 are right"
    hundred = f"of 100 suggestions {right} are right ({lo} to {hi}), of 100 that fit {found} are found"
    return f"{row.label}: {hundred}; {scores}. {trust}; a person decides on each."


def _describe_all(table: pd.DataFrame, examples: Examples) -> str:
    codes, suggested = len(table) - 1, int((table["verdict"] == SUGGEST).sum())
    said = f"The machine may suggest {suggested} of {count_things(codes, 'code')}."
    row = table.iloc[-1]
    if is_known(row["f1"]):
        said += f" On average F1 is {_write(row['f1'])}, searching for words {_write(row['keyword_f1'])}."
    if examples.without_words:
        said += f" Left out: {count_things(examples.without_words, 'coded verbatim')} without words."
    return said


def _write(score: float) -> str:
    return write_number(score, decimals=2)
