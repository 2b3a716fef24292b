"""The KPI lane: value and word, and a small bar with the way from the baseline, the target and the benchmark."""

import re
from dataclasses import replace
from math import ceil, floor, log10

from cjm_helpers.drawing.sheet.look import CARD_MOST, MIDDLE, PAD, RIGHT_PAD, SEMIBOLD
from cjm_helpers.drawing.sheet.marks import draw_arrow
from cjm_helpers.drawing.sheet.typeface import measure, shorten, wrap_even
from cjm_helpers.drawing.sheet.words import amount, bare, count

from .cards import Card, Page, Plan, Row, closing_rows, plan_cards, text_rows
from .grid import Slot, spread_cards
from .story import Thing

AXIS_PARTS = 4
SAME = 1e-9
ROUND_STEPS = (1, 2, 2.5, 5, 10)
AXIS_INSET = 1.6
VALUE_LEAD = 5.4
BAR_LEAD, BAR_LEAD_BENCHMARK = 3.3, 4.4
FOOT_LEAD = 4.1
WORD_GAP = 1.6
BY_LABEL = re.compile(" (than|from) (baseline|last wave)$")  # a narrow card leaves out what the label at the left says
WORD_TONES = (
    ("better", "blue"), ("closer", "blue"), ("target met", "blue"),
    ("worse", "orange"), ("target missed", "orange"),
    ("no ", "bar"), ("not ", "bar"), ("too ", "bar"), ("little change", "bar"),
    ("changed", "bar"), ("unchanged", "bar"),
)  # fmt: skip


def plan_kpis(page: Page) -> Plan:
    """Plan the KPIs where they are measured; cards grow over steps without one."""
    slots = list_kpis(page)
    has_benchmark = any(thing.benchmark is not None for thing in page.story.every("kpi"))
    homes = {column.step_id: column.x for column in page.grid.columns}
    cards = [
        Card(
            slot.x0,
            slot.x1,
            _kpi_rows(slot, page.room, home=homes.get(slot.thing.step_id), has_benchmark=has_benchmark),
            about=slot.thing,
        )
        for slot in slots
    ]
    note = "; ".join(filter(None, (say_period(page.story), "from baseline, towards target or away")))
    return plan_cards(cards, name="kpis", title="KPIs", label="KPI", note=note)


def list_kpis(page: Page) -> list[Slot]:
    """List the KPIs that find room."""
    return [slot for stage in page.grid.stages for slot in spread_cards(stage, lambda one: page.story.at(one, "kpi"))]


def say_period(story) -> str:
    """Return the period of the readings, or nothing where they differ or are unknown."""
    periods = {thing.period for things in story.things.values() for thing in things if thing.lane == "kpi"}
    periods.discard("")
    return periods.pop() if len(periods) == 1 else ""


def round_span(values: list[float]) -> tuple[float, float]:
    """Return a span from one round number to another that holds all the values."""
    low, high = min(values), max(values)
    size = max(abs(low), abs(high))
    spread = high - low if high - low > SAME * size else 0.0  # what differs in the last digit is one value
    rough = (spread or size or 1.0) / AXIS_PARTS
    power = 10 ** floor(log10(rough))
    step = next(part * power for part in ROUND_STEPS if part * power >= rough * (1 - 1e-9))
    start, end = floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step
    return (start, end) if end > start else (start - step, end + step)


def tone_of_way(thing: Thing) -> str:
    """Return blue for the better, orange for the worse, the quiet role where little changed: as the KPI's word says."""
    for start, tone in WORD_TONES:
        if thing.word.startswith(start):
            return tone
    if thing.value is None or thing.baseline is None or thing.value == thing.baseline:
        return "bar"
    is_up = thing.value > thing.baseline
    return "blue" if is_up == (thing.direction == "higher") else "orange"


