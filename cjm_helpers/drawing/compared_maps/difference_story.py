"""What changed between two waves along a journey, read into plain records: changes, moves, ideas carried out."""

from dataclasses import dataclass, field, replace

from cjm_helpers.drawing.journey_map.caution import DIFFER
from cjm_helpers.drawing.journey_map.changes import (
    NOT_COMPARED,
    WORSE,
    Change,
    is_share,
    rank_changes,
    read_changes,
    say_outcome,
)
from cjm_helpers.drawing.journey_map.reading import find_kinds, read_rows
from cjm_helpers.drawing.journey_map.story import Story, Thing, check_scale

OBJECTS = ("feeling", "theme", "kpi")
NOTHING = "There is nothing to compare: no wave lies before this one."


@dataclass(frozen=True)
class Move:
    """A touchpoint, code, KPI or persona that came, went, was renamed or moved; at its step where it has one."""

    kind: str = ""
    change: str = ""
    id: str = ""
    old_id: str = ""
    sentence: str = ""
    step_id: str = ""


@dataclass(frozen=True)
class Idea:
    """An idea that was carried out, with what became of its KPI; at the step of that KPI where it has one."""

    opportunity_id: str = ""
    statement: str = ""
    kpi_id: str = ""
    verdict: str = ""
    sentence: str = ""
    step_id: str = ""
    moved: Change | None = None


MOVE_KINDS = find_kinds(Move, whole=())
IDEA_KINDS = {name: kind for name, kind in find_kinds(Idea, whole=()).items() if name != "moved"}


@dataclass(frozen=True)
class Differences:
    """All that the difference map says, for the whole journey or for the steps of one sheet."""

    story: Story
    changes: tuple[Change, ...] = ()
    moves: tuple[Move, ...] = ()
    ideas: tuple[Idea, ...] = ()
    refusal: str = ""
    at_step: dict = field(default_factory=dict)

    def at(self, step_id: str, kind: str) -> list[Change]:
        """Return the changes of one step and object, the strongest first."""
        return self.at_step.get((step_id, kind), [])

    def apart(self, kind: str) -> list[Change]:
        """Return the changes of one object that have no step on the map, the strongest first."""
        return self.at_step.get(("", kind), [])

    def sure(self, verdict: str) -> list[Change]:
        """Return all changes with a verdict, the strongest first."""
        return [one for one in rank_changes(self.changes) if one.verdict == verdict]

    def in_order(self) -> list[Change]:
        """Return all changes along the journey, those without a step last; within a step and object as ranked."""
        place = {step.step_id: k for k, step in enumerate(self.story.steps)}
        ranked = rank_changes(self.changes)
        return sorted(ranked, key=lambda one: (place.get(one.step_id, len(place)), OBJECTS.index(one.object)))

    def name_step(self, step_id: str) -> str:
        """Return a step's number and name; nothing for what has no step."""
        return next((f"{step.step_id} {step.name}" for step in self.story.steps if step.step_id == step_id), "")

    @property
    def earlier(self) -> str:
        """The name of the wave before."""
        return next((one.earlier for one in self.changes if one.earlier), "the wave before")

    @property
    def wave(self) -> str:
        """The name of the newer wave."""
        return next((one.wave for one in self.changes if one.wave), self.story.wave)

    @property
    def tested(self) -> int:
        """How many things of this journey were tested."""
        return sum(one.is_tested for one in self.changes)

    @property
    def tests(self) -> int:
        """How many tests the whole comparison made, for other personas too; all of them count."""
        return max([self.tested, *(one.tests or 0 for one in self.changes)])


def read_differences(story: Story, changes, *, steps, moves=None, done=None, doubted=frozenset()) -> Differences:
    """Read the tables of a comparison beside the story of its journey; doubted codes are read differently by people."""
    read = read_changes(changes, persona_id=story.persona_id, steps=steps)
    told = [_name_plainly(_doubt(one, doubted), story) for one in read if one.object in OBJECTS]
    for one in (one for one in told if one.object == "feeling"):
        check_scale(f"The emotion of “{one.name}”", (one.before, one.after))
    if not told:
        refusal = next((one.sentence for one in read if one.sentence), NOTHING)
        return Differences(story, refusal=refusal)
    at_step: dict = {}
    for one in rank_changes(told):
        at_step.setdefault((one.step_id, one.object), []).append(one)
    step_of = {one: f"{step}" for step, one in zip(steps["step_id"], steps["touchpoint_id"], strict=True) if one}
    found = Differences(
        story,
        changes=tuple(told),
        moves=_read_moves(moves, step_of),
        ideas=_read_ideas(done, told),
        at_step=at_step,
    )
    worst = next((one.step_id for one in found.sure(WORSE) if one.step_id), "")
    return replace(found, story=replace(story, things=_list_things(at_step), lowest=worst, labelled=()))


def _doubt(change: Change, doubted: frozenset[str]) -> Change:
    """Note that coders differ on a theme; one that is hidden in both waves shows nothing of it."""
    is_shown = change.object == "theme" and (change.before, change.after) != (None, None)
    return replace(change, caution=DIFFER) if is_shown and change.id in doubted else change


def _name_plainly(change: Change, story: Story) -> Change:
    """Leave out of a theme's name the touchpoint that it stands under anyway."""
    names = [step.name for step in story.steps if step.step_id == change.step_id]
    return replace(change, name=change.name.removesuffix(f" ({names[0]})")) if names else change


def _read_moves(moves, step_of: dict[str, str]) -> tuple[Move, ...]:
    if moves is None or not len(moves):
        return ()
    return tuple(
        replace(one, step_id=step_of.get(one.id, "") if one.kind == "touchpoint" else "")
        for one in read_rows(moves, Move, kinds=MOVE_KINDS)
    )


def _read_ideas(done, changes) -> tuple[Idea, ...]:
    if done is None or not len(done):
        return ()
    kpis = {one.id: one for one in changes if one.object == "kpi"}
    ideas = []
    for idea in read_rows(done, Idea, kinds=IDEA_KINDS):
        moved = kpis.get(idea.kpi_id)
        ideas.append(replace(idea, moved=moved, step_id=moved.step_id if moved else ""))
    return tuple(ideas)


def _list_things(at_step: dict) -> dict:
    """Return the KPIs as things of the map, so that its own lane draws them."""
    return {
        (step_id, "kpi"): tuple(_make_kpi(one) for one in changes)
        for (step_id, kind), changes in at_step.items()
        if kind == "kpi" and step_id
    }


def _make_kpi(change: Change) -> Thing:
    return Thing(
        step_id=change.step_id,
        lane="kpi",
        item_id=change.id,
        text=change.name,
        value=change.after,
        baseline=None if change.verdict == NOT_COMPARED else change.before,
        unit="%" if is_share(change) else change.unit,
        direction=change.better,
        word=say_outcome(change),
        n=change.n2,
    )
