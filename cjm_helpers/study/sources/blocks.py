"""What an [[import]] block of study.toml may say: reads each block, its file, and refuses what does not fit."""

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from pathlib import Path

from pandas import DataFrame

from cjm_helpers.errors import Fault, FaultsFound, spell_allowed
from cjm_helpers.study.settings import FILE, Settings
from cjm_helpers.study.sources.cells import Block
from cjm_helpers.study.sources.exports import read_export
from cjm_helpers.study.sources.rules import COMPARISON, ROW, is_template, name_parts
from cjm_helpers.worksheets import SPECS

KEYS = {
    "file": str,  # the export's name in raw/
    "table": str,  # the table it fills
    "encoding": str,  # found out unless said: utf-8 or cp1252
    "separator": str,  # found out unless said: comma, semicolon or tab
    "decimal": str,  # the sign in 4.5: a point unless said
    "date_format": str,  # how the file writes a day, such as %m/%d/%Y; year-month-day unless said
    "columns": dict,  # our column = "a column of the file", or a template such as "c-{NUMBER}"
    "fixed": dict,  # our column = one value for every row
    "recode": dict,  # our column = { "value in the file" = "value here" }; "" leaves out, "*" speaks for all others
    "blank": list,  # values in the file that mean: no answer
    "not_applicable": list,  # values in the file that mean: does not concern this person
    "interviewer": list,  # feedback with a speaker: who asks, so that their words are left out
    "scores": list,  # responses only: one entry for each column of answers
    "codes": list,  # codings only: the columns that hold codes
    "ticked": list,  # with codes: values that give the code the column is called after, such as "1"
    "several": str,  # with codes: the sign between several codes in one cell, such as ";"
    "codebook": str,  # with codes that are names: makes their ids; the sign between code and subcode, such as "->"
    "touchpoints": dict,  # with codes: touchpoint_id = the codes that speak of it
    "rule": list,  # persona_assignments only: written rules, the first that is met counts
}
SCORE_KEYS = {"column": str, "metric": str, "touchpoint_id": str, "blank": list, "not_applicable": list}
RULE_KEYS = {"persona_id": str, "when": dict}
PARTS = {"scores": (SCORE_KEYS, ("column", "metric")), "rule": (RULE_KEYS, ("persona_id",))}
INSIDE = {"columns": str, "recode": dict, "touchpoints": list, "codes": str}  # what the entries of these keys are
SHAPES = {"scores": "responses", "codes": "codings", "rule": "persona_assignments"}
WITH_CODES = ("ticked", "several", "codebook")
MADE_BY_SHAPE = {  # columns a shape fills itself
    "scores": {"response_id", "metric", "score"}, "codes": {"feedback_id", "code_id"}, "rule": {"persona_id", "basis"},
}  # fmt: skip
LIKE, MOST_LISTED = 0.8, 8
KIND_NAMES = {str: "a text in quotes", list: "a list in [ ]", dict: "a group of keys in { }"}


def read_blocks(
    settings: Settings, *, raw: Path, newer: Path | None = None, read: Callable[..., DataFrame] = read_export
) -> list[Block]:
    """Return the study's [[import]] blocks, each with the rows of its file, which lies in newer or else in raw.

    Parameters
    ----------
    read
        How a file is read: `read_heading`, where the blocks are only to be checked.

    Raises
    ------
    FaultsFound
        With everything that is wrong in any block, or with its file.

    Examples
    --------
    >>> read_blocks(Settings("Shop"), raw=Path("raw"))
    []
    """
    blocks, faults, files = [], [], {}
    for number, said in enumerate(settings.imports, start=1):
        place = f"[[import]] {number}"
        wrong = list(_check_keys(said, place)) or list(_check_inside(said, place))
        if not wrong:
            key = (said["file"], said.get("separator"), said.get("encoding"))
            if key not in files:
                files[key] = _open_export(newer if newer and (newer / said["file"]).exists() else raw, said, read=read)
            rows, wrong = files[key]
        if not wrong:
            wrong = [*_check_ours(said, place), *_check_theirs(said, list(rows.columns))]
            wrong += _check_metrics(said, settings, place=place)
        if not wrong:
            blocks.append(_build(said, rows, settings=settings, place=place))
        faults += [fault for fault in wrong if fault not in faults]  # a missing file is said once
    if faults:
        raise FaultsFound(faults, "the exports and their [[import]] blocks in study.toml")
    return blocks


