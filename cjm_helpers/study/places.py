"""Finds where in each table of a study the rows of one persona, one wave and one kind of customer stand."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import lru_cache

import numpy as np
import pandas as pd

from cjm_helpers.study.dimensions import TABLES, read_dimension
from cjm_helpers.study.folder import Study
from cjm_helpers.study.settings import ALL_WAVES, EVERYONE
from cjm_helpers.study.watching import list_opened
from cjm_helpers.worksheets import SPECS, split_list

TABLES_BY_FEEDBACK = ("codings", "coding_decisions", "alignments")
OF_A_PERSONA = ("personas", "persona_assignments", "statements", "kpi_readings")
OF_SOME_PERSONAS = ("touchpoints", "opportunities")
OF_ALL = ("statements", *OF_SOME_PERSONAS)  # where a row without a persona is every persona's
NOBODY = ""


def find_places(study: Study, persona_id: str, *, wave: str, dimensions: Collection[str] = ()) -> dict[str, np.ndarray]:
    """Return the numbers of the rows of a part, in order, for each table of which the part lacks some.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> find_places(open_study("clinic_visit"), "regular", wave="all")["personas"].tolist()
    [1]
    """
    shared = study, wave, tuple(dimensions)
    tables = _select_shared(*shared)
    places = {name: table.index.to_numpy() for name, table in tables.items()}
    if persona_id != EVERYONE:
        places |= {name: _find_own(rows, persona_id, table=name) for name, rows in _group_rows(*shared).items()}
    readings = tables["kpi_readings"].loc[places["kpi_readings"]]
    places["kpi_readings"] = _select_whole(readings).index.to_numpy()
    return {name: rows for name, rows in places.items() if len(rows) < len(list_opened(study.tables)[name])}


@lru_cache(maxsize=2)  # of a wave and the one before it, while part after part is taken from them
def _select_shared(study: Study, wave: str, dimensions: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    """Return the rows of one wave and one kind of customer, of which every persona has some, under their numbers."""
    tables = {name: table.reset_index(drop=True) for name, table in list_opened(study.tables).items()}
    if wave != ALL_WAVES:
        tables = _select_wave(tables, wave, study.settings.wave_ids)
    for dimension in dimensions:
        tables = _select_dimension(tables, dimension, columns=study.settings.dimensions, wave=wave)
    known = tables["feedback"]["feedback_id"]
    kept = {name: _is_among(tables[name]["feedback_id"], known) for name in TABLES_BY_FEEDBACK}
    return tables | {name: tables[name][rows] for name, rows in kept.items()}


def _find_own(rows: Mapping[str, np.ndarray], persona_id: str, *, table: str) -> np.ndarray:
    own = rows.get(persona_id, np.array([], dtype=int))
    return np.union1d(own, rows[NOBODY]) if table in OF_ALL and NOBODY in rows else own


@lru_cache(maxsize=2)
def _group_rows(study: Study, wave: str, dimensions: tuple[str, ...]) -> dict[str, dict[str, np.ndarray]]:
    """Return the numbers of each persona's rows in the tables of one wave and one kind of customer."""
    tables = _select_shared(study, wave, dimensions)
    given, feedback = tables["persona_assignments"], tables["feedback"]
    owners = {name: tables[name]["persona_id"] for name in OF_A_PERSONA}
    owners |= {name: _list_named(tables[name]["persona_ids"]) for name in OF_SOME_PERSONAS}
    owners |= {name: _find_owners(tables[name], given) for name in ("responses", "feedback")}
    spoken = dict(zip(feedback["feedback_id"].tolist(), owners["feedback"].tolist(), strict=True))
    for name in TABLES_BY_FEEDBACK:
        own = [spoken[one] for one in tables[name]["feedback_id"].tolist()]
        owners[name] = pd.Series(own, index=tables[name].index, dtype="object")
    owners["customers"] = _find_owners_ever(tables["customers"], given)
    return {name: _group(rows) for name, rows in owners.items()}


def _group(owners: pd.Series) -> dict[str, np.ndarray]:
    codes, names = pd.factorize(owners.to_numpy(dtype=object))
    order = np.argsort(codes, kind="stable")
    bounds = np.searchsorted(codes[order], range(1, len(names)))
    return dict(zip(names, np.split(owners.index.to_numpy()[order], bounds)))


def _list_named(lists: pd.Series) -> pd.Series:
    """Return a row for each persona that a cell names, NOBODY for an empty one."""
    named = lists.astype(object).map(lambda cell: [*dict.fromkeys(split_list(cell))] if cell else NOBODY)
    return named.explode().dropna()


