"""Searches what may stand as evidence in a study: quotes, KPIs, statements, codes and single answers."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from cjm_helpers.study.folder import Study
from cjm_helpers.study.kinds import spell_cells
from cjm_helpers.worksheets import SPECS

MOST = 50
KINDS = {
    "feedback": "quote", "kpis": "KPI", "statements": "statement", "codebook": "code", "responses": "answer",
    "customers": "customer",
}  # fmt: skip


class Hit(NamedTuple):
    """One thing that may stand as evidence: its id, what sort it is, what it says, and where it comes from."""

    id: str
    sort: str
    text: str
    source: str
    is_ticked: bool = False


class Hits(NamedTuple):
    """What a search shows, and how many it found in all."""

    shown: list[Hit]
    total: int


@dataclass(frozen=True, eq=False)
class Evidence:
    """Everything in a study that may stand as evidence; haystacks hold what each is found by."""

    study: Study
    hits: list[Hit]
    haystacks: list[str]
    touchpoint_ids: list[str]


def gather_evidence(study: Study) -> Evidence:
    """Return what may stand as evidence, quotes first.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> gather_evidence(open_study("retail_checkout")).hits[0].sort
    'quote'
    """
    names = dict(zip(study.touchpoints["touchpoint_id"], study.touchpoints["name"]))
    hits, touchpoint_ids = [], []
    for table, sort in KINDS.items():
        own = SPECS[table].columns[0].name
        frame = study.tables[table].drop_duplicates(own)  # a customer may stand there once a wave
        touchpoints = frame["touchpoint_id"].tolist() if "touchpoint_id" in frame else [""] * len(frame)
        texts, sources = SPOKEN[table](study, frame)
        places = [names.get(touchpoint_id, touchpoint_id) for touchpoint_id in touchpoints]
        for id, text, source, place in zip(frame[own], texts, sources, places):
            hits.append(Hit(id, sort, text, ", ".join(filter(None, (source, place)))))
        touchpoint_ids += touchpoints
    haystacks = [f"{hit.id}\n{hit.text}\n{hit.source}\n{hit.sort}".casefold() for hit in hits]
    return Evidence(study, hits, haystacks, touchpoint_ids)


def search_evidence(
    evidence: Evidence, query: str, *, kind: str = "", near: str = "", ticked: Collection[str] = ()
) -> Hits:
    """Return what holds every word looked for: what is ticked first, then what is about the same touchpoint.

    Parameters
    ----------
    kind
        Only this sort, such as "quote"; empty = all.
    near
        A touchpoint's id; what is about it comes first.
    ticked
        Ids that are chosen already; they are shown whatever is looked for.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> found = search_evidence(gather_evidence(open_study("retail_checkout")), "thursdays i0101")
    >>> found.total, found.shown[0].text[:22]
    (1, 'I get the mail on Thur')
    """
    words, chosen = query.casefold().split(), set(ticked)
    found = [
        place
        for place, haystack in enumerate(evidence.haystacks)
        if all(word in haystack for word in words) and (not kind or evidence.hits[place].sort == kind)
    ]
    if near:
        found.sort(key=lambda place: evidence.touchpoint_ids[place] != near)
    hits = evidence.hits
    first = {hit.id: hit._replace(is_ticked=True) for hit in hits if hit.id in chosen} if chosen else {}
    lost = [Hit(own, "unknown", "No such row in this study.", "", is_ticked=True) for own in ticked if own not in first]
    others = [hits[place] for place in found if hits[place].id not in chosen]
    return Hits([*first.values(), *lost, *others[:MOST]], len(others))


def _quote(study: Study, feedback: pd.DataFrame) -> tuple[list[str], list[str]]:
    refused = feedback["consent"].map({"no": "may not be quoted"}).fillna("")
    sources = zip(feedback["source"], feedback["speaker"], spell_cells(feedback["date"]), refused)
    return feedback["text"].tolist(), [", ".join(filter(None, parts)) for parts in sources]


def _spell_kpis(study: Study, kpis: pd.DataFrame) -> tuple[list[str], list[str]]:
    readings = study.kpi_readings
    newest = readings[readings["period"] == readings.groupby("kpi_id")["period"].transform("max")]
    notes = {own: _spell_reading(rows) for own, rows in newest.groupby("kpi_id")}
    texts = [": ".join(filter(None, parts)) for parts in zip(kpis["name"], kpis["definition"])]
    return texts, [notes.get(own, "no reading yet") for own in kpis["kpi_id"]]


def _spell_reading(rows: pd.DataFrame) -> str:
    """Return a KPI's reading of one period, over all personas."""
    overall = rows[rows["persona_id"] == ""]
    rows, period = overall if len(overall) else rows, rows["period"].iloc[0]
    cases, total = rows["numerator"].sum(), rows["denominator"].sum()
    if total:
        return f"{period}: {cases:,.0f} of {total:,.0f}"
    return f"{period}: {rows['value'].iloc[0]:g}" if len(rows) == 1 else f"read last in {period}"


def _spell_statements(study: Study, statements: pd.DataFrame) -> tuple[list[str], list[str]]:
    names = dict(zip(study.personas["persona_id"], study.personas["name"]))
    fields = statements["field"].str.replace("_", " ")
    parts = zip(statements["basis"], fields, statements["persona_id"].map(names).fillna(""))
    return statements["text"].tolist(), [", ".join(filter(None, part)) for part in parts]


def _spell_codes(study: Study, codebook: pd.DataFrame) -> tuple[list[str], list[str]]:
    return codebook["label"].tolist(), codebook["definition"].tolist()


def _spell_answers(study: Study, responses: pd.DataFrame) -> tuple[list[str], list[str]]:
    texts = [f"{score} on {metric}" for score, metric in zip(spell_cells(responses["score"]), responses["metric"])]
    return texts, [", ".join(filter(None, parts)) for parts in zip(responses["wave"], spell_cells(responses["date"]))]


def _spell_customers(study: Study, customers: pd.DataFrame) -> tuple[list[str], list[str]]:
    return customers["customer_id"].tolist(), customers["wave"].tolist()


SPOKEN = {
    "feedback": _quote, "kpis": _spell_kpis, "statements": _spell_statements, "codebook": _spell_codes,
    "responses": _spell_answers, "customers": _spell_customers,
}  # fmt: skip
