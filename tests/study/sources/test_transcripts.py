"""Interviews: who speaks, where a talk begins, and that questions are never feedback."""

import pandas as pd
import pytest

from cjm_helpers.errors import FaultsFound
from cjm_helpers.study.kit import new_study
from cjm_helpers.study.sources import import_sources
from cjm_helpers.study.sources.speakers import find_interviewers
from cjm_helpers.study.sources.transcripts import find_questions, read_transcripts

BLOCK = """
[[import]]
file = "talks"
table = "feedback"
columns = { feedback_id = "{talk}-{turn}", speaker = "speaker", text = "text", date = "date" }
fixed = { source = "interview" }
blank = [""]
interviewer = ["I"]
"""


def read(folder, **files):
    """Write files of interviews and return speaker and text of each paragraph."""
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    place = folder if len(files) > 1 else folder / f"{next(iter(files))}.txt"
    return read_transcripts(place)


@pytest.mark.parametrize(
    "text",
    [
        "I: How?\nLena: Slow.\nI: And?\nLena: Fine.",
        "**I:** How?\n\n**Lena:** Slow.\n\n**I:** And?\n\n**Lena:** Fine.",
        "I - How?\n\nLena - Slow.\n\nI - And?\n\nLena – Fine.",
        "[00:01] I: How?\n[00:09] Lena: Slow.\nI: And?\nLena: Fine.",
        "I:\nHow?\n\nLena:\nSlow.\n\nI:\nAnd?\n\nLena:\nFine.",
        "**I**: How?\n**Lena**: Slow.\n**I**: And?\n**Lena**: Fine.",
    ],
)  # fmt: skip
def test_ways_of_writing_turns_are_known(tmp_path, text):
    """Names with a colon, in bold, with a dash or a time, and on a line of their own all begin a turn."""
    rows = read(tmp_path, talk=text)
    expected = [["I", "How?"], ["Lena", "Slow."], ["I", "And?"], ["Lena", "Fine."]]
    assert rows[["speaker", "text"]].values.tolist() == expected


def test_a_colon_in_a_sentence_is_no_name(tmp_path):
    """What stands once before a colon, in the middle of somebody's words, stays with these words."""
    rows = read(tmp_path, talk="I: And?\nP3: It was bad.\n\nDelivery: two weeks late.\n\nI thought: never again.")
    assert rows["speaker"].tolist() == ["I", "P3", "P3", "P3"]
    assert rows["text"].tolist()[2:] == ["Delivery: two weeks late.", "I thought: never again."]


def test_lines_of_a_paragraph_are_joined(tmp_path):
    """A paragraph goes on to the next empty line; each paragraph is a row of its own."""
    rows = read(tmp_path, talk="P1: First line\ngoes on.\n\nSecond paragraph.")
    assert rows["text"].tolist() == ["First line goes on.", "Second paragraph."]
    assert rows["turn"].tolist() == ["1", "2"]


def test_a_file_without_names_is_one_person(tmp_path):
    """Every paragraph is said by the speaker called like the file."""
    rows = read(tmp_path, Lena_Meyer="It was slow.\n\nI gave up.")
    assert set(rows["speaker"]) == set(rows["talk"]) == {"lena_meyer"}


def test_participants_are_told_apart(tmp_path):
    """Somebody who is P in every talk is named after the talk; a name of one's own stays."""
    rows = read(
        tmp_path, one="I: So?\nP: Slow.", two="I: So?\nP: Fine.", three="I: So?\nLena: Good.\nI: Oh?\nLena: Yes."
    )
    assert rows["speaker"].tolist() == ["I", "one", "I", "Lena", "I", "Lena", "I", "two"]


def test_one_file_is_split_at_its_headings(tmp_path):
    """Several talks in one file begin with a heading of the same level each; headings are nobody's words."""
    rows = read(tmp_path, all="# Talks\n## Lena\nP: Slow.\n### Later\nP: Fine.\n## Omar\nP: Good.")
    assert rows[["talk", "speaker", "text"]].values.tolist() == [
        ["lena", "lena", "Slow."], ["lena", "lena", "Fine."], ["omar", "omar", "Good."],
    ]  # fmt: skip


def test_days_are_found(tmp_path):
    """The day stands in the file's name or in a line of its own, which is nobody's words."""
    rows = read(tmp_path, a="Date: 2026-03-04\nP: Slow.", **{"2026-03-05 b": "P: Fine."})
    assert sorted(rows["date"]) == ["2026-03-04", "2026-03-05"] and len(rows) == 2


def test_interviewers_are_found(tmp_path):
    """Known words ask; else whoever speaks in every talk."""
    rows = read(
        tmp_path, a="Anna: So?\nLena: Yes.\nAnna: Oh?\nLena: No.", b="Anna: So?\nOmar: Yes.\nAnna: Oh?\nOmar: No."
    )
    assert find_interviewers(rows) == ["Anna"]
    assert find_interviewers(rows.replace("Lena", "Moderator 1")) == ["Moderator 1"]


