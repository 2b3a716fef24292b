"""Tests of making customers ready: one row each, and which attributes may shape a persona."""

import pandas as pd
import pytest

from cjm_helpers.errors import ActiveUnfit, ParameterError
from cjm_helpers.method.personas.people import (
    choose_active,
    gather_people,
    gather_personas,
    list_attributes,
    read_levels,
)

KINDS = dict.fromkeys(["a", "b", "c", "d"], "numeric") | {"income": "sensitive", "id": "ignore"}


def test_the_newest_known_answer_counts():
    """A customer of two waves is one row; a gap in the newer wave is filled from the older one."""
    rows = pd.DataFrame({"customer_id": ["c1", "c1"], "wave": ["2", "1"], "a": ["", "old"], "b": ["new", "old"]})
    assert gather_people(rows).loc["c1"].to_dict() == {"a": "old", "b": "new"}


def test_the_newest_persona_counts():
    """A persona of a wave overrules the one that holds always; who has none is not there."""
    rows = pd.DataFrame({"customer_id": ["c1", "c1", "c2"], "persona_id": ["b", "a", ""], "wave": ["2", "", ""]})
    assert gather_personas(rows).to_dict() == {"c1": "b"}


def test_sensitive_attributes_shape_no_persona():
    """A sensitive attribute is never active, neither by default nor when asked for."""
    assert choose_active(KINDS, None) == ["a", "b", "c", "d"]
    with pytest.raises(ActiveUnfit, match="customers.income is marked sensitive.*Leave it out of active"):
        choose_active(KINDS, ["a", "b", "c", "income"])


def test_unknown_attributes_are_named():
    """An attribute that is ignored, misspelt, no column or of no known kind is answered with what may be used."""
    with pytest.raises(ParameterError, match="active = 'id'.*Allowed: d, a, b, c"):
        choose_active(KINDS, ["a", "b", "c", "id"])
    with pytest.raises(ParameterError, match="kinds = 'number'.*Did you mean 'numeric'"):
        choose_active(KINDS | {"e": "number"}, None)
    with pytest.raises(ParameterError, match="kinds = 'orderz'.*Did you mean 'orders'"):
        list_attributes(pd.DataFrame({"orders": [1]}), {"orderz": "numeric"})


def test_several_answers_are_a_level_each():
    """Each option of a multiple answer is yes or no; who gave no answer is unknown in all."""
    levels = read_levels(pd.Series(["mail; app", "app", ""]), kind="multiple")
    assert levels[["app", "mail"]].iloc[:2].values.tolist() == [[1, 1], [1, 0]]
    assert levels.iloc[2].isna().all()


def test_rare_levels_are_one():
    """Levels under 5% are together "other", so that no one is told apart by a rare answer."""
    levels = read_levels(pd.Series(["x"] * 48 + ["y", "z"]), kind="nominal")
    assert levels.sum().to_dict() == {"x": 48, "other": 2}
    assert list(read_levels(pd.Series(["x"] * 48 + ["y"]), kind="nominal")) == ["x", "other"]
    with_other = read_levels(pd.Series(["x"] * 44 + ["y", "z"] + ["other"] * 4), kind="nominal")
    assert with_other.sum().to_dict() == {"x": 44, "other": 6}
