"""Suggestions: what columns of an export are, from headings and values, and what is spelt from that."""

import pandas as pd
import pytest

from cjm_helpers.study.settings import Metric, Settings
from cjm_helpers.study.sources.guesses import guess_as
from cjm_helpers.study.sources.headings import find_batteries, match_touchpoint, name_distinct
from cjm_helpers.study.sources.spelling import spell_blocks
from cjm_helpers.study.sources.suggest import look_around, suggest_import
from cjm_helpers.study.sources.values import guess_date_format, guess_scale

NONE = pd.DataFrame({"touchpoint_id": [], "persona_id": [], "name": []})
KNOWN = pd.DataFrame({"touchpoint_id": ["payment", "parcel"], "name": ["Payment page", "Parcel"]})
CSAT = Settings("Shop", metrics={"csat": Metric("csat", "How satisfied?", 1, 5), "nps": Metric("nps", "", 0, 10)})


def suggest(folder, columns: dict, *, settings=CSAT, touchpoints=KNOWN, name="survey.csv", **options):
    """Write an export and return what is suggested for it, with the guesses by column."""
    pd.DataFrame(columns).to_csv(folder / name, index=False)
    found = suggest_import(folder / name, settings=settings, touchpoints=touchpoints, **options)
    return found, {guess.column: guess for guess in found.columns}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("1 2 3 4 5", (1, 5, (), ())), ("1 2 3 4 5 8 9", (1, 5, ("9",), ("8",))),
        ("0 1 2 3 4 5 6", (1, 5, ("0",), ("6",))),
        ("1 2 3 4 5 99 -1", (1, 5, ("-1", "99"), ())), ("1 2 3 4 5 6 7", (1, 7, (), ())),
        ("0 1 2 3 4 5 6 7 8 9 10 11", (0, 10, ("11",), ())), ("1 2 3 4 5 6 7 8 9 10", (1, 10, (), ())),
        ("-5 -3 0 2 4 5", (-5, 5, (), ())), ("1.0 2.0 4.0 5.0 3.0 n/a Blank", (1, 5, ("Blank",), ("n/a",))),
    ],
)  # fmt: skip
def test_a_scale_is_seen_with_its_odd_codes(values, expected):
    """The ends come from the values, and codes beside the scale are no answers."""
    assert guess_scale(pd.Series(values.split()))[:4] == expected


@pytest.mark.parametrize("values", ["1 2 1 2", "31 45 67 18 22", "yes no maybe", "1 2 3 40", ""])
def test_what_is_no_scale_is_none(values):
    """Two groups, ages, words and numbers far apart are no scale."""
    assert guess_scale(pd.Series(values.split(), dtype="str")) is None


def test_answers_in_words_get_numbers():
    """The labels of a survey tool stand for 1 to 5, and a number in a label counts."""
    labels = ["Very satisfied", "Satisfied", "Dissatisfied", "Very dissatisfied", "Neither satisfied nor dissatisfied"]
    assert dict(guess_scale(pd.Series(labels)).labels)["Very satisfied"] == "5"
    numbered = guess_scale(pd.Series(["1 - bad", "2", "3", "4", "5 - good"]))
    assert numbered[:2] == (1, 5) and dict(numbered.labels) == {"1 - bad": "1", "5 - good": "5"}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["2026-03-14", ""], ""), (["14.03.2026"], "%d.%m.%Y"), (["03/14/2026"], "%m/%d/%Y"),
        (["14/03/2026"], "%d/%m/%Y"),
        (["2026-03-14 10:02:11"], ""), (["14.03.2026 10:02"], "%d.%m.%Y %H:%M"), (["3.5", "4"], None), (["x"], None),
    ],
)  # fmt: skip
def test_days_are_read_however_they_are_written(values, expected):
    """The format is found from all values; numbers and words are no days."""
    assert guess_date_format(pd.Series(values)) == expected


def test_batteries_have_a_stem():
    """Questions share their first words, codes their number, ratings their last word."""
    stems = find_batteries(["How was the parcel?", "How was the payment page?", "Q7ART", "Q7FOOD", "Q7SIGN", "age"])
    assert stems["How was the parcel?"] == "How was the" and stems["Q7ART"] == "Q7" and stems["age"] == ""
    assert name_distinct("How was the payment page?", stem="How was the") == "Payment page"
    assert find_batteries(["leg_rating", "seat_rating", "tv_rating"])["tv_rating"] == "rating"


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("q_payment", "payment"), ("Q7PARCEL", "parcel"), ("How was our payment page?", "payment"), ("Help line", "")],
)
def test_a_touchpoint_is_known_by_its_words(heading, expected):
    """Name and id are compared with the words of the heading; where nothing fits there is no guess."""
    assert match_touchpoint(heading, names={"payment": "Payment page", "parcel": "Parcel"}) == expected


