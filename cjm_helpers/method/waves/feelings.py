"""The feeling at each touchpoint in two waves."""

from cjm_helpers.method.answers import FEELING_HIGH, FEELING_LOW, average_customers, choose_emotion
from cjm_helpers.method.waves.cells import Cell, find_absence, find_break, name_touchpoints
from cjm_helpers.method.waves.samples import Sample, sample_people


def list_feelings(part, past) -> list[Cell]:
    """List the feeling (-2 to 2) at every touchpoint that was rated in either wave, in the order of the touchpoints.

    Parameters
    ----------
    part, past
        A study as select_rows returns it, and its earlier wave as rename_past returns it.

    Examples
    --------
    >>> import cjm_helpers as cjm
    >>> from cjm_helpers.method.waves.past import rename_past
    >>> part = cjm.select_rows(cjm.open_study("retail_checkout"))
    >>> cell = list_feelings(part, rename_past(part))[0]
    >>> cell.name, cell.metric, cell.barrier
    ('Search advert', 'csat', '')
    """
    now, before = _sample(part), _sample(past)
    return [
        _make_cell(one, name, now.get(one), before.get(one), part=part, past=past)
        for one, name in name_touchpoints(part, past).items()
        if one in now or one in before
    ]


def _sample(side) -> dict[str, tuple[str, Sample]]:
    """Return the metric and the people of each touchpoint that was rated."""
    settings = side.settings
    answers = choose_emotion(side.responses, metrics=settings.metrics, emotion=settings.emotion)
    metric_of = answers.drop_duplicates("touchpoint_id").set_index("touchpoint_id")["metric"]
    people = average_customers(answers.assign(score=answers["feeling"]))
    return {one: (metric_of[one], sample_people(rows, kind="mean")) for one, rows in people.groupby("touchpoint_id")}


def _make_cell(touchpoint_id: str, name: str, now: tuple | None, before: tuple | None, *, part, past) -> Cell:
    metric, sample = now or (before[0], Sample("mean"))
    metric_before, sample_before = before or (now[0], Sample("mean"))
    absence = find_absence(touchpoint_id, now=(part, sample.n), before=(past, sample_before.n))
    asked = [(side.wave, one, side.settings.metrics[one]) for side, one in ((part, metric), (past, metric_before))]
    return Cell(
        persona_id=part.persona_id,
        object="feeling",
        id=touchpoint_id,
        touchpoint_id=touchpoint_id,
        name=name,
        metric=metric,
        unit="",
        better="higher",
        now=sample,
        before=sample_before,
        barrier=absence or find_break(name, now=asked[0], before=asked[1]),
        widest=FEELING_HIGH - FEELING_LOW,
    )
