"""The file that the import desk is about: read, guessed, matched, and made into what the study takes in."""

import calendar
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from pandas import DataFrame

from cjm_helpers.errors import CjmError, FaultsFound
from cjm_helpers.lab.import_match import read_choices, read_questions
from cjm_helpers.lab.import_talks import read_personas
from cjm_helpers.study.folder import Study
from cjm_helpers.study.sources import RAW
from cjm_helpers.study.sources.exports import WORKBOOKS, read_export
from cjm_helpers.study.sources.guesses import DATE, Guess
from cjm_helpers.study.sources.intake import Intake, name_raw
from cjm_helpers.study.sources.rules import read_kind
from cjm_helpers.study.sources.spelling import name_stem, spell_blocks
from cjm_helpers.study.sources.suggest import INTERVIEWS, KPIS, look_around, set_metrics, suggest_import, suggest_table
from cjm_helpers.study.sources.transcripts import KINDS as TALKS
from cjm_helpers.study.sources.transcripts import OTHERS
from cjm_helpers.worksheets import Column

ENDINGS = (".csv", ".tsv", ".gz", *WORKBOOKS, *TALKS)
NEW_WAVE = "+"
STEP = 10  # between the positions of touchpoints, so that one fits in between


class Incoming:
    """A file, or several interviews, on their way into a study: what was guessed, and what people chose."""

    def __init__(self, study: Study, files: dict[str, bytes], *, name: str):
        self.study, self._place = study, TemporaryDirectory()
        self.files = {f"{name}/{file}" if len(files) > 1 else name: content for file, content in files.items()}
        for file, content in self.files.items():
            path = Path(self._place.name) / file
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        self.path = Path(self._place.name) / name if files else study.folder / RAW / name
        self.rows = read_export(self.path)
        self._guess("")
        self.earlier = self._find_likeness()

    def _guess(self, kind: str) -> None:
        study = self.study
        known = {"settings": study.settings, "touchpoints": study.touchpoints, "personas": study.personas}
        self.suggestion = suggest_import(self.path, kind=kind, **known)
        is_known = self.suggestion.kind not in (INTERVIEWS,)
        self.around = look_around(self.rows, **known) if is_known else None

    def read(self, values: dict) -> None:
        """Take over what people chose in the form."""
        if values.get("kind", self.suggestion.kind) != self.suggestion.kind:
            self._guess(values["kind"])
            return
        found = replace(self.suggestion, source=values.get("source", self.suggestion.source))
        if found.kind == INTERVIEWS:
            found = replace(found, interviewers=tuple(values.get("interviewers", found.interviewers)))
        elif values.get("table", found.table) != found.table:
            found = suggest_table(found.file, self.rows, table=values["table"])
        else:
            found = read_choices(found, values, rows=self.rows, around=self.around)
            found = read_questions(found, values, rows=self.rows, study=self.study)
            found = set_metrics(found, self.study.settings)
        self.suggestion = replace(found, wave=self._read_wave(values))

    def find_days(self) -> pd.Series:
        """Return the days of the rows, as far as they can be read."""
        column = next((guess for guess in self.suggestion.list_columns(DATE)), None)
        if self.suggestion.kind == INTERVIEWS:
            column = Guess("date", DATE, "")
        if column is None:
            return pd.Series([], dtype="datetime64[ns]")
        read = read_kind(self.rows[column.column], Column("date", "date", ""), date_format=column.kind)
        return pd.to_datetime(read.texts[read.texts.ne("")])

    def suggest_wave(self) -> str:
        """Return the wave that holds all days of the file; NEW_WAVE where none does, "" without days or waves."""
        days, waves = self.find_days(), self.study.settings.waves
        if days.empty:
            return waves[-1].id if waves else ""
        first, last = days.min().date(), days.max().date()
        holding = [wave.id for wave in waves if wave.start <= first and last <= wave.end]
        is_apart = all(last < wave.start or wave.end < first for wave in waves)
        return holding[0] if holding else NEW_WAVE if is_apart and self.suggestion.kind != KPIS else ""

    def suggest_new_wave(self) -> tuple[str, date, date]:
        """Return id and days of a wave for the file: the month of its answers, or their first and last day."""
        days = self.find_days()
        if days.empty:
            return "", date.today(), date.today()
        first, last = days.min().date(), days.max().date()
        if (first.year, first.month) == (last.year, last.month):
            end = calendar.monthrange(first.year, first.month)[1]
            whole = first.replace(day=1), first.replace(day=end)
            if all(whole[1] < wave.start or wave.end < whole[0] for wave in self.study.settings.waves):
                first, last = whole
        return f"{first:%Y-%m}", first, last

    def make_intake(self, values: dict) -> Intake:
        """Return what the study takes in: files, changes of study.toml, new touchpoints, personas of speakers."""
        touchpoints = self.study.touchpoints
        spelt = spell_blocks(self.suggestion, settings=self.study.settings, taken=tuple(touchpoints["touchpoint_id"]))
        changes = spelt.list_changes(self.study.settings) | self._add_wave(values)
        rows = {"touchpoints": _place_touchpoints(spelt.touchpoints, touchpoints)}
        if self.suggestion.kind == INTERVIEWS:
            rows["persona_assignments"] = read_personas(self.suggestion, self.rows, values=values)
        return Intake(self.files, changes, rows)

    def _find_likeness(self) -> str:
        """Return the latest file brought in before whose columns are the same, or ""."""
        if self.suggestion.kind == INTERVIEWS:
            return ""
        for block in reversed(self.study.settings.imports):
            path = self.study.folder / RAW / block.get("file", "")
            try:
                is_same = path.is_file() and list(read_export(path).columns) == list(self.rows.columns)
            except FaultsFound:
                is_same = False
            if is_same:
                return block["file"]
        return ""

    def repeat(self, values: dict) -> Intake:
        """Return what brings the file in as an earlier one was: the same blocks, with its own name and wave."""
        wave, earlier = self._read_wave(values), self.earlier
        old, new = name_stem(earlier), name_stem(self.suggestion.file)
        blocks = []
        for block in self.study.settings.imports:
            if block.get("file") == earlier:
                columns = {
                    ours: source.replace(f"{old}-", f"{new}-") for ours, source in block.get("columns", {}).items()
                }
                fixed = {name: value for name, value in block.get("fixed", {}).items() if name != "wave"}
                fixed |= {"wave": wave} if wave and block.get("fixed", {}).get("wave") else {}
                again = dict(block) | {"file": self.suggestion.file, "columns": columns, "fixed": fixed}
                blocks.append({key: value for key, value in again.items() if value != {}})
        return Intake(self.files, {"import": [*self.study.settings.imports, *blocks]} | self._add_wave(values))

    def _read_wave(self, values: dict) -> str:
        wave = values.get("wave", self.suggest_wave())
        return values.get("wave_id", self.suggest_new_wave()[0]).strip() if wave == NEW_WAVE else wave

    def _add_wave(self, values: dict) -> dict:
        if values.get("wave", self.suggest_wave()) != NEW_WAVE:
            return {}
        name, first, last = self.suggest_new_wave()
        waves = [{"id": wave.id, "start": wave.start, "end": wave.end} for wave in self.study.settings.waves]
        start, end = read_day(values.get("wave_start", str(first))), read_day(values.get("wave_end", str(last)))
        return {"waves": [*waves, {"id": values.get("wave_id", name).strip(), "start": start, "end": end}]}


