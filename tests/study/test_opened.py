"""Keeping an opened study for the kernels of a run."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from threading import Timer

import pandas as pd
import pytest

from cjm_helpers.study import digests
from cjm_helpers.study import folder as opening
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.locks import take_lock
from cjm_helpers.study.opened import PLACE, PREFIX, keep_opened, take_opened

CHANGES = {
    "a row more": ("worksheets/touchpoints.csv", "touchpoint_id,name,stage\nadvert,Advert,Look\n"),
    "a sheet more": ("worksheets/goals.csv", "goal_id,statement\ng1,Sell\n"),
    "a sheet that nobody can read": ("worksheets/more.xlsx", ""),
    "another setting": ("study.toml", 'format = 1\nname = "Big shop"\nstages = ["Look", "Buy"]\n'),
}


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path_factory, monkeypatch):
    """Let nothing stand in the folder for temporary files but what the test brings."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("temporary")))


def test_an_opened_study_is_not_read_again(folder, monkeypatch):
    """Inside the block, opening neither reads nor checks, and gives the same tables."""
    study = open_study(folder)
    with keep_opened(study):
        monkeypatch.setattr(opening, "_load", None)
        again = open_study(folder)
    assert (again.settings, again.data_hash) == (study.settings, study.data_hash)
    for name, frame in study.tables.items():
        pd.testing.assert_frame_equal(again.tables[name], frame)


def test_rows_are_digested_once_a_run(folder, monkeypatch):
    """The ledger of each report holds the digests of the rows as the run has opened them."""
    study = open_study(folder)
    with keep_opened(study):
        monkeypatch.setattr(digests, "_digest_each", None)
        taken = open_study(folder)
        assert all(taken.tables.digest(name) == study.tables.digest(name) for name in study.tables)


def test_another_process_takes_it_wherever_it_stands(folder, monkeypatch):
    """A kernel works in another folder than the run, which may have been given the study's place in short."""
    monkeypatch.chdir(folder.parent)
    with keep_opened(open_study(folder.name)):
        code = "import sys; from cjm_helpers.study.opened import *; print(take_opened(Path(sys.argv[1])).folder)"
        run = [sys.executable, "-c", code, str(folder)]
        assert subprocess.run(run, cwd="/", capture_output=True, text=True, check=True).stdout.strip() == str(folder)


@pytest.mark.parametrize(("file", "text"), CHANGES.values(), ids=CHANGES)
def test_a_file_changed_in_between_is_read_anew(folder, file, text):
    """What a run keeps is taken only while every file is as it was when the study was opened."""
    with keep_opened(open_study(folder)):
        assert take_opened(folder)
        (folder / file).write_text(text, encoding="utf-8")
        assert take_opened(folder) is None


def test_a_file_changed_before_it_was_kept_is_read_anew(folder):
    """A worksheet saved after the run had opened the study is in the first report already."""
    study, personas = open_study(folder), folder / "worksheets/personas.csv"
    personas.write_text(personas.read_text(encoding="utf-8").replace("Omar", "Oma"), encoding="utf-8")
    with keep_opened(study):
        assert "Oma" in open_study(folder).personas["name"].tolist()


def test_an_imported_table_that_is_gone_is_missed(folder):
    """Events are not read on opening, but a study whose import is gone does not open."""
    events = folder / "imported/events.parquet"
    events.write_bytes(b"")
    with keep_opened(open_study(folder)):
        assert take_opened(folder)
        events.unlink()
        assert take_opened(folder) is None


def test_another_study_is_not_taken(folder):
    """Each study has its own files."""
    with keep_opened(open_study("clinic_visit")):
        assert open_study(folder).name == "Small shop"


def test_nobody_else_may_read_it(folder):
    """It holds what customers said, so it is its owner's alone."""
    with keep_opened(open_study(folder)) as file:
        assert [place.stat().st_mode & 0o777 for place in (file, file.parent)] == [0o600, 0o700]


