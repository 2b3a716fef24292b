"""Complaints sorted by a paid crowd: the agreement little above chance that the data are known for."""

import os
import shutil
from pathlib import Path

import pandas as pd
import pytest

from cjm_helpers.errors import CjmError
from cjm_helpers.method.feedback import measure_reliability
from cjm_helpers.method.themes import summarise_themes, trust_themes
from cjm_helpers.stats.agreement import krippendorff_alpha, percent_agreement
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.sources import import_sources
from cjm_helpers.study.sources.advice import suggest_text

CHECKOUT = Path(__file__).parents[2]
RAW = Path(os.environ.get("CJM_REAL_DATA") or CHECKOUT.parent / "shared" / "real")
COMPLAINTS = RAW / "bank_complaints_crowd_coded.csv"

pytestmark = pytest.mark.skipif(
    not COMPLAINTS.is_file(), reason=f"no {COMPLAINTS.name} in {RAW}; say where it lies with CJM_REAL_DATA"
)


@pytest.fixture(scope="module")
def codings():
    rows = pd.read_csv(COMPLAINTS, usecols=["item_id", "user__id", "annotation__output"])
    return rows.set_axis(["feedback_id", "coder_id", "code_id"], axis=1)


def test_alpha_is_hardly_above_chance(codings):
    """Of 3,750 items 3,282 were sorted by two or more of 145 people: alpha .043, equal in 24 of 100 pairs."""
    judgements = codings.pivot(index="feedback_id", columns="coder_id", values="code_id")
    assert judgements.shape == (3750, 145)
    alpha = krippendorff_alpha(judgements)
    assert alpha[:4] == pytest.approx((0.0434, 3282, 0.030, 0.056), abs=0.002)
    assert percent_agreement(judgements).value == pytest.approx(0.240, abs=0.0005)


@pytest.fixture(scope="module")
def reliability(codings):
    """How far the crowd agrees on each product."""
    book = pd.DataFrame({"code_id": sorted(codings["code_id"].unique())})
    book = book.assign(label="", status="", parent="", replaced_by="")
    return measure_reliability(codings, codebook=book, bootstraps=200)


def test_every_product_is_to_be_revised(reliability):
    """No product is told apart, and the sentence counts the 468 items that one person alone sorted."""
    assert reliability["verdict"].eq("revise the code").all() and len(reliability) == 6
    assert reliability["value"].between(0, 0.1).all()
    assert "468 verbatims were read by one person only and left out." in reliability["sentence"].iloc[-1]


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """A study made of the file as it is, by the lines that are suggested for it."""
    folder = tmp_path_factory.mktemp("bank")
    (folder / "raw").mkdir()
    shutil.copy(COMPLAINTS, folder / "raw")
    lines = ['name = "Complaints"', 'stages = ["Complain"]', suggest_text(COMPLAINTS)]
    (folder / "study.toml").write_text("\n".join(lines), encoding="utf-8")
    (folder / "worksheets").mkdir()
    (folder / "worksheets" / "touchpoints.csv").write_text("touchpoint_id,name,stage\nbank,Bank,Complain\n")
    import_sources(folder)
    return open_study(folder)


def test_no_theme_is_made_of_such_codings(study):
    """Brought in by an [[import]] block alpha is the same, and no theme is shown before the codes are revised."""
    themes = summarise_themes(
        study.feedback, study.codings, codebook=study.codebook, decisions=study.coding_decisions,
        alignments=study.alignments, touchpoints=study.touchpoints,
    )  # fmt: skip
    reliability = measure_reliability(study.codings, codebook=study.codebook, bootstraps=100)
    assert reliability["value"].iloc[-1] == pytest.approx(0.0434, abs=0.0005)
    with pytest.raises(CjmError, match="Revise the codes"):
        trust_themes(themes, reliability)


def test_no_theme_is_shown(reliability):
    """Whoever would build themes on these products is told to revise the codes, with alpha and its interval."""
    with pytest.raises(CjmError) as refused:
        trust_themes(reliability[["code_id"]].assign(flag="reportable"), reliability)
    assert str(refused.value).startswith(
        "The people who read these words agree hardly more than by chance (alpha 0.04, 0.03 to 0.06, on 3,282 verbatims "
        "read by two or more). Revise the codes"
    )
