"""Writes the answers of the example as its tools would export them: a wide survey, reviews, tickets, posts, figures."""

import numpy as np
import pandas as pd
from numpy.random import Generator
from pandas import DataFrame, Series

from cjm_helpers.teach.script import Script

NOT_MET, NO_ANSWER, NO_RECOMMENDATION = "8", "9", "99"
CODES = {"country": {"Germany": "1", "Austria": "2", "Netherlands": "3"}, "children": {"yes": "1", "no": "2"},
         "buys_for": {"self": "1", "household": "2", "someone else": "3"}}  # fmt: skip
MONTHS = tuple(str(month) for month in pd.period_range("2024-10", "2026-09", freq="M"))
LAST_MONTH_BEFORE, FIRST_MONTH_AFTER = "2026-06", "2026-09"
PERSONA_SPREAD = 0.06  # how far the personas lie apart, as a share of the figure
MONTH_SPREAD = 0.10  # of the number of cases


def make_survey(
    people: DataFrame, *, feelings: DataFrame, recommend: Series, ease: Series, comments: DataFrame
) -> DataFrame:
    """Make the wide export of one wave: one row a customer, one column a question, codes for what was not said.

    Examples
    --------
    >>> people = DataFrame([{"customer_id": "c1", "number": "1", "date": "2026-03-04", "country": "Austria", "age": 30,
    ...                      "children": "no", "buys_for": "self", "orders_a_year": 3, "compares": 4}])
    >>> none = DataFrame({"customer_id": [], "touchpoint_id": [], "score": []})
    >>> said = DataFrame({"author_id": [], "feedback_id": [], "true_touchpoint_id": [], "text": [], "consent": []})
    >>> ease = Series(dtype=float)
    >>> export = make_survey(people, feelings=none, recommend=Series([9.0]), ease=ease, comments=said)
    >>> export[["date", "country", "help_ease", "recommend"]].to_numpy().tolist()
    [['04.03.2026', '2', '8', '9']]
    """
    export = people[["number", "date", "country", "age", "children", "buys_for", "orders_a_year", "compares"]].copy()
    export["date"] = pd.to_datetime(export["date"]).dt.strftime("%d.%m.%Y")
    for column, codes in CODES.items():
        export[column] = export[column].map(codes)
    for touchpoint_id, same in feelings.groupby("touchpoint_id", sort=False):
        scores = same.set_index("customer_id")["score"].map("{:.0f}".format, na_action="ignore").fillna(NO_ANSWER)
        export[f"q_{touchpoint_id}"] = people["customer_id"].map(scores).fillna(NOT_MET)
    export["help_ease"] = people["customer_id"].map(ease).map("{:.0f}".format, na_action="ignore").fillna(NOT_MET)
    export["recommend"] = recommend.map("{:.0f}".format, na_action="ignore").fillna(NO_RECOMMENDATION)
    said = comments.set_index("author_id")
    names = {"comment_id": "feedback_id", "comment_on": "true_touchpoint_id", "comment": "text", "may_quote": "consent"}
    for column, source in names.items():
        export[column] = people["customer_id"].map(said[source]).fillna("")
    return export.astype("str")


def make_figures(script: Script, *, generator: Generator) -> DataFrame:
    """Make the monthly figures of the shop's systems: one row a figure, month and persona.

    Examples
    --------
    >>> from cjm_helpers.teach.script import read_script
    >>> figures = make_figures(read_script(), generator=np.random.default_rng(0))
    >>> figures["month"].nunique()
    24
    """
    rows = []
    for kpi_id, planted in script.truth["figures"].items():
        for number, (persona_id, persona) in enumerate(script.truth["personas"].items()):
            said = {**planted, **persona["abandonment"]} if kpi_id == "checkout_abandonment" else planted
            lean = 1.0 if said is not planted else 1 + PERSONA_SPREAD * (number - 1.5) / 1.5
            rows += [_read_month(kpi_id, persona_id, month, said, lean, generator) for month in MONTHS]
    return DataFrame(rows).fillna("").sort_values(["kpi_id", "month"], kind="stable", ignore_index=True)


def _read_month(kpi_id: str, persona_id: str, month: str, said: dict, lean: float, generator: Generator) -> dict:
    level = _level(month, said) * lean
    cases = int(said["cases"] * (1 + MONTH_SPREAD * generator.uniform(-1, 1)))
    row = {"kpi_id": kpi_id, "month": month, "persona_id": persona_id}
    if "sd" in said:
        value = level + generator.normal(0, said["sd"] / np.sqrt(cases))
        return row | {"value": f"{value:.2f}", "sd": f"{said['sd']:.2f}", "n": f"{cases}"}
    share = min(level, 0.98)
    return row | {"numerator": f"{generator.binomial(cases, share)}", "denominator": f"{cases}"}


def _level(month: str, said: dict) -> float:
    """Return the planted figure of a month: before until June, then step by step to the one after."""
    months_since = MONTHS.index(month) - MONTHS.index(LAST_MONTH_BEFORE)
    steps = MONTHS.index(FIRST_MONTH_AFTER) - MONTHS.index(LAST_MONTH_BEFORE)
    share = min(max(months_since / steps, 0.0), 1.0)
    return said["before"] + (said["after"] - said["before"]) * share
