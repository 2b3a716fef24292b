"""Word documents: the turns of a talk however they are laid out, and only what is to be read."""

import contextlib

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from cjm_helpers.errors import FaultsFound
from cjm_helpers.study.sources.transcripts import read_transcripts

EXPECTED = [["I", "How?"], ["Lena", "Slow."], ["I", "And?"], ["Lena", "Fine."]]
CHANGED = """<w:p {}><w:r><w:t xml:space="preserve">P1: It was </w:t></w:r>
<w:del w:id="1" w:author="a"><w:r><w:delText>quick</w:delText></w:r></w:del>
<w:ins w:id="2" w:author="a"><w:r><w:t>slow</w:t></w:r></w:ins>
<w:moveFrom w:id="3" w:author="a"><w:r><w:t> and dear</w:t></w:r></w:moveFrom>
<w:r><w:t>.</w:t></w:r></w:p>"""


@pytest.fixture
def read(tmp_path):
    """Write a Word document and return speaker and text of each paragraph."""

    def write_and_read(*paragraphs: str, table=(), change=None, name="talk.docx"):
        document = docx.Document()
        for text in paragraphs:
            document.add_paragraph(text)
        if table:
            grid = document.add_table(len(table), len(table[0]))
            for row, texts in zip(grid.rows, table):
                for cell, text in zip(row.cells, texts):
                    cell.text, *more = text.split("|")
                    for paragraph in more:
                        cell.add_paragraph(paragraph)
        if change:
            change(document)
        document.save(tmp_path / name)
        return read_transcripts(tmp_path / name)[["speaker", "text"]].values.tolist()

    return write_and_read


def test_each_paragraph_is_a_row(read):
    """Names with a colon begin a turn, and a paragraph without one goes on with it."""
    assert read("I: How?", "P1: Slow.", "Very slow.", "") == [["I", "How?"], ["P1", "Slow."], ["P1", "Very slow."]]


def test_soft_line_breaks_stay_in_their_paragraph(read):
    """A line broken by hand goes on, unless the next line begins with a name."""
    assert read("I: How\nwas it?\nLena: Slow,\nso slow.\nI: And?", "Lena: Fine.") == [
        ["I", "How was it?"], ["Lena", "Slow, so slow."], ["I", "And?"], ["Lena", "Fine."],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "table",
    [
        [["I", "How?"], ["Lena", "Slow."], ["I:", "And?"], ["Lena:", "Fine."]],
        [["Time", "Speaker", "Text"], ["00:01", "I", "How?"], ["00:04", "Lena", "Slow."], ["0:09", "I", "And?"],
         ["01:02:03", "Lena", "Fine."]],
        [["1", "I", "How?"], ["2", "Lena", "Slow."], ["3", "I", "And?"], ["4", "Lena", "Fine."]],
        [["I", "[0:01]", "How?", ""], ["Lena", "00:04", "Slow.", "sighs"], ["I", "00:09", "And?", ""],
         ["Lena", "00:12", "Fine.", ""]],
    ],
)  # fmt: skip
def test_tables_of_speakers_and_words_are_turns(read, table):
    """Whatever stands beside the words: the speaker, a time, a number, a heading, a remark."""
    assert read(table=table) == EXPECTED


def test_a_row_without_speaker_goes_on(read):
    """An empty cell under a speaker is theirs; each paragraph of a cell is a row."""
    rows = read(table=[["I", "How?"], ["Lena", "Slow.|Very slow."], ["", "Then I left."]])
    assert rows == [["I", "How?"], ["Lena", "Slow."], ["Lena", "Very slow."], ["Lena", "Then I left."]]


def test_a_table_of_questions_and_answers_is_asked_and_answered(read):
    """Where the first column holds questions, these are the interviewer's, and the answers of one person."""
    rows = read(table=[["How was the order?", "Slow."], ["What did you do then?", "I left."]], name="Lena.docx")
    assert rows == [["Q", "How was the order?"], ["lena", "Slow."], ["Q", "What did you do then?"], ["lena", "I left."]]


def test_what_was_deleted_does_not_appear(read):
    """Of tracked changes the inserted words are read; what was deleted or moved away is not."""
    change = parse_xml(CHANGED.format(nsdecls("w")))
    assert read("I: How?", change=lambda document: document.element.body.insert(1, change)) == [
        ["I", "How?"], ["P1", "It was slow."],
    ]  # fmt: skip


