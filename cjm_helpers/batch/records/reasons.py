"""Says in an analyst's words why a report is made anew."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from urllib.parse import parse_qs

from cjm_helpers.batch.records.versions import CODE
from cjm_helpers.study.ledger import EVERYTHING, FILE, OUTSIDE, SELECTION
from cjm_helpers.study.settings import FILE as SETTINGS

NEW, WANTED = "new", "asked for by --force"
UNFINISHED, FAILED = "not finished by the last run", "it failed the last time"
BY_HAND, NO_PAGE = "the page is not the one on record", "the page is missing"
FILES = {"template": "the template changed", "look": "the look changed", SETTINGS: f"{SETTINGS} changed"}
ASKED = {
    "persona_id": "the persona",
    "lens": "the persona",
    "name": "the name",
    "page": "the name of the page",
    "notebook": "the notebook",
    "comparison": "the link to the comparison",
}
SHOWN = 4  # of a list; more are counted


def find_reason(then: Mapping, now: Mapping) -> str:
    """Say what has changed of all that goes into a report besides rows; "" where it is the same.

    Parameters
    ----------
    then, now
        What went in, and what would now, as `tell_inputs` tells it.

    Examples
    --------
    >>> same = {"template": "a", "look": "b", "study.toml": "c", "asked": {}}
    >>> find_reason(same | {"versions": {"pandas": "3.0.1"}}, same | {"look": "d", "versions": {"pandas": "3.0.2"}})
    'the look changed; pandas 3.0.1 is now 3.0.2'
    """
    said = [words for name, words in FILES.items() if then.get(name) != now.get(name)]
    said += dict.fromkeys(_compare_asked(then.get("asked", {}), now["asked"]))
    said += _compare_versions(then.get("versions", {}), now["versions"])
    return "; ".join(said) or ("" if then == now else UNFINISHED)


def tell_changed(names: Sequence[str]) -> str:
    """Say which tables and files changed, by their names in the ledger.

    Examples
    --------
    >>> tell_changed(["responses", "responses?wave=w2", "feedback?wave=w2", "file:../targets.csv", "outside:the web"])
    '2 tables changed: responses, feedback; the file targets.csv changed; it reads the web, which may have changed'
    """
    said, tables = [], []
    for name in names:
        what, _, part = name.partition("?")
        if name.startswith(FILE):
            said.append(f"the file {PurePosixPath(what).name} changed")
        elif name.startswith(OUTSIDE):
            said.append(f"it reads {what.removeprefix(OUTSIDE)}, which may have changed")
        elif what == SELECTION:
            said.append(f"other rows are chosen for {parse_qs(part).get('persona_id', ['everyone'])[0]}")
        else:
            tables.append("all rows of the study" if what == EVERYTHING else what)
    return "; ".join([*_tell_tables(list(dict.fromkeys(tables))), *dict.fromkeys(said)])


def _tell_tables(tables: list[str]) -> Iterator[str]:
    if tables:
        more = f" and {len(tables) - SHOWN} more" if len(tables) > SHOWN else ""
        what = "1 table changed" if len(tables) == 1 else f"{len(tables)} tables changed"
        yield f"{what}: {', '.join(tables[:SHOWN])}{more}"


def _compare_asked(then: Mapping, now: Mapping) -> Iterator[str]:
    for name in now:
        if then.get(name) != now[name]:
            if name in ASKED:
                yield f"{ASKED[name]} changed"
            else:
                before = then.get(name, {})
                yield from (
                    f"{one} changed" for one in sorted({*before, *now[name]}) if before.get(one) != now[name].get(one)
                )


def _compare_versions(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    changed = [name for name in now if then.get(name) != now[name]]
    if CODE in changed:
        yield "the workbook's own code changed"
    others = [name for name in changed if name != CODE]
    yield from (f"{name} {then.get(name) or 'of no version'} is now {now[name] or 'gone'}" for name in others[:SHOWN])
