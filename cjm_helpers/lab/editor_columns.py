"""Says what the table editor needs to know of each column: its heading, how it is filled, and what may be chosen."""

from collections.abc import Mapping

from cjm_helpers.lab.editor_draft import makes_ids
from cjm_helpers.study.folder import Study
from cjm_helpers.study.kinds import YES_NO
from cjm_helpers.worksheets import NOTHING_FITS, SPECS, Column, Table, split_list

MOST_OPTIONS = 500  # a longer list is searched in the kernel
MOST_FOUND = 50
LONGEST_LABEL = 200
SHOWN_BY = {
    "personas": "name", "touchpoints": "name", "codebook": "label", "kpis": "name", "goals": "statement",
    "feedback": "text",
}  # fmt: skip
NOTES = {"touchpoints": "stage", "codebook": "definition", "personas": "tagline", "feedback": "source"}
HEADINGS = {
    "evidence_ids": "Evidence for it", "counter_evidence_ids": "Evidence against it", "primary_kpi_id": "Main KPI",
    "kpi_id": "KPI", "lang": "Language", "sd": "Standard deviation", "n": "n", "metric": "Metric",
}  # fmt: skip
PURPOSES = {
    "personas": "who your customers are, in a few people one can picture",
    "touchpoints": "where customers meet you, in the order in which it happens",
    "statements": "what your team knows or assumes about each persona, and how it knows",
    "feedback": "what customers said, in their own words",
    "codebook": "the words under which your team sorts what customers say",
    "codings": "which code each person gives to each comment",
    "coding_decisions": "what you agreed on where two people coded differently",
    "alignments": "which touchpoint a comment is about, where it does not say so itself",
    "goals": "what your organisation wants to reach",
    "kpis": "how you will see whether a goal is reached",
    "kpi_readings": "what each KPI showed in each period",
    "customers": "what you know about each customer, without names",
    "persona_assignments": "which customer belongs to which persona",
    "responses": "what customers answered in a survey",
    "touchpoint_ratings": "how much each touchpoint matters, in one person's view",
    "opportunities": "what you could do better, and what speaks for it",
    "renames": "what got another name between two waves, so that both are compared",
}


def describe_columns(study: Study, spec: Table, *, names: list[str]) -> list[dict]:
    """Return what the page needs of each column, in the order given.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> study, spec = open_study("retail_checkout"), SPECS["touchpoints"]
    >>> [(one["name"], one["fill"]) for one in describe_columns(study, spec, names=["touchpoint_id", "name", "stage"])]
    [('touchpoint_id', 'made'), ('name', 'text'), ('stage', 'choice')]
    """
    known = {column.name: column for column in spec.columns}
    return [_describe(study, spec, known.get(name, Column(name, "text", "A column of your own."))) for name in names]


def _describe(study: Study, spec: Table, column: Column) -> dict:
    fill = _name_fill(study, spec, column)
    about = {
        "name": column.name, "label": name_heading(column.name, spec=spec), "kind": column.kind, "fill": fill,
        "help": column.help, "example": column.example, "required": column.is_required, "low": column.low,
        "high": column.high, "own": column.refers == spec.name,
        "source": name_source(column.refers),
    }  # fmt: skip
    if fill in ("choice", "ticks") and not about["own"]:
        about["options"] = list_options(study, column)
    return about


def name_source(refers: str) -> str:
    """Say where what may be chosen in a column is added; "" where that is fixed.

    Examples
    --------
    >>> name_source("codebook"), name_source("stages")
    ('Codes are added in the table Codebook.', "Stages are added in the study's settings.")
    """
    if refers not in SPECS:
        return f"{refers.capitalize()} are added in the study's settings." if refers else ""
    row = SPECS[refers].row
    return f"{row[:1].upper()}{row[1:]}s are added in the table {refers.replace('_', ' ').capitalize()}."


