"""Lets two coders read the verbatims of an example: they agree mostly, and on one vague code they do not."""

import numpy as np
import pandas as pd
from numpy.random import Generator
from pandas import DataFrame

from cjm_helpers.teach.script import NOTHING_FITS, Script

DECISIONS = 28
LINKED_BY_HAND = 0.6  # of the verbatims that name no touchpoint
TEXTS_A_DAY = 45
EMOTION_CHANCE = 0.5
NO_EMOTION = 0.06
NOTED = 0.02
NOTES = ("ironic?", "two things in one", "hard to say", "quote for the map?", "see the ticket before", "borderline")
REASONS = {
    "yes": ("Read again together: it is said in the second sentence.", "The customer means it, though in passing.",
            "Fits the include rule.", "Said twice, in other words."),
    "no": ("Only mentioned, not felt as such.", "Belongs to another code of the tree.", "The exclude rule applies.",
           "We read more into it than is there."),
}  # fmt: skip


def make_codings(feedback: DataFrame, *, script: Script, generator: Generator) -> dict[str, DataFrame]:
    """Make the codings of both coders.

    Parameters
    ----------
    feedback
        Verbatims in the order they are read, with wave, true_codes and feeling.
    script
        What was written by hand: codebook, truth and team.
    generator
        The source of chance.

    Returns
    -------
    dict
        By coder: feedback_id, coder_id, code_id, emotion, note, date.

    Examples
    --------
    >>> from cjm_helpers.teach.script import read_script
    >>> said = DataFrame({"feedback_id": ["f1"], "wave": ["2026-03"], "true_codes": ["page_slow"], "feeling": [-1.0]})
    >>> sorted(make_codings(said, script=read_script(), generator=np.random.default_rng(0)))
    ['anna', 'ben']
    """
    chance = generator.random(len(feedback))
    both = script.truth["coders"]["coded_by_both"]
    is_first = chance < both + (1 - both) / 2
    is_second = (chance < both) | ~is_first
    shares = zip(script.setting["team"]["coders"], (feedback[is_first], feedback[is_second]), strict=True)
    return {coder: _read(texts, coder, script=script, generator=generator) for coder, texts in shares}


def _read(texts: DataFrame, coder: str, *, script: Script, generator: Generator) -> DataFrame:
    rows = []
    day = texts.groupby("wave").cumcount() // TEXTS_A_DAY
    first_day = pd.to_datetime(texts["wave"].map(script.setting["team"]["first_day_of_coding"]))
    dates = first_day + pd.to_timedelta(day, unit="D")
    for row, date in zip(texts.to_dict("records"), dates.dt.strftime("%Y-%m-%d"), strict=True):
        emotion = int(np.clip(round(row["feeling"] + generator.normal(0, EMOTION_CHANCE)), -2, 2))
        shared = {"feedback_id": row["feedback_id"], "coder_id": coder, "date": date}
        shared["emotion"] = "" if generator.random() < NO_EMOTION else f"{emotion}"
        shared["note"] = str(generator.choice(NOTES)) if generator.random() < NOTED else ""
        given = _give_codes(row["true_codes"].split(";"), script, generator)
        rows += [{**shared, "code_id": code_id} for code_id in given]
    return DataFrame(rows)


def _give_codes(true_codes: list[str], script: Script, generator: Generator) -> list[str]:
    """Return the codes a coder sees: most that apply, now and then a neighbour, the poor code as by a coin."""
    coders, valence, parent = script.truth["coders"], script.valence, script.parent
    poor = coders["poor_code"]
    chances = {poor: (coders["poor_finds"], coders["poor_adds"])}
    given = []
    for code_id, above in parent.items():
        is_neighbour = any(parent.get(code) == above and valence[code] == valence[code_id] for code in true_codes)
        finds, adds = chances.get(code_id, (coders["finds"], coders["adds"]))
        if code_id == poor:
            is_neighbour = any(valence[code] in (0, valence[poor]) for code in true_codes)
        chance = finds if code_id in true_codes else adds * is_neighbour
        if above and generator.random() < chance:
            given.append(code_id)
    return given or [NOTHING_FITS]


def make_decisions(codings: dict[str, DataFrame], *, feedback: DataFrame, generator: Generator) -> DataFrame:
    """Make what the coders decided together about texts they had coded differently: the first ones, as teams do.

    Examples
    --------
    >>> said = DataFrame({"feedback_id": ["f1"], "true_codes": ["page_slow"]})
    >>> coded = {name: DataFrame({"feedback_id": ["f1"], "code_id": [code]}) for name, code in
    ...          [("anna", "page_slow"), ("ben", "payment_steps")]}
    >>> make_decisions(coded, feedback=said, generator=np.random.default_rng(0))["applies"].tolist()
    ['yes', 'no']
    """
    pair = [coding[["feedback_id", "code_id"]] for coding in codings.values()]
    read_by_both = set(pair[0]["feedback_id"]) & set(pair[1]["feedback_id"])
    split = pd.concat(pair).drop_duplicates(keep=False)
    split = split[split["feedback_id"].isin(read_by_both) & split["code_id"].ne(NOTHING_FITS)]
    split = split.sort_values(["feedback_id", "code_id"]).head(DECISIONS)
    truth = feedback.set_index("feedback_id")["true_codes"]
    applies = ["yes" if row.code_id in truth[row.feedback_id].split(";") else "no" for row in split.itertuples()]
    reasons = [str(generator.choice(REASONS[answer])) for answer in applies]
    return split.assign(applies=applies, decided_by=";".join(codings), reason=reasons)


def make_alignments(feedback: DataFrame, *, coders: list[str], generator: Generator) -> DataFrame:
    """Make the links that people drew from verbatims that name no touchpoint.

    Examples
    --------
    >>> said = DataFrame({"feedback_id": ["m1"], "touchpoint_id": [""], "true_touchpoint_id": ["payment"]})
    >>> make_alignments(said, coders=["anna"], generator=np.random.default_rng(0)).columns.tolist()
    ['feedback_id', 'touchpoint_id', 'decided_by']
    """
    open_ones = feedback[feedback["touchpoint_id"].eq("")]
    linked = open_ones[generator.random(len(open_ones)) < LINKED_BY_HAND]
    links = linked[["feedback_id", "true_touchpoint_id"]].rename(columns={"true_touchpoint_id": "touchpoint_id"})
    return links.assign(decided_by=generator.choice(coders, size=len(linked)))
