"""Whether a total moved because its groups did, or because their sizes did."""

import numpy as np
import pandas as pd

from cjm_helpers.method.waves.cells import EVERYONE, choose_kind
from cjm_helpers.method.waves.verdicts import NOT_COMPARED
from cjm_helpers.method.words import write_signed
from cjm_helpers.stats.mix import split_change

ITEM = ["object", "id", "touchpoint_id", "metric", "name"]
SPLIT = [*ITEM, "groups", "before", "after", "change", "rate", "mix", "n1", "n2", "sentence"]


def split_mix(compared: pd.DataFrame, *, group: str = "persona_id") -> pd.DataFrame:
    """Split the change of each total into rate (the groups changed) and mix (their sizes did).

    The sizes are those of the samples: where a survey heard as many of each persona as was planned, mix speaks of the
    plan and not of the customers.

    Parameters
    ----------
    compared
        What compare_waves returned for the parts of a whole; a row for everyone is left aside. Or any table with one
        row a thing and group: object, id, touchpoint_id, metric, name, before, after, n1, n2 (sizes, any unit).
    group
        The column that names the groups, such as a persona or a channel.

    Returns
    -------
    DataFrame
        One row a thing: object, id, touchpoint_id, metric, name, groups, before and after (of the groups together, by
        size), change, rate, mix (rate + mix = change, in the unit of the value), n1, n2, sentence. Where a group is
        hidden in a wave, all but its name and groups is empty.

    Source: Kitagawa (1955).

    Examples
    --------
    >>> table = pd.DataFrame({"persona_id": ["anna", "ben"], "before": [60.0, 20.0], "after": [64.0, 24.0]})
    >>> table = table.assign(n1=[50, 50], n2=[25, 75], object="kpi", id="nps", touchpoint_id="", metric="nps")
    >>> table = table.assign(name="NPS")
    >>> split_mix(table)[["before", "after", "rate", "mix"]].values.tolist()
    [[40.0, 34.0, 4.0, -10.0]]
    """
    parts = compared[compared[group].ne(EVERYONE) & (compared["n1"].gt(0) | compared["n2"].gt(0))]
    parts = parts.sort_values([*ITEM, group], kind="stable")
    rows = [dict(zip(ITEM, item, strict=True)) | _split(rows) for item, rows in parts.groupby(ITEM)]
    return pd.DataFrame(rows, columns=SPLIT)


def _split(groups: pd.DataFrame) -> dict:
    before = groups["before"].where(groups["n1"].gt(0), groups["after"])  # a group that was not there had no rate to
    after = groups["after"].where(groups["n2"].gt(0), groups["before"])  # change: all it does to the total is mix
    name = groups["name"].iloc[0]
    if why := _find_obstacle(groups, before, after):
        return {"groups": len(groups), "sentence": f"{name}: {why}, so the total is not split."}
    split = split_change((groups["n2"], after), (groups["n1"], before))
    total = split.after - split.before
    change, rate, mix = (_write_part(part, groups.iloc[0]) for part in (total, split.rate, split.mix))
    sentence = f"{name}: {change} in all; {rate} because the groups changed, {mix} because their sizes did."
    if total and (np.sign(after - before) == -np.sign(total)).all():
        sentence += " Every group moved the other way than the total."
    return {
        "groups": len(groups), "before": split.before, "after": split.after, "change": total, "rate": split.rate,
        "mix": split.mix, "n1": groups["n1"].sum(), "n2": groups["n2"].sum(), "sentence": sentence,
    }  # fmt: skip


def _write_part(part: float, thing: pd.Series) -> str:
    """Write a part of a change: shares and NPS in points, feelings and the rest as they are."""
    kind = "mean" if thing["object"] == "feeling" else choose_kind(thing["metric"])
    if kind not in ("share", "nps"):
        return write_signed(part, decimals=2)
    return f"{write_signed(100 * part if kind == 'share' else part)} points"


def _find_obstacle(groups: pd.DataFrame, before: pd.Series, after: pd.Series) -> str:
    """Say why a total is more than its groups can tell, or ""."""
    if "verdict" in groups and groups["verdict"].eq(NOT_COMPARED).any():
        return "a group cannot be compared"
    if "method" in groups and groups["method"].str.contains("medians").any():
        return "medians do not add up"
    if not (groups["n1"].sum() > 0 and groups["n2"].sum() > 0):
        return "one wave has nobody"
    return "the value of a group is hidden" if before.isna().any() or after.isna().any() else ""