def name_heading(name: str, *, spec: Table) -> str:
    """Return the heading of a column in words.

    Examples
    --------
    >>> name_heading("persona_ids", spec=SPECS["touchpoints"]), name_heading("touchpoint_id", spec=SPECS["touchpoints"])
    ('Personas', 'Id')
    """
    if makes_ids(spec.name) and name == spec.columns[0].name:
        return "Id"
    words = name.removesuffix("_id").replace("_ids", "s").replace("_", " ")
    return HEADINGS.get(name, words[:1].upper() + words[1:])


def _name_fill(study: Study, spec: Table, column: Column) -> str:
    """Return how the cells of a column are filled."""
    if makes_ids(spec.name) and column.name == spec.columns[0].name:
        return "made"
    if spec.is_folder and column.name == spec.key[1]:
        return "fixed"
    if column.kind in ("list", "ids"):
        return "ticks" if column.refers or column.kind == "list" else "evidence"
    if column.refers in study.tables and len(study.tables[column.refers]) > MOST_OPTIONS:
        return "asked"
    is_chosen = column.refers or column.choices or column.kind == "yes_no"
    return "choice" if is_chosen else column.kind if column.kind in ("number", "integer", "date") else "text"


def list_options(study: Study, column: Column) -> list[list[str]]:
    """Return what may be chosen in a column: the value, its name and a note.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> list_options(open_study("retail_checkout"), SPECS["touchpoints"].column("planned"))
    [['yes', 'yes', ''], ['no', 'no', '']]
    """
    settings = study.settings
    texts = {"stages": settings.stages, "waves": settings.wave_ids}.get(column.refers) or column.choices
    if column.refers == "metrics":
        return [[one.id, one.id, one.question] for one in settings.metrics.values()]
    if column.refers in study.tables:
        nothing = [[NOTHING_FITS, NOTHING_FITS, "read, nothing fits"]] if column.name == "code_id" else []
        return nothing + _name_rows(study, column.refers)
    if column.kind == "list":
        return [[text, text, ""] for text in _list_used(study, column)]
    if column.kind == "yes_no":
        texts = YES_NO
    return [[text, text if column.refers else text.replace("_", " "), ""] for text in texts]


def find_options(study: Study, table: str, *, query: str) -> list[list[str]]:
    """Return the rows of a long table that hold every word looked for, in their id or name; fifty at most.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> find_options(open_study("retail_checkout"), "feedback", query="i0101 thursdays")[0][0]
    'i0101'
    """
    words = query.casefold().split()
    found = (option for option in _name_rows(study, table) if _holds(option, words))
    return [option for option, _ in zip(found, range(MOST_FOUND))]


def name_ids(study: Study, table: str, *, ids: set[str]) -> Mapping[str, str]:
    """Return the names of some rows of a long table by their ids.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> name_ids(open_study("retail_checkout"), "touchpoints", ids={"payment"})
    {'payment': 'Payment page'}
    """
    return {option[0]: option[1] for option in _name_rows(study, table) if option[0] in ids}


def _holds(option: list[str], words: list[str]) -> bool:
    text = " ".join(option).casefold()
    return all(word in text for word in words)


def _name_rows(study: Study, table: str) -> list[list[str]]:
    frame, own = study.tables[table], SPECS[table].columns[0].name
    names = frame[SHOWN_BY.get(table, own)]
    names = names.where(names != "", frame[own]).str.slice(0, LONGEST_LABEL)
    notes = frame[NOTES[table]].str.slice(0, LONGEST_LABEL) if table in NOTES else [""] * len(frame)
    return [list(option) for option in zip(frame[own], names, notes, strict=True)]


def _list_used(study: Study, column: Column) -> list[str]:
    """Return what stands in a list column of any table so far, the team's names first where people are named."""
    team = list(study.settings.team) if column.name.endswith("_by") else []
    used = [cell for table in study.tables.values() if column.name in table for cell in table[column.name].unique()]
    return list(dict.fromkeys([*team, *(item for cell in used for item in split_list(cell))]))