def test_questions_are_left_out_with_their_reason(tmp_path):
    """The import counts what the interviewer asked, and only answers become feedback with ids of talk and paragraph."""
    folder = new_study(tmp_path / "study")
    (folder / "raw" / "talks").mkdir()
    (folder / "raw" / "talks" / "lena.md").write_text("I: How was it?\n\nP: Slow.\n\nVery slow.", encoding="utf-8")
    with open(folder / "study.toml", "a", encoding="utf-8") as file:
        file.write(BLOCK)
    assert "3 rows in the file = 2 kept + 1 asked by the interviewer." in str(import_sources(folder))
    feedback = pd.read_csv(folder / "imported" / "feedback.csv", dtype="str")
    assert feedback[["feedback_id", "speaker", "text", "asked"]].values.tolist() == [
        ["lena-2", "lena", "Slow.", "How was it?"], ["lena-3", "lena", "Very slow.", "How was it?"],
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "said"), [("gone.txt", "There is no such file"), ("empty", "No interview lies in")])
def test_nothing_to_read_is_said(tmp_path, name, said):
    """A missing file and a folder without interviews are refused in a sentence."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(FaultsFound, match=said):
        read_transcripts(tmp_path / name)


def test_what_was_asked_stands_beside_each_answer():
    """The last turn of the interviewer holds for all answers to it; a mere "Mm-hm" asks nothing; a new talk begins."""
    said = [
        ("a", "P", "Hello."), ("a", "I", "How was it?"), ("a", "I", "Tell me."), ("a", "P", "Slow."),
        ("a", "I", "Mm-hm."), ("a", "P", "So slow."), ("a", "R", "Yes."), ("a", "I", "Why?"),
        ("a", "P", "Nobody knew."), ("b", "P", "Hello."),
    ]  # fmt: skip
    rows = pd.DataFrame(said, columns=["talk", "label", "text"])
    asked = find_questions(rows, ["I"])[rows["label"].ne("I")].tolist()
    assert asked == ["", *["How was it? Tell me."] * 3, "Why?", ""]


def test_an_interview_says_itself_what_was_asked(tmp_path):
    """A block that gives one question for all rows keeps it."""
    folder = new_study(tmp_path / "study")
    (folder / "raw" / "talks").mkdir()
    (folder / "raw" / "talks" / "lena.md").write_text("I: How was it?\n\nP: Slow.", encoding="utf-8")
    with open(folder / "study.toml", "a", encoding="utf-8") as file:
        file.write(BLOCK.replace('source = "interview"', 'source = "interview", asked = "The order"'))
    import_sources(folder)
    assert pd.read_csv(folder / "imported" / "feedback.csv")["asked"].tolist() == ["The order"]


def test_what_nobody_says_is_counted_and_left_out(tmp_path):
    """What stands before the first name, and lines that a tool wrote, are no words of anybody."""
    folder = new_study(tmp_path / "study")
    (folder / "raw" / "talks").mkdir()
    text = "Our best talk so far\n\nI: How was it?\n\nP: Slow.\n\nTranscribed by https://otter.ai"
    (folder / "raw" / "talks" / "lena.txt").write_text(text, encoding="utf-8")
    with open(folder / "study.toml", "a", encoding="utf-8") as file:
        file.write(BLOCK)
    report = import_sources(folder)
    assert "4 rows in the file = 1 kept + 1 asked by the interviewer + 2 said by nobody." in str(report)


def test_name_and_time_on_a_line_begin_a_turn(tmp_path):
    """Name and time, or time and name, stand above the words; a line that ends in a time is a sentence still."""
    text = (
        "Anna Berg  0:03\nHow was it?\n\nLena  0:07\nSlow. I came at\n10:30\nSee you at 10:30\n\nAnna Berg  0:15\nBye."
    )
    assert read(tmp_path, talk=text)[["speaker", "text"]].values.tolist() == [
        ["Anna Berg", "How was it?"], ["Lena", "Slow. I came at See you at 10:30"], ["Anna Berg", "Bye."],
    ]  # fmt: skip
    text = "00:00:03 Speaker 1\nHow was it?\n00:00:07 Speaker 2\nSlow."
    assert read(tmp_path, talk=text)["speaker"].tolist() == ["Speaker 1", "Speaker 2"]


def test_times_inside_are_no_words(tmp_path):
    """Times in brackets between the words go; a clock time that somebody says stays."""
    text = "Lena: It was slow [00:12] and [unclear] dear (00:01:14) at 10:30.\n\n00:02:00\n\nLena: Yes."
    assert read(tmp_path, talk=text)["text"].tolist() == ["It was slow and [unclear] dear at 10:30.", "Yes."]


def test_files_called_alike_are_said(tmp_path):
    """A meeting tool gives the same talk as document and as captions: its words would count twice."""
    for name in ("lena.vtt", "Lena.txt"):
        (tmp_path / name).write_text("I: So?\nP: Slow.")
    with pytest.raises(FaultsFound, match="are called alike, as if they were the same talk"):
        read_transcripts(tmp_path)


def test_an_old_document_in_a_folder_is_said(tmp_path):
    """A file that holds a talk and cannot be read is not passed over; recordings and what editors leave are."""
    for name in ("omar.txt", "omar.mp3", "~$lena.docx", ".hidden.txt"):
        (tmp_path / name).write_text("P: Fine.")
    assert read_transcripts(tmp_path)["talk"].tolist() == ["omar"]
    (tmp_path / "lena.doc").write_text("P: Slow.")
    with pytest.raises(FaultsFound, match="Files that end in .doc cannot be read here"):
        read_transcripts(tmp_path)
