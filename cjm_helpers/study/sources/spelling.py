"""Spells what an export was found to be as [[import]] blocks, and what study.toml and the touchpoints need for them."""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from cjm_helpers.study.ids import make_id
from cjm_helpers.study.settings import Metric, Settings
from cjm_helpers.study.sources.guesses import (
    ATTRIBUTE,
    COLUMN,
    COMMENT,
    CONSENT,
    CUSTOMER,
    DATE,
    OVERALL,
    PERSONA,
    RESPONDENT,
    SCORE,
    TOUCHPOINT,
    WAVE,
    WEIGHT,
    Guess,
)
from cjm_helpers.study.sources.headings import is_question
from cjm_helpers.study.sources.suggest import INTERVIEWS, KPIS, TABLE, USUAL_METRIC, Suggestion

UNSAFE = re.compile(r"[{}:!]")  # a pattern such as "spring-{ID}" cannot name such a column
NO_WORDS = ("", "-", ".", "n/a", "none", "None", "N/A")


@dataclass(frozen=True)
class Spelt:
    """What bringing a file in adds: blocks, questions, kinds of attributes, and touchpoints by id."""

    blocks: list[dict] = field(default_factory=list)
    metrics: dict[str, Metric] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)
    touchpoints: dict[str, dict] = field(default_factory=dict)

    def list_changes(self, settings: Settings) -> dict:
        """Return the changes of study.toml; a study without an emotion curve gets the first new question for it."""
        changes: dict = {"import": [*settings.imports, *self.blocks]}
        if self.metrics:
            changes["metrics"] = {name: spell_metric(metric) for name, metric in self.metrics.items()}
        new = {name: kind for name, kind in self.attributes.items() if name not in settings.customers}
        changes |= {"customers": new} if new else {}
        return changes | self._choose_map(settings)

    def _choose_map(self, settings: Settings) -> dict:
        scores = [score for block in self.blocks for score in block.get("scores", [])]
        felt = [score["metric"] for score in scores if score.get("touchpoint_id")]
        whole = [score["metric"] for score in scores if not score.get("touchpoint_id")]
        rank = {name: (felt.count(name), name in settings.metrics, name == USUAL_METRIC) for name in felt}
        chosen = {} if settings.emotion or not felt else {"emotion": max(rank, key=rank.get)}
        chosen |= {} if settings.outcome or not whole else {"outcome": "nps" if "nps" in whole else whole[0]}
        return {"map": chosen} if chosen else {}


def spell_blocks(suggestion: Suggestion, *, settings: Settings, taken: tuple[str, ...] = ()) -> Spelt:
    """Return the blocks that `import_sources` carries out, and what they need.

    Parameters
    ----------
    taken
        The ids of the study's touchpoints, so that a new one gets an id of its own.

    Examples
    --------
    >>> guesses = (Guess("ID", RESPONDENT, ""), Guess("Age", ATTRIBUTE, "", kind="numeric"))
    >>> spelt = spell_blocks(Suggestion("may.csv", "customers", guesses), settings=Settings("Shop"))
    >>> spelt.blocks[0]["columns"]
    {'customer_id': 'may-{ID}', 'age': 'Age'}
    """
    if suggestion.kind == INTERVIEWS:
        return Spelt([_spell_interviews(suggestion)])
    if suggestion.kind in (KPIS, TABLE):
        return Spelt([_spell_table(suggestion)])
    suggestion, listed = _name_listed(suggestion, taken, stage=settings.stages[0])
    new = _name_touchpoints(suggestion, (*taken, *listed))
    names = _name_attributes(suggestion)
    parts = (_spell_customers(suggestion, names), _spell_personas(suggestion))
    blocks = [block for block in parts if block] + _spell_scores(suggestion, new) + _spell_comments(suggestion)
    used = {score["metric"] for block in blocks for score in block.get("scores", [])}
    metrics = {name: metric for name, metric in suggestion.metrics.items() if name in used}
    attributes = {names[guess.column]: guess.kind for guess in suggestion.list_columns(ATTRIBUTE)}
    rows = listed | {new[guess.new_name]: _describe(guess) for guess in suggestion.columns if guess.new_name in new}
    return Spelt(blocks, {n: m for n, m in metrics.items() if n not in settings.metrics}, attributes, rows)


