"""The earlier wave, spelt as the wave that is compared with it: renamed ids carry their new name."""

from types import SimpleNamespace

import pandas as pd

TABLES = (
    "touchpoints", "responses", "kpi_readings", "feedback", "codings", "coding_decisions", "alignments",
)  # fmt: skip
COLUMNS = {"touchpoint": "touchpoint_id", "code": "code_id", "kpi": "kpi_id"}


def find_renames(part) -> pd.DataFrame:
    """Return the rows of renames that took place after the earlier wave, up to the wave of the part.

    Parameters
    ----------
    part
        A study as select_rows returns it, with an earlier wave.

    Examples
    --------
    >>> waves = [SimpleNamespace(id=name) for name in ("w1", "w2", "w3")]
    >>> renames = pd.DataFrame({"kind": "kpi", "old_id": ["a", "b"], "new_id": ["b", "c"], "wave": ["w2", "w3"]})
    >>> part = SimpleNamespace(settings=SimpleNamespace(waves=waves), wave="w3", renames=renames)
    >>> part.earlier = SimpleNamespace(wave="w2")
    >>> find_renames(part)["new_id"].tolist()
    ['c']
    """
    order = [wave.id for wave in part.settings.waves]
    between = order[order.index(part.earlier.wave) + 1 : order.index(part.wave) + 1]
    place = part.renames["wave"].map({name: at for at, name in enumerate(between)})
    return part.renames[place.notna()].assign(place=place).sort_values(["place", "kind", "old_id"], ignore_index=True)


def follow_renames(renames: pd.DataFrame, *, kind: str) -> dict[str, str]:
    """Return each old id of one kind with the id it has in the end; what one wave renames, it renames at once.

    Columns read: kind, old_id, new_id, place (order of the waves), as find_renames returns them.

    Examples
    --------
    >>> renames = pd.DataFrame({"kind": "kpi", "old_id": ["a", "b"], "new_id": ["b", "c"], "place": [0, 1]})
    >>> sorted(follow_renames(renames, kind="kpi").items())
    [('a', 'c'), ('b', 'c')]
    """
    names: dict[str, str] = {}
    for _, at_once in renames[renames["kind"].eq(kind)].groupby("place"):
        step = dict(zip(at_once["old_id"], at_once["new_id"], strict=True))
        names = step | {first: step.get(last, last) for first, last in names.items()}
    return names


def rename_past(part) -> SimpleNamespace:
    """Return the tables of the earlier wave with touchpoints, codes and KPIs under the ids of the part.

    A renamed metric keeps its old id: another wording or scale is another question.

    Examples
    --------
    >>> import cjm_helpers as cjm
    >>> part = cjm.select_rows(cjm.open_study("retail_checkout"))
    >>> rename_past(part).wave
    '2026-03'
    """
    renames = find_renames(part)
    names = {column: follow_renames(renames, kind=kind) for kind, column in COLUMNS.items()}
    tables = {table: _rename(getattr(part.earlier, table), names) for table in TABLES}
    return SimpleNamespace(settings=part.earlier.settings, wave=part.earlier.wave, **tables)


def _rename(table: pd.DataFrame, names: dict[str, dict]) -> pd.DataFrame:
    return table.assign(**{column: table[column].replace(names[column]) for column in names if column in table})
