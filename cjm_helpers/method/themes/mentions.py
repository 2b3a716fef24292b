"""Mentions: the people behind every code at one touchpoint, how strongly they feel, and who says the opposite."""

from collections.abc import Iterable, Mapping
from statistics import fmean, stdev

import pandas as pd

from cjm_helpers.stats.differences import compare_means
from cjm_helpers.stats.intervals import estimate_mean, estimate_proportion
from cjm_helpers.stats.suppression import flag_sample
from cjm_helpers.worksheets import NOTHING_FITS

SEVERE = (0.75, 1.5)  # gap of feeling, on -2..2, from which severity is 2 and 3
NOTHING = float("nan")
EMPTY = {
    "k": NOTHING, "value": NOTHING, "lo": NOTHING, "hi": NOTHING, "method": "", "mean_sentiment": NOTHING,
    "severity": NOTHING, "gap": NOTHING, "gap_lo": NOTHING, "gap_hi": NOTHING, "counter": NOTHING, "feedback_ids": "",
    "quote_id": "",
}  # fmt: skip
NO_INTERVAL = {"gap_lo": NOTHING, "gap_hi": NOTHING}  # interviews are counted in whole people


def count_mentions(
    here: pd.DataFrame, *, codes: Mapping[str, dict], min_n: int = 5, ratings: dict | None = None
) -> list[dict]:
    """Count every code among the people heard at one touchpoint.

    Columns read of here: code_id, feedback_id, person_id, is_interview, emotion; of codes (by code_id): label, valence,
    parent. ratings: what people at the touchpoint said they felt, by person_id. Customers come first; people
    interviewed are counted where too few customers spoke. Where there are too few of both, one row without a code says
    so: the mere list of codes would tell what these few said.

    Examples
    --------
    >>> here = pd.DataFrame({"code_id": ["slow", "none"], "feedback_id": ["f1", "f2"], "person_id": ["a", "b"],
    ...                      "is_interview": True, "emotion": [-1.0, 0.0]})
    >>> codes = {"slow": {"label": "Slow", "valence": -1, "parent": ""}}
    >>> [(theme["k"], theme["n"], theme["flag"], theme["severity"]) for theme in count_mentions(here, codes=codes)]
    [(1.0, 2.0, 'counted', 2.0)]
    """
    customers = here[~here["is_interview"]]
    is_counted = here["is_interview"].any() and customers["person_id"].nunique() < min_n
    heard = here[here["is_interview"]] if is_counted else customers
    n, need = heard["person_id"].nunique(), 1 if is_counted else min_n
    flag = "counted" if is_counted else flag_sample(n, min_n=min_n)
    if flag == "suppressed":
        return [{"code_id": "", "label": "", "valence": 0.0, **EMPTY, "n": float(n), "flag": flag}]
    people = _collect(heard["code_id"], heard["person_id"])
    told = heard if is_counted else here
    verbatims = _collect(told["code_id"], told["feedback_id"])
    felt = heard.groupby("person_id")["emotion"].mean().dropna().to_dict()
    themes = []
    for code_id in sorted(set(here["code_id"]) - {NOTHING_FITS}):
        naming = people.get(code_id, set())
        theme = {"code_id": code_id, **_look_up(code_id, codes), **EMPTY, "n": float(n), "flag": flag}
        theme |= {"k": float(len(naming)), "feedback_ids": ";".join(sorted(verbatims.get(code_id, ())))}
        theme |= {} if is_counted else _estimate_share(len(naming), n)
        theme["counter"] = float(len(_name_opposite(code_id, codes=codes, people=people) - naming))
        heard_of = _list_feelings(naming, felt)
        theme["mean_sentiment"] = fmean(heard_of) if len(heard_of) >= need else NOTHING
        theme |= _measure_severity(naming, felt=felt, ratings=ratings, valence=theme["valence"], need=need)
        theme |= NO_INTERVAL if is_counted else {}
        themes.append(theme)
    return [theme for theme in themes if theme["k"] != 0]


def _collect(codes: Iterable[str], names: Iterable[str]) -> dict[str, set[str]]:
    """Return who or what stands beside each code."""
    found: dict[str, set[str]] = {}
    for code_id, name in zip(codes, names, strict=True):
        found.setdefault(code_id, set()).add(name)
    return found


def _look_up(code_id, codes) -> dict:
    if code_id not in codes:
        return {"label": code_id, "valence": 0.0}
    code = codes[code_id]
    valence = float(code["valence"])
    return {"label": code["label"] or code_id, "valence": 0.0 if valence != valence else valence}


def _estimate_share(k: int, n: int) -> dict:
    share = estimate_proportion(k, n)
    return {"value": share.value, "lo": share.lo, "hi": share.hi, "method": share.method}


def _name_opposite(code_id, *, codes, people: dict) -> set:
    """People who name a code of opposite valence under the same parent."""
    code = codes.get(code_id)
    if code is None or not code["parent"] or not abs(code["valence"]) > 0:
        return set()
    place = code["parent"], -code["valence"]
    opposite = [other for other, facts in codes.items() if (facts["parent"], facts["valence"]) == place]
    return set().union(*(people.get(other, set()) for other in opposite))


def _measure_severity(naming: set, *, felt: dict, ratings: dict | None, valence: float, need: int) -> dict:
    """Measure how much worse (of a delight: better) those feel who name the code, and grade that 1, 2 or 3.

    What coders heard comes first, for it is of the same people as k of n; where they noted too little, people's own
    ratings count. With too few others to compare with, the gap is that to neutral. One person or two give no interval.
    """
    if sum(person in felt for person in naming) < need:
        felt = ratings or {}
    own, others = _list_feelings(naming, felt), _list_feelings(felt.keys() - naming, felt)
    if valence == 0 or len(own) < need:
        return {}
    is_enough = len(others) >= need
    gap = compare_means(_sum_up(own), _sum_up(others)) if is_enough else estimate_mean(own, low=-2, high=2)
    severity = float(1 + sum(gap.value * valence >= bound for bound in SEVERE))
    return {"severity": severity, "gap": gap.value, "gap_lo": gap.lo, "gap_hi": gap.hi}


def _list_feelings(people, felt: dict) -> list[float]:
    return [felt[person] for person in sorted(people) if person in felt]


def _sum_up(feelings: list[float]) -> tuple[float, float, float]:
    """Mean, standard deviation and number, as compare_means takes them."""
    spread = stdev(feelings) if len(feelings) > 1 else 0.0
    return fmean(feelings), spread, float(len(feelings))
