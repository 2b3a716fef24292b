"""Checks the tables of a study against each other and against study.toml, and gathers every fault."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from cjm_helpers.errors import Fault, spell_allowed
from cjm_helpers.study.joining import Placed, gather_faults
from cjm_helpers.study.settings import EVERYONE, FILE, FIRST, Settings
from cjm_helpers.study.twins import ANSWERS
from cjm_helpers.worksheets import KPI_SCALES, NOTHING_FITS, SPECS, Column, Table

EVIDENCE_TABLES = ("feedback", "responses", "statements", "kpis", "codebook", "customers")
PLACES = dict.fromkeys(("metrics", "waves", "stages"), "study.toml") | {"evidence": "any table that holds evidence"}
TAKEN_NAMES = (EVERYONE, FIRST, "index")
SHARES = ("proportion", "csat")  # kinds of KPI that are stored as 0 to 1
PERIOD = r"|\d{4}(-(0[1-9]|1[0-2])(-[0-3]\d)?|-W[0-5]\d|-Q[1-4])?"  # sorts as time goes; empty is said already
FEELING, SEVERITY = (-2, 2), (1, 3)
ADD_ID = "Correct the id, or add what it names."
MOST_LISTED = 1_000  # beyond it, nobody reads the list and looking for the nearest spelling takes seconds


def check_tables(tables: dict[str, Placed], *, settings: Settings, files: Collection[str] | None = None) -> list[Fault]:
    """Return every fault of the joined tables: ids, ranges, scales, and what the settings know.

    Parameters
    ----------
    files
        Those whose rows are judged; none = all.

    Examples
    --------
    >>> from cjm_helpers.study.joining import join_sheets
    >>> settings = Settings("Checkout")
    >>> check_tables(join_sheets([], settings=settings)[0], settings=settings)
    []
    """
    known = _list_known(tables, settings)
    absent = _find_absent(tables, files)
    faults = []
    for name, placed in tables.items():
        if len(placed.frame):
            faults += _check_keys(placed, SPECS[name])
            for column in SPECS[name].columns:
                faults += _check_references(placed, column, known) if _has_references(column) else []
                faults += _check_range(placed, column)
    faults += _check_parts(tables)
    faults += _check_reserved(tables)
    faults += _check_scores(tables, settings)
    faults += _check_attributes(tables["customers"], settings)
    faults += _check_shares(tables)
    faults += _check_kpi_scales(tables["kpis"], settings)
    faults += _check_rules(tables, settings)
    return absent + [fault for fault in faults if files is None or fault.file in files]


def _list_known(tables: dict[str, Placed], settings: Settings) -> dict[str, dict]:
    """Return the ids that may be referred to, in order, for each table and each list of study.toml."""
    known = {name: tables[name].frame[SPECS[name].key[0]].unique().tolist() for name in tables if SPECS[name].key}
    known |= {"metrics": settings.metrics, "waves": settings.wave_ids, "stages": settings.stages}
    known["evidence"] = [text for name in EVIDENCE_TABLES for text in known[name]]
    return {name: dict.fromkeys(texts) for name, texts in known.items()}


def _find_absent(tables: dict[str, Placed], files: Collection[str] | None) -> list[Fault]:
    """Say each table without a row whose ids rows of others name, once for all of them."""
    named: dict[str, list[str]] = {}
    for name, placed in tables.items():
        is_judged = True if files is None else np.isin(placed.files, list(files))
        for column in SPECS[name].columns:
            if column.refers in tables and tables[column.refers].frame.empty and len(placed.frame):
                ids = placed.frame[column.name][~placed.frame[column.name].isin(["", NOTHING_FITS]) & is_judged]
                told = [f"{len(ids):,} of {name}, such as '{ids.iloc[0]}'"] if len(ids) else []
                named.setdefault(column.refers, []).extend(told)
    remedy = "Put it back or fill it: .history in the study keeps older worksheets, an import makes its tables anew."
    return [
        Fault(f"The table is missing or has no row, and rows name ids of it: {'; '.join(rows)}.", name, remedy=remedy)
        for name, rows in named.items()
        if rows
    ]


def _check_keys(placed: Placed, spec: Table) -> list[Fault]:
    """Say ids that stand twice, within a file or in two, and ids that would break a list."""
    key = list(spec.key)
    if not key:
        return []
    own = placed.frame[key[0]]
    wrong = (placed.frame.duplicated(key) & (own != "")).to_numpy()
    if spec.name in ANSWERS:  # rows that git put together in one file are no fault (twins.py)
        wrong = wrong & ~placed.frame[key].assign(file=placed.files).duplicated().to_numpy()
    phrase = f"used twice with the same {' and '.join(key[1:])}" if key[1:] else "used twice"
    faults = gather_faults(placed, key[0], wrong=wrong, phrase=phrase, remedy=_say_twins(placed, key, wrong))
    wrong, phrase = own.str.contains(";", regex=False).to_numpy(), "an id with ';', which separates ids"
    return faults + gather_faults(placed, key[0], wrong=wrong, phrase=phrase, remedy="Rename it.")


def _say_twins(placed: Placed, key: list[str], wrong: np.ndarray) -> str:
    """Say where the first of the twins stands."""
    if not wrong.any():
        return ""
    twin = placed.frame.loc[wrong.argmax(), key]
    first = int((placed.frame[key] == twin).all(axis=1).to_numpy().argmax())
    return f"'{twin.iloc[0]}' stands first in {placed.files[first]}, row {placed.rows[first]}. Remove or rename one."


def _has_references(column: Column) -> bool:
    return bool(column.refers) or column.kind == "ids"


def _check_references(placed: Placed, column: Column, known: dict) -> list[Fault]:
    refers = column.refers or "evidence"
    if not known[refers] and refers in SPECS:
        return []  # said once for the whole table
    if column.kind == "ids":
        placed = _split_rows(placed, column.name)
    values = placed.frame[column.name]
    unknown = set(values.unique().tolist()) - known[refers].keys() - {""}
    if column.name == "code_id":
        unknown -= {NOTHING_FITS}
    if not unknown:
        return []
    where = PLACES.get(refers, f"the table {refers}")
    phrase, remedy = f"not known in {where}", ADD_ID
    if column.kind == "ids" and any("," in value for value in unknown):
        remedy = "Separate ids by ';'."
    listed = known[refers] if len(known[refers]) <= MOST_LISTED else ()
    wrong = values.isin(unknown).to_numpy()
    return gather_faults(placed, column.name, wrong=wrong, phrase=phrase, allowed=listed, remedy=remedy)


def _split_rows(placed: Placed, column: str) -> Placed:
    """Return one row for each id of a list."""
    items = placed.frame[column].str.split(";").explode().str.strip()
    at = items.index.to_numpy()
    return Placed(items.to_frame().reset_index(drop=True), placed.files[at], placed.rows[at])


def _check_range(placed: Placed, column: Column) -> list[Fault]:
    if column.low is None and column.high is None:
        return []
    low, high = -np.inf if column.low is None else column.low, np.inf if column.high is None else column.high
    values = placed.frame[column.name]
    wrong = ((values < low) | (values > high)).to_numpy()
    phrase = f"below {low:g}" if high == np.inf else f"outside {low:g} to {high:g}"
    return gather_faults(placed, column.name, wrong=wrong, phrase=phrase, remedy=column.help)


def _check_parts(tables: dict[str, Placed]) -> list[Fault]:
    """Each file of a folder table holds the rows of the one person it is named after."""
    faults = []
    for name, spec in SPECS.items():
        if spec.is_folder and len(tables[name].frame):
            placed, owner = tables[name], spec.key[1]
            stems = pd.Series(placed.files).str.extract(rf"^[^/]+/{name}/(.+)\.csv$")[0]
            wrong = (stems.notna() & (stems != placed.frame[owner])).to_numpy()
            phrase, remedy = "not the name of the file", "A file holds the rows of its person only."
            faults += gather_faults(placed, owner, wrong=wrong, phrase=phrase, remedy=remedy)
    return faults


def _check_reserved(tables: dict[str, Placed]) -> list[Fault]:
    """Some words mean something else already; a persona's id also names its report."""
    personas, codebook = tables["personas"], tables["codebook"]
    persona_id, remedy = personas.frame["persona_id"], "Choose another id."
    wrong, phrase = persona_id.isin(TAKEN_NAMES).to_numpy(), "reserved for a page about all personas"
    faults = gather_faults(personas, "persona_id", wrong=wrong, phrase=phrase, remedy=remedy)
    wrong, phrase = (codebook.frame["code_id"] == NOTHING_FITS).to_numpy(), "reserved for verbatims that no code fits"
    faults += gather_faults(codebook, "code_id", wrong=wrong, phrase=phrase, remedy=remedy)
    wrong, phrase = (~persona_id.str.fullmatch(r"[\w-]*")).to_numpy(), "not usable as the name of a file"
    remedy = "Use letters, digits, _ and - only."
    return faults + gather_faults(personas, "persona_id", wrong=wrong, phrase=phrase, remedy=remedy)


