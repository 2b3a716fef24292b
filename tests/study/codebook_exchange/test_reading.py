"""Codebooks of other programs: read whole, with a sentence on everything that has no place here or is no codebook."""

import io
import re
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from cjm_helpers.errors import CjmError
from cjm_helpers.study.codebook_exchange import read_codebook, spell_codebook

TAGUETTE = Path(__file__).parents[1] / "taguette_codebook.qdc"  # written by its exporter (tests/benchmarks/taguette.py)
ATLAS = """<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:QDA-XML:codebook:1.0 C.xsd"
  xmlns="urn:QDA-XML:codebook:1.0" origin="ATLAS.ti Win 23">
  <Codes>
    <Code guid="{1ff58b12-6f6f-4b0c-8be5-bbdc91f55294}" name="Slow" color="#46AA00" isCodable="false">
      <Description>Definition: of slowness
see memo</Description>
      <Code guid="2FF58B12-6F6F-4B0C-8BE5-BBDC91F55294" name="Pages" isCodable="true"><NoteRef targetGUID="X"/></Code>
    </Code>
    <Code guid="3FF58B12-6F6F-4B0C-8BE5-BBDC91F55294" name="Pages" isCodable="true"/>
    <Code guid="4FF58B12-6F6F-4B0C-8BE5-BBDC91F55294" name="Idle" isCodable="false"/>
    <Code guid="5FF58B12-6F6F-4B0C-8BE5-BBDC91F55294" name="" isCodable="true" mood="odd"/>
  </Codes>
  <Sets><Set guid="ECA18D76-2B8B-4F26-BC1D-19ECA19FB3F0" name="Annoying">
    <Description>What annoys</Description><MemberCode guid="2FF58B12-6F6F-4B0C-8BE5-BBDC91F55294"/></Set></Sets>
  <Extra/>
</CodeBook>"""
OURS = '<CodeBook><Codes><Code guid="A" name="Slow"><Description>{}</Description></Code></Codes></CodeBook>'


def read(text: str, **options):
    """Read a file given as text."""
    return read_codebook(text.encode(), **options)


def test_a_file_of_taguette_is_read():
    """Its tags are codes under ids made from their names; letters, quotes and brackets are whole."""
    book = read_codebook(TAGUETTE.read_bytes())
    assert book.frame[["code_id", "label"]].values.tolist() == [
        ["checkout_slow", "checkout.slow"], ["checkout_card_refused", "checkout.card refused"],
        ["zoes_gift_ribbon", "Zoë's “gift” & <ribbon> 🎁"], ["people", "people"],
    ]  # fmt: skip
    assert book.remarks == () and set(book.frame["status"]) == {"active"}


def test_the_tree_of_another_program_is_kept():
    """Codes below codes have their parents, twins numbered ids, and a description is a definition as a whole."""
    frame = read(ATLAS).frame
    assert frame[["code_id", "parent"]].values.tolist() == [
        ["slow", ""], ["pages", "slow"], ["pages_2", ""], ["idle", ""], ["unnamed_code", ""],
    ]  # fmt: skip
    assert frame["definition"][0] == "Definition: of slowness\nsee memo"


def test_nothing_is_dropped_in_silence():
    """Colours, groups, notes, further parts, twins, codes that were headings or had no name: each is said."""
    assert read(ATLAS).remarks == (
        "The group 'Annoying' (1) is not kept: groups have no place here.",
        "Colours are not kept here (1).",
        "Not kept, as a codebook here has no place for it: NoteRef (1), Code mood (1), Extra (1).",
        "1 of the codes had no name. Name them here.",
        "Could not be given there, and can be given here: 'Idle'.",
        "The same name stands at several codes, whose ids are numbered: 'Pages'.",
    )


def test_what_others_added_to_our_lines_is_kept():
    """Words before and behind our lines go to the end of the definition; the rest is read as we wrote it."""
    row = read(OURS.format("Mine\nDefinition: It froze.\nInclude: Pages\nCode id: slow\nAnd more.")).frame.loc[0]
    assert row[["definition", "include", "code_id"]].tolist() == ["It froze.\nMine\nAnd more.", "Pages", "slow"]


def test_a_code_that_was_doubled_elsewhere_gets_an_id_of_its_own():
    """Two codes cannot say the same id; neither can one say what is reserved."""
    twice = OURS.format("Code id: slow").replace("<Codes>", "<Codes>" + OURS.format("Code id: slow")[17:-19])
    assert read(twice).frame["code_id"].tolist() == ["slow", "slow_2"]
    assert read(OURS.format("Code id: none")).frame["code_id"].tolist() == ["slow"]


def test_a_valence_survives_lost_descriptions():
    """Where a program kept our groups and not our descriptions, they still say what is a pain point."""
    book = pd.DataFrame({"code_id": ["slow", "late"], "label": ["Slow", "Late"], "valence": [-1.0, 1.0]})
    bare = re.sub("<Description>.*?</Description>", "", spell_codebook(book).decode(), flags=re.DOTALL)
    assert read(bare).frame["valence"].tolist() == ["-1", "1"]
    moved = spell_codebook(book).decode().replace("pain point", "delight")
    assert read(moved).remarks == ("'Slow' is in the group 'Pain points', but the valence it says itself counts.",)


def test_a_file_in_utf16_is_read():
    """The encoding is the file's own affair."""
    assert read_codebook(ATLAS.replace("utf-8", "utf-16").encode("utf-16")).frame["label"][0] == "Slow"


def zip_file() -> bytes:
    """Return a project, which is a zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("project.qde", "<Project/>")
    return packed.getvalue()


@pytest.mark.parametrize(
    "content, sentence",
    [
        (zip_file(), "'x.qdc' is packed: a whole project .* export the codebook alone"),
        (b"<Project/>", "no codebook: it begins with 'Project'"),
        (b"", "is empty"),
        (b"name,description\n", "is no XML, or a part of it is missing"),
        (b'<?xml version="1.0" encoding="klingon"?><CodeBook/>', "is no XML"),
        (ATLAS[:-30].encode(), "a part of it is missing"),
        (b"<CodeBook><Codes/></CodeBook>", "holds no code"),
        (b"<CodeBook><Codes>" + b'<Code name="x">' * 60 + b"</Code>" * 60 + b"</Codes></CodeBook>", "50 levels"),
        (b"<CodeBook><Codes>" + b'<Code name="x"/>' * 2001 + b"</Codes></CodeBook>", "more than 2,000 codes"),
    ],
)
def test_other_files_get_a_sentence(content, sentence):
    """What is no codebook, or half of one, is refused with what to do."""
    with pytest.raises(CjmError, match=sentence):
        read_codebook(content, name="x.qdc")


def test_entities_are_never_opened(tmp_path):
    """A document type is refused: neither text that multiplies nor a file of the reader's machine gets in."""
    (tmp_path / "secret").write_text("secret")
    more = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10 if i else "ha"}">' for i in range(12))
    for entity, use in ((more, "&e11;"), (f'<!ENTITY e SYSTEM "{(tmp_path / "secret").as_uri()}">', "&e;")):
        with pytest.raises(CjmError, match="document type"):
            read(f"<!DOCTYPE CodeBook [{entity}]>" + OURS.format(use))
