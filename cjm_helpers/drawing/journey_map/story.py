"""The journey as plain records, made once at the door, so that nothing further in looks into a table."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from cjm_helpers.drawing.sheet.words import make_key, tidy
from cjm_helpers.errors import OffScale

from .earlier import Earlier, read_earlier, say_changes
from .reading import find_kinds, read_rows

LOWEST_LABELLED = 3
STATED = ("need", "backstage", "support")  # lanes that a sheet leaves out where it has none of them
EMOTION_LOW, EMOTION_HIGH = -2, 2
WHOLE = ("k", "severity", "counter", "size", "effort", "rank", "n", "coded_twice")
LANES = (
    "step", "quote", "emotion", "interview", "touchpoint", "channel", "pain", "delight", "kpi", "opportunity",
)  # fmt: skip


@dataclass(frozen=True)
class Thing:
    """One thing on the map: a row of the journey's cells; None and "" where a column does not apply."""

    step_id: str = ""
    lane: str = ""
    item_id: str = ""
    text: str = ""
    kind: str = ""
    value: float | None = None
    n: int | None = None
    lo: float | None = None
    hi: float | None = None
    flag: str = ""
    grade: str = ""
    evidence_ids: str = ""
    k: int | None = None
    severity: int | None = None
    counter: int | None = None
    size: int | None = None
    effort: int | None = None
    rank: int | None = None
    unit: str = ""
    baseline: float | None = None
    target: float | None = None
    benchmark: float | None = None
    direction: str = ""
    word: str = ""
    period: str = ""
    owner: str = ""
    moment_of_truth: bool = False
    alpha: float | None = None
    alpha_lo: float | None = None
    alpha_hi: float | None = None
    coded_twice: int | None = None
    caution: str = ""


class Step(NamedTuple):
    """One column of the map."""

    step_id: str
    stage: str
    number: str
    name: str


@dataclass(frozen=True)
class Story:
    """Everything the map says, for the whole journey or for the steps of one sheet."""

    key: str
    persona_id: str
    wave: str
    lens: dict
    steps: tuple[Step, ...]
    things: dict
    finding: str
    context: str
    headline: tuple
    foot: str
    gaps: tuple
    lowest: str = ""
    labelled: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    used: frozenset = frozenset()
    sheet: tuple[int, int] = (1, 1)
    sheet_name: str = ""
    is_overview: bool = False
    all_steps: tuple[Step, ...] = ()
    earlier: Earlier | None = None
    kind: str = "Journey map"

    def at(self, step_id: str, lane: str) -> tuple[Thing, ...]:
        """Return the things of one step in one lane, in their order."""
        return self.things.get((step_id, lane), ())

    def emotion(self, step_id: str) -> Thing:
        """Return the step's emotion; a step without one was not asked about."""
        found = self.at(step_id, "emotion")
        return found[0] if found else Thing(step_id=step_id, lane="emotion", flag="not asked")

    def every(self, lane: str) -> list[Thing]:
        """Return all things of one lane in the order of the steps."""
        return [thing for step in self.steps for thing in self.at(step.step_id, lane)]

    def with_steps(self, steps) -> "Story":
        """Return the same story for some steps only; what is lowest stays what it is in the whole journey."""
        here = {step.step_id for step in steps}
        stated = {lane for lane in STATED if not any((step_id, lane) in self.things for step_id in here)}
        return replace(self, steps=tuple(steps), used=self.used - stated)

    def with_lanes(self, lanes) -> "Story":
        """Return the same story with the things of some lanes only."""
        return replace(self, things={key: things for key, things in self.things.items() if key[1] in lanes})

    @property
    def title(self) -> str:
        """The map's title: its kind, persona, journey, wave."""
        named = (self.lens.get("persona", ""), self.lens.get("study", ""), self.lens.get("wave", ""))
        return f"{self.kind}: " + ", ".join(filter(None, named))


KINDS = find_kinds(Thing, whole=WHOLE)


