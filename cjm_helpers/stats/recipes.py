"""How one variable of a survey becomes columns of numbers, learnt once and used again for customers who come later."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from cjm_helpers.errors import LevelsWithoutOrder

KINDS = ("numeric", "ordinal", "nominal", "multiple")
SPLIT = ("nominal", "multiple")
MOST_MISSING, MOST_ALIKE, RARE = 0.40, 0.95, 0.05
SKEWED_FROM = 2.0
MISSING, OTHER = "missing", "other"
LEADING_NUMBER = r"^([-+]?\d+(?:\.\d+)?)"
LISTED = 5


class Note(NamedTuple):
    """What was done to a variable's answers, how many customers it touches, and that in a sentence."""

    variable: str
    what: str
    n: int
    sentence: str


@dataclass(frozen=True)
class Recipe:
    """How one variable becomes columns: its levels, what fills a gap, and the centre and scale of its columns."""

    variable: str
    kind: str
    levels: tuple = ()
    is_log: bool = False
    filling: float = np.nan
    centre: tuple[float, ...] = ()
    scale: float = 1.0

    @property
    def columns(self) -> list[str]:
        """Return the names of the columns it makes."""
        return [f"{self.variable} = {level}" for level in self.levels] if self.kind in SPLIT else [self.variable]


def read_answers(answers: pd.Series, *, kind: str) -> pd.Series:
    """Return answers as numbers (numeric, ordinal) or as clean texts (nominal, multiple), missing ones as NaN or "".

    An ordinal level is known by the number it is or begins with; the options of a multiple answer are sorted.

    Raises
    ------
    LevelsWithoutOrder
        When a level of an ordinal variable does not begin with a number.

    Examples
    --------
    >>> read_answers(pd.Series(["1 never", "3 often", ""]), kind="ordinal").tolist()
    [1.0, 3.0, nan]
    >>> read_answers(pd.Series(["shop; app", None]), kind="multiple").tolist()
    ['app;shop', '']
    """
    if kind == "numeric":
        return _read_numbers(answers)
    texts = _read_texts(answers)
    if kind == "ordinal":
        return _read_levels(texts)
    if kind == "multiple":
        return texts.map(lambda text: ";".join(sorted({part.strip() for part in text.split(";")} - {""})))
    return texts


def learn_recipe(answers: pd.Series, *, kind: str) -> tuple[Recipe | None, list[Note]]:
    """Learn how a variable (the name of answers) becomes columns of total variance 1, and note what was done to it.

    Returns
    -------
    tuple
        The recipe, or None where the variable is left out (more than 40 % missing, or more than 95 % alike), and the
        notes. Numeric: log1p where the skewness is over 2 and nothing negative, then z-scores. Ordinal: ranks of the
        levels as numbers. Nominal and multiple: 0 and 1 for each level, centred, divided by the root of the sum of
        p (1 - p); levels under 5 % are together "other". The median fills gaps; "missing" is a level of its own.

    Source: block scaling as in multiple factor analysis; as the default encoding it is ours.

    Examples
    --------
    >>> recipe, _ = learn_recipe(pd.Series(list("aabc"), name="channel"), kind="nominal")
    >>> recipe.columns, round(1 / recipe.scale, 4)
    (['channel = a', 'channel = b', 'channel = c'], 1.2649)
    """
    read = read_answers(answers, kind=kind)
    notes, refusal = _note_words(answers, read), _refuse(read)
    if refusal:
        return None, [*notes, refusal]
    recipe, more = _learn_levels(read, kind) if kind in SPLIT else _learn_numbers(read, kind)
    columns = _spread(read, recipe)
    scale = float(np.sqrt(columns.var(axis=0).sum()))
    if not scale > 0:
        sentence = f"{answers.name}: no level is shared by {RARE:.0%} of the customers, so it was left out."
        return None, [*notes, Note(str(answers.name), "left out", len(read), sentence)]
    recipe = replace(recipe, centre=tuple(columns.mean(axis=0)), scale=scale)
    return recipe, [*notes, *_note_missing(read, recipe), *more]


