"""New customers and their personas: who may be given one unattended, and what is said of the others."""

import pandas as pd
import pytest
from cli.conftest import write_export, write_sheet

from cjm_helpers.cli.assign import assign_new
from cjm_helpers.cli.update import update_study
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.sources import import_sources


@pytest.fixture
def october(shop):
    """Return the shop with a second month imported, to whose customers nobody gave a persona."""
    write_export(shop, "2026-10", first=101)
    text = (shop / "study.toml").read_text(encoding="utf-8")
    blocks = text[text.index("[[import]]") :].replace("2026_09", "2026_10").replace("2026-09", "2026-10")
    wave = '\n[[waves]]\nid = "2026-10"\nstart = 2026-10-01\nend = 2026-10-31\n\n'
    (shop / "study.toml").write_text(text + wave + blocks, encoding="utf-8")
    import_sources(shop)
    return shop


def give(folder, basis: str) -> str:
    """Say what an update says where the customers on record have their persona by rule, by a model or a person."""
    rows = pd.read_csv(folder / "worksheets" / "persona_assignments.csv", dtype=str)
    write_sheet(folder, "persona_assignments", rows.assign(basis=basis))
    return assign_new(open_study(folder), wave="2026-10")


def test_only_a_model_is_asked(october):
    """Rules and people are not played by a machine: whom they leave open is counted, and said."""
    open_ones = "Without a persona: 40 of 40 customers heard in 2026-10;"
    assert give(october, "rule") == f"{open_ones} no rule of study.toml fits them."
    assert give(october, "person").startswith(f"{open_ones} people gave the others theirs")
    assert give(october, "model").startswith("The model on record gave 40 new customers a persona")


def test_personas_that_nobody_was_given_to_yet_get_nobody(october):
    """Personas made in a workshop have no customers to compare new ones with."""
    write_sheet(october, "persona_assignments", {"customer_id": [], "persona_id": []})
    assert "no customer has one on record yet" in assign_new(open_study(october), wave="2026-10")


def test_a_model_without_attributes_places_nobody(october):
    """Where study.toml names no attributes under [customers], that is said."""
    text = (october / "study.toml").read_text(encoding="utf-8")
    (october / "study.toml").write_text(
        text.replace('orders = "numeric"\ncompares = "numeric"\n', ""), encoding="utf-8"
    )
    assert "[customers]" in give(october, "model")


def test_a_model_that_does_not_know_its_own_places_nobody(october):
    """Where the attributes do not tell the recorded personas apart, new customers are left alone."""
    rows = pd.read_csv(october / "worksheets" / "persona_assignments.csv", dtype=str)
    mixed = ["careful" if number % 4 < 2 else "hurried" for number in range(len(rows))]
    write_sheet(october, "persona_assignments", rows.assign(persona_id=mixed))
    done = assign_new(open_study(october), wave="2026-10")
    assert done.startswith("Without a persona: 40 of 40") and "on record back in their persona" in done


def test_who_is_far_from_every_persona_stays_without(october):
    """A customer like no other is counted with the reason, the others get their persona."""
    export = pd.read_csv(october / "raw" / "survey_2026_10.csv")
    export.loc[0, ["orders", "compares"]] = 900
    export.to_csv(october / "raw" / "survey_2026_10.csv", index=False)
    import_sources(october)
    done = assign_new(open_study(october), wave="2026-10")
    assert done.startswith("The model on record gave 39 new customers a persona")
    assert "Without a persona: 1 of 40 customers heard in 2026-10; 1 far out: no persona has customers like" in done


def test_who_comes_back_keeps_the_persona_on_record(october):
    """A customer whom a person gave to a persona in September is given to the same in October, by the same word."""
    rows = pd.read_csv(october / "worksheets" / "persona_assignments.csv", dtype=str).assign(wave="")
    theirs = {
        "customer_id": ["c101", "c102"],
        "persona_id": "hurried",
        "basis": "person",
        "wave": ["2026-09", "2026-10"],
    }
    write_sheet(october, "persona_assignments", pd.concat([rows, pd.DataFrame(theirs)]))
    said = assign_new(open_study(october), wave="2026-10")
    assert said.startswith("Heard in an earlier wave and with the same persona as then: 1 customer. The model on")
    given = open_study(october).persona_assignments.query("customer_id in ['c101', 'c102']")
    assert given[["persona_id", "basis", "wave"]].drop_duplicates().values.tolist() == [
        ["hurried", "person", "2026-09"], ["hurried", "person", "2026-10"]
    ]  # fmt: skip


def test_the_model_does_not_creep_from_month_to_month(shop):
    """Customers whom an update placed do not shape the model of the next month: it is that of the first."""
    for month, first in (("2026-10", 101), ("2026-11", 201)):
        write_export(shop, month, first=first)
        update_study(shop, wave=month)
    study = open_study(shop)
    own = study.persona_assignments.query("wave == '2026-11'")
    without = study.persona_assignments.query("wave == ''")
    write_sheet(shop, "persona_assignments", without)
    assign_new(open_study(shop), wave="2026-11")
    again = open_study(shop).persona_assignments.query("wave == '2026-11'")
    assert own.values.tolist() == again.values.tolist()


def test_a_table_that_an_export_fills_is_not_written_to(october):
    """Assignments that came with a file stay the file's; the sentence says so and the update goes on."""
    (october / "worksheets" / "persona_assignments.csv").rename(october / "imported" / "persona_assignments.csv")
    done = assign_new(open_study(october), wave="2026-10")
    assert "they could not be given one. The table persona_assignments is filled by imports" in done
