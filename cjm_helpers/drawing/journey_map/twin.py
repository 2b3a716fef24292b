"""The map as a plain table, one row per step: all that the picture holds, and the full texts."""

from html import escape

from cjm_helpers.drawing.sheet.words import LEVELS, amount, bare, count, sign

from .caution import is_doubted, say_agreement
from .earlier import say_twin
from .emotion import say_missing
from .insights import OPPOSITE, UNHEARD, say_people
from .kpis import say_foot
from .lanes_above import say_words
from .lens import read_lens
from .story import Story, Thing

COLUMNS = (
    ("What the persona does", ("step",)),
    ("Verbatims", ("quote",)),
    ("Emotion", ("emotion",)),
    ("Interviews", ("interview",)),
    ("Touchpoints", ("touchpoint",)),
    ("Channels", ("channel",)),
    ("Needs", ("need",)),
    ("Pain points", ("pain",)),
    ("Delights", ("delight",)),
    ("KPIs", ("kpi",)),
    ("Opportunities", ("opportunity",)),
    ("Backstage", ("backstage",)),
    ("Support", ("support",)),
)
WHOLE = "The journey as a whole"
LEFT = ' style="text-align:left;vertical-align:top"'  # JupyterLab sets every table flush right
IDS_SHOWN = 5  # the cells hold all of them; feelings and KPIs rest on hundreds of answers and say n alone


def make_table(story: Story) -> str:
    """Write the table twin as semantic HTML; columns without anything in the whole map are left out."""
    columns = [(name, lanes) for name, lanes in COLUMNS if story.used.intersection(lanes)]
    heads = "".join(f'<th scope="col"{LEFT}>{escape(name)}</th>' for name, _ in columns)
    rows = "\n".join(_rows(story, columns))
    gaps = "".join(f"<li>{escape(number_gap(*gap))}</li>" for gap in story.gaps)
    return (
        f'<div class="cjm-map-table"><table>\n<caption>{escape(_caption(story))}</caption>\n'
        f'<thead><tr><th scope="col"{LEFT}>Stage</th><th scope="col"{LEFT}>Step</th>{heads}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody></table>\n"
        + "".join(f"<p>{escape(label)}: {escape(words)}</p>\n" for label, words in read_lens(story))
        + (f"<p>What is not known:</p><ul>{gaps}</ul>\n" if gaps else "")
        + (f"<p>{escape(story.foot)}</p>" if story.foot else "")
        + "</div>"
    )


def _caption(story: Story) -> str:
    return " ".join(f"{part.rstrip('.')}." for part in (story.title, story.finding, story.context) if part)


def _rows(story: Story, columns):
    places = [(step.stage, f"{step.step_id} {step.name}".strip(), step.step_id) for step in story.steps]
    known = {step_id for *_, step_id in places}
    others = dict.fromkeys(step_id for step_id, _ in story.things if step_id not in known)
    places += [("", f"{WHOLE} {step_id}".strip(), step_id) for step_id in others]
    for stage, name, step_id in places:
        cells = "".join(f"<td{LEFT}>{_cell(story, step_id, lanes)}</td>" for _, lanes in columns)
        yield f'<tr><td{LEFT}>{escape(stage)}</td><th scope="row"{LEFT}>{escape(name)}</th>{cells}</tr>'


def _cell(story: Story, step_id: str, lanes) -> str:
    said = [_write(*SAY[thing.lane](thing)) for lane in lanes for thing in story.at(step_id, lane)]
    if story.earlier and "emotion" in lanes:
        said += [_write(*told) for told in [say_twin(story.earlier, step_id)] if any(told)]
    if len(said) > 1:
        return "<ul>" + "".join(f"<li>{words}</li>" for words in said) + "</ul>"
    return "".join(said)


def _write(words: str, details: str) -> str:
    small = f" <small>{escape(details)}</small>" if details else ""
    return f"{escape(words)}{small}"


def _join(*parts: str) -> str:
    return "; ".join(filter(None, parts))


def number_gap(step_id: str, sentence: str) -> str:
    """Begin a sentence on what is not known with its step's number, unless it does so itself."""
    return sentence if not step_id or sentence.startswith(f"{step_id} ") else f"{step_id} {sentence}"


def _grade(thing: Thing) -> str:
    return f"evidence {thing.grade}" if thing.grade else ""


def _evidence(thing: Thing) -> str:
    ids = [one.strip() for one in thing.evidence_ids.split(";") if one.strip()]
    more = f" and {count(len(ids) - IDS_SHOWN)} more" if len(ids) > IDS_SHOWN else ""
    return _join(_grade(thing), f"from {', '.join(ids[:IDS_SHOWN])}{more}" if ids else "")


