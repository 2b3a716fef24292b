"""The personas of one study and wave as plain records: their stories, the steps that any passes, what differs."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from cjm_helpers.drawing.journey_map.insights import UNHEARD
from cjm_helpers.drawing.journey_map.outputs import count_customers
from cjm_helpers.drawing.journey_map.story import Step, Story, Thing
from cjm_helpers.drawing.sheet.words import tidy

DIFFER = "differ"
SHORT_MOST = 32
SHORT_NAME_ENDS = re.compile(r"[,،、，]")
HASH = re.compile(r"\bData (\w+)\.?$")


@dataclass(frozen=True)
class Persona:
    """One of the personas: its place among them, which gives it shape and dash, its names and its story."""

    number: int
    name: str
    short: str
    story: Story

    @property
    def persona_id(self) -> str:
        return self.story.persona_id

    @property
    def n(self) -> int:
        return count_customers(self.story)

    @property
    def hash(self) -> str:
        """The hash of the persona's data, as the foot of its own map says it."""
        found = HASH.search(self.story.foot)
        return found.group(1) if found else ""

    def passes(self, step_id: str) -> bool:
        """Tell whether the persona meets this step."""
        return any(step.step_id == step_id for step in self.story.steps)

    def feeling(self, step_id: str) -> Thing:
        """Return what is known of the feeling at a step."""
        return self.story.emotion(step_id)

    def pain(self, step_id: str) -> Thing | None:
        """Return the pain point that most people name at a step."""
        return next((thing for thing in self.story.at(step_id, "pain") if thing.flag not in UNHEARD), None)


class Difference(NamedTuple):
    """Two personas who surely feel differently at a step, the lower one first."""

    step_id: str
    lower: int
    higher: int
    sentence: str


@dataclass(frozen=True)
class Comparison:
    """Everything the map of several personas says; story holds the texts and steps of the sheet."""

    personas: tuple[Persona, ...]
    differences: tuple[Difference, ...] | None
    tests: int
    story: Story

    @property
    def steps(self) -> tuple[Step, ...]:
        return self.story.steps

    def felt(self, step_id: str) -> list[tuple[Persona, Thing]]:
        """Return the personas whose feeling at a step is known."""
        found = [(persona, persona.feeling(step_id)) for persona in self.personas]
        return [(persona, thing) for persona, thing in found if thing.value is not None]

    def differ(self, step_id: str) -> list[Difference]:
        """Return the pairs that surely differ at a step."""
        return [one for one in self.differences or () if one.step_id == step_id]

    def mixed(self) -> list[str]:
        """Return the steps at which the personas were asked different questions."""
        kinds = {step.step_id: {thing.kind for _, thing in self.felt(step.step_id)} - {""} for step in self.steps}
        return [step_id for step_id, asked in kinds.items() if len(asked) > 1]


def name_personas(stories: list[Story]) -> list[Persona]:
    """Give every story its place, its name and a short one that tells it from all others."""
    names = [story.lens.get("persona") or story.persona_id for story in stories]
    ways = (
        [_shorten(SHORT_NAME_ENDS.split(name)[0].strip() or name) for name in names],
        [_shorten(name) for name in names],
        [_shorten(story.persona_id) for story in stories],
        [f"Persona {number}" for number in range(1, len(stories) + 1)],
    )
    shorts = next(way for way in ways if len(set(way)) == len(way))
    told = enumerate(zip(names, shorts, stories, strict=True))
    return [Persona(number, name, short, story) for number, (name, short, story) in told]


def _shorten(name: str) -> str:
    """Return the words of a name that fit in a few letters, or its first letters where no word does."""
    if len(name) <= SHORT_MOST:
        return name
    head = name[:SHORT_MOST]
    return f"{(head.rsplit(' ', 1)[0] if ' ' in head else head).rstrip(' ,;:')} …"


def join_steps(stories: list[Story]) -> tuple[Step, ...]:
    """Return the steps that at least one persona passes, in the order of the study."""
    passed = {step.step_id: step for story in stories for step in story.steps}
    order: list[str] = []
    for steps in [story.all_steps for story in stories] + [story.steps for story in stories]:
        place = 0
        for step in steps:
            if step.step_id in order:
                place = order.index(step.step_id) + 1
            else:
                order.insert(place, step.step_id)
                place += 1
    # A step between two stages of another persona must not part one of them, for a stage is one panel.
    stages = list(dict.fromkeys(passed[step_id].stage for step_id in order if step_id in passed))
    kept = [passed[step_id] for step_id in order if step_id in passed]
    return tuple(sorted(kept, key=lambda step: stages.index(step.stage)))


def read_differences(differences, personas: list[Persona], *, journeys) -> tuple[Difference, ...] | None:
    """Read the pairs that surely differ from a table of `compare_feelings`; None where none is handed in."""
    if differences is None:
        return None
    places = {persona.persona_id: persona.number for persona in personas}
    steps = {
        touchpoint: tidy(step_id)
        for journey in journeys
        for touchpoint, step_id in zip(journey.steps["touchpoint_id"], journey.steps["step_id"], strict=True)
    }
    found = []
    for row in differences.to_dict("records"):
        pair = (places.get(row["persona_id"]), places.get(row["other_id"]))
        if row["verdict"] == DIFFER and None not in pair and row["touchpoint_id"] in steps:
            lower, higher = pair if row["value"] < 0 else pair[::-1]
            found.append(Difference(steps[row["touchpoint_id"]], lower, higher, tidy(row.get("sentence", ""))))
    return tuple(found)


def count_tests(differences) -> int:
    """Return how many tests the table of differences counts."""
    if differences is None or "tests" not in differences.columns or differences.empty:
        return 0
    return int(differences["tests"].max())
