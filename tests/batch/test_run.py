"""Tests of a whole run: many reports at once, and what a failure does to the others."""

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from functools import partial
from unittest.mock import Mock

import nbformat
import pytest

from cjm_helpers.batch import run
from cjm_helpers.batch.report import Outcome
from cjm_helpers.errors import CjmError, FolderRefused, ParameterError

SUMMARY = {"small_map": "<svg/>", "n": 1, "finding": "Lowest at 1.1"}


def pretend(report, *, limit, failures=None):
    """Return an outcome as if the report had been made, or had failed."""
    report.page.write_text("a page", encoding="utf-8")
    return Outcome(report, SUMMARY, (failures or {}).get(report.persona_id, ""))


@pytest.fixture(scope="module")
def done(shop, notebook, tmp_path_factory):
    """Return a run of the tiny notebook, which fails for Ben."""
    return run.report_study(shop.folder, out=tmp_path_factory.mktemp("out"), workers=2, notebook=notebook)


def test_a_failed_report_stops_no_other(done):
    """Everyone and Anna get their pages, Ben one that says why there is none, and the index lists all three."""
    pages = ["anna.html", "ben.html", "everyone.html", "index.html"]
    assert sorted(file.name for file in done.index.parent.glob("*.html")) == pages
    assert [outcome.report.persona_id for outcome in done.failures] == ["ben"]
    index = done.index.read_text(encoding="utf-8")
    assert 'href="anna.html"' in index and 'href="ben.html"' in index
    assert "raise KeyError(study)" in (done.index.parent / "ben.html").read_text(encoding="utf-8")
    assert "1 report could not be made" in index and "The report stopped in the part" in index


def test_outcomes_keep_the_order_of_the_plan(done):
    """Whatever finishes first, everyone comes first and the personas follow in the order of the worksheet."""
    assert [outcome.report.persona_id for outcome in done.outcomes] == ["everyone", "anna", "ben"]


def test_no_page_holds_a_path_of_the_machine(done, shop):
    """A page can be sent to anybody: neither it nor a failure names a folder of this machine."""
    pages = "".join(file.read_text(encoding="utf-8") for file in done.index.parent.iterdir() if file.is_file())
    assert str(shop.folder.parent) not in pages


def test_same_study_same_bytes_and_no_noise(shop, notebook, tmp_path, capfd):
    """Two runs give the same bytes, with nothing on stderr where that is no terminal."""
    runs = [run.report_study(shop.folder, out=tmp_path / name, personas=["anna"], notebook=notebook) for name in "ab"]
    pages = [(done.index.read_bytes(), done.outcomes[0].report.page.read_bytes()) for done in runs]
    assert pages[0] == pages[1]
    assert capfd.readouterr().err == ""


def test_personas_left_out_are_named(shop, notebook, tmp_path):
    """A run for one persona says which were not made, and links to a page of an earlier run."""
    (tmp_path / "ben.html").write_text("earlier")
    done = run.report_study(shop.folder, out=tmp_path, personas=["anna"], notebook=notebook)
    assert "Not made in this run" in done.index.read_text(encoding="utf-8")
    assert '<a href="ben.html">Ben</a>' in done.index.read_text(encoding="utf-8")


def test_a_failed_comparison_stops_no_other(example, tmp_path, monkeypatch):
    """Where the comparison fails, its page says so, for the personas' pages link there; the run goes on."""
    told = {"": "Too few to compare."}
    monkeypatch.setattr(run, "make_report", partial(pretend, failures=told))
    done = run.report_study(example.folder, out=tmp_path, workers=1)
    assert [outcome.report.page.name for outcome in done.failures] == ["comparison.html"] and len(done.outcomes) == 6
    assert "Too few to compare." in (tmp_path / "comparison.html").read_text(encoding="utf-8")


def test_the_index_says_how_far_the_data_reach(example, tmp_path, monkeypatch):
    """The days of answers, feedback and events, and which wave is compared with which, stand in the index."""
    monkeypatch.setattr(run, "make_report", pretend)
    index = run.report_study(example.folder, out=tmp_path, workers=1).index.read_text(encoding="utf-8")
    assert "2026-09 (1 to 30 September 2026), compared with 2026-03" in index
    assert "6,373 (1 to 29 September 2026)" in index and "30,875 (1 to 30 September 2026)" in index


def test_days_that_cannot_be_read_spoil_nothing(shop, notebook, tmp_path, monkeypatch):
    """What goes wrong beside the reports is said in the index, which is written all the same."""
    monkeypatch.setattr(run, "make_report", pretend)
    monkeypatch.setattr(run, "tell_window", Mock(side_effect=RuntimeError("no days")))
    index = run.report_study(shop.folder, out=tmp_path, workers=1, notebook=notebook).index
    assert "could not be read (RuntimeError: no days)" in index.read_text(encoding="utf-8")


