"""Writes the answers of an example as its tools would export them: a wide survey, reviews, tickets, posts, figures."""

import numpy as np
import pandas as pd
from numpy.random import Generator
from pandas import DataFrame, Series

from cjm_helpers.teach.script import Script

NOT_MET, NO_ANSWER, NO_RECOMMENDATION = "8", "9", "99"
PERSONA_SPREAD = 0.06  # how far the personas lie apart, as a share of the figure
MONTH_SPREAD = 0.10  # of the number of cases


def make_survey(
    people: DataFrame, *, feelings: DataFrame, recommend: Series, ease: Series, comments: DataFrame, form: dict
) -> DataFrame:
    """Make the wide export of one wave: one row a customer, one column a question, codes for what was not said.

    form is what setting.toml says of the survey: the columns about the person, their codes and the question of ease.

    Examples
    --------
    >>> people = DataFrame([{"customer_id": "c1", "number": "1", "date": "2026-03-04", "country": "Austria"}])
    >>> none = DataFrame({"customer_id": [], "touchpoint_id": [], "score": []})
    >>> said = DataFrame({"author_id": [], "feedback_id": [], "true_touchpoint_id": [], "text": [], "consent": []})
    >>> form = {"asked": ["country"], "codes": {"country": {"Austria": "2"}}, "ease": "help_ease"}
    >>> ease, recommend = Series(dtype=float), Series([9.0])
    >>> export = make_survey(people, feelings=none, recommend=recommend, ease=ease, comments=said, form=form)
    >>> export[["date", "country", "help_ease", "recommend"]].to_numpy().tolist()
    [['04.03.2026', '2', '8', '9']]
    """
    export = people[["number", "date", *form["asked"]]].copy()
    export["date"] = pd.to_datetime(export["date"]).dt.strftime("%d.%m.%Y")
    for column, codes in form["codes"].items():
        export[column] = export[column].map(codes)
    for touchpoint_id, same in feelings.groupby("touchpoint_id", sort=False):
        scores = same.set_index("customer_id")["score"].map("{:.0f}".format, na_action="ignore").fillna(NO_ANSWER)
        export[f"q_{touchpoint_id}"] = people["customer_id"].map(scores).fillna(NOT_MET)
    eases = people["customer_id"].map(ease).map("{:.0f}".format, na_action="ignore")
    export[form["ease"]] = eases.fillna(NOT_MET)
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
    personas, by_persona = script.truth["personas"], script.setting["figure_by_persona"]
    middle = (len(personas) - 1) / 2
    for kpi_id, planted in script.truth["figures"].items():
        for number, (persona_id, persona) in enumerate(personas.items()):
            said = {**planted, **persona[by_persona[kpi_id]]} if kpi_id in by_persona else planted
            lean = 1.0 if said is not planted else 1 + PERSONA_SPREAD * (number - middle) / middle
            row = {"kpi_id": kpi_id, "persona_id": persona_id}
            shares = _share_by_month(script.setting["months"])
            rows += [row | _read_month(month, share, said, lean, generator) for month, share in shares.items()]
    columns = ["kpi_id", "month", "persona_id", "numerator", "denominator", "value", "sd", "n"]
    figures = DataFrame(rows).reindex(columns=columns).fillna("")
    return figures.sort_values(["kpi_id", "month"], kind="stable", ignore_index=True)


def _read_month(month: str, share_of_change: float, said: dict, lean: float, generator: Generator) -> dict:
    level = (said["before"] + (said["after"] - said["before"]) * share_of_change) * lean
    cases = int(said["cases"] * (1 + MONTH_SPREAD * generator.uniform(-1, 1)))
    if "sd" in said:
        value = level + generator.normal(0, said["sd"] / np.sqrt(cases))
        return {"month": month, "value": f"{value:.2f}", "sd": f"{said['sd']:.2f}", "n": f"{cases}"}
    share = min(level, 0.98)
    return {"month": month, "numerator": f"{generator.binomial(cases, share)}", "denominator": f"{cases}"}


def _share_by_month(months: dict) -> dict[str, float]:
    """Return, for each month, how much of the planted change there is: none at first, then step by step all of it."""
    names = list_months(months)
    start, end = names.index(months["last_before"]), names.index(months["first_after"])
    return {month: min(max((at - start) / (end - start), 0.0), 1.0) for at, month in enumerate(names)}


def list_months(months: dict) -> list[str]:
    """List the months of which there are figures.

    Examples
    --------
    >>> list_months({"first": "2026-07", "first_after": "2026-09"})
    ['2026-07', '2026-08', '2026-09']
    """
    return [str(month) for month in pd.period_range(months["first"], months["first_after"], freq="M")]
