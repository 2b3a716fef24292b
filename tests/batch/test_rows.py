"""Tests of tables of reports: each row a report, and every fault of a table said at once, before anything runs."""

from pathlib import Path

import pytest
from nbformat import write
from nbformat.v4 import new_code_cell, new_notebook

from cjm_helpers.batch.plan import plan_reports
from cjm_helpers.batch.rows import read_rows
from cjm_helpers.errors import CjmError, FaultsFound
from cjm_helpers.study.kit import kit_folder

TEMPLATE = kit_folder() / "templates" / "reports" / "persona_report.ipynb"
OWN = """study: str = ""
region: str = "EU"  # where
share: float = 0.5
is_short: bool = False
codes: list = []
hidden = 1  # a = b"""
FAULTY = (
    "persona_id,wave,dimension,seed,persona,page\n"
    "gift_byer,2026-9,market=Germny,x,,index\n"
    "gift_buyer,2026-09,,1,,same\n\n"
    "busy_parent,newest,,1,,Same.html\n"
    ",,,,,../up\n"
)


@pytest.fixture
def own(tmp_path) -> Path:
    """Return a report notebook of one's own, with parameters of all kinds."""
    file = tmp_path / "own.ipynb"
    write(new_notebook(cells=[new_code_cell(OWN, metadata={"tags": ["parameters"]})]), file)
    return file


@pytest.fixture
def table(tmp_path):
    """Return a function that writes a table of reports."""

    def write_table(text: str, name="runs.csv") -> Path:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write_table


def read(table: Path, study, notebook=TEMPLATE):
    """Read a table of reports."""
    return read_rows(table, study=study, notebook=notebook)


def test_each_row_is_a_report(table, example):
    """A row says persona, wave and kind of customer; what it leaves empty is that of the run or of the notebook."""
    text = "persona_id;wave;dimension;seed\ngift_buyer;2026-03;market=Germany;7\n;;;1\n"
    first, second = read(table(text), example)
    assert first.values == {"persona_id": "gift_buyer", "wave": "2026-03", "dimension": "market=Germany", "seed": 7}
    assert first.name == "Joost, the first-time gift buyer, 2026-03, Germany, seed 7"
    assert first.lens == {"persona": "gift_buyer", "wave": "2026-03", "market": "Germany", "seed": "7"}
    assert [first.page, second.page] == ["gift_buyer_2026-03_Germany_7.html", "everyone_2026-09_1.html"]
    assert second.values == {"persona_id": "everyone", "wave": "2026-09", "seed": 1}


def test_a_dimension_may_be_a_column_of_its_own(table, example):
    """Whoever has a market writes it under market; beside a dimension that says the same, it is refused."""
    first, second = read(table("persona_id,market\ngift_buyer,Germany\neveryone,\n"), example)
    assert first.values["dimension"] == "market=Germany" and "dimension" not in second.values
    assert first.lens == {"persona": "gift_buyer", "market": "Germany"}
    assert (first.page, first.name) == ("gift_buyer_Germany.html", "Joost, the first-time gift buyer, Germany")
    with pytest.raises(FaultsFound, match="names market twice"):
        read(table("dimension,market\nmarket=Austria,Germany\n"), example)


def test_a_dimension_says_what_it_may_be(table, example, own):
    """A value that the study does not know is refused where it stands; a notebook without dimension takes no market."""
    with pytest.raises(
        FaultsFound, match="row 2, column market: The study knows no market 'Germny'. Did you mean 'Ger"
    ):
        read(table("market\nGermny\n"), example)
    with pytest.raises(FaultsFound, match="own.ipynb takes no parameter 'market'"):
        read(table("market\nGermany\n"), example, own)


def test_a_row_that_is_too_long_hides_no_other_fault(table, example):
    """Rows with more cells than the heading are told together with what is wrong in the others."""
    with pytest.raises(FaultsFound) as found:
        read(table("persona_id,seed\nnobody,1\n,1,2\n,1,,3\n,x\n"), example)
    assert sorted(fault.row for fault in found.value.faults) == [2, 3, 4, 5]


