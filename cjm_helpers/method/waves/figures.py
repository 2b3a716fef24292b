"""Each KPI in two waves, from the answers of customers or from the readings of a system."""

import numpy as np
import pandas as pd

from cjm_helpers.method.kpis.people import find_answers, score_people
from cjm_helpers.method.kpis.readings import read_kpi
from cjm_helpers.method.waves.cells import Cell, choose_kind, find_absence, find_break
from cjm_helpers.method.waves.past import find_renames
from cjm_helpers.method.waves.samples import Sample, sample_cases, sample_people

WIDEST = {"nps": 200.0, "share": 1.0}


def list_figures(part, past) -> list[Cell]:
    """List every KPI that was measured in either wave, in the order of the KPIs.

    Parameters
    ----------
    part, past
        A study as select_rows returns it, and its earlier wave as rename_past returns it.

    Examples
    --------
    >>> import cjm_helpers as cjm
    >>> from cjm_helpers.method.waves.past import rename_past
    >>> part = cjm.select_rows(cjm.open_study("retail_checkout"))
    >>> cell = list_figures(part, rename_past(part))[-1]
    >>> cell.name, cell.now.kind
    ('Would recommend us', 'nps')
    """
    renames = find_renames(part)
    questions = renames[renames["kind"].eq("metric")].set_index("new_id")["old_id"]
    cells = [_make_cell(kpi, part, past, questions=questions) for kpi in part.kpis.to_dict("records")]
    return [cell for cell in cells if cell.now.n or cell.before.n or cell.barrier]


def _make_cell(kpi: dict, part, past, *, questions: pd.Series) -> Cell:
    (now, barrier_now), (before, barrier_before) = _sample(kpi, part), _sample(kpi, past)
    return Cell(
        persona_id=part.persona_id,
        object="kpi",
        id=kpi["kpi_id"],
        touchpoint_id=kpi["touchpoint_id"],
        name=kpi["name"],
        metric=kpi["kind"],
        unit=kpi["unit"] or ("points" if kpi["kind"] == "nps" else ""),
        better=kpi["direction"],
        now=now,
        before=before,
        barrier=barrier_now or barrier_before or _find_barrier(kpi, (part, now), (past, before), questions),
        widest=_find_widest(kpi, part) if now.people is not None else None,
    )


def _sample(kpi: dict, side) -> tuple[Sample, str]:
    """Return the people or cases behind a KPI in one wave, and why they allow no test."""
    kind = choose_kind(kpi["kind"])
    _, answers = find_answers(kpi, side.responses)
    if kpi["metric"] and len(answers):
        return sample_people(score_people(kpi, answers, metrics=side.settings.metrics), kind=kind), ""
    reading = read_kpi(kpi, side.kpi_readings)
    if np.isnan(reading["value"]):
        return Sample(kind), ""
    sample = sample_cases(reading, kind=kind)
    is_whole = not np.isnan(sample.facts).any()
    return sample, "" if is_whole else f"“{kpi['name']}” was read in {side.wave} without cases or spread: no test."


def _find_barrier(kpi: dict, now: tuple, before: tuple, questions: pd.Series) -> str:
    """Say that the two sides are not of one kind: one wave without the touchpoint, other sources, other questions."""
    (part, sample), (past, sample_before) = now, before
    if absence := find_absence(kpi["touchpoint_id"], now=(part, sample.n), before=(past, sample_before.n)):
        return absence
    if sample.n and sample_before.n and (sample.people is None) != (sample_before.people is None):
        sources = ("answers", "readings") if sample_before.people is None else ("readings", "answers")
        return f"“{kpi['name']}” comes from {sources[0]} in {part.wave} and from {sources[1]} in {past.wave}: no test."
    old = questions.get(kpi["metric"], kpi["metric"])
    if not old or find_answers(kpi | {"metric": old}, past.responses)[1].empty:
        return ""
    asked = [(side.wave, one, side.settings.metrics[one]) for side, one in ((part, kpi["metric"]), (past, old))]
    return find_break(kpi["name"], now=asked[0], before=asked[1])


def _find_widest(kpi: dict, part) -> float:
    metric = part.settings.metrics[kpi["metric"]]
    return WIDEST.get(choose_kind(kpi["kind"]), metric.max - metric.min)
