"""The words and choices of the import desk: what a column can be, and what a choice makes of a guess."""

from dataclasses import replace

from pandas import DataFrame

from cjm_helpers.lab import page
from cjm_helpers.study.folder import Study
from cjm_helpers.study.settings import ENDS, Metric
from cjm_helpers.study.sources.guesses import (
    ATTRIBUTE,
    COLUMN,
    COMMENT,
    CONSENT,
    CUSTOMER,
    DATE,
    IGNORE,
    OVERALL,
    PERSONA,
    RESPONDENT,
    SCORE,
    TOUCHPOINT,
    WAVE,
    WEIGHT,
    Guess,
    Surroundings,
    guess_as,
)
from cjm_helpers.study.sources.rules import to_numbers
from cjm_helpers.study.sources.suggest import KPIS, TABLE, Suggestion
from cjm_helpers.study.sources.values import Scale
from cjm_helpers.worksheets import SPECS

NEW = "+"
SHOWN_VALUES = 4
LABELS = {
    OVERALL: "Feeling about the whole", CUSTOMER: "Who answered (the same id in every file)",
    RESPONDENT: "Who answered (numbered anew in this file)", DATE: "Day of the answer", WAVE: "Wave",
    WEIGHT: "Survey weight", PERSONA: "Which persona they are", TOUCHPOINT: "Which touchpoint the row is about",
    CONSENT: "May it be quoted?", f"{ATTRIBUTE}:numeric": "About the customer: a number",
    f"{ATTRIBUTE}:nominal": "About the customer: a group",
    f"{ATTRIBUTE}:ordinal": "About the customer: levels in order",
    f"{ATTRIBUTE}:sensitive": "About the customer: sensitive", IGNORE: "Leave out",
}  # fmt: skip
WITH_DETAIL = (SCORE, COMMENT, ATTRIBUTE, COLUMN)
MATCH_COLUMNS = [
    "Column in the file",
    "It holds",
    "What it is, and why we think so",
    "New touchpoint",
    "Its stage",
    "Scale",
]
GOOD_ENDS = tuple(zip(ENDS, ("The highest answer is good", "The lowest answer is good"), strict=True))
TABLE_COLUMNS = ["Column in the file", "It holds", "Our column", "Why we think so"]


def show_columns(suggestion: Suggestion, rows: DataFrame, *, study: Study) -> dict:
    """Return the table in which every column of the file is matched."""
    if suggestion.kind in (KPIS, TABLE):
        names = [
            (IGNORE, LABELS[IGNORE]),
            *((f"{COLUMN}:{name}", name) for name in SPECS[suggestion.table].column_names),
        ]
        lines = [
            [guess.column, _show_values(rows, guess), _choose(at, guess, names), guess.reason]
            for at, guess in enumerate(suggestion.columns)
        ]
        return page.table(TABLE_COLUMNS, lines)
    choices = list_choices(study)
    metrics = [(name, spell_scale(one)) for name, one in {**study.settings.metrics, **suggestion.metrics}.items()]
    lines = []
    for at, guess in enumerate(suggestion.columns):
        is_new = bool(guess.new_name)
        is_scored = guess.role in (SCORE, OVERALL)
        name = page.field(f"name:{at}", f"Name of the touchpoint of {guess.column}", value=guess.new_name)
        stages = page.select(
            f"stage:{at}", f"Stage of {guess.new_name}", options=study.settings.stages, value=guess.stage
        )
        lines.append([
            guess.column, _show_values(rows, guess), _choose(at, guess, choices) | {"help": guess.reason},
            name if is_new else "",
            stages if is_new or guess.role == TOUCHPOINT else "",
            page.select(f"metric:{at}", f"Scale of {guess.column}", options=metrics, value=guess.metric)
            if is_scored and metrics else "",
        ])  # fmt: skip
    return page.table(MATCH_COLUMNS, lines)


