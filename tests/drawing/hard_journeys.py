"""Journeys that are hard to draw, by name, and the maps of each, laid out once a paper; all invented."""

from functools import cache, partial
from typing import NamedTuple

import pandas as pd
from invented_changes import give_ids, make_comparison, make_done, make_moves
from invented_journey import ACTIONS, STEPS, make_changes, make_journey, rich_cells, stated_cells
from invented_personas import make_differences, make_personas

from cjm_helpers.drawing.compared_maps.differences import draw_difference_map
from cjm_helpers.drawing.compared_maps.personas import draw_persona_map
from cjm_helpers.drawing.journey_map import draw_journey_map
from cjm_helpers.drawing.journey_map.outputs import make_map
from cjm_helpers.drawing.journey_map.story import read_journey
from cjm_helpers.drawing.sheet.paper import PAPERS, Paper

STAGES = ("Plan", "Book", "Collect", "Drive", "Return")
GERMAN = (
    "Öffnet die Versandbenachrichtigung auf dem Mobiltelefon",
    "Sucht die Lieferzeitenübersicht der Donaudampfschifffahrtsgesellschaft",
    "Bezahlt per Sofortüberweisung und bestätigt mit Fingerabdruck",
    "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz gelesen",
)
MARKUP = '<script>alert(1)</script> $x^2$ %s &amp; ]]> \\frac{a}{b} <b>"it\'s"</b> ${y} {{z}} `w`'
ARABIC = "تبحث عن شاحنة صغيرة في التطبيق أثناء ركوب الحافلة"
HEBREW = "“השילוט” בתחנה 12 (van) לא ברור: מחיר 300 €"
JAPANESE = "週末の夜、子どもたちが寝た後にアプリで小さなトラックを探します。"
CHINESE = "周末晚上，孩子们睡着以后，她在手机应用里寻找一辆小卡车，比较三家租车公司的价格。"
KOREAN = "주말 밤에 아이들이 잠든 뒤 앱에서 작은 트럭을 찾고 세 회사의 가격을 비교합니다."
SENTENCE = (
    "Whoever hires a van on the last weekend of a month waits longer and pays more than on any other day of the year, "
)
LONG = (SENTENCE * 2)[:199] + "."
ONE_WORD = ("Kraftfahrzeughaftpflichtversicherungsbeitragsrückerstattung" * 4)[:200]
ODD_IDS = ("1.1/b", "<2>", "3 x", "計画.4", "%s", "6&7", "ü.8", '"9"', "a'b", "11.1", "-", "z" * 40)


class Laid(NamedTuple):
    """A map on a paper: its name, the paper and the sheets."""

    name: str
    paper: Paper
    sheets: tuple


def rename(cells, names):
    """Return the cells at other steps; those of unnamed steps are left out."""
    return [{**cell, "step_id": names[cell["step_id"]]} for cell in cells if cell["step_id"] in names]


def number_steps(stages, name="Zahlungsbestätigung"):
    """Return steps for stages given as (name, number of steps)."""
    return [(f"{s + 1}.{k + 1}", stage, name) for s, (stage, count) in enumerate(stages) for k in range(count)]


def spread_cells(steps, words=None, cells=None):
    """Return the cells spread over other steps again and again, in other words where these are given."""
    spread, old = [], [step_id for step_id, *_ in STEPS]
    for start in range(0, len(steps), len(old)):
        group = [step_id for step_id, *_ in steps[start : start + len(old)]]
        spread += rename(cells or rich_cells(), dict(zip(old, group, strict=False)))
    if words is None:
        return spread
    return [
        {**cell, "text": words[k % len(words)]} if cell["lane"] not in ("channel", "interview") else cell
        for k, cell in enumerate(spread)
    ]


