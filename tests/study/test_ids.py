"""Making ids, so that nobody types one."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cjm_helpers.study.ids import LONGEST, NAMED_BY, NUMBERED, RESERVED, make_id, name_new_id, number_id
from cjm_helpers.worksheets import SPECS


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Payment page", "payment_page"),
        ("  Zoë's café – 2nd visit!", "zoes_cafe_2nd_visit"),
        ("Straße; Ærø; Łódź", "strasse_aero_lodz"),
        ("Оплата картой", "оплата_картой"),
        ("йога", "йога"),
        ("お支払い ガイド", "お支払い_ガイド"),
        ("İstanbul", "istanbul"),
        ("!!!", "unnamed"),
    ],
)
def test_ids_are_small_words(name, made):
    """Accents of Latin letters are folded, letters of other scripts stay, everything else parts words."""
    assert make_id(name, taken=[]) == made


def test_a_taken_id_gets_a_number():
    """An id in use is passed over, also where it is spelt in capitals: some disks know no difference."""
    assert make_id("Payment page", taken=["payment_page", "Payment_Page_2"]) == "payment_page_3"


@pytest.mark.parametrize("word", ["everyone", "Index", "none", "machine", "all", "newest", "Con"])
def test_words_with_a_meaning_are_never_ids(word):
    """A persona called Everyone would be taken for all of them, and no file may be called con on Windows."""
    assert make_id(word, taken=[]) == f"{word.casefold()}_2"


def test_long_names_end_at_a_word():
    """What would not fit is left out word by word."""
    made = make_id("Receives a message that the parcel is on its way today", taken=[])
    assert made == "receives_a_message_that_the_parcel_is_on" and len(made) <= LONGEST


@given(st.text(), st.lists(st.text(), max_size=3))
@example("ÿ\u0301ǆ½ﬁ²", [])
@example("हिन्दी", [])
def test_an_id_is_always_usable(name, taken):
    """Whatever the name is, the id is new, not empty, no reserved word, and may name a file and stand in a list."""
    made = make_id(name, taken=[*taken, make_id(name, taken=taken)])
    assert re.fullmatch(r"[\w-]+", made) and made not in RESERVED
    assert made not in taken and made != make_id(name, taken=taken)


def test_the_next_number_is_as_wide_as_those_in_use():
    """Gaps are not filled, ids of another make are passed over, and the width grows where it must."""
    assert number_id("f", ["f0012", "f0003", "g0099", "f12x"]) == "f0013"
    assert number_id("f", ["f999"]) == "f1000"
    assert number_id("s", [], width=3) == "s001"


@pytest.mark.parametrize("table", NAMED_BY)
def test_named_tables_make_ids_from_names(table):
    """The column that names a row is one of the table's own."""
    assert name_new_id(table, {NAMED_BY[table]: "First one"}, taken=[]) == "first_one"
    assert NAMED_BY[table] in SPECS[table].column_names


@pytest.mark.parametrize("table", NUMBERED)
def test_numbered_tables_count_as_their_spec_shows(table):
    """The first id has the letter and the width of the example in the spec."""
    example = SPECS[table].column(SPECS[table].key[0]).example
    made = name_new_id(table, {}, taken=[])
    assert (made[0], len(made), int(made[1:])) == (example[0], len(example), 1)


def test_chosen_ids_are_not_made():
    """Codings name a verbatim that exists, and customers come from the team's own systems."""
    assert {name_new_id(table, {}, taken=[]) for table in ("codings", "alignments", "customers", "renames")} == {""}
