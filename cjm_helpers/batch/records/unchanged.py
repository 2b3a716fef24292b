"""Knows from files alone whether anything has changed since the last run, so that pandas need not even be imported."""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from cjm_helpers.batch.names import PERSONA
from cjm_helpers.batch.pages.page import write_whole
from cjm_helpers.batch.place import RECORDS
from cjm_helpers.batch.records.versions import list_versions
from cjm_helpers.errors import CjmError
from cjm_helpers.study.kit import kit_folder
from cjm_helpers.study.ledger import FILE as OWN
from cjm_helpers.study.ledger import UNKNOWN, digest_path
from cjm_helpers.study.settings import FILE, NEWEST, read_settings

RUN = f"{RECORDS}/run.json"
TABLES = ("worksheets", "imported")
PAGES = ("*.html", "manifest.json")
ELSEWHERE = "://"  # in the address of a warehouse


def tell_asked(
    *, personas=(), wave: str = NEWEST, each: Sequence[str] = (PERSONA,), rows=None, notebook=None, comparison=None
) -> dict[str, object]:
    """Return what a run is asked for, of that which changes its pages, as `report_study` takes it.

    Examples
    --------
    >>> tell_asked(personas=["anna"])["personas"]
    ['anna']
    """
    files = {"rows": rows, "notebook": notebook, "comparison": comparison}
    places = {name: str(Path(file).resolve()) if file else "" for name, file in files.items()}
    return {"personas": list(personas), "wave": wave, "each": list(each), **places}


def tell_state(study: Path, *, asked: Mapping[str, object], files: Iterable[str | Path]) -> dict[str, object]:
    """Return all that the reports of a study can depend on, to be told before any of it is read.

    Parameters
    ----------
    study
        The folder of the study.
    asked
        What the run was asked for, as JSON can hold it.
    files
        Files besides those of the study: notebooks, a folder of the look with all below it.

    Examples
    --------
    >>> from cjm_helpers.study.kit import find_study
    >>> state = tell_state(find_study("clinic_visit"), asked={"wave": "newest"}, files=["nowhere.ipynb"])
    >>> sorted(state), [digest for file, digest in state["files"].items() if file.endswith("nowhere.ipynb")]
    (['asked', 'files', 'kit', 'versions'], ['missing'])
    """
    source = _find_events(study)
    listed = {*_list_study(study, events=source), *(Path(os.path.abspath(file)) for file in files)}
    below = {path for folder in listed if folder.is_dir() for path in folder.rglob("*") if path.is_file()}
    digests = {str(path): digest_path(path) for path in sorted(listed | below)}
    return {
        "asked": dict(asked), "kit": str(kit_folder()), "versions": list_versions(),
        "files": digests | ({source: UNKNOWN} if ELSEWHERE in source else {}),
    }  # fmt: skip


def note_run(
    state: Mapping[str, object], outcomes: Sequence, *, study: Path, out: Path, count: int, is_sure: bool = True
) -> None:
    """Write down the state from which a run made all its pages, and how many of them it was asked for.

    Nothing is written where one failed, could change unseen, or read a file that changed during the run, nor where the
    caller is not sure that the pages are those that were made.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> out = Path(mkdtemp())
    >>> note_run({"files": {}}, [], study=Path("my_study"), out=out, count=0)
    >>> (out / RUN).exists()
    True
    """
    reads = {read for outcome in outcomes for read in outcome.reads.items()}
    own = [(_find_file(name, study), digest) for name, digest in reads if name.startswith(OWN)]
    found = [*state["files"].items(), *own]
    known, digests = dict(found), {digest for _, digest in (*found, *reads)}
    is_steady = UNKNOWN not in digests and all(known[file] == digest for file, digest in found)
    if not (is_sure and is_steady) or any(outcome.failure or not outcome.reads for outcome in outcomes):
        (out / RUN).unlink(missing_ok=True)
        return
    told = {**state, "own": dict(own), "pages": _digest_pages(out), "count": count}
    write_whole(out / RUN, json.dumps(told, indent=1))


def count_unchanged(study: Path, *, asked: Mapping[str, object], out: Path) -> int:
    """Return how many reports the last run left, if none of them could come out otherwise now; else 0.

    Examples
    --------
    >>> from cjm_helpers.study.kit import find_study
    >>> count_unchanged(find_study("clinic_visit"), asked={}, out=Path("nowhere"))
    0
    """
    try:
        then = json.loads((out / RUN).read_text(encoding="utf-8"))
        files, own, count = (then[name] for name in ("files", "own", "count"))
    except (OSError, ValueError, KeyError, TypeError):  # of another version of ours, say
        return 0
    now = tell_state(study, asked=asked, files=files) | {"pages": _digest_pages(out)}
    now["own"] = {file: digest_path(Path(file)) for file in own}
    return count if all(then.get(name) == now[name] for name in now) else 0


def _find_events(study: Path) -> str:
    try:
        return read_settings(study / FILE).events_source
    except CjmError:  # opening the study says so
        return ""


def _list_study(study: Path, *, events: str) -> set[Path]:
    study = study.resolve()
    found = {study / FILE, *(path for name in TABLES for path in (study / name).rglob("*") if path.is_file())}
    return found | {study / events} if events and ELSEWHERE not in events else found


def _find_file(name: str, study: Path) -> str:
    return os.path.normpath(study.resolve() / name.removeprefix(OWN))


def _digest_pages(out: Path) -> dict[str, str]:
    return {path.name: digest_path(path) for pattern in PAGES for path in sorted(out.glob(pattern))}
