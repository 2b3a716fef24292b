"""What the slides of one persona are written from: the map's story, and quotes, days and verdicts behind its cells."""

from typing import NamedTuple

from cjm_helpers.drawing.journey_map.changes import SURE
from cjm_helpers.drawing.journey_map.lanes_above import say_words
from cjm_helpers.drawing.journey_map.story import Story, Thing, read_journey
from cjm_helpers.drawing.journey_map.twin import SAY, number_gap
from cjm_helpers.drawing.sheet.words import tidy

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
CITED = ("pain", "delight", "kpi", "opportunity")


class Reading(NamedTuple):
    """One persona's story with its brief and the facts that the map has no room for."""

    story: Story
    brief: tuple[dict, ...]
    quotes: dict[tuple[str, str], tuple[str, str]]
    due: dict[str, str]
    verdicts: dict[str, str]
    changes: tuple[str, ...]
    gaps: tuple[str, ...]

    @property
    def persona(self) -> str:
        return self.story.lens.get("persona", self.story.persona_id)

    def part(self, name: str) -> list[dict]:
        """Return the rows of one part of the brief."""
        return [row for row in self.brief if row.get("part") == name]

    def every(self, lane: str) -> list[Thing]:
        """Return all things of a lane in the order of the steps, those of the whole journey last."""
        known = [step.step_id for step in self.story.steps]
        homes = [*known, *(home for home in dict.fromkeys(home for home, _ in self.story.things) if home not in known)]
        return [thing for home in homes for thing in self.story.at(home, lane)]

    def behind(self, row: dict) -> list[Thing]:
        """Return what a row of the brief rests on: the feeling at its step, and the thing it names."""
        step_id, item_id = row.get("step_id", ""), row.get("item_id", "")
        felt = self.story.at(step_id, "emotion") if step_id else ()
        named = (thing for lane in CITED for thing in self.every(lane) if item_id and thing.item_id == item_id)
        return [*felt, *(thing for thing in named if step_id in ("", thing.step_id))]

    def name_step(self, step_id: str) -> str:
        """Return a step's number and name."""
        return next((f"{step_id} {step.name}" for step in self.story.steps if step.step_id == step_id), step_id)


def read_one(journey, *, brief=None, changes=None) -> Reading:
    """Read one journey, its brief and its changes."""
    story = read_journey(journey)
    rows = [] if brief is None else brief.to_dict("records")
    said = changes.loc[changes["verdict"].isin(SURE), "sentence"] if changes is not None and len(changes) else []
    parts = getattr(journey, "parts", None)
    return Reading(
        story=story,
        brief=tuple({name: _plain(value) for name, value in row.items()} for row in rows),
        quotes={**_own_quotes(story), **(_theme_quotes(journey, parts) if parts else {})},
        due=_read_due(parts.study.opportunities) if parts else {},
        verdicts=dict(zip(parts.kpis["kpi_id"], parts.kpis["status"], strict=True)) if parts else {},
        changes=tuple(map(tidy, said)),
        gaps=tuple(number_gap(*gap) for gap in story.gaps),
    )


def _plain(value) -> str:
    return "" if value is None or value != value else tidy(value)


def _own_quotes(story: Story) -> dict:
    """Return the verbatim that the map shows at a step, for the pains that rest on it."""
    found = {}
    for (step_id, lane), things in story.things.items():
        for pain in things if lane == "pain" else ():
            ids = pain.evidence_ids.split(";")
            for quote in story.at(step_id, "quote"):
                if quote.item_id and quote.item_id in ids:
                    found[step_id, pain.item_id] = (say_words(quote, quote.text), quote.item_id)
    return found


def _theme_quotes(journey, parts) -> dict:
    """Return the verbatim that stands for each theme: one whose author agreed to being quoted."""
    texts = dict(zip(parts.verbatims["feedback_id"], parts.verbatims["text"], strict=True))
    homes = dict(zip(journey.steps["touchpoint_id"], journey.steps["step_id"], strict=True))
    rows = zip(*(parts.themes[name] for name in ("touchpoint_id", "code_id", "quote_id")), strict=True)
    return {
        (homes.get(touchpoint_id, ""), code_id): (f"“{tidy(texts[quote_id])}”", quote_id)
        for touchpoint_id, code_id, quote_id in rows
        if quote_id in texts
    }


def _read_due(opportunities) -> dict[str, str]:
    days = zip(opportunities["opportunity_id"], opportunities["due"], strict=True)
    return {name: f"{day.day} {MONTHS[day.month - 1]} {day.year}" for name, day in days if day == day}


def cite(things) -> str:
    """Say each thing with its n, interval and ids, a line each, for the speaker's notes."""
    lines = []
    for thing in things:
        words, facts = SAY[thing.lane](thing)
        lines.append(" ".join(filter(None, (thing.step_id, "; ".join(filter(None, (words, facts)))))))
    return "\n".join(["The evidence behind this slide:", *lines]) if lines else ""
