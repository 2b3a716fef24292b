"""The form for study.toml by messages: what it shows, what it writes, and what it asks before it renames."""

import pytest
from lab.clicks import Page

from cjm_helpers.lab.settings_desk import describe_study
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import new_study


@pytest.fixture
def folder(tmp_path):
    """The folder of a study with one touchpoint."""
    folder = new_study(tmp_path / "study")
    rows = "touchpoint_id,name,stage\nweb,Website,Purchase\n"
    (folder / "worksheets" / "touchpoints.csv").write_text(rows, encoding="utf-8")
    return folder


@pytest.fixture
def form(folder):
    """The form of that study."""
    return Page(describe_study(open_study(folder)))


def test_saving_unchanged_writes_nothing(folder, form):
    """A form that is saved as it stands leaves study.toml letter by letter."""
    before = (folder / "study.toml").read_bytes()
    form.click("save")
    assert (folder / "study.toml").read_bytes() == before and "Saved." in form.text


def test_what_is_typed_is_saved(folder, form):
    """Name, organisation, scenario, smallest group and time zone stand in study.toml, which keeps its notes."""
    typed = {"name": "Checkout", "organisation": "Example Ltd", "scenario": "Buying", "starts_with": "sees an offer"}
    form.click("save", typed=typed | {"min_n": "8", "timezone": "Europe/Berlin"})
    settings = open_study(folder).settings
    assert (settings.name, settings.look, settings.min_n) == ("Checkout", {"organisation": "Example Ltd"}, 8)
    assert settings.scenario.starts_with == "sees an offer" and settings.timezone == "Europe/Berlin"
    assert "# Each round of listening." in (folder / "study.toml").read_text(encoding="utf-8")


def test_waves_questions_and_people_are_added(folder, form):
    """Lines that are added are filled and saved; a question's id is made from its name, people keep their spelling."""
    form.click("wave_add").click("metric_add").click("team_add")
    wave = {"wave:new1": "2026-03", "wave_start:new1": "2026-03-01", "wave_end:new1": "2026-03-31"}
    question = {"metric:new1": "Ease of payment", "question:new1": "How easy?", "max:new1": "7", "min:new1": "1"}
    form.click("save", typed=wave | question | {"person:new1": "Anna Ø", "team:new1": "Service"})
    form.click("save", typed={"emotion": "ease_of_payment"})
    settings = open_study(folder).settings
    assert settings.wave_ids == ("2026-03",) and settings.metrics["ease_of_payment"].max == 7
    assert settings.team == {"Anna Ø": "Service"} and settings.emotion == ("ease_of_payment",)


def test_a_name_that_begins_like_new_is_kept(folder, form):
    """Stages and people of the study are never taken for lines that were just added, whatever they are called."""
    form.click("stage_add").click("team_add")
    form.click("save", typed={"stage:new1": "new1", "person:new1": "Newton", "team:new1": "Research"})
    assert form.find("stage:new1")["value"] == "new1"
    form.click("stage_add").click("save", typed={"stage:new1_2": "newcomers", "team:Newton": "Service"})
    settings = open_study(folder).settings
    assert settings.stages[-2:] == ("new1", "newcomers") and settings.team == {"Newton": "Service"}


def test_lines_are_removed(folder, form):
    """A question, a wave and a person that are removed are gone from study.toml."""
    form.click("metric_add").click("team_add")
    form.click("save", typed={"metric:new1": "csat", "person:new1": "Ben", "team:new1": "Research"})
    form.click("metric_out:csat").click("team_out:Ben").click("save")
    settings = open_study(folder).settings
    assert not settings.metrics and not settings.team


def test_stages_are_moved_added_and_removed(folder, form):
    """The order of the form is the order of the journey."""
    form.click("stage_up:Advocacy").click("stage_out:Awareness").click("stage_add")
    form.click("save", typed={"stage:new1": "Return"})
    assert open_study(folder).settings.stages == ("Consideration", "Purchase", "Advocacy", "Retention", "Return")


def test_a_rename_asks_first(folder, form):
    """A stage that rows use is renamed there too, after the form said where and was told to."""
    form.click("save", typed={"stage:Purchase": "Buying"})
    assert "'Purchase' becomes 'Buying' in 1 rows as well (touchpoints.csv 1)." in form.text
    assert open_study(folder).settings.stages[2] == "Purchase"
    form.click("save_all", typed={"stage:Purchase": "Buying"})
    study = open_study(folder)
    assert study.settings.stages[2] == "Buying" and study.touchpoints["stage"].tolist() == ["Buying"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": " "}, "lacks the key 'name'"), ({"min_n": "1"}, "too small to keep people unrecognised"),
        ({"min_n": "few"}, "'few' is not readable as a number"), ({"stage:Purchase": ""}, "'Purchase' is not known"),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_refused(folder, form, typed, said):
    """The sentence stands at the button, what was typed stays, and nothing is written."""
    before = (folder / "study.toml").read_bytes()
    form.click("save", typed=typed)
    assert said in form.refusals and (folder / "study.toml").read_bytes() == before
    assert all(form.find(id)["value"] == value for id, value in typed.items())


def test_someone_elses_change_is_not_lost(folder, form):
    """A study.toml that changed since the form was shown is not overwritten."""
    with open(folder / "study.toml", "a", encoding="utf-8") as file:
        file.write('[team]\nben = "Research"\n')
    form.click("save", typed={"name": "Checkout"})
    assert "was changed by someone else" in form.refusals and open_study(folder).settings.team == {"ben": "Research"}


def test_an_example_is_read_only(example):
    """A shipped example shows what it says, and the offer of a copy."""
    page = Page(describe_study(example))
    assert "Make it my study" in page.text and not [one for one in page.elements if one.get("action") == "save"]


def test_an_example_becomes_ones_own(example, tmp_path, monkeypatch):
    """The offer makes a copy under the name that was typed, and links to it."""
    monkeypatch.chdir(tmp_path)
    page = Page(describe_study(example)).click("own", typed={"own_name": "Our shop"})
    assert open_study(tmp_path / "our_shop").name == "Our shop" and "Open it" in page.text


def test_the_static_page_is_a_plain_table(example):
    """Unattended, the form is a table of what study.toml says."""
    html, text = describe_study(example).describe()
    assert ">Retail checkout</td>" in html and "Question nps: 0 to 10, 10 is good" in text


def test_the_only_question_draws_the_curve(folder, form):
    """The first question, saved alone, fills what the map shows; a second one changes nothing there."""
    form.click("metric_add").click("save", typed={"metric:new1": "Satisfaction"})
    assert open_study(folder).settings.emotion == ("satisfaction",)
    assert form.find("emotion")["value"] == "satisfaction"
    form.click("metric_add").click("save", typed={"metric:new1": "Ease of use"})
    settings = open_study(folder).settings
    assert settings.emotion == ("satisfaction",) and settings.metrics["ease_of_use"].question == "Ease of use"
    assert "Ease of use (ease_of_use)" in form.text


@pytest.mark.parametrize(("typed", "kept"), [("Jörg", "Jörg"), ("Ana María", "Ana María"), ("Zoë/Ben", "zoe_ben")])
def test_people_keep_their_names(folder, form, typed, kept):
    """A name stays as it is written where a file can be called so, and a listener hears it beside the department."""
    form.click("team_add").click("team_add", typed={"person:new1": typed})
    assert form.find("team:new1")["label"] == f"Department of {typed}"
    form.click("team_out:new1_2").click("save", typed={"team:new1": "Reception"})
    assert open_study(folder).settings.team == {kept: "Reception"}
