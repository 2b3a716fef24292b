"""Maps as files: what is checked before any work, how the files are called, and what happens when one fails."""

from types import SimpleNamespace

import pandas as pd
import pytest

from cjm_helpers import cli
from cjm_helpers.cli import maps
from cjm_helpers.errors import CjmError, FolderRefused
from cjm_helpers.method.journey import build_journey
from cjm_helpers.study.kit import new_study


def stand_in(save) -> SimpleNamespace:
    """Return what stands for a drawn map of one sheet."""
    return SimpleNamespace(save=save, outline=None, split=lambda paper: [None])


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """Return a study of three personas without any data, two of whose ids differ in their capitals alone."""
    folder = new_study(tmp_path_factory.mktemp("maps") / "shop")
    personas = pd.DataFrame(
        {"persona_id": ["anna", "Anna", "安娜"], "name": ["Anna", "Other Anna", "安娜"], "basis": "proto"}
    )
    personas.to_csv(folder / "worksheets" / "personas.csv", index=False)
    return folder


@pytest.fixture
def sketched(monkeypatch):
    """Let maps be sketches that only say whose they are, so that a test takes no time; return whose were drawn."""
    drawn = []

    def sketch(journey):
        drawn.append(journey.persona_id)
        return stand_in(lambda path, paper: path.write_text(journey.persona_id))

    monkeypatch.setattr(maps, "build_journey", lambda part, **options: part)
    monkeypatch.setattr(maps, "draw_journey_map", sketch)
    return drawn


@pytest.fixture
def quick(monkeypatch):
    """Let the interval of an impact rest on few draws, which a test need not wait for."""
    monkeypatch.setattr(maps, "build_journey", lambda part, **options: build_journey(part, seed=0, bootstraps=2))


@pytest.mark.parametrize(
    "asked, sentence",
    [
        ({"personas": ["reg"]}, "persona_id = 'reg' is not known. Did you mean 'regular'?"),
        ({"wave": "2001"}, "wave = '2001' is not known."),
        ({"dimension": "session=night"}, "dimension = 'session=night' is not known."),
        ({"formats": ("svg", "jpg")}, "format = 'jpg' is not known."),
        ({"paper": "a5"}, "paper = 'a5' is not known."),
        ({"show": "all"}, "show = 'all' is not known."),
        ({"show": "personas", "personas": ["everyone"]}, "persona_id = 'everyone' is not known."),
        ({"show": "personas", "personas": ["regular"]}, "in wave '2026-05' there is regular."),
        ({"show": "changes"}, "There is no wave before '2026-05' to compare with."),
    ],
)
def test_all_is_checked_before_any_work(sketched, tmp_path, asked, sentence):
    """What cannot be made is said before anything is drawn or a folder is made."""
    with pytest.raises(CjmError) as refused:
        maps.draw_maps("clinic_visit", out=tmp_path / "maps", **asked)
    assert sentence in str(refused.value)
    assert not sketched and not (tmp_path / "maps").exists()


def test_a_folder_that_cannot_be_is_said(sketched, tmp_path):
    """A file where the folder should be is no reason for a traceback."""
    (tmp_path / "maps").write_text("taken")
    with pytest.raises(FolderRefused):
        maps.draw_maps("clinic_visit", out=tmp_path / "maps")


def test_everyone_and_each_persona_has_a_file(sketched, shop, tmp_path):
    """Ids that differ in capitals alone are files of their own on every machine."""
    files = list(maps.draw_maps(shop, out=tmp_path, formats=("svg",)))
    held = {file.path.name: file.path.read_text() for file in files}
    assert list(held.values()) == sketched == ["everyone", "anna", "Anna", "安娜"]
    assert len({name.casefold() for name in held}) == 4
    assert {file.path.parent for file in files} == {tmp_path}


def test_a_name_says_persona_wave_dimension_and_what_is_shown(sketched, tmp_path):
    """The files of one run never take the place of another's."""
    asked = {"personas": ["regular", "regular"], "dimension": "session=morning", "formats": ("png", "pdf", "png")}
    files = maps.draw_maps("clinic_visit", out=tmp_path, **asked)
    start = "regular_2026-05_session-morning_journey"
    assert [file.path.name for file in files] == [f"{start}.png", f"{start}.pdf"]


def test_many_personas_on_a_sheet_give_a_short_name():
    """Few stand in the name of their sheet; of many their number, and letters that are theirs alone."""
    many = [f"persona_{number}" for number in range(30)]
    assert maps._join(["anna", "ben"]) == "anna+ben"
    assert maps._join(many).startswith("30_") and maps._join(many) != maps._join(many[::-1])


