"""Finds, for what the team states in an example, the rows that support it, and lets raters judge touchpoints."""

import numpy as np
from numpy.random import Generator
from pandas import DataFrame

from cjm_helpers.teach.script import Script

MOST_IDS = 3
RATING = {"middle": 1.8, "slope": 3.0, "chance": 0.5}
FOR_THE_DECISION = {True: 0.6, False: -0.4}
NO_WEIGHT = 0.1  # of a touchpoint that nobody was asked about


def add_evidence(statements: DataFrame, *, feedback: DataFrame) -> DataFrame:
    """Turn what a statement rests on, such as "payment_steps@payment", into ids of verbatims that exist.

    Parameters
    ----------
    statements
        Rows with evidence and counter (a code, or a code@touchpoint), persona_id and wave where they have them.
    feedback
        Verbatims with feedback_id, true_codes, true_touchpoint_id, persona_id, wave, source.

    Returns
    -------
    DataFrame
        The statements with evidence_ids and counter_evidence_ids in place of evidence and counter.

    Examples
    --------
    >>> said = DataFrame({"feedback_id": ["f1"], "true_codes": ["page_slow"], "true_touchpoint_id": ["payment"],
    ...                   "persona_id": ["gift_buyer"], "wave": ["2026-03"], "source": ["survey"]})
    >>> stated = DataFrame({"evidence": ["page_slow@payment"], "counter": [""]})
    >>> add_evidence(stated, feedback=said)["evidence_ids"].tolist()
    ['f1']
    """
    added = statements.drop(columns=["evidence", "counter"])
    for column, source in (("evidence_ids", "evidence"), ("counter_evidence_ids", "counter")):
        added[column] = [_find_ids(row[source], row, feedback) for row in statements.to_dict("records")]
    return added


def _find_ids(rests_on: str, row: dict, feedback: DataFrame) -> str:
    if not rests_on:
        return ""
    if rests_on.startswith(("P", "kpi:")):
        return _name_source(rests_on, feedback)
    code_id, _, touchpoint_id = rests_on.partition("@")
    is_fit = feedback["true_codes"].str.split(";").map(lambda codes: code_id in codes)
    if touchpoint_id:
        is_fit &= feedback["true_touchpoint_id"].eq(touchpoint_id)
    for column in ("persona_id", "wave"):
        if row.get(column):
            is_fit &= feedback[column].eq(row[column])
    found = feedback[is_fit].sort_values("source", kind="stable")  # interviews first
    return ";".join(found["feedback_id"].head(MOST_IDS))


def _name_source(rests_on: str, feedback: DataFrame) -> str:
    if rests_on.startswith("kpi:"):
        return rests_on.removeprefix("kpi:")
    speakers = rests_on.split("+")
    talks = feedback[feedback["speaker"].isin(speakers)].drop_duplicates("speaker")
    return ";".join(talks["feedback_id"])


def make_ratings(script: Script, *, generator: Generator) -> dict[str, DataFrame]:
    """Make the raters' judgements of each touchpoint: they agree on what matters, and differ in severity.

    Examples
    --------
    >>> from cjm_helpers.teach.script import read_script
    >>> sorted(make_ratings(read_script(), generator=np.random.default_rng(0)))
    ['anna', 'ben', 'chiara']
    """
    touchpoints, raters = script.worksheets["touchpoints"].to_dict("records"), script.setting["team"]["raters"]
    return {rater: DataFrame([_rate(row, rater, script, generator) for row in touchpoints]) for rater in raters}


def _rate(touchpoint: dict, rater: str, script: Script, generator: Generator) -> dict:
    touchpoint_id, team = touchpoint["touchpoint_id"], script.setting["team"]
    weight = min(script.truth["touchpoints"].get(touchpoint_id, {}).get("weight", NO_WEIGHT), 1.0)
    level = RATING["middle"] + RATING["slope"] * weight + team["raters"][rater]
    decides = FOR_THE_DECISION[touchpoint["stage"] in team["decides"]]
    satisfaction, decision = (level + add + generator.normal(0, RATING["chance"]) for add in (0.0, decides))
    return {
        "touchpoint_id": touchpoint_id,
        "rater_id": rater,
        "type": team["meant_otherwise"].get(rater, {}).get(touchpoint_id, touchpoint["type"]),
        "stage": touchpoint["stage"],
        "satisfaction_impact": f"{int(np.clip(round(satisfaction), 1, 5))}",
        "decision_impact": f"{int(np.clip(round(decision), 1, 5))}",
    }