def _check_scores(tables: dict[str, Placed], settings: Settings) -> list[Fault]:
    """Scores lie on their metric's scale, feelings between -2 and 2, severities of pain points between 1 and 3."""
    faults = []
    for name in ("responses", "feedback"):
        faults += _check_scales(tables[name], settings)
    statements = tables["statements"]
    for field, (low, high) in (("feeling", FEELING), ("pain_point", SEVERITY)):
        score = statements.frame["score"]
        is_said = (score < FEELING[0]) | (score > SEVERITY[1])  # by the column's own range
        is_outside = ((score < low) | (score > high)) & ~is_said
        wrong = ((statements.frame["field"] == field) & is_outside).to_numpy()
        phrase = f"outside {low} to {high}, the scores of a {field.replace('_', ' ')}"
        remedy = "Correct the score or leave it empty."
        faults += gather_faults(statements, "score", wrong=wrong, phrase=phrase, remedy=remedy)
    return faults


def _check_scales(placed: Placed, settings: Settings) -> list[Fault]:
    metric, score = placed.frame["metric"], placed.frame["score"]
    faults = []
    for one in settings.metrics.values():
        wrong = ((metric == one.id) & ((score < one.min) | (score > one.max))).to_numpy()
        phrase = f"outside the scale {one.min:g} to {one.max:g} of {one.id}"
        remedy = f"Correct the rows or what the import takes as blank, or [metrics.{one.id}] in study.toml."
        faults += gather_faults(placed, "score", wrong=wrong, phrase=phrase, remedy=remedy)
    wrong, phrase = (score.notna() & (metric == "")).to_numpy(), "a score without its metric"
    return faults + gather_faults(placed, "score", wrong=wrong, phrase=phrase, remedy="Name the metric.")


