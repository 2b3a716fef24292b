"""One persona and one wave are chosen in every table at once."""

from dataclasses import replace

import pandas as pd
import pytest

from cjm_helpers.errors import ParameterError, SelectedBefore
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import new_study
from cjm_helpers.study.selection import select_personas, select_rows

TALK = (
    "feedback_id,customer_id,touchpoint_id,source,speaker,text,date\n"
    "f1,c1,basket,survey,,Slow,2026-03-05\nf2,c2,,review,,Fine,2026-09-05\nf9,,basket,interview,P9,Dark,2026-03-06\n"
)


def ids(study, table):
    return study.tables[table].iloc[:, 0].tolist()


def test_everyone_and_all_keep_every_row(folder):
    """Without a filter only the readings of single personas give way to those of all customers."""
    study = open_study(folder)
    chosen = select_rows(study, wave="all")
    for name in study.tables:
        if name != "kpi_readings":
            pd.testing.assert_frame_equal(chosen.tables[name], study.tables[name])
    assert (chosen.persona_id, chosen.wave) == ("everyone", "all")


def test_a_persona_named_twice_has_a_row_once(folder, change):
    """In a list of personas a name that comes twice counts once, and a list of nothing is nobody's."""
    change("worksheets/touchpoints.csv", old="lena; omar", new="lena; lena")
    study = open_study(change("worksheets/touchpoints.csv", old="Web,lena,,spring", new="Web,;,,spring"))
    assert ids(select_rows(study, persona_id="lena", wave="spring"), "touchpoints") == ["advert", "basket"]
    assert ids(select_rows(study, persona_id="omar", wave="all"), "touchpoints") == ["advert", "guest_order"]


def test_what_is_written_into_a_table_stays_there(folder):
    """Parts, whether chosen before or after, are of the study as it was opened."""
    study = open_study(folder)
    part, opened = select_rows(study, persona_id="omar", wave="all"), open_study(folder)
    study.responses.drop(index=0, inplace=True)
    part.responses["seen"] = True
    part.codebook["seen"] = True
    again = select_rows(study, persona_id="omar", wave="all")
    for name in study.tables:
        pd.testing.assert_frame_equal(
            again.tables[name], select_rows(opened, persona_id="omar", wave="all").tables[name]
        )


def test_newest_is_the_last_wave_that_has_rows(folder, change):
    """A declared wave without a row is passed over."""
    assert select_rows(open_study(folder)).wave == "autumn"
    winter = '[[waves]]\nid = "winter"\nstart = 2027-01-01\nend = 2027-01-31\n\n[metrics.csat]'
    assert select_rows(open_study(change("study.toml", old="[metrics.csat]", new=winter))).wave == "autumn"


def test_readings_alone_make_no_wave_the_newest(folder, change):
    """Figures of a month in which no customer was heard leave the last survey in its place."""
    winter = '[[waves]]\nid = "winter"\nstart = 2027-01-01\nend = 2027-01-31\n\n[metrics.csat]'
    change("study.toml", old="[metrics.csat]", new=winter)
    study = open_study(folder)
    later = pd.concat([study.kpi_readings, study.kpi_readings.tail(1).assign(wave="winter")], ignore_index=True)
    assert select_rows(replace(study, tables={**study.tables, "kpi_readings": later})).wave == "autumn"


@pytest.mark.parametrize(
    ("wave", "table", "kept"),
    [
        ("spring", "responses", ["r1", "r3"]),
        ("autumn", "responses", ["r2"]),
        ("all", "responses", ["r1", "r2", "r3", "r4"]),
        ("spring", "feedback", ["f1"]),
        ("spring", "codings", ["f1", "f1"]),
        ("autumn", "codings", ["f2"]),
        ("spring", "statements", ["s1", "s2", "s3"]),
        ("autumn", "statements", ["s2", "s3"]),
        ("spring", "touchpoints", ["advert", "basket", "forced_account"]),
        ("autumn", "touchpoints", ["advert", "basket", "guest_order"]),
        ("spring", "persona_assignments", ["c1", "c2"]),
        ("spring", "customers", ["c1", "c2"]),
    ],
)
def test_a_wave_is_chosen(folder, wave, table, kept):
    """Rows of the wave stay; rows that hold for every wave stay too."""
    assert ids(select_rows(open_study(folder), wave=wave), table) == kept


