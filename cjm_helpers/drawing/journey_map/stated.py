"""The lanes of what is stated: needs, what colleagues do out of sight, and what they lean on."""

from .cards import APART, Card, Page, Plan, Row, closing_rows, plan_cards, say_more, text_rows
from .grid import Slot, spread_cards
from .lanes_above import face_of


def plan_needs(page: Page) -> Plan:
    """Plan what the persona needs at each step."""
    return _plan_stated(page, "need", label="Need", note="", rule="rule")


def plan_backstage(page: Page) -> Plan:
    """Plan what colleagues do where no customer sees it, below the line of visibility."""
    return _plan_stated(page, "backstage", label="Backstage", note="out of sight", rule="visibility")


def plan_support(page: Page) -> Plan:
    """Plan the systems and partners that colleagues lean on, below the line of internal interaction."""
    return _plan_stated(page, "support", label="Support", note="", rule="interaction")


def _plan_stated(page: Page, lane: str, *, label: str, note: str, rule: str) -> Plan:
    homes = {column.step_id: column.x for column in page.grid.columns}
    slots = list_stated(page, lane)
    cards = [
        Card(slot.x0, slot.x1, _stated_rows(slot, homes=homes, most=page.room["stated"]), slot.thing.grade, slot.thing)
        for slot in slots
    ]
    return plan_cards(cards, name=lane, title=label, label=label, note=note, rule=rule)


def list_stated(page: Page, lane: str) -> list[Slot]:
    """List what is stated in one lane and finds room."""
    return [slot for stage in page.grid.stages for slot in spread_cards(stage, lambda one: page.story.at(one, lane))]


def _stated_rows(slot: Slot, *, homes: dict, most: int) -> list[Row]:
    thing = slot.thing
    width = Card(slot.x0, slot.x1, []).width
    is_home = homes.get(thing.step_id) == slot.x0
    words = thing.text if is_home else f"{thing.step_id}{APART}{thing.text}"  # away from its step it says which
    rows = text_rows(words, width, most=most, face=face_of(thing))
    return [*rows, *closing_rows([], width, more=slot.more)] if say_more(slot.more) else rows
