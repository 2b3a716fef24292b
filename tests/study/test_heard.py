"""Counting all parts at once gives what narrowing the study to each of them gives."""

from itertools import product

import pytest

from cjm_helpers.study.dimensions import list_dimensions
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.heard import count_people, find_known, list_people
from cjm_helpers.study.selection import list_heard, select_personas, select_rows

TALK = (
    "feedback_id,customer_id,touchpoint_id,source,speaker,text,date\n"
    "f1,c1,basket,survey,,Slow,2026-03-05\nf2,c2,,review,,Fine,2026-09-05\nf9,,basket,interview,P9,Dark,2026-03-06\n"
)
MARKETS = "customer_id,wave,age,country\nc1,spring,31,DE\nc1,autumn,31,AT\nc2,,44,DE\nc2,autumn,44,\nP9,,50,AT\n"


def count_narrowed(study, **part) -> int:
    """Count the people heard in one part of a study."""
    narrowed = select_rows(study, **part)
    talk = narrowed.feedback["customer_id"].where(narrowed.feedback["customer_id"] != "", narrowed.feedback["speaker"])
    return len({*narrowed.responses["customer_id"], *talk} - {""})


def check(study) -> int:
    """Compare every part of a study, and return how many people stand in all of them."""
    waves, values = ["all", *list_heard(study)], list_dimensions(study)
    personas = ["everyone", *study.personas["persona_id"]]
    counts = count_people(list_people(study, dimensions=["market"]), waves=waves, dimensions=["market"])
    for persona_id, wave, value in product(personas, waves, values):
        counted = counts.get((persona_id, wave, value.partition("=")[2]), 0)
        assert counted == count_narrowed(study, persona_id=persona_id, wave=wave, dimension=value)
    counts = count_people(list_people(study), waves=waves)
    for persona_id, wave in product(personas, waves):
        assert counts.get((persona_id, wave), 0) == count_narrowed(study, persona_id=persona_id, wave=wave)
    return sum(counts.values())


def test_every_part_of_the_example_is_counted(example):
    """All personas, waves and markets of the example."""
    assert check(example) > 5000


def test_who_moves_and_who_has_no_number_is_counted(change):
    """Customers who change persona and market between waves, are of none in one wave, or are known as speakers only."""
    change("worksheets/feedback.csv", new=TALK)
    change("imported/persona_assignments.csv", old="c2,omar,rule,", new="c2,omar,rule,\nP9,lena,person,")
    assert check(open_study(change("imported/customers.csv", new=MARKETS))) > 5


@pytest.mark.parametrize("wave", ["all", "spring", "autumn"])
@pytest.mark.parametrize("rows", ["omar,Omar,proto", "omar,Omar,proto\nada,Ada,proto"])
def test_of_whom_anything_is_known(change, wave, rows):
    """The personas known are those that would stand side by side."""
    study = open_study(change("worksheets/personas.csv", old="omar,Omar,proto", new=rows))
    assert find_known(study, wave=wave) == {part.persona_id for part in select_personas(study, wave=wave)}


def test_nobody_heard_is_nobody_counted(change):
    """A study without an answer counts nobody, and its statements alone make a persona known."""
    change("imported/responses.csv", new="response_id,customer_id,touchpoint_id,metric,score,date\n")
    change("worksheets/kpi_readings.csv", new="kpi_id,period,persona_id,market,numerator,denominator\n")
    for name in ("anna", "ben"):
        change(f"worksheets/codings/{name}.csv", new="feedback_id,coder_id,code_id\n")
    change("worksheets/statements.csv", new="statement_id,persona_id,field,text,basis\ns1,lena,quote,Ah,assumed\n")
    study = open_study(change("worksheets/feedback.csv", new=TALK.splitlines()[0] + "\n"))
    assert count_people(list_people(study), waves=["all"]) == {} and find_known(study, wave="all") == {"lena"}
