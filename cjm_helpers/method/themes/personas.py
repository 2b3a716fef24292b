"""Themes of each persona at each touchpoint, so that nobody who is hidden can be found by subtraction."""

import pandas as pd

from cjm_helpers.method.answers import find_personas
from cjm_helpers.method.codings import settle_codings
from cjm_helpers.method.themes.counts import THEMES, count_themes, join_mentions
from cjm_helpers.method.verbatims import place_verbatims
from cjm_helpers.stats.suppression import suppress_margins, suppress_small

EVERYONE = "everyone"


def compare_themes(
    feedback: pd.DataFrame,
    codings: pd.DataFrame,
    *,
    codebook,
    decisions,
    alignments,
    touchpoints,
    assignments,
    persona_id=EVERYONE,
    min_n=5,
    feelings=None,
) -> pd.DataFrame:
    """Count how many people of each persona name each code at each touchpoint.

    As `summarise_themes`, persona by persona; people without a persona come last, under persona_id "". Since everyone's
    counts are shown too, a touchpoint where one persona alone has too few customers hides the next smallest as well.
    With a persona_id the rows are those of this persona only: the same ones, sooner.

    Columns read: those of `summarise_themes`, and wave of the verbatims; customer_id, persona_id, wave of the
    assignments (one without a wave holds in every wave that has none of its own). Columns made: persona_id, then those
    of `summarise_themes`.

    Examples
    --------
    >>> said = pd.DataFrame({"feedback_id": [f"f{i}" for i in range(6)], "customer_id": [f"c{i}" for i in range(6)],
    ...     "wave": "", "touchpoint_id": "pay", "speaker": "", "source": "survey", "consent": "yes",
    ...     "text": "It never told me what was wrong."})
    >>> read = said[["feedback_id"]].assign(coder_id="anna", code_id="refused", touchpoint_id="", emotion=-2.0)
    >>> book = pd.DataFrame({"code_id": ["refused"], "label": ["Card refused"], "valence": [-1], "parent": [""],
    ...     "replaced_by": [""]})
    >>> none = pd.DataFrame(columns=["feedback_id", "code_id", "applies", "touchpoint_id"], dtype="str")
    >>> lena = said[["customer_id", "wave"]].assign(persona_id="lena")
    >>> themes = compare_themes(said, read, codebook=book, decisions=none, alignments=none, assignments=lena,
    ...     touchpoints=pd.DataFrame({"touchpoint_id": ["pay"]}))
    >>> themes[["persona_id", "label", "k", "n", "mean_sentiment"]].values.tolist()
    [['lena', 'Card refused', 6.0, 6.0, -2.0]]
    """
    settled = settle_codings(codings, decisions, codebook=codebook)
    mentions = join_mentions(place_verbatims(feedback, alignments), settled)
    personas = dict(zip(feedback["feedback_id"], find_personas(feedback, assignments), strict=True))
    mentions = mentions.assign(persona_id=mentions["feedback_id"].map(personas).astype("str"))
    hidden = _hide_touchpoints(mentions, min_n=min_n)
    parts = []
    for name in sorted(mentions["persona_id"].unique(), key=lambda name: (name == "", name)):
        if persona_id in (EVERYONE, name):
            themes = count_themes(
                mentions[mentions["persona_id"] == name], feedback=feedback, codebook=codebook, touchpoints=touchpoints,
                min_n=min_n, feelings=_keep_own(feelings, assignments, name), hidden=hidden.get(name, frozenset()),
            )  # fmt: skip
            parts.append(themes.assign(persona_id=name))
    columns = ["persona_id", *THEMES]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def _hide_touchpoints(mentions: pd.DataFrame, *, min_n: int) -> dict[str, set]:
    """Touchpoints of each persona whose customers are hidden, be it only to keep another persona's few from showing."""
    customers = mentions[~mentions["is_interview"]]
    cells = customers.groupby(["touchpoint_id", "persona_id"])["person_id"].nunique().rename("n").reset_index()
    cells = suppress_margins(suppress_small(cells, min_n=min_n), within=["touchpoint_id"])
    hidden = cells[cells["flag"] == "suppressed"]
    return hidden.groupby("persona_id")["touchpoint_id"].agg(set).to_dict()


def _keep_own(feelings, assignments, persona_id: str):
    if feelings is None:
        return None
    people = "customer " + assignments["customer_id"]
    is_own = feelings["person_id"].isin(people[assignments["persona_id"] == persona_id])
    return feelings[is_own if persona_id else ~feelings["person_id"].isin(people)]
