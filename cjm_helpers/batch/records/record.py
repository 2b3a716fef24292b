"""Keeps a record of each page: what went into it, so that a later run makes anew only what has changed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from cjm_helpers.batch.pages.page import write_whole
from cjm_helpers.batch.place import RECORDS
from cjm_helpers.batch.records.reasons import (
    BY_HAND,
    FAILED,
    NEW,
    NO_PAGE,
    UNFINISHED,
    WANTED,
    find_reason,
    tell_changed,
)
from cjm_helpers.batch.records.versions import digest_files, list_versions
from cjm_helpers.batch.report import Outcome, Report
from cjm_helpers.study.folder import Study
from cjm_helpers.study.ledger import digest_path
from cjm_helpers.study.rereading import Rereading
from cjm_helpers.study.settings import FILE

MANIFEST = "manifest.json"
ALWAYS_MADE = ("overview.", "failure.")  # the look of index.html and of what failed
NOTHING_KNOWN = "what it read is not known"


def tell_inputs(report: Report, *, study: Study) -> dict[str, object]:
    """Return all that goes into a report besides rows: digests, what it is asked for, and versions.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> from cjm_helpers.study.kit import kit_folder
    >>> folder = kit_folder() / "templates" / "reports"
    >>> report = Report("a", "Anna", folder / "comparison.ipynb", Path("a.html"), folder / "html", {}, {})
    >>> list(tell_inputs(report, study=open_study("clinic_visit")))
    ['template', 'look', 'study.toml', 'asked', 'versions']
    """
    told = {
        "template": digest_path(report.notebook),
        "look": digest_files(_list_look(report.look), report.look),
        FILE: study.digests[FILE],
        "asked": _tell_asked(report),
        "versions": list_versions(),
    }
    return json.loads(json.dumps(told, default=str))  # as a record holds it


def find_kept(reports: Iterable[Report], *, study: Study, force: bool = False) -> dict[Path, Outcome]:
    """Return, by page, what became of the reports for which nothing has changed since their page was made.

    Examples
    --------
    >>> find_kept([], study=None)
    {}
    """
    reviewed = review_reports(reports, study=study, force=force)
    return {outcome.report.page: outcome for outcome in reviewed if outcome.is_kept}


def review_reports(reports: Iterable[Report], *, study: Study, force: bool = False) -> list[Outcome]:
    """Return each report as its record tells it where nothing has changed, else with the reason to make it anew.

    Parameters
    ----------
    reports
        Planned reports, each with its inputs.
    study
        The study as it stands now.
    force
        Make all anew.

    Examples
    --------
    >>> report = Report("a", "Anna", Path("a.ipynb"), Path("nowhere/a.html"), Path("html"), {}, {})
    >>> [outcome.reason for outcome in review_reports([report], study=None)]
    ['new']
    """
    now = Rereading(study)
    return [
        Outcome(report, reason=WANTED) if force else _review(report, _read_record(report.page), now=now)
        for report in reports
    ]


def recall_reports(reports: Iterable[Report], *, study: Study) -> list[Outcome]:
    """Return what the records tell of reports that a run leaves as they are, with the reason to make them anew, if any.

    Those that no earlier run has left a page of are left out.

    Examples
    --------
    >>> report = Report("a", "Anna", Path("a.ipynb"), Path("nowhere/a.html"), Path("html"), {}, {})
    >>> recall_reports([report], study=None)
    []
    """
    now = Rereading(study)
    known = [(report, record) for report in reports if (record := _read_record(report.page)) and report.page.exists()]
    return [
        replace(_recall(report, record), failure=record["failure"], reason=_find_reason(report, record, now=now))
        for report, record in known
    ]


def _review(report: Report, record: Mapping, *, now: Rereading) -> Outcome:
    reason = _find_reason(report, record, now=now)
    return Outcome(report, reason=reason) if reason else _recall(report, record)


def _recall(report: Report, record: Mapping) -> Outcome:
    return Outcome(report, record["summary"], reads=record["reads"], seconds=record["seconds"], is_kept=True)


def _find_reason(report: Report, record: Mapping, *, now: Rereading) -> str:
    if not record:
        return UNFINISHED if report.page.exists() else NEW
    if record["failure"]:
        return FAILED
    if not report.page.exists():
        return NO_PAGE
    if digest_path(report.page) != record["sha256"]:
        return BY_HAND
    if not record["reads"]:
        return NOTHING_KNOWN
    return find_reason(record["inputs"], report.inputs) or tell_changed(now.find_changed(record["reads"]))


def save_record(outcome: Outcome) -> None:
    """Write beside its page what went into a report and what came out of it.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> report = Report("a", "Anna", Path("a.ipynb"), Path(mkdtemp()) / "a.html", Path("html"), {}, {})
    >>> save_record(Outcome(report, failure="No answers."))
    >>> (report.page.parent / ".records" / "a.html.json").exists()
    True
    """
    report, page = outcome.report, outcome.report.page
    record = {
        "sha256": "" if outcome.failure else digest_path(page), "inputs": report.inputs, "reads": outcome.reads,
        "summary": outcome.summary, "seconds": round(outcome.seconds, 3), "failure": outcome.failure,
    }  # fmt: skip
    write_whole(_name_record(page), json.dumps(record, ensure_ascii=False))


def drop_others(reports: Iterable[Report], *, out: Path) -> None:
    """Remove the pages of earlier runs that a complete plan no longer holds, with their PDFs and records.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> report = Report("a", "Anna", Path("a.ipynb"), Path(mkdtemp()) / "a.html", Path("html"), {}, {})
    >>> save_record(Outcome(report, failure="No answers."))
    >>> drop_others([], out=report.page.parent)
    >>> list((report.page.parent / ".records").iterdir())
    []
    """
    planned = {_name_record(report.page) for report in reports}
    for file in set(_list_records(out)) - planned:
        page = out / file.stem
        for left in (page, page.with_suffix(".pdf"), file):
            left.unlink(missing_ok=True)


def list_compared(page: Path) -> list[str]:
    """Return the ids of the personas that the page of an earlier run compares; none where there is no such page.

    Examples
    --------
    >>> list_compared(Path("nowhere/comparison.html"))
    []
    """
    record = _read_record(page) if page.exists() else {}
    return record["inputs"]["asked"]["parameters"].get("persona_ids", []) if record else []


def are_as_made(outcomes: Iterable[Outcome]) -> bool:
    """Tell whether each page is the one that its outcome tells of: no run that was killed elsewhere wrote over it.

    Examples
    --------
    >>> are_as_made([])
    True
    """
    told = [(outcome, _read_record(outcome.report.page)) for outcome in outcomes]
    return all(
        record.get("reads") == outcome.reads and record.get("sha256") == digest_path(outcome.report.page)
        for outcome, record in told
    )


def write_manifest(outcomes: Iterable[Outcome], out: Path) -> Path:
    """Write manifest.json: for each report whose record stands in the folder, what went in and what came out.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> write_manifest([], Path(mkdtemp())).read_text()
    '{\\n "reports": []\\n}\\n'
    """
    listed = sorted(outcomes, key=lambda outcome: outcome.report.page.name)
    told = [
        _tell_record(one.report.page.name, record) | {"is_kept": one.is_kept, "changed_since": one.reason}
        for one in listed
        if (record := _read_record(one.report.page))
    ]
    return write_whole(out / MANIFEST, json.dumps({"reports": told}, ensure_ascii=False, indent=1) + "\n")


def _tell_record(page: str, record: Mapping) -> dict[str, object]:
    inputs = record["inputs"]
    asked = inputs["asked"]
    study = Path(str(asked["parameters"].get("study", ""))).name  # where on this machine it lies is nobody's business
    return {
        "file": page, "name": asked["name"], "lens": asked["lens"], "notebook": asked["notebook"],
        "parameters": asked["parameters"] | {"study": study},
        **{name: inputs[name] for name in ("template", "look", FILE, "versions")},
        "reads": {**record["reads"]}, "n": record["summary"].get("n"), "sha256": record["sha256"],
        "seconds": record["seconds"], "failure": record["failure"],
    }  # fmt: skip


def _list_records(out: Path) -> list[Path]:
    return list((out / RECORDS).glob("*.html.json"))


def _read_record(page: Path) -> Mapping:
    """Return the record of a page; nothing where there is none, or one that does not read as ours."""
    try:
        record = json.loads(_name_record(page).read_text(encoding="utf-8"))
        _tell_record(page.name, record)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}
    return record


def _list_look(look: Path) -> list[Path]:
    return [file for file in look.rglob("*") if file.is_file() and not file.name.startswith(ALWAYS_MADE)]


def _name_record(page: Path) -> Path:
    return page.parent / RECORDS / f"{page.name}.json"


def _tell_asked(report: Report) -> dict[str, object]:
    return {
        "persona_id": report.persona_id, "name": report.name, "page": report.page.name, "lens": report.lens,
        "notebook": report.notebook.name, "parameters": report.parameters, "facts": report.facts,
    }  # fmt: skip
