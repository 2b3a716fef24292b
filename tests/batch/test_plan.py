"""Tests of planning: who gets a report, and which parameters are refused before any kernel starts."""

import pytest

from cjm_helpers.batch.plan import check_parameters, name_pages, plan_reports
from cjm_helpers.errors import NotebookTakesNot, ParameterError
from cjm_helpers.study.kit import kit_folder

TEMPLATES = kit_folder() / "templates" / "reports"
TEMPLATE, COMPARISON = TEMPLATES / "persona_report.ipynb", TEMPLATES / "comparison.ipynb"


def plan(study, notebook, tmp_path, **options):
    """Plan the reports of a study into a folder of the test."""
    return plan_reports(study, notebook=notebook, look=tmp_path, out=tmp_path / "out", **options)


def test_everyone_comes_first_then_each_persona(shop, notebook, tmp_path):
    """A plan holds one report for everyone and one for each persona, in the order of the worksheet."""
    assert [report.persona_id for report in plan(shop, notebook, tmp_path)] == ["everyone", "anna", "ben"]


def test_named_personas_only(shop, notebook, tmp_path):
    """Naming personas leaves the others and everyone out; naming one twice changes nothing."""
    assert [report.persona_id for report in plan(shop, notebook, tmp_path, personas=["ben", "ben"])] == ["ben"]


def test_study_is_handed_over_as_absolute_path(shop, notebook, tmp_path):
    """A kernel works in another folder, so the study's path is absolute; seed and wave are those of the study."""
    parameters = plan(shop, notebook, tmp_path)[0].parameters
    assert parameters == {"study": str(shop.folder.resolve()), "persona_id": "everyone", "wave": "all", "seed": 0}


def test_unknown_persona_is_refused_with_the_nearest(shop, notebook, tmp_path):
    """A misspelt persona is an error that names the nearest one, not a report on somebody else."""
    with pytest.raises(ParameterError, match="persona_id = 'ana' is not known. Did you mean 'anna'"):
        plan(shop, notebook, tmp_path, personas=["ana"])


def test_unknown_wave_is_refused(shop, notebook, tmp_path):
    """A wave that the study does not know is an error."""
    with pytest.raises(ParameterError, match="wave = '2001' is not known"):
        plan(shop, notebook, tmp_path, wave="2001")


def test_unknown_parameter_is_refused(notebook):
    """A parameter that the notebook does not take is an error; papermill alone would only warn."""
    with pytest.raises(NotebookTakesNot, match="tiny.ipynb takes no parameter 'persona'. Did you mean 'persona_id'"):
        check_parameters(notebook, {"persona": "anna"})


@pytest.mark.parametrize(("name", "value"), [("seed", "abc"), ("seed", True), ("wave", 7)])
def test_ill_typed_parameter_is_refused(notebook, name, value):
    """A value of another type than the notebook's default is an error that says what is taken."""
    with pytest.raises(NotebookTakesNot, match=f"The parameter {name} = .* takes (int|str) there"):
        check_parameters(notebook, {name: value})


def test_the_shipped_template_takes_what_is_planned(shop, tmp_path):
    """The shipped report notebook passes the check with the parameters of a plan."""
    assert len(plan(shop, TEMPLATE, tmp_path)) == 3


def test_the_comparison_comes_last(example, tmp_path):
    """Two personas or more get one report that compares them; every page knows of it."""
    reports = plan(
        example, TEMPLATE, tmp_path, comparison=COMPARISON, personas=["everyone", "gift_buyer", "busy_parent"]
    )
    assert [report.page.name for report in reports][2:] == ["busy_parent.html", "comparison.html"]
    assert reports[-1].persona_id == "" and reports[-1].parameters["persona_ids"] == ["busy_parent", "gift_buyer"]
    assert {report.facts["comparison"] for report in reports} == {"comparison.html"}


@pytest.mark.parametrize("personas", [["busy_parent"], ["everyone", "busy_parent"]])
def test_one_persona_is_not_compared(example, tmp_path, personas):
    """One persona alone, or with everyone, gets no comparison and no link to one."""
    reports = plan(example, TEMPLATE, tmp_path, comparison=COMPARISON, personas=personas)
    assert len(reports) == len(personas) and reports[0].facts["comparison"] == ""


def test_personas_of_whom_nothing_is_known_are_not_compared(shop, notebook, tmp_path):
    """Two names without an answer or a statement leave nothing to compare."""
    assert len(plan(shop, notebook, tmp_path, comparison=COMPARISON)) == 3


@pytest.mark.parametrize(
    "names", [["Index", "comparison", "con"], ["lena", "Lena", "LENA"], ["caf\u00e9", "cafe\u0301"]]
)
def test_no_page_overwrites_another(names):
    """Names of our own pages, and names that only some file systems keep apart, get pages of their own."""
    pages = {page.casefold() for page in name_pages(["everyone", *names]).values()}
    assert len(pages) == len(names) + 1 and not pages & {"index.html", "comparison.html", "con.html"}


@pytest.mark.parametrize("name", ["../up", "a/b", "a\\b", "what?", "x:y"])
def test_a_page_is_a_file_in_its_folder(name):
    """Whatever a persona is called, its page lies beside the others and may be called so on every machine."""
    assert not set(name_pages([name])[name]) & set('/\\:*?"<>|')


def test_a_page_keeps_its_name_in_a_run_of_its_own(example, tmp_path):
    """A run for one persona writes the page that a run for all would write."""
    alone = plan(example, TEMPLATE, tmp_path, personas=["gift_buyer"])[0].page
    assert alone in [report.page for report in plan(example, TEMPLATE, tmp_path)]
