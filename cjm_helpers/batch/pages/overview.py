"""Writes index.html: the personas of a run side by side, what failed, and what the figures rest on."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from cjm_helpers.batch.names import PERSONA
from cjm_helpers.batch.pages.groups import (
    Group,
    choose_filters,
    cut_name,
    find_lenses,
    group_reports,
    list_reports,
)
from cjm_helpers.batch.pages.notices import tell_falls
from cjm_helpers.batch.pages.page import fill_template, write_whole
from cjm_helpers.study.settings import FORMAT

CUSTOMERS, MEAN, SINCE, ASSUMED = "Customers heard", "Mean feeling, −2 to +2", "Since last wave", "Assumed"
HEADINGS = {CUSTOMERS: "Customers", MEAN: "Mean feeling"}
FIRST = (CUSTOMERS, SINCE, "Lowest step", "Highest step", MEAN)
VERDICTS = ("worse", "no evidence", "better")  # in the order that they sort in
NUMBER = re.compile(r"[−+-]?\d[\d,]*(\.\d+)?")
WEIGHTED = re.compile(r"(?P<label>.+), weighted \((?P<plain>unweighted .+)\)")
MOST_COLUMNS = 12
LETTERS, LETTERS_OF_MANY = 64, 44  # that the stages' names have room for above the curves
MISSING, KEPT_BLANK = "–", "\u00a0"


class Figure(NamedTuple):
    """One cell of the table: what is read first, what stands beside it small, and the number to sort by."""

    text: str = MISSING
    note: str = ""
    order: float | None = None


class Stage(NamedTuple):
    """A stage above the curves: its name, how many steps it has, and the line and place where its name stands."""

    name: str
    steps: int
    line: int
    place: str


def write_overview(
    outcomes: Sequence,
    *,
    look: Path,
    out: Path,
    others: Sequence[tuple[str, Path]] = (),
    left_out: Sequence = (),
    data_hash: str = "",
    window: Mapping[str, object] | None = None,
) -> Path:
    """Write index.html: every persona with its curve, finding and figures, every failure, and the days of the data.

    Parameters
    ----------
    outcomes
        The outcomes of a run, in the order they shall stand; that of the comparison is linked, not listed.
    look, out
        Folder of the HTML look, and folder of the pages.
    others
        Names of the pages that this run left out, and where they would be.
    left_out
        Combinations that get no report, with the reason, as `plan_reports` returns them.
    data_hash
        What changes with any file of the study.
    window
        From which day to which day the data reach, as `tell_window` says it.

    Returns
    -------
    Path

    Examples
    --------
    >>> import tempfile
    >>> from cjm_helpers.study.kit import kit_folder
    >>> write_overview((), look=kit_folder() / "templates" / "reports" / "html", out=Path(tempfile.mkdtemp())).name
    'index.html'
    """
    listed = [outcome for outcome in outcomes if outcome.report.persona_id]
    headings, figures = list_figures([outcome.summary for outcome in listed])
    lenses = find_lenses(listed)
    reports = list_reports(listed, lenses)
    compared = [one for one in outcomes if not one.report.persona_id and not one.failure]
    is_many = len(reports) > 2 * MOST_COLUMNS
    letters = LETTERS_OF_MANY if is_many else LETTERS
    told = {
        "facts": outcomes[0].report.facts if outcomes else {},
        "waves": list(dict.fromkeys(outcome.report.facts.get("wave", "") for outcome in outcomes)),
        "notices": [*(window or {}).get("notices", ()), *tell_falls(listed)],
        "failures": _join_failures(outcomes),
        "failed_count": sum(bool(outcome.failure) for outcome in outcomes),
        "groups": [_tell_group(group, letters=letters) for group in group_reports(reports, lenses, compared=compared)],
        "is_many": is_many,
        "is_by_persona": not lenses or lenses[0].name == PERSONA,
        "is_named": not lenses or len({one.who for one in reports}) > 1,
        "rows": list(zip(reports, figures, strict=True)),
        "headings": headings,
        "all_lenses": lenses,
        "lenses": [lens for lens in lenses if lens.name != PERSONA],
        "filters": choose_filters(reports, lenses),
        "most_columns": MOST_COLUMNS,
        "left_out": _join_reasons(left_out),
        "data_hash": data_hash,
        "overdue": [outcome for outcome in outcomes if outcome.is_kept and outcome.reason],
        "skipped": [{"name": name, "page": page.name, "is_there": page.exists()} for name, page in others],
        "window": window or {},
        "format": FORMAT,
    }
    return write_whole(
        out / "index.html", fill_template(look, "overview.html.j2", facts=told, styles=("overview.css",))
    )


def _tell_group(group: Group, *, letters: int) -> dict[str, object]:
    steps = list_steps([one.outcome.summary for _, one in group.listed])
    stages = place_stages(Counter(step["stage"] for step in steps), letters=letters)
    return {
        **group._asdict(),
        "steps": steps,
        "stages": stages,
        "lines": 1 + max((one.line for one in stages), default=0),
    }


def place_stages(steps: Mapping[str, int], *, letters: int) -> list[Stage]:
    """Place the names of stages above their steps, in a second line where the first has no room.

    Parameters
    ----------
    steps
        How many steps each stage has.
    letters
        How many letters the whole axis has room for.

    Examples
    --------
    >>> [(stage.line, stage.place) for stage in place_stages({"Buy": 4, "Recommend": 1}, letters=20)]
    [(0, 'left: 0.0%'), (0, 'right: 0')]
    """
    placed, ends, before = [], [0.0, 0.0], 0
    for name, count in steps.items():
        above, last = letters * before / sum(steps.values()), letters - len(name) - 1
        start = min(above, last)  # a name that would leave the axis begins before its steps
        line = int(ends[1] < ends[0] > start)
        placed.append(Stage(name, count, line, "right: 0" if start < above else f"left: {start / letters:.1%}"))
        ends[line], before = start + len(name) + 1, before + count
    return placed


def _join_failures(outcomes: Sequence) -> dict[str, list]:
    """Return the outcomes that failed, by the sentence that says why."""
    told: dict[str, list] = {}
    for outcome in outcomes:
        if outcome.failure:
            told.setdefault(outcome.failure, []).append(outcome)
    return told


def _join_reasons(left_out: Sequence) -> dict[str, dict[str, list[str]]]:
    """Return the names left out, by reason and by what they are of beside the persona."""
    told: dict[str, dict[str, list[str]]] = {}
    for one in left_out:
        place = ", ".join(value for name, value in one.lens.items() if name != PERSONA)
        told.setdefault(one.reason, {}).setdefault(place, []).append(cut_name(one.name, one.lens))
    return told


def list_figures(summaries: Sequence[Mapping]) -> tuple[list[str], list[list[Figure]]]:
    r"""Return the table's headings and a row of figures for each summary; a figure that nobody has is left out.

    Examples
    --------
    >>> low = {"label": "Lowest step", "text": "3.5 Pay: −0.5", "n": 749, "interval": ""}
    >>> list_figures([{"headline": [low], "assumed": 0.07}, {}])[1][0]
    [Figure(text='−0.5', note='3.5 Pay, n\xa0=\xa0749', order=-0.5), Figure(text='7%', note='', order=0.07)]
    """
    read = [_read_figures(summary) for summary in summaries]
    labels = dict.fromkeys(label for figures in read for label in figures)
    order = [*(one for one in FIRST if one in labels), *(one for one in labels if one not in (*FIRST, ASSUMED))]
    order += [ASSUMED] if ASSUMED in labels else []
    return [HEADINGS.get(one, one) for one in order], [[row.get(one, Figure()) for one in order] for row in read]


def list_steps(summaries: Sequence[Mapping]) -> list[dict]:
    r"""Return one row a step of the study: stage, number and name, and how each persona feels there.

    Examples
    --------
    >>> step = {"step_id": "3.5", "stage": "Buy", "name": "Pay", "value": -0.5, "n": 749}
    >>> list_steps([{"steps": [step]}, {}])[0]["feelings"]
    [Figure(text='−0.5', note='n\xa0=\xa0749', order=-0.5), Figure(text='–', note='', order=None)]
    """
    steps = {step["step_id"]: step for summary in summaries for step in summary.get("steps", ())}
    felt = [{step["step_id"]: step for step in summary.get("steps", ())} for summary in summaries]
    return [
        {**step, "feelings": [_read_feeling(one.get(step_id, {})) for one in felt]} for step_id, step in steps.items()
    ]


def _read_figures(summary: Mapping) -> dict[str, Figure]:
    figures = dict(map(_read_figure, summary.get("headline", ())))
    since = summary.get("since", {})
    if verdict := since.get("verdict"):
        order = VERDICTS.index(verdict) if verdict in VERDICTS else None
        figures[SINCE] = Figure(verdict, since["sentence"], order)
    if summary.get("assumed") is not None:
        figures[ASSUMED] = Figure(f"{summary['assumed']:.0%}", order=summary["assumed"])
    return figures


def _read_figure(figure: Mapping) -> tuple[str, Figure]:
    """Return a headline figure's label and its cell, the number first and the step it belongs to beside it."""
    place, _, text = figure["text"].rpartition(": ")
    weighted = WEIGHTED.fullmatch(figure["label"])
    label, plain = weighted.groups() if weighted else (figure["label"], "")
    count = f"{figure['n']:,.0f}" if figure.get("n") else ""
    range_of_it = figure.get("interval", "").replace(" ", KEPT_BLANK)
    note = [plain, place, _write_n(count) if count not in ("", text) else "", range_of_it]
    found = NUMBER.search(text)
    order = float(found[0].replace(",", "").replace("−", "-")) if found else None
    return label, Figure(text, ", ".join(filter(None, note)), order)


def _read_feeling(step: Mapping) -> Figure:
    if step.get("value") is None:
        return Figure()
    text = f"{step['value']:+.1f}".replace("-", "−").replace("−0.0", "0.0").replace("+0.0", "0.0")
    return Figure(text, _write_n(f"{step['n']:,.0f}") if step.get("n") else "", step["value"])


def _write_n(count: str) -> str:
    return f"n{KEPT_BLANK}={KEPT_BLANK}{count}"
