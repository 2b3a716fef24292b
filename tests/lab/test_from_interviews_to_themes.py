"""From interviews to themes: documents and captions come in by clicks, and what is counted then are people."""

import io

import docx
import pandas as pd
import pytest
from lab.clicks import Page

import cjm_helpers as cjm
from cjm_helpers.lab.import_desk import bring_in_file
from cjm_helpers.study.folder import open_study, save_worksheet
from cjm_helpers.study.kit import new_study

PEOPLE = ("Lena", "Omar", "Rosa")
PARAGRAPHS = 40
ASKED = "Was it slow, slow, slow?"
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Host>How was it?\n\n00:03.000 --> 00:04.000\n<v Ida>Slow &amp; dear.\n"
SRT = "1\n00:00:01,000 --> 00:00:02,000\nHost: How was it?\n\n2\n00:00:03,000 --> 00:00:04,000\nPaul: Fine.\n"


def write_document(*paragraphs: str) -> bytes:
    """Return a Word document as Word saves it."""
    document, content = docx.Document(), io.BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(content)
    return content.getvalue()


def talk() -> list[str]:
    """Return a talk of three people who say 40 paragraphs; after each third one the interviewer asks."""
    said = [f"{PEOPLE[at % 3]}: Paragraph {at} of {'slow' if at % 3 else 'good'} days." for at in range(PARAGRAPHS)]
    return [line for at, text in enumerate(said) for line in ([f"I: {ASKED}"] if at % 3 == 0 else []) + [text]]


def bring(folder, **files: bytes) -> Page:
    """Bring in files by clicks; in their names _dot_ stands for a point."""
    page = Page(bring_in_file(open_study(folder)))
    for name, content in files.items():
        page.choose_file(name.replace("_dot_", "."), content)
    return page.click("read").click("try").click("bring")


@pytest.fixture
def study(tmp_path):
    """A study with that talk, in which one person coded each paragraph that holds the word slow."""
    folder = new_study(tmp_path / "study")
    bring(folder, group_dot_docx=write_document(*talk()))
    study = open_study(folder)
    book = pd.DataFrame({"code_id": ["slow"], "label": ["Slow"], "definition": "It takes long.", "valence": -1})
    study = save_worksheet(study, "codebook", frame=book)
    codes = study.feedback["text"].str.contains("slow").map({True: "slow", False: "none"})
    codings = pd.DataFrame({"feedback_id": study.feedback["feedback_id"], "coder_id": "anna", "code_id": codes})
    return save_worksheet(study, "codings", frame=codings, part="anna")


def test_forty_paragraphs_are_three_people(study):
    """Two of three name the theme, in however many paragraphs, and the chart says so."""
    themes = cjm.themes.summarise_themes(
        study.feedback, study.codings, codebook=study.codebook, decisions=study.coding_decisions,
        alignments=study.alignments, touchpoints=study.touchpoints,
    )  # fmt: skip
    assert len(study.feedback) == PARAGRAPHS
    assert themes[["k", "n", "flag"]].values.tolist() == [[2, 3, "counted"]]
    chart = cjm.charts.draw_themes(themes, steps=study.touchpoints)
    assert any("2 of 3 interviewed" in text.get_text() for axes in chart.axes for text in axes.texts)


def test_saturation_counts_interviews(study):
    """Three people are three interviews: the first without a code, the second with one, the third with none new."""
    curve = cjm.feedback.measure_saturation(
        study.feedback, study.codings, codebook=study.codebook, decisions=study.coding_decisions
    )
    assert curve[["interview", "codes_new"]].values.tolist() == [["Lena", 0], ["Omar", 1], ["Rosa", 0]]


def test_the_interviewer_is_context_and_never_counted(study):
    """Each question stands beside the answers to it; no row, no speaker and no code is the interviewer's."""
    said = study.feedback
    assert set(said["asked"]) == {ASKED} and set(said["speaker"]) == set(PEOPLE)
    assert not said["text"].str.contains(ASKED, regex=False).any()
    assert set(study.codings["feedback_id"]) == set(said["feedback_id"])


def test_kinds_of_files_come_in_together(tmp_path):
    """Text, Markdown, Word documents and captions at once are a talk each, all with what was asked."""
    folder = new_study(tmp_path / "study")
    page = bring(
        folder, lena_dot_docx=write_document("Host: How was it?", "Lena: Slow."), ida_dot_vtt=VTT.encode(),
        paul_dot_srt=SRT.encode(), omar_dot_txt=b"Host: How was it?\n\nOmar: Fine.",
        rosa_dot_md=b"**Host:** How was it?\n\n**Rosa:** Good.",
    )  # fmt: skip
    said = open_study(folder).feedback
    assert not page.refusals and set(said["asked"]) == {"How was it?"}
    assert said[["speaker", "text"]].values.tolist() == [
        ["Ida", "Slow & dear."], ["Lena", "Slow."], ["Omar", "Fine."], ["Paul", "Fine."], ["Rosa", "Good."],
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "said"), [("old.doc", "save it as Word document"), ("talk.pdf", "A PDF holds pages")])
def test_other_documents_are_refused_with_the_way_out(tmp_path, name, said):
    """Somebody who chooses an old document or a PDF reads what to do."""
    page = Page(bring_in_file(open_study(new_study(tmp_path / "study"))))
    assert said in page.choose_file(name, b"%").click("read").refusals
