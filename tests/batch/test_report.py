"""Tests of one report: it becomes a page, or a sentence that says why not."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from cjm_helpers.batch import report as room
from cjm_helpers.batch.report import find_summary, make_report, say_failure
from cjm_helpers.errors import CjmError, TooFewAnswers


def cell_failed(name, words, source=""):
    """Return an error as papermill raises it."""
    error = RuntimeError(words)
    error.ename, error.evalue, error.source = name, words, source
    return error


def test_our_own_errors_keep_their_sentence(report):
    """A sentence that our errors wrote is told as it is."""
    words = str(TooFewAnswers("Derived impact", 12, 50))
    assert say_failure(cell_failed("TooFewAnswers", words), report) == words


def test_other_errors_name_the_part(report):
    """Any other error is told with the heading under which it happened, without traceback and colours."""
    source = "import sys; print('a stray word'); print('a warning', file=sys.stderr)"
    told = say_failure(cell_failed("KeyError", "\x1b[31m'pay'\x1b[0m", source), report)
    assert told == "The report stopped in the part “What does the journey look like?” (KeyError: 'pay')."


def test_a_result_that_cannot_be_shown_is_named_too(report):
    """The kernel calls such an error NoneType; the last line of its traceback says what it was."""
    error = cell_failed("NoneType", "None")
    error.traceback = ["\x1b[31mTraceback\x1b[39m", "\x1b[31mNameError\x1b[39m: name 'x' is not defined"]
    assert "(NameError: name 'x' is not defined)" in say_failure(error, report)


def test_a_result_of_ours_that_cannot_be_shown_keeps_its_sentence(report):
    """Our errors show no traceback in a notebook, so the sentences below the cell are all there is."""
    error, words = cell_failed("NoneType", "None"), str(TooFewAnswers("The map: derived impact", 12, 50))
    error.traceback = f"An error occurred:\n{'-' * 18}\nmaps.show(part)\n{'-' * 18}\n\n\n{words}\n"
    assert say_failure(error, report) == words


def test_no_path_of_the_machine_is_told(report):
    """The folder of the study is told by its last name, without the way to it."""
    assert say_failure(CjmError("No rows in /secret/shop."), report) == "No rows in shop."


def test_a_failed_report_leaves_no_older_page(report):
    """A page of an earlier run would pass for this run's, so it goes."""
    report.page.write_text("old")
    outcome = make_report(replace(report, notebook=report.page.with_name("gone.ipynb")))
    assert outcome.failure == "The report could not be made: the file gone.ipynb is missing."
    assert not report.page.exists()


def test_a_page_that_cannot_be_written_is_a_failure(report, monkeypatch):
    """Whatever goes wrong after the kernel is told too, instead of stopping the run."""
    monkeypatch.setattr(room, "run_notebook", lambda report: SimpleNamespace(cells=[]))
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
