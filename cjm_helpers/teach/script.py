"""Reads what was written by hand for the example: its worksheets, its sentences and the truth to be planted."""

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd
from pandas import DataFrame

FOLDER = Path(__file__).parent / "retail_checkout"
NOTHING_FITS = "none"
HEADING = re.compile(r"## (?P<touchpoint_id>\w+): (?P<code_id>\w+)(?: \((?P<only>[\w -]+)\))?")
SPEAKER = re.compile(r"# (?P<speaker>P\d+) (?P<persona_id>\w+) (?P<wave>\S+)")


@dataclass(frozen=True)
class Script:
    """All that people wrote for the example.

    worksheets are tables by name; sentences has touchpoint_id, code_id, only (a persona or wave it fits), text;
    tails are lists of closing words by mood; words fill the slots of sentences; interviews has one row a paragraph;
    truth is truth.toml.
    """

    truth: dict
    worksheets: dict[str, DataFrame]
    sentences: DataFrame
    tails: dict[str, list[str]]
    words: dict
    interviews: DataFrame

    @cached_property
    def valence(self) -> dict[str, int]:
        book = self.worksheets["codebook"]
        return dict(zip(book["code_id"], book["valence"].astype(int), strict=True)) | {NOTHING_FITS: 0}

    @cached_property
    def parent(self) -> dict[str, str]:
        book = self.worksheets["codebook"]
        return dict(zip(book["code_id"], book["parent"], strict=True))

    @cached_property
    def stage(self) -> dict[str, str]:
        sheet = self.worksheets["touchpoints"]
        return dict(zip(sheet["touchpoint_id"], sheet["stage"], strict=True))

    @cached_property
    def drawers(self) -> dict[str, dict[str, list[tuple[str, str]]]]:
        """The sentences by touchpoint and code, each with the persona or wave it is for; empty = any."""
        drawers: dict = {}
        for row in self.sentences.itertuples():
            drawers.setdefault(row.touchpoint_id, {}).setdefault(row.code_id, []).append((row.only, row.text))
        return drawers


def read_script() -> Script:
    """Read everything that was written by hand for the example.

    Returns
    -------
    Script
        Worksheets, sentences, interviews, words and truth.

    Examples
    --------
    >>> script = read_script()
    >>> len(script.sentences) > 350, script.valence["payment_steps"]
    (True, -1)
    """
    worksheets = {path.stem: _read_sheet(path) for path in sorted(FOLDER.glob("*.csv"))}
    stages = ("awareness", "consideration", "purchase", "payment", "retention", "advocacy")
    return Script(
        truth=read_truth(),
        worksheets=worksheets,
        sentences=pd.concat([_read_sentences(name) for name in stages], ignore_index=True),
        tails=_read_tails(),
        words=tomllib.loads((FOLDER / "sentences" / "words.toml").read_text("utf-8")),
        interviews=_read_interviews(),
    )


def read_truth() -> dict:
    """Read what is planted in the example.

    Examples
    --------
    >>> read_truth()["expected"]["top_driver"]
    'payment'
    """
    return tomllib.loads((FOLDER / "truth.toml").read_text("utf-8"))


def _read_sheet(path: Path) -> DataFrame:
    return pd.read_csv(path, dtype="str", keep_default_na=False)


def _read_lines(name: str) -> list[str]:
    return (FOLDER / "sentences" / f"{name}.txt").read_text("utf-8").splitlines()


def _read_sentences(name: str) -> DataFrame:
    rows, about = [], {}
    for line in _read_lines(name):
        heading = HEADING.fullmatch(line)
        if heading:
            about = {key: value or "" for key, value in heading.groupdict().items()}
        elif line:
            rows.append({**about, "text": line})
    return DataFrame(rows)


def _read_tails() -> dict[str, list[str]]:
    tails: dict[str, list[str]] = {}
    for line in _read_lines("tails"):
        if line.startswith("## "):
            same = tails.setdefault(line.removeprefix("## "), [])
        elif line:
            same.append(line)
    return tails


def _read_interviews() -> DataFrame:
    rows, speaker = [], {}
    for line in _read_lines("interviews"):
        heading = SPEAKER.fullmatch(line)
        if heading:
            speaker = heading.groupdict()
        elif line:
            about, text = line.split(" | ", 1)
            touchpoint_id, code_id = about.split(": ")
            rows.append({**speaker, "touchpoint_id": touchpoint_id, "code_id": code_id, "text": text})
    return DataFrame(rows)
