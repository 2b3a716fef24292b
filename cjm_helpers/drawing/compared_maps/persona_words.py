"""The sentences of the map of several personas, written by rule: the finding, what else, how to read, the sources."""

from collections import Counter

from cjm_helpers.drawing.sheet.words import count, listing, sign

from .persona_story import Comparison, Persona

NUMBERS = {2: "both", 3: "all three", 4: "all four"}
LOWS_MOST = 2
CLEAR_GAP = 0.05
READING = (
    "One line a persona, told apart by mark and dash, named at its end. Blue is good, orange bad. A line stops where "
    "nobody was asked and runs on over steps that the persona does not pass."
)
READING_PANELS = "One panel a persona, all on the same scale and the same steps; the pale column is its lowest step."


def name_step(found: Comparison, step_id: str) -> str:
    """Name a step with its number."""
    return f"{step_id} {next(step.name for step in found.steps if step.step_id == step_id)}".strip()


def count_lowest(found: Comparison) -> Counter:
    """Count for how many personas each step is the lowest, in the order of the steps."""
    lowest = [persona.story.lowest for persona in found.personas if persona.story.lowest]
    return Counter({step.step_id: lowest.count(step.step_id) for step in found.steps if step.step_id in lowest})


def find_lowest(found: Comparison) -> str:
    """Return the step that is lowest for two or more personas, and for more than any other; else ""."""
    ranked = count_lowest(found).most_common(2)
    is_shared = ranked and ranked[0][1] > 1 and (len(ranked) == 1 or ranked[0][1] > ranked[1][1])
    return ranked[0][0] if is_shared else ""


def find_widest(found: Comparison) -> tuple[str, Persona, Persona] | None:
    """Return where two personas lie furthest apart, the lower one first; of sure differences where these are known."""
    pairs, mixed = [], found.mixed()
    for step in found.steps:
        felt = [] if step.step_id in mixed else found.felt(step.step_id)
        sure = {(one.lower, one.higher) for one in found.differ(step.step_id)}
        for low, below in felt:
            for high, above in felt:
                if above.value > below.value and (found.differences is None or (low.number, high.number) in sure):
                    pairs.append((round(above.value - below.value, 6), step.step_id, low, high))
    best = max(pairs, key=lambda pair: pair[0], default=None)
    return best[1:] if best and best[0] >= CLEAR_GAP else None


def write_finding(found: Comparison) -> str:
    """Say which step is lowest for how many personas, and where they part most."""
    told = [persona for persona in found.personas if persona.story.lowest]
    if not any(has_answers(found, persona) for persona in found.personas):
        return "No persona was asked yet."
    parts = [_say_lowest(found, told) if told else "No persona was asked at two steps yet", _say_widest(found)]
    return "; ".join(filter(None, parts)) + "."


def _say_lowest(found: Comparison, told: list[Persona]) -> str:
    step_id = find_lowest(found)
    if not step_id:
        return _say_apart(found)
    values = sorted(persona.feeling(step_id).value for persona in told if persona.story.lowest == step_id)
    how_many, whole = len(values), len(found.personas)
    who = NUMBERS.get(whole, f"all {whole}") if how_many == whole else f"{how_many} of {whole} personas"
    ends = [sign(values[0]), sign(values[-1])]
    span = ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
    return f"Lowest for {who} at {name_step(found, step_id)}: {span}"


def _say_apart(found: Comparison) -> str:
    """Say at which steps equally many are lowest, or that each has another."""
    ranked = count_lowest(found).most_common()
    times = ranked[0][1]
    if times == 1:
        return "Each has a low of its own" if len(ranked) > 1 else f"Lowest at {name_step(found, ranked[0][0])}"
    tied = [step_id for step_id, count in ranked if count == times][:LOWS_MOST]
    return f"Lowest at {' or '.join(name_step(found, step_id) for step_id in tied)}, for {times} each"