@pytest.mark.parametrize(
    ("persona_id", "table", "kept"),
    [
        ("lena", "responses", ["r1"]),  # c1 is Lena in spring only
        ("omar", "responses", ["r2", "r3", "r4"]),  # and Omar in autumn; c2 is always Omar
        ("lena", "feedback", ["f1"]),
        ("omar", "feedback", ["f2"]),
        ("lena", "codings", ["f1", "f1"]),
        ("lena", "customers", ["c1"]),
        ("lena", "personas", ["lena"]),
        ("lena", "touchpoints", ["advert", "basket", "forced_account"]),
        ("omar", "touchpoints", ["advert", "basket", "guest_order"]),
        ("lena", "statements", ["s1", "s2"]),
        ("omar", "persona_assignments", ["c1", "c2"]),
        ("lena", "codebook", ["slow", "kind"]),
    ],
)
def test_a_persona_is_chosen(folder, persona_id, table, kept):
    """Rows of the persona's customers stay, and rows that are about every persona."""
    assert ids(select_rows(open_study(folder), persona_id=persona_id, wave="all"), table) == kept


def test_readings_for_everyone_are_not_counted_twice(folder):
    """Where a KPI and period are read for all customers, the personas' readings step back; else they stand in."""
    readings = select_rows(open_study(folder), wave="all").kpi_readings
    assert readings["period"].tolist() == ["2026-03", "2026-09", "2026-09"]
    assert readings["persona_id"].tolist() == ["", "lena", "omar"]
    assert select_rows(open_study(folder), persona_id="lena", wave="all").kpi_readings["numerator"].tolist() == [20, 10]


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        ({"persona_id": "lenna"}, "Did you mean 'lena'"),
        ({"wave": "sprng"}, "Did you mean 'spring'"),
        ({"persona_id": ""}, "Allowed: everyone"),
    ],
)
def test_unknown_choices_are_refused(folder, choice, sentence):
    """A misspelt persona or wave is an error, never an empty report."""
    with pytest.raises(ParameterError, match=sentence):
        select_rows(open_study(folder), **choice)


def test_first_is_the_first_persona_that_has_customers(folder, tmp_path):
    """Whoever opens a study sees one persona's journey at once, or everyone where none is listed."""
    study = open_study(folder)
    assert [select_rows(study, persona_id="first", wave=wave).persona_id for wave in ("spring", "autumn", "all")] == [
        "lena", "omar", "lena",
    ]  # fmt: skip
    assert select_rows(open_study(new_study(tmp_path / "blank")), persona_id="first").persona_id == "everyone"


def test_first_is_everyone_where_nobody_is_assigned(change):
    """Answers of customers without persona are shown; without any answers, the beliefs about the first persona are."""
    folder = change("imported/persona_assignments.csv", new="customer_id,persona_id,basis,wave\n")
    study = open_study(folder)
    assert select_rows(study, persona_id="first").persona_id == "everyone"
    silent = {name: study.tables[name][:0] for name in ("responses", "feedback")}
    assert select_rows(replace(study, tables=study.tables | silent), persona_id="first").persona_id == "lena"


def test_the_study_is_left_alone(folder):
    """Selecting changes neither the study nor its tables."""
    study = open_study(folder)
    before = {name: table.copy() for name, table in study.tables.items()}
    select_rows(study, persona_id="lena", wave="spring")
    for name, table in before.items():
        pd.testing.assert_frame_equal(study.tables[name], table)
    assert study.persona_id == "everyone"


def test_rows_are_counted_from_zero_again(folder):
    """The index of a chosen table has no holes."""
    assert select_rows(open_study(folder), wave="autumn").responses.index.tolist() == [0]


def test_a_wave_overrules_what_holds_for_every_wave(change):
    """Who is always Omar and Lena in spring is Lena in spring, and in no wave both."""
    folder = change("imported/persona_assignments.csv", old="c2,omar,rule,", new="c2,omar,rule,\nc2,lena,rule,spring")
    for persona_id, answers in (("omar", ["r2", "r4"]), ("lena", ["r1", "r3"])):
        assert ids(select_rows(open_study(folder), persona_id=persona_id, wave="all"), "responses") == answers
    assigned = select_rows(open_study(folder), wave="spring").persona_assignments
    assert assigned["persona_id"].tolist() == ["lena", "lena"]


def test_readings_of_the_whole_stand_for_their_parts(change):
    """A total beside its markets counts alone, so that no case counts twice."""
    rows = "kpi_id,period,market,numerator,denominator\ngiven_up,2026-09,,40,100\ngiven_up,2026-09,DE,30,60\n"
    chosen = select_rows(open_study(change("worksheets/kpi_readings.csv", new=rows)))
    assert chosen.kpi_readings["numerator"].tolist() == [40]


