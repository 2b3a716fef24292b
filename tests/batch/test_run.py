"""Tests of a whole run: many reports at once, and what a failure does to the others."""

from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool

import pytest

from cjm_helpers.batch import run
from cjm_helpers.batch.report import Outcome
from cjm_helpers.errors import ParameterError


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


def test_a_wrong_parameter_starts_nothing(shop, notebook, tmp_path, monkeypatch):
    """A misspelt wave is refused before any kernel starts and before any file is made."""
    monkeypatch.setattr(run, "make_report", lambda report: pytest.fail("a report was started"))
    with pytest.raises(ParameterError):
        run.report_study(shop.folder, out=tmp_path / "out", wave="2001", notebook=notebook)
    assert not (tmp_path / "out").exists()


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
