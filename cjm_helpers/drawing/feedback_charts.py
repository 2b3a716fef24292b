"""Draws what people said: the strongest themes, how coders agree, how words feel, and what more interviews bring."""

import math

import pandas as pd
from matplotlib.ticker import MaxNLocator

from cjm_helpers.drawing.feedback_tables import VALENCES
from cjm_helpers.drawing.journey_map.caution import DIFFER, MARK, REVISE
from cjm_helpers.drawing.rows import draw_rows
from cjm_helpers.drawing.sheet.look import COLOURS
from cjm_helpers.drawing.style import BAD, GOOD, NEUTRAL, SMALL_PRINT, Chart, start_chart, use_style

MOST_THEMES, LEAST_PEOPLE = 14, 2
VALENCE_TONES = {-1: BAD, 1: GOOD}
TENTATIVE, RELIABLE = 0.667, 0.8
ALL_CODES = "all codes"
# What is to be done about the codes of each verdict, the most pressing first.
VERDICTS = {
    REVISE: "Revise these, then code anew", "too few": "Let two people read more of these",
    "tentative": "Good for tentative conclusions", "reliable": "Read alike",
    "undefined": "Given to all that two people read", "not given": "Given to nothing that two people read",
}  # fmt: skip
LABEL_LETTERS = 36
VERDICT_TONES = {"reliable": GOOD, REVISE: BAD}
TOO_FEW = "too few to show"
SUPPRESSED, COUNTED = "suppressed", "counted"
SATURATION_INCHES = 4.2


def draw_themes(themes: pd.DataFrame, *, steps: pd.DataFrame) -> Chart:
    """Draw the themes that most people name, each with the touchpoint and the share of those heard there.

    Columns read: touchpoint_id, label, valence, k, n, value, lo, hi, flag, caution (where it is there); touchpoint_id,
    name of steps. Themes of one person and of too few people are left out; people interviewed are a square each; where
    coders differ on a theme's code, a mark stands behind its name.

    Parameters
    ----------
    themes, steps
        From `themes.summarise_themes`; steps name the touchpoints.

    Returns
    -------
    Chart
        A closed figure.

    Examples
    --------
    >>> steps = pd.DataFrame({"touchpoint_id": ["pay"], "name": ["Payment page"]})
    >>> theme = {"touchpoint_id": "pay", "label": "Card refused", "valence": -1, "k": 18, "n": 31, "value": 0.58}
    >>> themes = pd.DataFrame([theme | {"lo": 0.41, "hi": 0.74, "flag": "reportable"}])
    >>> draw_themes(themes, steps=steps).get_suptitle()
    'Most named: card refused, at Payment page'
    """
    known = themes[(themes["flag"] != SUPPRESSED) & (themes["k"] >= LEAST_PEOPLE)]
    strongest = known.sort_values("k", ascending=False, kind="stable").head(MOST_THEMES)
    shown = _add_steps(strongest, steps)
    rows = [
        {
            "name": _mark_doubted(row), "value": math.nan if row.flag == COUNTED else row.value,
            "lo": row.lo, "hi": row.hi, "flag": row.flag, "group": row.name,
            "tone": VALENCE_TONES.get(row.valence, NEUTRAL),
            "people": (row.k, row.n) if row.flag == COUNTED else (0, 0),
            "words": f"{row.k:,.0f} of {row.n:,.0f}{' interviewed' if row.flag == COUNTED else ''}, "
            + VALENCES.get(row.valence, "neutral"),
        }
        for row in shown.itertuples(index=False)
    ]  # fmt: skip
    first = shown.loc[shown["k"].idxmax()] if len(shown) else None
    title = f"Most named: {_lower(first['label'])}, at {first['name']}" if len(shown) else "What do people name most?"
    note = (
        "Share of the people heard at the touchpoint who name it, with its 95 % interval. Hollow: fewer than 30.\n"
        "A square is a person interviewed, filled where they name it."
    )
    note += f" {MARK}: coders differ on this code." if any(row["name"].endswith(MARK) for row in rows) else ""
    empty = "No theme is named by enough people yet: verbatims count once they are coded."
    return draw_rows(rows, title=title, note=note, empty=empty)