def apply_recipe(answers: pd.Series, recipe: Recipe) -> pd.DataFrame:
    """Make the columns of a variable from answers, by a recipe learnt from these or from earlier customers.

    Examples
    --------
    >>> recipe, _ = learn_recipe(pd.Series([20, 30, 40, 50], name="age"), kind="numeric")
    >>> apply_recipe(pd.Series([20, 50], name="age"), recipe)["age"].round(4).tolist()
    [-1.3416, 1.3416]
    """
    columns = (_spread(read_answers(answers, kind=recipe.kind), recipe) - recipe.centre) / recipe.scale
    return pd.DataFrame(np.nan_to_num(columns), index=answers.index, columns=recipe.columns)


def note_new_levels(answers: pd.Series, recipe: Recipe) -> list[Note]:
    """Note the customers whose answer nobody gave when the recipe was learnt, and those who gave none.

    Examples
    --------
    >>> recipe, _ = learn_recipe(pd.Series(["web", "shop"] * 5, name="channel"), kind="nominal")
    >>> note_new_levels(pd.Series(["web", "fax"], name="channel"), recipe)[0].n
    1
    """
    read = read_answers(answers, kind=recipe.kind)
    notes = _note_words(answers, read) + _note_missing(read, recipe)
    is_new = ~_is_known(read, recipe) & ~_is_blank(read)
    if not is_new.any():
        return notes
    taken = _name_stand_in(recipe, (OTHER,)) if recipe.kind in SPLIT else "lies between its neighbours"
    sentence = f"{_count(is_new)} gave a level of '{recipe.variable}' that nobody gave before; it {taken}."
    return [*notes, Note(recipe.variable, "new level", int(is_new.sum()), sentence)]


def _read_numbers(answers: pd.Series) -> pd.Series:
    if not pd.api.types.is_numeric_dtype(answers):
        answers = pd.to_numeric(_read_texts(answers), errors="coerce")
    return answers.astype(float).replace([np.inf, -np.inf], np.nan)


def _read_texts(answers: pd.Series) -> pd.Series:
    """Return stripped texts, a missing one as ""; 1.0 and 1 are the same answer."""
    if pd.api.types.is_float_dtype(answers) and answers.dropna().mod(1).eq(0).all():
        answers = answers.astype("Int64")
    return answers.astype("string").str.strip().fillna("").astype("str")


def _read_levels(texts: pd.Series) -> pd.Series:
    numbers = pd.to_numeric(texts.str.extract(LEADING_NUMBER, expand=False), errors="coerce")
    without = texts[numbers.isna() & texts.ne("")]
    if len(without):
        raise LevelsWithoutOrder(str(texts.name), sorted(set(without)))
    return numbers.astype(float)


def _is_blank(read: pd.Series) -> pd.Series:
    return read.isna() | read.eq("")


def _note_words(answers: pd.Series, read: pd.Series) -> list[Note]:
    """Note how many gave a word where a number belongs."""
    texts = _read_texts(answers)
    is_word = _is_blank(read) & texts.str.strip("; ").ne("")
    if not is_word.any():
        return []
    words = _list(sorted(set(texts[is_word])))
    sentence = f"{_count(is_word)} gave no number as '{answers.name}' ({words}); it counts as missing."
    return [Note(str(answers.name), "not a number", int(is_word.sum()), sentence)]


def _note_missing(read: pd.Series, recipe: Recipe) -> list[Note]:
    """Note how many gave no answer, and what stands in for it."""
    is_blank = _is_blank(read)
    if not is_blank.any():
        return []
    stand_in = "the median stands in"
    if recipe.kind in SPLIT:
        stand_in = f"it {_name_stand_in(recipe, (MISSING, OTHER))}"
    sentence = f"{_count(is_blank)} gave no '{recipe.variable}'; {stand_in}."
    return [Note(recipe.variable, "missing", int(is_blank.sum()), sentence)]


