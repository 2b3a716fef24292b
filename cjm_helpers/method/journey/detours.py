"""Detours: where many people go back to an earlier step, or pass steps over; the map tells it in words."""

import pandas as pd

from cjm_helpers.method.words import write_number

SOON_MINUTES = 24 * 60  # later it is another visit
LOOP_SHARE, BRANCH_SHARE = 0.1, 0.5  # the least share that the interval must reach: a tenth go back, half pass over
COLUMNS = ["step_id", "to_step_id", "k", "n", "sentence"]


def list_detours(ways: pd.DataFrame, steps: pd.DataFrame) -> pd.DataFrame:
    """Name at most one detour a step: back to an earlier step, else straight on over others; the map's axis stays.

    Parameters
    ----------
    ways
        Where people go next, as `paths.count_transitions` counts it: from_id, to_id, k, n, lo, median_minutes.
    steps
        The steps of the map in order: step_id, touchpoint_id.

    Returns
    -------
    DataFrame
        step_id, to_step_id, k, n, sentence. The thresholds are ours: the interval of the share lies above a tenth
        (back) or a half (over), and half of those who go do so within a day.

    Examples
    --------
    >>> steps = pd.DataFrame({"step_id": ["2.1", "3.1"], "touchpoint_id": ["shop", "pay"]})
    >>> back = {"from_id": ["pay"], "to_id": ["shop"], "k": [30.0], "n": [100.0], "lo": [0.2], "median_minutes": [5.0]}
    >>> list_detours(pd.DataFrame(back), steps)["sentence"].tolist()
    ['30 of 100 go back to 2.1']
    """
    places = {one: place for place, one in enumerate(steps["touchpoint_id"]) if one}
    names = list(steps["step_id"])
    rows = []
    for from_id, here in ways.groupby("from_id", sort=False):
        found = [way for way in here.itertuples() if from_id in places and way.to_id in places]
        chosen = _choose(found, places[from_id], places=places) if found else None
        if chosen:
            to_place = places[chosen.to_id]
            verb = "go back to" if to_place < places[from_id] else "go straight on to"
            sentence = f"{write_number(chosen.k)} of {write_number(chosen.n)} {verb} {names[to_place]}"
            rows.append((names[places[from_id]], names[to_place], chosen.k, chosen.n, sentence))
    return pd.DataFrame(rows, columns=COLUMNS)


def _choose(ways: list, start: int, *, places: dict[str, int]):
    """Return the loop that most people take, else the branch."""
    soon = [way for way in ways if way.median_minutes <= SOON_MINUTES]
    loops = [way for way in soon if places[way.to_id] < start and way.lo >= LOOP_SHARE]
    branches = [way for way in soon if places[way.to_id] > start + 1 and way.lo >= BRANCH_SHARE]
    return max(loops or branches, key=lambda way: way.k, default=None)