def _check_attributes(customers: Placed, settings: Settings) -> list[Fault]:
    """Say attributes that study.toml declares and customers lacks."""
    columns = list(customers.frame.columns)
    missing = [name for name in settings.customers if name not in columns] if len(customers.frame) else []
    remedy = "Correct or remove the key."
    return [
        Fault(
            f"[customers] names '{name}', which is no column of customers.",
            file=FILE,
            allowed=spell_allowed(name, columns),
            remedy=remedy,
        )
        for name in missing
    ]


def _check_shares(tables: dict[str, Placed]) -> list[Fault]:
    """A share runs from 0 to 1 wherever it is written, and no reading counts more cases than there are."""
    kpis, readings = tables["kpis"], tables["kpi_readings"]
    shares = kpis.frame.loc[kpis.frame["kind"].isin(SHARES), "kpi_id"]
    places = [(kpis, name) for name in ("baseline", "target", "benchmark")] + [(readings, "value")]
    faults = []
    for placed, name in places:
        wrong = placed.frame["kpi_id"].isin(shares) & ~placed.frame[name].fillna(0).between(0, 1)
        phrase, remedy = "not a share from 0 to 1", "Write 0.31 for 31%."
        faults += gather_faults(placed, name, wrong=wrong.to_numpy(), phrase=phrase, remedy=remedy)
    frame = readings.frame
    wrong = frame["kpi_id"].isin(shares) & (frame["numerator"] > frame["denominator"])
    phrase, remedy = "more cases than there are in all", "Correct numerator or denominator."
    return faults + gather_faults(readings, "numerator", wrong=wrong.to_numpy(), phrase=phrase, remedy=remedy)


def _check_kpi_scales(kpis: Placed, settings: Settings) -> list[Fault]:
    """Say KPIs whose kind cannot be computed from their metric, which would stop every report."""
    metric, faults = kpis.frame["metric"], []
    for kind, scale in KPI_SCALES.items():
        unfit = [one.id for one in settings.metrics.values() if (one.min, one.max) != scale]
        wrong = (kpis.frame["kind"].eq(kind) & metric.isin(unfit)).to_numpy()
        phrase = "not on the scale {} to {} that this kind of KPI needs".format(*scale)
        faults += gather_faults(kpis, "metric", wrong=wrong, phrase=phrase, remedy="Choose another metric or kind.")
    return faults


def _check_rules(tables: dict[str, Placed], settings: Settings) -> list[Fault]:
    """Effort is above zero; a touchpoint does not end before it begins; periods sort as time goes."""
    ideas, touchpoints, readings = tables["opportunities"], tables["touchpoints"], tables["kpi_readings"]
    wrong, remedy = (ideas.frame["effort"] <= 0).to_numpy(), "Write person-months, or leave it empty."
    faults = gather_faults(ideas, "effort", wrong=wrong, phrase="not above 0", remedy=remedy)
    order = {wave: place for place, wave in enumerate(settings.wave_ids)}
    first, last = (touchpoints.frame[name].map(order).astype(float) for name in ("first_wave", "last_wave"))
    wrong, phrase = (last < first).to_numpy(), "before the first wave"
    faults += gather_faults(touchpoints, "last_wave", wrong=wrong, phrase=phrase, remedy="Swap the two waves.")
    wrong, phrase = (~readings.frame["period"].str.fullmatch(PERIOD)).to_numpy(), "no month, week or day"
    remedy = "Write 2026-03, 2026-W09 or 2026-03-14."
    return faults + gather_faults(readings, "period", wrong=wrong, phrase=phrase, remedy=remedy)