def list_choices(study: Study) -> list[tuple[str, str]]:
    """Return what a column of a survey can be, with words for each."""
    names = dict(zip(study.touchpoints["touchpoint_id"], study.touchpoints["name"], strict=True))
    scores = [(f"{SCORE}:{one}", f"Feeling at: {name}") for one, name in names.items()]
    comments = [(f"{COMMENT}:{one}", f"Comment at: {name}") for one, name in names.items()]
    new = (f"{SCORE}:{NEW}", "Feeling at a new touchpoint")
    told = (f"{SCORE}:", "Feeling at the row's own touchpoint")
    return [*scores, new, told, (f"{COMMENT}:", "Comment about anything"), *comments, *LABELS.items()]


def spell_choice(guess: Guess) -> str:
    """Return the choice that stands for a guess.

    Examples
    --------
    >>> spell_choice(Guess("Q1", SCORE, "", new_name="Parcel")), spell_choice(Guess("Day", DATE, ""))
    ('score:+', 'date')
    """
    if guess.role not in WITH_DETAIL:
        return guess.role
    details = {
        SCORE: guess.touchpoint_id or NEW * bool(guess.new_name),
        COMMENT: guess.touchpoint_id,
        ATTRIBUTE: guess.kind,
    }
    return f"{guess.role}:{details.get(guess.role, guess.target)}"


def read_choices(suggestion: Suggestion, values: dict, *, rows: DataFrame, around: Surroundings) -> Suggestion:
    """Return the suggestion as people changed it in the form."""
    columns = []
    for at, guess in enumerate(suggestion.columns):
        choice = values.get(f"is:{at}", spell_choice(guess))
        if choice != spell_choice(guess):
            guess = _change(guess, choice, rows=rows, around=around)
        elif guess.role in (SCORE, OVERALL, TOUCHPOINT):
            guess = _read_details(guess, at, values)
        columns.append(guess)
    return replace(suggestion, columns=tuple(columns))


def _change(guess: Guess, choice: str, *, rows: DataFrame, around: Surroundings) -> Guess:
    role, _, detail = choice.partition(":")
    if role == COLUMN:
        return Guess(guess.column, COLUMN, "you said so", target=detail)
    changed = guess_as(rows[guess.column], around, role=role)
    if role == ATTRIBUTE:
        return replace(changed, kind=detail)
    if role in (SCORE, COMMENT):
        is_new = detail == NEW
        name = changed.new_name or guess.column
        stage = guess.stage or around.settings.stages[0]
        return replace(changed, touchpoint_id="" if is_new else detail, new_name=name if is_new else "", stage=stage)
    return changed


def _read_details(guess: Guess, at: int, values: dict) -> Guess:
    given = {"new_name": values.get(f"name:{at}", guess.new_name).strip() if guess.new_name else ""}
    given |= {"stage": values.get(f"stage:{at}", guess.stage), "metric": values.get(f"metric:{at}", guess.metric)}
    return replace(guess, **given)


def show_questions(suggestion: Suggestion, rows: DataFrame, *, study: Study) -> list[dict]:
    """Return a box for each question with a scale: its wording where it is new, and values that are no answers."""
    boxes = []
    for name, guesses in _group(suggestion).items():
        is_new = name not in study.settings.metrics
        metric = suggestion.metrics[name] if is_new else study.settings.metrics[name]
        odd = find_odd_values(rows, guesses, metric=metric)
        options = [(value, f"{value} ({count:,} times)") for value, count in odd.items()]
        blank = sorted({value for guess in guesses if guess.scale for value in guess.scale.blank})
        other = sorted({value for guess in guesses if guess.scale for value in guess.scale.not_applicable})
        elements = _show_wording(metric) if is_new else [page.text(spell_scale(metric))]
        if odd:
            elements.append(
                page.tick_list(f"blank:{name}", "Which values mean: no answer?", options=options, value=blank)
            )
            label = "Which values mean: it does not concern me?"
            elements.append(page.tick_list(f"other:{name}", label, options=options, value=other))
        asked = f"{len(guesses)} columns" if len(guesses) > 1 else guesses[0].column
        title = f"{'A new question' if is_new else 'Your question'}: {name} ({asked})"
        boxes.append(page.group(title, elements))
    return boxes