@pytest.mark.parametrize("place", ["file", "folder"])
def test_what_others_may_write_is_refused(folder, place):
    """Reading a kept study runs what it says, so one that another could have written is left alone."""
    with keep_opened(open_study(folder)) as file:
        (file if place == "file" else file.parent).chmod(0o722)
        assert take_opened(folder) is None


def test_another_users_file_is_refused(folder, monkeypatch):
    """Nobody can hand us a study by naming a file of theirs."""
    with keep_opened(open_study(folder)):
        monkeypatch.setattr(os, "getuid", lambda: -1)
        assert take_opened(folder) is None


def test_it_is_gone_in_the_end(folder):
    """Also where the run fails, and what the environment said before is said again."""
    study = open_study(folder)
    with keep_opened(study) as outer:
        with pytest.raises(KeyboardInterrupt), keep_opened(study) as file:
            raise KeyboardInterrupt
        assert not file.parent.exists() and os.environ[PLACE] == str(outer)
    assert PLACE not in os.environ and not outer.parent.exists()


KILLED = "import os, sys; from cjm_helpers.study.opened import *; from cjm_helpers.study.folder import open_study\n"
KILLED += "with keep_opened(open_study(sys.argv[1])) as file: os.kill(os.getpid(), 9)"


def test_what_a_killed_run_left_is_swept_up(folder):
    """The next run takes it away, not that of a run at work, nor of one that has only begun and may not hold it yet."""
    place = {"TMPDIR": tempfile.gettempdir()}
    subprocess.run([sys.executable, "-c", KILLED, str(folder)], env=os.environ | place)
    study, (left,) = open_study(folder), Path(tempfile.gettempdir()).iterdir()
    with keep_opened(study) as mine:
        made_now = Path(tempfile.mkdtemp(prefix=PREFIX))
        for one in (left, mine.parent):
            os.utime(one, (time.time() - 120,) * 2)
        with keep_opened(study):
            assert [one.exists() for one in (left, mine, made_now)] == [False, True, True]


def test_a_run_waits_until_its_own_folder_is_free(folder, monkeypatch):
    """Another run that sweeps may look at it just when it has been made."""
    made = []

    def make(**told):
        made.append(Path(make_folder(**told)))
        handle = os.open(made[0], os.O_RDONLY)
        assert take_lock(handle)
        Timer(0.2, os.close, [handle]).start()
        return made[0]

    make_folder = tempfile.mkdtemp
    monkeypatch.setattr(tempfile, "mkdtemp", make)
    with keep_opened(open_study(folder)):
        other = os.open(made[0], os.O_RDONLY)
        assert take_lock(other) is False
        os.close(other)


def test_what_may_be_of_another_machine_is_swept_up_a_day_later(folder, monkeypatch):
    """Where nobody can tell whether a run holds it, as on Windows and on disks that machines share."""
    monkeypatch.setattr("cjm_helpers.study.opened.take_lock", lambda handle, is_patient: None)
    old, new = (Path(tempfile.mkdtemp(prefix=PREFIX)) for _ in range(2))
    for one, days in ((old, 2), (new, 0.5)):
        os.utime(one, (time.time() - days * 86400,) * 2)
    with keep_opened(open_study(folder)):
        assert (old.exists(), new.exists()) == (False, True)


def test_without_room_each_report_reads_the_files(folder, monkeypatch):
    """A full disk costs time and no report."""
    monkeypatch.setattr("cjm_helpers.study.opened.pickle.dump", _find_no_room)
    with keep_opened(open_study(folder)):
        assert PLACE not in os.environ
        assert open_study(folder).name == "Small shop"


def test_opened_events_stay_behind():
    """A run that has looked at the events keeps the study without them; who takes it opens them itself."""
    study = open_study("care_after_purchase")
    assert study.events is not None
    with keep_opened(study):
        assert "events" not in vars(take_opened(study.folder))


def _find_no_room(*_):
    raise OSError(28, "No space left on device")
