"""Counts what a study holds: rows by table, and people heard by wave."""

import pandas as pd

from cjm_helpers.study.tables import EVENTS

NO_WAVE = "no wave"
COLUMNS = ["wave", "start", "end", "customers", "answers", "verbatims", "readings"]


def count_rows(study) -> dict[str, int]:
    """Return how many rows each table holds, events too.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> count_rows(open_study("retail_checkout"))["personas"]
    4
    """
    counts = {name: len(table) for name, table in study.tables.items()}
    return counts | {EVENTS: 0 if study.events is None else int(study.events.count().execute())}


def count_waves(study) -> pd.DataFrame:
    """Return one row a wave: its days, customers who answered or wrote, answers, verbatims, readings of KPIs.

    Columns made: wave, start, end, customers, answers, verbatims, readings. Rows of no wave stand
    under "no wave", where there are any.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> count_waves(open_study("retail_checkout"))[["wave", "customers"]].values.tolist()
    [['2026-03', 1000], ['2026-09', 1000], ['no wave', 0]]
    """
    days = {wave.id: (wave.start.isoformat(), wave.end.isoformat()) for wave in study.settings.waves}
    rows = [[wave, *these, *_count_wave(study, wave)] for wave, these in days.items()]
    outside = _count_wave(study, "")
    return pd.DataFrame([*rows, *([[NO_WAVE, "", "", *outside]] if any(outside) else [])], columns=COLUMNS)


def _count_wave(study, wave: str) -> list[int]:
    own = {
        name: study.tables[name][study.tables[name]["wave"] == wave]
        for name in ("responses", "feedback", "kpi_readings")
    }
    people = {*own["responses"]["customer_id"], *own["feedback"]["customer_id"]} - {""}
    answers = own["responses"]["count"].fillna(1).sum()
    return [len(people), int(answers), len(own["feedback"]), len(own["kpi_readings"])]
