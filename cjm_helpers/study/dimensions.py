"""The kinds of customers that a study can be split by, such as markets, and how several are named at once."""

from collections.abc import Mapping

import pandas as pd

from cjm_helpers.errors import CjmError, ParameterError
from cjm_helpers.study.folder import Study

TABLES = ("customers", "kpi_readings")  # where a row may say of which kind it is
BETWEEN = ";"


def list_dimensions(study: Study) -> list[str]:
    """Return every value of every dimension, as `select_rows` takes it.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> list_dimensions(open_study("retail_checkout"))
    ['market=Austria', 'market=Germany', 'market=Netherlands']
    """
    found = []
    for name, column in study.settings.dimensions.items():
        said = [read_dimension(study.tables[table], name, column=column) for table in TABLES]
        found += [f"{name}={value}" for value in sorted(set(pd.concat(said)) - {""})]
    return found


def split_dimensions(study: Study, text: str) -> tuple[str, ...]:
    """Return the values that a text with semicolons names, in the order of study.toml, so that each set has one name.

    Raises
    ------
    ParameterError
        With the values that the study knows.
    CjmError
        Where two of them are of the same dimension.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> split_dimensions(open_study("retail_checkout"), "market=Austria")
    ('market=Austria',)
    """
    if not text:
        return ()
    known, found, rest = list_dimensions(study), [], text.strip()
    while rest:
        fits = [one for one in known if f"{rest}{BETWEEN}".startswith(f"{one}{BETWEEN}")]
        if not fits:
            raise ParameterError("dimension", rest.partition(BETWEEN)[0], known)
        found.append(max(fits, key=len))  # a value may hold a semicolon itself
        rest = rest[len(found[-1]) + 1 :].strip()
    names = [one.partition("=")[0] for one in found]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise CjmError(f"The parameter dimension = '{text}' names {twice} twice, and nobody is both. Leave one out.")
    return tuple(sorted(found, key=known.index))


def join_dimensions(values: Mapping[str, str]) -> str:
    """Write one value of each of some dimensions as `select_rows` takes it.

    Examples
    --------
    >>> join_dimensions({"market": "Austria", "tier": "gold"})
    'market=Austria;tier=gold'
    """
    return BETWEEN.join(f"{name}={value}" for name, value in values.items())


def read_dimension(table: pd.DataFrame, name: str, *, column: str) -> pd.Series:
    """Return a dimension's value in each row, from the column of its name or attribute; "" where none says it.

    Examples
    --------
    >>> read_dimension(pd.DataFrame({"country": ["Austria"]}), "market", column="country").tolist()
    ['Austria']
    """
    named = next((label for label in (name, column) if label in table), None)
    return table[named] if named else pd.Series("", index=table.index, dtype="str")
