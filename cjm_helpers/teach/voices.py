"""Lets the customers of an example speak: who says what where, in survey, reviews, tickets and posts."""

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.random import Generator
from pandas import DataFrame

from cjm_helpers.teach.script import Script
from cjm_helpers.teach.verbatims import Composer, Occasion

PREFIX = {"survey": "f", "review": "r", "support": "t", "social": "m", "poll": "p"}
PREFIX_UNREAD = "n"
KNOWN_CUSTOMER = {"survey": 1.0, "review": 0.7, "support": 1.0, "social": 0.0, "poll": 0.5}
NAMES_TOUCHPOINT = {"survey": 1.0, "review": 0.15, "support": 0.5, "social": 0.0, "poll": 0.9}
CALM, LOUD = 0.6, 0.4  # how much everything, and how much what matters and moves, makes people speak
SILENT = 1e-9
ABOUT = ("persona_id", "touchpoint_id", "wave", "feeling")
INTERVIEW_FEELING = 1.4  # of a paragraph with a pain (minus) or a delight (plus)
CONSENT = {"survey": (0.86, 0.06), "review": (0.80, 0.0), "support": (0.62, 0.12), "social": (0.35, 0.0),
           "poll": (0.75, 0.05)}  # fmt: skip


def make_feedback(
    feelings: DataFrame, *, people: DataFrame, script: Script, generator: Generator, said: frozenset[str] = frozenset()
) -> DataFrame:
    """Make what customers wrote, with the truth about each verbatim.

    Parameters
    ----------
    feelings
        One row a customer and touchpoint met.
    people
        Customers, read for customer_id and date.
    script
        What was written by hand.
    generator
        The source of chance.
    said
        Verbatims in small letters that nobody is to say again.

    Returns
    -------
    DataFrame
        feedback_id, customer_id, source, wave, date, touchpoint_id, text, consent, score (stars of a review), and the
        truth: author_id, persona_id, true_touchpoint_id, true_codes, feeling.
    """
    composer = Composer(script, generator, said=set(said))
    spoken = [_let_speak(source, feelings, composer) for source in script.setting["counts"]]
    feedback = pd.concat(spoken, ignore_index=True)
    days = people.set_index("customer_id")["date"]
    is_survey = feedback["source"].eq("survey")
    feedback["date"] = feedback["author_id"].map(days).where(is_survey, _random_days(feedback["wave"], generator))
    feedback = feedback.sort_values(["wave", "date"], kind="stable", ignore_index=True)
    number = feedback.groupby("source").cumcount() + 1
    feedback["feedback_id"] = feedback["source"].map(PREFIX) + number.map("{:04}".format)
    return feedback


def _let_speak(source: str, feelings: DataFrame, composer: Composer) -> DataFrame:
    generator, script = composer.generator, composer.script
    chosen = _choose_speakers(source, feelings, script=script, generator=generator)
    rows = [_speak(row, source, composer) for row in chosen.to_dict("records")]
    spoken = chosen.reset_index(drop=True).join(DataFrame(rows))
    spoken = spoken.rename(columns={"customer_id": "author_id", "touchpoint_id": "true_touchpoint_id"})
    count = len(spoken)
    spoken["customer_id"] = spoken["author_id"].where(generator.random(count) < KNOWN_CUSTOMER[source], "")
    spoken["touchpoint_id"] = spoken["true_touchpoint_id"].where(generator.random(count) < NAMES_TOUCHPOINT[source], "")
    yes, no = CONSENT[source]
    spoken["consent"] = generator.choice(["yes", "no", ""], p=[yes, no, 1 - yes - no], size=count)
    stars = (3 + spoken["feeling"]).round().clip(1, 5)
    return spoken.assign(source=source, score=stars if source == "review" else np.nan)


def _choose_speakers(source: str, feelings: DataFrame, *, script: Script, generator: Generator) -> DataFrame:
    """Choose who speaks about what: what matters and what is felt strongly is spoken of more."""
    weight = {name: touchpoint["weight"] for name, touchpoint in script.truth["touchpoints"].items()}
    loud = (CALM + LOUD * feelings["touchpoint_id"].map(weight)) * (CALM + LOUD * feelings["feeling"].abs())
    if source == "support":
        is_trouble = feelings["feeling"].lt(0) & feelings["touchpoint_id"].map(script.stage).isin(
            script.setting["trouble"]
        )
        loud = loud.where(is_trouble, SILENT)
    shuffled = feelings.assign(turn=generator.random(len(feelings)) ** (1 / loud)).sort_values("turn", ascending=False)
    return (
        shuffled.drop_duplicates("customer_id").head(script.setting["counts"][source]).drop(columns=["turn", "score"])
    )


