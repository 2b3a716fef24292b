"""Makes the example of few people and much talk: a clinic visit, with papers, interviews and coders from one seed."""

import re
import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.random import Generator
from pandas import DataFrame, Series

from cjm_helpers.study.sources import import_sources
from cjm_helpers.study.tables import spell_sheet, write_whole
from cjm_helpers.worksheets import NOTHING_FITS, SPECS

FOLDER = Path(__file__).parent / "clinic_visit"
SPEAKER = re.compile(r"# (?P<speaker>P\d+) (?P<persona_id>\w+) (?P<date>\S+) (?P<consent>\w+)")
COMMENT = re.compile(r"(?P<persona_id>\w+) (?P<said>.+\)) (?P<consent>yes|no|unknown)")
SAID = re.compile(r"(?P<place>\S+): (?P<codes>\S+) \((?P<feeling>-?\d)\)")
BY_HAND, NOWHERE = "?", "-"  # before a place that a coder found, and instead of one
NOT_ON_SHEET, NOT_MET, NO_ANSWER, NO_MINUTES, NO_RECOMMENDATION = "7", "8", "9", "999", "99"
PAPERS, FIRST_DAY, DAYS = "ABC", "2026-05-04", 40  # versions; working days in which papers were handed in
AGES, INSURANCES = ("under 40", "40 to 59", "60 and over"), ("private", "statutory")
PRIVATELY_INSURED = 0.15
STEP_OF_MINUTES = 5  # people name round minutes
CODERS, FIRST_DAY_OF_CODING, TEXTS_A_DAY = ("quality", "student"), "2026-07-06", 30
EMOTION_CHANCE, DECISIONS = 0.35, 8
REASONS = {"yes": "Read again together: it is said, in passing.", "no": "Another code says it already."}


@dataclass(frozen=True)
class Clinic:
    """What was written by hand for the example: the truth, the worksheets by name, and all that was said."""

    truth: dict
    sheets: dict[str, DataFrame]
    talks: DataFrame
    comments: DataFrame

    def meets(self, persona_id: str, touchpoint_id: str) -> bool:
        sheet = self.sheets["touchpoints"].set_index("touchpoint_id")
        return persona_id in (sheet.at[touchpoint_id, "persona_ids"] or persona_id).split(";")


def simulate_clinic_visit(folder: str | Path, *, seed: int | None = None) -> Path:
    """Make the example study of the day clinic in a folder, anew and whole; the same seed gives the same bytes.

    Parameters
    ----------
    folder
        Where the study is to stand; its worksheets/, raw/ and imported/ are made anew.
    seed
        The source of all chance; the one of truth.toml unless said.

    Returns
    -------
    Path
        The folder.

    Examples
    --------
    >>> import tempfile
    >>> folder = simulate_clinic_visit(tempfile.mkdtemp())
    >>> sorted(path.name for path in folder.iterdir())
    ['imported', 'raw', 'study.toml', 'truth.toml', 'worksheets']
    """
    folder, clinic = Path(folder), read_clinic()
    start = clinic.truth["seed"] if seed is None else seed
    chance_of_papers, chance_of_coders = (np.random.default_rng([start, part]) for part in range(2))
    for shelf in ("worksheets", "raw", "imported"):
        shutil.rmtree(folder / shelf, ignore_errors=True)
    for name in ("study.toml", "truth.toml"):
        write_whole(folder / name, (FOLDER / name).read_bytes())
    papers = make_papers(clinic, generator=chance_of_papers)
    export = papers.drop(columns="persona_id").to_csv(None, sep=";", index=False, lineterminator="\n")
    write_whole(folder / "raw" / "paper_survey.csv", export.encode("utf-8"))
    feedback = _gather_feedback(clinic, papers, generator=chance_of_papers)
    _write_worksheets(folder / "worksheets", clinic, feedback, generator=chance_of_coders)
    import_sources(folder)
    return folder


def read_clinic() -> Clinic:
    """Read everything that was written by hand for the example.

    Examples
    --------
    >>> clinic = read_clinic()
    >>> clinic.talks["speaker"].nunique(), clinic.meets("companion", "leaflet")
    (12, False)
    """
    files = {file.relative_to(FOLDER).with_suffix("").as_posix(): file for file in sorted(FOLDER.rglob("*.csv"))}
    sheets = {name: pd.read_csv(file, dtype="str", keep_default_na=False) for name, file in files.items()}
    truth = tomllib.loads((FOLDER / "truth.toml").read_text("utf-8"))
    return Clinic(truth, sheets, _read_talks(), _read_comments())


def _read_talks() -> DataFrame:
    rows, speaker, order = [], {}, 0
    for line in (FOLDER / "interviews.txt").read_text("utf-8").splitlines():
        heading = SPEAKER.fullmatch(line)
        if heading:
            speaker, order = heading.groupdict(), 0
            continue
        order += 1
        about, text = line.split(" | ")
        ids = {"feedback_id": f"i{speaker['speaker'][1:]}{order:02}", "source": "interview"}
        rows.append({**ids, **speaker, **SAID.fullmatch(about).groupdict(), "text": text})
    return DataFrame(rows)


