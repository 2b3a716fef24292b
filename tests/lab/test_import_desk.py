"""The import desk by messages: what it guesses, what people change, what is refused, and the way back."""

import pytest
from lab.clicks import Page
from lab.exports import list_interviews, list_rows, write_csv

from cjm_helpers.lab.form import Work
from cjm_helpers.lab.import_desk import bring_in_file
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import new_study

PAYMENT = "How satisfied were you with the payment page?"


@pytest.fixture
def folder(tmp_path):
    """The folder of a blank study."""
    return new_study(tmp_path / "study")


def show(folder) -> Page:
    """Open the study and show its import desk."""
    return Page(bring_in_file(open_study(folder)))


def bring(folder, *, month=3, name="survey.csv") -> Page:
    """Bring the invented survey in as it is guessed."""
    return show(folder).choose_file(name, write_csv(list_rows(month))).click("read").click("try").click("bring")


def number(page: Page, column: str) -> int:
    """Return the place of a column of the file in the form."""
    return [guess.column for guess in page.form.incoming.suggestion.columns].index(column)


def test_looking_writes_nothing(folder):
    """Until "Bring it in" is clicked, no file of the study changes."""
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    page = show(folder).choose_file("survey.csv", write_csv(list_rows())).click("read").click("try")
    assert "Nothing is written yet" in page.text and "New wave: 2026-03." in page.text
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_the_page_says_what_can_be_seen_now(folder):
    """After bringing in, the desk names the notebooks, lists the file, and runs the cells when asked."""
    page = bring(folder)
    assert "survey.csv is in." in page.text and "coded (04)" in page.text
    assert page.find("old")["options"] == [["survey.csv", "survey.csv"]]
    page.click("again")
    assert len(open_study(folder).responses) > 400


def test_people_change_the_guess(folder):
    """A touchpoint gets another name and stage, a column is left out, and a code counts as does not apply."""
    page = show(folder).choose_file("survey.csv", write_csv(list_rows())).click("read")
    at, age = number(page, PAYMENT), number(page, "How old are you?")
    page.click("match", typed={f"is:{age}": "ignore"})
    page.click(
        "try", typed={f"name:{at}": "Checkout", f"stage:{at}": "Purchase", "other:csat": ["8", "9"], "blank:csat": []}
    )
    page.click("bring")
    study = open_study(folder)
    checkout = study.touchpoints.set_index("touchpoint_id").loc["checkout"]
    assert (checkout["name"], checkout["stage"], len(study.customers)) == ("Checkout", "Purchase", 0)
    scores = next(block for block in study.settings.imports if block["table"] == "responses")["scores"]
    assert "9" in scores[4]["not_applicable"]


def test_a_question_gets_its_wording_and_good_end(folder):
    """What is typed about a new question stands in study.toml."""
    page = show(folder).choose_file("survey.csv", write_csv(list_rows())).click("read")
    page.click("try", typed={"question:csat": "How was it?", "better:csat": "lower"}).click("bring")
    metric = open_study(folder).settings.metrics["csat"]
    assert (metric.question, metric.better) == ("How was it?", "lower")


def test_a_value_nobody_declared_is_refused(folder):
    """A 9 that is neither an answer nor declared is said at the button; nothing is written."""
    page = show(folder).choose_file("survey.csv", write_csv(list_rows())).click("read")
    page.click("try", typed={"blank:csat": []})
    assert "The value '9' is not on the scale of csat, 1 to 5" in page.refusals
    assert list((folder / "raw").iterdir()) == []


def test_interviews_come_in_with_their_personas(folder):
    """Twelve texts chosen at once are twelve speakers; questions are left out, and a persona can be chosen."""
    (folder / "worksheets" / "personas.csv").write_text("persona_id,name,basis\nlena,Lena,proto\n", encoding="utf-8")
    page = show(folder)
    for name, content in list_interviews().items():
        page.choose_file(name, content)
    page.click("read").click("try", typed={"persona:2": "lena"}).click("bring")
    study = open_study(folder)
    assert study.feedback["speaker"].nunique() == 12 and len(study.feedback) == 36
    assert study.persona_assignments[["customer_id", "persona_id"]].values.tolist() == [["interview_03", "lena"]]
    assert not study.feedback["text"].str.contains(r"\?").any()


