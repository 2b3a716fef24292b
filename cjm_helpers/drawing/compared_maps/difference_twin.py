"""The difference map as a plain table: one row for each thing compared, with its sentence, and all that has no row."""

from html import escape

from cjm_helpers.drawing.journey_map.caution import DIFFER, is_doubted
from cjm_helpers.drawing.journey_map.changes import Change, say_gap, say_value
from cjm_helpers.drawing.journey_map.twin import LEFT
from cjm_helpers.drawing.sheet.words import MINUS, count

from .difference_story import Differences
from .difference_words import TITLE, say_tests, write_context, write_finding

HEADS = (
    "Step", "What", "Name", "Before", "Now", "Difference", "95 % interval", "n before", "n now", "Verdict", "In words",
)  # fmt: skip
KINDS = {"feeling": "feeling", "theme": "theme", "kpi": "KPI"}
THEMES = {"lower": "pain point", "higher": "delight"}
NO_STEP = "no step"


def make_table(found: Differences) -> str:
    """Write the table twin as semantic HTML: every row, hidden values left out, and the sentences below."""
    heads = "".join(f'<th scope="col"{LEFT}>{escape(name)}</th>' for name in HEADS)
    rows = "\n".join(_row(found, one) for one in found.in_order())
    table = f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>" if rows else "<tbody></tbody>"
    caption = " ".join(
        f"{part.rstrip('.')}." for part in (name_map(found), write_finding(found), write_context(found)) if part
    )
    lists = (("What came, went or was renamed", [one.sentence for one in found.moves]),
             ("Ideas carried out", [f"{one.opportunity_id}: {one.sentence}" for one in found.ideas]))  # fmt: skip
    return (
        f'<div class="cjm-map-table"><table>\n<caption>{escape(caption)}</caption>\n{table}\n</table>\n'
        + (f"<p>{escape(say_tests(found))}</p>\n" if found.changes else "")
        + "".join(_list(*each) for each in lists)
        + (f"<p>{escape(found.story.foot)}</p>" if found.story.foot else "")
        + "</div>"
    )


def name_map(found: Differences) -> str:
    """Return the map's title: persona, journey, the two waves."""
    lens = found.story.lens
    waves = "" if found.refusal else f"{found.earlier} and {found.wave}"
    return f"{TITLE}: " + ", ".join(filter(None, (lens.get("persona", ""), lens.get("study", ""), waves)))


def _row(found: Differences, change: Change) -> str:
    cells = (_name_kind(change), change.name, say_value(change, change.before), say_value(change, change.after),
             _say_difference(change), _say_interval(change), _say_n(change.n1), _say_n(change.n2),
             change.verdict, " ".join(filter(None, (change.sentence, _say_doubt(change)))))  # fmt: skip
    head = f'<th scope="row"{LEFT}>{escape(found.name_step(change.step_id) or NO_STEP)}</th>'
    return f"<tr>{head}" + "".join(f"<td{LEFT}>{escape(words)}</td>" for words in cells) + "</tr>"


def _say_doubt(change: Change) -> str:
    return f"{DIFFER.capitalize()} on what says so." if is_doubted(change) else ""


def _name_kind(change: Change) -> str:
    theme = THEMES.get(change.better) if change.object == "theme" else None
    return theme or KINDS[change.object]


def _signed(change: Change, gap: float) -> str:
    mark = "+" if gap > 0 else MINUS if gap < 0 else ""
    return f"{mark}{say_gap(change, gap)}"


def _say_difference(change: Change) -> str:
    return "–" if change.delta is None else _signed(change, change.delta)


def _say_interval(change: Change) -> str:
    if change.lo is None or change.hi is None:
        return "–"
    return f"{_signed(change, change.lo)} to {_signed(change, change.hi)}"


def _say_n(n: int | None) -> str:
    return "–" if n is None else count(n)


def _list(heading: str, sentences: list[str]) -> str:
    if not sentences:
        return ""
    return f"<p>{escape(heading)}:</p><ul>" + "".join(f"<li>{escape(one)}</li>" for one in sentences) + "</ul>\n"
