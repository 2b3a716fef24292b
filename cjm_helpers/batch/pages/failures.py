"""Says in plain words what stopped a report, and writes the page that stands in the report's place."""

import errno
import os
import re
import sys
import sysconfig
import tempfile
from dataclasses import dataclass
from pathlib import Path

from cjm_helpers import errors
from cjm_helpers.batch.pages.page import fill_template, write_whole

DIED = "The report could not be made: its process was ended from outside, perhaps for want of memory."
CELL_END = f"{'-' * 18}\n"  # what nbclient writes below the cell that stopped
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
SETTINGS = "Settings"  # where a notebook's cells stand before its first heading
FOLDERS = re.compile(
    r"(?<![\w:/.<\\])(?:/|[A-Za-z]:\\)(?:[^\s/\\'\"<>:,;()]+[/\\])+"
)  # /a/b/ in front of a file's name
BY_CHANCE = {re.compile(r"0x[0-9a-f]{6,}"): "0x…", re.compile(r"ipykernel_\d+[/\\]\d+\.py"): "cell"}
NO_PAGE = {errno.ENOSPC: "the disk is full", errno.EDQUOT: "the disk space that you may use is full"}
HEED = "Set right what the sentence above names."
FEWER = "Give the machine more memory, or make fewer reports at a time: add --workers 1."
AGAIN = "Then make the reports again. Only what failed, or what something has changed for, is made."
SEND = "If that does not help, send this page to whoever looks after the workbook. It names no folder of your machine."


@dataclass(frozen=True)
class Trouble:
    """What stopped a report: our sentence, the failing step in words, its cell's code, the traceback and its error.

    step and cell are "" where no cell failed, traceback where the sentence is ours; none names a folder of the machine.
    """

    sentence: str
    step: str = ""
    cell: str = ""
    traceback: str = ""
    error: str = ""


def tell_trouble(error: BaseException, report) -> Trouble:
    """Tell what stopped a report: our own sentences as they are, others with the part they came from.

    Parameters
    ----------
    error
        As papermill, nbclient or our own code raised it.
    report
        The plan's Report: its notebook, parameters and page.

    Returns
    -------
    Trouble

    Examples
    --------
    >>> from types import SimpleNamespace as Report
    >>> tell_trouble(errors.CjmError("No rows in /srv/anna/shop."), Report(parameters={"study": "/srv/anna/shop"}))
    Trouble(sentence='No rows in shop.', step='', cell='', traceback='', error='CjmError')
    """
    source, study = getattr(error, "source", ""), str(report.parameters.get("study", ""))
    name, sentence, traceback = type(error).__name__, "", ""
    step = find_heading(report.notebook, source) if source else ""
    if hasattr(error, "evalue"):
        name, text = name_error(error)
        is_ours = isinstance(getattr(errors, name, None), type)
        sentence = text if is_ours else f"The report stopped in the part “{step or SETTINGS}” ({name}: {text})."
        traceback = "" if is_ours else _read_traceback(error)
    told = (sentence or _say_without_cell(error), step, source, traceback)
    return Trouble(*(hide_folders(one, study=study) for one in told), error=name)


def name_error(error) -> tuple[str, str]:
    """Return the name and the words of the error that stopped a cell.

    A cell whose result cannot be shown arrives as "NoneType: None"; what happened then stands in the traceback alone:
    in its last line, or, where it is an error of ours, in all lines after the cell's own.

    Examples
    --------
    >>> from types import SimpleNamespace as Error
    >>> name_error(Error(ename="NoneType", evalue="None", traceback=["Traceback ...", "NameError: no x"]))
    ('NameError', 'no x')
    """
    text = _read_traceback(error)
    if error.ename != "NoneType" or not text:
        return error.ename, error.evalue
    if "Traceback" not in text:
        return errors.CjmError.__name__, text.rpartition(CELL_END)[2].strip()
    name, _, words = text.splitlines()[-1].partition(": ")
    return name, words


def find_heading(notebook: Path, source: str) -> str:
    """Find the heading under which a cell stands.

    Examples
    --------
    >>> from cjm_helpers.study.kit import kit_folder
    >>> notebook = kit_folder() / "templates" / "reports" / "persona_report.ipynb"
    >>> find_heading(notebook, "cjm.charts.draw_kpis(parts.kpis)")
    'Where do the figures stand?'
    """
    import nbformat

    heading = SETTINGS
    for cell in nbformat.read(notebook, as_version=4).cells:
        if cell.cell_type == "markdown" and cell.source.startswith("##"):
            heading = cell.source.splitlines()[0].lstrip("# ")
        if cell.source == source:
            return heading
    return SETTINGS  # a cell that the run put in: the parameters


