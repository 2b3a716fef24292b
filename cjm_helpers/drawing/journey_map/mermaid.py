"""The journey as text in Mermaid's notation, which many wikis draw, and a list of what that notation cannot carry."""

import re

from cjm_helpers.drawing.sheet.words import count, listing
from cjm_helpers.errors import CjmError

from .story import Step, Story, Thing
from .twin import say_why_missing

COMMENT, LOSS = "%% ", "%% - "
MOST_NAMED = 6
LOWEST_SCORE, NEUTRAL_SCORE, HALF = 1, 3, 0.5  # Mermaid takes whole scores alone and has its neutral face at 3
ENTITIES = {"#": "#35;", ";": "#59;", ":": "#58;", "<": "#lt;", ">": "#gt;"}
KEYWORDS = re.compile("(journey|title|section|acc)", re.IGNORECASE)
LOST_LANES = {
    "step": ("sentence on what the persona does", "sentences on what the persona does"),
    "quote": ("verbatim", "verbatims"),
    "interview": ("feeling told in interviews", "feelings told in interviews"),
    "touchpoint": ("touchpoint with its type and impact", "touchpoints with their types and impacts"),
    "need": ("need", "needs"),
    "pain": ("pain point", "pain points"),
    "delight": ("delight", "delights"),
    "kpi": ("KPI with its baseline and target", "KPIs with their baselines and targets"),
    "opportunity": ("opportunity", "opportunities"),
    "backstage": ("line on what happens backstage", "lines on what happens backstage"),
    "support": ("line on what supports it", "lines on what supports it"),
}


def write_mermaid(story: Story) -> str:
    """Write the journey as Mermaid's `journey`: stages as sections, steps as tasks, persona and channels as actors.

    A feeling from -2 to 2 becomes a whole score from 1 to 5. A step without a feeling is no task: Mermaid would draw
    it as the worst or as a neutral one. The title says which they are; comments at the end say what else is missing.

    Raises
    ------
    CjmError
        When no step has a feeling.
    """
    felt = [step for step in story.steps if story.emotion(step.step_id).value is not None]
    if not felt:
        raise CjmError(
            "No step of this journey has a feeling, and Mermaid draws each step by one. "
            "Save the map as SVG, PPTX or HTML, which show every step."
        )
    absent = [step for step in story.steps if step not in felt]
    return "\n".join([
        "journey",
        f"    title {_escape(_name_absent(story.title, absent))}",
        f"    accTitle: {_escape(story.title)}",
        f"    accDescr: {_escape(' '.join(filter(None, (story.finding, story.context))) or story.title)}",
        *_write_steps(story, felt),
        f"{COMMENT}Feelings run from {LOWEST_SCORE} (worst) over {NEUTRAL_SCORE} (neutral) to 5 (best).",
        *(f"{COMMENT}{step.step_id} {step.name}: {_say_why(story, step)}, so it has no score." for step in absent),
        f"{COMMENT}What Mermaid's notation cannot carry and the drawn map shows:",
        *(f"{LOSS}{loss}" for loss in list_losses(story)),
        "",
    ])  # fmt: skip


def list_losses(story: Story) -> list[str]:
    """List in words, with how many there are, what the journey holds and Mermaid's notation cannot carry."""
    felt = [story.emotion(step.step_id) for step in story.steps]
    things = [thing for lane in (*LOST_LANES, "emotion") for thing in story.every(lane)]
    asked = sum(thing.value is not None for thing in felt)
    lost = [
        (len(felt) - asked, ("step without a feeling", "steps without a feeling")),
        (asked, ("feeling to one decimal with its n", "feelings to one decimal with their n")),
        (sum(thing.lo is not None for thing in felt), ("interval", "intervals")),
        (sum(thing.moment_of_truth for thing in felt), ("moment of truth", "moments of truth")),
        *((sum(map(_is_said, story.every(lane))), names) for lane, names in LOST_LANES.items()),
        (sum(bool(thing.counter) for thing in things), ("count of those who disagree", "counts of those who disagree")),
        (sum(bool(thing.grade) for thing in things), ("evidence grade", "evidence grades")),
        (len(story.gaps), ("sentence on what is not known", "sentences on what is not known")),
        (len(story.earlier.changes) if story.earlier else 0, ("change of a feeling", "changes of feelings")),
    ]  # fmt: skip
    return [f"{count(number)} {one if number == 1 else more}" for number, (one, more) in lost if number]


def _is_said(thing: Thing) -> bool:
    return bool(thing.text) or thing.value is not None


def _say_why(story: Story, step: Step) -> str:
    return say_why_missing(story.emotion(step.step_id))


def _name_absent(title: str, absent: list[Step]) -> str:
    if not absent:
        return title
    named = listing(step.step_id for step in absent) if len(absent) <= MOST_NAMED else f"{len(absent)} steps"
    return f"{title} (not shown, as no feeling is known: {named})"


def _write_steps(story: Story, felt: list[Step]):
    begun = None
    persona = story.lens.get("persona") or story.persona_id
    for step in felt:
        if (step.number, step.stage) != begun:
            begun = (step.number, step.stage)
            yield f"    section {_escape(f'{step.number} {step.stage}'.strip())}"
        channels = (thing.text for thing in story.at(step.step_id, "channel"))
        actors = ", ".join(
            _escape(actor).replace(",", "#44;") for actor in dict.fromkeys((persona, *channels)) if actor
        )
        name = _escape_start(_escape(f"{step.step_id} {step.name}".strip()))
        yield f"      {name}: {_score(story.emotion(step.step_id).value)}: {actors}"


def _score(feeling: float) -> int:
    """Return the nearest whole score; halves lead away from neutral, so that no feeling is lost to it."""
    size = int(abs(feeling) + HALF)
    return NEUTRAL_SCORE + (size if feeling > 0 else -size)


def _escape(words: str) -> str:
    """Write the signs that Mermaid's grammar reads as its own by their names."""
    return "".join(ENTITIES.get(letter, letter) for letter in words).replace("%%", "#37;#37;")


def _escape_start(words: str) -> str:
    """Write the first letter by its number where the words would be taken for the start of a line of another kind."""
    return f"#{ord(words[0])};{words[1:]}" if KEYWORDS.match(words) else words
