"""An invented survey of 60 customers and twelve short interviews, as tools and people leave them behind."""

import csv
import io
import random

import openpyxl

QUESTIONS = (
    "the advert", "the product page", "the customer reviews", "the basket", "the payment page", "the parcel",
    "the help line", "the newsletter",
)  # fmt: skip
COMMENTS = (
    "The payment page asked for my card {0} times.", "I liked that the parcel came after {0} hours.",
    "I was passed on {0} times by the help line.", "After {0} reviews I knew which size to take.", "", "-",
)  # fmt: skip
RECOMMEND, WHY, AGE, DAY, NUMBER = (
    "How likely are you to recommend us?", "What should we do better?", "How old are you?", "Submitted on",
    "Respondent",
)  # fmt: skip
WORDS = "I looked at {0} twice before I was sure.", "Later {1} made me want to give up.", "In the end I was glad."


def list_rows(month: int = 3, *, people: int = 60) -> list[list]:
    """Return the survey with its heading: 1 to 5 at each touchpoint, 8 = did not meet it, 9 = no answer."""
    dice = random.Random(month)
    heading = [NUMBER, DAY, *(f"How satisfied were you with {thing}?" for thing in QUESTIONS), RECOMMEND, WHY, AGE]
    rows: list[list] = [heading]
    for number in range(1, people + 1):
        scores = [dice.choices((1, 2, 3, 4, 5, 8, 9), (8, 9, 15, 30, 25, 8, 5))[0] for _ in QUESTIONS]
        day = f"{dice.randint(1, 28):02d}.{month:02d}.2026"
        rows.append(
            [number, day, *scores, dice.randint(0, 10), dice.choice(COMMENTS).format(number), dice.randint(18, 80)]
        )
    return rows


def write_csv(rows: list[list]) -> bytes:
    """Return the survey as a survey tool saves it."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def write_workbook(rows: list[list]) -> bytes:
    """Return the survey as an Excel file."""
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def list_interviews(count: int = 12) -> dict[str, bytes]:
    """Return the interviews by file name: an interviewer asks, a participant answers in three paragraphs."""
    talks = {}
    for number in range(1, count + 1):
        things = QUESTIONS[number % 8], QUESTIONS[(number + 3) % 8]
        first, second, third = (line.format(*things) for line in WORDS)
        text = f"Interviewer: How did it go?\n\nP: {first}\n\n{second}\n\nInterviewer: And then?\n\nP: {third}\n"
        talks[f"interview_{number:02d}.txt"] = text.encode()
    return talks
