"""Tests of a whole run: many reports at once, and what a failure does to the others."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace

import nbformat
import pytest

from cjm_helpers.batch import run
from cjm_helpers.batch.report import Outcome
from cjm_helpers.errors import FolderRefused, ParameterError

SUMMARY = {"small_map": "<svg/>", "n": 1, "finding": "Lowest at 1.1"}


@pytest.fixture(scope="module")
def done(shop, notebook, tmp_path_factory):
    """Return a run of the tiny notebook, which fails for Ben."""
    return run.report_study(shop.folder, out=tmp_path_factory.mktemp("out"), workers=2, notebook=notebook)


def test_a_failed_report_stops_no_other(done):
    """Everyone and Anna get their pages, Ben gets none, and the index lists all three with his failure."""
    assert sorted(file.name for file in done.index.parent.iterdir()) == ["anna.html", "everyone.html", "index.html"]
    assert [outcome.report.persona_id for outcome in done.failures] == ["ben"]
    index = done.index.read_text(encoding="utf-8")
    assert 'href="anna.html"' in index and 'href="ben.html"' not in index
    assert "1 report could not be made" in index and "The report stopped in the part" in index


def test_outcomes_keep_the_order_of_the_plan(done):
    """Whatever finishes first, everyone comes first and the personas follow in the order of the worksheet."""
    assert [outcome.report.persona_id for outcome in done.outcomes] == ["everyone", "anna", "ben"]


def test_no_page_holds_a_path_of_the_machine(done, shop):
    """A page can be sent to anybody: neither it nor a failure names a folder of this machine."""
    pages = "".join(file.read_text(encoding="utf-8") for file in done.index.parent.iterdir())
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
    monkeypatch.setattr(run, "make_report", lambda one: Outcome(one, SUMMARY, told.get(one.persona_id, "")))
    done = run.report_study(example.folder, out=tmp_path, workers=1)
    assert [outcome.report.page.name for outcome in done.failures] == ["comparison.html"] and len(done.outcomes) == 6
    assert "Too few to compare." in (tmp_path / "comparison.html").read_text(encoding="utf-8")


def test_the_index_says_how_far_the_data_reach(example, tmp_path, monkeypatch):
    """The days of answers, feedback and events, and which wave is compared with which, stand in the index."""
    monkeypatch.setattr(run, "make_report", lambda report: Outcome(report, SUMMARY))
    index = run.report_study(example.folder, out=tmp_path, workers=1).index.read_text(encoding="utf-8")
    assert "2026-09 (1 to 30 September 2026), compared with 2026-03" in index
    assert "6,373 (1 to 29 September 2026)" in index and "30,875 (1 to 30 September 2026)" in index


def test_a_comparison_of_an_earlier_run_is_named(shop, notebook, tmp_path, monkeypatch):
    """A run without comparison leaves an older one in its place and says so, as it does for personas."""
    monkeypatch.setattr(run, "make_report", lambda report: Outcome(report, SUMMARY))
    (tmp_path / "comparison.html").write_text("earlier")
    done = run.report_study(shop.folder, out=tmp_path, workers=1, notebook=notebook)
    assert '<a href="comparison.html">Personas compared</a> (page of an earlier run)' in done.index.read_text("utf-8")


def test_the_longest_report_starts_first(report, monkeypatch):
    """The comparison, which takes longest, is handed to the workers before all others."""
    started = []

    class Pool(ThreadPoolExecutor):
        """Notes what is submitted instead of making it."""

        def submit(self, work, one):
            started.append(one.persona_id)
            return super().submit(Outcome, one)

    monkeypatch.setattr(run, "_pool", Pool)
    list(run._run_all((report, replace(report, persona_id="")), workers=2))
    assert started == ["", "anna"]


def test_a_wrong_parameter_starts_nothing(shop, notebook, tmp_path, monkeypatch):
    """A misspelt wave is refused before any kernel starts and before any file is made."""
    monkeypatch.setattr(run, "make_report", lambda report: pytest.fail("a report was started"))
    with pytest.raises(ParameterError):
        run.report_study(shop.folder, out=tmp_path / "out", wave="2001", notebook=notebook)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("workers", [0, -1])
def test_no_workers_are_refused(shop, workers):
    """Fewer than one report at a time is a sentence, not a traceback."""
    with pytest.raises(ParameterError, match="workers = '-?[01]' is not known. Allowed: 1 or more"):
        run.report_study(shop.folder, workers=workers)


def test_pages_need_a_folder(shop, tmp_path, monkeypatch):
    """Where no page can be written, no report is started."""
    monkeypatch.setattr(run, "make_report", lambda report: pytest.fail("a report was started"))
    (tmp_path / "file").touch()
    with pytest.raises(FolderRefused, match="No page can be written to .*file"):
        run.report_study(shop.folder, out=tmp_path / "file")


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no signal to a group of processes")
def test_control_c_stops_everything(shop, notebook, tmp_path):
    """Control-C ends the run within seconds: no page is left half made, and no kernel works on."""
    slow = nbformat.read(notebook, as_version=4)
    beat = f"    open({str(tmp_path)!r} + '/' + persona_id, 'w').write(str(beat)); time.sleep(0.1)"
    slow.cells[2].source = f"import time\nfor beat in range(600):\n{beat}"
    nbformat.write(slow, tmp_path / "slow.ipynb")
    told = {"out": str(tmp_path / "out"), "notebook": str(tmp_path / "slow.ipynb"), "workers": 2}
    listen = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"  # what runs aside is deaf to it
    run = f"from cjm_helpers.batch.run import report_study; report_study({str(shop.folder)!r}, **{told})"
    process = subprocess.Popen(
        [sys.executable, "-c", f"{listen}\n{run}"], start_new_session=True, stderr=subprocess.DEVNULL
    )
    beats = [tmp_path / "everyone", tmp_path / "anna"]
    deadline = time.monotonic() + 60
    while not all(file.exists() for file in beats) and time.monotonic() < deadline:
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(timeout=10) != 0
    time.sleep(1.5)  # a kernel looks once a second whether its worker is still there
    before = [file.read_text() for file in beats]
    time.sleep(0.5)
    assert [file.read_text() for file in beats] == before and not list((tmp_path / "out").iterdir())


def test_a_worker_that_dies_takes_nobody_with_it(report, monkeypatch):
    """When a process is ended from outside, every unfinished report is run again by itself."""

    class DyingPool:
        """The first pool breaks; in later ones only the second report dies again."""

        pools = 0

        def __init__(self, workers):
            DyingPool.pools += 1

        def __enter__(self):
            return self

        def __exit__(self, *error):
            return False

        def submit(self, work, report):
            future = Future()
            dies = DyingPool.pools in (1, 3)
            future.set_exception(BrokenProcessPool()) if dies else future.set_result(Outcome(report, {"n": 1}))
            return future

    monkeypatch.setattr(run, "_pool", DyingPool)
    outcomes = list(run._run_all((report, report), workers=2))
    assert [outcome.failure for outcome in outcomes] == ["", run.DIED]
