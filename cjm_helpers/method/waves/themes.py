"""The share of people who name each code at each touchpoint, in two waves."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from cjm_helpers.method.feedback.codings import settle_codings
from cjm_helpers.method.feedback.themes import join_mentions
from cjm_helpers.method.feedback.verbatims import place_verbatims
from cjm_helpers.method.waves.cells import Cell, find_absence, name_touchpoints
from cjm_helpers.method.waves.samples import Sample, sample_people
from cjm_helpers.worksheets import NOTHING_FITS


class Heard(NamedTuple):
    """Who was heard at a touchpoint in one wave: customers, those of them who name each code, how many interviewed."""

    customers: tuple[str, ...]
    naming: dict[str, frozenset]
    interviewed: int


NOBODY = Heard((), {}, 0)
BETTER = {-1: "lower", 1: "higher"}  # a pain is better named by fewer people, a delight by more


def list_themes(part, past) -> list[Cell]:
    """List every code that is named at a touchpoint in either wave, by touchpoint and code.

    Shares are of the customers with a coded verbatim there. Where too few customers spoke but people were interviewed,
    whole people are counted and nothing is tested.

    Parameters
    ----------
    part, past
        A study as select_rows returns it, and its earlier wave as rename_past returns it.

    Examples
    --------
    >>> import cjm_helpers as cjm
    >>> from cjm_helpers.method.waves.past import rename_past
    >>> part = cjm.select_rows(cjm.open_study("retail_checkout"))
    >>> any(cell.id == "payment_steps" for cell in list_themes(part, rename_past(part)))
    True
    """
    heard = _hear_people(part, past)
    names = name_touchpoints(part, past)
    place = {touchpoint_id: at for at, touchpoint_id in enumerate(names)}
    pairs = {(touchpoint_id, code_id) for (touchpoint_id, _), one in heard.items() for code_id in one.naming}
    codes = part.codebook.drop_duplicates("code_id").set_index("code_id")[["label", "valence"]].to_dict("index")
    cells = []
    for touchpoint_id, code_id in sorted(pairs, key=lambda pair: (place.get(pair[0], len(place)), *pair)):
        now, before = (heard.get((touchpoint_id, is_now), NOBODY) for is_now in (True, False))
        code = codes.get(code_id, {"label": "", "valence": np.nan})
        label, where = code["label"] or code_id, names.get(touchpoint_id, "")
        name = f"{label} ({where})" if where else label
        cells.append(
            Cell(
                persona_id=part.persona_id,
                object="theme",
                id=code_id,
                touchpoint_id=touchpoint_id,
                name=name,
                metric="share",
                unit="",
                better=BETTER.get(code["valence"], ""),
                now=_sample(now, code_id),
                before=_sample(before, code_id),
                barrier=_find_barrier(touchpoint_id, name, (part, now), (past, before)),
                widest=1.0,
            )
        )
    return [cell for cell in cells if cell.barrier or cell.now.value > 0 or cell.before.value > 0]


def _hear_people(part, past) -> dict[tuple[str, bool], Heard]:
    """Return who was heard at each touchpoint in each wave (True = the later one), and who named what.

    Both waves are joined at once, so that both count the same people as those who could have named a touchpoint.
    """
    both = {
        name: pd.concat([getattr(part, name), getattr(past, name)], ignore_index=True)
        for name in ("feedback", "codings", "coding_decisions", "alignments")
    }
    settled = settle_codings(both["codings"], both["coding_decisions"], codebook=part.codebook)
    mentions = join_mentions(place_verbatims(both["feedback"], both["alignments"]), settled)
    is_now = mentions["feedback_id"].isin(part.feedback["feedback_id"])
    return {key: _count_people(here) for key, here in mentions.groupby(["touchpoint_id", is_now])}


def _count_people(here: pd.DataFrame) -> Heard:
    """Count customers; a code that only people interviewed name is kept with no customer behind it."""
    named = here[here["code_id"].ne(NOTHING_FITS)]
    by_customers = named[~named["is_interview"]].groupby("code_id")["person_id"].agg(frozenset)
    naming = dict.fromkeys(named["code_id"], frozenset()) | by_customers.to_dict()
    customers = here.loc[~here["is_interview"], "person_id"].unique()
    return Heard(tuple(sorted(customers)), naming, here.loc[here["is_interview"], "person_id"].nunique())


def _sample(heard: Heard, code_id: str) -> Sample:
    naming = heard.naming.get(code_id, frozenset())
    scores = [float(person in naming) for person in heard.customers]
    return sample_people(pd.DataFrame({"person": heard.customers, "score": scores, "weight": np.nan}), kind="share")


def _find_barrier(touchpoint_id: str, name: str, now: tuple, before: tuple) -> str:
    """Say why a theme is not tested: its touchpoint stands in one wave only, or people were interviewed instead."""
    sides = [(side, len(heard.customers) + heard.interviewed) for side, heard in (now, before)]
    if absence := find_absence(touchpoint_id, now=sides[0], before=sides[1]):
        return absence
    for side, heard in (now, before):
        if heard.interviewed and len(heard.customers) < side.settings.min_n:
            return f"“{name}”: people were interviewed in {side.wave}; they are counted whole, so there is no test."
    return ""