def test_comments_headers_and_footers_are_left_out(read):
    """What stands around the talk is nobody's words."""

    def surround(document):
        document.sections[0].header.paragraphs[0].text = "Project Secret"
        document.sections[0].footer.paragraphs[0].text = "Page 1"
        document.add_comment(document.paragraphs[1].runs, text="Check this", author="Anna")

    assert read("I: How?", "P1: Slow.", change=surround) == [["I", "How?"], ["P1", "Slow."]]


def test_content_controls_are_read(read):
    """A paragraph inside a form field of Word is a paragraph like others."""
    field = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>P1: Slow.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    assert read("I: How?", change=lambda document: document.element.body.insert(1, parse_xml(field)))[1:] == [
        ["P1", "Slow."],
    ]  # fmt: skip


def test_a_meeting_tool_s_document_is_read(read):
    """Name and time on a line above the words; title, day and the tool's own lines are nobody's words."""
    rows = read(
        "Talk about parcels-20260304_1000-Recording", "March 4, 2026, 9:00AM", "21m 4s",
        "Anna Berg started transcription", "Anna Berg   0:03\nHow was it?",
        "Said, Omar (Guest)   0:07\nSlow. It came\nat 10:30.", "Anna Berg   1:00:15\nAnd?",
        "Said, Omar (Guest)   1:00:20\nFine.", "Anna Berg stopped transcription",
    )  # fmt: skip
    assert [row for row in rows if row[0]] == [
        ["Anna Berg", "How was it?"], ["Said, Omar (Guest)", "Slow. It came at 10:30."], ["Anna Berg", "And?"],
        ["Said, Omar (Guest)", "Fine."],
    ]  # fmt: skip
    assert [text for speaker, text in rows if not speaker][-1] == "Anna Berg stopped transcription"


def test_spans_of_time_above_the_name_are_read(read):
    """The older form of such a document: a span of time, the name, and the words, each on a line."""
    rows = read("0:0:1.0 --> 0:0:2.10\nAnna Berg\nHow?", "0:0:3.5 --> 0:0:9.0\nOmar Said\nSlow.\nSo slow.")
    assert rows == [["Anna Berg", "How?"], ["Omar Said", "Slow. So slow."]]


def test_times_as_headings_part_no_talks(read):
    """A document with headings for its list of people, its parts and each five minutes is one talk."""

    def add(document):
        for heading, *texts in (
            ("Attendees", "Anna Berg, Lena Meyer"), ("Transcript",), ("00:00:00", "Anna Berg: How?"),
            ("00:05:00", "Lena Meyer: Slow.", "Anna Berg: And?", "Lena Meyer: Fine."),
        ):  # fmt: skip
            document.add_heading(heading, level=2)
            for text in texts:
                document.add_paragraph(text)

    rows = read("Meeting ended after 00:30:12", change=add)
    assert [row for row in rows if row[0]] == [
        ["Anna Berg", "How?"], ["Lena Meyer", "Slow."], ["Anna Berg", "And?"], ["Lena Meyer", "Fine."],
    ]  # fmt: skip


def test_headings_of_word_part_talks(read, tmp_path):
    """One document with a heading for each person is several talks."""

    def add(document):
        for name in ("Lena", "Omar"):
            document.add_heading(name, level=1)
            document.add_paragraph("P: Slow.")

    assert read(change=add) == [["lena", "Slow."], ["omar", "Slow."]]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("lena.docx", b"", "no Word document, whatever its name says, or not whole"),
        ("lena.docx", b"PK\x03\x04 torn", "Save it again as Word document"),
        ("lena.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        ("lena.docx", b"\xd0\xcf\x11\xe0 1997", "an old Word document"),
        ("lena.doc", b"\xd0\xcf\x11\xe0 1997", "save it as Word document"),
        ("lena.pdf", b"%PDF", "A PDF holds pages, not paragraphs"),
        ("lena.rtf", b"{", "save it as Word document"),
    ],
)  # fmt: skip
def test_what_is_no_word_document_is_said(tmp_path, name, content, said):
    """A broken, locked or old file and a PDF are refused with what to do."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FaultsFound, match=said):
        read_transcripts(tmp_path / name)


def test_a_damaged_document_is_said(read, tmp_path):
    """A document that was not copied whole is refused in words, wherever in it the damage lies."""
    read("P: Slow.")
    content = (tmp_path / "talk.docx").read_bytes()
    for place in range(60, len(content), len(content) // 20):
        (tmp_path / "talk.docx").write_bytes(content[:place] + bytes(40) + content[place + 40 :])
        with contextlib.suppress(FaultsFound):
            read_transcripts(tmp_path / "talk.docx")


def test_a_document_without_words_is_said(read):
    """An empty document is no talk."""
    with pytest.raises(FaultsFound, match="There is no text in it"):
        read("")
