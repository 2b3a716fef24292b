"""Heard: the share of customers whose words sound bad, apart from every rating."""

import pandas as pd
import pytest

from cjm_helpers.method.emotion import summarise_heard
from cjm_helpers.stats.intervals import estimate_proportion


@pytest.fixture
def hear(make_table):
    """Summarise feelings heard, given as touchpoint -> feelings of one verbatim each, by customers c0, c1 ..."""

    def make(heard, *, source="survey", coder_id="anna", customers=None, alignments=None):
        said, read = [], []
        for place, feelings in heard.items():
            for i, feeling in enumerate(feelings):
                key = f"{place}{i}"
                who = f"c{i}" if customers is None else customers[i]
                said.append({"feedback_id": key, "customer_id": who, "touchpoint_id": place, "source": source})
                if feeling is not None:
                    read.append({"feedback_id": key, "coder_id": coder_id, "code_id": "none", "emotion": feeling})
        tables = make_table("feedback", said), make_table("codings", read)
        return summarise_heard(*tables, alignments=alignments).set_index("touchpoint_id")

    return make


def test_the_share_has_wilsons_interval(hear):
    """Four of six customers wrote badly: .667, Wilson .300 to .903 (by hand); a neutral word is not bad."""
    row = hear({"pay": [-2, -1, -1, -2, 0, 1]}).loc["pay"]
    assert row[["value", "lo", "hi"]].tolist() == pytest.approx([0.6667, 0.300, 0.903], abs=0.0005)
    assert (row["n"], row["verbatims"], row["flag"], row["method"]) == (6, 6, "indicative", "Wilson")


def test_a_customer_counts_once(hear):
    """One who wrote twice, once badly, counts by half; n counts customers."""
    row = hear({"pay": [-1, 1, 1, 1, 1, 1]}, customers=["c0", "c0", "c1", "c2", "c3", "c4"]).loc["pay"]
    assert (row["n"], row["verbatims"], row["value"]) == (5, 6, 0.1)
    assert row["lo"] == estimate_proportion(0.5, 5).lo


def test_what_nobody_read_is_counted_and_left_out(hear):
    """Verbatims without a feeling stand in unheard, those of a machine too; interviews are counted elsewhere."""
    assert hear({"pay": [-1, 1, 1, 1, 1, None]}).loc["pay", ["n", "unheard"]].tolist() == [5, 1]
    assert hear({"pay": [-1] * 6}, coder_id="machine").loc["pay", ["n", "unheard"]].tolist() == [0, 6]
    spoken = hear({"pay": [-1] * 6}, source="interview").loc["pay"]
    assert spoken[["n", "spoken", "unheard"]].tolist() == [0, 6, 0] and pd.isna(spoken["value"])


def test_coders_feelings_are_averaged(make_table):
    """Two people who heard -1 and 2 heard nothing bad on average."""
    said = make_table("feedback", [{"feedback_id": "f1", "touchpoint_id": "pay", "source": "survey"}])
    read = make_table("codings", [
        {"feedback_id": "f1", "coder_id": "anna", "emotion": -1},
        {"feedback_id": "f1", "coder_id": "ben", "emotion": 2},
    ])  # fmt: skip
    assert summarise_heard(said, read, min_n=2)["n"].tolist() == [1]
    many = [said.assign(feedback_id=f"f{i}") for i in range(5)], [read.assign(feedback_id=f"f{i}") for i in range(5)]
    assert summarise_heard(*map(pd.concat, many))["value"].tolist() == [0]


def test_a_verbatim_is_placed_by_people(hear, make_table):
    """A verbatim that names no touchpoint stands where a person placed it, else it stays without."""
    placed = make_table("alignments", [{"feedback_id": f"{i}", "touchpoint_id": "pay"} for i in range(5)])
    assert hear({"": [-1] * 6}, alignments=placed)["n"].to_dict() == {"": 1, "pay": 5}
    assert hear({"": [-1] * 6})["n"].to_dict() == {"": 6}


@pytest.mark.parametrize("feeling", [-2, 2])
def test_too_few_keep_n_and_lose_their_numbers(hear, feeling):
    """Whatever four customers wrote, nothing of it is shown."""
    row = hear({"pay": [feeling] * 4}).loc["pay"]
    assert row["n"] == 4 and row["flag"] == "suppressed" and row[["value", "lo", "hi"]].isna().all()


def test_order_of_rows_changes_nothing_and_input_stays(make_table):
    """Verbatims and codings in another order give the same table, and are themselves untouched."""
    said = make_table("feedback", [
        {"feedback_id": f"f{i}", "touchpoint_id": "pa"[i % 2], "source": "review"} for i in range(12)
    ])  # fmt: skip
    read = make_table(
        "codings", [{"feedback_id": f"f{i}", "coder_id": "anna", "emotion": i % 3 - 1} for i in range(12)]
    )
    turned = said.sample(frac=1, random_state=1), read[::-1]
    before = [table.copy() for table in turned]
    pd.testing.assert_frame_equal(summarise_heard(said, read), summarise_heard(*turned))
    for table, then in zip(turned, before, strict=True):
        pd.testing.assert_frame_equal(table, then)


def test_nothing_written_gives_an_empty_table(hear):
    """A study without verbatims has no such series."""
    assert hear({}).empty