def _kpi_rows(slot: Slot, room: dict, *, home: float | None, has_benchmark: bool) -> list[Row]:
    thing = slot.thing
    width = min(slot.x1 - slot.x0 - PAD - RIGHT_PAD, CARD_MOST)
    words = thing.text if slot.x0 == home else f"{thing.step_id} {thing.text}"  # away from its step it says which
    name = text_rows(words, width, most=room["name"], face=SEMIBOLD)
    if thing.value is None:
        words = thing.word or ("too few" if thing.flag == "suppressed" else "no data yet")
        return [*name, *closing_rows(wrap_even(words, width, most=2), width, more=slot.more)]
    bar = _bar_rows(thing, width, lead=BAR_LEAD_BENCHMARK if has_benchmark else BAR_LEAD)
    foot = closing_rows(_foot_lines(thing, width, most=room["foot"]), width, more=slot.more)
    foot = [foot[0]._replace(lead=FOOT_LEAD), *foot[1:]] if foot and bar else foot
    return [*name, *_value_rows(thing, width), *bar, *foot]


def _foot_lines(thing: Thing, width: float, *, most: int) -> list[str]:
    """Break the foot after a comma; where it is narrow baseline and target go, which the bar shows too."""
    fewer = replace(thing, baseline=None)
    ways = [_break_foot(one, width) for one in (thing, fewer, replace(fewer, target=None))]
    return next((lines for lines in ways if len(lines) <= most), ways[-1])


def _break_foot(thing: Thing, width: float) -> list[str]:
    lines: list[str] = []
    for part in re.findall(r"\S.*?(?:, |$)", say_foot(thing)):
        if lines and measure((lines[-1] + part).rstrip()) <= width:
            lines[-1] += part
        else:
            lines.append(part)
    return [shorten(line.rstrip(), width) for line in lines]


def _value_rows(thing: Thing, width: float) -> list[Row]:
    value = amount(thing.value, thing.unit)
    tone = {"bar": "muted"}.get(tone_of_way(thing), tone_of_way(thing) + "text")
    beside = measure(value, MIDDLE, face=SEMIBOLD) + WORD_GAP
    ways = (thing.word, BY_LABEL.sub("", thing.word))
    word = next((word for word in ways if beside + measure(word) <= width), "")

    def draw(pen, x, y) -> None:
        pen.text((x, y), value, size=MIDDLE, face=SEMIBOLD)
        pen.text((x + beside, y), word, tone=tone)

    least = next((word for word in ways if measure(word) <= width), ways[-1])
    below = [] if word or not least else text_rows(least, width, most=3, tone=tone)
    return [Row(VALUE_LEAD, draw), *below]


def _bar_rows(thing: Thing, width: float, *, lead: float) -> list[Row]:
    """Draw baseline, now, target and benchmark on one line; nothing to compare with draws no line."""
    others = [value for value in (thing.baseline, thing.target, thing.benchmark) if value is not None]
    if not others:
        return []
    low, high = round_span([thing.value, *others])
    scale = (width - 2 * AXIS_INSET) / (high - low)

    def draw(pen, x, y) -> None:
        def at(value: float) -> float:
            return x + AXIS_INSET + (value - low) * scale

        pen.line((x, y), (x + width, y), tone="bar", weight=0.8)
        _draw_now(pen, thing, at=at, y=y)
        if thing.target is not None:
            pen.line((at(thing.target), y - 1.5), (at(thing.target), y + 1.5), tone="ink", weight=2, depth=3)
        if thing.benchmark is not None:
            draw_benchmark(pen, (at(thing.benchmark), y - 0.9))

    return [Row(lead, draw)]


def _draw_now(pen, thing: Thing, *, at, y: float) -> None:
    start = thing.value if thing.baseline is None else thing.baseline
    draw_arrow(pen, at(start), x1=at(thing.value), y=y, tone=tone_of_way(thing))
    if thing.baseline is not None:
        draw_baseline(pen, (at(start), y))


def draw_baseline(pen, centre) -> None:
    """Draw the ring where a KPI came from."""
    pen.disc(centre, 0.9, fill="paper", edge="ink", weight=1.0)


def draw_benchmark(pen, tip) -> None:
    """Draw the hollow triangle of others' value, its tip down."""
    x, y = tip
    pen.polygon([(x - 1.1, y - 2), (x + 1.1, y - 2), (x, y)], fill="paper", edge="ink", weight=0.9)


def say_foot(thing: Thing) -> str:
    """Return where the KPI came from, where it should go and on how many it stands."""
    parts = [
        f"from {bare(thing.baseline, thing.unit)}" if thing.baseline is not None else "",
        f"target {bare(thing.target, thing.unit)}" if thing.target is not None else "",
        f"n = {count(thing.n)}" if thing.n is not None else "",
    ]
    return ", ".join(filter(None, parts))
