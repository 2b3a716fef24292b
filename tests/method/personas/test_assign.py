"""Tests of giving new customers to the personas on record."""

import pandas as pd
import pytest

from cjm_helpers.errors import TooFewAnswers
from cjm_helpers.method.personas import assign_customers


@pytest.fixture
def split(base):
    """Return the recorded assignments of all but every tenth customer, and who those left out truly are."""
    is_new = base.assignments.index % 10 == 0
    truth = base.assignments[is_new].set_index("customer_id")["persona_id"]
    return base.assignments[~is_new], truth


def test_new_customers_find_their_own_persona(base, split):
    """Customers left out of the record are given back to the persona they came from, and only they are listed."""
    recorded, truth = split
    found = assign_customers(base.customers, recorded, kinds=base.kinds, active=base.active)
    assert found.set_index("customer_id")["persona_id"].to_dict() == truth.to_dict()
    assert (found["margin"] > 0).all() and found["reason"].eq("").all()
    assert found.attrs["recovered"] == 1


def test_a_stranger_stays_without_a_persona(base, split):
    """Who lies far out by the distances on record is given to no persona, with the reason."""
    base.customers.loc[0, ["orders", "visits"]] = [900, "2000"]
    found = assign_customers(base.customers, split[0], kinds=base.kinds, active=base.active).set_index("customer_id")
    assert found.at["c000", "persona_id"] == "" and found.at["c000", "reason"].startswith("far out")
    assert (found["persona_id"] == "").sum() == 1


def test_too_many_gaps_leave_a_customer_without_a_persona(base, split):
    """Of five active attributes two may be unknown, not three: filled gaps would look like the middle of everybody."""
    base.customers.loc[0, ["compares", "buys_for"]] = ""
    base.customers.loc[10, ["compares", "buys_for", "reads"]] = ""
    found = assign_customers(base.customers, split[0], kinds=base.kinds, active=base.active).set_index("customer_id")
    assert found.at["c010", "reason"].startswith("more than 40%") and found.at["c010", "persona_id"] == ""
    assert not found.at["c000", "reason"].startswith("more than")


def test_order_and_later_customers_change_nothing(base, split):
    """A customer's persona depends on the record alone, not on the order of rows or on who else is new."""
    recorded, truth = split
    found = assign_customers(base.customers, recorded, kinds=base.kinds, active=base.active)
    fewer = base.customers[~base.customers["customer_id"].isin(truth.index[1:])].sample(frac=1, random_state=5)
    alone = assign_customers(fewer, recorded.sample(frac=1, random_state=6), kinds=base.kinds, active=base.active)
    pd.testing.assert_frame_equal(alone, found[found["customer_id"] == truth.index[0]])


def test_without_new_customers_the_table_is_empty(base):
    """Where everybody has a persona there is nobody to assign, and no error."""
    found = assign_customers(base.customers, base.assignments, kinds=base.kinds, active=base.active)
    assert found.attrs["recovered"] == 1
    assert found.empty and list(found) == ["customer_id", "persona_id", "distance", "margin", "reason"]


def test_without_a_record_nobody_can_be_assigned(base):
    """Personas that no customer here belongs to are no model, and the sentence says so."""
    with pytest.raises(TooFewAnswers, match="customers with attributes and a persona"):
        assign_customers(base.customers, base.assignments[:0], kinds=base.kinds, active=base.active)


def test_assigning_changes_nothing(base, split):
    """The tables handed in stay as they were."""
    before = base.customers.copy(), split[0].copy()
    assign_customers(base.customers, split[0], kinds=base.kinds, active=base.active)
    pd.testing.assert_frame_equal(base.customers, before[0])
    pd.testing.assert_frame_equal(split[0], before[1])


def test_the_examples_september_is_assigned_from_march(example):
    """Personas recorded for the first wave take in the second one as the study's own rule does, but for a few."""
    march = example.customers.loc[example.customers["wave"] == "2026-03", "customer_id"]
    recorded = example.persona_assignments[example.persona_assignments["customer_id"].isin(march)]
    active = ["buys_for", "children", "orders_a_year", "compares"]
    found = assign_customers(example.customers, recorded, kinds=example.settings.customers, active=active)
    truth = example.persona_assignments.set_index("customer_id")["persona_id"]
    given = found[found["persona_id"] != ""].set_index("customer_id")["persona_id"]
    assert len(found) == 1000 and len(given) > 970
    assert (given == truth[given.index]).mean() > 0.99
