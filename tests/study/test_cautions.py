"""What weakens a study is said without stopping it."""

import pytest

from cjm_helpers.study.folder import check_study


def say(folder):
    found = check_study(folder)
    assert found.faults == []
    return "\n".join(map(str, found.cautions))


HEADING = "response_id,customer_id,metric,score,weight,date\n"


def test_partly_empty_columns_are_said(change):
    """More than 20 % missing is said; 20 % and a column nobody uses are not."""
    rows = "".join(f"r{place},{'' if place < 3 else 'c1'},csat,3,,2026-03-05\n" for place in range(10))
    said = say(change("imported/responses.csv", new=HEADING + rows))
    assert "responses, column customer_id: 3 of 10 rows are empty." in said
    assert "feedback, column customer_id" in said and "column weight" not in said


def test_a_speaker_stands_for_a_customer(change):
    """A verbatim counts as nobody's only where it names neither a customer nor a speaker."""
    rows = "".join(f"f{place},,interview,{'' if place < 3 else 'P1'},Words\n" for place in range(10))
    new = "feedback_id,customer_id,source,speaker,text\n" + rows
    assert "customer_id: 3 of 10 rows name neither a customer nor a speaker." in say(
        change("worksheets/feedback.csv", new=new)
    )
    assert "neither a customer" not in say(
        change("worksheets/feedback.csv", new=new.replace("interview,,", "interview,P2,"))
    )


def test_mixed_weights_are_said(change):
    """Answers without a weight beside weighted ones count as 1, and that is said."""
    rows = "r0,c1,csat,3,,2026-03-05\nr1,c1,csat,3,2,2026-03-05\n"
    assert "responses, column weight: 1 of 2 answers have no weight" in say(
        change("imported/responses.csv", new=HEADING + rows)
    )


def test_one_sided_attributes_are_said(change):
    """An attribute with one level above 95 % cannot tell customers apart."""
    rows = "".join(f"c{place},,30,Ulm\n" for place in range(1, 41))
    said = say(change("imported/customers.csv", new="customer_id,wave,age,city\n" + rows))
    assert "customers, column age: 100% of the rows hold '30.0'" in said


def test_small_groups_are_said(folder):
    """Metrics and personas with fewer customers than min_n are named."""
    said = say(folder)
    assert "responses, column metric: 'nps' has 1 answers, fewer than min_n = 5." in said
    assert "persona_assignments, column persona_id: 'lena' has 1 customers, fewer than min_n = 5." in said


def test_rows_between_the_waves_are_said(folder):
    """An answer from December belongs to no wave, so it will be left out."""
    said = "responses, column wave: 1 of 4 rows have no wave and no day within one (they reach from 2026-12-24 to 2026"
    assert said in say(folder)


@pytest.mark.parametrize("content", [HEADING, ""])
def test_imported_tables_without_rows_are_said(change, content):
    """A heading alone, or nothing at all; an empty worksheet is simply not used yet."""
    change("worksheets/goals.csv", new="goal_id,statement\n")
    change("worksheets/statements.csv", new="statement_id,field,text,basis\n")
    said = say(change("imported/responses.csv", new=content))
    assert "imported/responses.csv: The table holds no row" in said and said.count("holds no row") == 1


def test_letters_that_came_out_wrong_are_said_with_their_place(folder):
    """Two encodings in one file, or a letter lost before: file, row, column and what stands there."""
    file = folder / "worksheets" / "personas.csv"
    file.write_bytes("persona_id,name,tagline\nlena,Lena,für mich\n".encode() + b"omar,Omar,f\xfcr alle\n")
    assert "worksheets/personas.csv, row 2, column tagline: 1 cell holds letters that came out wrong" in say(folder)
    file.write_text("persona_id,name,tagline\nlena,Lena,f\ufffdr\nomar,Omar,für\n", encoding="utf-8")
    assert "such as 'f\ufffdr'" in say(folder)