def _mark_doubted(row) -> str:
    return f"{row.label} {MARK}" if getattr(row, "caution", "") == DIFFER else row.label


def _add_steps(themes: pd.DataFrame, steps: pd.DataFrame) -> pd.DataFrame:
    """Add the name of each theme's touchpoint, in the order of the journey; what names none comes last."""
    named = steps[["touchpoint_id", "name"]].drop_duplicates("touchpoint_id")
    unplaced = pd.DataFrame({"touchpoint_id": [""], "name": ["The journey as a whole"]})
    return pd.concat([named, unplaced]).merge(themes, on="touchpoint_id")


def _lower(label: str) -> str:
    """Begin with a small letter, unless the word is an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def draw_agreement(reliability: pd.DataFrame) -> Chart:
    """Draw how far coders agree on every code, with the two lines that say how much may be built on it.

    All codes together come first, then the codes by what is to be done about them, the most pressing first.

    Columns read: code_id, label, value, lo, hi, verdict.

    Parameters
    ----------
    reliability
        From `feedback.measure_reliability`.

    Returns
    -------
    Chart
        A closed figure.

    Examples
    --------
    >>> table = {"code_id": ["slow"], "label": ["Slow"], "value": [0.9], "lo": [0.82], "hi": [0.97]}
    >>> draw_agreement(pd.DataFrame(table).assign(verdict="reliable")).get_suptitle()
    'Coders read 1 of 1 code alike'
    """
    codes = reliability[reliability["code_id"] != ALL_CODES]
    alike = int(codes["verdict"].eq("reliable").sum())
    rows = [
        {
            "name": _shorten(row.label), "value": row.value, "lo": row.lo, "hi": row.hi, "words": row.verdict,
            "tone": VERDICT_TONES.get(row.verdict, NEUTRAL),
            "group": "" if row.code_id == ALL_CODES else VERDICTS.get(row.verdict, row.verdict),
        }
        for row in _order_codes(reliability).itertuples()
    ]  # fmt: skip
    lowest = min([0.0, *reliability["lo"].dropna()])
    title = f"Coders read {alike} of {len(codes)} {'code' if len(codes) == 1 else 'codes'} alike"
    note = (
        "Krippendorff's alpha with its 95 % interval: 1 = always the same, 0 = as if by chance. Its lower end judges."
    )
    return draw_rows(
        rows, title=title if len(codes) else "Do coders agree?", note=note, unit="alpha",
        scale=(math.floor(lowest * 5) / 5, 1.0), guides={TENTATIVE: "tentative", RELIABLE: "reliable"},
        empty="No verbatim was read by two people yet.",
    )  # fmt: skip


def _order_codes(reliability: pd.DataFrame) -> pd.DataFrame:
    """Put all codes together first, then the codes to revise, those with too few readings, and the others."""
    order = {verdict: place for place, verdict in enumerate(VERDICTS)}
    place = reliability["verdict"].map(order).fillna(len(order)).mask(reliability["code_id"] == ALL_CODES, -1)
    return reliability.loc[place.sort_values(kind="stable").index]


def _shorten(label: str) -> str:
    """End a label that would run into the scale at a word."""
    return label if len(label) <= LABEL_LETTERS else f"{label[:LABEL_LETTERS].rsplit(' ', 1)[0]} …"


def draw_heard(heard: pd.DataFrame, *, steps: pd.DataFrame) -> Chart:
    """Draw for each touchpoint what share of the customers who wrote about it wrote of it with a bad feeling.

    Columns read: touchpoint_id, value, n, lo, hi, flag; touchpoint_id, name of steps, in the order of the journey.

    Parameters
    ----------
    heard, steps
        From `emotion.summarise_heard`; steps name the touchpoints.

    Returns
    -------
    Chart
        A closed figure.

    Examples
    --------
    >>> steps = pd.DataFrame({"touchpoint_id": ["pay"], "name": ["Payment page"]})
    >>> heard = {"touchpoint_id": ["pay"], "value": [0.6], "n": [40], "lo": [0.45], "hi": [0.74], "flag": "reportable"}
    >>> draw_heard(pd.DataFrame(heard), steps=steps).get_suptitle()
    'Words sound worst at Payment page'
    """
    placed = steps[["touchpoint_id", "name"]].merge(heard, on="touchpoint_id")
    shown = placed[placed["n"] > 0]
    rows = [
        {
            "name": row.name, "value": row.value, "lo": row.lo, "hi": row.hi, "flag": row.flag, "tone": BAD,
            "words": f"n = {row.n:,.0f}" if row.flag != SUPPRESSED else TOO_FEW,
        }
        for row in shown.itertuples(index=False)
    ]  # fmt: skip
    known = shown.dropna(subset=["lo"])
    worst = known.loc[known["lo"].idxmax(), "name"] if len(known) else ""  # by what is sure, not by a chance among few
    title = f"Words sound worst at {worst}" if worst else "How do people sound at each touchpoint?"
    note = "Share of customers who wrote with a bad feeling, as coders heard it, with its 95 % interval; never ratings."
    return draw_rows(rows, title=title, note=note, empty="No coder has noted a feeling yet.")


def draw_saturation(curve: pd.DataFrame) -> Chart:
    """Draw how many codes were known after every interview, and from which one on hardly any is new.

    Columns read: place, interview, codes_so_far, codes_so_far_mean, is_saturated; interviews without a place are not
    coded yet and are not drawn.

    Parameters
    ----------
    curve
        From `feedback.measure_saturation`.

    Returns
    -------
    Chart
        A closed figure.

    Examples
    --------
    >>> curve = {"place": [1.0, 2.0], "interview": ["P1", "P2"], "codes_so_far": [3.0, 4.0]}
    >>> curve = pd.DataFrame(curve).assign(codes_so_far_mean=3.5, is_saturated=False)
    >>> draw_saturation(curve).get_suptitle()
    'After 2 interviews new codes still come in'
    """
    coded = curve.dropna(subset=["place"])
    note = (
        "Line: codes known after each interview, in the order held. Dashed: mean over all orders. n = {:,} interviews."
    )
    with use_style():
        if coded.empty:
            return draw_rows([], title=_say_saturation(coded), note="", empty="No interview is coded yet.")
        chart, axes = start_chart(_say_saturation(coded), height=SATURATION_INCHES, note=note.format(len(coded)))
        chart.subplots_adjust(left=0.07, right=0.97, top=0.86, bottom=0.2)
        axes.plot(coded["place"], coded["codes_so_far_mean"], color=COLOURS["bar"], lw=1.2, ls=(0, (4, 3)))
        axes.plot(coded["place"], coded["codes_so_far"], color=COLOURS["ink"], marker="o", ms=6)
        _mark_saturated(axes, coded)
        axes.set(ylim=(0, None), ylabel="Codes known", xlabel="Interviews, in the order held")
        axes.set_xticks(list(coded["place"]), list(coded["interview"]))
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.grid(axis="y")
    return chart


def _say_saturation(coded: pd.DataFrame) -> str:
    if coded.empty:
        return "Do we need more interviews?"
    if coded["is_saturated"].iloc[-1]:
        return f"After {len(coded)} interviews hardly any new code comes in"
    return f"After {len(coded)} {'interview' if len(coded) == 1 else 'interviews'} new codes still come in"


def _mark_saturated(axes, coded: pd.DataFrame) -> None:
    full = coded[coded["is_saturated"].astype(bool)]
    if len(full):
        axes.plot(full["place"], full["codes_so_far"], "o", ms=11, mec=GOOD, mfc="none", mew=1.6)
        spot = (full["place"].iloc[0], full["codes_so_far"].iloc[0])
        look = {"ha": "center", "va": "top", "size": SMALL_PRINT, "color": COLOURS["bluetext"]}
        axes.annotate("hardly any new", spot, xytext=(0, -14), textcoords="offset points", **look)
