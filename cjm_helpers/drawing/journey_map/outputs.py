"""What the drawing functions return: the map, its table twin and the small map, each with its words."""

from dataclasses import dataclass, field
from functools import cached_property, partial

from cjm_helpers.drawing.sheet.drawn import PLAIN, SVG, DrawnMap
from cjm_helpers.drawing.sheet.paint_svg import paint_svg
from cjm_helpers.drawing.sheet.scene import Sheet

from .layout import lay_out
from .mermaid import write_mermaid
from .small_map import HEIGHT_PIXELS, WIDTH_PIXELS
from .story import Step, Story
from .twin import make_table

SUMMARY = "application/vnd.cjm.summary+json"


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def describe(story: Story) -> str:
    """Say in words what the picture shows: highs, lows and gaps as the journey's own sentences say them."""
    stages = len({step.stage for step in story.steps})
    parts = [f"{_count(len(story.steps), 'step')} in {_count(stages, 'stage')}", story.finding, story.context]
    return " ".join(f"{part.rstrip('.')}." for part in parts if part) + " The table that follows holds every value."


def count_customers(story: Story) -> int:
    """Return the customers heard, as the journey's headline figures give them; 0 where they do not."""
    heard = [figure.get("n") or 0 for figure in story.headline if "customer" in f"{figure.get('label', '')}".lower()]
    return int(heard[0]) if heard else 0


def share_assumed(story: Story) -> float | None:
    """Return the share of graded things that rest on an assumption alone; None where nothing is graded."""
    grades = [thing.grade for things in story.things.values() for thing in things if thing.grade]
    return grades.count("D") / len(grades) if grades else None


def tell_feeling(story: Story, step: Step) -> dict:
    """Return a step of the study and how it felt here; a value that is not shown has no n either."""
    felt = story.emotion(step.step_id)
    told = {"step_id": step.step_id, "stage": step.stage, "name": step.name, "value": felt.value}
    return told | {"n": None if felt.value is None else felt.n}


def make_map(story: Story) -> DrawnMap:
    """Make the drawn map of one story."""
    return DrawnMap(
        key=story.key,
        title=story.title,
        description=describe(story),
        said=_say_short(story),
        lay=partial(lay_out, story),
        tell=partial(make_table, story),
        outline=partial(write_mermaid, story),
    )


def _say_short(story: Story) -> str:
    stages = len({step.stage for step in story.steps})
    size = f"{_count(len(story.steps), 'step')} in {_count(stages, 'stage')}"
    return " ".join(f"{part.rstrip('.')}." for part in (story.title, size, story.finding) if part)


@dataclass(frozen=True)
class MapTable:
    """The map's table twin."""

    story: Story

    @cached_property
    def html(self) -> str:
        """The table as semantic HTML."""
        return make_table(self.story)

    def __repr__(self) -> str:
        title = self.story.title
        return f"Table of the {title[0].lower()}{title[1:]}: {_count(len(self.story.steps), 'step')}"

    def _repr_html_(self) -> str:
        return self.html


@dataclass(frozen=True)
class SmallMap:
    """A small emotion curve with the facts that an overview of all personas shows."""

    story: Story
    sheet: Sheet
    since: dict = field(default_factory=dict)

    @cached_property
    def svg(self) -> str:
        """The curve as SVG of 300 x 80 pixels."""
        key, title = f"small-{self.story.key}", self.story.title.replace("Journey map", "Emotion curve")
        size = (f"{WIDTH_PIXELS}", f"{HEIGHT_PIXELS}")
        about = describe(self.story)
        return paint_svg([self.sheet], key=key, title=title, description=about, size=size, is_themed=True)

    @property
    def summary(self) -> dict:
        """The facts of this map: persona, wave, n, finding, headline figures, the curve itself, and what changed."""
        story = self.story
        return {
            "persona_id": story.persona_id,
            "persona": story.lens.get("persona", story.persona_id),
            "wave": story.wave,
            "n": count_customers(story),
            "finding": story.finding,
            "headline": list(story.headline),
            "small_map": self.svg,
            "assumed": share_assumed(story),
            "since": self.since,
            "steps": [tell_feeling(story, step) for step in story.all_steps],
        }

    def __repr__(self) -> str:
        return self.story.title.replace("Journey map", "Emotion curve")

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        return {SVG: self.svg, SUMMARY: self.summary, PLAIN: repr(self)}