def test_a_survey_is_understood(tmp_path):
    """Each column has its role, known touchpoints and questions are used, and others are proposed."""
    columns = {
        "Respondent": range(1, 41), "Date": ["05.03.2026", "17.03.2026"] * 20, "weight": ["0.8", "1.2"] * 20,
        "How satisfied were you with the payment page?": [1, 2, 3, 4, 5] * 8,
        "How satisfied were you with the help line?": [5, 4, 3, 2, 9] * 8,
        "How likely are you to recommend us?": [*range(11), 3, 7, 9] * 2 + [0, 10] * 6,
        "Comments": [f"I waited {number} minutes there" for number in range(40)],
        "Age": range(18, 58), "Gender": ["f", "m"] * 20, "E-mail": ["a@b.example"] * 40, "Version": ["2"] * 40,
    }  # fmt: skip
    found, guesses = suggest(tmp_path, columns)
    roles = [
        "respondent",
        "date",
        "weight",
        "score",
        "score",
        "overall",
        "comment",
        "attribute",
        "attribute",
        "ignore",
        "ignore",
    ]
    assert found.kind == "survey" and [guess.role for guess in guesses.values()] == roles
    payment, help_line = list(guesses.values())[3:5]
    assert (payment.touchpoint_id, payment.metric) == ("payment", "csat")
    assert (help_line.new_name, help_line.scale.blank) == ("Help line", ("9",))
    assert guesses["How likely are you to recommend us?"].metric == "nps" and not found.metrics
    assert "payment page" in payment.reason.lower()


@pytest.mark.parametrize(
    ("name", "columns", "kind"),
    [
        (
            "reviews.csv",
            {"text": [f"Slow page number {n}" for n in range(9)], "stars": [1, 2, 3, 4, 5, 1, 2, 3, 4]},
            "feedback",
        ),
        ("crm.csv", {"customer id": ["k1", "k2"], "country": ["DE", "AT"]}, "customers"),
        ("kpis.csv", {"kpi_id": ["a"], "period": ["2026-03"], "value": [1]}, "kpis"),
        ("goals.csv", {"goal_id": ["g"], "statement": ["Sell more"]}, "table"),
    ],
)
def test_the_kind_of_a_file_is_guessed(tmp_path, name, columns, kind):
    """Words in nearly every row are reviews, our own headings a table, attributes alone a list of customers."""
    assert suggest(tmp_path, columns, name=name)[0].kind == kind


def test_interviews_are_known_by_their_ending(tmp_path):
    """A text is an interview, and who asks is found."""
    (tmp_path / "lena.txt").write_text("Interviewer: So?\n\nP: Slow.")
    found = suggest_import(tmp_path / "lena.txt", settings=CSAT, touchpoints=NONE)
    assert (found.kind, found.interviewers) == ("interview" + "s", ("Interviewer",))


def test_ids_of_answers_are_the_files_own(tmp_path):
    """A customer's id stays as it is, so that files meet; answers are numbered within the file."""
    columns = {"Customer id": ["k7", "k9", "k4"], "How was the parcel?": [1, 3, 5]}
    found, _ = suggest(tmp_path, columns, name="May 2026.csv")
    (block,) = spell_blocks(found, settings=CSAT).blocks
    assert block["columns"] == {"customer_id": "Customer id", "response_id": "may_2026-{row}"}


def test_rows_that_name_their_touchpoint_become_long_answers(tmp_path):
    """A column of touchpoints gives each row its own; one that the study has not is made from its value."""
    columns = {"about": ["Parcel", "Parcel", "Payment page", "Shop"], "stars": [1, 2, 4, 5]}
    found, guesses = suggest(tmp_path, columns)
    spelt = spell_blocks(found, settings=CSAT, taken=("payment", "parcel"))
    assert guesses["about"].role == "touchpoint"
    assert spelt.blocks[0]["recode"]["touchpoint_id"] == {"Parcel": "parcel", "Payment page": "payment", "Shop": "shop"}
    assert spelt.touchpoints == {"shop": {"name": "Shop", "stage": "Awareness"}}


def test_a_role_that_people_choose_is_filled_in():
    """Whoever says that a column is a score need not say on which scale."""
    rows = pd.DataFrame({"Q1": ["1", "3", "5", "2", "4"]})
    around = look_around(rows, settings=CSAT, touchpoints=NONE)
    guess = guess_as(rows["Q1"], around, role="score")
    assert guess.scale[:2] == (1, 5) and guess.new_name == "Q1"


