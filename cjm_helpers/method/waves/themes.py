"""The share of people who name each code at each touchpoint, in two waves."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from cjm_helpers.method.codings import settle_codings
from cjm_helpers.method.themes.counts import join_mentions
from cjm_helpers.method.verbatims import place_verbatims
from cjm_helpers.method.waves.cells import Cell, find_absence, name_touchpoints
from cjm_helpers.method.waves.samples import Sample, sample_naming
from cjm_helpers.worksheets import NOTHING_FITS


class Heard(NamedTuple):
    """Who was heard at a touchpoint in one wave: customers, those of them who name each code, people interviewed.

    told are the codes that people interviewed name.
    """

    customers: tuple[str, ...]
    naming: dict[str, frozenset]
    interviewed: int
    told: frozenset


NOBODY = Heard((), {}, 0, frozenset())
BETTER = {-1: "lower", 1: "higher"}  # a pain is better named by fewer people, a delight by more


def hear_people(part, past) -> dict[tuple[str, bool], Heard]:
    """Return who was heard at each touchpoint in each wave (True = the later one), and who named what.

    Both waves are joined at once, so that both count the same people as those who could have named a touchpoint. part
    and past are a study as select_rows returns it, and its earlier wave as rename_past returns it.

    Examples
    --------
    >>> import cjm_helpers as cjm
    >>> from cjm_helpers.method.waves.past import rename_past
    >>> part = cjm.select_rows(cjm.open_study("retail_checkout"))
    >>> "payment_steps" in hear_people(part, rename_past(part))["payment", True].naming
    True
    """
    both = {
        name: pd.concat([getattr(part, name), getattr(past, name)], ignore_index=True)
        for name in ("feedback", "codings", "coding_decisions", "alignments")
    }
    settled = settle_codings(both["codings"], both["coding_decisions"], codebook=part.codebook)
    mentions = join_mentions(place_verbatims(both["feedback"], both["alignments"]), settled)
    is_now = mentions["feedback_id"].isin(part.feedback["feedback_id"]).tolist()
    columns = (mentions[name].tolist() for name in ("code_id", "person_id", "is_interview"))
    groups: dict[tuple[str, bool], list] = {}
    for key, *said in zip(zip(mentions["touchpoint_id"], is_now, strict=True), *columns, strict=True):
        groups.setdefault(key, []).append(said)
    return {key: _count_people(said) for key, said in groups.items()}


def find_open_codes(parts: Sequence[dict[tuple[str, bool], Heard]], *, min_n: int) -> dict[str, set[str]]:
    """Return by touchpoint the codes that may be listed: named in a group of at least min_n customers, or interviewed.

    That a code stands in a list tells that somebody named it, which of fewer people nobody may know.

    Examples
    --------
    >>> few = Heard(("a", "b"), {"rude": frozenset("a")}, 0, frozenset())
    >>> find_open_codes([{("pay", True): few}], min_n=5), find_open_codes([{("pay", True): few}], min_n=2)
    ({}, {'pay': {'rude'}})
    """
    codes: dict[str, set[str]] = {}
    for heard in parts:
        for (touchpoint_id, _), here in heard.items():
            if named := here.naming.keys() if len(here.customers) >= min_n else here.told:
                codes.setdefault(touchpoint_id, set()).update(named)
    return codes


def list_themes(part, past, *, heard: dict[tuple[str, bool], Heard], codes: dict[str, set[str]]) -> list[Cell]:
    """List every one of the codes at each touchpoint where somebody was heard in either wave.

    Shares are of the customers with a coded verbatim there. Where too few customers spoke but people were interviewed,
    whole people are counted and nothing is tested. Where too few spoke and no code may be listed, one row without a
    code says so.

    Parameters
    ----------
    part, past
        A study as select_rows returns it, and its earlier wave as rename_past returns it.
    heard, codes
        What hear_people found of the two, and find_open_codes of all parts that are told together.

    Examples
    --------
    >>> import cjm_helpers as cjm
    >>> from cjm_helpers.method.waves.past import rename_past
    >>> part = cjm.select_rows(cjm.open_study("retail_checkout"))
    >>> past = rename_past(part)
    >>> cells = list_themes(part, past, heard=hear_people(part, past), codes={"payment": {"payment_steps"}})
    >>> "Too many steps to pay (Payment page)" in [cell.name for cell in cells]
    True
    """
    names = name_touchpoints(part, past)
    place = {touchpoint_id: at for at, touchpoint_id in enumerate(names)}
    book = part.codebook.drop_duplicates("code_id").set_index("code_id")[["label", "valence"]].to_dict("index")
    cells = []
    for one in sorted({one for one, _ in heard}, key=lambda one: (place.get(one, len(place)), one)):
        sides = ((part, heard.get((one, True), NOBODY)), (past, heard.get((one, False), NOBODY)))
        is_few = any(0 < len(here.customers) < side.settings.min_n for side, here in sides)
        for code_id in sorted(codes.get(one, ())) or [""] * is_few:
            code = book.get(code_id, {"label": "", "valence": np.nan})
            where, label = names.get(one, ""), code["label"] or code_id or "Themes"
            name = f"{label} ({where})" if where else label
            cells.append(
                Cell(
                    persona_id=part.persona_id,
                    object="theme",
                    id=code_id,
                    touchpoint_id=one,
                    name=name,
                    metric="share",
                    unit="",
                    better=BETTER.get(code["valence"], ""),
                    now=_sample(sides[0][1], code_id),
                    before=_sample(sides[1][1], code_id),
                    barrier=_find_barrier(one, name, *sides),
                    widest=1.0,
                )
            )
    return cells


def _count_people(said: list) -> Heard:
    """Count who named which code, from code, person and whether it was an interview."""
    naming: dict[str, set] = {}
    for code_id, person_id, is_interview in said:
        if not is_interview:
            naming.setdefault(code_id, set()).add(person_id)
    customers = tuple(sorted(set().union(*naming.values())))
    naming = {code_id: frozenset(people) for code_id, people in naming.items() if code_id != NOTHING_FITS}
    talks = [(code_id, person_id) for code_id, person_id, is_interview in said if is_interview]
    told = frozenset(code_id for code_id, _ in talks) - {NOTHING_FITS}
    return Heard(customers, naming, len({person_id for _, person_id in talks}), told)


def _sample(heard: Heard, code_id: str) -> Sample:
    return sample_naming(heard.customers, heard.naming.get(code_id, ()))


def _find_barrier(touchpoint_id: str, name: str, now: tuple, before: tuple) -> str:
    """Say why a theme is not tested: its touchpoint stands in one wave only, or people were interviewed instead."""
    sides = [(side, len(heard.customers) + heard.interviewed) for side, heard in (now, before)]
    if absence := find_absence(touchpoint_id, now=sides[0], before=sides[1]):
        return absence
    for side, heard in (now, before):
        if heard.interviewed and len(heard.customers) < side.settings.min_n:
            return f"“{name}”: people were interviewed in {side.wave}; they are counted whole, so there is no test."
    return ""
