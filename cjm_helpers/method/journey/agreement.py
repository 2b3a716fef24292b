"""Agreement: how alike people read each code, measured once for a whole study and carried to the cells of its maps."""

from collections.abc import Collection
from functools import lru_cache

import pandas as pd

from cjm_helpers.errors import NoDoubleCoding
from cjm_helpers.method.codings import name_successors
from cjm_helpers.method.evidence import DIFFER, FIGURES, REVISE
from cjm_helpers.method.feedback.reliability import RELIABILITY, measure_reliability

STUDIES_KEPT = 2
AGREEMENT = (*FIGURES.values(), "caution")


class _Coded:
    """The tables that agreement is measured on; the same objects give the same agreement, so it is measured once."""

    def __init__(self, codings: pd.DataFrame, codebook: pd.DataFrame):
        self.codings, self.codebook = codings, codebook

    def __eq__(self, other) -> bool:
        return self.codings is other.codings and self.codebook is other.codebook

    def __hash__(self) -> int:
        return hash((id(self.codings), id(self.codebook)))


def measure_study(whole, *, seed: int = 0) -> pd.DataFrame:
    """Measure the reliability of every code over all personas and waves of a study.

    What a code means does not change with who is looked at, and a part of the study has too few verbatims that two
    people read. The table is that of `measure_reliability`, empty where nobody read the same verbatims.
    """
    return _measure(_Coded(whole.codings, whole.codebook), seed)


def pick_agreement(theme) -> dict:
    """Return what a theme, as the row of a table, says of its agreement, for the cell that is built on it."""
    return {name: getattr(theme, name) for name in AGREEMENT}


def find_doubt(parts, code_ids: Collection[str]) -> dict:
    """Return what a cell that answers several codes says of the one that people read most differently, if any."""
    successors, known = name_successors(parts.study.codebook), parts.reliability
    codes = [successors.get(code_id, code_id) for code_id in code_ids]
    doubted = known[known["code_id"].isin(codes) & known["verdict"].eq(REVISE)]
    if doubted.empty:
        return {}
    weakest = doubted.loc[doubted["value"].astype(float).idxmin()]
    return {of_cell: weakest[name] for name, of_cell in FIGURES.items()} | {"caution": DIFFER}


@lru_cache(maxsize=STUDIES_KEPT)
def _measure(coded: _Coded, seed: int) -> pd.DataFrame:
    try:
        return measure_reliability(coded.codings, codebook=coded.codebook, seed=seed)
    except NoDoubleCoding:
        return pd.DataFrame({name: pd.Series(dtype="object") for name in RELIABILITY})
