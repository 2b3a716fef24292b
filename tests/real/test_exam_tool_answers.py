"""Answers of teachers coded by two researchers, several codes each: the high agreement of careful work."""

import os
import shutil
from pathlib import Path

import pandas as pd
import pytest

from cjm_helpers.method.codings import collect_sets
from cjm_helpers.method.feedback import list_disagreements, measure_reliability
from cjm_helpers.stats.agreement import cohen_kappa, pooled_kappa
from cjm_helpers.study.folder import check_study, open_study
from cjm_helpers.study.sources import import_sources
from cjm_helpers.study.sources.advice import suggest_text

CHECKOUT = Path(__file__).parents[2]
RAW = Path(os.environ.get("CJM_REAL_DATA") or CHECKOUT.parent / "shared" / "real")
ANSWERS = RAW / "exam_tool_answers_two_coders"
# Answers that both coded, and kappa over all of their answers and codes taken together ("none" is no code)
POOLED = {
    "N2": (5, 0.839), "Q5": (22, 0.780), "Q12": (26, 0.746), "Q14": (25, 0.801), "Q18": (26, 0.918), "Q28": (21, 0.741),
}  # fmt: skip
# Kappa pooled over the codes (de Vries et al. 2008). The authors' own script takes neither: it compares the codes given
# as if each were an answer (Balash et al. 2023, irr.py).
OVER_CODES = {"N2": 0.833, "Q5": 0.756, "Q12": 0.728, "Q14": 0.798, "Q18": 0.909, "Q28": 0.713}

pytestmark = pytest.mark.skipif(
    not ANSWERS.is_dir(), reason=f"no {ANSWERS.name} in {RAW}; say where it lies with CJM_REAL_DATA"
)


TOUCHPOINT = "touchpoint_id,name,stage\nexam,Online exam,Exam\n"


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """A study made of the twelve files as they are, by the lines that are suggested for each."""
    folder = tmp_path_factory.mktemp("exams")
    shutil.copytree(ANSWERS, folder / "raw")
    files = [f"{question}_{coder_id}.csv" for question in POOLED for coder_id in ("primary", "secondary")]
    blocks = [suggest_text(folder / "raw" / file) for file in files]
    lines = ['name = "Exam tools"', 'stages = ["Exam"]', *blocks]
    (folder / "study.toml").write_text("\n".join(lines), encoding="utf-8")
    (folder / "worksheets").mkdir()
    (folder / "worksheets" / "touchpoints.csv").write_text(TOUCHPOINT, encoding="utf-8")
    import_sources(folder)
    assert not check_study(folder).faults
    return open_study(folder)


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


def pool(codings: pd.DataFrame) -> tuple[int, float]:
    """Return the answers that both coded, and kappa over all of them and all codes."""
    sets = collect_sets(codings).dropna()
    codes = sorted(frozenset().union(*sets.to_numpy().ravel()))
    pooled = pd.DataFrame([[code in given for given in both] for both in sets.to_numpy() for code in codes])
    return len(sets), cohen_kappa(pooled).value


@pytest.mark.parametrize("question", POOLED)
def test_pooled_kappa_is_high(question):
    """Over all answers and codes kappa lies from .74 to .92, question by question as by hand."""
    answers, kappa = POOLED[question]
    assert pool(read_codings(question)) == (answers, pytest.approx(kappa, abs=0.0005))
    assert 0.74 <= kappa <= 0.92


@pytest.mark.parametrize("question", POOLED)
def test_kappa_over_codes_is_a_little_lower(question):
    """Taking all codes together makes a "no" common, so that kappa is up to .03 above the one pooled over the codes."""
    kappa = pooled_kappa(collect_sets(read_codings(question)).dropna(), bootstraps=0).value
    assert kappa == pytest.approx(OVER_CODES[question], abs=0.0005)
    assert 0 < POOLED[question][1] - kappa < 0.03


def test_the_table_holds_kappa_over_codes():
    """It stands in the last row of the table, and codes that nobody gave change nothing."""
    codings = read_codings("Q18")
    book = make_book(codings)
    for each in (book, pd.concat([book, book.assign(code_id="never " + book["code_id"])])):
        table = measure_reliability(codings, codebook=each, bootstraps=1)
        assert table["kappa"].iloc[-1] == pytest.approx(OVER_CODES["Q18"], abs=0.0005)


@pytest.mark.parametrize("question", POOLED)
def test_imported_files_agree_as_by_hand(study, question):
    """Brought in by [[import]] blocks, the two coders' files give the same pooled kappa on the same answers."""
    here = study.codings[study.codings["feedback_id"].str.startswith(f"{question.lower()}-")]
    answers, kappa = POOLED[question]
    assert pool(here) == (answers, pytest.approx(kappa, abs=0.0005))
    assert measure_reliability(here, codebook=study.codebook, bootstraps=0)["n"].iloc[-1] == answers


def test_imported_answers_keep_question_person_and_codes(study):
    """Each answer with words stands with what was asked; codes have labels, and subcodes stand under theirs."""
    said, book = study.feedback, study.codebook.set_index("code_id")
    assert len(said) == 254 and said["asked"].nunique() == len(POOLED) and said["customer_id"].ne("").all()
    assert len(book) == 189 and book["label"].ne("").all()
    assert book.loc["technology_glitches_vpns", ["label", "parent"]].tolist() == ["VPNs", "technology_glitches"]


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
