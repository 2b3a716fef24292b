"""Tests of a failed report: what stopped it in plain words, and the page that stands in its place."""

from dataclasses import replace

import pytest
from nbclient.exceptions import DeadKernelError

from cjm_helpers.batch.kernels import TimeUp
from cjm_helpers.batch.pages.failures import DIED, Trouble, hide_folders, tell_trouble, write_failure
from cjm_helpers.batch.report import Outcome, make_report
from cjm_helpers.errors import CjmError, TooFewAnswers

SOURCE = "import sys; print('a stray word'); print('a warning', file=sys.stderr)"
PART = "What does the journey look like?"


def cell_failed(name, words, *, source="", traceback=()):
    """Return an error as papermill raises it."""
    error = RuntimeError(words)
    error.ename, error.evalue, error.source, error.traceback = name, words, source, list(traceback)
    return error


@pytest.fixture(scope="module")
def failed(shop, notebook, tmp_path_factory):
    """Return the outcome for Ben, whose notebook really fails, and the text of his page."""
    from cjm_helpers.batch.plan import plan_reports
    from cjm_helpers.study.kit import kit_folder

    out, look = tmp_path_factory.mktemp("failed"), kit_folder() / "templates" / "reports" / "html"
    plan = plan_reports(shop, notebook=notebook, look=look, out=out, personas=["ben"])
    outcome = make_report(getattr(plan, "reports", plan)[0])
    return outcome, write_failure(outcome, look=look).read_text(encoding="utf-8")


def test_our_own_errors_keep_their_sentence(report):
    """A sentence that our errors wrote is told as it is, with the part but without a traceback."""
    words = str(TooFewAnswers("Derived impact", 12, 50))
    told = tell_trouble(cell_failed("TooFewAnswers", words, source=SOURCE, traceback=[words]), report)
    assert told == Trouble(words, PART, SOURCE, "", "TooFewAnswers")


def test_other_errors_name_the_part(report):
    """Any other error is told with the heading under which it happened, without traceback and colours."""
    told = tell_trouble(cell_failed("KeyError", "\x1b[31m'pay'\x1b[0m", source=SOURCE), report)
    assert told.sentence == f"The report stopped in the part “{PART}” (KeyError: 'pay')."


def test_a_result_that_cannot_be_shown_is_named_too(report):
    """The kernel calls such an error NoneType; the last line of its traceback says what it was."""
    lines = ["\x1b[31mTraceback\x1b[39m", "\x1b[31mNameError\x1b[39m: name 'x' is not defined"]
    told = tell_trouble(cell_failed("NoneType", "None", traceback=lines), report)
    assert "(NameError: name 'x' is not defined)" in told.sentence and told.error == "NameError"


def test_a_result_of_ours_that_cannot_be_shown_keeps_its_sentence(report):
    """Our errors show no traceback in a notebook, so the sentences below the cell are all there is."""
    error, words = cell_failed("NoneType", "None"), str(TooFewAnswers("The map: derived impact", 12, 50))
    error.traceback = f"An error occurred:\n{'-' * 18}\nmaps.show(part)\n{'-' * 18}\n\n\n{words}\n"
    assert tell_trouble(error, report).sentence == words


def test_what_is_no_fault_of_a_cell_names_no_part(report):
    """A kernel that was ended from outside and a full disk are told in a sentence of their own."""
    assert tell_trouble(DeadKernelError("Kernel died"), report) == Trouble(DIED, error="DeadKernelError")
    assert tell_trouble(OSError(28, "No space"), report).sentence == "The page could not be written: the disk is full."


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("No rows in /secret/shop.", "No rows in shop."),
        ("read /secret/shop/worksheets/kpis.csv", "read shop/worksheets/kpis.csv"),
        ("File /srv/somebody/x.py:7, in f", "File x.py:7, in f"),
        (r"File C:\anna\x.py:7", "File x.py:7"),
        ("see https://example.org/a/b and n/a, 3/4", "see https://example.org/a/b and n/a, 3/4"),
        ("<thing at 0x7f12ab34cd56>", "<thing at 0x…>"),
        ("File /srv/ipykernel_12/345.py:1", "File cell:1"),
    ],
)
def test_no_path_of_the_machine_is_told(said, told):
    """A folder is told by its last name at most; an address on the web stays."""
    assert hide_folders(said, study="/secret/shop") == told


def test_a_page_says_what_where_and_what_to_do(failed, shop):
    """The sentence comes first, then what to do, the part and its code; what Python said is folded."""
    outcome, page = failed
    marks = [
        outcome.failure.split("(")[0],
        "What to do",
        "cjm check shop",
        "persona_id = &#39;ben&#39;",
        "Where it stopped",
    ]
    marks += ["raise KeyError(study)", "<details>", "Traceback"]
    places = [page.index(mark) for mark in marks]
    assert places == sorted(places)
    assert str(shop.folder.parent) not in page and "\x1b" not in page


def test_a_failure_gives_the_same_bytes_again(failed, notebook):
    """A failed report's page holds nothing of the moment: no process number, no time."""
    outcome, page = failed
    again = make_report(replace(outcome.report, page=outcome.report.page.with_name("again.html")))
    assert again.trouble == outcome.trouble
    assert write_failure(again, look=outcome.report.look).read_text(encoding="utf-8") == page


def test_a_failure_without_a_cell_says_how_to_go_on(report):
    """Where no cell failed, the page holds the sentence and what to do, and no empty headings."""
    page = write_failure(Outcome(report, failure="Too <few>."), look=report.look).read_text(encoding="utf-8")
    assert "Too &lt;few&gt;." in page and 'href="index.html"' in page and "make the reports again" in page
    assert "Where it stopped" not in page and "<details" not in page


def test_a_process_ended_from_outside_is_advised(report):
    """Where memory may have been short, the page says how to need less of it."""
    outcome = Outcome(report, failure=DIED, trouble=tell_trouble(DeadKernelError("Kernel died"), report))
    assert "--workers 1" in write_failure(outcome, look=report.look).read_text(encoding="utf-8")


def test_a_study_of_any_name_keeps_the_sentence(report):
    """Hiding the study's folder leaves other words alone."""
    assert tell_trouble(CjmError("The shop is closed."), report).sentence == "The shop is closed."


def test_a_report_that_took_too_long_names_its_cell(report):
    """The sentence says how to give it more time; the page shows at which code the time was over."""
    told = tell_trouble(TimeUp(60, SOURCE), report)
    assert "--limit" in told.sentence and (told.step, told.cell, told.traceback) == (PART, SOURCE, "")
