"""The slides of sentences: in short, what changed and how sure it is, what is not known, and how to read it all."""

from cjm_helpers.drawing.sheet.look import SEMIBOLD

from .blocks import BODY, BODY_BOTTOM, LARGE, MIDDLING, NOTE, ROOM, SIDE, Paragraph, Prose, Run, Slide, say
from .flow import fit_column, fit_even, fit_pair, make_slides
from .reading import Reading, cite

SIZES = (LARGE, MIDDLING, BODY)
SMALL_SIZES = (MIDDLING, BODY, NOTE)
OPENING_TOP = 104.0
APART, CLOSE = 4.0, 1.2
GRADES = (
    ("A", "Seen in what people did and told by them."),
    ("B", "One of the two, by 30 people or more."),
    ("C", "Fewer people, or interviews only."),
    ("D", "An assumption of the team; set in italics."),
)
READ_AS = (
    "n is the number of people or answers behind a figure. The more, the surer.",
    "The interval in the notes says how far a figure may be off by chance. Where it is wide, ask more people first.",
    "Too few people show no figure, so that nobody can be recognised. “Not asked” means just that.",
    "The notes below each slide hold its evidence: numbers, intervals, and the ids of the rows.",
)

Entry = tuple[Paragraph, ...]


def _below(words: str, entries: list[Entry], size: int) -> list[Entry]:
    """Set a head above the entries, and never alone at the foot of a column."""
    first, *rest = entries or [()]
    return [(say(words, size=size, face=SEMIBOLD, tone="muted"), *first), *rest]


def _sentences(sentences, size: int) -> list[Entry]:
    return [(say(words, size=size, before=APART),) for words in sentences if words]


def write_opening(readings: list[Reading], *, organisation: str) -> list[Slide]:
    """Write the first slide: organisation, study, scenario, wave, and who it is about."""
    lens = readings[0].story.lens
    wave = f"Wave {lens['wave']}" if lens.get("wave") else ""
    people = "  ·  ".join(reading.persona for reading in readings)
    lines = (
        say(lens.get("scenario", ""), size=LARGE),
        say(people, size=MIDDLING, before=APART),
        say(wave, before=APART),
    )
    height = BODY_BOTTOM - OPENING_TOP
    columns = fit_column([(line,) for line in lines if line.words], width=ROOM, height=height)
    notes = "\n".join(f"{reading.persona}: {reading.story.lens.get('evidence', '')}" for reading in readings)
    pages = [(Prose(SIDE, OPENING_TOP, ROOM, height, column),) for column in columns] or [()]
    slides = make_slides(lens.get("study") or "Customer journey", pages, kicker=organisation, notes=notes)
    return [slide._replace(is_opening=True) for slide in slides]


def write_summary(reading: Reading) -> list[Slide]:
    """Write what was found beside what to do; then what changed beside how sure all this is."""
    findings, actions = reading.part("finding"), reading.part("action")
    found = [row["sentence"] for row in findings] or [reading.story.finding, reading.story.context]
    pages = fit_pair(
        lambda size: _below("What we found", _sentences(found, size), size),
        lambda size: _below("What to do", _actions(actions, size), size),
        sizes=SIZES,
    )
    cited = [thing for row in [*findings, *actions] for thing in reading.behind(row)]
    slides = make_slides("In short", pages, kicker=reading.persona, notes=cite(dict.fromkeys(cited)))
    return [slides[0]._replace(section=reading.persona), *slides[1:], *_write_certainty(reading)]


def _actions(rows, size: int) -> list[Entry]:
    if not rows:
        return [(say("No idea is written down yet.", size=size, tone="muted", before=APART),)]
    small = max(size - 2, NOTE)
    entries = []
    for row in rows:
        due = f"by {row['due']}" if row.get("due") else "no day yet"
        who = f"{row.get('owner') or 'nobody owns it yet'}, {due}"
        moves = f"Should move: {row['moves']}" if row.get("moves") else ""
        below = [say(words, size=small, tone="muted", before=CLOSE) for words in (who, moves) if words]
        entries.append((say(row["sentence"], size=size, before=APART), *below))
    return entries


def _write_certainty(reading: Reading) -> list[Slide]:
    change, sure = ([row["sentence"] for row in reading.part(name)] for name in ("change", "confidence"))
    if not change and not sure:
        return []
    pages = fit_pair(
        lambda size: _below("What changed", _sentences(change, size), size) if change else [],
        lambda size: _below("How sure this is", _sentences(sure, size), size) if sure else [],
        sizes=SMALL_SIZES,
    )
    named = [words for words, rows in (("What changed", change), ("how sure this is", sure)) if rows]
    title = " and ".join(named)
    return make_slides(title[:1].upper() + title[1:], pages, kicker=reading.persona, notes="\n".join(reading.changes))


def write_limits(reading: Reading) -> list[Slide]:
    """Write what is not known, in two even columns."""
    if not reading.gaps:
        return []
    pages = fit_even(lambda size: _sentences(reading.gaps, size), sizes=SMALL_SIZES)
    return make_slides("What we do not know yet", pages, kicker=reading.persona, notes=reading.story.foot)


def write_closing() -> list[Slide]:
    """Write how the evidence is graded and how the figures are meant."""

    def grade(size: int) -> list[Entry]:
        return [(Paragraph((Run(f"{name}   ", SEMIBOLD), Run(words)), size, APART),) for name, words in GRADES]

    pages = fit_pair(
        lambda size: _below("Evidence", grade(size), size),
        lambda size: _below("Figures", _sentences(READ_AS, size), size),
        sizes=SMALL_SIZES,
    )
    (slide,) = make_slides("How the evidence is graded and the figures are meant", pages, kicker="", notes="")
    return [slide._replace(section="How to read it")]