def _show_wording(metric: Metric) -> list[dict]:
    name = metric.id
    return [
        page.field(f"question:{name}", "What was asked?", value=metric.question),
        page.row([
            page.field(f"min:{name}", "Lowest answer", kind="number", value=f"{metric.min:g}"),
            page.field(f"max:{name}", "Highest answer", kind="number", value=f"{metric.max:g}"),
            page.select(f"better:{name}", "Which end is good?", value=metric.better, options=GOOD_ENDS),
        ]),
    ]  # fmt: skip


def read_questions(suggestion: Suggestion, values: dict, *, rows: DataFrame, study: Study) -> Suggestion:
    """Return the suggestion with wording, ends and odd values as people changed them in the form."""
    metrics = {name: _read_metric(one, values) for name, one in suggestion.metrics.items()}
    known = {**metrics, **study.settings.metrics}
    columns = {guess.column: guess for guess in suggestion.columns}
    for name, guesses in _group(suggestion).items():
        for guess in guesses:
            seen, scale = set(rows[guess.column]), guess.scale
            blank = [one for one in values.get(f"blank:{name}", scale.blank) if one in seen]
            other = [one for one in values.get(f"other:{name}", scale.not_applicable) if one in seen]
            ends = Scale(known[name].min, known[name].max, tuple(blank), tuple(o for o in other if o not in blank))
            columns[guess.column] = replace(guess, scale=ends._replace(labels=scale.labels))
    return replace(suggestion, columns=tuple(columns.values()), metrics=metrics)


def _read_metric(metric: Metric, values: dict) -> Metric:
    name = metric.id
    ends = to_numbers(DataFrame({"end": [values.get(f"{end}:{name}", "") for end in ("min", "max")]})["end"])
    low, high = (metric.min if ends.isna()[0] else ends[0]), (metric.max if ends.isna()[1] else ends[1])
    whole = [int(end) if end % 1 == 0 else float(end) for end in (low, high)]
    question = values.get(f"question:{name}", metric.question).strip()
    return Metric(name, question, *whole, values.get(f"better:{name}", metric.better))


def find_odd_values(rows: DataFrame, guesses: list[Guess], *, metric: Metric) -> dict[str, int]:
    """Return the values of score columns that lie off their scale, with their counts.

    Examples
    --------
    >>> find_odd_values(DataFrame({"Q1": ["5", "9", "9"]}), [Guess("Q1", SCORE, "")], metric=Metric("csat"))
    {'9': 2}
    """
    counts: dict[str, int] = {}
    for guess in guesses:
        values = rows[guess.column]
        labels = dict(guess.scale.labels) if guess.scale else {}
        is_odd = ~to_numbers(values.replace(labels)).between(metric.min, metric.max) & values.ne("")
        for value, count in values[is_odd].value_counts().items():
            counts[value] = counts.get(value, 0) + int(count)
    return dict(sorted(counts.items()))


def spell_scale(metric: Metric) -> str:
    """Return a question's scale in words.

    Examples
    --------
    >>> spell_scale(Metric("csat"))
    'csat: 1 to 5, 5 is good'
    """
    good = metric.max if metric.better == "higher" else metric.min
    return f"{metric.id}: {metric.min:g} to {metric.max:g}, {good:g} is good"


def _group(suggestion: Suggestion) -> dict[str, list[Guess]]:
    groups: dict[str, list[Guess]] = {}
    for guess in suggestion.list_columns(SCORE, OVERALL):
        if guess.metric and guess.scale:
            groups.setdefault(guess.metric, []).append(guess)
    return groups


def _choose(at: int, guess: Guess, choices) -> dict:
    return page.select(
        f"is:{at}", f"What is {guess.column}?", options=choices, value=spell_choice(guess), action="match"
    )


def _show_values(rows: DataFrame, guess: Guess) -> str:
    values = rows[guess.column]
    seen = [value if len(value) < 40 else f"{value[:38]} ..." for value in values[values.ne("")].unique()]
    more = " ..." if len(seen) > SHOWN_VALUES else ""
    return ", ".join(seen[:SHOWN_VALUES]) + more
