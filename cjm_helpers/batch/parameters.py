"""Knows the parameters that a report notebook declares, and refuses others before anything runs."""

import ast
import importlib
import json
import logging
import math
import re
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from cjm_helpers.errors import CjmError, NotebookTakesNot

TAG = "parameters"
TYPES = {kind.__name__: kind for kind in (str, int, float, bool, list, dict)}
YES, NO = ("true", "yes", "1"), ("false", "no", "0")
KINDS = {int: "a whole number", float: "a number", bool: "yes or no", list: "a list such as anna;ben"}


class Parameter(NamedTuple):
    """What a notebook declares of one parameter: its type, None where it tells none, and its default as written."""

    kind: type | None
    default: str


def list_parameters(notebook: Path) -> dict[str, Parameter]:
    """Return the parameters of a notebook's cell tagged `parameters`, as papermill reads them in Python.

    Raises
    ------
    CjmError
        Where there is no such notebook.

    Examples
    --------
    >>> from cjm_helpers.study.kit import kit_folder
    >>> list_parameters(kit_folder() / "templates" / "reports" / "persona_report.ipynb")["seed"]
    Parameter(kind=<class 'int'>, default='0')
    """
    found = _load_reader().inspect({"source": _read_cell(notebook)})
    return {one.name: Parameter(_find_kind(one.inferred_type_name, one.default), one.default) for one in found}


def _read_cell(notebook: Path) -> str:
    """Return the text of the cell tagged `parameters`, "" where there is none."""
    try:
        cells = json.loads(Path(notebook).read_text(encoding="utf-8"))["cells"]
        return next(("".join(one["source"]) for one in cells if TAG in one["metadata"].get("tags", [])), "")
    except FileNotFoundError:
        raise CjmError(f"There is no notebook '{notebook}'.") from None
    except (KeyError, TypeError, ValueError):
        raise CjmError(
            f"'{notebook}' is no notebook. Open and save it in JupyterLab, which writes the newest format."
        ) from None


def check_reports(reports: Iterable) -> None:
    """Refuse the first report of which a parameter does not fit its notebook; each notebook is read once.

    Parameters
    ----------
    reports
        Each with its notebook, which has a cell tagged `parameters`, and the parameters that papermill would put in.

    Raises
    ------
    NotebookTakesNot
        For a name that the notebook does not take (papermill itself would only warn, and report on the default), or a
        value of another type than its default.

    Examples
    --------
    >>> check_reports([])
    """
    known: dict[Path, dict[str, Parameter]] = {}
    for report in reports:
        if report.notebook not in known:
            known[report.notebook] = list_parameters(report.notebook)
        _check(report.notebook, report.parameters, known=known[report.notebook])


def say_unreadable(notebook: Path, name: str) -> str:
    """Say that a parameter is there and papermill cannot read it; "" where it is not there.

    Examples
    --------
    >>> from cjm_helpers.study.kit import kit_folder
    >>> say_unreadable(kit_folder() / "templates" / "reports" / "persona_report.ipynb", "market")
    ''
    """
    if not re.search(rf"(?m)^{re.escape(name)}\b.*=.*=", _read_cell(notebook)):
        return ""
    file = Path(notebook).name
    return f"{file} sets {name} on a line with a second =, which papermill cannot read. Keep it out of comments."


def _check(notebook: Path, parameters: Mapping[str, object], *, known: Mapping[str, Parameter]) -> None:
    file = Path(notebook).name
    for name, value in parameters.items():
        if name not in known:
            unreadable = say_unreadable(notebook, name)
            raise CjmError(unreadable) if unreadable else NotebookTakesNot(file, name, allowed=known)
        wanted = known[name].kind
        if wanted and (not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool)):
            kind = f"{wanted.__name__} there, such as {known[name].default}"
            raise NotebookTakesNot(file, name, value=value, wanted=kind)


def read_value(text: str, parameter: Parameter) -> object:
    """Return a cell of a table as the value that a parameter takes; items of a list stand between semicolons.

    Raises
    ------
    ValueError
        Saying what the parameter takes, where the text is none.

    Examples
    --------
    >>> read_value("anna; ben", Parameter(list, "[]")), read_value("no", Parameter(bool, "True"))
    (['anna', 'ben'], False)
    """
    kind = parameter.kind or str
    try:
        if kind is bool:
            return {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}[text.casefold()]
        if kind is list:
            items = [item.strip() for item in text.split(";") if item.strip()]
            inner = _find_kind("", parameter.default, is_item=True)
            return [read_value(item, Parameter(inner, "")) for item in items]
        value = kind(text.replace(",", ".") if kind is float else text)
        if kind is float and not math.isfinite(value):
            raise ValueError
        return value
    except (KeyError, ValueError, TypeError):
        raise ValueError(f"The notebook takes {KINDS.get(kind, f'{kind.__name__}, which no cell can hold')}.") from None


def _find_kind(declared: str, default: str, *, is_item: bool = False) -> type | None:
    """Return the type that a declaration names, else that of the default, or of the first item of the default."""
    if declared in TYPES:
        return TYPES[declared]
    try:
        value = ast.literal_eval(default)
    except (ValueError, SyntaxError):
        return None
    if is_item:
        value = value[0] if value else None
    return None if value is None else type(value)


@cache
def _load_reader():
    """Load the part of papermill that reads parameters, by itself, which is light; the whole is not."""
    alone = ModuleType("papermill_alone")
    alone.__path__ = list(find_spec("papermill").submodule_search_locations)
    sys.modules[alone.__name__] = alone
    logging.getLogger(alone.__name__).setLevel(logging.CRITICAL)  # a line that it cannot read is told when it matters
    return importlib.import_module(f"{alone.__name__}.translators").PythonTranslator