def _read_comments() -> DataFrame:
    rows = []
    for line in (FOLDER / "comments.txt").read_text("utf-8").splitlines()[1:]:
        about, text = line.split(" | ")
        row = COMMENT.fullmatch(about).groupdict()
        ids = {"feedback_id": f"w{len(rows) + 1:02}", "source": "survey"}
        rows.append({**ids, **row, **SAID.fullmatch(row["said"]).groupdict(), "text": text})
    return DataFrame(rows).drop(columns="said")


def make_papers(clinic: Clinic, *, generator: Generator) -> DataFrame:
    """Make the papers as they were typed in: one row a patient, one column a question, codes for what was not said.

    Examples
    --------
    >>> papers = make_papers(read_clinic(), generator=np.random.default_rng(0))
    >>> len(papers), papers["version"].value_counts().tolist()
    (36, [12, 12, 12])
    """
    personas = [name for name, persona in clinic.truth["personas"].items() for _ in range(persona["patients"])]
    versions = [PAPERS[number % len(PAPERS)] for number in range(len(personas))]
    rows = [_fill_paper(*pair, clinic, generator) for pair in zip(personas, versions, strict=True)]
    papers = DataFrame([rows[place] for place in generator.permutation(len(rows))])
    days = pd.bdate_range(FIRST_DAY, periods=DAYS)[np.sort(generator.integers(DAYS, size=len(papers)))]
    papers.insert(0, "number", [f"{number:02}" for number in range(1, len(papers) + 1)])
    papers.insert(1, "handed_in", days.strftime("%d.%m.%Y"))
    return papers


def _fill_paper(persona_id: str, version: str, clinic: Clinic, generator: Generator) -> dict:
    persona, spread = clinic.truth["personas"][persona_id], clinic.truth["spread"]
    session = int(generator.integers(2))
    least, most = persona["visits"]
    paper = {
        "persona_id": persona_id, "version": version, "session": f"{session + 1}",
        "visits": f"{generator.integers(least, most + 1)}", "came_as": "2" if persona_id == "companion" else "1",
        "age_group": str(generator.choice(AGES, p=persona["ages"])),
        "insurance": INSURANCES[int(generator.random() > PRIVATELY_INSURED)],
    }  # fmt: skip
    mood = generator.normal(0, spread["mood"])
    for touchpoint_id, planted in clinic.truth["touchpoints"].items():
        if planted["papers"]:
            feeling = planted["feeling"] + persona["shift"].get(touchpoint_id, 0) + mood
            mark = _give_mark(feeling + generator.normal(0, spread["chance"]))
            mark = NO_ANSWER if generator.random() < spread["no_answer"] else mark
            mark = mark if clinic.meets(persona_id, touchpoint_id) else NOT_MET
            paper[f"m_{touchpoint_id}"] = mark if version in planted["papers"] else NOT_ON_SHEET
    return paper | _answer_the_rest(session, mood, spread, generator)


def _give_mark(feeling: float) -> str:
    return f"{int(np.clip(round(1 + (2 - feeling) / 4 * 5), 1, 6))}"


def _answer_the_rest(session: int, mood: float, spread: dict, generator: Generator) -> dict:
    minutes = list(spread["wait_minutes"].values())[session] * np.exp(generator.normal(0, spread["wait_spread"]))
    know = spread["know_next_base"] + mood + generator.normal(0, spread["know_next_chance"])
    recommend = spread["recommend_base"] + 2 * mood + generator.normal(0, spread["recommend_chance"])
    said = {
        "wait_minutes": (f"{round(minutes / STEP_OF_MINUTES) * STEP_OF_MINUTES}", NO_MINUTES),
        "know_next": (f"{int(np.clip(round(know), 1, 5))}", NO_ANSWER),
        "recommend": (f"{int(np.clip(round(recommend), 0, 10))}", NO_RECOMMENDATION),
    }
    left_out = generator.random(len(said)) < spread["no_answer"]
    return {name: none if is_out else value for (name, (value, none)), is_out in zip(said.items(), left_out)}


def _gather_feedback(clinic: Clinic, papers: DataFrame, *, generator: Generator) -> DataFrame:
    """Return all that was said and written; a comment stands on a paper of its persona."""
    comments = clinic.comments.assign(number="")
    for persona_id, same in comments.groupby("persona_id"):
        numbers = papers.loc[papers["persona_id"].eq(persona_id), "number"]
        comments.loc[same.index, "number"] = generator.choice(numbers, size=len(same), replace=False)
    days = pd.to_datetime(papers.set_index("number")["handed_in"], format="%d.%m.%Y").dt.strftime("%Y-%m-%d")
    written = comments.assign(customer_id="p" + comments["number"], date=comments["number"].map(days))
    feedback = pd.concat([clinic.talks, written], ignore_index=True).fillna({"speaker": "", "customer_id": ""})
    is_named = ~feedback["place"].str.startswith((BY_HAND, NOWHERE))
    feedback["feeling"] = feedback["feeling"].astype(int)
    return feedback.assign(
        touchpoint_id=feedback["place"].where(is_named, ""), lang="en", wave=clinic.truth["waves"][0],
        consent=feedback["consent"].replace("unknown", ""), codes=feedback["codes"].replace(NOWHERE, ""),
    )  # fmt: skip


