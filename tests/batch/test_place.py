"""Tests of the folder of a run's pages: who may write there, and what is left of runs that were killed."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cjm_helpers.batch.place import hold_folder, usual_folder
from cjm_helpers.errors import FolderRefused
from cjm_helpers.study.kit import new_study

HOLD = """import os, sys
from pathlib import Path
from cjm_helpers.batch.place import hold_folder
with hold_folder(Path(sys.argv[1]), study=Path("shop")):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other(tmp_path):
    """Return the process of another run that holds a folder until it is killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, tmp_path / "out"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def list_names(folder: Path) -> list[str]:
    """Return the names of all files below a folder."""
    return sorted(file.name for file in folder.rglob("*") if file.is_file())


def test_two_runs_never_share_a_folder(other, tmp_path):
    """The second is refused in a sentence that names the first; when that is killed, nothing is in the way."""
    with pytest.raises(FolderRefused, match=rf"process {other.pid} on .* is making reports there"):
        hold_folder(tmp_path / "out", study=tmp_path).__enter__()
    other.kill()
    other.wait()
    assert (tmp_path / "out" / ".running").exists()
    with hold_folder(tmp_path / "out", study=tmp_path):
        assert f"process {os.getpid()} on " in (tmp_path / "out" / ".running").read_text(encoding="utf-8")
    assert list_names(tmp_path / "out") == ["study.txt"]


def test_a_folder_that_is_deleted_and_taken_again_stays_locked(tmp_path):
    """The run whose folder was deleted does not let go what another run holds since."""
    with hold_folder(tmp_path / "out", study=tmp_path):
        (tmp_path / "out").rename(tmp_path / "deleted")
        other = hold_folder(tmp_path / "out", study=tmp_path)
        other.__enter__()
    assert (tmp_path / "out" / ".running").exists()
    other.__exit__(None, None, None)
    assert not (tmp_path / "out" / ".running").exists()


def test_what_killed_runs_left_half_written_goes(tmp_path):
    """Only files that a run of ours writes beside their place are swept; all else in the folder stays."""
    kept = [".gitignore", ".htaccess", ".notes.2026", "anna.html", "logo.1.png", "study.txt"]
    (tmp_path / ".records").mkdir()
    for name in [".anna.html.417", ".manifest.json.9", "anna.417.part.pdf", ".records/.anna.html.json.3", *kept[:-1]]:
        (tmp_path / name).touch()
    with hold_folder(tmp_path, study=tmp_path):
        pass
    assert list_names(tmp_path) == kept


def test_two_studies_never_share_a_folder(tmp_path):
    """Pages of a study that still stands elsewhere are not overwritten, unless that is asked for."""
    mine, theirs, out = new_study(tmp_path / "a" / "shop"), new_study(tmp_path / "b" / "shop"), tmp_path / "out"
    with hold_folder(out, study=theirs):
        pass
    with pytest.raises(FolderRefused, match=r"reports of another study, '\.\./b/shop'; --force"):
        hold_folder(out, study=mine).__enter__()
    with hold_folder(out, study=mine, force=True):
        pass
    with hold_folder(out, study=mine):
        pass


def test_a_study_that_was_moved_keeps_its_pages(tmp_path):
    """Where the other study is gone, it is taken for this one; where both moved together, nothing has changed."""
    study, out = new_study(tmp_path / "a" / "shop"), tmp_path / "a" / "out"
    with hold_folder(out, study=study):
        pass
    (tmp_path / "a").rename(tmp_path / "b")
    with hold_folder(tmp_path / "b" / "out", study=tmp_path / "b" / "shop"):
        pass
    (tmp_path / "b" / "shop").rename(tmp_path / "shop")
    with hold_folder(tmp_path / "b" / "out", study=tmp_path / "shop"):
        pass
    assert (tmp_path / "b" / "out" / ".records" / "study.txt").read_text(encoding="utf-8") == "../../shop"


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    """A file that stands where the folder should be is said in a sentence."""
    (tmp_path / "file").touch()
    with pytest.raises(FolderRefused, match="No page can be written to .*file"):
        hold_folder(tmp_path / "file", study=tmp_path).__enter__()


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "the disk is full: free some"), (errno.EDQUOT, "you may use"), (errno.EROFS, "only be read")],
)
def test_a_disk_that_fills_up_is_said(tmp_path, number, words):
    """What can be mended is said in a sentence, when it happens, and another run may follow."""
    with pytest.raises(FolderRefused, match=words), hold_folder(tmp_path, study=tmp_path):
        raise OSError(number, os.strerror(number))
    with hold_folder(tmp_path, study=tmp_path):
        pass


def test_other_errors_are_not_taken_for_the_folder_s(tmp_path):
    """An error that says nothing of the disk comes through as it is."""
    with pytest.raises(FileNotFoundError), hold_folder(tmp_path, study=tmp_path):
        raise FileNotFoundError(errno.ENOENT, "no such file")


@pytest.mark.parametrize(
    ("wave", "folder"),
    [("newest", ""), ("2026-03", "/2026-03"), ("Q3/2026", "/Q3_2026"), ("Q3:2026", "/Q3_2026_2"), ("..", "/wave ..")],
)
def test_a_wave_s_pages_have_a_folder_of_their_own(tmp_path, wave, folder):
    """Whatever a wave is called, its folder lies below the study's, and no other wave has it."""
    study = new_study(tmp_path / "shop")
    waves = ("2026-03", "Q3/2026", "Q3:2026", "..")
    told = [f'[[waves]]\nid = "{id_}"\nstart = 202{n}-01-01\nend = 202{n}-02-01\n' for n, id_ in enumerate(waves)]
    with (study / "study.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + "\n".join(told))
    assert usual_folder(study, wave=wave) == Path(f"reports/shop{folder}")


def test_many_reports_have_a_folder_of_their_own(shop):
    """Pages of each combination, and of a table of reports, replace no others."""
    many = {"each": ("persona", "market"), "wave": "all"}
    assert usual_folder(shop.folder, **many) == Path("reports/shop/each_persona_market/all")
    assert usual_folder(shop.folder, rows="lists/runs.csv") == Path("reports/shop/rows_runs")
    assert usual_folder(shop.folder, notebook="own/mine.ipynb", wave="all") == Path("reports/shop/by_mine/all")
