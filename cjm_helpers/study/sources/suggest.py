"""Suggests what each column of an export is, so that nobody writes an [[import]] block by hand."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd
from pandas import DataFrame

from cjm_helpers.study.ids import make_id
from cjm_helpers.study.settings import Metric, Settings
from cjm_helpers.study.sources.exports import read_export
from cjm_helpers.study.sources.guesses import (
    ATTRIBUTE,
    COLUMN,
    COMMENT,
    CUSTOMER,
    DATE,
    EASE_WORDS,
    IGNORE,
    OVERALL,
    PERSONA,
    RECOMMEND_WORDS,
    RESPONDENT,
    SCORE,
    TOUCHPOINT,
    WAVE,
    WEIGHT,
    Guess,
    Surroundings,
    guess_column,
)
from cjm_helpers.study.sources.headings import find_batteries, has_word, split_words
from cjm_helpers.study.sources.speakers import find_interviewers
from cjm_helpers.study.sources.stages import guess_stages
from cjm_helpers.study.sources.transcripts import is_transcript
from cjm_helpers.study.sources.values import SCALES, Scale, guess_scale
from cjm_helpers.worksheets import SPECS

SURVEY, FEEDBACK, INTERVIEWS, CUSTOMERS, KPIS, TABLE = "survey", "feedback", "interviews", "customers", "kpis", "table"
KINDS = {
    SURVEY: "A survey, or other answers on a scale", INTERVIEWS: "Interviews",
    FEEDBACK: "Reviews, tickets or posts", CUSTOMERS: "A list of customers", KPIS: "KPI figures",
    TABLE: "Another table, with our columns",
}  # fmt: skip
SOURCES = {SURVEY: "survey", FEEDBACK: "review", INTERVIEWS: "interview"}
FAMILIES = {"nps": RECOMMEND_WORDS, "ces": EASE_WORDS}
USUAL_METRIC = "csat"
ONCE = (CUSTOMER, RESPONDENT, DATE, WAVE, WEIGHT, PERSONA, TOUCHPOINT)  # roles that one column has
OURS = {
    "kpi_id": ("kpi", "kpi_name", "indicator", "measure", "figure"), "period": ("month", "week", "date", "day"),
    "value": ("result", "actual"), "numerator": ("cases", "count"), "denominator": ("total", "base", "of"),
    "n": ("sample", "answers"), "sd": ("standard_deviation", "std"),
}  # fmt: skip
LEAST_KNOWN = 2  # headings of ours that make a file one of our tables
ENOUGH_ROWS = 1_000  # to see how numbers are written
MOST_FILLED = 0.95  # share of rows with words, in a survey


@dataclass(frozen=True)
class Suggestion:
    """What a file in raw/ seems to be, column by column; what people change in a form makes a new one.

    wave is given to every row where it is not empty; interviewers ask, so that their words are left out.
    """

    file: str
    kind: str
    columns: tuple[Guess, ...] = ()
    source: str = ""
    table: str = ""
    wave: str = ""
    decimal: str = "."
    interviewers: tuple[str, ...] = ()
    metrics: Mapping[str, Metric] = field(default_factory=dict)

    def list_columns(self, *roles: str) -> list[Guess]:
        """Return the guesses that have one of the roles."""
        return [guess for guess in self.columns if guess.role in roles]


def suggest_import(
    file: str | Path, *, settings: Settings, touchpoints: DataFrame, personas: DataFrame | None = None, kind: str = ""
) -> Suggestion:
    """Return what a file seems to be and what each of its columns holds, with the reason of each guess.

    Parameters
    ----------
    touchpoints, personas
        Those of the study, with id and name.
    kind
        What people say the file is; "" guesses that too.

    Raises
    ------
    FaultsFound
        The file cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "survey.csv"
    >>> _ = file.write_text("Respondent,How was the basket?,How was the parcel?\\n1,5,2\\n2,4,3\\n3,3,1\\n4,2,4\\n")
    >>> columns = {"touchpoint_id": ["basket"], "name": ["Basket"]}
    >>> found = suggest_import(file, settings=Settings("Shop"), touchpoints=DataFrame(columns))
    >>> [(guess.role, guess.touchpoint_id or guess.new_name) for guess in found.columns]
    [('respondent', ''), ('score', 'basket'), ('score', 'Parcel')]
    """
    file = Path(file)
    rows = read_export(file)
    if is_transcript(file):
        return Suggestion(file.name, INTERVIEWS, source="interview", interviewers=tuple(find_interviewers(rows)))
    table = _find_table(rows)
    if kind in (KPIS, TABLE) or (not kind and table):
        table = "kpi_readings" if kind == KPIS else table or "customers"
        return suggest_table(file.name, rows, table=table)
    around = look_around(rows, settings=settings, touchpoints=touchpoints, personas=personas)
    guesses = _keep_one([guess_column(rows[name], around) for name in rows.columns])
    around = _share_scales(around, guesses, rows=rows)
    guesses = _keep_one([guess_column(rows[name], around) for name in rows.columns])
    kind = kind or _guess_kind(guesses, rows)
    found = Suggestion(file.name, kind, tuple(guesses), SOURCES.get(kind, ""), decimal=_find_decimal(rows))
    return set_metrics(_place_new(found, settings), settings)


def suggest_table(file: str, rows: DataFrame, *, table: str) -> Suggestion:
    """Return the columns of a file as columns of one of our tables, known by their headings.

    Examples
    --------
    >>> found = suggest_table("kpis.csv", DataFrame({"KPI": ["given_up"], "Month": ["2026-03"]}), table="kpi_readings")
    >>> [guess.target for guess in found.columns]
    ['kpi_id', 'period']
    """
    ours, guesses = _name_ours(table), []
    for name in rows.columns:
        target = ours.pop(make_id(name, taken=[]), "")
        ours = {word: one for word, one in ours.items() if one != target}
        role, reason = (COLUMN, f"the heading names our column {target}") if target else (IGNORE, "no column of ours")
        guesses.append(Guess(name, role, reason, target=target))
    kind = KPIS if table == "kpi_readings" else TABLE
    return Suggestion(file, kind, tuple(guesses), table=table)


def set_metrics(suggestion: Suggestion, settings: Settings) -> Suggestion:
    """Return the suggestion with a question of study.toml, or a new one, for every score that has none yet.

    Examples
    --------
    >>> guess = Guess("Recommend us?", OVERALL, "", scale=Scale(0, 10))
    >>> set_metrics(Suggestion("may.csv", SURVEY, (guess,)), Settings("Shop")).columns[0].metric
    'nps'
    """
    metrics, given = dict(suggestion.metrics), {}
    stems = find_batteries(guess.column for guess in suggestion.columns)
    for guess in suggestion.list_columns(SCORE) + suggestion.list_columns(OVERALL):
        if guess.scale and not guess.metric:
            known = {**settings.metrics, **metrics}
            found = _find_metric(guess, known) or _make_metric(guess, known, stem=stems[guess.column])
            metrics |= {} if found.id in known else {found.id: found}
            given[guess.column] = replace(guess, metric=found.id)
    columns = tuple(given.get(guess.column, guess) for guess in suggestion.columns)
    return replace(suggestion, columns=columns, metrics=metrics)


def look_around(
    rows: DataFrame, *, settings: Settings, touchpoints: DataFrame, personas: DataFrame | None = None
) -> Surroundings:
    """Return what the guesses of a file share: batteries of questions, their scales, and what the study knows.

    Examples
    --------
    >>> none = DataFrame({"touchpoint_id": [], "name": []})
    >>> look_around(DataFrame({"Age": ["31"]}), settings=Settings("Shop"), touchpoints=none).stems
    {'Age': ''}
    """
    stems = find_batteries(rows.columns)
    own = {name: guess_scale(rows[name], is_recommending=has_word(name, RECOMMEND_WORDS)) for name in rows.columns}
    scales = {name: _agree(name, rows, own=own, stems=stems) for name in rows.columns}
    usual = Counter(
        scale[:2] + scale.blank + scale.not_applicable for name, scale in scales.items() if scale and stems[name]
    ).most_common(1)
    named = {} if personas is None else dict(zip(personas["persona_id"], personas["name"], strict=True))
    known = dict(zip(touchpoints["touchpoint_id"], touchpoints["name"], strict=True))
    return Surroundings(settings, known, named, stems, scales, usual[0][0] if usual and usual[0][1] > 1 else None)


def _agree(name: str, rows: DataFrame, *, own: dict, stems: dict) -> Scale | None:
    """Return the scale of a column, seen together with the questions it stands among."""
    scale = own[name]
    alike = [other for other in own if own[other] and stems[other] == stems[name] and not own[other].labels]
    if scale is None or scale.labels or not stems[name] or len(alike) < 2:
        return scale
    pooled = guess_scale(pd.concat([rows[other] for other in alike]))
    if pooled is None or not has_same_step(pooled, scale):
        return scale
    seen = set(rows[name])
    return pooled._replace(
        blank=tuple(value for value in pooled.blank if value in seen),
        not_applicable=tuple(value for value in pooled.not_applicable if value in seen),
    )


def _share_scales(around: Surroundings, guesses: list[Guess], *, rows: DataFrame) -> Surroundings:
    """Return the surroundings with the scales of the columns that are known as answers, tried on those that are not."""
    known = {guess.scale[:2] for guess in guesses if guess.role in (SCORE, OVERALL) and guess.scale}
    asked = tuple(ends for ends in SCALES if ends in known)
    tried = {one.column: guess_scale(rows[one.column], among=asked) for one in guesses if one.role == ATTRIBUTE}
    found = {name: scale for name, scale in tried.items() if scale and not scale.labels}
    return replace(around, asked=asked, scales=around.scales | found)


def has_same_step(pooled: Scale, scale: Scale) -> bool:
    """Tell whether a column's scale can be that of its battery: the same lower end, and an upper end not far off.

    Examples
    --------
    >>> has_same_step(Scale(1, 5), Scale(1, 4)), has_same_step(Scale(0, 10), Scale(1, 5))
    (True, False)
    """
    return pooled.low == scale.low and abs(pooled.high - scale.high) <= 2


def _keep_one(guesses: list[Guess]) -> list[Guess]:
    """Let one column have a role that only one can have; the later ones become attributes or are left out."""
    taken, kept = set(), []
    for guess in guesses:
        if guess.role in ONCE and guess.role in taken:
            guess = Guess(guess.column, IGNORE, f"another column is the {guess.role} already")
        taken |= {CUSTOMER, RESPONDENT} if guess.role in (CUSTOMER, RESPONDENT) else {guess.role}
        kept.append(guess)
    return kept


def _guess_kind(guesses: list[Guess], rows: DataFrame) -> str:
    """Where nearly every row holds words, the words are what the file is about."""
    counts = Counter(guess.role for guess in guesses)
    ratings = counts[SCORE] + counts[OVERALL]
    worded = [rows[guess.column].ne("").mean() for guess in guesses if guess.role == COMMENT]
    if len(worded) == 1 and worded[0] > MOST_FILLED and not counts[RESPONDENT]:
        return FEEDBACK
    return SURVEY if ratings or counts[COMMENT] else CUSTOMERS


def _find_table(rows: DataFrame) -> str:
    """Return our table whose columns the headings spell, where they spell several of them."""
    headings = set(rows.columns)
    shares = {
        name: len(headings & set(spec.column_names)) / len(headings)
        for name, spec in SPECS.items()
        if {column.name for column in spec.columns if column.is_required} <= headings
        and len(headings & set(spec.column_names)) >= LEAST_KNOWN
    }
    return max(shares, key=shares.get, default="")


def _name_ours(table: str) -> dict[str, str]:
    names = {name: name for name in SPECS[table].column_names}
    words = {word: name for name in names for word in OURS.get(name, ())}
    return {word: name for word, name in words.items() if word not in names} | names


def _find_decimal(rows: DataFrame) -> str:
    """Return the sign in 4,5; a comma before three digits may part thousands, so it tells nothing."""
    cells = rows.head(ENOUGH_ROWS).stack()
    return "," if cells.str.fullmatch(r"-?\d+,(\d{1,2}|\d{4,})").any() else "."


def _place_new(found: Suggestion, settings: Settings) -> Suggestion:
    """Give each new touchpoint a stage by its words and its place among them.

    Where each row names its touchpoint, no column does.
    """
    if found.list_columns(TOUCHPOINT):
        return replace(found, columns=tuple(replace(one, new_name="") for one in found.columns))
    new = [guess.column for guess in found.columns if guess.new_name]
    stages = dict(zip(new, guess_stages(new, settings.stages), strict=True))
    return replace(found, columns=tuple(replace(one, stage=stages.get(one.column, "")) for one in found.columns))


def _name_family(text: str) -> str:
    return next((family for family, words in FAMILIES.items() if has_word(text, words)), USUAL_METRIC)


def _find_metric(guess: Guess, known: Mapping[str, Metric]) -> Metric | None:
    """Return a question of the study that was asked on this scale and about the same sort of thing."""
    family = _name_family(guess.column)
    fitting = [one for one in known.values() if (one.min, one.max) == (guess.scale.low, guess.scale.high)]
    return next((one for one in fitting if _name_family(f"{one.id} {one.question}") == family), None)


def _make_metric(guess: Guess, known: Mapping[str, Metric], *, stem: str) -> Metric:
    family, (low, high) = _name_family(guess.column), guess.scale[:2]
    name = family if family not in known else make_id(f"{family} {low} {high}", known)
    question = f"{stem} ..." if guess.role == SCORE and len(split_words(stem)) > 1 else guess.column
    is_lower = has_word(guess.column, ("effort", "difficult")) and not has_word(guess.column, ("easy", "ease"))
    return Metric(name, question, low, high, "lower" if is_lower else "higher")