def _write_worksheets(folder: Path, clinic: Clinic, feedback: DataFrame, *, generator: Generator) -> None:
    codings = make_codings(feedback, clinic=clinic, generator=generator)
    by_hand = feedback[feedback["place"].str.startswith(BY_HAND)]
    links = {"feedback_id": by_hand["feedback_id"], "touchpoint_id": by_hand["place"].str.removeprefix(BY_HAND)}
    speakers = clinic.talks.drop_duplicates("speaker")
    assigned = {"customer_id": speakers["speaker"], "persona_id": speakers["persona_id"], "basis": "person"}
    sheets = clinic.sheets | {
        "feedback": feedback,
        "persona_assignments": DataFrame(assigned),
        "coding_decisions": _decide(codings, feedback.set_index("feedback_id")["codes"]),
        "alignments": DataFrame({**links, "decided_by": CODERS[0]}),
    }
    sheets |= {f"codings/{coder}": own for coder, own in codings.groupby("coder_id")}
    for name, sheet in sheets.items():
        spec = SPECS[name.split("/")[0]]
        known = [column for column in spec.column_names if column in sheet]
        write_whole(folder / f"{name}.csv", spell_sheet(sheet[known].fillna(""), spec=spec))


def make_codings(feedback: DataFrame, *, clinic: Clinic, generator: Generator) -> DataFrame:
    """Let two coders read what was said: most of it both, and on one vague code they do not agree.

    Examples
    --------
    >>> said = DataFrame({"feedback_id": ["i0104"], "codes": ["no_news"], "feeling": [-2]})
    >>> read = make_codings(said, clinic=read_clinic(), generator=np.random.default_rng(0))
    >>> read["code_id"].unique().tolist()
    ['no_news']
    """
    rows = []
    for coder in CODERS:
        for order, text in enumerate(feedback.itertuples()):
            day = pd.Timestamp(FIRST_DAY_OF_CODING) + pd.Timedelta(days=order // TEXTS_A_DAY)
            emotion = int(np.clip(round(text.feeling + generator.normal(0, EMOTION_CHANCE)), -2, 2))
            given = _give_codes(text.codes, clinic, generator)
            shared = {"feedback_id": text.feedback_id, "coder_id": coder, "emotion": f"{emotion}"}
            rows += [{**shared, "date": day.strftime("%Y-%m-%d"), "code_id": code_id} for code_id in given]
    is_alone = Series(generator.random(len(feedback)) > clinic.truth["coders"]["both_read"], feedback["feedback_id"])
    reader = Series(generator.choice(CODERS, size=len(feedback)), feedback["feedback_id"])
    read = DataFrame(rows)
    is_read = ~read["feedback_id"].map(is_alone) | read["coder_id"].eq(read["feedback_id"].map(reader))
    return read[is_read].reset_index(drop=True)


def _give_codes(codes: str, clinic: Clinic, generator: Generator) -> list[str]:
    """Return the codes a coder sees: nearly all that apply, the poor code as by a coin wherever somebody was kind."""
    chances, book = clinic.truth["coders"], clinic.sheets["codebook"].set_index("code_id")
    true, poor = [code for code in codes.split(";") if code], chances["poor_code"]
    is_kind = any(book.at[code, "valence"] == "1" and book.at[code, "parent"] in chances["near"] for code in true)
    given = [code for code in true if code != poor and generator.random() < chances["finds"]]
    if is_kind and generator.random() < chances["poor_finds" if poor in true else "poor_adds"]:
        given.append(poor)
    return given or [NOTHING_FITS]


def _decide(codings: DataFrame, codes: Series) -> DataFrame:
    """Return what the coders decided on the first texts that they had coded differently."""
    pairs = codings.groupby("feedback_id")["coder_id"].transform("nunique").eq(len(CODERS))
    split = codings[pairs].drop_duplicates(["feedback_id", "code_id"], keep=False)
    split = split[split["code_id"].ne(NOTHING_FITS)].sort_values(["feedback_id", "code_id"]).head(DECISIONS)
    applies = ["yes" if row.code_id in codes[row.feedback_id].split(";") else "no" for row in split.itertuples()]
    reasons = [REASONS[answer] for answer in applies]
    return split.assign(applies=applies, decided_by=";".join(CODERS), reason=reasons)
