"""The presentation of a study as a file."""

from types import SimpleNamespace

import pytest

from cjm_helpers import cli
from cjm_helpers.cli import slides
from cjm_helpers.errors import ParameterError


@pytest.fixture
def sketched(monkeypatch):
    """Let the deck be a sketch, so that a test takes no time; return what it was drawn from."""
    seen = {}

    def sketch(journeys, **options):
        seen.update(options, journeys=[part.persona_id for part in journeys])
        return SimpleNamespace(save=lambda path: path.write_text("deck"), slides=journeys, remarks=["Too pale."])

    monkeypatch.setattr(slides, "build_journey", lambda part, **options: part)
    monkeypatch.setattr(slides, "write_brief", lambda journey, *, changes: changes)
    monkeypatch.setattr(slides, "compare_waves", lambda parts: f"changes of {parts[0].persona_id}")
    monkeypatch.setattr(slides, "draw_slides", sketch)
    return seen


def test_a_deck_holds_each_persona_of_whom_something_is_known(sketched, tmp_path, capsys):
    """The journeys go to the deck with their briefs, changes and the study's look; the file and its slides are said."""
    file = tmp_path / "deck.pptx"
    assert cli.run(cli.read_arguments(["slides", "care_after_purchase", "--out", str(file)])) == cli.DONE
    assert sketched["journeys"] == ["first_owner", "daily_brewer", "keen_trier"]
    assert sketched["briefs"] == sketched["changes"] == [f"changes of {one}" for one in sketched["journeys"]]
    assert capsys.readouterr().out == f"Written: {file}, 3 slides. Too pale.\n"


def test_a_first_wave_has_no_changes(sketched, tmp_path):
    """Where no wave came before, the deck is told so; the personas stand in the order they were asked for."""
    slides.make_slides("clinic_visit", personas=["regular", "everyone"], out=tmp_path / "deck.pptx")
    assert sketched["changes"] == [None, None] and sketched["journeys"] == ["regular", "everyone"]


def test_an_unknown_persona_is_said_before_any_work(sketched, tmp_path):
    """Nothing is drawn and no folder made for an id that the study does not know."""
    with pytest.raises(ParameterError, match="Did you mean 'regular'"):
        slides.make_slides("clinic_visit", personas=["regulars"], out=tmp_path / "new" / "deck.pptx")
    assert not sketched and list(tmp_path.iterdir()) == []


def test_a_study_becomes_a_presentation(monkeypatch, tmp_path):
    """The true thing: one persona's deck is a file that presentation programs open."""
    from pptx import Presentation

    build = slides.build_journey
    monkeypatch.setattr(slides, "build_journey", lambda part, **options: build(part, seed=0, bootstraps=2))
    file, deck = slides.make_slides("clinic_visit", personas=["regular"], out=tmp_path / "deck.pptx")
    assert len(Presentation(file).slides) == len(deck.slides) > 5
