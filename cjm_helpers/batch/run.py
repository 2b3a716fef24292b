"""Runs the reports of a study, many at once, and never lets one that fails stop the others."""

from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from cjm_helpers.batch.home import lend_home
from cjm_helpers.batch.names import PERSONA
from cjm_helpers.batch.pages.failures import write_failure
from cjm_helpers.batch.pages.overview import write_overview
from cjm_helpers.batch.pages.page import prepare_look
from cjm_helpers.batch.pages.window import tell_window
from cjm_helpers.batch.place import hold_folder, usual_folder
from cjm_helpers.batch.plan import LeftOut, Plan, plan_reports
from cjm_helpers.batch.progress import show_progress
from cjm_helpers.batch.records.record import (
    are_as_made,
    drop_others,
    find_kept,
    recall_reports,
    review_reports,
    save_record,
    tell_inputs,
    write_manifest,
)
from cjm_helpers.batch.records.unchanged import note_run, tell_asked, tell_state
from cjm_helpers.batch.report import LIMIT_SECONDS, Outcome, Report, drop_pages, make_report
from cjm_helpers.batch.workers import make_all
from cjm_helpers.errors import CjmError, ParameterError
from cjm_helpers.study.folder import Study, open_study
from cjm_helpers.study.kit import find_study, kit_folder
from cjm_helpers.study.opened import keep_opened
from cjm_helpers.study.settings import NEWEST

DELETED = "{count} of {total} pages were deleted from '{out}' during the run. The same command makes them again."


@dataclass(frozen=True)
class ReportRun:
    """All outcomes of a run, in the order of the plan, the page that lists them, and what was asked for and got none.

    notices are the sentences that the index says first of the data.
    """

    index: Path
    outcomes: tuple[Outcome, ...]
    left_out: tuple[LeftOut, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def failures(self) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if outcome.failure)


