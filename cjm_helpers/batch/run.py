"""Runs the reports of a study, many at once, and never lets one that fails stop the others."""

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from cjm_helpers.batch.overview import write_failure, write_overview
from cjm_helpers.batch.pages import prepare_look
from cjm_helpers.batch.plan import COMPARISON, COMPARISON_PAGE, name_pages, name_personas, plan_reports
from cjm_helpers.batch.report import DIED, Outcome, Report, make_report
from cjm_helpers.batch.window import tell_window
from cjm_helpers.errors import FolderRefused, ParameterError
from cjm_helpers.study.folder import Study, open_study
from cjm_helpers.study.kit import kit_folder
from cjm_helpers.study.settings import EVERYONE, NEWEST


@dataclass(frozen=True)
class ReportRun:
    """All outcomes of a run, in the order of the plan, and the page that lists them."""

    index: Path
    outcomes: tuple[Outcome, ...]

    @property
    def failures(self) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if outcome.failure)


def report_study(
    place, *, personas=(), wave: str = NEWEST, out=None, workers: int | None = None, notebook=None, comparison=None
) -> ReportRun:
    """Make a page for each persona, one for everyone, one that compares them, and index.html that lists them all.

    Parameters
    ----------
    place
        Folder of a study, or the name of an example.
    personas
        Ids of the personas wanted; none = everyone and each persona.
    wave
        A wave's id, `newest` or `all`.
    out
        Folder of the pages; default reports/ and the name of the study's folder, below it a wave that is asked for.
    workers
        Reports made at the same time; default one for each core, never more than there are reports.
    notebook
        A report notebook of your own; default templates/reports/persona_report.ipynb.
    comparison
        Likewise for the report that compares two or more personas; default templates/reports/comparison.ipynb.

    Returns
    -------
    ReportRun
        With `index` (path of index.html), `outcomes` and `failures`.

    Raises
    ------
    StudyNotFound, FaultsFound, ParameterError, FolderRefused
        Before any report is started.

    Examples
    --------
    >>> report_study("retail_checkout", wave="2001")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    cjm_helpers.errors.ParameterError: The parameter wave = '2001' is not known. ...
    """
    if workers is not None and workers < 1:
        raise ParameterError("workers", str(workers), ["1 or more"])
    study = open_study(place)
    usual = Path("reports", study.folder.resolve().name, *([] if wave == NEWEST else [wave]))
    out = Path(out or usual).resolve()
    templates = kit_folder() / "templates" / "reports"
    plan = {
        "notebook": Path(notebook or templates / "persona_report.ipynb").resolve(),
        "comparison": Path(comparison or templates / "comparison.ipynb").resolve(),
        "look": templates / "html", "out": out,
    }  # fmt: skip
    reports = plan_reports(study, **plan, personas=personas, wave=wave)
    _make_folder(out)
    with ThreadPoolExecutor(1) as aside:  # the days of the data are read while the workers work
        window = aside.submit(tell_window, study, wave=reports[0].facts["wave"])
        done = {outcome.report.page: outcome for outcome in _with_progress(reports, workers=workers)}
    run = ReportRun(out / "index.html", tuple(done[report.page] for report in reports))
    for outcome in run.failures:
        if not outcome.report.persona_id:  # the personas' pages link there
            write_failure(outcome, look=plan["look"])
    others = _not_made(study, reports, out)
    write_overview(run.outcomes, look=plan["look"], out=out, others=others, window=window.result())
    return run


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderRefused(out, error.strerror) from None
    if not os.access(out, os.W_OK):
        raise FolderRefused(out, "nothing may be written there")


def _not_made(study: Study, reports: tuple[Report, ...], out: Path) -> list[tuple[str, Path]]:
    """Return the pages of personas that this run left out; a comparison is named where an earlier run made one."""
    made, names = {report.page for report in reports}, name_personas(study)
    pages = [(names[one], out / page) for one, page in name_pages(names).items() if one != EVERYONE]
    pages += [(COMPARISON, out / COMPARISON_PAGE)] if (out / COMPARISON_PAGE).exists() else []
    return [(name, page) for name, page in pages if page not in made]


def _with_progress(reports: tuple[Report, ...], *, workers: int | None) -> Iterator[Outcome]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("Making reports", total=len(reports))
        for number, outcome in enumerate(_run_all(reports, workers=workers), start=1):
            said = f"{'No report for' if outcome.failure else 'Made'} {outcome.report.name}"
            progress.update(task, advance=1, description=said)
            if not console.is_terminal:  # a log, or a program that reads along
                print(f"{said} ({number} of {len(reports)})", flush=True)
            yield outcome


def _run_all(reports: tuple[Report, ...], *, workers: int | None) -> Iterator[Outcome]:
    workers = min(workers or os.cpu_count() or 1, len(reports))
    if workers == 1:
        yield from map(make_report, reports)
        return
    broken = []
    with _pool(workers) as pool:
        longest_first = sorted(reports, key=lambda report: report.persona_id != "")
        waiting = {pool.submit(make_report, report): report for report in longest_first}
        try:
            prepare_look(reports[0].look)  # for index.html, while the workers work
            for future in as_completed(waiting):
                if isinstance(future.exception(), BrokenExecutor):
                    broken.append(waiting[future])
                else:
                    yield future.result()
        except BaseException:  # such as Control-C: nobody waits for what is left; kernels end by themselves
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in multiprocessing.active_children():
                worker.kill()
            raise
    yield from (_run_alone(report) for report in broken)


def _pool(workers: int) -> ProcessPoolExecutor:
    # spawn, because a forked copy of a process with threads (the kernel client has some) may hang
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def _run_alone(report: Report) -> Outcome:
    """Run a report again by itself: when one worker dies, the pool takes the others down with it."""
    with _pool(1) as pool:
        future = pool.submit(make_report, report)
        if isinstance(future.exception(), BrokenExecutor):
            return Outcome(report, failure=DIED)
        return future.result()
