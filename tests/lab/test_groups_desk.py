"""Tests of keeping groups as personas: one click writes both tables, and nothing is lost or renamed unasked."""

import pandas as pd
import pytest

from cjm_helpers.errors import CjmError
from cjm_helpers.lab.groups_desk import keep_groups
from cjm_helpers.study import together
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import new_study

FOUND = pd.DataFrame({"customer_id": ["c1", "c2", "c3"], "persona_id": ["segment_1", "segment_1", "segment_2"]})
CARDS = pd.DataFrame({
    "persona_id": ["segment_1", "segment_2"], "field": "suggested_name", "text": ["High orders", "Low orders"],
})  # fmt: skip


@pytest.fixture
def study(tmp_path):
    """Return a blank study."""
    return open_study(new_study(tmp_path / "shop"))


def keep(study, *, found=FOUND, **names):
    """Click the button, with other names where given; return the desk's answer and the study as it is then."""
    desk = keep_groups(study, found, cards=CARDS)
    answer = desk.handle({"kind": "act", "action": "keep", "values": names}, [])
    return answer["elements"], open_study(study.folder)


def test_one_click_writes_personas_and_customers(study):
    """Each group is a persona made from data, its id made from its name; its customers are given to it by the model."""
    elements, after = keep(study, segment_2="The calm")
    assert after.personas[["persona_id", "name", "basis"]].values.tolist() == [
        ["high_orders", "High orders", "data"], ["the_calm", "The calm", "data"],
    ]  # fmt: skip
    assert after.persona_assignments["persona_id"].tolist() == ["high_orders", "high_orders", "the_calm"]
    assert set(after.persona_assignments["basis"]) == {"model"}
    assert elements[0]["text"] == "Saved: 2 personas, 3 customers given to them."


def test_nothing_is_written_before_a_click(study):
    """Showing the desk leaves the study as it is."""
    keep_groups(study, FOUND, cards=CARDS).describe()
    assert open_study(study.folder).personas.empty


def test_each_group_needs_a_name_of_its_own(study):
    """Two groups of one name, or none, are refused beside the field, and nothing is written."""
    elements, after = keep(study, segment_2="High orders")
    assert [one["error"] for one in elements[:2]] == ["Give each group a name of its own."] * 2
    assert after.personas.empty and keep(study, segment_1=" ")[1].personas.empty


def test_who_has_a_persona_keeps_it(study):
    """A second keeping gives only those to personas who have none; where all have one, nothing is written."""
    keep(study, found=FOUND[:2])
    elements, after = keep(study, segment_1="Ann", segment_2="Ben")
    assert elements[0]["text"].endswith("1 customer given to them. 2 had a persona already and keep it.")
    assert after.persona_assignments["persona_id"].tolist() == ["high_orders", "high_orders", "ben"]
    elements, again = keep(study, segment_1="Cid", segment_2="Dora")
    assert "have a persona already" in elements[-1]["refusal"] and len(again.personas) == len(after.personas)


def test_a_name_in_use_is_refused(study):
    """A group may not take the name of a persona that is there; the sentence stands under the button."""
    keep(study, found=FOUND[:2])
    elements, after = keep(study)
    assert "is called 'High orders' already" in elements[-1]["refusal"] and len(after.personas) == 1


def test_where_an_import_says_who_belongs_where_nothing_is_written(study):
    """Customers given to personas by an import stay so: neither table is written, and the way on needs no terminal."""
    imported = study.folder / "imported"
    imported.mkdir()
    (imported / "persona_assignments.csv").write_text("customer_id,persona_id,basis,wave\n")
    elements, after = keep(study)
    said = elements[-1]["refusal"]
    assert "brought in" in said and "cjm " not in said and after.personas.empty
    (study.folder / "worksheets" / "persona_assignments.csv").touch()  # as the sentence says
    assert keep(study)[1].persona_assignments["persona_id"].tolist() == ["high_orders", "high_orders", "low_orders"]


def test_both_tables_are_written_or_neither(study, monkeypatch):
    """Where the second file cannot be written, the first is taken back, and the study opens as it was."""
    write = together.write_whole

    def fail(path, content):
        if path.name == "persona_assignments.csv":
            raise CjmError("The disk is full.")
        write(path, content)

    monkeypatch.setattr(together, "write_whole", fail)
    elements, after = keep(study)
    assert elements[-1]["refusal"] == "The disk is full."
    assert after.personas.empty and after.persona_assignments.empty


def test_where_one_table_cannot_be_written_neither_is(study, monkeypatch):
    """A disk that refuses the second table leaves the first one as it was."""
    write = together.write_whole

    def refuse(path, content):
        if path.name == "persona_assignments.csv" and ".history" not in path.parts:
            raise CjmError("The disk is full.")
        write(path, content)

    monkeypatch.setattr(together, "write_whole", refuse)
    elements, after = keep(study)
    assert elements[-1]["refusal"] == "The disk is full." and after.personas.empty


def test_without_groups_or_in_an_example_there_is_a_sentence(study):
    """No group, nothing to keep; an example stays as it is."""
    assert "nothing to keep" in keep_groups(study, FOUND[:0], cards=CARDS[:0]).describe()[1]
    assert "stays as it is" in keep_groups(open_study("retail_checkout"), FOUND, cards=CARDS).describe()[1]
