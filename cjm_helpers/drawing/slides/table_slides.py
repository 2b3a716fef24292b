"""The slides that hold a table: personas, pain points with quotes, opportunities, KPIs against baseline and target."""

from cjm_helpers.drawing.journey_map.caution import DIFFER, SIGN, is_doubted
from cjm_helpers.drawing.journey_map.insights import UNHEARD, say_people
from cjm_helpers.drawing.sheet.look import ITALIC, REGULAR, SEMIBOLD
from cjm_helpers.drawing.sheet.words import LEVELS, amount, bare, count

from .blocks import NOTE, ROOM, Paragraph, Run, Slide, say
from .flow import fit_table, make_slides
from .reading import Reading, cite

MOST_PAINS = 6
NONE = "–"
CLOSE = 0.8
VERDICTS = {"met": "target met", "missed": "target missed"}
PERSONA_WIDTHS = (66.0, 136.0, ROOM - 202.0)
PAIN_WIDTHS = (34.0, 96.0, ROOM - 130.0)
IDEA_WIDTHS = (16.0, 120.0, 62.0, 40.0, 42.0, ROOM - 280.0)
KPI_WIDTHS = (104.0, 36.0, 32.0, 32.0, ROOM - 204.0)
ON_TARGET, TOO_CLOSE = "met", "too close to call"
JUDGED = (ON_TARGET, TOO_CLOSE, "missed")


def write_personas(readings: list[Reading]) -> list[Slide]:
    """Write the personas below each other: who was heard, what was found, what to do first."""
    rows = []
    for reading in readings:
        found, do = (next((row["sentence"] for row in reading.part(name)), "") for name in ("finding", "action"))
        customers = reading.story.lens.get("evidence", "").partition(":")[0]
        heard = say(customers, size=NOTE, tone="muted", before=CLOSE)
        who = (say(reading.persona, face=SEMIBOLD), *([heard] if heard.words else []))
        rows.append((who, (say(found or reading.story.finding),), (say(do or NONE),)))
    head = ("Persona", "What we found", "What to do first")
    pages = fit_table("Personas", head=head, rows=rows, widths=PERSONA_WIDTHS)
    notes = "\n".join(f"{reading.persona}: {reading.story.finding} {reading.story.context}" for reading in readings)
    return make_slides(f"{count(len(readings))} personas at a glance", pages, kicker="", notes=notes)


def rank_pains(reading: Reading) -> list:
    """Return the pain points that most people name, the more severe first where even; assumed ones last."""
    pains = [thing for thing in reading.every("pain") if thing.text and thing.flag not in UNHEARD]
    return sorted(pains, key=lambda pain: (-(pain.k or 0), -(pain.severity or 0)))


def write_pains(reading: Reading) -> list[Slide]:
    """Write the pain points that most people name, each with a quote and its id."""
    pains = rank_pains(reading)[:MOST_PAINS]
    if not pains:
        return []
    head, rows = ("Named by", "What hurts", "In their words"), [_pain_row(reading, pain) for pain in pains]
    pages = fit_table("Pain points", head=head, rows=rows, widths=PAIN_WIDTHS)
    first = pains[0]
    named = f", named by {say_people(first)}{' who spoke of it' if first.n else ''}" if first.k else ""
    doubt = f" ({DIFFER})" if is_doubted(first) else ""
    return make_slides(
        f"What hurts most: “{first.text}”{named}{doubt}", pages, kicker=reading.persona, notes=cite(pains)
    )


def _pain_row(reading: Reading, pain) -> tuple:
    face = ITALIC if pain.grade == "D" else SEMIBOLD
    people = (say(say_people(pain), face=face, tone="orangetext"), *_doubt(pain))
    place = say(reading.name_step(pain.step_id), size=NOTE, tone="muted", before=CLOSE)
    words, quote_id = reading.quotes.get((pain.step_id, pain.item_id), ("", ""))
    quote = Paragraph((Run(words), Run(f"  {quote_id}", REGULAR, "muted")))
    said = quote if words else say("no quote that may be shown", tone="muted")
    return people, (say(pain.text, face=face), place), (said,)


def _doubt(thing) -> list:
    """Say on a line of its own that coders differ on what a row is built on, if they do."""
    return [say(SIGN, size=NOTE, tone="muted", before=CLOSE)] if is_doubted(thing) else []


def write_opportunities(reading: Reading) -> list[Slide]:
    """Write the opportunities by rank, with step, owner, day and effort."""
    ideas = sorted(reading.every("opportunity"), key=lambda idea: (idea.rank is None, idea.rank or 0))
    if not ideas:
        return []
    head = ("Rank", "What to do", "Step", "Owner", "By", "Effort")
    pages = fit_table("Opportunities", head=head, rows=[_idea_row(reading, idea) for idea in ideas], widths=IDEA_WIDTHS)
    first = ideas[0]
    title = "What could be done; nothing is ranked yet" if first.rank is None else f"What to do first: {first.text}"
    return make_slides(title, pages, kicker=reading.persona, notes=cite(ideas))


def _idea_row(reading: Reading, idea) -> tuple:
    rank = say(NONE if idea.rank is None else f"{idea.rank}", face=SEMIBOLD)
    what = [say(idea.text, face=ITALIC if idea.grade == "D" else REGULAR), *_doubt(idea)]
    facts = (reading.name_step(idea.step_id), idea.owner, reading.due.get(idea.item_id), LEVELS.get(idea.effort))
    return ((rank,), tuple(what), *((say(words or NONE),) for words in facts))


def write_kpis(reading: Reading) -> list[Slide]:
    """Write the KPIs against baseline and target."""
    kpis = reading.every("kpi")
    if not kpis:
        return []
    head, rows = ("KPI", "Now", "Before", "Target", "Read it as"), [_kpi_row(reading, kpi) for kpi in kpis]
    pages = fit_table("KPIs", head=head, rows=rows, widths=KPI_WIDTHS)
    return make_slides(_name_kpis(reading, kpis), pages, kicker=reading.persona, notes=cite(kpis))


def _name_kpis(reading: Reading, kpis) -> str:
    """Say in the title how many figures moved which way, and how many have met their target."""
    better, worse = (sum(kpi.word.startswith(word) for kpi in kpis) for word in ("better", "worse"))
    judged = [verdict for kpi in kpis if (verdict := reading.verdicts.get(kpi.item_id)) in JUDGED]
    moved = f"{better} better, {worse} worse" if better + worse else ""
    reached = f"{judged.count(ON_TARGET) or 'none'} of {len(judged)} on target" if judged else ""
    close = f"{judged.count(TOO_CLOSE)} too close to call" if TOO_CLOSE in judged else ""
    told = "; ".join(filter(None, (moved, reached, close)))
    return "Where the figures stand" + (f": {told}" if told else "")


def _kpi_row(reading: Reading, kpi) -> tuple:
    value = NONE if kpi.value is None else amount(kpi.value, kpi.unit)
    marks = (NONE if mark is None else bare(mark, kpi.unit) for mark in (kpi.baseline, kpi.target))
    words = "; ".join(filter(None, (kpi.word, VERDICTS.get(reading.verdicts.get(kpi.item_id, ""), "")))) or NONE
    facts = filter(None, (reading.name_step(kpi.step_id), f"n = {count(kpi.n)}" if kpi.n else "no data yet"))
    name = (say(kpi.text), say("  ·  ".join(facts), size=NOTE, tone="muted", before=CLOSE))
    return (name, (say(value, face=SEMIBOLD),), *((say(mark),) for mark in marks), (say(words),))