def spell_metric(metric: Metric) -> dict:
    """Return a question as study.toml spells it.

    Examples
    --------
    >>> spell_metric(Metric("nps", "Recommend?", 0, 10))
    {'question': 'Recommend?', 'min': 0, 'max': 10, 'better': 'higher'}
    """
    asked = {"question": metric.question} if metric.question else {}
    return asked | {"min": metric.min, "max": metric.max, "better": metric.better}


def _describe(guess: Guess) -> dict:
    return {"name": guess.new_name, "stage": guess.stage}


def _name_listed(suggestion: Suggestion, taken: tuple[str, ...], *, stage: str) -> tuple[Suggestion, dict]:
    """Give the values of a column of touchpoints that the study has not an id each."""
    rows, columns = {}, []
    for guess in suggestion.columns:
        if guess.role == TOUCHPOINT:
            recode = []
            for value, touchpoint in guess.recode:
                if not touchpoint:
                    touchpoint = make_id(value, [*taken, *rows])
                    rows[touchpoint] = {"name": value, "stage": guess.stage or stage}
                recode.append((value, touchpoint))
            guess = replace(guess, recode=tuple(recode))
        columns.append(guess)
    return replace(suggestion, columns=tuple(columns)), rows


def _name_touchpoints(suggestion: Suggestion, taken: tuple[str, ...]) -> dict[str, str]:
    ids: dict[str, str] = {}
    for guess in suggestion.list_columns(SCORE, COMMENT):
        if guess.new_name and guess.new_name not in ids:
            ids[guess.new_name] = make_id(guess.new_name, [*taken, *ids.values()])
    return ids


def _name_attributes(suggestion: Suggestion) -> dict[str, str]:
    names: dict[str, str] = {}
    for guess in suggestion.list_columns(ATTRIBUTE):
        names[guess.column] = make_id(guess.column, [*names.values(), "customer_id", "wave"])
    return names


def name_stem(file: str) -> str:
    """Return what the ids made from a file begin with.

    Examples
    --------
    >>> name_stem("Survey May 2026.xlsx")
    'survey_may_2026'
    """
    return make_id(Path(file).name.removesuffix(".gz").rsplit(".", 1)[0], taken=[])


def _fill(suggestion: Suggestion, column: str) -> str:
    """Return a pattern of the file's own name and a column, or the row's number where it cannot hold the column."""
    inside = "row" if not column or UNSAFE.search(column) else column
    return f"{name_stem(suggestion.file)}-{{{inside}}}"


def _name_person(suggestion: Suggestion) -> str:
    """Return where the customer's id comes from: a column, a pattern, or the row's number."""
    for guess in suggestion.list_columns(CUSTOMER, RESPONDENT):
        return guess.column if guess.role == CUSTOMER else _fill(suggestion, guess.column)
    return _fill(suggestion, "")


def _start(suggestion: Suggestion, table: str, *, columns: dict, fixed: dict | None = None) -> dict:
    """Return a block with what all blocks of the file share."""
    shared = {WAVE: "wave"} if table in ("customers", "persona_assignments") else {WAVE: "wave", DATE: "date"}
    more = {shared[guess.role]: guess.column for guess in suggestion.list_columns(*shared)}
    if suggestion.wave:
        more.pop("wave", None)
        fixed = {**(fixed or {}), "wave": suggestion.wave}
    block = {"file": suggestion.file, "table": table, "columns": columns | more}
    block |= {"fixed": fixed} if fixed else {}
    block |= {"decimal": suggestion.decimal} if suggestion.decimal != "." else {}
    form = next((guess.kind for guess in suggestion.list_columns(DATE)), "")
    return block | ({"date_format": form} if form and "date" in more else {})


def _spell_customers(suggestion: Suggestion, names: dict[str, str]) -> dict:
    if not names:
        return {}
    columns = {"customer_id": _name_person(suggestion)} | {name: column for column, name in names.items()}
    return _start(suggestion, "customers", columns=columns) | {"blank": [""]}


def _spell_personas(suggestion: Suggestion) -> dict:
    for guess in suggestion.list_columns(PERSONA):
        columns = {"customer_id": _name_person(suggestion), "persona_id": guess.column}
        block = _start(suggestion, "persona_assignments", columns=columns, fixed={"basis": "person"}) | {"blank": [""]}
        return block | {"recode": {"persona_id": dict(guess.recode)}}
    return {}