def _say_widest(found: Comparison) -> str:
    widest = find_widest(found)
    if widest is None:
        return (
            "" if found.differences is None or found.differences else "nowhere do two of them surely feel differently"
        )
    step_id, low, high = widest
    surely = "" if found.differences is None else "surely "
    values = [f"{one.short} {sign(one.feeling(step_id).value)}" for one in (high, low)]
    return f"they {surely}part most at {name_step(found, step_id)}: {', '.join(values)}"


def write_context(found: Comparison) -> str:
    """Say whose low lies elsewhere, and of whom nothing is known."""
    shared = find_lowest(found)
    others = [one for one in found.personas if one.story.lowest not in ("", shared)]
    lows = []
    for step_id in dict.fromkeys(one.story.lowest for one in others):
        who = [f"{one.short} ({_say_low(one)})" for one in others if one.story.lowest == step_id]
        lows.append(f"{name_step(found, step_id)} for {listing(who)}")
    silent = [one.short for one in found.personas if not has_answers(found, one)]
    elsewhere = f"Lowest{' elsewhere' if shared else ''}: {'; '.join(lows)}." if lows else ""
    return " ".join(filter(None, (elsewhere, f"No answers from {listing(silent)} yet." if silent else "")))


def _say_low(persona: Persona) -> str:
    return sign(persona.feeling(persona.story.lowest).value)


def has_answers(found: Comparison, persona: Persona) -> bool:
    """Tell whether any feeling of a persona is known."""
    return any(persona.feeling(step.step_id).value is not None for step in found.steps)


def say_customers(persona: Persona) -> str:
    """Count the customers who were heard."""
    return f"{count(persona.n)} customer{'' if persona.n == 1 else 's'}" if persona.n else "no customers yet"


def write_tests(found: Comparison) -> str:
    """Say what was tested of the differences."""
    if found.differences is None:
        return "Differences were not tested: marks a little apart may differ by chance."
    if not found.tests:
        return "Nothing could be compared: too few customers."
    if found.tests == 1:
        return "One comparison was made; of such differences one in twenty may be chance."
    return f"A difference counts as sure after all {count(found.tests)} comparisons; one in twenty may be chance."


def write_foot(found: Comparison) -> str:
    """Say the sources: customers and data hash of each persona."""
    each = [f"{one.short}: {say_customers(one)}{f', data {one.hash}' if one.hash else ''}" for one in found.personas]
    mixed = found.mixed()
    notes = [f"Asked in different words at {listing(mixed)}: compare with care." if mixed else ""]
    if any("interview" in one.story.used for one in found.personas):
        notes.append("Feelings told in interviews stand in each persona's own map.")
    study, wave = found.story.lens.get("study", ""), found.story.lens["wave"]
    start = ", ".join(filter(None, (study, f"wave {wave}" if wave else "")))
    return " ".join(filter(None, (f"{start}." if start else "", f"{'; '.join(each)}.", *notes)))


def describe(found: Comparison) -> str:
    """Say in words what the picture shows."""
    names = listing(one.short for one in found.personas)
    steps = f"{len(found.steps)} step{'' if len(found.steps) == 1 else 's'}"
    ends = " ".join(f"{one.short}: {_say_ends(found, one)}." for one in found.personas)
    told = f"The emotion curves of {names} along {steps}. {found.story.finding} {ends}"
    return f"{told} The table that follows holds every value."


def _say_ends(found: Comparison, persona: Persona) -> str:
    """Say the lowest and the highest step of a persona, and how many steps have no value."""
    passed = [persona.feeling(step.step_id) for step in found.steps if persona.passes(step.step_id)]
    felt = sorted((thing for thing in passed if thing.value is not None), key=lambda thing: thing.value)
    if not felt:
        return "no answers"
    gaps = f"no value at {len(passed) - len(felt)} of {len(passed)} steps" if len(felt) < len(passed) else ""
    low, high = (f"{name_step(found, thing.step_id)} {sign(thing.value)}" for thing in (felt[0], felt[-1]))
    ends = f"lowest {low}, highest {high}" if persona.story.lowest else low
    return "; ".join(filter(None, (ends, gaps)))
