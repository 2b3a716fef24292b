"""Draws what sets each persona apart from the other customers, trait by trait."""

import pandas as pd

from cjm_helpers.drawing.sheet.look import COLOURS
from cjm_helpers.drawing.style import NEUTRAL, SMALL_PRINT, Chart, start_chart, use_style
from cjm_helpers.drawing.writing import write_value

QUESTION = "What sets each persona apart from the other customers?"
NOTE = (
    "Bar: distance from the rest in standard deviations, cut at {:g}. "
    "Pale: an attribute that was used to form the groups, so it had to differ."
)
ROW_INCHES, FRAME_INCHES, TITLE_INCHES, NOTE_INCHES = 0.3, 1.15, 0.75, 0.4
MOST_TRAITS, FARTHEST = 5, 2.5
OTHER = "other"


def draw_profiles(profile: pd.DataFrame) -> Chart:
    """Draw the five strongest traits of each persona as bars, to the right where it has more of it than the others.

    Columns read: persona_id, name (where there is one), variable, level, role, value, overall, effect, is_defining.

    Parameters
    ----------
    profile
        From `personas.profile_personas`.

    Returns
    -------
    Chart
        A closed figure.

    Examples
    --------
    >>> rows = {"persona_id": ["ben"], "variable": "orders_a_year", "level": "", "role": "passive", "value": 14.0,
    ...         "overall": 7.0, "effect": 1.2, "is_defining": True}
    >>> draw_profiles(pd.DataFrame(rows)).axes[0].texts[2].get_text()
    'orders a year'
    """
    traits = _pick(profile)
    rows = len(traits) + traits["persona_id"].nunique()
    height = FRAME_INCHES + ROW_INCHES * max(rows, 1)
    with use_style():
        chart, axes = start_chart(QUESTION, height=height, note=NOTE.format(FARTHEST))
        chart.subplots_adjust(left=0.27, right=0.8, top=1 - TITLE_INCHES / height, bottom=NOTE_INCHES / height)
        axes.set(xlim=(-FARTHEST, FARTHEST), ylim=(max(rows, 1) - 0.5, -0.5), yticks=[])
        axes.set_xticks([-FARTHEST / 2, FARTHEST / 2], ["less than the others", "more than the others"])
        axes.tick_params(top=True, labeltop=True, bottom=False, labelbottom=False)
        axes.spines[:].set_visible(False)
        axes.text(1.02, 1.012, "persona v. all", transform=axes.transAxes, va="bottom", color=COLOURS["muted"])
        if traits.empty:
            axes.text(0, 0, "nothing sets the personas apart yet", ha="center", color=COLOURS["muted"])
        else:
            axes.axvline(0, color=COLOURS["bar"], lw=0.8)
            _draw_personas(axes, traits)
    return chart


def _pick(profile: pd.DataFrame) -> pd.DataFrame:
    """The strongest level of each trait; that a level is rare says less than that another is common."""
    is_telling = profile["level"].eq("") | (profile["effect"].gt(0) & profile["level"].ne(OTHER))
    telling = profile[profile["is_defining"].astype(bool) & is_telling]
    ordered = telling.assign(size=-telling["effect"].abs()).sort_values(["persona_id", "size"], kind="stable")
    return ordered.drop_duplicates(["persona_id", "variable"]).groupby("persona_id").head(MOST_TRAITS)


def _draw_personas(axes, traits: pd.DataFrame) -> None:
    place = 0
    for persona_id, own in traits.groupby("persona_id", sort=False):
        name = own["name"].iloc[0] if "name" in own and isinstance(own["name"].iloc[0], str) else ""
        words = name or persona_id.replace("_", " ").capitalize()
        axes.text(-0.49, place, words, transform=axes.get_yaxis_transform(), va="center", weight=600)
        for at, row in enumerate(own.itertuples(), start=place + 1):
            _draw_trait(axes, at, row)
        place += len(own) + 1


def _draw_trait(axes, place: int, row) -> None:
    words = f"{row.variable.replace('_', ' ')} {row.level}".strip()
    axes.text(-0.02, place, words, transform=axes.get_yaxis_transform(), ha="right", va="center")
    reach = max(-FARTHEST, min(FARTHEST, row.effect))
    fill = COLOURS["tint2"] if row.role == "active" else NEUTRAL
    axes.barh(place, reach, height=0.56, color=fill, ec=NEUTRAL, lw=1, zorder=2)
    unit = "share" if row.level else ""
    figures = " v. ".join(write_value(number, unit).replace(" %", "%") for number in (row.value, row.overall))
    look = {"transform": axes.get_yaxis_transform(), "va": "center", "size": SMALL_PRINT, "color": COLOURS["muted"]}
    axes.text(1.02, place, figures, **look)
