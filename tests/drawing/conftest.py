"""Journeys to draw: the rich one, and the hard cases; all invented."""

import pytest
from invented_journey import ACTIONS, STEPS, make_journey, rich_cells

from cjm_helpers.drawing.journey_map import draw_journey_map


def rename(cells, names):
    """Return the cells at other steps; those of unnamed steps are left out."""
    return [{**cell, "step_id": names[cell["step_id"]]} for cell in cells if cell["step_id"] in names]


def number_steps(stages, name="Zahlungsbestätigung"):
    """Return steps for stages given as (name, number of steps)."""
    return [(f"{s + 1}.{k + 1}", stage, name) for s, (stage, count) in enumerate(stages) for k in range(count)]


def long_words(k):
    """Return one of a few German texts with words longer than a cell."""
    return (
        "Öffnet die Versandbenachrichtigung auf dem Mobiltelefon",
        "Sucht die Lieferzeitenübersicht der Donaudampfschifffahrtsgesellschaft",
        "Bezahlt per Sofortüberweisung und bestätigt mit Fingerabdruck",
        "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz gelesen",
    )[k % 4]


def spread_cells(steps, words=long_words):
    """Return the rich cells spread over other steps again and again, with other words."""
    cells, old = [], [step_id for step_id, *_ in STEPS]
    for start in range(0, len(steps), len(old)):
        group = steps[start : start + len(old)]
        cells += rename(rich_cells(), {before: after[0] for before, after in zip(old, group, strict=False)})
    worded = ("step", "quote", "pain", "delight", "opportunity", "kpi", "touchpoint", "emotion")
    return [{**cell, "text": words(k)} if cell["lane"] in worded else cell for k, cell in enumerate(cells)]


def draw_rich():
    return make_journey(STEPS, rich_cells())


def draw_one_step():
    return make_journey([("4.2", "Drive", "Help line")], rename(rich_cells(), {"4.2": "4.2"}), persona_id="one")


def draw_german():
    stages = [("Wahrnehmen", 1), ("Informationsbeschaffung", 3), ("Vergleichen", 2), ("Kaufen", 3), ("Lieferung", 2),
              ("Nutzung", 2), ("Weiterempfehlung", 1)]  # fmt: skip
    steps = number_steps(stages)
    return make_journey(steps, spread_cells(steps), persona_id="german")


def draw_nothing_known():
    cells = [
        {"step_id": step_id, "lane": "step", "text": words, "grade": "D"}
        for (step_id, *_), words in zip(STEPS, ACTIONS, strict=True)
    ]
    finding = "A hypothesis map: no customer was asked yet."
    return make_journey(STEPS, cells, persona_id="nobody", finding=finding, context="No step was rated yet.")


def draw_two_sheets():
    steps = number_steps([("Plan", 5), ("Book", 6), ("Collect", 4), ("Drive", 5), ("Return", 4)], name="Van desk")
    return make_journey(steps, spread_cells(steps, words=lambda k: ACTIONS[k % 12]), persona_id="everyone")


def draw_arabic():
    words = "تبحث عن شاحنة صغيرة في التطبيق أثناء ركوب الحافلة"
    stages = {"Plan": "تخطيط", "Book": "حجز", "Collect": "استلام", "Drive": "قيادة", "Return": "إرجاع"}
    steps = [(step_id, stages[stage], name) for step_id, stage, name in STEPS]
    return make_journey(steps, spread_cells(steps, words=lambda k: words), persona_id="أميرة")


def draw_japanese():
    words = "週末の夜、子どもたちが寝た後にアプリで小さなトラックを探します。"
    stages = {"Plan": "計画", "Book": "予約", "Collect": "受け取り", "Drive": "運転", "Return": "返却"}
    steps = [(step_id, stages[stage], name) for step_id, stage, name in STEPS]
    return make_journey(steps, spread_cells(steps, words=lambda k: words), persona_id="美咲")


def draw_long_stage():
    name = "Everything that happens before anybody has even thought of hiring a van for a day or two"
    steps = [(step_id, name if stage == "Plan" else stage, step) for step_id, stage, step in STEPS]
    return make_journey(steps, rich_cells(), persona_id="long_stage")


def draw_odd_signs():
    words = 'Pays $5 & <b>"more"</b> than $10, isn\'t it? 100 % x_1^2 \\frac{a}{b}'
    return make_journey(STEPS, spread_cells(STEPS, words=lambda k: words), persona_id='<"&$>', lens={"persona": words})


def draw_all_pleased():
    cells = [{**cell, "value": 1.9, "lo": 1.8, "hi": 2.0} if cell.get("method") else cell for cell in rich_cells()]
    return make_journey(STEPS, cells, persona_id="pleased")


def draw_big_numbers():
    large = [{name: cell[name] * 40_000 for name in ("n", "k") if cell.get(name)} for cell in rich_cells()]
    cells = [
        {**cell, **more} if cell["lane"] != "interview" else cell
        for cell, more in zip(rich_cells(), large, strict=True)
    ]
    return make_journey(STEPS, cells, persona_id="big")


JOURNEYS = {
    "rich": draw_rich, "one_step": draw_one_step, "german": draw_german, "nothing_known": draw_nothing_known,
    "two_sheets": draw_two_sheets, "arabic": draw_arabic, "japanese": draw_japanese, "long_stage": draw_long_stage,
    "odd_signs": draw_odd_signs, "all_pleased": draw_all_pleased,
    "big_numbers": draw_big_numbers,
}  # fmt: skip


@pytest.fixture(params=list(JOURNEYS))
def any_journey(request):
    """Return each of the journeys in turn."""
    return JOURNEYS[request.param]()


@pytest.fixture(scope="session", params=list(JOURNEYS))
def any_map(request):
    """Return the drawn map of each of the journeys in turn, laid out once."""
    return draw_journey_map(JOURNEYS[request.param]())


@pytest.fixture
def rich():
    """Return the journey with everything on it."""
    return draw_rich()


@pytest.fixture
def two_sheets():
    """Return the journey of 24 steps."""
    return draw_two_sheets()
