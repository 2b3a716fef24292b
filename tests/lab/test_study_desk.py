"""The study's buttons: each does its work, shows what came of it, and writes only when it is clicked."""

import re
import subprocess
import sys
from threading import Event
from types import SimpleNamespace

import pytest
from lab.clicks import click, find, give_file, read, wait
from openpyxl import load_workbook
from pandas import DataFrame

from cjm_helpers.errors import StudyNotFound
from cjm_helpers.lab import report_parts
from cjm_helpers.lab.start import ROOT
from cjm_helpers.lab.study_desk import show_desk
from cjm_helpers.lab.study_parts import FORM, WHERE
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import kit_folder, new_study

TOUCHPOINTS = "touchpoint_id,name,stage\nsearch,Search,Awareness\npay,Payment,Purchase\n"
PERSONAS = "persona_id,name\nlena,Lena\n"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Return the folder of a small study, within what JupyterLab shows."""
    monkeypatch.setenv(ROOT, str(tmp_path))
    folder = new_study(tmp_path / "shop")
    (folder / "worksheets" / "touchpoints.csv").write_text(TOUCHPOINTS, encoding="utf-8")
    (folder / "worksheets" / "personas.csv").write_text(PERSONAS, encoding="utf-8")
    return folder


@pytest.fixture
def broken(place):
    """Return the folder of a study that does not open: a touchpoint lies in a stage that nobody declared."""
    file = place / "worksheets" / "touchpoints.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("Purchase", "Purchas"), encoding="utf-8")
    return place


def draw(journey):
    """Draw a journey as the notebook would, only faster."""

    def save(path):
        path.write_text("saved", encoding="utf-8")
        return path

    return SimpleNamespace(svg=f"<svg>{journey.persona_id}</svg>", save=save)


def say(*lines: str, code: int = 0):
    """Return what stands for `cjm report`: a process that prints these lines."""
    script = f"import sys; print({chr(10).join(lines)!r}); sys.exit({code})"
    return lambda folder, options: subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, start_new_session=True
    )


def test_static_page_names_the_buttons(place):
    """Where nothing can be clicked, one sentence says what there is to click; no folder of this machine is named."""
    bundle = show_desk(place, draw=draw)._repr_mimebundle_()
    names = "New study, Bring in a file, Check, Excel out, Excel in, Draw the map, Make reports."
    assert bundle["text/plain"].endswith(f"In JupyterLab, run this cell to use: {names}")
    assert str(place.parent) not in bundle["text/html"]


def test_without_drawing_there_is_no_map(place):
    """A desk that was not told how to draw offers no map."""
    assert "Draw the map" not in read(show_desk(place))


def test_an_unknown_place_is_refused():
    """A place that is no study is refused with the names of the examples."""
    with pytest.raises(StudyNotFound, match="retail_checkout"):
        show_desk("nowhere")


def test_faults_are_shown_where_the_study_does_not_open(broken):
    """A study with faults still has its buttons, and says each fault with its place and what is allowed."""
    desk = show_desk(broken)
    said = read(desk)
    assert "1 thing is wrong" in said
    assert find(desk, kind="link")["inside"] == "shop/worksheets/touchpoints.csv"
    assert "touchpoints.csv, row 3, column stage" in said and "Did you mean 'Purchase'?" in said
    assert "New study" in said


def test_a_broken_study_toml_is_said(place):
    """A study.toml that cannot be read names the desk by its folder, and is a fault like any other."""
    (place / "study.toml").write_text("name = ", encoding="utf-8")
    said = read(show_desk(place))
    assert "The study 'shop'" in said and "1 thing is wrong" in said


def test_a_new_study_is_made_from_a_name(place):
    """A name is all that is asked; the study stands beside the others, and its first notebook is one click away."""
    desk = show_desk(place)
    click(desk, "new:open")
    click(desk, "new:make", name="Our Café", example="")
    made = place.parent / "our_cafe"
    assert open_study(made).name == "Our Café"
    assert find(desk, kind="link")["inside"] == "our_cafe/notebooks/00_start_here.ipynb"


def test_a_new_study_can_start_from_an_example(place):
    """A copy of an example holds its tables and bears the new name."""
    desk = show_desk(place)
    click(desk, "new:make", name="Try out", example="retail_checkout")
    made = open_study(place.parent / "try_out")
    assert made.name == "Try out" and len(made.touchpoints)


@pytest.mark.parametrize(("name", "sentence"), [(" ", "has no name yet"), ("Shop", "is not empty")])
def test_a_name_that_does_not_do_is_said_at_its_field(place, name, sentence):
    """Without a name, or with one whose folder is taken, nothing is made and the field says why."""
    desk = show_desk(place)
    click(desk, "new:make", name=name, example="")
    assert sentence in find(desk, id="name")["error"]
    assert [folder.name for folder in place.parent.iterdir()] == ["shop"]


def test_a_study_outside_jupyterlab_says_how_to_open_it(place, monkeypatch):
    """Where JupyterLab does not show the new folder, the command that opens it is said."""
    desk = show_desk(place)
    monkeypatch.delenv(ROOT)
    monkeypatch.chdir(place.parent)
    click(desk, "new:make", name="Elsewhere", example="")
    assert f"lab {place.parent / 'elsewhere'}" in read(desk)


def test_bring_in_goes_to_its_form(place):
    """The button leads to the form further down in the notebook."""
    assert click(show_desk(place), "bring:open")["go_to"] == FORM


def test_the_form_to_bring_in_stands_where_it_is_said():
    """The start notebook has the heading that the desk names, and the cell that it goes to."""
    notebook = (kit_folder() / "notebooks" / "00_start_here.ipynb").read_text(encoding="utf-8")
    assert re.search("'(.*)'", WHERE)[1] in notebook
    assert FORM in notebook


def test_check_says_what_is_wrong_and_what_to_know(place, broken):
    """Check says the faults; once they are mended, that there are none, and what to know."""
    desk = show_desk(broken)
    click(desk, "check:open")
    wait(desk)
    assert "Did you mean 'Purchase'?" in read(desk)
    (place / "worksheets" / "touchpoints.csv").write_text(TOUCHPOINTS, encoding="utf-8")
    click(desk, "check:open")
    wait(desk)
    assert "No faults" in read(desk)


def test_excel_goes_out_and_comes_back(place):
    """What was changed in Excel is listed first, and written by a second click only."""
    desk = show_desk(place)
    click(desk, "excel_out:open")
    wait(desk)
    file = place.parent / "reports" / "shop" / "shop.xlsx"
    assert find(desk, kind="link")["inside"] == "reports/shop/shop.xlsx"
    book = load_workbook(file)
    assert book["touchpoints"]["B3"].value == "Payment"
    book["touchpoints"]["B3"].value = "Payment page"
    book.save(file)
    give_file(desk, "workbook", name="shop.xlsx", content=file.read_bytes())
    click(desk, "excel_in:read")
    wait(desk)
    assert "Payment page" in read(desk)
    assert open_study(place).touchpoints["name"].tolist() == ["Search", "Payment"]
    click(desk, "excel_in:save")
    wait(desk)
    assert open_study(place).touchpoints["name"].tolist() == ["Search", "Payment page"]
    assert "Written." in read(desk)
    assert click(desk, "excel_in:run")["run"] == "all"


def test_excel_is_written_though_somebody_clicks_meanwhile(place, monkeypatch):
    """A click while the changes are written takes nothing away from under them."""
    desk, go_on, done = show_desk(place), Event(), []
    click(desk, "excel_in:open")
    part = desk._parts["excel_in"]
    part.changes = SimpleNamespace(save=lambda: done.append(go_on.wait(20)), table=DataFrame(), faults=())
    click(desk, "excel_in:save")
    click(desk, "excel_in:leave")
    go_on.set()
    wait(desk)
    assert done == [True] and "Written." in read(desk)


def test_excel_that_is_no_excel_is_refused(place):
    """A file that is no workbook is said at the place where it was chosen."""
    desk = show_desk(place)
    give_file(desk, "workbook", name="letter.xlsx", content=b"Dear all")
    click(desk, "excel_in:read")
    wait(desk)
    assert "letter.xlsx" in find(desk, id="workbook")["refusal"]


def test_the_map_is_drawn_and_saved(place):
    """The map of the chosen persona is shown, and saved only when asked to."""
    desk = show_desk(place, draw=draw)
    click(desk, "map:open")
    wait(desk)
    click(desk, "map:draw", map_persona="lena")
    wait(desk)
    assert find(desk, kind="picture")["source"].startswith("data:image/svg+xml")
    reports = place.parent / "reports" / "shop"
    assert not reports.exists()
    click(desk, "map:save", map_persona="lena")
    wait(desk)
    kinds = ("html", "pdf", "png", "pptx", "svg")
    assert sorted(file.name for file in reports.iterdir()) == [f"map_lena_all.{kind}" for kind in kinds]


def test_the_interview_guide_is_saved_beside_the_map(place):
    """A click on it writes the questions that the drawn map leaves open, and links to them; nothing else is written."""
    desk = show_desk(place, draw=draw)
    click(desk, "map:open")
    wait(desk)
    click(desk, "map:draw", map_persona="lena")
    wait(desk)
    click(desk, "map:guide", map_persona="lena")
    wait(desk)
    (guide,) = (place.parent / "reports" / "shop").iterdir()
    assert guide.name == "interview_guide_lena_all.md" and find(desk, kind="link")["label"] == guide.name
    text = guide.read_text(encoding="utf-8")
    assert text.startswith("# Interview guide: Lena") and "Search" in text
    assert "not know yet" in read(desk)
    click(desk, "map:draw", map_persona="lena")
    wait(desk)
    assert "not know yet" not in read(desk)


@pytest.mark.parametrize("part", ["map", "reports"])
def test_a_study_with_faults_gets_no_picture(broken, part):
    """What needs an open study says in a sentence that it does not open, and where to look."""
    desk = show_desk(broken, draw=draw)
    click(desk, f"{part}:open")
    wait(desk)
    assert "does not open yet. Choose Check" in find(desk, action=f"{part}:open")["refusal"]


def test_reports_end_in_a_link(place, monkeypatch):
    """While reports are made the page counts them; in the end it links to the page that lists them."""
    monkeypatch.setattr(
        report_parts, "start_command", say("Made Lena (1 of 2)", "Made Everyone (2 of 2)", "2 reports made.")
    )
    desk, told = show_desk(place), []
    desk.send = told.append
    click(desk, "reports:open")
    wait(desk)
    click(desk, "reports:make")
    wait(desk)
    assert {"kind": "progress", "action": "reports:make", "text": "Made Lena (1 of 2)", "share": 0.5} in told
    assert find(desk, kind="link")["inside"] == "reports/shop/index.html"


@pytest.mark.parametrize(("code", "links"), [(1, 1), (2, 0)])
def test_reports_that_fail_say_why(place, monkeypatch, code, links):
    """The sentences of the command are shown; a link stands where pages stand."""
    monkeypatch.setattr(report_parts, "start_command", say("No report for Lena: too small.", code=code))
    desk = show_desk(place)
    click(desk, "reports:open")
    wait(desk)
    click(desk, "reports:make")
    wait(desk)
    assert "No report for Lena: too small." in read(desk)
    assert sum(element["kind"] == "link" for element in desk.page()[-1]["elements"]) == links


@pytest.mark.skipif(sys.platform == "win32", reason="processes end otherwise there")
def test_reports_can_be_stopped(place, monkeypatch):
    """Stop ends the command and what it started, and says so."""
    script = "print('Made Lena (1 of 2)', flush=True); import time; time.sleep(60)"
    command = [sys.executable, "-c", script]
    options = {"stdout": subprocess.PIPE, "text": True, "start_new_session": True}
    monkeypatch.setattr(report_parts, "start_command", lambda *_: subprocess.Popen(command, **options))
    desk = show_desk(place)
    click(desk, "reports:open")
    wait(desk)
    click(desk, "reports:make")
    while "Made" not in desk.work["reports:make"].text:
        pass
    assert find(desk, action="reports:stop")
    click(desk, "reports:stop")
    wait(desk)
    assert "Stopped." in read(desk)
