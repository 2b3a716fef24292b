"""The table twin: everything that the picture holds, and a real table."""

from html import unescape
from xml.etree import ElementTree

import pandas as pd
from drawing.hard_journeys import JOURNEYS

from cjm_helpers.drawing.journey_map import draw_journey_map, draw_map_table
from cjm_helpers.drawing.sheet.scene import Text
from cjm_helpers.drawing.sheet.words import bare, count, sign, tidy

NAMED = ("step", "quote", "interview", "pain", "delight", "kpi", "opportunity", "need", "backstage", "support")
MEASURED = ("emotion", "interview", "pain", "delight", "kpi")
NUMBERS = ("value", "lo", "hi", "baseline", "target", "benchmark")


def read_table(journey):
    return ElementTree.fromstring(draw_map_table(journey).html)


def list_facts(cell: dict):
    """List what the twin must say of one cell, as it says it; nothing of what is hidden or missing."""
    yield tidy(cell["text"])
    yield from cell.get("evidence_ids", "").split(";")
    lane, known = cell["lane"], {name for name, value in cell.items() if value != ""}
    if lane in NAMED:
        yield cell.get("item_id", "")
    if lane in ("touchpoint", "opportunity"):
        yield tidy(cell.get("owner", ""))
    unit = "%" if lane in ("pain", "delight") else cell.get("unit", "")
    for name in known & set(NUMBERS) if lane in MEASURED else ():
        yield sign(cell[name]) if lane in ("emotion", "interview") else bare(cell[name], unit)
    if "n" in known and (lane not in MEASURED or "value" in known):
        yield count(cell["n"])
    yield from (count(cell[name]) for name in known & {"k", "counter", "rank"})
    yield from (f"severity {cell['severity']:.0f}" for _ in known & {"severity"} if lane == "pain")
    yield from (cell[name] for name in known & {"kind", "word", "period", "direction"})


def test_every_cell_is_in_the_twin(any_journey):
    """Each row of the cells is found in its step's row: texts, numbers, intervals, people, owners, ids, evidence."""
    body = read_table(any_journey).find("table/tbody")
    rows = {row.find("th").text: " ".join(row.itertext()) for row in body}
    for cell in any_journey.cells.fillna("").to_dict("records"):
        words = next(row for head, row in rows.items() if head.startswith(f"{cell['step_id']} "))
        assert [fact for fact in list_facts(cell) if fact not in words] == []


def test_markup_in_names_stays_text():
    """Whatever a study's texts hold, the table has no element that they brought along."""
    tags = {element.tag for element in read_table(JOURNEYS["markup"]()).iter()}
    assert tags <= {"div", "table", "caption", "thead", "tbody", "tr", "th", "td", "ul", "li", "p", "small"}


def test_values_and_intervals_are_in_the_twin(rich):
    """The twin has the numbers that the picture only draws."""
    words = " ".join(read_table(rich).itertext())
    assert "−1.6" in words and "95 % interval −1.9 to −1.3" in words
    assert "Calls answered on Saturday: 41 %" in words and "from 55, target 80, n = 912" in words
    assert "benchmark 27" in words and "severity 3 of 3" in words and "fewer than 5 answers" in words


def test_the_twin_is_a_table_with_headers(any_journey):
    """A caption, a head for each column and each row, as many cells in each row."""
    table = read_table(any_journey).find("table")
    head, *rows = table.iter("tr")
    assert table.find("caption").text.startswith("Journey map: ")
    assert {cell.get("scope") for cell in head} == {"col"}
    assert all(len(row) == len(head) and row.find("th").get("scope") == "row" for row in rows)
    assert len(rows) == len(any_journey.steps)


def test_quotes_are_whole_in_the_twin(rich):
    """The picture may cut a verbatim, the twin never does."""
    quote = "Three hundred euros, and nobody told me when I get them back. I had to borrow it from my flatmate."
    drawn = [text.words for text in draw_journey_map(rich).sheets[0].items(Text)]
    assert any(words.endswith("…”") for words in drawn)
    assert quote in unescape(draw_map_table(rich).html)


def test_things_of_the_whole_journey_have_a_row_of_their_own(rich):
    """A KPI without a step is not lost."""
    whole = pd.DataFrame([{"step_id": "", "lane": "kpi", "text": "Would hire again", "value": 0.61, "unit": "%"}])
    rich.cells = pd.concat([rich.cells, whole], ignore_index=True)
    assert "Would hire again: 61 %" in draw_map_table(rich).html
    assert "The journey as a whole" in draw_map_table(rich).html


def test_the_lens_is_whole_in_the_twin(rich):
    """Who, when, why and on what evidence stand in full, however long."""
    rich.lens["scenario"] = "The lease ends on Sunday night. " * 20
    assert rich.lens["scenario"].strip() in unescape(draw_map_table(rich).html)


def test_gaps_are_told(rich):
    """What is not known stands below the table."""
    assert "Nobody was asked about the fuel stop." in draw_map_table(rich).html


def test_a_gap_names_its_step_once(rich):
    """A sentence that begins with its step is left as it is; another gets the step before it."""
    sentences = ["1.1 Fuel stop: nobody was asked.", "Nobody was asked about the fuel stop."]
    rich.gaps = pd.DataFrame({"kind": "not asked", "step_id": "1.1", "sentence": sentences})
    html = draw_map_table(rich).html
    assert f"<li>{sentences[0]}</li>" in html and f"<li>1.1 {sentences[1]}</li>" in html