def _read_things(cells) -> dict:
    rows = cells.sort_values("place", kind="stable") if "place" in cells.columns else cells
    things: dict = {}
    for thing in read_rows(rows, Thing, kinds=KINDS):
        if thing.lane in ("emotion", "interview") and thing.value is not None:
            _check_thing(thing)
        things.setdefault((thing.step_id, thing.lane), []).append(thing)
    return {key: tuple(found) for key, found in things.items()}


def _check_thing(thing: Thing) -> None:
    check_scale(f"The {thing.lane} of step {thing.step_id}", (thing.value, thing.lo, thing.hi))


def check_scale(what: str, ends) -> None:
    """Refuse feelings outside -2 to 2; they are never clipped."""
    for end in ends:
        if end is not None and not EMOTION_LOW <= end <= EMOTION_HIGH:
            raise OffScale(what, end, EMOTION_LOW, EMOTION_HIGH)


def _read_steps(steps) -> tuple[Step, ...]:
    order = {stage: f"{k + 1}" for k, stage in enumerate(dict.fromkeys(steps["stage"]))}
    rows = zip(steps["step_id"], steps["stage"], steps["name"], strict=True)
    read = []
    for step_id, stage, name in rows:
        number, dot, _ = f"{step_id}".partition(".")
        read.append(Step(tidy(step_id), tidy(stage), number if dot else order[stage], tidy(name)))
    return tuple(read)


def _read_all_steps(journey) -> tuple[Step, ...]:
    """Read the steps of the whole study, of which a persona may pass only some."""
    whole = getattr(journey, "all_steps", None)
    return _read_steps(journey.steps if whole is None or whole.empty else whole)


def _read_gaps(gaps) -> tuple[tuple[str, str], ...]:
    if gaps is None or not len(gaps):
        return ()
    steps = gaps["step_id"] if "step_id" in gaps.columns else [""] * len(gaps)
    return tuple((tidy(step or ""), tidy(words)) for step, words in zip(steps, gaps["sentence"], strict=True))


def _find_extremes(story: Story) -> Story:
    """Note the lowest step and those to be labelled: the three lowest and the highest; the first wins a tie."""
    felt = [(story.emotion(step.step_id).value, step.step_id) for step in story.steps]
    ordered = sorted(((value, k, step) for k, (value, step) in enumerate(felt) if value is not None))
    names = [step for *_, step in ordered]
    highest = [max(ordered, key=lambda entry: (entry[0], -entry[1]))[2]] if ordered else []
    lowest = names[0] if ordered and ordered[0][0] < ordered[-1][0] else ""
    return replace(story, lowest=lowest, labelled=tuple(dict.fromkeys([*names[:LOWEST_LABELLED], *highest])))


def read_journey(journey, *, changes=None) -> Story:
    """Read a journey's tables, and what changed since the wave before, into one story of plain records.

    Raises OffScale where an emotion leaves -2 to 2.
    """
    things = _read_things(journey.cells)
    lens = {name: tidy(words) for name, words in dict(journey.lens).items() if words is not None}
    story = Story(
        key=make_key("map", f"{journey.persona_id}", f"{journey.wave}"),
        persona_id=f"{journey.persona_id}",
        wave=f"{journey.wave}",
        lens=lens,
        steps=_read_steps(journey.steps),
        all_steps=_read_all_steps(journey),
        things=things,
        finding=tidy(journey.finding),
        context=tidy(journey.context),
        headline=tuple(dict(figure) for figure in journey.headline),
        foot=tidy(journey.foot),
        gaps=_read_gaps(journey.gaps),
        used=frozenset(lane for _, lane in things),
    )
    channels = tuple(dict.fromkeys(thing.text for thing in story.every("channel")))
    earlier = read_earlier(changes, persona_id=story.persona_id, steps=journey.steps)
    for step_id, change in earlier.changes.items() if earlier else ():
        check_scale(f"The earlier emotion of step {step_id}", (change.before,))
    context = " ".join(filter(None, (story.context, say_changes(earlier, story.steps))))
    return _find_extremes(replace(story, channels=channels, earlier=earlier, context=context))
