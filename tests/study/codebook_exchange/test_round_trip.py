"""A codebook that goes out as REFI-QDA codebook and comes back is the same, whatever it holds."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from cjm_helpers.errors import CjmError
from cjm_helpers.study.codebook_exchange import read_codebook, save_codebook, spell_codebook
from cjm_helpers.study.codebook_exchange.writing import COLUMNS, make_guid
from cjm_helpers.study.drafts import open_sheet
from cjm_helpers.study.folder import open_study

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("codebook.xsd")))
TRICKY = [
    "", "Definition: x", "  Code id: y", "\\u0041", "\x0b", "\"<&>'", "a\n\n b", "Größe 👍", "]]>", "\u2028", "\ufffe",
]  # fmt: skip
CELLS = {"valence": ["", "-1", "0", "1"], "status": ["", "active", "retired"]}
TEXT = (
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=12) | st.sampled_from(TRICKY)
).map(str.strip)


@st.composite
def books(draw):
    """Invent a codebook as text cells, as a worksheet would hold it, in any order of rows."""
    ids = draw(
        st.lists(
            TEXT.filter(lambda text: text and text != "none" and ";" not in text), min_size=1, max_size=6, unique=True
        )
    )
    ids = [" ".join(name.split()) or "x" for name in ids]
    rows = [
        {"code_id": name, "parent": draw(st.sampled_from(["", *ids[:place]])), "label": draw(TEXT) or name}
        | {column: draw(TEXT) for column in ("definition", "include", "exclude", "example", "reason")}
        | {column: draw(st.sampled_from(cells)) for column, cells in (CELLS | {"replaced_by": ["", *ids]}).items()}
        for place, name in enumerate(ids)
    ]  # fmt: skip
    return pd.DataFrame(draw(st.permutations(rows)), columns=COLUMNS, dtype="str").drop_duplicates(
        "code_id", ignore_index=True
    )


@settings(max_examples=60, deadline=None)
@given(books())
def test_what_goes_out_comes_back(book):
    """Letters of any kind, line breaks, quotes, emoji and empty cells survive, and the file keeps to the standard."""
    content = spell_codebook(book)
    assert SCHEMA.validate(etree.fromstring(content)), SCHEMA.error_log
    read = read_codebook(content)
    pd.testing.assert_frame_equal(read.frame, book)
    assert read.remarks == () and read.made == frozenset()


@pytest.mark.parametrize("example", ["retail_checkout", "clinic_visit", "care_after_purchase"])
def test_the_examples_come_back(example):
    """The codebooks of the examples are equal after the trip, row by row; the same codes give the same bytes."""
    study = open_study(example)
    draft = open_sheet(study, "codebook")
    content = spell_codebook(study.codebook)
    pd.testing.assert_frame_equal(read_codebook(content).frame, draft.frame)
    assert content == spell_codebook(draft.frame)


def test_the_tree_and_the_valences_are_those_of_the_standard():
    """Codes lie within codes, retired ones cannot be given, pain points form a set, a guid hangs on the id alone."""
    book = pd.DataFrame({
        "code_id": ["pay", "slow", "late"], "label": ["Paying", "Slow", "Late"], "parent": ["", "pay", "pay"],
        "valence": [0.0, -1.0, -1.0], "status": ["active", "active", "retired"],
    })  # fmt: skip
    root = etree.fromstring(spell_codebook(book))
    names = {"q": root.nsmap[None]}
    assert root.xpath("q:Codes/q:Code/q:Code/@name", namespaces=names) == ["Slow", "Late"]
    assert root.xpath("//q:Code[@name='Late']/@isCodable", namespaces=names) == ["false"]
    members = root.xpath("//q:Set[@name='Pain points']/q:MemberCode/@guid", namespaces=names)
    assert members == [make_guid("slow"), make_guid("late")]
    assert make_guid("slow") == "2A0F61CE-1E7F-570A-BB1B-6F4A70838D62"  # as in every file that is out there


def test_the_description_is_read_by_people():
    """What a code means stands in plain lines, without those that are empty."""
    row = {"code_id": ["slow"], "label": ["Slow"], "definition": ["It froze."], "valence": [-1.0], "status": ["active"]}
    content = spell_codebook(pd.DataFrame(row)).decode()
    assert ">Definition: It froze.\nValence: pain point\nStatus: active\nCode id: slow<" in content


def test_what_cannot_go_out_is_said(tmp_path):
    """An empty codebook, a circle and another ending get a sentence, and no file is written."""
    circle = pd.DataFrame({"code_id": ["a", "b"], "label": ["A", "B"], "parent": ["b", "a"]})
    for book, name, sentence in (
        (circle[:0], "x.qdc", "holds no code yet"),
        (circle, "x.qdc", "in a circle, or below none: 'A', 'B'"),
        (circle, "x.qdpx", "ends in .qdc"),
    ):
        with pytest.raises(CjmError, match=sentence):
            save_codebook(book, tmp_path / name)
    assert list(tmp_path.iterdir()) == []