def read_day(text: str) -> date:
    """Return a day written as year-month-day.

    Raises
    ------
    CjmError
        With the way to write it.

    Examples
    --------
    >>> read_day("2026-03-14").month
    3
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise CjmError(f"'{text}' is not readable as a day. Write year-month-day, such as 2026-03-14.") from None


def name_incoming(study: Study, files: dict[str, bytes], *, name: str = "") -> str:
    """Return the name in raw/ for the files that were chosen, after refusing endings that cannot be read.

    Raises
    ------
    CjmError
        Nothing was chosen, or a file is of a kind that cannot be read.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> name_incoming(open_study("retail_checkout"), {"may.csv": b"ID"})
    'may.csv'
    """
    if not files:
        raise CjmError("No file is chosen yet. Choose one from your computer, or one that lies in raw/.")
    for file in files:
        kind = Path(file).suffix.lower()
        if kind not in ENDINGS:
            save = "Open it in the program it comes from and save it as CSV, Excel (.xlsx), Word (.docx) or text."
            said = f"'{file}' cannot be read: the name of an export ends in {', '.join(ENDINGS)}."
            raise CjmError(f"{said} {OTHERS.get(kind, save)}")
    talks = [file for file in files if Path(file).suffix.lower() in TALKS]
    if len(files) > 1 and len(talks) < len(files):
        said = "Several files at once are interviews, each a text, a Word document or captions."
        raise CjmError(f"{said} Bring other exports in one after the other.")
    if len(files) > 1:
        return name_raw(study.folder, name or "interviews")
    (only, content), *_ = files.items()
    return name_raw(study.folder, only, content=content)


def refuse_known(study: Study, name: str) -> None:
    """Refuse a file whose rows the study has already.

    Raises
    ------
    CjmError
        With the way to bring it in anew.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> refuse_known(open_study("retail_checkout"), "may.csv")
    """
    if name in [block.get("file") for block in study.settings.imports]:
        raise CjmError(f"'{name}' was brought in before. To bring it in differently, take it back first.")


def _place_touchpoints(new: dict[str, dict], known: DataFrame) -> DataFrame:
    """Return the rows of new touchpoints, each behind those of its stage where these have an order."""
    rows, last = [], known.groupby("stage")["position"].max().to_dict()
    for touchpoint_id, about in new.items():
        stage = about["stage"]
        is_ordered = stage not in last or not pd.isna(last[stage])
        position = (0 if stage not in last else last[stage]) + STEP if is_ordered else float("nan")
        last[stage] = position
        rows.append([touchpoint_id, about["name"], stage, f"{position:g}" if is_ordered else ""])
    return DataFrame(rows, columns=["touchpoint_id", "name", "stage", "position"], dtype="str")