def hide_folders(text: str, *, study: str = "") -> str:
    """Return a text without colours, folders of this machine and what differs from run to run.

    Examples
    --------
    >>> hide_folders("File /srv/python/json/decoder.py:355, at 0x7f00aa", study="/srv/anna/shop")
    'File decoder.py:355, at 0x…'
    """
    text = COLOURS.sub("", text)
    for folder in sorted(filter(None, (study, *_list_folders())), key=len, reverse=True):
        kept = Path(folder).name if folder == study else ""
        text = text.replace(folder + ("" if kept else "/"), kept)
    for pattern, kept in BY_CHANCE.items():
        text = pattern.sub(kept, text)
    return FOLDERS.sub("", text)


def write_failure(outcome, *, look: Path) -> Path:
    """Write the page of a failed report in its place: what stopped it, where, and what to do.

    Parameters
    ----------
    outcome
        The failed Outcome; without trouble, its sentence alone is told.
    look
        Folder of the HTML look.

    Returns
    -------
    Path

    Examples
    --------
    >>> from types import SimpleNamespace as Thing
    >>> from cjm_helpers.study.kit import kit_folder
    >>> look = kit_folder() / "templates" / "reports" / "html"
    >>> page = Path(tempfile.mkdtemp()) / "anna.html"
    >>> report = Thing(name="Anna", facts={"study": "Shop"}, page=page, notebook=Path("a.ipynb"), parameters={})
    >>> outcome = Thing(report=report, failure="No answers.", trouble=None)
    >>> "No answers." in write_failure(outcome, look=look).read_text(encoding="utf-8")
    True
    """
    report, trouble = outcome.report, outcome.trouble or Trouble(outcome.failure)
    facts = {**report.facts, "data_hash": ""}  # of what it read, not all is known
    told = {"report": report, "trouble": trouble, "facts": facts, "remedies": _advise(trouble, report)}
    return write_whole(report.page, fill_template(look, "failure.html.j2", facts=told, styles=("failure.css",)))


def _say_without_cell(error: BaseException) -> str:
    if isinstance(error, errors.CjmError):
        return str(error)
    if type(error).__name__ == "DeadKernelError":
        return DIED
    if isinstance(error, FileNotFoundError) and error.filename:
        return f"The report could not be made: the file {Path(error.filename).name} is missing."
    if isinstance(error, OSError) and error.errno in NO_PAGE:
        return f"The page could not be written: {NO_PAGE[error.errno]}."
    return f"The report could not be made ({type(error).__name__}: {error})."


def _read_traceback(error) -> str:
    traceback = getattr(error, "traceback", "")
    return COLOURS.sub("", traceback if isinstance(traceback, str) else "\n".join(traceback)).strip()


def _list_folders() -> list[str]:
    """Return the folders that stand before a file of ours, of a package or of Python, and those of this user."""
    paths = [sysconfig.get_path(name) for name in ("purelib", "platlib", "stdlib")]
    return [
        str(Path(__file__).parents[3]),
        *paths,
        sys.prefix,
        sys.base_prefix,
        tempfile.gettempdir(),
        os.path.expanduser("~"),  # as it stands for whoever has no home
    ]


def _advise(trouble: Trouble, report) -> list[tuple[str, str]]:
    """Return what to do about it: sentences, each with the words to type behind it, or "" where there are none."""
    if trouble.sentence == DIED:
        return [(FEWER, ""), (AGAIN, "")]
    if not trouble.traceback:
        return [(HEED, ""), (AGAIN, "")]
    study = Path(str(report.parameters.get("study", ""))).name
    told = {name: value for name, value in report.parameters.items() if value} | {"study": f"…/{study}"}
    chosen = ", ".join(f"{name} = {value!r}" for name, value in told.items())
    return [
        ("Look for faults in the study:", errors.spell_command(f"check {study}")),
        (f"To see it happen, open {report.notebook.name} in JupyterLab and run it up to this part, with:", chosen),
        (AGAIN, ""),
        (SEND, ""),
    ]