def draw_everywhere(words, *, persona_id):
    """Return the full journey with the same words wherever words can stand."""
    steps = [(step_id, f"{stage[0]} {words}", words) for step_id, stage, _ in STEPS]
    owned = [{**cell, "text": f"{cell['text'][:1]} {words}" if cell["lane"] == "channel" else words, "owner": words}
             for cell in [*rich_cells(), *stated_cells(STEPS)] if cell["lane"] != "interview"]  # fmt: skip
    lens = dict.fromkeys(("persona", "tagline", "study", "scenario", "goal", "evidence", "wave"), words)
    gaps = pd.DataFrame([{"kind": "not asked", "step_id": "5.1", "sentence": words}])
    texts = {"finding": words, "context": words, "foot": words, "gaps": gaps, "lens": lens}
    return make_journey(steps, owned, persona_id=persona_id, **texts)


def draw_in(words, stages, *, persona_id):
    """Return the rich journey in another script."""
    named = dict(zip(STAGES, stages, strict=True))
    steps = [(step_id, named[stage], words[:12]) for step_id, stage, _ in STEPS]
    return make_journey(steps, spread_cells(steps, words=(words,)), persona_id=persona_id, finding=words, context=words)


def draw_many(stages, *, persona_id, words=None):
    """Return a journey of stages given as (name, number of steps)."""
    steps = number_steps(stages, name="Van desk")
    return make_journey(steps, spread_cells(steps, words=words), persona_id=persona_id)


def draw_rich():
    """Return the journey with everything that most studies have."""
    return make_journey(STEPS, rich_cells())


def draw_one_step():
    return make_journey([("4.2", "Drive", "Help line")], rename(rich_cells(), {"4.2": "4.2"}), persona_id="one")


def draw_full():
    """Return 14 steps with needs, backstage and support at each of them."""
    steps = number_steps([("Plan", 3), ("Book", 4), ("Collect", 4), ("Return", 3)], name="Van desk")
    return make_journey(steps, [*spread_cells(steps), *stated_cells(steps)], persona_id="full")


def draw_unsure():
    """Return 14 steps on whose themes, and what is built on them, coders differ."""
    steps = number_steps([("Plan", 3), ("Book", 4), ("Collect", 4), ("Return", 3)], name="Van desk")
    doubt = {"caution": "coders differ", "alpha": 0.43, "alpha_lo": 0.22, "alpha_hi": 0.62, "coded_twice": 267}
    lanes = ("pain", "delight", "quote", "emotion")
    cells = [{**cell, **doubt} if cell["lane"] in lanes and cell.get("text") else cell for cell in spread_cells(steps)]
    return make_journey(steps, cells, persona_id="unsure")


def draw_nothing_known():
    cells = [{"step_id": step[0], "lane": "step", "text": words, "grade": "D"}
             for step, words in zip(STEPS, ACTIONS, strict=True)]  # fmt: skip
    finding = "A hypothesis map: no customer was asked yet."
    return make_journey(STEPS, cells, persona_id="nobody", finding=finding, context="No step was rated yet.")


def draw_lanes(*lanes, persona_id):
    """Return the rich journey with some of its lanes only."""
    return make_journey(STEPS, [cell for cell in rich_cells() if cell["lane"] in lanes], persona_id=persona_id)


def draw_gaps():
    """Return a journey in which every lane has something at one step and nothing at the others."""
    return make_journey(STEPS, [cell for cell in rich_cells() if cell["step_id"] == "4.2"], persona_id="gaps")


def draw_odd_ids():
    steps = [(one, stage, name) for one, (_, stage, name) in zip(ODD_IDS, STEPS, strict=True)]
    return make_journey(steps, spread_cells(steps), persona_id='<"&$>')


def draw_long_stage():
    name = "Everything that happens before anybody has even thought of hiring a van for a day or two"
    steps = [(step_id, name if stage == "Plan" else stage, step) for step_id, stage, step in STEPS]
    return make_journey(steps, rich_cells(), persona_id="long_stage")


def draw_all_pleased():
    cells = [{**cell, "value": 1.9, "lo": 1.8, "hi": 2.0} if cell.get("method") else cell for cell in rich_cells()]
    return make_journey(STEPS, cells, persona_id="pleased")


def draw_big_numbers():
    cells = [
        {**cell, **{name: cell[name] * 40_000 for name in ("n", "k") if cell.get(name) and cell["lane"] != "interview"}}
        for cell in rich_cells()
    ]
    return make_journey(STEPS, cells, persona_id="big")


