"""The sentences of the difference map, written from its records by rule."""

from cjm_helpers.drawing.journey_map.caution import DIFFER, is_doubted
from cjm_helpers.drawing.journey_map.changes import (
    BETTER,
    CHANGED,
    NO_EVIDENCE,
    NOT_COMPARED,
    TOO_FEW,
    UNCHANGED,
    WORSE,
    Change,
    say_verdict,
)
from cjm_helpers.drawing.sheet.words import count, listing

from .difference_story import Differences

TITLE = "What changed"
READING = "Colour is a sure change: blue better, orange worse. Grey is no sure change, which does not mean no change."
CAUTION = (
    "Whoever tests much finds something by chance: a change is called sure only if it holds "
    "after all tests are counted together."
)
QUIET = (
    (CHANGED, "surely changed, which is neither good nor bad"), (NO_EVIDENCE, "without a sure change"),
    (UNCHANGED, "unchanged"), (TOO_FEW, "with too few people"), (NOT_COMPARED, "not compared"),
)  # fmt: skip


def _name_place(found: Differences, change: Change) -> str:
    """Return a change's step and name: the step of a feeling is its name."""
    if not change.step_id:
        return change.name
    if change.object == "feeling":
        return found.name_step(change.step_id)
    return f"{change.step_id} “{change.name}”" + (f" ({DIFFER})" if is_doubted(change) else "")


def write_finding(found: Differences) -> str:
    """Say how many things are surely better or worse, of how many tested, and what got worst."""
    if found.refusal:
        return found.refusal
    better, worse = len(found.sure(BETTER)), len(found.sure(WORSE))
    if not found.tested:
        return f"Nothing could be tested between {found.earlier} and {found.wave}."
    tested = f"{count(found.tested)} {'thing' if found.tested == 1 else 'things'} tested"
    told = _say_counts(better, worse)
    worst = "".join(f"; worst: {_tell(found, one)}" for one in found.sure(WORSE)[:1])
    return f"Since {found.earlier}, of {tested}, {told}{worst}"


def _say_counts(better: int, worse: int) -> str:
    """Say how many are better and how many worse, both also where there are none."""
    if not better and not worse:
        return "none is surely better or worse"
    told = [f"{count(number) if number else 'none'} {'is' if number < 2 else 'are'} surely {word}"
            for number, word in ((better, "better"), (worse, "worse"))]  # fmt: skip
    return listing(told)


def _tell(found: Differences, change: Change) -> str:
    feels = ", which feels" if change.object == "feeling" else ","
    return f"{_name_place(found, change)}{feels} {say_verdict(change)}"


def write_context(found: Differences) -> str:
    """Say what got best, and how many things show no sure change or could not be compared."""
    if found.refusal:
        return ""
    best = found.sure(BETTER)[:1]
    told = [f"Best: {_tell(found, best[0])}."] if best else []
    counts = [(len(found.sure(verdict)), words) for verdict, words in QUIET]
    rest = listing(f"{count(number)} {words}" for number, words in counts if number)
    return " ".join([*told, *([f"{'The others: ' if found.tested else ''}{rest}."] if rest else [])])


def write_lens(found: Differences) -> dict[str, str]:
    """Return what stands at the head: the persona, the two waves, the tests and how to read the colours."""
    lens = found.story.lens
    kept = {name: lens[name] for name in ("persona", "study", "wave") if lens.get(name)}
    if found.refusal:
        return kept
    waves = f"Before: {found.earlier}. Now: {lens.get('wave') or found.wave}."
    return {**kept, "waves": waves, "tests": say_tests(found), "reading": READING}


def say_tests(found: Differences) -> str:
    """Say how many tests were made, and that the verdicts count them all."""
    made = f"{count(found.tests)} {'test' if found.tests == 1 else 'tests'}"
    whole = f", {count(found.tested)} of them here" if found.tests > found.tested else ""
    return f"{made}{whole}. {CAUTION}"


def describe(found: Differences) -> str:
    """Say in words what the picture shows."""
    steps = len(found.story.steps)
    parts = [f"{steps} {'step' if steps == 1 else 'steps'}", write_finding(found), write_context(found)]
    return " ".join(f"{part.rstrip('.')}." for part in parts if part) + " The table that follows holds every value."
