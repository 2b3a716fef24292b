"""Says of one verbatim what a page shows of it: its words, and where, when and by whom they were said."""

from typing import NamedTuple
from weakref import WeakKeyDictionary

from cjm_helpers.errors import ParameterError
from cjm_helpers.method.verbatims import INTERVIEW_SOURCES, STAFF, place_verbatims
from cjm_helpers.study.folder import Study

SOURCES = {"social": "Social media", "support": "Customer service"}
WHOLE = "Journey as a whole"


class Shelf(NamedTuple):
    """What is made once of a study to find its verbatims fast: rows, where each stands, neighbours in a talk, names."""

    rows: list
    places: dict[str, int]
    before: dict[int, int]
    after: dict[int, int]
    touchpoints: dict[str, str]


SHELVES: WeakKeyDictionary[Study, Shelf] = WeakKeyDictionary()


def describe_verbatim(study: Study, feedback_id: str) -> dict:
    """Return what a page shows of a verbatim, for people who code it; not every verbatim may be quoted.

    Returns
    -------
    dict
        id, text, asked, touchpoint_id (as linked, "" = the journey as a whole), place (the touchpoint in words),
        about (source, speaker, day: what the context line says), score (in words, with its scale), question, before and
        after (the paragraphs beside it in the same person's talk).

    Raises
    ------
    ParameterError
        The study has no such verbatim.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> card = describe_verbatim(open_study("retail_checkout"), "i0101")
    >>> card["place"], card["about"][:2], card["text"][:22]
    ('Newsletter', ['Interview', 'P01'], 'I get the mail on Thur')
    """
    shelf = _open_shelf(study)
    if feedback_id not in shelf.places:
        raise ParameterError("feedback_id", feedback_id)
    at = shelf.places[feedback_id]
    row = shelf.rows[at]
    score, question = _spell_score(study, row)
    before, after = (shelf.rows[side[at]].text if at in side else "" for side in (shelf.before, shelf.after))
    return {
        "id": feedback_id, "text": row.text, "asked": row.asked, "touchpoint_id": row.touchpoint_id,
        "place": shelf.touchpoints.get(row.touchpoint_id, WHOLE), "about": _list_about(row), "score": score,
        "question": question, "before": before, "after": after,
    }  # fmt: skip


def _list_about(row) -> list[str]:
    day = f"{row.date.day} {row.date:%B %Y}" if row.date == row.date else ""  # a missing day is unlike itself
    return [part for part in (SOURCES.get(row.source, row.source.capitalize()), row.speaker, day) if part]


def _spell_score(study: Study, row) -> tuple[str, str]:
    """Return a score with its scale, and the question that it answers."""
    if row.score != row.score:
        return "", ""
    metric = study.settings.metrics.get(row.metric)
    if not metric:
        return f"{row.score:g}", ""
    return f"{row.score:g} on a scale of {metric.min:g} to {metric.max:g}", metric.question


def _open_shelf(study: Study) -> Shelf:
    if study not in SHELVES:
        placed = place_verbatims(study.feedback, study.alignments)
        rows = list(placed.itertuples(index=False))
        names = zip(study.touchpoints["touchpoint_id"], study.touchpoints["name"])
        after = _find_next(rows)
        before = {there: here for here, there in after.items()}
        SHELVES[study] = Shelf(rows, {row.feedback_id: at for at, row in enumerate(rows)}, before, after, dict(names))
    return SHELVES[study]


def _find_next(rows: list) -> dict[int, int]:
    """Return for each paragraph of a talk the one after it."""
    last, after = {}, {}
    for at, row in enumerate(rows):
        if row.source in (*INTERVIEW_SOURCES, STAFF) and row.text:
            talk = (row.source, row.person_id, row.date)
            if talk in last:
                after[last[talk]] = at
            last[talk] = at
    return after
