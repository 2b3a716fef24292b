"""Reads what was written by hand for an example: its worksheets, its sentences and the truth to be planted."""

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd
from pandas import DataFrame

FOLDER = Path(__file__).parent
FIRST = "retail_checkout"
NOTHING_FITS = "none"
HEADING = re.compile(r"## (?P<touchpoint_id>\w+): (?P<code_id>\w+)(?: \((?P<only>[\w -]+)\))?")
SPEAKER = re.compile(r"# (?P<speaker>P\d+) (?P<persona_id>\w+) (?P<wave>\S+)")


@dataclass(frozen=True)
class Script:
    """All that people wrote for an example.

    worksheets are tables by name; sentences has touchpoint_id, code_id, only (a persona or wave it fits), text;
    tails are lists of closing words by mood; words fill the slots of sentences; interviews has one row a paragraph;
    truth is truth.toml, what is planted; setting is setting.toml, what else is special about the shop.
    """

    truth: dict
    setting: dict
    worksheets: dict[str, DataFrame]
    sentences: DataFrame
    other_sentences: DataFrame
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


def read_script(name: str = FIRST) -> Script:
    """Read everything that was written by hand for an example.

    Returns
    -------
    Script
        Worksheets, sentences, interviews, words, setting and truth.

    Examples
    --------
    >>> script = read_script("retail_checkout")
    >>> len(script.sentences) > 350, script.valence["payment_steps"]
    (True, -1)
    """
    folder = FOLDER / name
    texts, setting = folder / "sentences", _read_toml(folder / "setting.toml")
    return Script(
        truth=read_truth(name),
        setting=setting,
        worksheets={path.stem: _read_sheet(path) for path in sorted(folder.glob("*.csv"))},
        sentences=_read_sentences(texts, setting["sentences"]),
        other_sentences=_read_sentences(texts, setting.get("other_sentences", [])),
        tails=_read_tails(texts / "tails.txt"),
        words=_read_toml(texts / "words.toml"),
        interviews=_read_interviews(texts / "interviews.txt"),
    )


def read_truth(name: str = FIRST) -> dict:
    """Read what is planted in an example.

    Examples
    --------
    >>> read_truth("retail_checkout")["expected"]["top_driver"]
    'payment'
    """
    return _read_toml(FOLDER / name / "truth.toml")


def _read_toml(path: Path) -> dict:
    return tomllib.loads(path.read_text("utf-8"))


def _read_sheet(path: Path) -> DataFrame:
    return pd.read_csv(path, dtype="str", keep_default_na=False)


def _read_sentences(folder: Path, parts: list[str]) -> DataFrame:
    rows, about = [], {}
    for line in (line for part in parts for line in (folder / f"{part}.txt").read_text("utf-8").splitlines()):
        heading = HEADING.fullmatch(line)
        if heading:
            about = {key: value or "" for key, value in heading.groupdict().items()}
        elif line:
            rows.append({**about, "text": line})
    return DataFrame(rows, columns=["touchpoint_id", "code_id", "only", "text"])


def _read_tails(path: Path) -> dict[str, list[str]]:
    tails: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("## "):
            same = tails.setdefault(line.removeprefix("## "), [])
        elif line:
            same.append(line)
    return tails


def _read_interviews(path: Path) -> DataFrame:
    rows, speaker = [], {}
    for line in path.read_text("utf-8").splitlines():
        heading = SPEAKER.fullmatch(line)
        if heading:
            speaker = heading.groupdict()
        elif line:
            about, text = line.split(" | ", 1)
            touchpoint_id, code_id = about.split(": ")
            rows.append({**speaker, "touchpoint_id": touchpoint_id, "code_id": code_id, "text": text})
    return DataFrame(rows)
