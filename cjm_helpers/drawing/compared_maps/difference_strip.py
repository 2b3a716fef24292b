"""The strip below the steps: KPIs and themes of the whole journey, what left the map, what was not compared and why."""

from math import ceil

from cjm_helpers.drawing.journey_map.cards import (
    APART,
    Card,
    Page,
    Plan,
    Row,
    closing_rows,
    plan_cards,
    quiet_row,
    text_rows,
)
from cjm_helpers.drawing.journey_map.caution import sign_rows
from cjm_helpers.drawing.journey_map.changes import (
    NOT_COMPARED,
    Change,
    rank_changes,
    say_outcome,
    say_pair,
    say_verdict,
)
from cjm_helpers.drawing.sheet.look import REGULAR, SEMIBOLD

from .difference_cards import idea_rows
from .difference_story import Differences, Move

WIDEST, SURE_LEAST, SURE_SHARED = 92.0, 44.0, 4
CALM = 3  # so many unsure changes a block shows; the table holds all


def list_blocks(found: Differences) -> list[tuple[str, list, object]]:
    """Return the blocks that hold something: their heading, their things, and how to write one."""
    apart = [one for kind in ("feeling", "theme") for one in found.apart(kind)]
    whole = [one for one in apart if not one.touchpoint_id]
    gone = [one for one in apart if one.touchpoint_id]
    left = [one for one in found.moves if not one.step_id and one.kind == "touchpoint"]
    named = [one for one in found.moves if not one.step_id and one.kind != "touchpoint"]
    blocks = [
        ("KPIs without a step", found.apart("kpi"), _change_rows),
        ("Said of no step", whole, _change_rows),
        ("Not on this map", [*left, *gone], _gone_rows),
        ("Otherwise new, gone or renamed", named, _gone_rows),
        ("Ideas carried out", [one for one in found.ideas if not one.step_id], _idea_rows),
        ("Not compared, and why", _list_reasons(found), _reason_rows),
    ]
    return [block for block in blocks if block[1]]


def plan_strip(page: Page, found: Differences) -> Plan:
    """Plan the blocks side by side; each shows its strongest things and counts the rest."""
    blocks = list_blocks(found)
    x0, width = page.grid.x0, page.paper.right - page.grid.x0
    each = min(width / max(len(blocks), 1), WIDEST)
    cards = [
        Card(x0 + k * each, x0 + (k + 1) * each, _block_rows(block, Card(0, each, []).width, page.room))
        for k, block in enumerate(blocks)
    ]
    note = "and what has no step"
    plan = plan_cards(cards, name="strip", title="Whole journey", label="Whole journey", note=note)
    return plan._replace(is_spotted=False)


def _block_rows(block: tuple, width: float, room: dict) -> list[Row]:
    heading, things, write = block
    unsure = [isinstance(one, Change) and not one.is_sure for one in things]
    shown = [one for k, one in enumerate(things) if sum(unsure[: k + 1]) <= CALM][: room["strip"]]
    rows = [row for one in shown for row in write(one, width)]
    return [*text_rows(heading, width, face=SEMIBOLD), *rows, *closing_rows([], width, more=len(things) - len(shown))]


def _change_rows(change: Change, width: float) -> list[Row]:
    words = ": ".join(filter(None, (say_pair(change), say_outcome(change))))
    face = SEMIBOLD if change.is_sure else REGULAR
    told = text_rows(words, width, most=2, face=face, tone=change.text_tone)
    return [*text_rows(change.name, width, most=2), *sign_rows(change, width), *told]


def _gone_rows(thing: Move | Change, width: float) -> list[Row]:
    return text_rows(thing.sentence, width, most=3) if isinstance(thing, Move) else _change_rows(thing, width)


def _idea_rows(idea, width: float) -> list[Row]:
    return idea_rows(idea, width, most=2)


def _reason_rows(sentence: str, width: float) -> list[Row]:
    return text_rows(sentence, width, most=3, tone="muted")


def _list_reasons(found: Differences) -> list[str]:
    """Return every reason once, however many things it kept from being compared."""
    return list(dict.fromkeys(one.sentence for one in found.in_order() if one.verdict == NOT_COMPARED and one.sentence))


def plan_sure(page: Page, found: Differences) -> Plan:
    """Plan what is sure in each stage of a long journey, the strongest first, with the step where it stands."""
    cards = []
    for stage in page.grid.stages:
        at = [column.step_id for column in stage.columns]
        sure = rank_changes(one for one in found.changes if one.is_sure and one.step_id in at)
        count = max(1, min(int((stage.x1 - stage.x0) / SURE_LEAST), ceil(len(sure) / SURE_SHARED)))
        each = (stage.x1 - stage.x0) / count
        cards += [_sure_card(sure[k::count], page, stage.x0 + k * each, each) for k in range(count)]
    note = "what is worse first"
    plan = plan_cards(cards, name="sure", title="Sure changes", label="Sure changes", note=note)
    return plan._replace(is_spotted=False)


def _sure_card(sure: list[Change], page: Page, x0: float, wide: float) -> Card:
    width = Card(x0, x0 + wide, []).width
    shown = sure[: page.room["sure"]]
    rows = [row for one in shown for row in _sure_rows(one, width)]
    more = closing_rows([], width, more=len(sure) - len(shown))
    return Card(x0, x0 + wide, [*rows, *more] or [quiet_row("no sure change")])


def _sure_rows(change: Change, width: float) -> list[Row]:
    name = "Feeling" if change.object == "feeling" else change.name
    words = f"{say_pair(change)}: {say_verdict(change)}"
    named = text_rows(f"{change.step_id}{APART}{name}", width, most=2)
    told = text_rows(words, width, most=2, face=SEMIBOLD, tone=change.text_tone)
    return [*named, *sign_rows(change, width), *told]
