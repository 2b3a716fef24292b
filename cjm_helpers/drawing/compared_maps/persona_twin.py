"""The map of several personas as a plain table: one row a step, one column a persona."""

from html import escape

from cjm_helpers.drawing.journey_map.caution import DIFFER, is_doubted
from cjm_helpers.drawing.journey_map.insights import say_people
from cjm_helpers.drawing.journey_map.lens import read_lens
from cjm_helpers.drawing.journey_map.twin import LEFT, say_why_missing
from cjm_helpers.drawing.sheet.words import count, sign

from .persona_cards import share_ideas
from .persona_story import Comparison, Persona
from .persona_words import say_customers

NO_PASS = "does not pass here"


def make_table(found: Comparison) -> str:
    """Write the table twin as semantic HTML."""
    heads = [one.name for one in found.personas]
    heads += ["Surely different"] if found.differences is not None else []
    heads += ["Opportunities"] if any(share_ideas(found, step.step_id) for step in found.steps) else []
    head = "".join(f'<th scope="col"{LEFT}>{escape(name)}</th>' for name in heads)
    rows = "\n".join(_row(found, step, heads) for step in found.steps)
    lens = "".join(f"<p>{escape(label)}: {escape(words)}</p>\n" for label, words in read_lens(found.story))
    each = "".join(f"<li>{escape(_say_persona(one))}</li>" for one in found.personas)
    return (
        f'<div class="cjm-map-table"><table>\n<caption>{escape(_caption(found))}</caption>\n'
        f'<thead><tr><th scope="col"{LEFT}>Stage</th><th scope="col"{LEFT}>Step</th>{head}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody></table>\n<p>The personas:</p><ul>{each}</ul>\n{lens}"
        f"<p>{escape(found.story.foot)}</p></div>"
    )


def _caption(found: Comparison) -> str:
    story = found.story
    return " ".join(f"{part.rstrip('.')}." for part in (story.title, story.finding, story.context) if part)


def _say_persona(persona: Persona) -> str:
    parts = [f"{persona.name} ({say_customers(persona)})", persona.story.lens.get("tagline", ""), persona.story.finding]
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def _row(found: Comparison, step, heads: list[str]) -> str:
    cells = [_cell(persona, step.step_id) for persona in found.personas]
    if found.differences is not None:
        cells.append(_list(escape(one.sentence) for one in found.differ(step.step_id)))
    if "Opportunities" in heads[len(found.personas) :]:
        cells.append(_list(_say_idea(shared) for shared in share_ideas(found, step.step_id)))
    name = escape(f"{step.step_id} {step.name}".strip())
    written = "".join(f"<td{LEFT}>{cell}</td>" for cell in cells)
    return f'<tr><td{LEFT}>{escape(step.stage)}</td><th scope="row"{LEFT}>{name}</th>{written}</tr>'


def _list(parts) -> str:
    parts = [part for part in parts if part]
    return "<ul>" + "".join(f"<li>{part}</li>" for part in parts) + "</ul>" if len(parts) > 1 else "".join(parts)


def _cell(persona: Persona, step_id: str) -> str:
    """Write value, interval and n, and the leading pain with the people who name it."""
    if not persona.passes(step_id):
        return NO_PASS
    return _list([_say_feeling(persona, step_id), _say_pain(persona, step_id)])


def _say_feeling(persona: Persona, step_id: str) -> str:
    thing = persona.feeling(step_id)
    if thing.value is None:
        return say_why_missing(thing)
    span = f"95 % interval {sign(thing.lo)} to {sign(thing.hi)}" if None not in (thing.lo, thing.hi) else ""
    lowest = "the persona's lowest step" if persona.story.lowest == step_id else ""
    facts = (span, f"n = {count(thing.n)}" if thing.n is not None else "", thing.flag, lowest)
    return f"{sign(thing.value)} <small>{escape('; '.join(filter(None, facts)))}</small>"


def _say_pain(persona: Persona, step_id: str) -> str:
    thing = persona.pain(step_id)
    if thing is None:
        return ""
    facts = "; ".join(filter(None, (say_people(thing), DIFFER if is_doubted(thing) else "")))
    return f"Leading pain: {escape(thing.text)} <small>{escape(facts)}</small>"


def _say_idea(shared) -> str:
    names = ", ".join(persona.short for persona, _ in shared.told)
    owner = f"; owner: {shared.thing.owner}" if shared.thing.owner else ""
    doubt = f"; {DIFFER}" if is_doubted(shared.thing) else ""
    return f"{escape(shared.thing.text)} <small>for {escape(names)}{escape(owner)}{doubt}</small>"