def test_who_asks_can_be_chosen(folder):
    """Whoever is ticked as asking is left out."""
    page = show(folder).choose_file("talk.txt", b"Anna: So?\n\nBen: Slow.\n\nAnna: Oh?\n\nBen: Very.")
    page.click("read").click("try", typed={"interviewers": ["Anna"]}).click("bring")
    assert open_study(folder).feedback["speaker"].unique().tolist() == ["Ben"]


def test_the_second_month_comes_in_as_the_first(folder):
    """A file with the same columns needs two clicks, gets a wave of its own, and no answer twice."""
    bring(folder)
    page = show(folder).choose_file("survey_april.csv", write_csv(list_rows(4))).click("read")
    assert "same columns as survey.csv" in page.text
    page.click("repeat").click("bring")
    study = open_study(folder)
    assert study.settings.wave_ids == ("2026-03", "2026-04") and not page.refusals
    assert study.customers["wave"].value_counts().tolist() == [60, 60] and study.responses["response_id"].is_unique


def test_a_file_comes_in_once(folder):
    """A file whose rows are there already is refused with the way out."""
    page = bring(folder).click("raw", typed={"lying": "survey.csv"})
    assert "'survey.csv' was brought in before" in page.refusals


def test_a_file_is_taken_back(folder):
    """Its rows go, its file stays, and it can be brought in again."""
    page = bring(folder)
    page.click("take_back", typed={"old": "survey.csv"})
    assert "taken back" in page.text and open_study(folder).responses.empty
    page.click("raw", typed={"lying": "survey.csv"}).click("try").click("bring")
    assert len(open_study(folder).responses) > 400


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("survey.ods", "cannot be read: the name of an export ends in"),
        ("talk.docx", "no Word document, whatever its name"),
        ("survey.xlsx", "no workbook, whatever its name"),
    ],
)
def test_other_files_are_refused_in_a_sentence(folder, name, said):
    """A file that nobody can read here is said with what to do, and the desk goes on."""
    page = show(folder).choose_file(name, b"no such thing").click("read")
    assert said in page.refusals
    page.click("over")


def test_the_kind_can_be_changed(folder):
    """A file that is said to be a table of ours is matched with our columns."""
    page = show(folder).choose_file("people.csv", b"customer_id,segment\nk1,a\nk2,b\n").click("read")
    page.click("match", typed={"kind": "table"})
    page.click("match", typed={"table": "customers"})
    page.click("try").click("bring")
    assert open_study(folder).customers["customer_id"].tolist() == ["k1", "k2"]


def test_answers_in_words_personas_and_consent_come_in(folder):
    """Labels become numbers, personas are known by name, and who may not be quoted is noted."""
    (folder / "worksheets" / "personas.csv").write_text("persona_id,name\nlena,Lena\nomar,Omar\n", encoding="utf-8")
    lines = ["Customer number;Segment;How satisfied were you with delivery?;May we quote you?;Comment"]
    labels = ["Very satisfied", "Satisfied", "Neutral", "Very dissatisfied", "N/A"]
    for number in range(20):
        own = f"k{number};{('Lena', 'Omar')[number % 2]};{labels[number % 5]};{('yes', 'no')[number % 2]}"
        lines.append(f"{own};It was slow on day {number}")
    page = show(folder).choose_file("survey.csv", "\n".join(lines).encode()).click("read").click("try").click("bring")
    study = open_study(folder)
    assert not page.refusals and study.responses["score"].value_counts().to_dict() == {5: 4, 4: 4, 3: 4, 1: 4}
    assert study.persona_assignments["persona_id"].value_counts().to_dict() == {"lena": 10, "omar": 10}
    assert study.feedback["consent"].value_counts().to_dict() == {"yes": 10, "no": 10}


def test_nothing_is_clicked_while_a_file_is_worked_on(folder):
    """While long work runs, a click is refused, so that nothing is taken away from under it."""
    page = show(folder).choose_file("survey.csv", write_csv(list_rows())).click("read")
    page.form.work["bring"] = Work()
    assert "still being worked on" in page.click("over").refusals and page.form.incoming


def test_an_example_is_offered_as_a_copy(example):
    """A shipped example is read-only here; the desk offers to make it one's own."""
    page = Page(bring_in_file(example))
    assert "Make it my study" in page.text and "From your computer" not in page.text


def test_the_static_page_is_a_plain_table(example):
    """Unattended, the desk says which files the study imports and how many rows their tables have."""
    html, text = bring_in_file(example).describe()
    assert ">survey_2026_03.csv</td>" in html and "responses (12,733 rows in all)" in text