def report_study(
    place,
    *,
    personas=(),
    wave: str = NEWEST,
    each: Sequence[str] = ("persona",),
    rows=None,
    out=None,
    workers: int | None = None,
    notebook=None,
    comparison=None,
    executor: Executor | str | None = None,
    limit: float = LIMIT_SECONDS,
    force: bool = False,
    dry_run: bool = False,
) -> ReportRun:
    """Make a page for each persona, one for everyone, one that compares them, and index.html that lists them all.

    Parameters
    ----------
    place
        Folder of a study, or the name of an example.
    personas
        Ids of the personas wanted; none = everyone and each persona. Pages about others in the same folder stay as they
        are, and index.html says which of them are not up to date.
    wave
        A wave's id, `newest` or `all`.
    each, rows
        What to make a report for each of, or a table with one row for each report, as `plan_reports` takes them.
    out
        Folder of the pages; default reports/ and the name of the study's folder, below it a wave that is asked for.
    workers
        Reports made at the same time; default one for each core, never more than there are reports.
    notebook
        A report notebook of your own; default templates/reports/persona_report.ipynb.
    comparison
        Likewise for the report that compares two or more personas; default templates/reports/comparison.ipynb, or none
        where the report notebook is your own.
    executor
        Who makes the reports: an executor of `concurrent.futures`, or the address of a Dask scheduler, such as
        tcp://10.0.0.5:8786; default processes of this machine.
    limit
        Seconds that one report may take.
    force
        Make every report anew, whatever has changed, and take the folder of the pages even from another study.
    dry_run
        Make and write nothing: the outcomes only say what would be kept, and why the others would be made.

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
    _refuse_less_than_one(workers=workers, limit=limit)
    templates = kit_folder() / "templates" / "reports"
    asked = tell_asked(personas=personas, wave=wave, each=each, rows=rows, notebook=notebook, comparison=comparison)
    files = [templates, *(file for file in (rows, notebook, comparison) if file)]
    state = tell_state(find_study(place), asked=asked, files=files)  # before anything is read
    study, look = open_study(place), templates / "html"
    out = Path(out or usual_folder(study.folder, wave=wave, each=each, rows=rows, notebook=notebook)).resolve()
    shipped = (templates / "persona_report.ipynb").resolve()
    made_with = Path(notebook).resolve() if notebook else shipped
    plan = plan_reports(
        study, personas=personas, wave=wave, each=each, rows=rows, look=look, out=out,
        notebook=made_with, comparison=comparison or (templates / "comparison.ipynb" if made_with == shipped else None),
    )  # fmt: skip
    plan = replace(plan, whole=tuple(replace(one, inputs=tell_inputs(one, study=study)) for one in plan.whole))
    reports = plan.reports
    left_out = tuple(one for one in plan.left_out if not personas or one.lens[PERSONA] in personas)
    if dry_run:
        reviewed = tuple(review_reports(reports, study=study, force=force))
        return ReportRun(out / "index.html", reviewed, left_out)
    with hold_folder(out, study=study.folder, force=force):
        done = find_kept(reports, study=study, force=force)
        missing = [report for report in reports if report.page not in done]
        with ThreadPoolExecutor(1) as aside, keep_opened(study) as kept, lend_home(kept.parent):
            window = aside.submit(_tell_days, study, wave=plan.wave)
            aside.submit(prepare_look, look)  # for index.html, while the workers work
            with closing(make_all(partial(_make, limit=limit), missing, executor=executor, workers=workers)) as made:
                done |= {outcome.report.page: outcome for outcome in show_progress(made, total=len(missing))}
        told = tuple(f"{notice.what} {notice.do}" for notice in window.result().get("notices", ()))
        run = ReportRun(out / "index.html", tuple(done[report.page] for report in reports), left_out, told)
        listed = _write_rest(run, plan, study=study, window=window.result(), is_complete=not personas)
        is_sure = are_as_made(listed) and not any(outcome.reason for outcome in listed)
        note_run(state, listed, study=study.folder, out=out, count=len(reports), is_sure=is_sure)
    _refuse_deleted(run)
    return run


def _refuse_less_than_one(**numbers: float | None) -> None:
    for name, number in numbers.items():
        if number is not None and number < 1:
            raise ParameterError(name, str(number), ["1 or more"])


def _refuse_deleted(run: ReportRun) -> None:
    lost = [outcome for outcome in run.outcomes if not (outcome.failure or outcome.report.page.exists())]
    if lost:
        raise CjmError(DELETED.format(count=len(lost), total=len(run.outcomes), out=run.index.parent))


def _write_rest(
    run: ReportRun, plan: Plan, *, study: Study, window: dict[str, object], is_complete: bool
) -> list[Outcome]:
    """Write the pages of what failed, index.html and manifest.json, and return the outcomes that these list.

    Only then pages go that no plan holds any more.
    """
    out, look = run.index.parent, plan.whole[0].look
    for outcome in run.failures:
        write_failure(drop_pages(outcome), look=look)
        save_record(outcome)
    others = recall_reports((report for report in plan.whole if report.page in plan.others), study=study)
    known = {outcome.report.page: outcome for outcome in (*run.outcomes, *others)}
    listed = [known[report.page] for report in plan.whole if report.page in known]
    absent = [(report.name, report.page) for report in plan.whole if report.page not in known]
    absent += [] if is_complete else [(name, page) for name, page in plan.older if page.exists()]
    told = {"others": absent, "left_out": plan.left_out, "data_hash": study.data_hash}
    write_overview(listed, look=look, out=out, window=window, **told)
    if is_complete:
        drop_others(plan.whole, out=out)
    write_manifest(listed, out)
    return listed


def _make(report: Report, *, limit: float) -> Outcome:
    outcome = make_report(report, limit=limit)
    save_record(outcome)
    return outcome


def _tell_days(study: Study, *, wave: str) -> dict[str, object]:
    """Tell the days that the data reach from and to; where they cannot be read, that is said instead."""
    try:
        return tell_window(study, wave=wave)
    except Exception as error:
        return {"waves": f"The days of the data could not be read ({type(error).__name__}: {error}).", "kinds": []}