def _find_owners_ever(customers: pd.DataFrame, assignments: pd.DataFrame) -> pd.Series:
    """Return the persona of each customer in the row's wave; where it holds for every wave, those of all of them."""
    owners = _find_owners(customers, assignments).rename("persona_id")
    always = customers.loc[customers["wave"] == "", ["customer_id"]]
    ever = always.reset_index().merge(assignments[["customer_id", "persona_id"]], on="customer_id").set_index("index")
    pairs = pd.concat([owners, ever["persona_id"]]).reset_index().drop_duplicates()
    return pairs.set_index("index")["persona_id"].sort_index(kind="stable")


def _select_wave(tables: dict, wave: str, order: tuple[str, ...]) -> dict:
    chosen = dict(tables)
    for name in ("responses", "feedback", "kpi_readings"):
        chosen[name] = tables[name][tables[name]["wave"] == wave]
    for name in ("customers", "persona_assignments", "statements"):
        chosen[name] = tables[name][tables[name]["wave"].isin(["", wave])]
    assigned = chosen["persona_assignments"].sort_values("wave", kind="stable")
    chosen["persona_assignments"] = assigned.drop_duplicates("customer_id", keep="last").sort_index()
    touchpoints = tables["touchpoints"]
    so_far, still = order[: order.index(wave) + 1], order[order.index(wave) :]
    exists = touchpoints["first_wave"].isin(["", *so_far]) & touchpoints["last_wave"].isin(["", *still])
    return chosen | {"touchpoints": touchpoints[exists]}


def _select_dimension(tables: dict, dimension: str, *, columns: dict[str, str], wave: str) -> dict:
    name, _, value = dimension.partition("=")
    said = {table: read_dimension(tables[table], name, column=columns[name]) for table in TABLES}
    if wave != ALL_WAVES:
        said["customers"] = said["customers"].mask(_is_overruled(tables["customers"]), "")
    chosen = tables | {table: tables[table][values.eq(value)] for table, values in said.items()}
    values = tables["customers"][["customer_id", "wave"]].assign(persona_id=said["customers"])
    for table in ("responses", "feedback"):
        chosen[table] = tables[table][_find_owners(tables[table], values) == value]
    assignments = tables["persona_assignments"]
    is_member = _is_among(assignments["customer_id"], chosen["customers"]["customer_id"])
    return chosen | {"persona_assignments": assignments[is_member]}


def _is_overruled(customers: pd.DataFrame) -> pd.Series:
    """Tell which rows hold for every wave while their customer has one for the wave that was chosen."""
    is_of_wave = customers["wave"].ne("")
    return ~is_of_wave & _is_among(customers["customer_id"], customers.loc[is_of_wave, "customer_id"])


def _find_owners(table: pd.DataFrame, assignments: pd.DataFrame) -> pd.Series:
    """Return the persona that each row's customer has in its wave, else the one assigned without a wave, else ""."""
    person = table["customer_id"]
    if "speaker" in table:  # who is interviewed often has no customer number
        person = person.where(person != "", table["speaker"])
    known = defaultdict(dict)
    keys = (assignments[name].tolist() for name in ("wave", "customer_id", "persona_id"))
    for wave, customer_id, persona_id in zip(*keys, strict=True):
        known[wave][customer_id] = persona_id
    of_wave = {wave: known[""] | known[wave] | {"": NOBODY} for wave in table["wave"].unique()}
    owners = [of_wave[wave].get(who, NOBODY) for who, wave in zip(person.tolist(), table["wave"].tolist())]
    return pd.Series(owners, index=table.index, dtype="object")


def _select_whole(readings: pd.DataFrame) -> pd.DataFrame:
    """Return the readings of the whole where a KPI and period have them beside those of its parts: none counts twice.

    Parts are personas (one persona's readings have no whole beside them by now) and the study's own dimensions.
    """
    for part in ("persona_id", *readings.columns.difference(SPECS["kpi_readings"].column_names)):
        is_whole = readings[part] == ""
        if is_whole.any() and not is_whole.all():
            has_whole = is_whole.groupby([readings["kpi_id"], readings["period"]]).transform("any").astype(bool)
            readings = readings[is_whole | ~has_whole]
    return readings


def _is_among(ids: pd.Series, known: pd.Series) -> pd.Series:
    """Tell which ids are among those known."""
    among = set(known.tolist())
    return pd.Series([one in among for one in ids.tolist()], index=ids.index, dtype=bool)
