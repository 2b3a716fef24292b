"""Tests that what a run leaves as it is equals what a full run would make, whatever was changed before."""

import csv
import os
from random import Random

from batch.edits import edit_study
from batch.folders import read_folder
from batch.here import list_made, make, rows_notebook, shop  # noqa: F401  fixtures that tests use

from cjm_helpers.batch.run import report_study
from cjm_helpers.study.kit import new_study

EDITS = int(os.environ.get("CJM_EDITS", "10"))


def test_what_is_kept_is_what_would_be_made(tmp_path, shop, rows_notebook, make):  # noqa: F811
    """After each of some random edits the pages, records and manifest are those of a full run in a new folder."""
    random, kept = Random(7), 0
    make(tmp_path / "kept")
    for number in range(EDITS):
        said = edit_study(shop, notebook=rows_notebook, random=random)
        made = make(tmp_path / "kept")
        everything = make(tmp_path / f"full_{number}")
        kept += len(everything.outcomes) - len(list_made(made))
        assert read_folder(tmp_path / "kept") == read_folder(tmp_path / f"full_{number}"), said
    assert kept > EDITS / 2


def test_an_answer_makes_three_reports(tmp_path):
    """With the shipped notebooks, an answer enters one persona's report, everyone's and the comparison."""
    folder = new_study(tmp_path / "clinic", example="clinic_visit")
    file = folder / "imported" / "responses.csv"
    assert not report_study(folder, out=tmp_path / "pages", workers=2).failures
    heading, *rows = csv.reader(file.read_text(encoding="utf-8-sig").splitlines())
    persona_id = find_persona(folder, rows[0][heading.index("customer_id")])
    rows[0][heading.index("score")] = "1" if rows[0][heading.index("score")] != "1" else "2"
    with file.open("w", encoding="utf-8", newline="") as written:
        csv.writer(written).writerows([heading, *rows])
    told = report_study(folder, out=tmp_path / "pages", dry_run=True)
    assert list_made(told) == ["everyone", persona_id, ""]
    assert {one.reason for one in told.outcomes} == {"1 table changed: responses", ""}


def find_persona(folder, customer_id):
    """Return the persona that a customer was assigned to."""
    for file in folder.glob("*/persona_assignments.csv"):
        for row in csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()):
            if row["customer_id"] == customer_id:
                return row["persona_id"]