SEVEN = [("Wahrnehmen", 1), ("Informationsbeschaffung", 3), ("Vergleichen", 2), ("Kaufen", 3), ("Lieferung", 2),
         ("Nutzung", 2), ("Weiterempfehlung", 1)]  # fmt: skip
JOURNEYS = {
    "rich": draw_rich,
    "one_step": draw_one_step,
    "german": partial(draw_many, SEVEN, persona_id="german", words=GERMAN),
    "full": draw_full,
    "eight_stages": partial(draw_many, [(f"Stage {k}", 1 + k % 2) for k in range(8)], persona_id="eight"),
    "two_sheets": partial(draw_many, list(zip(STAGES, (5, 6, 4, 5, 4), strict=True)), persona_id="everyone"),
    "forty_steps": partial(draw_many, list(zip(STAGES, (6, 16, 1, 9, 8), strict=True)), persona_id="forty"),
    "nothing_known": draw_nothing_known,
    "interviews_only": partial(draw_lanes, "step", "interview", "quote", "pain", persona_id="interviews"),
    "empty_lanes": partial(draw_lanes, "step", "emotion", persona_id="empty"),
    "gaps": draw_gaps,
    "long_labels": partial(draw_everywhere, LONG, persona_id="long"),
    "one_word": partial(draw_everywhere, ONE_WORD, persona_id="word"),
    "markup": partial(draw_everywhere, MARKUP, persona_id="<script>"),
    "odd_ids": draw_odd_ids,
    "arabic": partial(draw_in, ARABIC, ("تخطيط", "حجز", "استلام", "قيادة", "إرجاع"), persona_id="أميرة"),
    "hebrew": partial(draw_in, HEBREW, ("תכנון", "הזמנה", "איסוף", "נסיעה", "החזרה"), persona_id="עמירה"),
    "japanese": partial(draw_in, JAPANESE, ("計画", "予約", "受け取り", "運転", "返却"), persona_id="美咲"),
    "chinese": partial(draw_in, CHINESE, ("计划", "预订", "取车", "驾驶", "还车"), persona_id="美玲"),
    "korean": partial(draw_in, KOREAN, ("계획", "예약", "인수", "운전", "반납"), persona_id="아미라"),
    "long_stage": draw_long_stage,
    "all_pleased": draw_all_pleased,
    "big_numbers": draw_big_numbers,
    "unsure_codes": draw_unsure,
}


@cache
def draw_map(name):
    """Return the drawn map of a journey, or one that compares several, made once."""
    return COMPARED[name]() if name in COMPARED else draw_journey_map(JOURNEYS[name]())


@cache
def lay_map(name, paper):
    """Return the sheets of a map on the paper of a name, laid out once."""
    drawn = draw_map(name)
    return drawn.sheets if paper == "a3" else drawn.lay(PAPERS[paper])


def draw_waves():
    """Return the rich journey with the wave before."""
    journey = draw_rich()
    return make_map(read_journey(journey, changes=make_changes(journey)))


def draw_differences(name):
    """Return the difference map of a journey: every verdict, the journey's own words, moves and ideas."""
    journey = give_ids(JOURNEYS[name]())
    words = journey.finding if name in WORDED else ""
    changes = make_comparison(journey, words=words)
    return draw_difference_map(journey, changes, moves=make_moves(journey), done=make_done(changes))


def draw_personas(count):
    """Return several personas on one map, with what surely differs between them."""
    journeys = make_personas(count)
    return draw_persona_map(journeys, differences=make_differences(journeys))


WORDED = ("long_labels", "one_word", "markup", "arabic", "japanese")
DIFFERENCES = ("rich", "one_step", "german", "forty_steps", "odd_ids", *WORDED)
COMPARED = {
    "waves": draw_waves,
    "personas_4": partial(draw_personas, 4),
    "personas_9": partial(draw_personas, 9),
    **{f"differences_{name}": partial(draw_differences, name) for name in DIFFERENCES},
}
