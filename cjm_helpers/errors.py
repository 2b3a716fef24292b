"""The errors of the workbook: each takes facts and writes its own sentence, so that all wording stands here."""

import os
import sys
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

SHOWN = 10


def spell_command(words: str) -> str:
    """Return a command of the program the way it was started: `cjm new x`, or `python3 -m cjm_helpers new x`."""
    is_module = Path(sys.argv[0]).parts[-2:] == ("cjm_helpers", "__main__.py")
    start = f"{'py' if os.name == 'nt' else 'python3'} -m cjm_helpers" if is_module else "cjm"
    return f"{start} {words}"


def _find_close(value: str, allowed: list[str]) -> list[str]:
    """Return the texts spelt most like the value, whatever their capitals."""
    by_plain = {item.casefold(): item for item in reversed(allowed)}
    return [by_plain[plain] for plain in get_close_matches(str(value).casefold(), by_plain, n=3, cutoff=0.5)]


def spell_allowed(value: str, allowed, *, most: int = 8) -> str:
    """Return "Did you mean 'x'? ..." or "Allowed: ..." for the allowed texts, eight of them unless told."""
    allowed = [str(item) for item in allowed]
    if not allowed:
        return ""
    close = _find_close(value, allowed)
    ordered = close + [item for item in allowed if item not in close]
    more = f" and {len(ordered) - most} more" if len(ordered) > most else ""
    question = f"Did you mean '{close[0]}'? " if close else ""
    return f"{question}Allowed: {', '.join(ordered[:most])}{more}."


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: what, where, what is allowed and what to do; each part a whole sentence or empty.

    row is counted as a spreadsheet does: the heading is row 1. rows holds every row where there are several.
    """

    what: str
    file: str = ""
    row: int | None = None
    column: str = ""
    allowed: str = ""
    remedy: str = ""
    rows: tuple[int, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (self.file, f"row {self.row}" if self.row else "", self.column and f"column {self.column}")
            if part
        )
        return " ".join(part for part in (f"{place}:" if place else "", self.what, self.allowed, self.remedy) if part)


class CjmError(ValueError):
    """Any error that a user of the workbook can mend; its text is whole sentences."""

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows of the error: its sentences, and no lines of code."""
        return [str(self)]


class FaultsFound(CjmError):
    """Faults gathered over a whole study, raised once."""

    def __init__(self, faults: list[Fault], subject: str):
        self.faults = tuple(faults)
        count = f"{len(faults)} faults" if len(faults) > 1 else "1 fault"
        lines = [f"{count} in {subject}:", *(f"- {fault}" for fault in faults[:SHOWN])]
        if len(faults) > SHOWN:
            lines.append(f"... and {len(faults) - SHOWN} more.")
        super().__init__("\n".join(lines))


class StudyNotFound(CjmError):
    """No study stands at the folder or under the name given."""

    def __init__(self, name: str, examples: list[str]):
        super().__init__(
            f"There is no study at '{name}': a study is a folder with a study.toml. "
            f"{spell_allowed(name, examples)} Those names are examples; "
            f"for a study of your own run: {spell_command(f'new {name}')}"
        )


class ParameterError(CjmError):
    """A parameter has an unknown name or a value that the study does not know."""

    def __init__(self, name: str, value: str, allowed=()):
        super().__init__(f"The parameter {name} = '{value}' is not known. {spell_allowed(value, allowed)}".strip())


class WorksheetChanged(CjmError):
    """A worksheet changed on disk after it was read, so that saving would lose somebody's work."""

    def __init__(self, file: str):
        super().__init__(
            f"{file} was changed by someone else after it was opened. Open the study again, then save your change."
        )


class TooFewAnswers(CjmError):
    """A method refuses because the data cannot carry the statement."""

    def __init__(self, method: str, have: int, need: int, remedy: str = ""):
        super().__init__(f"{method} needs {need:,} and has {have:,}, so it says nothing. {remedy}".strip())


class ScoresOutsideScale(CjmError):
    """Scores do not lie on the scale that a method or a metric needs."""

    def __init__(self, subject: str, outside: int, total: int, scale: str):
        super().__init__(
            f"{subject} needs {scale}: {outside:,} of {total:,} answers are not. "
            "Correct those rows, or the scale of the metric under [metrics] in study.toml."
        )


class ScaleUnfit(CjmError):
    """A KPI's kind and the scale of its metric do not go together."""

    def __init__(self, kpi_id: str, kind: str, needed: str, metric: str, has: str):
        super().__init__(
            f"The KPI '{kpi_id}' is of kind '{kind}', which needs a scale of {needed}; "
            f"its metric '{metric}' has {has}. Choose another metric or another kind in kpis.csv."
        )


class NotTwoCoders(CjmError):
    """A coefficient for exactly two people meets another number of them."""

    def __init__(self, coders: list[str]):
        named = f" ({', '.join(map(str, coders))})" if coders else ""
        super().__init__(
            f"Cohen's kappa compares exactly two people, and the table has {len(coders)}{named}. "
            "Choose two of them, or take Fleiss' kappa or Krippendorff's alpha."
        )