@pytest.mark.parametrize(("target", "is_said"), [("0.2", False), ("0.3", False), ("0.4", True), ("", False)])
def test_targets_that_point_backwards_are_said(change, target, is_said):
    """A target worse than the baseline is most often a wrong direction."""
    said = say(change("worksheets/kpis.csv", old="0.3,0.2", new=f"0.3,{target}"))
    assert ("worse than the baseline" in said) == is_said


def test_kpis_outside_every_wave_are_said(change):
    """A KPI that is read by quarter has no wave of its own, so that choosing one would hide it."""
    rows = "kpi_id,period,numerator,denominator\ngiven_up,2026-Q1,30,100\n"
    assert "No reading of 'given_up' lies in a wave." in say(change("worksheets/kpi_readings.csv", new=rows))


def test_lists_with_commas_are_said(change):
    """Items are separated by semicolons, so "Web, App" is one channel."""
    folder = change("worksheets/touchpoints.csv", old="Web;App", new='"Web, App"')
    assert "touchpoints, column channels: 'Web, App' holds a comma." in say(folder)


def test_interviews_without_a_persona_are_said(change):
    """A talk whose speaker no persona claims shows on the map for everyone only."""
    head = "feedback_id,customer_id,touchpoint_id,source,speaker,text,date\n"
    rest = "f1,c1,basket,survey,,Slow,2026-03-05\nf2,c2,,review,,Fine,2026-09-05\n"
    said = say(change("worksheets/feedback.csv", new=f"{head}{rest}f9,,basket,interview,P9,Dark,2026-03-06\n"))
    assert "feedback, column speaker: 1 verbatims of 1 speakers belong to no persona." in said


def test_claims_without_evidence_are_said(change):
    """A statement that is reported or observed names the rows it rests on."""
    rows = "statement_id,field,text,basis,evidence_ids\ns1,need,Light,reported,\ns2,need,Light,assumed,\n"
    said = say(change("worksheets/statements.csv", new=rows))
    assert "1 of 1 statements that are observed or reported name no row as evidence." in said


def test_a_code_beside_none_is_said(change):
    """One coder cannot say that nothing fits and give a code."""
    rows = "feedback_id,coder_id,code_id\nf1,anna,slow\nf1,anna,none\n"
    assert "1 verbatims have a code and 'none' by the same coder, first f1 of anna." in say(
        change("worksheets/codings/anna.csv", new=rows)
    )


def test_verbatims_under_a_retired_code_are_said(change):
    """People's codings under a code without successor are counted, also through codes merged into it before."""
    book = "slow,Slow,,\nbad,Bad,retired,\npoor,Poor,retired,bad\nlazy,Lazy,retired,slow\n"
    change("worksheets/codebook.csv", new="code_id,label,status,replaced_by\n" + book)
    change("worksheets/codings/machine.csv", new="feedback_id,coder_id,code_id\nf3,machine,bad\n")
    change("worksheets/codings/ben.csv", new="feedback_id,coder_id,code_id\nf1,ben,bad\nf2,ben,lazy\n")
    rows = "feedback_id,coder_id,code_id\nf1,anna,bad\nf2,anna,poor\n"
    said = say(change("worksheets/codings/anna.csv", new=rows))
    assert "codings, column code_id: 2 verbatims carry the retired code 'Bad'. Code anew at the coding desk" in said
    assert "'Poor'" not in said and "'Lazy'" not in said


def test_codes_of_one_label_are_said(change):
    """Two codes in use that are called the same are said, and one that is retired is not."""
    head, rows = "code_id,label,definition,status\n", "slow,Slow,Waits,\nslow_2, slow ,Waits,\n"
    assert "The codes 'slow' and 'slow_2' have one label, 'Slow'." in say(
        change("worksheets/codebook.csv", new=head + rows)
    )
    retired = rows.replace("slow_2, slow ,Waits,", "slow_2, slow ,Waits,retired")
    assert "have one label" not in say(change("worksheets/codebook.csv", new=head + retired))
