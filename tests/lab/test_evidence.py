"""Tests of the search for evidence: what is found by which words, and in which order it is shown."""

import pandas as pd
import pytest

from cjm_helpers.lab.evidence import MOST, gather_evidence, search_evidence


@pytest.fixture(scope="module")
def evidence(example):
    """What may stand as evidence in the example."""
    return gather_evidence(example)


def ids(hits):
    """Return the ids of hits in the order shown."""
    return [hit.id for hit in hits.shown]


def test_every_word_must_be_found(evidence):
    """Words are looked for in text, id, source and touchpoint, whatever their capitals and order."""
    found = search_evidence(evidence, "CARD Interview payment")
    texts = [f"{hit.text} {hit.source}".lower() for hit in found.shown]
    assert texts and all(word in text for word in ("card", "interview", "payment") for text in texts)
    assert search_evidence(evidence, "card nosuchword").total == 0


def test_an_id_finds_its_row(evidence):
    """A quote's id finds that quote."""
    assert ids(search_evidence(evidence, "i0504"))[0] == "i0504"


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        ("quote", "card"), ("KPI", "newsletter"), ("statement", "phone"), ("code", "refused"), ("answer", "csat"),
        ("customer", "c0001"),
    ],
)  # fmt: skip
def test_one_sort_can_be_looked_for(evidence, kind, query):
    """Each sort of evidence is found, and nothing else when it alone is asked for."""
    found = search_evidence(evidence, query, kind=kind)
    assert found.total > 0 and {hit.sort for hit in found.shown} == {kind}


def test_what_is_ticked_comes_first(evidence):
    """What was chosen before is shown whatever is looked for, and never twice."""
    found = search_evidence(evidence, "card refused", ticked=["i0101", "i0504"])
    assert ids(found)[:2] == ["i0101", "i0504"]
    assert [hit.is_ticked for hit in found.shown[:3]] == [True, True, False]
    assert ids(found).count("i0504") == 1


def test_an_id_that_is_gone_can_be_unticked(evidence):
    """An id that no row has any more is shown as such instead of vanishing."""
    lost = search_evidence(evidence, "", ticked=["f_gone"]).shown[0]
    assert (lost.id, lost.sort, lost.is_ticked) == ("f_gone", "unknown", True)


def test_the_same_touchpoint_comes_first(evidence, example):
    """What was said about the touchpoint at hand stands before the rest."""
    name = example.touchpoints.set_index("touchpoint_id")["name"]["payment"]
    assert all(name in hit.source for hit in search_evidence(evidence, "", near="payment").shown)


def test_fifty_are_shown_and_all_counted(evidence):
    """A wide search shows fifty and says how many there are."""
    found = search_evidence(evidence, "")
    assert len(found.shown) == MOST and found.total == len(evidence.hits)


def test_every_id_that_checks_allow_is_found(evidence, example):
    """Whatever may stand in an evidence column can be found here, by the tables that checks look into."""
    from cjm_helpers.study.checks import EVIDENCE_TABLES
    from cjm_helpers.worksheets import SPECS

    allowed = pd.concat([example.tables[name][SPECS[name].key[0]] for name in EVIDENCE_TABLES])
    assert set(allowed) == {hit.id for hit in evidence.hits}


def test_a_kpi_shows_its_newest_reading(evidence, example):
    """A KPI is shown with the cases of its newest period, over all personas."""
    (hit,) = [one for one in evidence.hits if one.id == "checkout_abandonment" and one.sort == "KPI"]
    readings = example.kpi_readings[example.kpi_readings["kpi_id"] == hit.id]
    newest = readings[readings["period"] == readings["period"].max()]
    assert hit.source.startswith(f"{newest['period'].iloc[0]}: {newest['numerator'].sum():,.0f} of ")


def test_a_customer_of_two_waves_is_shown_once(example):
    """Whoever has a row in each wave is one customer."""
    from dataclasses import replace

    twice = pd.concat([example.customers, example.customers.assign(wave="2026-09")])
    evidence = gather_evidence(replace(example, tables={**example.tables, "customers": twice}))
    assert sum(hit.id == "c0001" for hit in evidence.hits) == 1