def _check_keys(said: dict, place: str) -> Iterator[Fault]:
    yield from _check_part(said, KEYS, place=place, required=("file", "table"))
    for key, (keys, required) in PARTS.items():
        parts = said.get(key, [])
        for number, part in enumerate(parts if isinstance(parts, list) else [], start=1):
            shown = f"{place}, {key} {number}"
            if isinstance(part, dict):
                yield from _check_part(part, keys, place=shown, required=required)
            else:
                yield _say(f"{shown} is {KIND_NAMES[dict]}.")


def _check_part(part: dict, keys: dict, *, place: str, required: tuple) -> Iterator[Fault]:
    for key, value in part.items():
        if key not in keys:
            yield _say(f"{place} has the unknown key '{key}'.", spell_allowed(key, keys), "Correct or remove the key.")
        elif not isinstance(value, keys[key]):
            yield _say(f"{place}: {key} is {KIND_NAMES[keys[key]]}.")
    for key in required:
        if not part.get(key):
            yield _say(f"{place} lacks the key '{key}'.", "", "Add it.")


def _check_inside(said: dict, place: str) -> Iterator[Fault]:
    if said["table"] not in SPECS:
        yield _say(f"{place}: '{said['table']}' is no table.", spell_allowed(said["table"], SPECS))
    for shape, table in SHAPES.items():
        if shape in said and said["table"] != table:
            yield _say(f"{place}: {shape} fills the table {table}, not {said['table']}.")
    for key in WITH_CODES:
        if key in said and not said.get("codes"):
            yield _say(f"{place}: {key} goes with codes, which it lacks.", "", "Name the columns of codes.")
    for key, kind in INSIDE.items():
        entries = said.get(key, {})
        for name, value in entries.items() if isinstance(entries, dict) else ((one, one) for one in entries):
            if not isinstance(value, kind):
                yield _say(f"{place}: {key}, {name} is {KIND_NAMES[kind]}.")


def _open_export(raw: Path, said: dict, *, read: Callable[..., DataFrame]) -> tuple[DataFrame, list[Fault]]:
    try:
        how = {key: said[key] for key in ("separator", "encoding") if key in said}
        return read(raw / said["file"], **how), []
    except FaultsFound as found:
        return DataFrame(), list(found.faults)


def _check_ours(said: dict, place: str) -> Iterator[Fault]:
    """Check the names of our columns, and that every one the table needs is given."""
    table = SPECS[said["table"]]
    shape = next((shape for shape in SHAPES if shape in said), "")
    columns = [*table.columns, *(SPECS["feedback"].columns if shape == "codes" else ())]
    names = list(dict.fromkeys(column.name for column in columns))
    taken, fixed = said.get("columns", {}), said.get("fixed", {})
    for name in dict.fromkeys([*taken, *fixed, *said.get("recode", {})]):
        if name not in names and not table.takes_more_columns:
            yield _say(f"{place}: the table {table.name} has no column '{name}'.", spell_allowed(name, names))
    for name in dict.fromkeys(column.name for column in columns if column.is_required):
        if name not in taken and name not in fixed and name not in MADE_BY_SHAPE.get(shape, ()):
            remedy = "Name its column under columns, or one value for all rows under fixed."
            yield _say(f"{place}: the table {table.name} needs {name}.", "", remedy)
    for name in taken.keys() & fixed.keys():
        yield _say(f"{place}: {name} stands under columns and under fixed.", "", "Keep one of them.")
    yield from _check_touchpoints(said, place)


def _check_touchpoints(said: dict, place: str) -> Iterator[Fault]:
    """Check that each code that speaks of a touchpoint is one the block gives, and speaks of one only."""
    given = [str(code) for code in said.get("recode", {}).get("code_id", {}).values()]
    seen = {}
    for touchpoint, codes in said.get("touchpoints", {}).items():
        for code in codes:
            if given and code not in given:
                what = f"{place}: touchpoints names the code '{code}', which recode.code_id never gives."
                yield _say(what, spell_allowed(code, given))
            if code in seen:
                what = f"{place}: touchpoints gives the code '{code}' to {seen[code]} and to {touchpoint}."
                yield _say(what, "", "Keep one of them.")
            seen[code] = touchpoint


