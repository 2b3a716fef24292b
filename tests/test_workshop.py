"""The papers for workshops: each is there, and what they promise fits the study they lead to."""

import csv
import re

import pytest
from house import CHECKOUT

from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import new_study
from cjm_helpers.worksheets import SPECS

WORKSHOP = CHECKOUT / "templates" / "workshop"
PAPERS = [
    "codebook_guide", "consent_form", "data_request", "impact_rubric", "interview_guide", "session_plan",
    "survey_questions",
]  # fmt: skip


def read_tables(name):
    """Return the rows of every table of a paper, each a list of cells."""
    lines = (WORKSHOP / f"{name}.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [row for row in rows if not set("".join(row)) <= set("-: ")]


def test_every_paper_is_there():
    """Seven papers and the codebook to begin with, each with one title."""
    assert sorted(path.stem for path in WORKSHOP.glob("*.md")) == PAPERS
    for name in PAPERS:
        titles = re.findall(r"^# ", (WORKSHOP / f"{name}.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert len(titles) == 1


def test_the_session_fills_half_a_day_without_a_hole():
    """Each part begins when the one before it ends."""
    parts = [row for row in read_tables("session_plan") if re.fullmatch(r"\d+:\d\d", row[0])]
    starts = [int(row[0].split(":")[0]) * 60 + int(row[0].split(":")[1]) for row in parts]
    minutes = [int(row[1]) for row in parts[:-1]]
    assert [start + length for start, length in zip(starts, minutes, strict=False)] == starts[1:]
    assert starts[-1] - starts[0] == sum(minutes) == 240


def test_the_rubric_explains_every_rating_twice():
    """1 to 5 in words, for satisfaction and for the decision, as far as the worksheet allows."""
    column = SPECS["touchpoint_ratings"].column("decision_impact")
    rated = [int(row[0]) for row in read_tables("impact_rubric") if row[0].isdigit()]
    assert rated == [*range(int(column.low), int(column.high) + 1)] * 2


def test_the_starter_codebook_is_a_codebook(tmp_path):
    """It can be put into a study as it is, and begins with the three kinds of friction."""
    folder = new_study(tmp_path / "mine")
    (folder / "worksheets" / "codebook.csv").write_bytes((WORKSHOP / "starter_codebook.csv").read_bytes())
    codebook = open_study(folder).codebook
    assert {"communication_gap", "inefficient_process", "lack_of_information"} <= set(codebook["parent"])
    assert (codebook["definition"] != "").all() and (codebook["example"] != "").all()


@pytest.mark.parametrize("name", PAPERS)
def test_papers_name_only_tables_and_columns_that_exist(name):
    """What stands in code marks is a file beside it, a folder of a study, or a table or column of one."""
    named = re.findall(r"`([a-z_.]+/?[a-z_]*/?)`", (WORKSHOP / f"{name}.md").read_text(encoding="utf-8"))
    columns = {column for spec in SPECS.values() for column in spec.column_names}
    known = {path.name for path in WORKSHOP.iterdir()} | set(SPECS) | columns | {"raw/interviews/"}
    assert set(named) <= known


def test_the_starter_codebook_has_the_columns_of_the_worksheet():
    """No column is missing or misspelt."""
    with (WORKSHOP / "starter_codebook.csv").open(encoding="utf-8") as file:
        assert tuple(next(csv.reader(file))) == SPECS["codebook"].column_names
