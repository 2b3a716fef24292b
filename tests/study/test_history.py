"""Keeping what a worksheet held before it was replaced."""

from datetime import UTC, datetime, timedelta

import pytest

from cjm_helpers.errors import ParameterError
from cjm_helpers.study import history
from cjm_helpers.study.folder import open_study, save_worksheet
from cjm_helpers.study.history import KEPT, keep_version, list_versions, restore_version
from cjm_helpers.study.tables import write_whole

FILE = "worksheets/codings/anna.csv"


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands until a test moves it."""

    class Clock(datetime):
        time = datetime(2026, 3, 5, 10, tzinfo=UTC)

        @classmethod
        def now(cls, _):
            return cls.time

    monkeypatch.setattr(history, "datetime", Clock)
    return Clock


def write_often(folder, *, first, count, clock, minutes=1):
    """Write the file again and again, each time after keeping it."""
    for number in range(first, first + count):
        write_whole(folder / FILE, b"%d" % number)
        keep_version(folder, FILE)
        clock.time += timedelta(minutes=minutes)


def test_a_version_says_when_and_holds_every_byte(tmp_path, clock):
    """The kept file lies under .history, under the path of the worksheet, with number and time in its name."""
    write_whole(tmp_path / FILE, b"\xef\xbb\xbfa;b\r\n")
    kept = keep_version(tmp_path, FILE)
    assert kept == tmp_path / ".history/worksheets/codings/anna.csv/00001-20260305T100000Z.csv"
    assert kept.read_bytes() == b"\xef\xbb\xbfa;b\r\n"
    assert list_versions(tmp_path, FILE) == [(1, clock.time, kept)]


def test_nothing_is_kept_of_nothing_new(tmp_path):
    """A file that is not there yet, or that stands as it was kept last, makes no version."""
    assert keep_version(tmp_path, FILE) is None
    write_whole(tmp_path / FILE, b"one")
    assert keep_version(tmp_path, FILE) and keep_version(tmp_path, FILE) is None
    assert len(list_versions(tmp_path, FILE)) == 1


def test_the_newest_twenty_are_kept(tmp_path, clock):
    """Of one day no more than twenty stand; the newest comes first, and numbers go on."""
    write_often(tmp_path, first=1, count=30, clock=clock)
    assert [version.number for version in list_versions(tmp_path, FILE)] == list(range(30, 30 - KEPT, -1))


def test_the_last_of_each_day_is_kept(tmp_path, clock):
    """Whoever saves a hundred times today can still go back to what stood yesterday evening."""
    write_often(tmp_path, first=1, count=3, clock=clock)
    clock.time += timedelta(days=1)
    write_often(tmp_path, first=4, count=100, clock=clock)
    kept = [version.path.read_bytes() for version in list_versions(tmp_path, FILE)]
    assert kept[KEPT:] == [b"3"] and kept[:2] == [b"103", b"102"]


def test_restoring_can_be_taken_back(tmp_path):
    """What stood before restoring is kept too."""
    for content in (b"first", b"second"):
        keep_version(tmp_path, FILE)
        write_whole(tmp_path / FILE, content)
    assert restore_version(tmp_path, FILE, number=1).read_bytes() == b"first"
    assert restore_version(tmp_path, FILE, number=2).read_bytes() == b"second"


def test_an_unknown_version_is_refused(tmp_path):
    """The numbers that are kept are said, and the file stays."""
    write_whole(tmp_path / FILE, b"one")
    keep_version(tmp_path, FILE)
    with pytest.raises(ParameterError, match="Allowed: 1"):
        restore_version(tmp_path, FILE, number=7)
    assert (tmp_path / FILE).read_bytes() == b"one"


def test_stray_files_stop_nobody(tmp_path, clock):
    """What a shared drive or a curious person leaves among the versions is passed over."""
    write_often(tmp_path, first=1, count=1, clock=clock)
    for name in ("00001-20260305T100000Z (copy).csv", "._00001-20260305T100000Z.csv", "notes-1.txt"):
        (tmp_path / ".history" / FILE / name).write_text("stray")
    write_often(tmp_path, first=2, count=1, clock=clock)
    assert [version.number for version in list_versions(tmp_path, FILE)] == [2, 1]


def test_saving_keeps_what_stood_before(folder):
    """Each save of a worksheet leaves the state before; what lies there is never read as a table."""
    before = (folder / "worksheets/personas.csv").read_bytes()
    study = open_study(folder)
    save_worksheet(study, "personas", frame=study.personas.assign(tagline="new"))
    assert [version.path.read_bytes() for version in list_versions(folder, "worksheets/personas.csv")] == [before]
    assert open_study(folder).personas["tagline"].tolist() == ["new", "new"]


def test_a_refused_save_keeps_nothing(folder):
    """Where nothing is written, there is nothing to take back."""
    study = open_study(folder)
    with pytest.raises(ValueError, match="no column"):
        save_worksheet(study, "personas", frame=study.personas.assign(mood="good"))
    assert not (folder / ".history").exists()