def _spell_scores(suggestion: Suggestion, new: dict[str, str]) -> list[dict]:
    """Return a block for the columns of answers; those written in words have a block of their own for each wording."""
    groups: dict[tuple, list[Guess]] = {}
    for guess in suggestion.list_columns(SCORE, OVERALL):
        if guess.scale and guess.metric:
            groups.setdefault(guess.scale.labels, []).append(guess)
    columns = {"customer_id": _name_person(suggestion), "response_id": _fill(suggestion, "")}
    columns |= {"weight": guess.column for guess in suggestion.list_columns(WEIGHT)}
    about = next((guess for guess in suggestion.list_columns(TOUCHPOINT)), None)
    blocks = []
    for labels, guesses in groups.items():
        if about:
            blocks += [_spell_long(suggestion, guess, about=about, columns=columns) for guess in guesses]
            continue
        block = _start(suggestion, "responses", columns=columns) | {"blank": [""]}
        block |= {"recode": {"score": dict(labels) | {"*": "*"}}} if labels else {}
        blocks.append(block | {"scores": [_spell_score(guess, new) for guess in guesses]})
    return blocks


def _spell_score(guess: Guess, new: dict[str, str]) -> dict:
    score = {"column": guess.column, "metric": guess.metric}
    touchpoint = guess.touchpoint_id or new.get(guess.new_name, "")
    score |= {"touchpoint_id": touchpoint} if touchpoint and guess.role == SCORE else {}
    score |= {"blank": ["", *guess.scale.blank]} if guess.scale.blank else {}
    return score | ({"not_applicable": list(guess.scale.not_applicable)} if guess.scale.not_applicable else {})


def _spell_long(suggestion: Suggestion, guess: Guess, *, about: Guess, columns: dict) -> dict:
    """Return a block for answers of which each row names its touchpoint."""
    own = {"score": guess.column, "touchpoint_id": about.column}
    more = {"response_id": f"{columns['response_id']}-{make_id(guess.column, taken=[])}"}
    block = _start(suggestion, "responses", columns=columns | own | more, fixed={"metric": guess.metric})
    recode = {"touchpoint_id": dict(about.recode)} | ({"score": dict(guess.scale.labels)} if guess.scale.labels else {})
    odd = {"blank": ["", *guess.scale.blank], "not_applicable": list(guess.scale.not_applicable)}
    return block | odd | {"recode": recode}


def _spell_comments(suggestion: Suggestion) -> list[dict]:
    blocks = []
    about = next((guess for guess in suggestion.list_columns(TOUCHPOINT)), None)
    for number, guess in enumerate(suggestion.list_columns(COMMENT), start=1):
        columns = {"feedback_id": f"{_fill(suggestion, '')}-{number}", "text": guess.column}
        if suggestion.list_columns(CUSTOMER, RESPONDENT, SCORE, OVERALL, ATTRIBUTE):
            columns["customer_id"] = _name_person(suggestion)
        columns |= {"consent": one.column for one in suggestion.list_columns(CONSENT)}
        columns |= {"touchpoint_id": about.column} if about else {}
        fixed = {"source": suggestion.source or "survey"}
        fixed |= {"asked": guess.column} if is_question(guess.column) else {}
        fixed |= {"touchpoint_id": guess.touchpoint_id} if guess.touchpoint_id and not about else {}
        block = _start(suggestion, "feedback", columns=columns, fixed=fixed) | {"blank": list(NO_WORDS)}
        recode = {"touchpoint_id": dict(about.recode)} if about else {}
        recode |= {"consent": dict(one.recode) for one in suggestion.list_columns(CONSENT)}
        blocks.append(block | ({"recode": recode} if recode else {}))
    return blocks


def _spell_interviews(suggestion: Suggestion) -> dict:
    columns = {"feedback_id": "{talk}-{turn}", "speaker": "speaker", "text": "text", "date": "date"}
    fixed = {"source": suggestion.source or "interview"} | ({"wave": suggestion.wave} if suggestion.wave else {})
    block = {"file": suggestion.file, "table": "feedback", "columns": columns, "fixed": fixed, "blank": [""]}
    return block | {"interviewer": list(suggestion.interviewers)}


def _spell_table(suggestion: Suggestion) -> dict:
    columns = {guess.target: guess.column for guess in suggestion.list_columns(COLUMN) if guess.target}
    block = {"file": suggestion.file, "table": suggestion.table, "columns": columns, "blank": [""]}
    recode = {guess.target: dict(guess.recode) for guess in suggestion.list_columns(COLUMN) if guess.recode}
    return block | ({"recode": recode} if recode else {})
