"""Makes one report: runs its notebook in a kernel and writes its page, or says in plain words why it could not.

Nothing of the study is imported here, so that a worker process starts fast; the kernel opens the study.
"""

import logging
import re
import warnings
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from cjm_helpers import errors
from cjm_helpers.batch import pages

SUMMARY_TYPE = "application/vnd.cjm.summary+json"
START_SECONDS = 120
KERNEL_WAYS = {
    "shutdown_kernel": "immediate",  # one that is asked to end takes a second for it
    "extra_arguments": ["--IPKernelApp.log_level=50"],  # else one that is left alone says so on stderr as it ends
}
DIED = "The report could not be made: its process was ended from outside, perhaps for want of memory."
CELL_END = f"{'-' * 18}\n"  # what nbclient writes below the cell that stopped
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Report:
    """One report to make: whom it is about, notebook and parameters, the page it becomes and the page's look.

    persona_id is "" for the report that compares the personas; lens says what the run varies, such as persona, wave and
    market, and this report's value of each.
    """

    persona_id: str
    name: str
    notebook: Path
    page: Path
    look: Path
    parameters: Mapping[str, object]
    facts: Mapping[str, str]
    lens: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What became of a report: its summary (n, finding, figures, small map), or the sentence that says why not.

    trouble holds more of what stopped it, reads the digest of each table that it read, by part and name; seconds, how
    long it took; is_kept tells a page of an earlier run that nothing has changed for.
    """

    report: Report
    summary: Mapping[str, object] = field(default_factory=dict)
    failure: str = ""
    trouble: object | None = None
    reads: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    is_kept: bool = False


def make_report(report: Report) -> Outcome:
    """Run one report's notebook and write its page; return a failure as a sentence instead of raising it.

    Parameters
    ----------
    report
        A planned report.

    Returns
    -------
    Outcome
        Where it failed, an older page of the same name is gone too: it would pass for this run's.

    Examples
    --------
    >>> gone = Report("a", "A", Path("gone.ipynb"), Path("a.html"), Path("html"), {}, {})
    >>> make_report(gone).failure
    'The report could not be made: the file gone.ipynb is missing.'
    """
    try:
        with ThreadPoolExecutor(1) as aside:  # the look (1 s) is made ready while the kernel works
            look_is_ready = aside.submit(pages.prepare_look, report.look)
            notebook = run_notebook(report)
            look_is_ready.result()
        summary = find_summary(notebook, needs=("small_map",) if report.persona_id else ())
        pages.write_page(notebook, report, summary=summary)
    except Exception as error:  # whatever goes wrong in one report must not stop the others
        report.page.unlink(missing_ok=True)
        return Outcome(report, failure=say_failure(error, report))
    return Outcome(report, summary)


def run_notebook(report: Report):
    """Run a report's notebook by papermill and return it with its outputs; nothing is written.

    Raises
    ------
    PapermillExecutionError
        When a cell fails.
    """
    from jupyter_client.manager import KernelManager

    KernelManager.transport_encryption.default_value = "auto"  # else each kernel warns that its line is not encrypted
    logging.getLogger("papermill").setLevel(logging.CRITICAL)  # a kernel that dies is told in our own words
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import papermill

        return papermill.execute_notebook(
            report.notebook, None, parameters=dict(report.parameters), kernel_name="python3",
            cwd=report.notebook.parent, progress_bar=False, log_output=False, start_timeout=START_SECONDS,
            **KERNEL_WAYS,
        )  # fmt: skip


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


def say_failure(error: BaseException, report: Report) -> str:
    """Say in plain words what stopped a report: our own sentences as they are, others with the part they came from."""
    if isinstance(error, errors.CjmError):
        text = str(error)
    elif type(error).__name__ == "DeadKernelError":
        text = DIED
    elif isinstance(error, FileNotFoundError) and error.filename:
        text = f"The report could not be made: the file {Path(error.filename).name} is missing."
    elif hasattr(error, "evalue"):
        name, text = name_error(error)
        if not isinstance(getattr(errors, name, None), type):
            where = find_heading(report.notebook, error.source)
            text = f"The report stopped in the part “{where}” ({name}: {text})."
    else:
        text = f"The report could not be made ({type(error).__name__}: {error})."
    folder = str(report.parameters.get("study", ""))
    return COLOURS.sub("", text.replace(folder, Path(folder).name) if folder else text)


def name_error(error) -> tuple[str, str]:
    """Return the name and the words of the error that stopped a cell.

    A cell whose result cannot be shown arrives as "NoneType: None"; what happened then stands in the traceback alone:
    in its last line, or, where it is an error of ours, in all lines after the cell's own.
    """
    traceback = getattr(error, "traceback", "")
    text = COLOURS.sub("", traceback if isinstance(traceback, str) else "\n".join(traceback)).strip()
    if error.ename != "NoneType" or not text:
        return error.ename, error.evalue
    if "Traceback" not in text:
        return errors.CjmError.__name__, text.rpartition(CELL_END)[2].strip()
    name, _, words = text.splitlines()[-1].partition(": ")
    return name, words


def find_heading(notebook: Path, source: str) -> str:
    """Find the heading under which a cell stands."""
    import nbformat

    heading = "Settings"
    for cell in nbformat.read(notebook, as_version=4).cells:
        if cell.cell_type == "markdown" and cell.source.startswith("#"):
            heading = cell.source.splitlines()[0].lstrip("# ")
        if cell.source == source:
            break
    return heading