def test_the_wave_before_is_that_of_the_old_name(change):
    """A persona that got a new id is compared with what it was called one wave earlier."""
    rows = "kind,old_id,new_id,wave,reason\npersona,lena,omar,autumn,Renamed after the interviews\n"
    part = select_rows(open_study(change("worksheets/renames.csv", new=rows)), persona_id="omar", wave="autumn")
    assert (part.persona_id, part.earlier.persona_id, part.earlier.wave) == ("omar", "lena", "spring")


def test_a_narrowed_study_is_not_chosen_from_again(folder):
    """The rows of others are gone, so a second choice would be empty without a word."""
    part = select_rows(open_study(folder), persona_id="lena", wave="all")
    with pytest.raises(SelectedBefore, match="narrowed to persona 'lena'.*as open_study returns it"):
        select_rows(part, persona_id="omar")


def test_a_speaker_can_be_given_a_persona(change):
    """Who is interviewed and has no customer number belongs to a persona under the name of the speaker."""
    folder = change("worksheets/feedback.csv", new=TALK)
    assert "f9" not in ids(select_rows(open_study(folder), persona_id="lena", wave="all"), "feedback")
    folder = change("imported/persona_assignments.csv", old="c2,omar,rule,", new="c2,omar,rule,\nP9,lena,person,")
    assert "f9" in ids(select_rows(open_study(folder), persona_id="lena", wave="all"), "feedback")


MARKETS = "customer_id,wave,age,country\nc1,spring,31,DE\nc1,autumn,31,AT\nc2,,44,DE\n"


@pytest.mark.parametrize(
    ("table", "kept"),
    [
        ("responses", ["r1", "r3", "r4"]),  # c1 lives in Austria by autumn
        ("feedback", ["f1", "f2"]),
        ("codings", ["f1", "f2", "f1"]),
        ("customers", ["c1", "c2"]),
        ("persona_assignments", ["c1", "c1", "c2"]),
        ("statements", ["s1", "s2", "s3"]),
    ],
)
def test_a_dimension_is_chosen(change, table, kept):
    """Rows of customers with the value in that wave stay, and so does what speaks of no customer."""
    study = open_study(change("imported/customers.csv", new=MARKETS))
    assert ids(select_rows(study, wave="all", dimension="market=DE"), table) == kept


def test_the_wave_before_has_the_same_dimension(change):
    """A market is compared with itself one wave earlier."""
    study = open_study(change("imported/customers.csv", new=MARKETS))
    assert select_rows(study, wave="autumn", dimension="market=DE").earlier.dimension == "market=DE"


def test_the_whole_study_stays_at_hand(folder):
    """A part and its wave before hold the study they were taken from, with what others meet and other waves hold."""
    study = open_study(folder)
    part = select_rows(study, persona_id="omar", wave="autumn")
    assert part.whole is study and part.earlier.whole is study and study.whole is None
    assert len(part.whole.touchpoints) == 4 and len(part.touchpoints) == 3


def test_personas_are_chosen_side_by_side(folder):
    """Every persona that has something to show is a part of the same wave, in the order of the worksheet."""
    parts = select_personas(open_study(folder))
    assert [(part.persona_id, part.wave) for part in parts] == [("lena", "autumn"), ("omar", "autumn")]
    silent = select_personas(open_study(folder), wave="all", dimension="market=DE")
    assert [part.dimension for part in silent] == ["market=DE", "market=DE"]


def test_a_persona_without_anything_of_its_own_is_left_out(change):
    """What is said of everyone shows no persona; asked for by name, it is returned all the same."""
    folder = change("worksheets/personas.csv", old="omar,Omar,proto", new="omar,Omar,proto\nada,Ada,proto")
    study = open_study(folder)
    assert [part.persona_id for part in select_personas(study)] == ["lena", "omar"]
    assert [part.persona_id for part in select_personas(study, persona_ids=["ada", "lena"])] == ["ada", "lena"]


@pytest.mark.parametrize("persona_id", ["lenna", "everyone", "first"])
def test_unknown_personas_are_refused(folder, persona_id):
    """Only listed personas stand side by side; everyone is no persona beside them."""
    with pytest.raises(ParameterError, match="lena"):
        select_personas(open_study(folder), persona_ids=["omar", persona_id])