def test_a_heading_with_signs_makes_no_pattern(tmp_path):
    """A heading with a colon cannot stand in a pattern, so that the row's number names the answer."""
    columns = {"Respondent: number": [1, 2, 3, 4], "How was the parcel?": [1, 3, 5, 4]}
    found, _ = suggest(tmp_path, columns)
    assert spell_blocks(found, settings=CSAT).blocks[0]["columns"]["customer_id"] == "survey-{row}"


HOTEL = Settings("Hotel", stages=("Booking", "Arrival", "Stay", "Departure"))


def write_hotel() -> dict:
    """Return what forty guests of a hotel answered, with headings as a small hotel writes them."""
    answers = [1, 2, 3, 4, 5, 5, 4, ""]
    asked = ["Booking website ease (1-5)", "Check-in desk / reception", "Your room - how was it??", "Breakfast"]
    scores = {name: (answers[at:] + answers[:at]) * 5 for at, name in enumerate([*asked, "Wi-Fi", "Check-out + bill"])}
    whole = {"Would you recommend us to friends? 0-10": [*range(11), 9, 10, 8, 7, 10, 3, 5, 6, 9] * 2}
    about = {"Reason 4 trip": ["Business", "Leisure"] * 20, "Nights": [1, 2, 3, 4, 5] * 8, "Rooms": [1, 2, 3, 1] * 10}
    return {"Guest #": [f"G-{number:03}" for number in range(1, 41)], **scores, **whole, **about}


def test_a_hotels_ratings_are_known_by_the_scale_of_others(tmp_path):
    """Columns on the scale of a known question are ratings, unless they count nights or rooms; ids are who answered."""
    _, guesses = suggest(tmp_path, write_hotel(), settings=HOTEL, touchpoints=NONE)
    roles = [guess.role for guess in guesses.values()]
    assert roles == ["respondent", *["score"] * 6, "overall", *["attribute"] * 3]
    assert [guess.metric for guess in guesses.values()][1:8] == ["ces", *["csat"] * 5, "nps"]


def test_a_hotels_touchpoints_have_plain_names_and_stages(tmp_path):
    """What a heading asks is left out of the name, and the stage follows from its words."""
    _, guesses = suggest(tmp_path, write_hotel(), settings=HOTEL, touchpoints=NONE)
    assert {guess.new_name: guess.stage for guess in guesses.values() if guess.new_name} == {
        "Booking website": "Booking", "Check-in desk / reception": "Arrival", "Room": "Stay", "Breakfast": "Stay",
        "Wi-Fi": "Stay", "Check-out + bill": "Departure",
    }  # fmt: skip


@pytest.mark.parametrize("known", [{}, {"happy": Metric("happy", "How satisfied were you?", 1, 5)}])
def test_the_question_of_most_touchpoints_draws_the_curve(tmp_path, known):
    """One question about ease is not the emotion curve, whether the study has a question or not."""
    settings = Settings("Hotel", stages=HOTEL.stages, metrics=known)
    found, _ = suggest(tmp_path, write_hotel(), settings=settings, touchpoints=NONE)
    changes = spell_blocks(found, settings=settings).list_changes(settings)
    assert changes["map"] == {"emotion": next(iter(known), "csat"), "outcome": "nps"}


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("On-time arrival", "On-time arrival"), ("Ease of booking", "Booking"), ("Check-in", "Check-in"),
        ("How satisfied were you with the spa? (1 to 5)", "Spa"), ("leg_room", "Leg room"), ("WiFi 0-10", "WiFi"),
        ("Rating: Room service", "Room service"), ("How was it?", "It"),
    ],
)  # fmt: skip
def test_names_leave_out_what_is_asked(heading, name):
    """Words of asking and the scale go, hyphens and what stands between kept words stay."""
    assert name_distinct(heading, stem="") == name


@pytest.mark.parametrize(
    ("heading", "is_asked"),
    [("What should we do better?", True), ("Q9: Please tell us why", True), ("Comments", False), ("Why", False)],
)
def test_a_heading_that_asks_stands_beside_the_answers(tmp_path, heading, is_asked):
    """The question above a column of words is kept with each of them; a mere name of the column is not."""
    words = [f"I waited {number} minutes there" for number in range(40)]
    found, _ = suggest(tmp_path, {"Respondent": range(1, 41), heading: words, "Age": range(18, 58)})
    block = next(block for block in spell_blocks(found, settings=CSAT).blocks if block["table"] == "feedback")
    assert block["fixed"].get("asked", "") == (heading if is_asked else "")