def _speak(row: dict, source: str, composer: Composer) -> dict:
    text, codes = composer.compose(Occasion(**{name: row[name] for name in ABOUT}, source=source))
    return {"text": text, "true_codes": ";".join(codes)}


def _random_days(waves: pd.Series, generator: Generator) -> pd.Series:
    days = generator.integers(1, 30, size=len(waves))
    return pd.Series([f"{wave}-{day:02}" for wave, day in zip(waves, days, strict=True)], index=waves.index)


def make_unread(
    feelings: DataFrame, *, people: DataFrame, script: Script, generator: Generator, said: frozenset[str]
) -> DataFrame:
    """Make what came in after the coders had finished: words of the newest wave, a few in another language.

    Returns
    -------
    DataFrame
        As `make_feedback`, with asked and lang; empty where the setting names no such words.

    Examples
    --------
    >>> from cjm_helpers.teach.script import read_script
    >>> make_unread(DataFrame(), people=DataFrame(), script=read_script("care_after_purchase"),
    ...             generator=np.random.default_rng(0), said=frozenset()).empty
    True
    """
    unread = script.setting.get("unread")
    if not unread:
        return DataFrame()
    later = replace(script, setting=script.setting | {"counts": unread["counts"]})
    newest = feelings[feelings["wave"].eq(script.truth["waves"][-1])]
    feedback = make_feedback(newest, people=people, script=later, generator=generator, said=said)
    feedback["feedback_id"] = [f"{PREFIX_UNREAD}{number:04}" for number in range(1, len(feedback) + 1)]
    asked = feedback["source"].map(unread["asked"]).fillna("")
    return _say_otherwise(feedback.assign(lang="en", asked=asked), script=script)


def _say_otherwise(feedback: DataFrame, *, script: Script) -> DataFrame:
    """Let those who speak of the same touchpoint with the same feeling say it in the other language instead."""
    feedback, feels = feedback.copy(), np.sign(feedback["feeling"])
    for row in script.other_sentences.itertuples():
        is_fit = feedback["true_touchpoint_id"].eq(row.touchpoint_id) & feels.eq(script.valence[row.code_id])
        free = feedback.index[is_fit & feedback["lang"].eq("en") & feedback["source"].ne("support")]
        chosen = free[row.Index % max(len(free), 1) :][:1]  # not always the first of the month
        feedback.loc[chosen, ["text", "true_codes", "lang"]] = row.text, row.code_id, row.only
    return feedback


def make_interviews(people: DataFrame, *, script: Script, generator: Generator) -> DataFrame:
    """Make the paragraphs of the interviews, each with a customer of its persona and wave.

    Examples
    --------
    >>> from cjm_helpers.teach.people import make_people
    >>> from cjm_helpers.teach.script import read_script
    >>> chance = np.random.default_rng(0)
    >>> script = read_script()
    >>> talks = make_interviews(make_people(script, generator=chance), script=script, generator=chance)
    >>> talks["speaker"].nunique()
    12
    """
    talks = script.interviews.rename(columns={"code_id": "true_codes"})
    order = talks.groupby("speaker").cumcount() + 1
    talks["feedback_id"] = "i" + talks["speaker"].str[1:] + order.map("{:02}".format)
    who, when = {}, {}
    for (speaker, persona_id, wave), _ in talks.groupby(["speaker", "persona_id", "wave"], sort=True):
        is_free = ~people["customer_id"].isin(who.values())
        same = people[is_free & people["persona_id"].eq(persona_id) & people["wave"].eq(wave)]
        who[speaker] = same["customer_id"].iloc[int(generator.integers(len(same)))]
        when[speaker] = f"{wave}-{int(generator.integers(9, 28)):02}"
    feeling = talks["true_codes"].map(script.valence).astype(float) * INTERVIEW_FEELING
    consent = talks["speaker"].eq(script.setting["refuses"]).map({True: "no", False: "yes"})
    asked = talks["touchpoint_id"].map(script.stage).map(script.setting.get("asked", {})).fillna("")
    return talks.assign(
        customer_id=talks["speaker"].map(who), date=talks["speaker"].map(when), source="interview", lang="en",
        asked=asked, consent=consent, true_touchpoint_id=talks["touchpoint_id"], feeling=feeling,
    )  # fmt: skip
