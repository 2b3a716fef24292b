"""Tests of what a coder noted before choosing a code: kept at once, read again, and never in anybody's way."""

import pytest

from cjm_helpers.study.coding_notes import CodingNotes
from cjm_helpers.study.folder import check_study
from cjm_helpers.study.kit import new_study


@pytest.fixture
def folder(tmp_path):
    """A study from the blank template."""
    return new_study(tmp_path / "shop")


def open_notes(folder):
    """Return anna's notes as they stand on disk now."""
    notes = CodingNotes(folder, "anna")
    notes.read()
    return notes


def test_notes_are_on_disk_at_once(folder):
    """What is noted stands in the file before anything else happens, and is gone once it is noted no more."""
    notes = open_notes(folder)
    notes.put("f1", {"emotion": "-1", "note": "wütend?"})
    notes.mark_seen("f2")
    again = open_notes(folder)
    assert again.waiting == {"f1": {"touchpoint_id": "", "emotion": "-1", "note": "wütend?"}} and again.seen == {"f2"}
    notes.put("f1", {})
    assert open_notes(folder).waiting == {}


def test_notes_from_elsewhere_stay(folder):
    """What another window noted meanwhile is kept beside mine, and the same notes give the same bytes."""
    here, there = (open_notes(folder) for _ in range(2))
    there.put("f2", {"note": "later"})
    here.put("f1", {"note": "sooner"})
    assert list(open_notes(folder).waiting) == ["f1", "f2"]
    before = here.path.read_bytes()
    here.put("f1", {})
    here.put("f1", {"note": "sooner"})
    assert here.path.read_bytes() == before


def test_the_study_passes_its_checks_with_them(folder):
    """The file is hidden beside the codings, where no table is read from it."""
    open_notes(folder).put("f1", {"note": "sooner"})
    assert check_study(folder).faults == []


def test_notes_spoilt_while_somebody_codes_are_said(folder):
    """Where something else spoils the file between two notes, the next one says where the others are kept."""
    notes = open_notes(folder)
    notes.put("f1", {"note": "sooner"})
    notes.path.write_text("<<<<<<< HEAD", encoding="utf-8")
    assert "could not be read" in notes.put("f2", {"note": "later"})
    assert open_notes(folder).waiting.keys() == {"f2"}
