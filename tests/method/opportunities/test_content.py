"""Content ideas: what is asked and where, and whether an idea answers it already."""

import pandas as pd
import pytest

from cjm_helpers.method.opportunities import suggest_content

NAN = float("nan")
SHOP = pd.DataFrame({"touchpoint_id": ["ad", "pay"], "stage": ["Notice", "Buy"]})
THEME = {
    "touchpoint_id": "pay", "code_id": "refused", "label": "Card refused", "valence": -1, "k": 40.0, "n": 100.0,
    "flag": "reportable", "feedback_ids": "f1;f2",
}  # fmt: skip
ASKED = {"statement_id": "s1", "touchpoint_id": "pay", "field": "question", "text": "Which card?", "basis": "reported"}


@pytest.fixture
def suggest(make_table):
    """Suggest content from statements, themes and ideas given as dicts."""

    def run(*statements, themes=(), ideas=(), **options):
        ideas = [{"opportunity_id": f"o{i}", **idea} for i, idea in enumerate(ideas, start=1)]
        return suggest_content(
            make_table("statements", statements), themes=pd.DataFrame(themes, columns=list(THEME)), touchpoints=SHOP,
            opportunities=make_table("opportunities", ideas), **options,
        )  # fmt: skip

    return run


def test_questions_and_pain_points_are_read(suggest):
    """Both fields of statements and themes of negative valence; nothing else."""
    rows = [ASKED, {**ASKED, "field": "pain_point", "text": "No slip"}, {**ASKED, "field": "thought", "text": "Hm"}]
    table = suggest(*rows, themes=[THEME, {**THEME, "code_id": "quick", "valence": 1}])
    assert sorted(table["source"]) == ["question", "stated pain point", "theme"]
    assert table.set_index("source").loc["theme", ["k", "n", "grade"]].tolist() == [40, 100, "B"]


def test_rows_follow_the_journey(suggest):
    """Stages in order, the most named first, and what belongs to no stage last, never dropped."""
    stated = [{**ASKED, "text": "Whole?", "touchpoint_id": ""}, {**ASKED, "text": "Where?", "touchpoint_id": "ad"}]
    table = suggest(*stated, {**ASKED, "text": "All?", "stage": "Buy", "touchpoint_id": ""}, themes=[THEME])
    assert table["asked"].tolist() == ["Where?", "Card refused", "All?", "Whole?"]
    assert table["stage"].tolist() == ["Notice", "Buy", "Buy", ""]
    assert suggest(*stated, stages=["Buy", "Notice"])["stage"].tolist() == ["Notice", ""]


@pytest.mark.parametrize(
    ("words", "content"),
    [("What is the postage?", "all costs"), ("When does it come?", "what happens next"), ("Which size?", "a guide"),
     ("How do I return it?", "steps"), ("Why was it refused?", "the reason"), ("Pages frozen", "none before"),
     ("Ist die Bestellung da?", "a plain answer"), ("Will it be outsized?", "a plain answer")],
)  # fmt: skip
def test_words_choose_the_content(suggest, words, content):
    """Whole English words choose the kind of content; where none fits, a plain answer does."""
    assert suggest({**ASKED, "text": words})["content"].iloc[0].startswith(content)


@pytest.mark.parametrize(
    ("idea", "sentence"),
    [({"kind": "content", "status": "planned"}, "o1 (planned) answers it."), ({"kind": "content"}, "o1 answers it."),
     ({"kind": "fix", "status": "idea"}, "o1 (idea) works on it; content bridges the time until then."),
     ({"kind": "fix", "status": "done"}, "o1 is done and was meant to end it."),
     ({"kind": "fix", "status": "dropped"}, "No idea answers it yet."),
     ({"kind": "fix", "touchpoint_id": "ad"}, "No idea answers it yet.")],
)  # fmt: skip
def test_ideas_against_a_theme_are_known(suggest, idea, sentence):
    """An idea that names the code at the same touchpoint is named with its status, unless it was dropped."""
    idea = {"touchpoint_id": "pay", "code_ids": "slow;refused", **idea}
    assert suggest(themes=[THEME], ideas=[idea])["sentence"].tolist() == [sentence]


def test_ideas_for_a_question_are_known(suggest):
    """Content at its touchpoint answers it, and so does an idea that rests on the same row of evidence."""
    ideas = [
        {"kind": "content", "touchpoint_id": "pay"},
        {"kind": "fix", "touchpoint_id": "ad", "evidence_ids": "f7;f9"},
    ]
    table = suggest({**ASKED, "evidence_ids": "f9"}, ideas=ideas)
    assert table["opportunity_id"].tolist() == ["o1;o2"] and table["k"].tolist() == [1]
    assert table["evidence_ids"].tolist() == ["s1;f9"]


def test_hidden_themes_stay_hidden(suggest):
    """A theme of too few people gives no content idea, so that nobody is found by it."""
    assert suggest(themes=[{**THEME, "k": NAN, "feedback_ids": "", "flag": "suppressed"}]).empty


def test_order_of_rows_changes_nothing(suggest):
    """Statements and themes in another order give the same table."""
    rows, themes = [ASKED, {**ASKED, "text": "Why?"}], [THEME, {**THEME, "label": "Slow", "k": 3.0}]
    pd.testing.assert_frame_equal(suggest(*rows, themes=themes), suggest(*rows[::-1], themes=themes[::-1]))


def test_the_example_asks_at_every_stage(found):
    """Every stage of the example has content to write, and the planted costs shown late have an idea against them."""
    study = found.study
    table = suggest_content(
        study.statements, themes=found.themes, touchpoints=found.touchpoints, opportunities=study.opportunities,
        stages=study.settings.stages,
    )  # fmt: skip
    assert list(dict.fromkeys(table["stage"]))[: len(study.settings.stages)] == list(study.settings.stages)
    late = table[table["asked"].eq("Costs appear late") & table["touchpoint_id"].eq("product_page")]
    assert late["sentence"].tolist() == ["o05 (planned) answers it."]
