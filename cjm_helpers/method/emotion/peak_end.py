"""Peak and end of the emotion curve, beside its mean."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from cjm_helpers.errors import OrderMissing
from cjm_helpers.method.answers import FEELING_HIGH, FEELING_LOW, average_customers, choose_emotion, weights_of
from cjm_helpers.method.order import list_stages, order_touchpoints
from cjm_helpers.stats.intervals import estimate_mean
from cjm_helpers.stats.peak_end import FIGURES, estimate_peak_end, read_curves
from cjm_helpers.stats.suppression import suppress_small

LEAST_RATED = 3  # touchpoints: with fewer, a customer's peak and end are hardly two things
COLUMNS = [
    "basis", "figure", "touchpoint_id", "value", "n", "lo", "hi", "method", "flag", "share_picked", "touchpoints",
    "left_out",
]  # fmt: skip


def measure_peak_end(
    responses: pd.DataFrame,
    touchpoints: pd.DataFrame,
    *,
    metrics: Mapping,
    emotion: Sequence[str],
    stages=(),
    min_n: int = 5,
    seed: int = 0,
    bootstraps: int = 1000,
) -> pd.DataFrame:
    """Measure peak, end and their mean beside the mean, highest, lowest and first feeling of the journey.

    Peak-end is a companion of the mean, not a better score: over 174 effects it told the overall evaluation as well as
    the plain mean did, and better than the first moment, the trend and the duration (Alaybek et al. 2022).

    Parameters
    ----------
    responses, touchpoints
        Reads touchpoint_id, customer_id, metric, score, count, weight; touchpoint_id, stage, position.
    metrics, emotion
        The metrics of study.toml, and the ids of those that tell emotion.
    stages
        The declared stages in order; others follow.
    min_n
        A touchpoint rated by fewer customers is not on the curve.
    seed, bootstraps
        For the intervals of the curve.

    Returns
    -------
    DataFrame
        basis (curve: figures of the curve of means; customer: each customer's own figures, averaged over those who
        rated three touchpoints or more), figure (peak, end, peak_end, mean, highest, lowest, first; a peak is the
        feeling farthest from 0, good or bad), touchpoint_id (of the curve), value (-2 to 2), n (customers), lo, hi,
        method, flag, share_picked (share of the draws in which the same touchpoint was found), touchpoints (on the
        curve), left_out (rated, but by too few customers or not among the touchpoints).

    Raises
    ------
    OrderMissing
        When a rated touchpoint has no position although others of its stage have one.
    ParameterError, ScoresOutsideScale
        As in `summarise_emotion`.

    Source: Fredrickson & Kahneman (1993); bootstrap over customers of the curve, t intervals of customers' own figures.

    Examples
    --------
    >>> from types import SimpleNamespace as Metric
    >>> csat = {"csat": Metric(min=1, max=5, better="higher")}
    >>> places = [(place, f"c{i}", score) for place, score in (("ad", 4), ("pay", 1)) for i in range(5)]
    >>> responses = pd.DataFrame(places, columns=["touchpoint_id", "customer_id", "score"])
    >>> responses = responses.assign(metric="csat", count=1, weight=np.nan)
    >>> shop = pd.DataFrame({"touchpoint_id": ["ad", "pay"], "stage": ["Notice", "Buy"], "position": [1, 1]})
    >>> table = measure_peak_end(responses, shop, metrics=csat, emotion=("csat",))
    >>> table[["figure", "touchpoint_id", "value"]].head(4).values.tolist()
    [['peak', 'pay', -2.0], ['end', 'pay', -2.0], ['peak_end', '', -2.0], ['mean', '', -0.5]]
    """
    answers = choose_emotion(responses, metrics=metrics, emotion=emotion)
    people = average_customers(answers, columns=("feeling",))
    raters = people["touchpoint_id"].value_counts()
    rated = touchpoints[touchpoints["touchpoint_id"].isin(raters.index[raters >= min_n])]
    if rated.empty:
        return pd.DataFrame(columns=COLUMNS)
    _check_order(touchpoints, rated)
    shown = list(order_touchpoints(rated, stages=list_stages(touchpoints, stages=stages))["touchpoint_id"])
    feelings, weights = _spread(people, shown)
    curve = estimate_peak_end(feelings, weights=weights, bootstraps=bootstraps, seed=seed)
    own = pd.DataFrame(_average_own(feelings, weights))
    curve[["lo", "hi"]] = curve[["lo", "hi"]].clip(FEELING_LOW, FEELING_HIGH)
    table = pd.concat([curve.rename(columns={"moment": "touchpoint_id"}).assign(basis="curve"), own], ignore_index=True)
    table = table.assign(touchpoints=len(shown), left_out=len(raters) - len(shown))
    return suppress_small(table, min_n=min_n)[COLUMNS]


def _check_order(touchpoints, rated) -> None:
    placed = set(touchpoints.loc[touchpoints["position"].notna(), "stage"])
    loose = rated[rated["position"].isna() & rated["stage"].isin(placed)]
    if len(loose):
        raise OrderMissing(sorted(loose["touchpoint_id"]))


def _spread(people, shown: list[str]) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """Return feelings and weights, one row a person and one column a touchpoint in order."""
    wide = people.pivot(index="person", columns="touchpoint_id")
    return wide["feeling"][shown], None if weights_of(people) is None else wide["weight"][shown]


def _average_own(feelings, weights):
    """Average the figures that each customer's own curve has, over customers who rated enough touchpoints."""
    own = feelings[feelings.notna().sum(axis=1) >= LEAST_RATED]
    values, _ = read_curves(own) if len(own) else (np.empty((0, len(FIGURES))), None)
    heavy = None if weights is None else weights.loc[own.index].mean(axis=1)
    for figure, column in zip(FIGURES, values.T):
        mean = estimate_mean(column, weights=heavy, low=FEELING_LOW, high=FEELING_HIGH)
        yield {"basis": "customer", "figure": figure, "touchpoint_id": "", **mean._asdict()}
