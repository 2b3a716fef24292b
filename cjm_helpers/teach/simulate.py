"""Makes example studies from a seed: people, what they met and said, and a truth that the methods must find again."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.random import Generator
from pandas import DataFrame

from cjm_helpers.study.sources import import_sources
from cjm_helpers.study.tables import spell_sheet, write_whole
from cjm_helpers.teach import coders, events, evidence, exports, people, voices
from cjm_helpers.teach.aftercare import own
from cjm_helpers.teach.script import FOLDER, Script, read_script
from cjm_helpers.teach.shopping import shop
from cjm_helpers.worksheets import SPECS

PARTS = ("people", "feelings", "outcomes", "voices", "interviews", "coders", "events", "figures", "ratings", "unread")
AS_WRITTEN = ("personas", "touchpoints", "codebook", "goals", "kpis")
SURVEY_SEPARATOR = ";"


@dataclass(frozen=True)
class World:
    """All that happened in the made-up world, before anybody exported or coded it."""

    script: Script
    people: DataFrame
    feelings: DataFrame
    recommend: pd.Series
    ease: pd.Series
    feedback: DataFrame
    unread: DataFrame
    chance: dict[str, Generator]


def simulate_retail_checkout(folder: str | Path, *, seed: int | None = None, truth: dict | None = None) -> Path:
    """Make the example study of the online retailer in a folder, anew and whole.

    The same seed gives the same bytes; events.parquet also asks for the same pyarrow.

    Parameters
    ----------
    folder
        Where the study is to stand; its worksheets/, raw/ and imported/ are made anew.
    seed
        The source of all chance; the one of truth.toml unless said.
    truth
        What to plant instead of truth.toml (see `plant_nothing`); the folder then holds no truth.toml.

    Returns
    -------
    Path
        The folder.

    Examples
    --------
    >>> import tempfile
    >>> folder = simulate_retail_checkout(tempfile.mkdtemp())
    >>> sorted(path.name for path in folder.iterdir())
    ['imported', 'raw', 'study.toml', 'truth.toml', 'worksheets']
    """
    return _simulate("retail_checkout", Path(folder), live=shop, seed=seed, truth=truth)


def simulate_care_after_purchase(folder: str | Path, *, seed: int | None = None, truth: dict | None = None) -> Path:
    """Make the example study of the brand whose support after the purchase fails, as `simulate_retail_checkout` does.

    Examples
    --------
    >>> import tempfile
    >>> folder = simulate_care_after_purchase(tempfile.mkdtemp())
    >>> sorted(path.name for path in folder.iterdir())
    ['imported', 'raw', 'study.toml', 'truth.toml', 'worksheets']
    """
    return _simulate("care_after_purchase", Path(folder), live=own, seed=seed, truth=truth)


def _simulate(name: str, folder: Path, *, live: Callable, seed: int | None, truth: dict | None) -> Path:
    script = read_script(name)
    world = _make_world(script if truth is None else replace(script, truth=truth), seed)
    for shelf in ("worksheets", "raw", "imported"):
        shutil.rmtree(folder / shelf, ignore_errors=True)
    for file in ("study.toml", "truth.toml") if truth is None else ("study.toml",):
        write_whole(folder / file, (FOLDER / name / file).read_bytes())
    _write_exports(folder / "raw", world)
    _write_worksheets(folder / "worksheets", world)
    log = events.make_events(world.people, truth=world.script.truth, live=live, generator=world.chance["events"])
    write_whole(folder / "imported" / "events.parquet", events.spell_events(log))
    import_sources(folder)
    return folder


def _make_world(script: Script, seed: int | None) -> World:
    truth = script.truth
    start = truth["seed"] if seed is None else seed
    chance = {part: np.random.default_rng([start, number]) for number, part in enumerate(PARTS)}
    everyone = people.make_people(script, generator=chance["people"])
    feelings = people.make_feelings(everyone, truth=truth, generator=chance["feelings"])
    recommend = people.make_recommendations(everyone, feelings=feelings, truth=truth, generator=chance["outcomes"])
    ease = people.make_ease(feelings, ease=script.setting["outcome_ease"], generator=chance["outcomes"])
    written = voices.make_feedback(feelings, people=everyone, script=script, generator=chance["voices"])
    spoken = voices.make_interviews(everyone, script=script, generator=chance["interviews"])
    feedback = pd.concat([written, spoken], ignore_index=True).fillna({"speaker": "", "lang": "en"})
    said = frozenset(feedback["text"].str.lower())
    unread = voices.make_unread(feelings, people=everyone, script=script, generator=chance["unread"], said=said)
    return World(script, everyone, feelings, recommend, ease, feedback, unread, chance)


def _write_exports(raw: Path, world: World) -> None:
    """Write what the tools would hand over: the survey of each wave, reviews, tickets, posts, monthly figures."""
    feedback = world.feedback
    surveyed = feedback[feedback["source"].eq("survey")]
    for wave, same in world.people.groupby("wave"):
        survey = exports.make_survey(
            same, feelings=world.feelings[world.feelings["wave"].eq(wave)], recommend=world.recommend[same.index],
            ease=world.ease, comments=surveyed, form=world.script.setting["survey"],
        )  # fmt: skip
        _write_export(raw / f"survey_{wave.replace('-', '_')}.csv", survey, separator=SURVEY_SEPARATOR)
    for source, file in (("review", "reviews.csv"), ("support", "support_tickets.csv"), ("social", "social_posts.csv")):
        said = feedback[feedback["source"].eq(source)]
        columns = ["feedback_id", "date", "customer_id", "touchpoint_id", "text", "consent"]
        said = said[[*columns, "score"]] if source == "review" else said[columns]
        names = {"feedback_id": "id", "touchpoint_id": "about", "score": "stars", "consent": "may_quote"}
        _write_export(raw / file, said.rename(columns=names))
    if len(world.unread):
        columns = ["feedback_id", "date", "source", "customer_id", "touchpoint_id", "asked", "text", "lang", "consent"]
        _write_export(raw / "late_comments.csv", world.unread[columns].rename(columns=names))
    _write_export(raw / "monthly_figures.csv", exports.make_figures(world.script, generator=world.chance["figures"]))


def _write_export(path: Path, table: DataFrame, *, separator: str = ",") -> None:
    text = table.to_csv(None, sep=separator, index=False, float_format="%.0f", lineterminator="\n")
    write_whole(path, text.encode("utf-8"))


def _write_worksheets(folder: Path, world: World) -> None:
    """Write what the team wrote and decided."""
    script, chance, feedback = world.script, world.chance, world.feedback
    sheets = {name: script.worksheets[name] for name in AS_WRITTEN}
    for name in ("statements", "opportunities"):
        sheets[name] = evidence.add_evidence(script.worksheets[name], feedback=feedback)
    sheets["feedback"] = feedback[feedback["source"].eq("interview")]
    codings = coders.make_codings(feedback, script=script, generator=chance["coders"])
    sheets["coding_decisions"] = coders.make_decisions(codings, feedback=feedback, generator=chance["coders"])
    sheets["alignments"] = coders.make_alignments(feedback, coders=list(codings), generator=chance["coders"])
    sheets |= {f"codings/{coder}": coding for coder, coding in codings.items()}
    ratings = evidence.make_ratings(script, generator=chance["ratings"])
    sheets |= {f"touchpoint_ratings/{rater}": rating for rater, rating in ratings.items()}
    for name, sheet in sheets.items():
        spec = SPECS[name.split("/")[0]]
        known = [column for column in spec.column_names if column in sheet]
        write_whole(folder / f"{name}.csv", spell_sheet(sheet[known].fillna(""), spec=spec))
