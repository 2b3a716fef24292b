"""What came, went, was renamed or moved between two waves."""

import pandas as pd

from cjm_helpers.method.waves.past import find_renames
from cjm_helpers.method.words import end_sentence

CHANGES = ["kind", "change", "id", "old_id", "sentence"]


def list_changes(part) -> pd.DataFrame:
    """List what was added, removed, renamed or moved to another stage since the earlier wave.

    Parameters
    ----------
    part
        A study as select_rows returns it; reads its touchpoints (touchpoint_id, name, stage), those of the earlier
        wave, and renames.

    Returns
    -------
    DataFrame
        kind (touchpoint, persona, code, kpi, metric), change (added, removed, renamed, moved stage), id, old_id,
        sentence. Without an earlier wave there are no rows.

    Examples
    --------
    >>> import cjm_helpers as cjm
    >>> list_changes(cjm.select_rows(cjm.open_study("retail_checkout")))["sentence"].tolist()
    ['The touchpoint “Code for a friend” is only in 2026-09 (added).']
    """
    if part.earlier is None:
        return pd.DataFrame(columns=CHANGES, dtype="str")
    here, there = (side.touchpoints.set_index("touchpoint_id") for side in (part, part.earlier))
    renames = find_renames(part)
    renamed = [_tell_rename(row, here, there) for row in renames.itertuples()]
    old, new = (set(renames.loc[renames["kind"].eq("touchpoint"), name]) for name in ("old_id", "new_id"))
    added = [
        _tell_touchpoint(one, here, part.wave, "added") for one in here.index.difference(there.index) if one not in new
    ]
    removed = [
        _tell_touchpoint(one, there, part.earlier.wave, "removed")
        for one in there.index.difference(here.index)
        if one not in old
    ]
    return pd.DataFrame([*added, *removed, *renamed], columns=CHANGES, dtype="str")


def _tell_touchpoint(touchpoint_id: str, touchpoints: pd.DataFrame, wave: str, change: str) -> tuple:
    name = touchpoints.at[touchpoint_id, "name"]
    sentence = f"The touchpoint “{name}” is only in {wave} ({change})."
    ids = (touchpoint_id, "") if change == "added" else ("", touchpoint_id)
    return "touchpoint", change, *ids, sentence


def _tell_rename(row, here: pd.DataFrame, there: pd.DataFrame) -> tuple:
    reason = f" Reason: {end_sentence(row.reason)}" if row.reason else ""
    is_place = row.kind == "touchpoint" and row.new_id in here.index and row.old_id in there.index
    if is_place and here.at[row.new_id, "stage"] != there.at[row.old_id, "stage"]:
        stages = f"from {there.at[row.old_id, 'stage']} to {here.at[row.new_id, 'stage']}"
        sentence = f"The touchpoint “{here.at[row.new_id, 'name']}” moved {stages}."
        return row.kind, "moved stage", row.new_id, row.old_id, sentence + reason
    word = "KPI" if row.kind == "kpi" else row.kind
    meaning = " It is another question from then on, so the two are not compared." if row.kind == "metric" else ""
    sentence = f"The {word} “{row.old_id}” is “{row.new_id}” since {row.wave}.{meaning}"
    return row.kind, "renamed", row.new_id, row.old_id, sentence + reason