def test_page_and_name_may_be_told(table, example):
    """The columns page and name are no parameters."""
    (row,) = read(table("persona_id,page,name\ngift_buyer,for_the_board.html,For the board\n"), example)
    assert (row.page, row.name, dict(row.values)["persona_id"]) == ("for_the_board.html", "For the board", "gift_buyer")


def test_values_are_typed_by_the_notebook(table, example, own):
    """A notebook of one's own says what its columns hold."""
    (row,) = read(table("region,share,is_short,codes\n7,1,yes,a;b\n"), example, own)
    assert row.values == {"region": "7", "share": 1.0, "is_short": True, "codes": ["a", "b"]}
    assert (
        row.name == "Everyone, region 7, share 1, is_short yes, codes a;b" and row.page == "everyone_7_1_yes_a;b.html"
    )


def test_every_fault_is_said_at_once(table, example):
    """One message holds every unknown column, wrong cell and doubled page, each with its row and column."""
    with pytest.raises(FaultsFound) as found:
        read(table(FAULTY), example)
    places = [(fault.row, fault.column) for fault in found.value.faults]
    assert places == [(1, "persona"), (2, "persona_id"), (2, "wave"), (2, "seed"), (2, "dimension"), (2, "page"),
                      (6, "page"), (5, "page")]  # fmt: skip
    said = str(found.value)
    assert "8 faults in runs.csv" in said and "takes no parameter 'persona'. Did you mean 'persona_id'?" in said
    assert "row 2, column dimension: The parameter dimension = 'market=Germny' is not known. Did you mean" in said
    assert "row 2, column seed: 'x' is of the wrong kind. The notebook takes a whole number." in said
    assert "row 5, column page: Same.html is the page of row 3 too." in said


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("study,seed\nx,1\n", "A run is on one study, which the command names"),
        ("seed\n", "There is no row"),
        ("seed,seed\n1,2\n", "The heading 'seed' stands twice"),
        ("seed\n1\n1\n", "everyone_1.html is the page of row 2 too"),
    ],
)
def test_a_table_that_cannot_be_is_refused(table, example, text, sentence):
    """What no run could make of a table is said."""
    with pytest.raises(FaultsFound, match=sentence):
        read(table(text), example)


def test_a_parameter_that_papermill_cannot_read_is_told(table, example, own):
    """To call it unknown would puzzle whoever sees it in the notebook."""
    with pytest.raises(FaultsFound, match="row 1, column hidden: own.ipynb sets hidden on a line with a second ="):
        read(table("hidden\n2\n"), example, own)


def test_a_missing_table_is_said(example):
    """A wrong path is no traceback."""
    with pytest.raises(CjmError, match="There is no file 'nowhere.csv'. --parameters takes a table"):
        read(Path("nowhere.csv"), example)


def test_rows_become_reports(table, example, tmp_path):
    """A plan by rows holds a report for each, with the facts of its own wave, and no comparison."""
    rows = table("persona_id,wave\ngift_buyer,2026-03\n,all\n")
    plan = plan_reports(
        example, notebook=TEMPLATE, look=tmp_path, out=tmp_path, comparison=TEMPLATE, rows=rows, wave="2026-09"
    )
    assert [(one.page.name, one.facts["wave"]) for one in plan.reports] == [
        ("gift_buyer_2026-03.html", "2026-03"), ("everyone_all.html", "all"),
    ]  # fmt: skip
    assert plan.reports[0].facts["tagline"] and plan.reports[0].parameters["seed"] == 0


def test_a_notebook_of_ones_own_needs_only_the_study(table, example, tmp_path, own):
    """Persona, wave and seed are handed over where a notebook takes them; a wave that is asked for must be taken."""
    rows = table("region\nUS\n")
    places = {"notebook": own, "look": tmp_path, "out": tmp_path, "rows": rows}
    (report,) = plan_reports(example, **places).reports
    assert set(report.parameters) == {"study", "region"}
    with pytest.raises(CjmError, match="own.ipynb takes no parameter 'wave'"):
        plan_reports(example, **places, wave="2026-03")
