"""Trust: a theme says how alike its code is read, and none is shown where people agree hardly more than by chance."""

import pandas as pd
import pytest
from method.speaking import code_sets

from cjm_helpers.errors import CjmError
from cjm_helpers.method.feedback import measure_reliability
from cjm_helpers.method.themes import trust_themes


@pytest.fixture
def measure(make_table):
    """Measure the reliability of codes that are letters."""

    def run(**coders):
        book = make_table("codebook", [{"code_id": name, "label": name.upper()} for name in "abc"])
        return measure_reliability(make_table("codings", code_sets(**coders)), codebook=book, bootstraps=100)

    return run


def list_themes(*code_ids, flag="reportable") -> pd.DataFrame:
    """Return a theme for each code."""
    return pd.DataFrame({"code_id": list(code_ids), "flag": flag, "k": range(len(code_ids))})


def test_every_theme_says_how_its_code_is_read(measure):
    """A code read alike has no caution, one read differently or too seldom has; the rows stay as they were."""
    known = measure(anna="a " * 40 + "b " * 20 + "- " * 40, ben="a " * 40 + "- " * 12 + "b " * 20 + "- " * 28)
    themes = list_themes("b", "a", "c")
    trusted = trust_themes(themes, known)
    assert trusted["caution"].tolist() == ["coders differ", "", "too few read by two"]
    assert trusted["verdict"].tolist() == ["revise the code", "reliable", "not given"]
    assert trusted.loc[1, ["alpha", "alpha_hi", "coded_twice"]].tolist() == [1, 1, 100]
    pd.testing.assert_frame_equal(trusted[list(themes)], themes)


def test_nothing_is_shown_of_codes_read_by_chance(measure):
    """Two people who code 90 verbatims without regard to each other get the sentence and no table."""
    known = measure(anna="a b c " * 30, ben="a " * 30 + "b " * 30 + "c " * 30)
    with pytest.raises(CjmError, match="hardly more than by chance .alpha .*on 90 verbatims read by two or more.* "
                       "Revise the codes.*No theme is shown until then."):  # fmt: skip
        trust_themes(list_themes("a"), known)


def test_few_verbatims_refuse_nothing(measure):
    """Twelve verbatims are too few to say that people agree by chance: the themes say it one by one."""
    known = measure(anna="a b c " * 4, ben="b " * 4 + "c " * 4 + "a " * 4)
    assert trust_themes(list_themes("a"), known)["caution"].tolist() == ["coders differ"]


def test_one_reader_alone_is_said():
    """Where nobody read the same verbatims, every theme is shown and says so."""
    nothing = pd.DataFrame(columns=["code_id", "value", "lo", "hi", "n", "verdict"])
    trusted = trust_themes(list_themes("a", "b"), nothing)
    assert trusted["caution"].tolist() == ["read by one person only"] * 2 and trusted["alpha"].isna().all()


def test_a_suppressed_theme_shows_nothing(measure):
    """Too few people spoke: neither the figures nor a caution of any code are there."""
    known = measure(anna="a b " * 20, ben="a b " * 20)
    row = trust_themes(list_themes("", "a", flag="suppressed"), known)
    assert row["caution"].eq("").all() and row[["alpha", "coded_twice"]].isna().all(axis=None)


def test_an_empty_table_stays_one(measure):
    """Without themes there is nothing to trust, and the columns are there."""
    empty = pd.DataFrame({name: pd.Series(dtype="str") for name in ("code_id", "flag")})
    assert list(trust_themes(empty, measure(anna="a b", ben="a b")))[-2:] == ["verdict", "caution"]
