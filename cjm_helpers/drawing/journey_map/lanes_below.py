"""The lanes right below the curve: touchpoints with their type and impact, and channels as a metro line."""

from itertools import pairwise

from cjm_helpers.drawing.sheet.look import AXIS_GAP, LEADING, MARK_RISE, MOST_CHANNELS, SEMIBOLD, SIDE, SMALL
from cjm_helpers.drawing.sheet.marks import LETTER_DROP, draw_touchpoint
from cjm_helpers.drawing.sheet.typeface import measure, shorten, wrap_even

from .cards import Page, Plan
from .grid import Column

SHOWN = 2
MARK_X, NAME_X, NAME_END, NAME_TOP = 4.2, 8.4, 0.8, 3.7
FIRST_Y, NEXT_Y = 4.6, 7.2
MORE_Y, MORE_HEIGHT = 14.0, 3.3
TOUCHPOINT_TOP, TOUCHPOINT_BOTTOM = 1.0, 1.4
ROW, ROW_DENSE, DENSE_ABOVE, FIRST_ROW, BELOW_ROWS = 4.2, 3.8, 6, 4.4, 1.4
LABEL = "Channel"
STATION, STATION_WEIGHT, ROUTE_WEIGHT = 1.3, 1.6, 1.9
BEND = 4.5
OTHER = "other"


def plan_touchpoints(page: Page) -> Plan:
    """Plan the touchpoints of each step: shape by type, size by impact."""
    deepest = max(len(page.story.at(column.step_id, "touchpoint")) for column in page.grid.columns)
    more = MORE_HEIGHT if deepest > SHOWN else 0.0
    firsts = ((page.story.at(column.step_id, "touchpoint")[:SHOWN], column) for column in page.grid.columns)
    lines = max(len(_name_lines(things, 0, column)) for things, column in firsts)
    marks = TOUCHPOINT_TOP + NEXT_Y * max(min(deepest, SHOWN), 1) + TOUCHPOINT_BOTTOM + more
    height = max(marks, NAME_TOP + LEADING[SMALL] * (lines - 1) + TOUCHPOINT_BOTTOM)

    def paint(pen, height: float) -> None:
        for column in page.grid.columns:
            things = page.story.at(column.step_id, "touchpoint")
            inside = pen.within(column.x, column.right, y1=height)
            _paint_touchpoints(inside, things, column)
            if things:
                inside.lead((column.x, 0), (column.width, height), step_id=column.step_id, lane="touchpoint")

    note = "type and impact"
    return Plan("touchpoints", "Touchpoints", height, paint, label="Touchpoint", note=note, is_tinted=True)


def _name_lines(things, place: int, column: Column) -> list[str]:
    """Break the name of a step's touchpoint; alone in its cell it may have three lines."""
    most = 2 if len(things) > 1 else 3
    return wrap_even(things[place].text, column.width - NAME_X - NAME_END, most=most) if things else []


def _paint_touchpoints(pen, things, column: Column) -> None:
    for k, thing in enumerate(things[:SHOWN]):
        y = FIRST_Y + k * NEXT_Y
        draw_touchpoint(pen, (column.x + MARK_X, y), kind=thing.kind, impact=thing.size)
        lines = _name_lines(things, k, column)
        first = max(y + LETTER_DROP - (len(lines) - 1) * LEADING[SMALL] / 2, NAME_TOP)
        for line_no, line in enumerate(lines):
            pen.text((column.x + NAME_X, first + line_no * LEADING[SMALL]), line)
    if len(things) > SHOWN:
        y = FIRST_Y + MORE_Y
        pen.text((column.x + NAME_X, y), f"+{len(things) - SHOWN} more", tone="muted")


def plan_channels(page: Page) -> Plan:
    """Plan the channels: a station where one is used, a line that changes rows where the persona changes channels."""
    names = name_channels(_list_channels(page.story))
    first = FIRST_ROW if _fits_beside_label(page, names[0]) else FIRST_ROW + LEADING[SMALL]
    row = ROW_DENSE if len(names) > DENSE_ABOVE else ROW
    rows = {name: first + k * row for k, name in enumerate(names)}
    height = first + row * len(names) - BELOW_ROWS

    def paint(pen, height: float) -> None:
        _paint_rows(pen, page, rows=rows, height=height)
        stops = [(column.middle, _rows_used(page, column, rows)) for column in page.grid.columns]
        _paint_route(pen, stops)
        for column in page.grid.columns:
            if page.story.at(column.step_id, "channel"):
                pen.lead((column.x, 0), (column.width, height), step_id=column.step_id, lane="channel")

    return Plan("channels", "Channels", height, paint, label=LABEL, rule="", is_tinted=True)


def _list_channels(story) -> list[str]:
    """Return the channels used on this sheet, in the order of the whole journey."""
    used = {thing.text for thing in story.every("channel")}
    return [name for name in story.channels if name in used] or list(story.channels)


def _fits_beside_label(page: Page, name: str) -> bool:
    beside = measure(LABEL, face=SEMIBOLD) + AXIS_GAP
    return measure(name) <= page.grid.x0 - AXIS_GAP - SIDE - beside


def _paint_route(pen, stops) -> None:
    for before, after in pairwise(stops):
        if before[1] and after[1]:
            pen.path(_route(before, after), edge="ink", weight=ROUTE_WEIGHT)
    for x, ys in stops:
        if len(ys) > 1:
            pen.line((x, min(ys)), (x, max(ys)), tone="ink", weight=ROUTE_WEIGHT, depth=3)
        for y in ys:
            pen.disc((x, y), STATION, fill="paper", edge="ink", weight=STATION_WEIGHT, depth=4)


def name_channels(channels) -> list[str]:
    """Return the rows: all channels, or the first ones and a row for the others."""
    if len(channels) <= MOST_CHANNELS:
        return list(channels)
    return [*channels[: MOST_CHANNELS - 1], OTHER]


def _rows_used(page: Page, column: Column, rows: dict) -> list[float]:
    used = [rows.get(thing.text, rows.get(OTHER)) for thing in page.story.at(column.step_id, "channel")]
    return list(dict.fromkeys(used))


def _paint_rows(pen, page: Page, *, rows: dict, height: float) -> None:
    grid = page.grid
    x1 = grid.x0 - AXIS_GAP
    label = pen.within(SIDE, grid.x0, y1=height)
    for name, y in rows.items():
        for stage in grid.stages:
            pen.line((stage.x0, y), (stage.x1, y), tone="rule", weight=0.5, depth=0.5)
        label.text((x1, y + MARK_RISE), shorten(name, x1 - SIDE), tone="muted", anchor="end")


def _route(before, after) -> list[tuple]:
    """Return the way between the two nearest stations: straight, or an S between the columns."""
    (x0, starts), (x1, ends) = before, after
    a, b = min(((a, b) for a in starts for b in ends), key=lambda pair: abs(pair[0] - pair[1]))
    if a == b:
        return [("M", (x0, a)), ("L", (x1, b))]
    middle = (x0 + x1) / 2
    bend = ("C", (middle, a), (middle, b), (middle + BEND, b))
    return [("M", (x0, a)), ("L", (middle - BEND, a)), bend, ("L", (x1, b))]
