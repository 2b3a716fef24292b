"""Captions: who speaks, which cues are a paragraph, and that no word counts twice or is lost."""

import pytest

from cjm_helpers.errors import FaultsFound
from cjm_helpers.study.sources.captions import read_captions
from cjm_helpers.study.sources.transcripts import read_transcripts


def read(*cues: str, head="WEBVTT") -> list:
    """Return speaker and text of each paragraph; a cue is written as "1-2 words", from second 1 to 2."""
    blocks = [head] * bool(head)
    for cue in cues:
        span, _, text = cue.partition(" ")
        start, end = (f"00:{int(float(one)) // 60:02d}:{float(one) % 60:06.3f}" for one in span.split("-"))
        blocks.append(f"{start} --> {end}\n{text}")
    return [[line.label, line.text] for line in read_captions("\n\n".join(blocks)) if line.text]


def test_voices_are_speakers():
    """A voice names who speaks, with a class or without, closed or not; two voices of one cue are two turns."""
    rows = read("1-2 <v Anna Berg>How?</v>", "2-3 <v.loud Lena>Slow.", "4-5 <v Anna Berg>And?</v>\n<v Lena>Fine.</v>")
    assert rows == [["Anna Berg", "How?"], ["Lena", "Slow."], ["Anna Berg", "And?"], ["Lena", "Fine."]]


def test_names_before_a_colon_are_speakers():
    """A cue without a name goes on with the one before; a colon in a sentence is no name."""
    rows = read(
        "1-2 Anna Berg: How?", "3-4 Lena: It was", "4-5 slow, and the worst: nobody knew.", "6-7 Anna Berg: Oh?"
    )
    assert rows == [
        ["Anna Berg", "How?"], ["Lena", "It was slow, and the worst: nobody knew."], ["Anna Berg", "Oh?"],
    ]  # fmt: skip


def test_names_of_a_meeting_tool_are_speakers():
    """Where nearly each cue begins with a name, it may be small, long or hold a comma; who speaks once is heard."""
    rows = read("1-2 anna: How?", "3-4 Said, Omar (Guest): Slow.", "5-6 anna: And?", "7-8 Said, Omar (Guest): Fine.",
                "9-10 Rosa: Dear.")  # fmt: skip
    assert [speaker for speaker, _ in rows] == ["anna", "Said, Omar (Guest)", "anna", "Said, Omar (Guest)", "Rosa"]


def test_recognised_speakers_have_numbers():
    """A tool that hears voices without knowing them writes [SPEAKER_00]."""
    rows = read("1-2 [SPEAKER_00]: How was it?", "3-4 [SPEAKER_01]: Slow.", head="WEBVTT")
    assert rows == [["SPEAKER_00", "How was it?"], ["SPEAKER_01", "Slow."]]


def test_what_is_not_said_is_left_out():
    """Notes, styles, regions, the heading, ids of cues and settings behind a time are no words."""
    text = (
        "\ufeffWEBVTT - Talk\nKind: captions\nLanguage: en\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:fred\n\n"
        "NOTE duration: 12\nof two lines\n\n"
        "9d-3/17-0\n00:01.000 --> 00:02.000 align:start position:0%\n<v Lena>Slow.</v>\n"
    )
    assert read_captions(text)[0] == ("Slow.", "Lena") and len(read_captions(text)) == 2


def test_tags_and_entities_become_words():
    """Marks for looks and karaoke times go, characters that were escaped come back, a lone sign stays."""
    assert read("1-2 <i>Ann &amp; Bob</i> paid <00:00:01.500><c.red>&lt;3 Euro</c>, less <than 4") == [
        ["", "Ann & Bob paid <3 Euro, less <than 4"],
    ]  # fmt: skip


def test_a_paragraph_ends_at_a_pause_after_a_sentence():
    """Three seconds after a full stop begin a new one; within a sentence, or after a shorter pause, they do not."""
    rows = read("0-1 <v Lena>It took", "9-10 <v Lena>far too long.", "12-13 <v Lena>Really.", "16-17 <v Lena>I left.")
    assert [text for _, text in rows] == ["It took far too long. Really.", "I left."]


def test_a_long_speech_is_parted_at_a_sentence():
    """Behind 120 words the next sentence begins a paragraph, so that an hour without pauses is no single row."""
    rows = read(*(f"{at}-{at + 1} {f'word{at} ' * 39}end." for at in range(6)))
    assert [len(text.split()) for _, text in rows] == [120, 120]


def test_rolling_captions_are_read_once():
    """Lines that stay on the screen while the next appears, growing lines and doubled cues are said once."""
    rolled = read(
        "0-2 it was so slow", "2-2.01 it was so slow", "2.01-4 it was so slow\nthat I left", "4-6 that I left\nthe shop"
    )
    assert rolled == [["", "it was so slow that I left the shop"]]
    assert read("0-3 I", "1-4 I went", "2-5 I went home") == [["", "I went home"]]
    assert read("0-2 <v Lena>Slow.</v>", "0-2 <v Lena>Slow.</v>") == [["Lena", "Slow."]]


def test_what_is_said_twice_stays():
    """Two cues one after the other may say the same: nobody's no is lost."""
    assert read("0-1 No.", "1-2 No.", "5-6 No.") == [["", "No. No."], ["", "No."]]


def test_two_who_speak_at_once_are_kept_apart():
    """Cues that overlap belong to their own speakers, each with their words."""
    rows = read("0-4 <v Lena>It was slow", "1-2 <v Anna>Mm-hm.", "4-5 <v Lena>all along.")
    assert rows == [["Lena", "It was slow"], ["Anna", "Mm-hm."], ["Lena", "all along."]]


def test_words_behind_an_empty_line_are_kept():
    """Some tools leave a line free between the time and the words."""
    text = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n\nIt was slow.\n\n00:00:02.000 --> 00:00:03.000\n\nI left."
    assert [line.text for line in read_captions(text) if line.text] == ["It was slow. I left."]


def test_subtitles_are_read_too(tmp_path):
    """A .srt has numbers and commas and no heading; without names it is the words of one person, called like it."""
    text = (
        "1\r\n00:00:01,000 --> 00:00:02,500\r\nIt was\r\nslow.\r\n\r\n2\r\n00:01:00,000 --> 00:01:02,500\r\nI left.\r\n"
    )
    (tmp_path / "Lena Meyer.srt").write_bytes(text.encode())
    rows = read_transcripts(tmp_path / "Lena Meyer.srt")
    assert rows[["speaker", "turn", "text"]].values.tolist() == [
        ["lena_meyer", "1", "It was slow."], ["lena_meyer", "2", "I left."],
    ]  # fmt: skip


def test_captions_have_no_headings(tmp_path):
    """Spoken words that look like the heading of a typed talk are words."""
    (tmp_path / "lena.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nInterview people before you build\n")
    assert read_transcripts(tmp_path / "lena.vtt")["text"].tolist() == ["Interview people before you build"]


def test_captions_without_words_are_said(tmp_path):
    """A file of captions in which nobody speaks is refused."""
    (tmp_path / "lena.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Lena></v>\n")
    with pytest.raises(FaultsFound, match="There is no text in it"):
        read_transcripts(tmp_path / "lena.vtt")