def _doubt(thing: Thing) -> str:
    """Say that coders differ, and how far; the rest of what is known of agreement stands with the evidence."""
    return say_agreement(thing) if is_doubted(thing) else ""


def _interval(thing: Thing, write) -> str:
    if thing.lo is None or thing.hi is None:
        return ""
    return f"95 % interval {write(thing.lo)} to {write(thing.hi)}"


def _answers(thing: Thing) -> str:
    return f"n = {count(thing.n)}" if thing.n is not None else ""


def _say_step(thing: Thing) -> tuple[str, str]:
    return thing.text, _join(thing.item_id, _evidence(thing))


def _say_quote(thing: Thing) -> tuple[str, str]:
    return say_words(thing, thing.text), _join(_doubt(thing), thing.item_id, _evidence(thing))


def say_why_missing(thing: Thing) -> str:
    """Return why a step has no feeling, in the words of the table."""
    return f"{say_missing(thing)} answers" if thing.flag == "suppressed" else thing.flag or "not asked"


def _say_emotion(thing: Thing) -> tuple[str, str]:
    theme = _join(f"leading theme: {thing.text}", _doubt(thing)) if thing.text else ""
    if thing.value is None:
        return say_why_missing(thing), _join(theme, _grade(thing))
    star = "moment of truth" if thing.moment_of_truth else ""
    return sign(thing.value), _join(_interval(thing, sign), _answers(thing), thing.flag, star, theme, _grade(thing))


def _say_interview(thing: Thing) -> tuple[str, str]:
    feeling = sign(thing.value) if thing.value is not None else ""
    people = f"{count(thing.k)} {'person' if thing.k == 1 else 'people'}" if thing.k is not None else ""
    return ": ".join(filter(None, (feeling, people))), _join(thing.text, thing.item_id, _evidence(thing))


def _say_touchpoint(thing: Thing) -> tuple[str, str]:
    impact = f"impact {thing.size} of 3" if thing.size else ""
    owner = f"owner: {thing.owner}" if thing.owner else ""
    return thing.text, _join(thing.kind, impact, owner, _evidence(thing))


def _say_channel(thing: Thing) -> tuple[str, str]:
    return thing.text, ""


def _say_insight(thing: Thing) -> tuple[str, str]:
    severity = f"severity {thing.severity} of 3" if thing.severity and thing.lane == "pain" else ""
    share = f"share {amount(thing.value, '%')}" if thing.value is not None else ""
    interval = _interval(thing, lambda value: bare(value, "%"))
    if thing.flag in UNHEARD:
        return f"{thing.word} people spoke" if thing.word else UNHEARD[thing.flag], ""
    counter = f"{thing.counter} {OPPOSITE[thing.lane]}" if thing.counter else ""
    facts = (say_people(thing), share, interval, severity, counter, _doubt(thing), thing.item_id, _evidence(thing))
    return thing.text, _join(*facts)


def _say_kpi(thing: Thing) -> tuple[str, str]:
    value = amount(thing.value, thing.unit) if thing.value is not None else thing.flag or "no data yet"
    interval = _interval(thing, lambda end: bare(end, thing.unit))
    benchmark = f"benchmark {bare(thing.benchmark, thing.unit)}" if thing.benchmark is not None else ""
    better = f"{thing.direction} is better" if thing.direction else ""
    facts = (thing.word, interval, say_foot(thing), benchmark, better, thing.period, thing.item_id, _grade(thing))
    return f"{thing.text}: {value}" if thing.text else value, _join(*facts)


def _say_opportunity(thing: Thing) -> tuple[str, str]:
    rank = f"rank {thing.rank}" if thing.rank is not None else ""
    value = f"value {LEVELS.get(thing.size, thing.size)}" if thing.size is not None else ""
    effort = f"effort {LEVELS.get(thing.effort, thing.effort)}" if thing.effort is not None else ""
    owner = f"owner: {thing.owner}" if thing.owner else ""
    return thing.text, _join(rank, thing.word, value, effort, owner, _doubt(thing), thing.item_id, _evidence(thing))


SAY = {
    "step": _say_step,
    "quote": _say_quote,
    "emotion": _say_emotion,
    "interview": _say_interview,
    "touchpoint": _say_touchpoint,
    "channel": _say_channel,
    "pain": _say_insight,
    "delight": _say_insight,
    "kpi": _say_kpi,
    "opportunity": _say_opportunity,
    "need": _say_step,
    "backstage": _say_step,
    "support": _say_step,
}