class NoDoubleCoding(CjmError):
    """No verbatim was coded by two people, so nothing can be said of their agreement."""

    def __init__(self, coders: list[str], verbatims: int):
        these = f"these {verbatims:,} verbatims"
        who = {0: "Nobody coded a verbatim", 1: f"Only coder '{''.join(coders)}' coded {these}"}.get(
            len(coders), f"The coders {', '.join(coders)} share none of {these}"
        )
        super().__init__(
            f"{who}: reliability needs two people on the same verbatim. "
            "Let a second person code at least 50 of them, drawn at random and without seeing the first one's codes."
        )


class OffScale(CjmError):
    """A drawn value leaves the fixed scale of its axis; it is refused, never clipped."""

    def __init__(self, place: str, value: float, low: float, high: float):
        super().__init__(
            f"{place} is {value:g}, but the scale runs from {low:g} to {high:g}. "
            "Correct the value or its metric's scale."
        )


class NarrowedStudy(CjmError):
    """A worksheet is saved from a study that holds the rows of one persona or wave only."""

    def __init__(self, table: str, part: str):
        super().__init__(
            f"The study was narrowed to {part}, so saving {table} could lose "
            "the rows of others. Save with the study as open_study returns it, and with all rows."
        )


class SelectedBefore(CjmError):
    """Rows are chosen from a study that holds those of one persona or wave only."""

    def __init__(self, part: str):
        super().__init__(
            f"The study was narrowed to {part} before, so the rows of others "
            "are gone. Choose from the study as open_study returns it."
        )


class NotAWorksheet(CjmError):
    """A table is filled by imports only, so that nothing people write there would last."""

    def __init__(self, table: str, file: str):
        super().__init__(
            f"The table {table} is filled by imports, so it is not edited by hand. "
            f"Correct the export or its [[import]] block, then run {spell_command('import')}; "
            f"to add rows of your own, first make an empty {file}."
        )


class NotebookTakesNot(CjmError):
    """A report notebook has no parameter of that name, or takes another kind of value there."""

    def __init__(self, notebook: str, name: str, *, allowed=(), value="", wanted: str = ""):
        if wanted:
            super().__init__(f"The parameter {name} = {value!r} is of the wrong kind: {notebook} takes {wanted}.")
        else:
            super().__init__(f"{notebook} takes no parameter '{name}'. {spell_allowed(name, allowed)}")


class FolderRefused(CjmError):
    """The pages have no place: the folder cannot be made, or nothing may be written there."""

    def __init__(self, folder: object, why: str):
        super().__init__(f"No page can be written to '{folder}' ({why}). Name another folder with --out.")


class NotebookStopped(CjmError):
    """A shipped notebook stopped at a cell, so its stored outputs stay as they were."""

    def __init__(self, notebook: str, name: str, words: str):
        super().__init__(
            f"{notebook} stopped ({name}: {words}). What it showed before stays stored; nothing was written."
        )


class NumberRefused(CjmError):
    """A number was given that a method cannot work with."""

    def __init__(self, name: str, value: float, allowed: str):
        super().__init__(f"{name} = {value:g} cannot be used: give {allowed}.")


class ActiveUnfit(CjmError):
    """The active variables cannot shape personas: one is sensitive, or they are too few or too many."""

    def __init__(self, *, sensitive: str = "", active=(), least: int = 0, most: int = 0):
        if sensitive:
            super().__init__(
                f"customers.{sensitive} is marked sensitive, so it may describe personas but never shape them. "
                "Leave it out of active."
            )
        else:
            is_little = len(active) < least
            remedy = "In notebook 00, bring in a survey with more questions about the person."
            super().__init__(
                f"Too {'little' if is_little else 'much'} is known of each customer to look for groups: it takes "
                f"{least} to {most} facts about the person (habits, needs, attitudes), and there are {len(active)} "
                f"({', '.join(active) or 'none'}). {remedy if is_little else 'Name the best of them in active.'}"
            )


class CustomersRepeated(CjmError):
    """A customer stands in two rows where each must stand in one."""

    def __init__(self, customer_ids: list[str]):
        shown = ", ".join(customer_ids[:SHOWN])
        super().__init__(
            f"customers.customer_id: {len(customer_ids):,} ids stand in more than one row ({shown}). "
            "Segments need one row a customer: choose one wave, or keep each customer's newest row."
        )


class LevelsWithoutOrder(CjmError):
    """The levels of an ordinal variable do not say their order."""

    def __init__(self, variable: str, levels: list[str]):
        shown = ", ".join(f"'{level}'" for level in levels[:SHOWN])
        super().__init__(
            f"customers.{variable} is ordinal, but the order of its levels cannot be read ({shown}). "
            "Begin each level with a number (1 never, 2 monthly), or declare it nominal under [customers]."
        )


class DirectionMissing(CjmError):
    """A KPI does not say which way is better, and its kind alone cannot tell."""

    def __init__(self, kpi_id: str, kind: str):
        super().__init__(
            f"The direction of the KPI '{kpi_id}' ({kind}) is not set: one version of this question counts ease, "
            "the other effort. Write higher or lower under direction in kpis.csv."
        )


class OrderMissing(CjmError):
    """A touchpoint has no place in its stage, so nobody can say what comes before it and what after."""

    def __init__(self, touchpoint_ids: list[str]):
        named = ", ".join(f"'{touchpoint_id}'" for touchpoint_id in touchpoint_ids[:SHOWN])
        super().__init__(
            f"The order is missing for {named}: other touchpoints of the stage have a position. "
            "Give each a position in touchpoints.csv; smaller comes first."
        )
