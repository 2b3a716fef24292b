"""Tests of one report: it becomes a page, or a sentence that says why not."""

import errno
from dataclasses import replace
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from nbclient.exceptions import DeadKernelError
from nbformat import write
from nbformat.v4 import new_code_cell, new_notebook, new_output

from cjm_helpers.batch import report as room
from cjm_helpers.batch.pages.failures import DIED
from cjm_helpers.batch.report import SUMMARY_TYPE, find_summary, make_report
from cjm_helpers.errors import CjmError

HANDED_OVER = new_code_cell(outputs=[new_output("display_data", {SUMMARY_TYPE: {"small_map": "<svg/>"}})])
MADE = new_notebook(cells=[new_code_cell(), HANDED_OVER, new_code_cell()])


def test_a_failed_report_leaves_no_older_page(report):
    """A page of an earlier run would pass for this run's, so it goes."""
    report.page.write_text("old")
    outcome = make_report(replace(report, notebook=report.page.with_name("gone.ipynb")))
    assert outcome.failure == "The report could not be made: the file gone.ipynb is missing."
    assert not report.page.exists()


def test_a_page_that_cannot_be_written_is_a_failure(report, monkeypatch):
    """Whatever goes wrong after the kernel is told too, instead of stopping the run."""
    monkeypatch.setattr(room, "run_notebook", lambda *_, **__: new_notebook(cells=[new_code_cell(), new_code_cell()]))
    assert "hands no summary over" in make_report(report).failure


def test_summaries_of_several_cells_are_gathered():
    """What two cells hand over becomes one summary."""
    kind = room.SUMMARY_TYPE
    outputs = [{"data": {kind: {"small_map": "<svg/>", "n": 41}}}, {"data": {kind: {"without_persona": 3}}}, {}]
    notebook = SimpleNamespace(cells=[{"outputs": outputs}, {"cell_type": "markdown"}])
    assert find_summary(notebook) == {"small_map": "<svg/>", "n": 41, "without_persona": 3}


def test_a_report_without_small_map_is_refused():
    """A notebook that hands no small map over cannot be listed, so it is a failure."""
    with pytest.raises(CjmError, match="hands no summary over"):
        find_summary(SimpleNamespace(cells=[]))


def test_a_comparison_needs_no_small_map():
    """The report that compares the personas has no row in the index, so it hands over what it likes."""
    assert find_summary(SimpleNamespace(cells=[]), needs=()) == {}


def test_a_dead_kernel_is_tried_once_more(report, monkeypatch):
    """A kernel that is ended from outside gets one more try; then it is a failure."""
    ends, tries = iter([DeadKernelError(), MADE, DeadKernelError(), DeadKernelError()]), []

    def run(notebook, **told):
        tries.append(told["limit"])
        end = next(ends)
        if isinstance(end, Exception):
            raise end
        return end

    monkeypatch.setattr(room, "run_notebook", run)
    assert make_report(report, limit=7).failure == "" and tries == [7, 7]
    assert make_report(report).failure == DIED and len(tries) == 4


def test_a_report_that_takes_too_long_is_stopped(report, tmp_path):
    """The limit holds for all cells of a report together, and the sentence says what to do."""
    write(new_notebook(cells=[new_code_cell("import time; time.sleep(60)")]), tmp_path / "slow.ipynb")
    outcome = make_report(replace(report, notebook=tmp_path / "slow.ipynb", parameters={}), limit=1)
    assert "took longer than 1 second" in outcome.failure and "--limit" in outcome.failure
    assert 1 <= outcome.seconds < 60


@pytest.mark.parametrize("notebook", [MADE, new_notebook(cells=[new_code_cell(), new_code_cell()])])
def test_a_pdf_of_an_older_page_goes(report, monkeypatch, notebook):
    """Whether the page is made anew or fails: its PDF would pass for that of this run."""
    monkeypatch.setattr(room, "run_notebook", lambda *_, **__: notebook)
    report.page.with_suffix(".pdf").write_text("old")
    make_report(report)
    assert not report.page.with_suffix(".pdf").exists()


def test_a_full_disk_is_no_failure_of_one_report(report, monkeypatch):
    """The run must end: no other page could be written either."""
    monkeypatch.setattr(room, "run_notebook", lambda *_, **__: MADE)
    monkeypatch.setattr(room.page, "write_page", Mock(side_effect=OSError(errno.ENOSPC, "no space left")))
    with pytest.raises(OSError, match="no space left"):
        make_report(report)
