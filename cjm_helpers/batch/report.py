"""Makes one report: runs its notebook in a kernel and writes its page, or says in plain words why it could not.

Nothing of the study is imported here, so that a worker process starts fast; the kernel opens the study.
"""

import errno
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from cjm_helpers import errors
from cjm_helpers.batch.kernels import run_notebook
from cjm_helpers.batch.pages import page
from cjm_helpers.batch.pages.failures import tell_trouble
from cjm_helpers.batch.quiet import ignore_warnings
from cjm_helpers.batch.records.reads import add_ledger, take_reads

SUMMARY_TYPE = "application/vnd.cjm.summary+json"
LIMIT_SECONDS = 600
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}  # every other report of the run would meet them too


@dataclass(frozen=True)
class Report:
    """One report to make: whom it is about, notebook and parameters, the page it becomes and the page's look.

    persona_id is "" for the report that compares the personas; lens says what the run varies, such as persona, wave and
    market, and this report's value of each; inputs, what goes into it besides rows, as `tell_inputs` tells it.
    """

    persona_id: str
    name: str
    notebook: Path
    page: Path
    look: Path
    parameters: Mapping[str, object]
    facts: Mapping[str, str]
    lens: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, object] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Outcome:
    """What became of a report: its summary (n, finding, figures, small map), or the sentence that says why not.

    trouble holds more of what stopped it, reads the digest of each table that it read, by part and name; seconds, how
    long it took; is_kept tells a page of an earlier run that stays, reason why a report is made anew, or why one that
    was not asked for and so stays would be.
    """

    report: Report
    summary: Mapping[str, object] = field(default_factory=dict)
    failure: str = ""
    trouble: object | None = None
    reads: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    is_kept: bool = False
    reason: str = ""


def make_report(report: Report, *, limit: float = LIMIT_SECONDS) -> Outcome:
    """Run one report's notebook and write its page; return a failure as a sentence instead of raising it.

    Parameters
    ----------
    report
        A planned report.
    limit
        Seconds that its notebook may take.

    Returns
    -------
    Outcome
        Where it failed, an older page of the same name is gone too: it would pass for this run's.

    Raises
    ------
    OSError
        When the disk is full or may only be read.

    Examples
    --------
    >>> gone = Report("a", "A", Path("gone.ipynb"), Path("a.html"), Path("html"), {}, {})
    >>> make_report(gone).failure
    'The report could not be made: the file gone.ipynb is missing.'
    """
    started = time.monotonic()
    try:
        import_module("nbconvert")  # both threads need it, and two that begin to import it at different ends fail
        with ThreadPoolExecutor(1) as aside:  # the look (1 s) is made ready while the kernel works
            look_is_ready = aside.submit(page.prepare_look, report.look)
            notebook, reads = take_reads(_run_twice(report, limit=limit))
            look_is_ready.result()
        summary = find_summary(notebook, needs=("small_map",) if report.persona_id else ())
        report.page.with_suffix(".pdf").unlink(missing_ok=True)  # printed from an older page
        with ignore_warnings():  # nbconvert warns of what no page shows, such as what a cell hands over
            page.write_page(notebook, _tell_data(report, reads), summary=summary)
    except Exception as error:  # whatever goes wrong in one report must not stop the others
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            raise
        told = tell_trouble(error, report)
        return drop_pages(Outcome(report, failure=told.sentence, trouble=told, seconds=time.monotonic() - started))
    return Outcome(report, summary, reads=reads, seconds=time.monotonic() - started)


def drop_pages(outcome: Outcome) -> Outcome:
    """Remove the page and the PDF that an earlier run made of a report which failed now; return the outcome."""
    for suffix in (".html", ".pdf"):
        with suppress(OSError):  # another program has it open: the index says that it failed
            outcome.report.page.with_suffix(suffix).unlink(missing_ok=True)
    return outcome


def _run_twice(report: Report, *, limit: float):
    """Run a report's notebook, once more where its kernel was ended from outside."""
    import nbformat

    told = {"parameters": report.parameters, "folder": report.notebook.parent, "limit": limit}
    notebook = add_ledger(nbformat.read(report.notebook, as_version=4), study=report.parameters.get("study", ""))
    try:
        return run_notebook(notebook, **told)
    except Exception as error:
        if type(error).__name__ != "DeadKernelError":
            raise
        return run_notebook(notebook, **told)


def _tell_data(report: Report, reads: Mapping[str, str]) -> Report:
    """Return the report with a digest of what it read, for its page."""
    read = repr(sorted([str(report.inputs.get("study.toml")), *reads.values()]))
    return replace(report, facts=report.facts | {"data_hash": sha256(read.encode()).hexdigest()[:12]})


def find_summary(notebook, *, needs: tuple[str, ...] = ("small_map",)) -> dict:
    """Gather what the notebook's cells hand over for the page of all personas.

    Raises
    ------
    CjmError
        When no cell hands over what that page needs.
    """
    summary: dict = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            summary |= output.get("data", {}).get(SUMMARY_TYPE, {})
    if not summary.keys() >= set(needs):
        raise errors.CjmError(f"The report's notebook hands no summary over: a cell must show {SUMMARY_TYPE}.")
    return summary
