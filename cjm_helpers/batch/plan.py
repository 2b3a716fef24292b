"""Plans the reports of a study and checks every parameter before any kernel starts."""

import ast
import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import chain, count
from pathlib import Path

from cjm_helpers.batch.report import Report
from cjm_helpers.errors import NotebookTakesNot, ParameterError
from cjm_helpers.study.folder import Study
from cjm_helpers.study.ids import WINDOWS_NAMES
from cjm_helpers.study.selection import select_personas, select_rows
from cjm_helpers.study.settings import EVERYONE, NEWEST

ALL_OF_THEM = "All customers together"
COMPARISON, COMPARISON_PAGE, LEAST_COMPARED = "Personas compared", "comparison.html", 2
WHAT_IT_COMPARES = "Where they really differ, what each names most, and what changed for whom"
KEPT_NAMES = {"index", "comparison", *WINDOWS_NAMES}
UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]')  # what no file may be called on some machine
TYPES = {"str": str, "int": int, "float": float, "bool": bool, "list": list, "dict": dict}


def plan_reports(
    study: Study, *, notebook: Path, look: Path, out: Path, comparison: Path | None = None, personas=(), wave=NEWEST
) -> tuple[Report, ...]:
    """Plan one report for each persona and one for everyone, everyone first, and last the one that compares them.

    Parameters
    ----------
    study
        The opened study; its personas and waves are what is allowed.
    notebook
        The papermill notebook that every persona's report is made with.
    look, out
        Folder of the HTML look, and folder of the pages.
    comparison
        The papermill notebook that lays two or more personas side by side; none = no such report.
    personas
        Ids of the personas to report on; none = everyone and each persona.
    wave
        A wave's id, `newest` or `all`.

    Returns
    -------
    tuple of Report

    Raises
    ------
    ParameterError
        For a persona or wave that the study does not know.
    NotebookTakesNot
        For a parameter that a notebook does not take.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> from cjm_helpers.study.kit import kit_folder
    >>> folder, study = kit_folder() / "templates" / "reports", open_study("clinic_visit")
    >>> places = {"notebook": folder / "persona_report.ipynb", "look": folder / "html", "out": Path("pages")}
    >>> [report.page.name for report in plan_reports(study, **places, personas=["regular"])]
    ['regular.html']
    """
    names = name_personas(study)
    for persona_id in personas:
        if persona_id not in names:
            raise ParameterError("persona_id", persona_id, names)
    chosen, pages = tuple(dict.fromkeys(personas) or names), name_pages(names)
    resolved = select_rows(study, persona_id=EVERYONE, wave=wave).wave
    compared = _find_compared(study, chosen, wave=resolved) if comparison else []
    facts = _tell_facts(study, wave=resolved) | {"comparison": COMPARISON_PAGE if compared else ""}
    set_up = {"study": str(study.folder.resolve()), "wave": resolved, "seed": study.settings.seed}
    reports = [
        Report(
            persona_id,
            names[persona_id],
            Path(notebook),
            Path(out) / pages[persona_id],
            Path(look),
            set_up | {"persona_id": persona_id},
            facts | {"tagline": _find_tagline(study, persona_id)},
        )
        for persona_id in chosen
    ]
    if compared:
        page, told = Path(out) / COMPARISON_PAGE, facts | {"tagline": WHAT_IT_COMPARES}
        parameters = set_up | {"persona_ids": compared}
        reports.append(Report("", COMPARISON, Path(comparison), page, Path(look), parameters, told))
    for report in reports:
        check_parameters(report.notebook, report.parameters)
    return tuple(reports)


def name_personas(study: Study) -> dict[str, str]:
    """Return the name of everyone and of each persona, by id, in the order of the worksheet.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> name_personas(open_study("clinic_visit"))["companion"]
    'The one who comes along'
    """
    return {EVERYONE: "Everyone", **dict(zip(study.personas.persona_id, study.personas.name, strict=True))}


def name_pages(persona_ids: Iterable[str]) -> dict[str, str]:
    """Name a page for each persona of a study: a file name on every machine, and never that of another page.

    Examples
    --------
    >>> name_pages(["lena", "Lena", "index", "up/down"])
    {'lena': 'lena.html', 'Lena': 'Lena_2.html', 'index': 'index_persona.html', 'up/down': 'up_down.html'}
    """
    pages: dict[str, str] = {}
    taken: set[str] = set()
    for persona_id in persona_ids:
        stem = UNFIT.sub("_", persona_id)
        stem = f"{stem}_persona" if _fold(stem) in KEPT_NAMES else stem
        names = chain([stem], (f"{stem}_{number}" for number in count(2)))
        name = next(name for name in names if _fold(name) not in taken)
        taken.add(_fold(name))
        pages[persona_id] = f"{name}.html"
    return pages


def _fold(name: str) -> str:
    """Return what a file system that knows no capitals and no two ways to write an accent takes a name for."""
    return unicodedata.normalize("NFC", name).casefold()


def _find_compared(study: Study, chosen: tuple[str, ...], *, wave: str) -> list[str]:
    """Return the chosen personas of whom anything is known; none where that is one alone."""
    if len(set(chosen) - {EVERYONE}) < LEAST_COMPARED:
        return []
    known = [part.persona_id for part in select_personas(study, wave=wave) if part.persona_id in chosen]
    return known if len(known) >= LEAST_COMPARED else []


def _tell_facts(study: Study, *, wave: str) -> dict[str, str]:
    return {
        "study": study.name,
        "scenario": study.settings.scenario.name,
        "organisation": study.settings.look.get("organisation", ""),
        "wave": wave,
        "data_hash": study.data_hash,
    }


def _find_tagline(study: Study, persona_id: str) -> str:
    taglines = dict(zip(study.personas.persona_id, study.personas.tagline, strict=True))
    return taglines.get(persona_id, ALL_OF_THEM)


def check_parameters(notebook: Path, parameters: Mapping[str, object]) -> None:
    """Refuse a parameter that the notebook does not take, or whose value is of another type than its default.

    Parameters
    ----------
    notebook
        A notebook with a cell tagged `parameters`.
    parameters
        Names and values that papermill would put in.

    Raises
    ------
    NotebookTakesNot
        For an unknown name (papermill itself would only warn, and report on the default instead) or a wrong type.

    Examples
    --------
    >>> from cjm_helpers.study.kit import kit_folder
    >>> check_parameters(kit_folder() / "templates" / "reports" / "persona_report.ipynb", {"persona_id": "everyone"})
    """
    from papermill import inspect_notebook  # takes 2 s: only when a report is really made

    known, file = inspect_notebook(str(notebook)), Path(notebook).name
    for name, value in parameters.items():
        if name not in known:
            raise NotebookTakesNot(file, name, allowed=known)
        wanted = _type_of(known[name])
        if wanted and (not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool)):
            kind = f"{wanted.__name__} there, such as {known[name]['default']}"
            raise NotebookTakesNot(file, name, value=value, wanted=kind)


def _type_of(parameter: Mapping[str, str]) -> type | None:
    if parameter["inferred_type_name"] in TYPES:
        return TYPES[parameter["inferred_type_name"]]
    try:
        default = ast.literal_eval(parameter["default"])
    except (ValueError, SyntaxError):
        return None
    return None if default is None else type(default)
