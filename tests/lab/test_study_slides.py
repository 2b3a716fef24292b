"""The desk's slides, and what it says where a picture cannot be saved."""

import subprocess
import sys
from types import SimpleNamespace

import pytest
from lab.clicks import click, find, read, wait

from cjm_helpers.errors import CjmError
from cjm_helpers.lab import report_parts
from cjm_helpers.lab.start import ROOT
from cjm_helpers.lab.study_desk import show_desk
from cjm_helpers.study.kit import new_study


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Return the folder of a study with one touchpoint, within what JupyterLab shows."""
    monkeypatch.setenv(ROOT, str(tmp_path))
    folder = new_study(tmp_path / "shop")
    touchpoints = "touchpoint_id,name,stage\nsearch,Search,Awareness\n"
    (folder / "worksheets" / "touchpoints.csv").write_text(touchpoints, encoding="utf-8")
    return folder


def refuse_pictures(journey):
    """Draw a map that cannot be saved as PNG."""

    def save(path):
        if path.suffix == ".png":
            raise CjmError("No font on this machine has these letters.")
        path.write_text("saved", encoding="utf-8")
        return path

    return SimpleNamespace(svg="<svg></svg>", save=save)


def test_a_picture_that_cannot_be_saved_says_so_and_the_others_are(place):
    """The sentence stands where the link would; four other files are there."""
    desk = show_desk(place, draw=refuse_pictures)
    click(desk, "map:open")
    wait(desk)
    click(desk, "map:draw", map_persona="everyone")
    wait(desk)
    click(desk, "map:save", map_persona="everyone")
    wait(desk)
    assert "No font on this machine" in read(desk)
    assert len(list((place.parent / "reports" / "shop").iterdir())) == 4


def test_slides_end_in_a_link(place, monkeypatch):
    """The command is asked for slides of the study, and the file it makes is linked to."""
    asked = []

    def start(folder, words):
        asked.append(words)
        script = "print('Made the slides.')"
        return subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)

    monkeypatch.setattr(report_parts, "start_command", start)
    desk = show_desk(place)
    click(desk, "reports:open")
    wait(desk)
    click(desk, "reports:slides")
    wait(desk)
    assert asked[0][0] == "slides" and asked[0][-1].endswith("slides.pptx")
    assert find(desk, kind="link")["inside"] == "reports/shop/slides.pptx"
