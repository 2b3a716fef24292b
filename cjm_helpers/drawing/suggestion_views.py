"""Shows how well a machine finds each code, beside simpler ways and people, and who reads what."""

import math
from collections.abc import Mapping

import pandas as pd

from cjm_helpers.drawing.feedback_charts import ALL_CODES
from cjm_helpers.drawing.rows import draw_rows
from cjm_helpers.drawing.sheet.look import COLOURS
from cjm_helpers.drawing.shown import Shown, show_table
from cjm_helpers.drawing.style import GOOD, NEUTRAL, Chart
from cjm_helpers.drawing.writing import write_cell

SUGGEST = "suggest"
WORDS = {SUGGEST: "may suggest", "keyword rule is as good": "a search is as good"}
BESIDE = {  # mark, size, colour, and how far below the machine's dot, in rows
    "keyword_f1": ("x", 5.5, COLOURS["muted"], 0.28), "human_f1": ("D", 4.5, COLOURS["ink"], -0.28),
}  # fmt: skip
TWO = 2
SAMPLE = {
    "why": "Drawn", "verbatims": "Verbatims", "by_two": "Read by two", "by_one": "By one alone",
    "by_nobody": "By nobody",
}  # fmt: skip
SUGGESTIONS = {
    "label": "Code", "value": "Machine (F1)", "interval": "95 % interval", "keyword_f1": "Search", "human_f1": "People",
    "words": "So it", "corrected": "Corrected share, not on the map",
}  # fmt: skip


def draw_suggestions(checked: pd.DataFrame) -> Chart:
    """Draw how well the machine finds every code, beside a search for words and beside one person against another.

    Columns read: code_id, label, f1, keyword_f1, human_f1, each with _lo and _hi, verdict.

    Parameters
    ----------
    checked
        From `suggest.check_suggestions`.

    Returns
    -------
    Chart
        A closed figure.

    Examples
    --------
    >>> row = {"code_id": "slow", "label": "Slow", "f1": 0.9, "f1_lo": 0.8, "f1_hi": 0.95, "keyword_f1": 0.5}
    >>> draw_suggestions(pd.DataFrame([row | {"human_f1": 0.93, "verdict": "suggest"}])).get_suptitle()
    'The machine may suggest 1 of 1 code'
    """
    codes = checked[checked["code_id"] != ALL_CODES]
    tried = codes[codes["f1"].notna()]
    rows = [
        {
            "name": row.label, "value": row.f1, "lo": row.f1_lo, "hi": row.f1_hi, "words": _say(row.verdict),
            "tone": GOOD if row.verdict == SUGGEST else NEUTRAL,
        }
        for row in tried.itertuples()
    ]  # fmt: skip
    known = f"{tried['verdict'].eq(SUGGEST).sum()} of {len(codes)} {'code' if len(codes) == 1 else 'codes'}"
    note = (
        "F1 on people whose words it had not seen: 1 = finds all and nothing else; lines are 95 % intervals.\n"
        "Dot: the machine. Cross: a search for words. Diamond: one of you against another."
    )
    empty = "The machine cannot learn yet: no code is carried by enough verbatims that people read."
    title = f"The machine may suggest {known}" if len(tried) else "May the machine suggest codes?"
    chart = draw_rows(rows, title=title, note=note, empty=empty, unit="F1")
    for place, row in enumerate(tried.to_dict("records")):
        _draw_beside(chart.axes[0], place, row)
    return chart


def show_suggestions(checked: pd.DataFrame, *, shares: pd.DataFrame) -> Shown:
    """Show how well the machine finds every code, and how common each would be by its answers, its faults corrected.

    Columns read: code_id, label, f1, f1_lo, f1_hi, keyword_f1, human_f1, verdict; code_id, value, lo, hi.

    Parameters
    ----------
    checked, shares
        From `suggest.check_suggestions` and `suggest.correct_shares`.

    Examples
    --------
    >>> row = {"code_id": "slow", "label": "Slow", "f1": 0.9, "f1_lo": 0.8, "f1_hi": 0.95, "keyword_f1": 0.5}
    >>> row |= {"human_f1": float("nan"), "verdict": "suggest"}
    >>> checked = pd.DataFrame([row, row | {"code_id": "all codes", "label": "All", "verdict": ""}])
    >>> shares = pd.DataFrame({"code_id": ["slow"], "value": [0.2], "lo": [0.1], "hi": [0.3]})
    >>> show_suggestions(checked, shares=shares).text.splitlines()[1].split()[-4:]
    ['(10', 'to', '30', '%)']
    """
    estimated = {row["code_id"]: row for row in shares.to_dict("records")}
    corrected = [_spell_share(estimated.get(code_id, {})) for code_id in checked["code_id"]]
    figures = checked[["label", "keyword_f1", "human_f1"]].assign(
        value=checked["f1"], lo=checked["f1_lo"], hi=checked["f1_hi"], words=checked["verdict"].map(_say),
        corrected=corrected,
    )  # fmt: skip
    known = figures if len(figures) > 1 else figures[:0]  # the row of all codes alone says nothing
    return show_table(known, columns=SUGGESTIONS, empty="There is no code yet, so the machine has nothing to learn.")


def show_sample(sample: pd.DataFrame) -> Shown:
    """Show how many verbatims were drawn to be read by two, why, and how many of them were read by how many.

    Columns read: why, readers (";").

    Parameters
    ----------
    sample
        From `feedback.draw_sample`.

    Examples
    --------
    >>> show_sample(pd.DataFrame({"why": "random", "readers": ["anna;ben", "anna", ""]}))
        Drawn Verbatims Read by two By one alone By nobody
    by chance         3           1            1         1
    """
    readers = sample["readers"].str.split(";").map(lambda names: len([name for name in names if name]))
    counted = pd.DataFrame({
        "why": sample["why"].replace("random", "by chance"), "verbatims": 1.0, "by_two": readers.ge(TWO).astype(float),
        "by_one": readers.eq(1).astype(float), "by_nobody": readers.eq(0).astype(float),
    })  # fmt: skip
    table = counted.groupby("why", sort=False, as_index=False).sum()
    return show_table(table, columns=SAMPLE, empty="There is no verbatim with words to read yet.")


def _draw_beside(axes, place: int, row: Mapping) -> None:
    """Draw what the machine is compared with, each a little off its line, so that none hides another."""
    for column, (mark, size, colour, below) in BESIDE.items():
        ends = [row.get(f"{column}{end}", math.nan) for end in ("_lo", "_hi")]
        axes.plot(ends, [place + below] * len(ends), color=colour, lw=1, solid_capstyle="butt", zorder=3)
        look = {"ms": size, "mec": colour, "mfc": COLOURS["paper"], "mew": 1.3, "zorder": 5, "clip_on": False}
        axes.plot(row[column], place + below, mark, **look)


def _spell_share(row: Mapping) -> str:
    """Write a corrected share with its interval, or nothing."""
    if math.isnan(row.get("value", math.nan)):
        return ""
    return f"{write_cell(row, 'value', unit='share')} ({write_cell(row, 'interval', unit='share')})"


def _say(verdict: str) -> str:
    return WORDS.get(verdict, verdict)