def _check_theirs(said: dict, there: list[str]) -> Iterator[Fault]:
    """Check the names of the file's columns, which lie there."""
    names = [score["column"] for score in said.get("scores", [])] + said.get("codes", [])
    for source in said.get("columns", {}).values():
        names += name_parts(source) if is_template(source, there) else [source]
    for rule in said.get("rule", []):
        names += rule.get("when", {})
    for name in dict.fromkeys(names):
        if name not in there and name != ROW:
            what = f"There is no column '{name}', which study.toml reads."
            yield Fault(what, file=said["file"], row=1, allowed=_spell_there(name, there), remedy=_say_absent(there))


def _spell_there(name: str, there: list[str]) -> str:
    """Return the columns that are there, the likest first, and ask whether one is meant where it is hardly another."""
    plain = {column.casefold(): column for column in reversed(there)}
    like = [plain[one] for one in get_close_matches(name.casefold(), plain, n=1, cutoff=LIKE)]
    likest = [plain[one] for one in get_close_matches(name.casefold(), plain, n=MOST_LISTED, cutoff=0)]
    more = f" and {len(there) - len(likest)} more" if len(there) > len(likest) else ""
    question = f"Did you mean '{like[0]}'? " if like else ""
    return f"{question}It has: {', '.join(likest)}{more}."


def _say_absent(there: list[str]) -> str:
    if len(there) == 1:
        return "If its columns look glued together, say the separator."
    return "Export it again with that column, or name the right one in an [[import]] block for this file."


def _check_metrics(said: dict, settings: Settings, *, place: str) -> Iterator[Fault]:
    """Check the metrics of scores and the conditions of rules."""
    for score in said.get("scores", []):
        if score["metric"] not in settings.metrics:
            what = f"{place}: '{score['metric']}' is no metric of study.toml."
            yield _say(what, spell_allowed(score["metric"], settings.metrics))
    for rule in said.get("rule", []):
        for column, condition in rule.get("when", {}).items():
            shown = f"{place}, rule for {rule['persona_id']}: {column}"
            is_odd = str(condition).startswith(("<", ">", "!", "{")) and not COMPARISON.fullmatch(str(condition))
            if is_odd:
                allowed = 'Allowed: a value, a list such as ["1", "5"], or a comparison such as ">= 4" or "!= 2".'
                yield _say(f"{shown} has a condition that cannot be read: {condition}.", allowed)


def _build(said: dict, rows: DataFrame, *, settings: Settings, place: str) -> Block:
    touchpoints = {code: touchpoint for touchpoint, codes in said.get("touchpoints", {}).items() for code in codes}
    return Block(
        place=place, file=said["file"], table=SPECS[said["table"]], rows=rows, columns=said.get("columns", {}),
        fixed=said.get("fixed", {}), recode=said.get("recode", {}), blank=_spell(said.get("blank", [])),
        not_applicable=_spell(said.get("not_applicable", [])), interviewer=_spell(said.get("interviewer", [])),
        codes=_spell(said.get("codes", [])), ticked=_spell(said.get("ticked", [])), codebook=said.get("codebook", ""),
        several=said.get("several", ""),
        scores=tuple({key: _spell(value) for key, value in score.items()} for score in said.get("scores", [])),
        touchpoints=touchpoints, rules=tuple(said.get("rule", [])), date_format=said.get("date_format", ""),
        decimal=said.get("decimal", "."), timezone=settings.timezone, metrics=settings.metrics,
    )  # fmt: skip


def _spell(value):
    """Return a list as a tuple of texts, since a file holds texts only; a text as it is."""
    return tuple(str(item) for item in value) if isinstance(value, list) else value


def _say(what: str, allowed: str = "", remedy: str = "") -> Fault:
    return Fault(what, file=FILE, allowed=allowed, remedy=remedy)
