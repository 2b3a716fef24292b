"""Cells of a comparison: what is compared, the two samples behind it, and why it may not be tested."""

from dataclasses import dataclass

from cjm_helpers.method.waves.samples import Sample

EVERYONE = "everyone"  # how a study spells that no persona was chosen
SAMPLE_KINDS = {
    "nps": "nps", "csat": "share", "proportion": "share", "share": "share", "duration": "duration",
}  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """One thing in both waves.

    object is feeling, kpi or theme; better is higher, lower or "" (neither); barrier is a sentence that says why the
    two sides are not compared, or ""; widest is the largest difference the scale allows.
    """

    persona_id: str
    object: str
    id: str
    touchpoint_id: str
    name: str
    metric: str
    unit: str
    better: str
    now: Sample
    before: Sample
    barrier: str = ""
    widest: float | None = None


def choose_kind(metric: str) -> str:
    """Return what people give to a metric of that name or kind: shares, nps, durations, else means.

    Examples
    --------
    >>> choose_kind("csat"), choose_kind("ces")
    ('share', 'mean')
    """
    return SAMPLE_KINDS.get(metric, "mean")


def find_absence(touchpoint_id: str, *, now: tuple, before: tuple) -> str:
    """Say that a touchpoint exists in one wave only, or return "".

    Each side is (its study, how many people were heard there); reads touchpoints and wave of the study.

    Examples
    --------
    >>> import pandas as pd
    >>> from types import SimpleNamespace as Study
    >>> new = pd.DataFrame({"touchpoint_id": ["code"], "name": ["Code for a friend"]})
    >>> sides = [(Study(wave="w2", touchpoints=new), 40), (Study(wave="w1", touchpoints=new[:0]), 0)]
    >>> find_absence("code", now=sides[0], before=sides[1])
    '“Code for a friend” is only in w2 (added): no test.'
    """
    for (side, _), (other, n_other), change in ((now, before, "added"), (before, now, "removed")):
        names = name_touchpoints(side)
        if not n_other and touchpoint_id in names and touchpoint_id not in name_touchpoints(other):
            return f"“{names[touchpoint_id]}” is only in {side.wave} ({change}): no test."
    return ""


def name_touchpoints(*sides) -> dict[str, str]:
    """Return the names of touchpoints by id, in their order; the first study that has one names it.

    Examples
    --------
    >>> import pandas as pd
    >>> from types import SimpleNamespace as Study
    >>> name_touchpoints(Study(touchpoints=pd.DataFrame({"touchpoint_id": ["pay"], "name": ["Payment page"]})))
    {'pay': 'Payment page'}
    """
    names: dict[str, str] = {}
    for side in sides:
        for touchpoint_id, name in zip(side.touchpoints["touchpoint_id"], side.touchpoints["name"], strict=True):
            names.setdefault(touchpoint_id, name)
    return names


def find_break(name: str, *, now: tuple, before: tuple) -> str:
    """Say that another question was asked, or on another scale, or return ""; sides are (wave, metric id, metric).

    Examples
    --------
    >>> from types import SimpleNamespace as Metric
    >>> five, seven = (Metric(min=1, max=most, better="higher") for most in (5, 7))
    >>> find_break("Payment page", now=("w2", "csat7", seven), before=("w1", "csat", five))
    '“Payment page”: w2 asked csat7 (scale 1 to 7), w1 asked csat (scale 1 to 5): not comparable, no test.'
    """
    questions = {(one, metric.min, metric.max, metric.better) for _, one, metric in (now, before)}
    if len(questions) == 1:
        return ""
    told = [f"{wave} asked {one} (scale {metric.min:g} to {metric.max:g})" for wave, one, metric in (now, before)]
    return f"“{name}”: {told[0]}, {told[1]}: not comparable, no test."
