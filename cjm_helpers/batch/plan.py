"""Plans the reports of a study and checks every parameter before any kernel starts."""

import ast
from collections.abc import Mapping
from pathlib import Path

from cjm_helpers.batch.report import Report
from cjm_helpers.errors import NotebookTakesNot, ParameterError
from cjm_helpers.study.folder import Study
from cjm_helpers.study.selection import select_rows

EVERYONE = "everyone"
ALL_OF_THEM = "All customers together, those without a persona too"
TYPES = {"str": str, "int": int, "float": float, "bool": bool, "list": list, "dict": dict}


def plan_reports(
    study: Study, *, notebook: Path, look: Path, out: Path, personas=(), wave: str = "newest"
) -> tuple[Report, ...]:
    """Plan one report for each persona and one for everyone, everyone first.

    Parameters
    ----------
    study
        The opened study; its personas and waves are what is allowed.
    notebook
        The papermill notebook that every report is made with.
    look, out
        Folder of the HTML look, and folder of the pages.
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
        For a parameter that the notebook does not take.

    Examples
    --------
    >>> from cjm_helpers.batch.plan import page_name
    >>> page_name("busy_parent")
    'busy_parent.html'
    """
    names = {EVERYONE: "Everyone", **dict(zip(study.personas.persona_id, study.personas.name, strict=True))}
    for persona_id in personas:
        if persona_id not in names:
            raise ParameterError("persona_id", persona_id, names)
    resolved = select_rows(study, persona_id=EVERYONE, wave=wave).wave
    reports = tuple(
        Report(
            persona_id,
            names[persona_id],
            Path(notebook),
            Path(out) / page_name(persona_id),
            Path(look),
            _set_parameters(study, persona_id, wave=resolved),
            _tell_facts(study, persona_id, wave=resolved),
        )
        for persona_id in (dict.fromkeys(personas) or names)
    )
    for report in reports:
        check_parameters(report.notebook, report.parameters)
    return reports


def _set_parameters(study: Study, persona_id: str, *, wave: str) -> dict[str, object]:
    return {"study": str(study.folder.resolve()), "persona_id": persona_id, "wave": wave, "seed": study.settings.seed}


def _tell_facts(study: Study, persona_id: str, *, wave: str) -> dict[str, str]:
    row = study.personas[study.personas.persona_id == persona_id]
    return {
        "study": study.name,
        "scenario": study.settings.scenario.name,
        "organisation": study.settings.look.get("organisation", ""),
        "tagline": ALL_OF_THEM if row.empty else row.tagline.iloc[0],
        "wave": wave,
        "data_hash": study.data_hash,
    }


def page_name(persona_id: str) -> str:
    """Name the page of a persona; `index` is taken by the page that lists them all.

    Examples
    --------
    >>> page_name("index")
    'index_persona.html'
    """
    return "index_persona.html" if persona_id.casefold() == "index" else f"{persona_id}.html"


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