def _refuse(read: pd.Series) -> Note | None:
    """Return a note that leaves the variable out, where it can hardly tell customers apart."""
    name, is_blank = str(read.name), _is_blank(read)
    if is_blank.mean() > MOST_MISSING:
        sentence = f"{name}: {is_blank.mean():.0%} missing, so it was left out; drop it or mark it passive."
        return Note(name, "left out", int(is_blank.sum()), sentence)
    share = read.value_counts(normalize=True)
    if share.iloc[0] > MOST_ALIKE:
        alike = share.index[0] if isinstance(share.index[0], str) else f"{share.index[0]:g}"
        sentence = f"{name}: {share.iloc[0]:.0%} of the answers are '{alike}', so it was left out."
        return Note(name, "left out", len(read), sentence)
    return None


def _learn_numbers(read: pd.Series, kind: str) -> tuple[Recipe, list[Note]]:
    name, known = str(read.name), read.dropna()
    levels = tuple(sorted(set(known))) if kind == "ordinal" else ()
    skewness = ((known - known.mean()) ** 3).mean() / known.std(ddof=0) ** 3
    is_log = kind == "numeric" and known.min() >= 0 and skewness > SKEWED_FROM
    recipe = Recipe(name, kind, levels=levels, is_log=bool(is_log), filling=float(known.median()))
    sentence = f"'{name}' is skewed ({skewness:.1f}), so the logarithm of 1 + its value is compared."
    return recipe, [Note(name, "log1p", len(known), sentence)] if is_log else []


def _learn_levels(read: pd.Series, kind: str) -> tuple[Recipe, list[Note]]:
    name = str(read.name)
    counts = read.map(lambda text: _split(text, kind)).explode().value_counts()
    is_rare = counts < RARE * len(read)
    rare = sorted(counts.index[is_rare])
    levels = sorted({*counts.index[~is_rare]} | ({OTHER} if rare else set()))
    if not rare:
        return Recipe(name, kind, levels=tuple(levels)), []
    n = int(read.map(lambda text: not set(rare).isdisjoint(_split(text, kind))).sum())
    sentence = f"Under {RARE:.0%} gave each of these as '{name}', so together they are '{OTHER}': {_list(rare)}."
    return Recipe(name, kind, levels=tuple(levels)), [Note(name, "merged levels", n, sentence)]


def _split(text: str, kind: str) -> list[str]:
    """Return the levels that an answer holds: one, or the options of a multiple answer."""
    if not text:
        return [MISSING]
    return text.split(";") if kind == "multiple" else [text]


def _spread(read: pd.Series, recipe: Recipe) -> np.ndarray:
    """Return the columns before centring; NaN in a row that fits no level, which then counts as the average."""
    if recipe.kind in SPLIT:
        codes, texts = pd.factorize(read)
        return np.reshape([_mark_levels(text, recipe) for text in texts], (len(texts), len(recipe.levels)))[codes]
    values = read.fillna(recipe.filling).to_numpy()
    if recipe.kind == "ordinal":
        values = np.interp(values, recipe.levels, np.arange(1, len(recipe.levels) + 1))
    return (np.log1p(np.maximum(values, 0)) if recipe.is_log else values)[:, None]


def _mark_levels(text: str, recipe: Recipe) -> np.ndarray:
    """Return 1 for each level that an answer holds, unknown ones as "other"."""
    named = {level if level in recipe.levels else OTHER for level in _split(text, recipe.kind)}
    marks = np.array([float(level in named) for level in recipe.levels])
    return marks if marks.any() else marks * np.nan


def _name_stand_in(recipe: Recipe, levels: tuple[str, ...]) -> str:
    """Say which of these levels an answer counts as that the recipe does not know."""
    known = [level for level in levels if level in recipe.levels]
    return f"counts as '{known[0]}'" if known else "counts as the average"


def _is_known(read: pd.Series, recipe: Recipe) -> pd.Series:
    if recipe.kind == "numeric":
        return read.notna()
    levels = set(recipe.levels)
    if recipe.kind == "ordinal":
        return read.isin(levels)
    return read.map(lambda text: set(_split(text, recipe.kind)) <= levels).astype(bool)


def _count(is_it: pd.Series) -> str:
    n = int(is_it.sum())
    return f"{n:,} of {len(is_it):,} customers"


def _list(words: list[str]) -> str:
    """Return the first few words, and how many more there are."""
    more = f" and {len(words) - LISTED} more" if len(words) > LISTED else ""
    return ", ".join(f"'{word}'" for word in words[:LISTED]) + more
