"""Shows what kinds of feedback a study has, what was said, and what each persona names."""

import pandas as pd

from cjm_helpers.drawing.shown import Shown, show_table

# Kind: what it is good for, and what it cannot tell.
SOURCES = {
    "survey": ("Counting: many people, one question, figures to compare", "No surprises: people answer what we ask"),
    "interview": ("Understanding: reasons, detours, what nobody thought of", "Too few to count; takes an hour each"),
    "review": ("Unasked words about what mattered most", "The very happy and the very cross write"),
    "social": ("What people tell each other, in their words", "Nobody knows who stayed silent"),
    "poll": ("A first answer within a day, where people already are", "One question, and whoever happens by"),
    "support": ("What breaks, as it happens", "Only those who asked for help"),
    "workshop": ("Shared stories, quickly", "The loudest voice leads; count people, not notes"),
    "staff": ("What colleagues hear again and again", "Second hand: ask customers before you believe it"),
}
COUNTS = {"verbatims": "Verbatims", "voices": "People", "linked": "Linked", "read": "Coded", "quotable": "May be shown"}
VALENCES = {-1: "pain point", 0: "neutral", 1: "delight"}
MOST_THEMES, LEAST_PEOPLE = 5, 2
NOWHERE = "no touchpoint yet"


def show_sources(verbatims: pd.DataFrame) -> Shown:
    """Show every kind of feedback with what it is good for, what it cannot tell, and how much of it the study has.

    Columns read: source, person_id, is_placed (linked to a touchpoint), is_read (coded by a person), is_quotable.

    Parameters
    ----------
    verbatims
        The verbatims of `journey.build_journey(...).parts`.

    Examples
    --------
    >>> said = {"source": ["survey"], "person_id": ["c1"], "is_placed": True, "is_read": False, "is_quotable": True}
    >>> show_sources(pd.DataFrame(said)).text.splitlines()[1].split()[-5:]
    ['1', '1', '1', '0', '1']
    """
    counted = verbatims.groupby("source").agg(
        verbatims=("source", "size"), voices=("person_id", "nunique"), linked=("is_placed", "sum"),
        read=("is_read", "sum"), quotable=("is_quotable", "sum"),
    )  # fmt: skip
    kinds = pd.DataFrame.from_dict(SOURCES, orient="index", columns=["good_for", "mind"]).rename_axis("source")
    table = kinds.join(counted.astype(float)).reset_index()
    table[list(COUNTS)] = table[list(COUNTS)].fillna(0.0)
    return show_table(table, columns={"source": "Kind", "good_for": "Good for", "mind": "Cannot tell", **COUNTS})


def show_verbatims(
    verbatims: pd.DataFrame, *, steps: pd.DataFrame, empty: str = "There is nothing to read yet."
) -> Shown:
    """Show what people said, each with its id, kind and touchpoint; what may not be shown is left out.

    Columns read: feedback_id, touchpoint_id, source, text, is_quotable; touchpoint_id, name of steps.

    Parameters
    ----------
    verbatims, steps
        Those to read, from the parts of a journey; steps name the touchpoints.
    empty
        The sentence where there are none.

    Examples
    --------
    >>> said = {"feedback_id": ["f1"], "touchpoint_id": "pay", "source": "survey", "text": "Slow.", "is_quotable": True}
    >>> show_verbatims(pd.DataFrame(said), steps=pd.DataFrame({"touchpoint_id": ["pay"], "name": ["Pay"]}))
    Touchpoint   Kind In their words Id
           Pay survey        “Slow.” f1
    """
    shown = verbatims[verbatims["is_quotable"].astype(bool)]
    names = dict(zip(steps["touchpoint_id"], steps["name"], strict=True))
    shown = shown.assign(
        name=shown["touchpoint_id"].map(names).astype("object").fillna(NOWHERE), text="“" + shown["text"] + "”"
    )
    columns = {"name": "Touchpoint", "source": "Kind", "text": "In their words", "feedback_id": "Id"}
    return show_table(shown, columns=columns, empty=empty)


def show_persona_themes(themes: pd.DataFrame, *, personas: pd.DataFrame, steps: pd.DataFrame) -> Shown:
    """Show what each persona names most, and where; what only one person names is left out.

    Columns read: persona_id, touchpoint_id, label, valence, k, n, value, lo, hi, flag, caution (where it is there);
    persona_id, name of personas; touchpoint_id, name of steps.

    Parameters
    ----------
    themes, personas, steps
        From `themes.compare_themes`; the study's personas; steps name the touchpoints.

    Examples
    --------
    >>> theme = {"persona_id": "a", "touchpoint_id": "pay", "label": "Card refused", "valence": -1, "k": 18.0}
    >>> themes = pd.DataFrame([theme | {"n": 31.0, "value": 0.58, "lo": 0.41, "hi": 0.74, "flag": "reportable"}])
    >>> steps = pd.DataFrame({"touchpoint_id": ["pay"], "name": ["Pay"]})
    >>> show_persona_themes(themes, personas=pd.DataFrame({"persona_id": ["a"], "name": ["Anna"]}), steps=steps)
           Theme       Kind Touchpoint   People Share 95 % interval
    Card refused pain point        Pay 18 of 31  58 %    41 to 74 %
    """
    known = themes[(themes["flag"] != "suppressed") & (themes["k"] >= LEAST_PEOPLE)]
    strongest = known.sort_values("k", ascending=False, kind="stable").groupby("persona_id").head(MOST_THEMES)
    order = pd.concat(
        [personas[["persona_id", "name"]], pd.DataFrame({"persona_id": [""], "name": ["Without a persona"]})]
    )
    rows = order.rename(columns={"name": "persona"}).merge(strongest, on="persona_id")
    names = dict(zip(steps["touchpoint_id"], steps["name"], strict=True))
    rows = rows.assign(
        step=rows["touchpoint_id"].map(names).astype("object").fillna("the journey as a whole"),
        valence=rows["valence"].map(VALENCES).fillna(""),
    )
    columns = {"label": "Theme", "valence": "Kind", "step": "Touchpoint", "people": "People", "value": "Share"}
    columns |= {"interval": "95 % interval", "caution": "Mind"}
    empty = "No theme is named by enough people of one persona yet."
    return show_table(rows, columns=columns, unit="share", group="persona", empty=empty)
