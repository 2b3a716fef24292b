"""Tests of planning: who gets a report, and which parameters are refused before any kernel starts."""

import pytest

from cjm_helpers.batch.plan import check_parameters, page_name, plan_reports
from cjm_helpers.errors import NotebookTakesNot, ParameterError
from cjm_helpers.study.kit import kit_folder

TEMPLATE = kit_folder() / "templates" / "reports" / "persona_report.ipynb"


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


def test_no_persona_can_overwrite_the_index():
    """A persona called index gets another page than the page that lists them all, whatever the letters' case."""
    assert page_name("Index") == "index_persona.html"
