"""Several personas of one study to compare: any invented journey, felt otherwise by each; all invented."""

from types import SimpleNamespace

import pandas as pd
from invented_journey import STEPS, make_journey, rich_cells

NAMES = (
    "Amira, the weekend mover", "Omar, who moves for work", "Ines, with two children", "Tom, the student",
    "Rosa, the downsizer", "Kofi, the shop owner", "Lotte, who helps a friend", "Pavel, the musician",
    "Mei, new in town", "Sam, the landlord", "Ana, the gardener", "Jo, in a hurry", "Ravi, the collector",
    "Ulla, the careful one",
)  # fmt: skip
MOVE, TURNS, LEFT_OUT = 0.25, (0, 3, -2, 1, 4, -3, 2, -1, 5, -4, 3, 0, -2, 2), 4
FELT = ["value", "lo", "hi"]


def vary(journey, number: int, *, name: str = ""):
    """Return the journey of another persona: every third step felt otherwise, and one step not passed."""
    steps, cells = journey.steps.copy(), journey.cells.copy()
    if number and len(steps) >= LEFT_OUT:
        steps = steps.drop(index=(number * LEFT_OUT) % len(steps)).reset_index(drop=True)
    cells = cells[cells["step_id"].isin([*steps["step_id"], ""])].reset_index(drop=True)
    if "value" in cells.columns:
        moves = [MOVE * TURNS[number % len(TURNS)] * ((place + number) % 3 - 1) for place in range(len(cells))]
        is_felt = cells["lane"].eq("emotion")
        moved = cells.loc[is_felt, FELT].add(pd.Series(moves)[is_felt], axis=0).clip(-2, 2).round(2)
        cells.loc[is_felt, FELT] = moved
    lens = {**journey.lens, "persona": name or NAMES[number % len(NAMES)]}
    foot = f"{journey.foot} Data 7be01c{number:02d}."
    texts = {"persona_id": f"p{number}", "lens": lens, "steps": steps, "cells": cells, "foot": foot}
    return SimpleNamespace(**{**vars(journey), **texts, "all_steps": journey.steps})


def make_personas(count: int, journey=None, *, name: str = ""):
    """Return so many personas; a name stands for all, with a number behind it."""
    journey = journey or make_journey(STEPS, rich_cells())
    return [vary(journey, number, name=f"{name} {number}" if name else "") for number in range(count)]


def make_silent(number: int):
    """Return a persona who was never asked anything."""
    cells = [{"step_id": step_id, "lane": "step", "text": name, "grade": "D"} for step_id, _, name in STEPS]
    finding = "A hypothesis map: no customer was asked yet."
    return vary(make_journey(STEPS, cells, finding=finding, context="", headline=[]), number)


def make_differences(journeys):
    """Return a table like that of `compare_feelings`: everyone against the first, sure where they lie 0.7 apart."""
    rows = []
    felt = [_read_feelings(journey) for journey in journeys]
    for number, other in enumerate(felt[1:], start=1):
        for touchpoint_id in sorted(felt[0].keys() & other.keys()):
            value = felt[0][touchpoint_id] - other[touchpoint_id]
            verdict = "differ" if abs(value) >= 0.7 else "no evidence"
            rows.append({"touchpoint_id": touchpoint_id, "persona_id": "p0", "other_id": f"p{number}", "value": value,
                         "verdict": verdict, "sentence": f"p0 feels otherwise than p{number}."})  # fmt: skip
    return pd.DataFrame(rows).assign(tests=len(rows))


def _read_feelings(journey) -> dict:
    if "value" not in journey.cells.columns:
        return {}
    cells = journey.cells[journey.cells["lane"].eq("emotion") & journey.cells["value"].notna()]
    names = dict(zip(journey.steps["step_id"], journey.steps["touchpoint_id"], strict=True))
    return {names[step_id]: value for step_id, value in zip(cells["step_id"], cells["value"], strict=True)}
