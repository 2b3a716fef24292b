"""Shows what the emotion curve comes to: its peak and its end, and where personas feel differently."""

import pandas as pd

from cjm_helpers.drawing.shown import Shown, show_table

FIGURES = {
    "first": "first step", "highest": "highest", "lowest": "lowest", "peak": "strongest, good or bad",
    "end": "last step", "peak_end": "strongest and last together", "mean": "all steps together",
}  # fmt: skip


def show_peak_end(table: pd.DataFrame, *, steps: pd.DataFrame) -> Shown:
    """Show first, highest, lowest, strongest and last feeling of the curve, with their steps and intervals.

    Columns read: those of `emotion.measure_peak_end`; step_id, touchpoint_id, name of the steps.

    Examples
    --------
    >>> steps = pd.DataFrame({"step_id": ["1.1"], "touchpoint_id": ["pay"], "name": ["Pay"]})
    >>> table = pd.DataFrame({"basis": ["curve"], "figure": ["end"], "touchpoint_id": ["pay"], "value": [-1.0],
    ...                       "lo": [-1.4], "hi": [-0.6], "n": [31], "flag": ["reportable"]})
    >>> show_peak_end(table, steps=steps)
       Moment Step Touchpoint Feeling 95 % interval  n
    last step  1.1        Pay    −1.0  −1.4 to −0.6 31
    """
    curve = table[table["basis"] == "curve"].merge(steps, on="touchpoint_id", how="left")
    curve = curve.assign(moment=curve["figure"].map(FIGURES)).fillna({"step_id": "", "name": ""})
    curve = curve.sort_values("figure", key=lambda figures: figures.map(list(FIGURES).index), kind="stable")
    columns = {
        "moment": "Moment",
        "step_id": "Step",
        "name": "Touchpoint",
        "value": "Feeling",
        "interval": "95 % interval",
    }
    empty = "No step was rated by enough people yet, so there is no curve."
    return show_table(curve, columns={**columns, "n": "n"}, unit="feeling", empty=empty)


def show_differences(differences: pd.DataFrame, *, touchpoints: pd.DataFrame, personas: pd.DataFrame) -> Shown:
    """Show where two personas feel differently once all comparisons are counted, the largest difference first.

    Columns read: those of `emotion.compare_feelings`; touchpoint_id, name; persona_id, name.

    Examples
    --------
    >>> rows = {"touchpoint_id": ["pay"], "persona_id": ["a"], "other_id": ["b"], "value": [-1.0], "lo": [-1.4],
    ...         "hi": [-0.6], "n": [31], "n_other": [40], "verdict": ["no evidence"], "flag": ["reportable"]}
    >>> names = pd.DataFrame({"touchpoint_id": ["pay"], "persona_id": ["a"], "name": ["Pay"]})
    >>> show_differences(pd.DataFrame(rows), touchpoints=names, personas=names)
    1 comparison was made, and no difference between personas holds.
    """
    made = int((differences["verdict"] != "too few").sum())
    found = differences[differences["verdict"] == "differ"]
    found = found.loc[found["value"].abs().sort_values(ascending=False, kind="stable").index]
    names = dict(zip(personas["persona_id"], personas["name"], strict=True))
    places = dict(zip(touchpoints["touchpoint_id"], touchpoints["name"], strict=True))
    found = found.assign(
        touchpoint=found["touchpoint_id"].map(places),
        one=found["persona_id"].map(names),
        other=found["other_id"].map(names),
    )
    columns = {"touchpoint": "Touchpoint", "one": "Persona", "other": "Compared with", "value": "Difference"}
    columns |= {"interval": "95 % interval", "n": "n", "n_other": "n of the other"}
    caption = f"{made:,} comparisons were made; what chance alone could explain is left out."
    return show_table(found, columns=columns, unit="feeling", caption=caption, empty=_say_none(made))


def _say_none(made: int) -> str:
    if not made:
        return "Nothing could be compared: it takes two personas with enough answers at the same touchpoint."
    return f"{made:,} comparison{'s were' if made > 1 else ' was'} made, and no difference between personas holds."
