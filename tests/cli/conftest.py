"""A shop that sends out a survey every month and has two kinds of customers."""

from pathlib import Path

import pandas as pd
import pytest

from cjm_helpers.study.kit import new_study
from cjm_helpers.study.sources import import_sources

SETTINGS = """name = "Shop"
stages = ["Buy"]

[[waves]]
id = "2026-09"                    # the first
start = 2026-09-01
end = 2026-09-30

[metrics.csat]
question = "How was it?"
min = 1
max = 5

[metrics.nps]
question = "Would you recommend us?"
min = 0
max = 10

[map]
emotion = "csat"
outcome = "nps"

[customers]
orders = "numeric"
compares = "numeric"

[[import]]
file = "survey_2026_09.csv"
table = "customers"
columns = { customer_id = "c{number}", orders = "orders", compares = "compares" }
fixed = { wave = "2026-09" }

[[import]]
file = "survey_2026_09.csv"
table = "responses"
columns = { customer_id = "c{number}", date = "date" }
blank = ["", "0"]
scores = [
    { column = "pay", metric = "csat", touchpoint_id = "pay" },
    { column = "ad", metric = "csat", touchpoint_id = "ad" },
    { column = "recommend", metric = "nps", blank = [""] },
]
"""
PEOPLE = 40


@pytest.fixture
def shop(tmp_path) -> Path:
    """Return a study of two personas whose first wave was imported and given to them by a model."""
    folder = new_study(tmp_path / "shop")
    (folder / "study.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "raw").mkdir(exist_ok=True)
    write_export(folder, "2026-09", first=1)
    numbers = range(1, PEOPLE + 1)
    given = {
        "customer_id": [f"c{number}" for number in numbers],
        "persona_id": ["careful" if number % 2 else "hurried" for number in numbers],
    }
    write_sheet(folder, "personas", {"persona_id": ["hurried", "careful"], "name": ["Hurried", "Careful"]})
    write_sheet(folder, "touchpoints", {"touchpoint_id": ["ad", "pay"], "name": ["Advert", "Payment"], "stage": "Buy"})
    write_sheet(folder, "persona_assignments", given | {"basis": "model"})
    import_sources(folder)
    return folder


def write_sheet(folder: Path, name: str, columns: dict) -> None:
    """Write a worksheet."""
    pd.DataFrame(columns).to_csv(folder / "worksheets" / f"{name}.csv", index=False)


def write_export(folder: Path, month: str, *, first: int, people: int = PEOPLE, without=(), better: int = 0) -> None:
    """Write a month's export: careful customers compare much and order little, hurried ones the other way."""
    numbers = range(first, first + people)
    rows = [
        {
            "number": number, "date": f"{month}-{number % 28 + 1:02}", "orders": 20 - 18 * (number % 2) + number % 3,
            "compares": 1 + 8 * (number % 2) + number % 3, "pay": 1 + better + number % 2, "ad": 4 + number % 2,
            "recommend": 4 + 2 * better + number % 3,
        }
        for number in numbers
    ]  # fmt: skip
    export = pd.DataFrame(rows).drop(columns=list(without))
    export.to_csv(folder / "raw" / f"survey_{month.replace('-', '_')}.csv", index=False)