def test_one_file_that_fails_stops_no_other(sketched, tmp_path, capsys):
    """The others are made, an older file of the same name is gone, and the exit code is 1."""
    older = tmp_path / "regular_2026-05_journey.mmd"
    older.write_text("journey")
    words = ["map", "clinic_visit", "--persona", "regular", "--format", "mermaid,svg", "--out", str(tmp_path)]
    assert cli.run(cli.read_arguments(words)) == cli.FAILED
    said = capsys.readouterr()
    assert f"Not made: {older}. {maps.NO_OUTLINE}" in said.err and "1 of 2 files made." in said.out
    assert [path.name for path in tmp_path.iterdir()] == ["regular_2026-05_journey.svg"]


def test_one_map_that_fails_stops_no_other(monkeypatch, sketched, shop, tmp_path):
    """Whatever goes wrong in one persona's journey is said in a sentence, and the next is drawn."""
    monkeypatch.setattr(maps, "build_journey", lambda part, **options: part if part.persona_id == "anna" else 1 / 0)
    files = list(maps.draw_maps(shop, personas=["Anna", "anna"], out=tmp_path, formats=("svg",)))
    assert [file.failure for file in files] == ["It could not be drawn (ZeroDivisionError: division by zero).", ""]


def test_a_map_that_breaks_off_leaves_nothing_behind(monkeypatch, shop, tmp_path):
    """A file is whole or not there; what was written beside it is gone too."""

    def break_off(path, paper):
        path.write_text("<sv")
        raise OSError("No space left on device")

    monkeypatch.setattr(maps, "build_journey", lambda part, **options: part)
    monkeypatch.setattr(maps, "draw_journey_map", lambda journey: stand_in(break_off))
    (file,) = maps.draw_maps(shop, personas=["anna"], out=tmp_path, formats=("svg",))
    assert "No space left on device" in file.failure and list(tmp_path.iterdir()) == []


def test_a_study_becomes_files_of_every_kind(quick, tmp_path, capsys):
    """The true thing: one persona's map in all formats, a line for each, and what Mermaid's text lacks."""
    words = ["--format", ",".join(maps.ENDINGS), "--paper", "a4", "--out", str(tmp_path)]
    assert cli.run(cli.read_arguments(["map", "clinic_visit", "--persona", "regular", *words])) == cli.DONE
    starts = {path.suffix: path.read_bytes()[:5] for path in tmp_path.iterdir()}
    assert starts == {
        ".svg": b"<svg ", ".png": b"\x89PNG\r", ".pdf": b"%PDF-", ".pptx": b"PK\x03\x04\x14", ".html": b"<!doc",
        ".mmd": b"journ",
    }  # fmt: skip
    said = capsys.readouterr().out
    assert said.count("Drawn: ") == 9 and "(It cannot carry 11 steps without a feeling, " in said
    assert said.endswith("9 of 9 files made.\n")


def test_personas_stand_on_one_sheet(quick, tmp_path):
    """The true thing: several personas give one file, named after them, in which their differences are told."""
    (file,) = maps.draw_maps(
        "clinic_visit", show="personas", personas=["regular", "companion"], out=tmp_path, formats=("svg",)
    )
    assert (file.path.name, file.failure) == ("regular+companion_2026-05_personas.svg", "")


@pytest.mark.parametrize("show", ["waves", "changes"])
def test_two_waves_are_compared_by_their_changes(monkeypatch, sketched, tmp_path, show):
    """Either map is handed the same changes; the difference map also what came, went and was carried out."""
    seen = {}

    def sketch(journey, changes, **options):
        seen.update(options, changes=changes)
        return stand_in(lambda path, paper: path.write_text(""))

    monkeypatch.setattr(maps, "compare_waves", lambda parts: f"{parts[0].earlier.wave} to {parts[0].wave}")
    monkeypatch.setattr(maps, "judge_done", lambda part, *, compared: f"done from {compared}")
    monkeypatch.setattr(maps, "draw_difference_map", sketch)
    monkeypatch.setattr(maps, "draw_journey_map", lambda journey, *, changes: sketch(journey, changes))
    (file,) = maps.draw_maps("retail_checkout", personas=["everyone"], show=show, out=tmp_path, formats=("svg",))
    assert file.path.name == f"everyone_2026-09_{show}.svg" and seen["changes"] == "2026-03 to 2026-09"
    if show == "changes":
        assert (
            seen["done"] == "done from 2026-03 to 2026-09" and "Code for a friend" in seen["moves"]["sentence"].iloc[0]
        )
