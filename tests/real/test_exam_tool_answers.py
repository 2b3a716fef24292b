"""Answers of teachers coded by two researchers, several codes each: the high agreement of careful work."""

import os
from pathlib import Path

import pandas as pd
import pytest

from cjm_helpers.method.codings import collect_sets
from cjm_helpers.method.feedback import list_disagreements, measure_reliability
from cjm_helpers.stats.agreement import cohen_kappa

CHECKOUT = Path(__file__).parents[2]
RAW = Path(os.environ.get("CJM_REAL_DATA") or CHECKOUT.parent / "shared" / "real")
ANSWERS = RAW / "exam_tool_answers_two_coders"
# Answers that both coded, and kappa over all of their answers and codes taken together ("none" is no code)
POOLED = {
    "N2": (5, 0.839), "Q5": (22, 0.780), "Q12": (26, 0.746), "Q14": (25, 0.801), "Q18": (26, 0.918), "Q28": (21, 0.741),
}  # fmt: skip

pytestmark = pytest.mark.skipif(
    not ANSWERS.is_dir(), reason=f"no {ANSWERS.name} in {RAW}; say where it lies with CJM_REAL_DATA"
)


def read_codings(question: str) -> pd.DataFrame:
    """Return the codings of both researchers; an answer without any code was not coded."""
    parts = []
    for coder_id in ("primary", "secondary"):
        table = pd.read_csv(ANSWERS / f"{question}_{coder_id}.csv", dtype="str")
        codes = table.set_index("ResponseId").filter(like="Code ").stack().dropna().str.strip()
        parts.append(pd.DataFrame({"feedback_id": codes.index.get_level_values(0), "code_id": codes.to_numpy()}))
        parts[-1]["coder_id"] = coder_id
    return pd.concat(parts).drop_duplicates(ignore_index=True)


def make_book(codings: pd.DataFrame) -> pd.DataFrame:
    """Return a codebook of the codes given; a subcode is written parent->subcode."""
    names = pd.Series(sorted(codings["code_id"].unique()), name="code_id")
    return names.to_frame().assign(label="", status="", parent="", replaced_by="")


@pytest.mark.parametrize("question", POOLED)
def test_pooled_kappa_is_high(question):
    """Over all answers and codes kappa lies from .74 to .92, question by question as by hand."""
    sets = collect_sets(read_codings(question)).dropna()
    codes = sorted(frozenset().union(*sets.to_numpy().ravel()))
    pooled = pd.DataFrame([[code in given for given in both] for both in sets.to_numpy() for code in codes])
    answers, kappa = POOLED[question]
    assert len(sets) == answers
    assert cohen_kappa(pooled).value == pytest.approx(kappa, abs=0.0005)
    assert 0.74 <= kappa <= 0.92


def test_few_answers_are_not_called_reliable():
    """Pooled kappa is high, yet no single code has the answers to prove it: 26 are too few for most."""
    codings = read_codings("Q12")
    reliability = measure_reliability(codings, codebook=make_book(codings), bootstraps=200)
    verdicts = reliability.iloc[:-1].groupby("verdict")["positives"].agg(["size", "max"])
    assert verdicts.at["too few", "size"] >= 40 and "reliable" not in verdicts.index
    assert "Aim at 50 read by two or more." in reliability["sentence"].iloc[-1]


def test_disagreements_are_those_behind_the_coefficient():
    """Every answer and code on which the two differ is listed once, with who gave it."""
    codings = read_codings("Q18")
    nothing = pd.DataFrame(columns=["feedback_id", "code_id", "applies", "reason"], dtype="str")
    said = codings[["feedback_id"]].drop_duplicates().assign(text="")
    listed = list_disagreements(said, codings, codebook=make_book(codings), decisions=nothing)
    by_one = codings.drop_duplicates(["feedback_id", "code_id"], keep=False)
    assert len(listed) == len(by_one) == 7
    assert listed["given_by"].ne(listed["not_given_by"]).all()
