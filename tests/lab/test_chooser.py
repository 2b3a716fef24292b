"""The drop-downs for persona, wave and dimension: what they offer, what a pick does, and how long it lasts."""

import tempfile
from dataclasses import replace

import pytest
from lab.clicks import click, find

from cjm_helpers.errors import ParameterError
from cjm_helpers.lab import chooser
from cjm_helpers.lab.chooser import NOBODY, choose_part
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import new_study


@pytest.fixture(autouse=True)
def new_kernel(monkeypatch):
    """Forget what other tests picked, as a new kernel does."""
    monkeypatch.setattr(chooser, "_picks", {})


@pytest.fixture(scope="module")
def study():
    """Return the example with personas, waves and markets."""
    return open_study("retail_checkout")


@pytest.fixture(scope="module")
def blank():
    """Return a study where nobody has written anything."""
    return open_study(new_study(tempfile.mkdtemp()))


def labels(choice, id: str) -> list[str]:
    """Return what stands in a drop-down."""
    return [label for _, label in find(choice, id=id)["options"]]


def test_parameters_choose_at_first(study):
    """Before anybody picks, the part is the one the parameters name."""
    choice = choose_part(study, persona_id="busy_parent", wave="2026-03", dimension="market=Germany")
    assert (choice.persona_id, choice.wave, choice.dimension) == ("busy_parent", "2026-03", "market=Germany")
    assert choice.part.persona_id == "busy_parent"
    assert find(choice, id="wave")["value"] == "2026-03"


def test_newest_is_shown_as_its_wave(study):
    """The drop-down says which wave the newest one is."""
    assert find(choose_part(study), id="wave")["value"] == "2026-09"


def test_everything_the_study_has_is_offered(study):
    """Personas stand by their names, waves newest first, markets by themselves as there is one dimension."""
    choice = choose_part(study)
    assert labels(choice, "persona_id")[:2] == ["Everyone", "Lena, the time-poor parent"]
    assert labels(choice, "wave") == ["2026-09", "2026-03", "All waves"]
    assert labels(choice, "dimension") == ["all", "Austria", "Germany", "Netherlands"]


def test_nothing_to_choose_is_said(blank):
    """A study without personas, waves and dimensions has no drop-down, and a part all the same."""
    choice = choose_part(blank)
    assert [element["kind"] for element in choice.page()] == ["text"]
    assert choice.part.wave == "all"
    assert repr(choice) == "Everyone"


def test_a_persona_without_customers_is_said(study):
    """Where others answered, a persona that nobody is assigned to has a sentence in the form and on the static page."""
    none = {"persona_assignments": study.persona_assignments[:0]}
    choice = choose_part(replace(study, tables=study.tables | none), persona_id="busy_parent")
    assert NOBODY in [element.get("text") for element in choice.page()] and NOBODY in repr(choice)
    assert NOBODY not in repr(choose_part(study, persona_id="busy_parent"))


def test_a_pick_narrows_and_runs_the_cells_below(study):
    """Choosing changes the part at once, and asks the page to run what stands below."""
    choice = choose_part(study)
    answer = click(choice, "persona_id", persona_id="busy_parent", wave="2026-03", dimension="")
    assert (choice.part.persona_id, choice.part.wave) == ("busy_parent", "2026-03")
    assert answer["run"] == "below"


def test_a_pick_lasts_while_the_parameters_stay(study):
    """Running the cell again keeps what was picked, however often."""
    click(choose_part(study), "wave", persona_id="busy_parent", wave="2026-03", dimension="")
    for again in (choose_part(study), choose_part(study)):
        assert (again.persona_id, again.wave) == ("busy_parent", "2026-03")


def test_other_parameters_count(study):
    """A parameter that somebody changed wins over what was picked before, and stays when it is changed back."""
    click(choose_part(study), "wave", persona_id="busy_parent", wave="2026-03", dimension="")
    assert choose_part(study, persona_id="gift_buyer").persona_id == "gift_buyer"
    assert choose_part(study).persona_id == "everyone"


def test_a_pick_that_is_gone_is_forgotten(study):
    """Where the study no longer has what was picked, the parameters count again."""
    click(choose_part(study), "persona_id", persona_id="busy_parent", wave="2026-09", dimension="")
    personas = study.personas.query("persona_id != 'busy_parent'")
    changed = type(study)(study.folder, study.settings, {**study.tables, "personas": personas})
    assert choose_part(changed).persona_id == "everyone"


def test_unknown_values_are_refused(study):
    """A value that the study does not know is refused as select_rows does."""
    with pytest.raises(ParameterError, match="busy_parnt.*Did you mean 'busy_parent'"):
        choose_part(study, persona_id="busy_parnt")


def test_static_page_is_one_line(study):
    """Without a kernel one line says what was chosen."""
    bundle = choose_part(study, persona_id="first", dimension="market=Austria")._repr_mimebundle_()
    assert bundle["text/plain"] == "Persona: Lena, the time-poor parent · Wave: 2026-09 · Market: Austria"
    assert bundle["text/html"] == f"<p>{bundle['text/plain']}</p>"