def test_a_disk_that_fills_up_ends_the_run(shop, notebook, tmp_path, monkeypatch, capsys):
    """What is finished stays and is counted; the sentence says what to do, and the index of before is left."""
    (tmp_path / "index.html").write_text("of before", encoding="utf-8")
    came = iter([pretend, Mock(side_effect=OSError(errno.ENOSPC, "no space left"))])
    monkeypatch.setattr(run, "make_report", lambda report, limit: next(came)(report, limit=limit))
    with pytest.raises(FolderRefused, match="the disk is full: free some of it, then run the same command again"):
        run.report_study(shop.folder, out=tmp_path, workers=1, notebook=notebook)
    assert "Stopped after 1 of 3 reports; what is finished stays." in capsys.readouterr().err
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "of before"


def test_pages_that_are_deleted_during_the_run_are_said(shop, notebook, tmp_path, monkeypatch):
    """The index would lead nowhere: the sentence says so, and that the same command makes them again."""

    def delete_all(report, *, limit):
        for page in tmp_path.glob("*.html"):
            page.unlink()
        return pretend(report, limit=limit)

    monkeypatch.setattr(run, "make_report", delete_all)
    with pytest.raises(CjmError, match="2 of 3 pages were deleted from .* during the run. The same command makes them"):
        run.report_study(shop.folder, out=tmp_path, workers=1, notebook=notebook)


def test_a_wrong_parameter_starts_nothing(shop, notebook, tmp_path, monkeypatch):
    """A misspelt wave is refused before any kernel starts and before any file is made."""
    monkeypatch.setattr(run, "make_report", lambda *_, **__: pytest.fail("a report was started"))
    with pytest.raises(ParameterError):
        run.report_study(shop.folder, out=tmp_path / "out", wave="2001", notebook=notebook)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("workers", [0, -1])
def test_no_workers_are_refused(shop, workers):
    """Fewer than one report at a time is a sentence, not a traceback."""
    with pytest.raises(ParameterError, match="workers = '-?[01]' is not known. Allowed: 1 or more"):
        run.report_study(shop.folder, workers=workers)


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no signal to a group of processes")
@pytest.mark.parametrize(("end", "number"), [(os.killpg, signal.SIGINT), (os.kill, signal.SIGTERM)])
def test_control_c_and_kill_stop_everything(shop, notebook, tmp_path, end, number):
    """Both end the run within seconds: no page is left half made, no kernel works on, no copy of the study stays."""
    slow = nbformat.read(notebook, as_version=4)
    beat = f"    open({str(tmp_path)!r} + '/' + persona_id, 'w').write(str(beat)); time.sleep(0.1)"
    slow.cells[2].source = f"import time\nfor beat in range(600):\n{beat}"
    nbformat.write(slow, tmp_path / "slow.ipynb")
    (tmp_path / "aside").mkdir()
    words = ["report", str(shop.folder), "--out", str(tmp_path / "out"), "--notebook", str(tmp_path / "slow.ipynb")]
    listen = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"  # what runs aside is deaf to it
    run = f"from cjm_helpers import cli; cli.run(cli.read_arguments({[*words, '--workers', '2']}))"
    process = subprocess.Popen(
        [sys.executable, "-c", f"{listen}\n{run}"], start_new_session=True, stderr=subprocess.DEVNULL,
        env=os.environ | {"TMPDIR": str(tmp_path / "aside")},
    )  # fmt: skip
    beats = [tmp_path / "everyone", tmp_path / "anna"]
    deadline = time.monotonic() + 60
    while not all(file.exists() for file in beats) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert list((tmp_path / "aside").glob("cjm_opened*"))
    end(process.pid, number)
    assert process.wait(timeout=10) != 0
    time.sleep(1.5)  # a kernel looks once a second whether its worker is still there
    before = [file.read_text() for file in beats]
    time.sleep(0.5)
    assert [file.read_text() for file in beats] == before and not list((tmp_path / "out").glob("*.html"))
    assert not list((tmp_path / "aside").glob("cjm_opened*"))


def test_whoever_stops_listening_leaves_no_worker_behind(shop, notebook, tmp_path, monkeypatch):
    """Where what is said of a report finds no reader, the run ends, and its workers with it."""

    def stop_listening(outcomes, *, total):
        yield next(outcomes)
        raise BrokenPipeError

    monkeypatch.setattr(run, "show_progress", stop_listening)
    with pytest.raises(BrokenPipeError) as stopped:  # which holds every frame of the run
        run.report_study(shop.folder, out=tmp_path, workers=2, notebook=notebook)
    assert stopped and multiprocessing.active_children() == []
