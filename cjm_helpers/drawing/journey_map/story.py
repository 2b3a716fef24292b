"""The journey as plain records, made once at the door, so that nothing further in looks into a table."""

from dataclasses import dataclass, fields, replace
from math import isnan
from typing import NamedTuple

from cjm_helpers.drawing.sheet.words import make_key, tidy
from cjm_helpers.errors import OffScale

LOWEST_LABELLED = 3
EMOTION_LOW, EMOTION_HIGH = -2, 2
WHOLE = ("k", "severity", "counter", "size", "effort", "rank", "n")
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

    def with_steps(self, steps, *, sheet: tuple[int, int]) -> "Story":
        """Return the same story for some steps only; what is lowest stays what it is in the whole journey."""
        return replace(self, steps=tuple(steps), sheet=sheet)

    @property
    def title(self) -> str:
        """The map's title: persona, journey, wave."""
        named = (self.lens.get("persona", ""), self.lens.get("study", ""), self.lens.get("wave", ""))
        return "Journey map: " + ", ".join(filter(None, named))


def _plain(value, kind: str):
    """Return a table's value as text, number or None."""
    is_missing = value is None or value != value or (isinstance(value, float) and isnan(value))
    if kind == "text":
        return "" if is_missing else tidy(value)
    if kind == "yes_no":
        return not is_missing and f"{value}".lower() in ("true", "yes", "1", "1.0")
    if is_missing or value == "":
        return None
    return round(float(value)) if kind == "whole" else float(value)


def _kind_of(field) -> str:
    if field.name in WHOLE:
        return "whole"
    return {str: "text", bool: "yes_no"}.get(field.type, "number")


KINDS = {field.name: _kind_of(field) for field in fields(Thing)}


def _read_things(cells) -> dict:
    columns = [name for name in KINDS if name in cells.columns]
    rows = cells.sort_values("place", kind="stable") if "place" in cells.columns else cells
    things: dict = {}
    for row in zip(*(rows[name].tolist() for name in columns), strict=True):
        thing = Thing(**{name: _plain(value, KINDS[name]) for name, value in zip(columns, row, strict=True)})
        if thing.lane in ("emotion", "interview") and thing.value is not None:
            _check_scale(thing)
        things.setdefault((thing.step_id, thing.lane), []).append(thing)
    return {key: tuple(found) for key, found in things.items()}


def _check_scale(thing: Thing) -> None:
    ends = [end for end in (thing.value, thing.lo, thing.hi) if end is not None]
    for end in ends:
        if not EMOTION_LOW <= end <= EMOTION_HIGH:
            raise OffScale(f"The {thing.lane} of step {thing.step_id}", end, EMOTION_LOW, EMOTION_HIGH)


def _read_steps(steps) -> tuple[Step, ...]:
    order = {stage: f"{k + 1}" for k, stage in enumerate(dict.fromkeys(steps["stage"]))}
    rows = zip(steps["step_id"], steps["stage"], steps["name"], strict=True)
    read = []
    for step_id, stage, name in rows:
        number, dot, _ = f"{step_id}".partition(".")
        read.append(Step(tidy(step_id), tidy(stage), number if dot else order[stage], tidy(name)))
    return tuple(read)


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


def read_journey(journey) -> Story:
    """Read a journey's tables into one story of plain records.

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
        things=things,
        finding=tidy(journey.finding),
        context=tidy(journey.context),
        headline=tuple(dict(figure) for figure in journey.headline),
        foot=tidy(journey.foot),
        gaps=_read_gaps(journey.gaps),
        used=frozenset(lane for _, lane in things),
    )
    channels = tuple(dict.fromkeys(thing.text for thing in story.every("channel")))
    return _find_extremes(replace(story, channels=channels))
