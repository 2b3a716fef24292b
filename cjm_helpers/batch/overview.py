"""Writes index.html: the personas of a run side by side, what failed, and what the figures rest on."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from cjm_helpers.batch.pages import fill_template, write_whole
from cjm_helpers.study.settings import FORMAT

CUSTOMERS, MEAN, ASSUMED = "Customers heard", "Mean feeling, −2 to +2", "Assumed"
HEADINGS = {CUSTOMERS: "Customers", MEAN: "Mean feeling"}
FIRST = (CUSTOMERS, "Lowest step", "Highest step", MEAN)
NUMBER = re.compile(r"[−+-]?\d[\d,]*(\.\d+)?")
WEIGHTED = re.compile(r"(?P<label>.+), weighted \((?P<plain>unweighted .+)\)")
MISSING, KEPT_BLANK = "–", "\u00a0"


class Figure(NamedTuple):
    """One cell of the table: what is read first, what stands beside it small, and the number to sort by."""

    text: str = MISSING
    note: str = ""
    order: float | None = None


def write_overview(
    outcomes: Sequence,
    *,
    look: Path,
    out: Path,
    others: Sequence[tuple[str, Path]] = (),
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
    headings, rows = list_figures([outcome.summary for outcome in listed])
    told = {
        "facts": outcomes[0].report.facts if outcomes else {},
        "failures": [outcome for outcome in outcomes if outcome.failure],
        "compared": next((one for one in outcomes if not one.report.persona_id and not one.failure), None),
        "rows": list(zip(listed, rows, strict=True)),
        "headings": headings,
        "steps": (steps := list_steps([outcome.summary for outcome in listed])),
        "stages": Counter(step["stage"] for step in steps),
        "skipped": [{"name": name, "page": page.name, "is_there": page.exists()} for name, page in others],
        "window": window or {},
        "format": FORMAT,
    }
    return write_whole(
        out / "index.html", fill_template(look, "overview.html.j2", facts=told, styles=("overview.css",))
    )


def write_failure(outcome, *, look: Path) -> Path:
    """Write the sentence of a failure where its page would be, for pages that link there.

    Examples
    --------
    >>> import tempfile
    >>> from types import SimpleNamespace as Thing
    >>> from cjm_helpers.study.kit import kit_folder
    >>> report = Thing(name="Personas compared", facts={"study": "Shop"}, page=Path(tempfile.mkdtemp()) / "it.html")
    >>> page = write_failure(Thing(report=report, failure="No answers."), look=kit_folder() / "templates/reports/html")
    >>> "No answers." in page.read_text(encoding="utf-8")
    True
    """
    html = fill_template(look, "failure.html.j2", facts={"outcome": outcome, "facts": outcome.report.facts})
    return write_whole(outcome.report.page, html)


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
