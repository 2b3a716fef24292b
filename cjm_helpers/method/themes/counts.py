"""Themes: how many people name each code at each touchpoint."""

import pandas as pd

from cjm_helpers.method.codings import settle_codings
from cjm_helpers.method.themes.mentions import count_mentions
from cjm_helpers.method.verbatims import first_quote, place_verbatims, rank_quotes
from cjm_helpers.worksheets import NOTHING_FITS

THEMES = [
    "touchpoint_id", "code_id", "label", "valence", "k", "n", "value", "lo", "hi", "method", "flag",
    "mean_sentiment", "severity", "gap", "gap_lo", "gap_hi", "counter", "feedback_ids", "quote_id",
]  # fmt: skip


def summarise_themes(
    feedback: pd.DataFrame,
    codings: pd.DataFrame,
    *,
    codebook,
    decisions,
    alignments,
    touchpoints,
    min_n=5,
    feelings=None,
) -> pd.DataFrame:
    """Count how many people name each code at each touchpoint, strongest first.

    A person counts once per touchpoint and code. k of n: people who name it, of the people with a coded verbatim there.
    A verbatim that names no touchpoint could have spoken of any: wherever a coder places one, all who said such count.
    Customers give a share (value) with its Wilson interval; where there are no customers but interviews, k and n are
    whole people without a share (flag "counted"). Below min_n customers a touchpoint has one row, which tells n alone
    (flag "suppressed").

    Columns read: feedback_id, customer_id, touchpoint_id, source, speaker, text, consent; those of `settle_codings` and
    `place_verbatims`; code_id, label, valence, parent; optional feelings: person_id, touchpoint_id, emotion (-2..2).
    Columns made: touchpoint_id ("" = names none), code_id, label, valence, k, n, value, lo, hi, method, flag;
    mean_sentiment (-2..2: the feeling that coders heard of those who name it); severity (1-3: how far their feeling
    lies from that of the others) with gap, gap_lo, gap_hi (that distance, -4..4, Welch's t); counter (people there who
    name the opposite: a delight under the same parent as a pain, or a pain under that of a delight); feedback_ids;
    quote_id.

    Examples
    --------
    >>> said = pd.DataFrame({"feedback_id": ["f1"], "touchpoint_id": ["pay"], "customer_id": [""], "speaker": ["P1"],
    ...     "source": ["interview"], "text": ["It never told me what was wrong."], "consent": ["yes"]})
    >>> read = pd.DataFrame({"feedback_id": ["f1"], "coder_id": ["anna"], "code_id": ["refused"], "touchpoint_id": [""],
    ...     "emotion": [-2.0]})
    >>> book = pd.DataFrame({"code_id": ["refused"], "label": ["Card refused"], "valence": [-1], "parent": [""],
    ...     "replaced_by": [""]})
    >>> none = pd.DataFrame(columns=["feedback_id", "code_id", "applies", "touchpoint_id"], dtype="str")
    >>> themes = summarise_themes(said, read, codebook=book, decisions=none, alignments=none,
    ...     touchpoints=pd.DataFrame({"touchpoint_id": ["pay"]}))
    >>> themes[["label", "k", "n", "flag", "severity", "quote_id"]].values.tolist()
    [['Card refused', 1.0, 1.0, 'counted', 3.0, 'f1']]
    """
    settled = settle_codings(codings, decisions, codebook=codebook)
    mentions = join_mentions(place_verbatims(feedback, alignments), settled)
    return count_themes(
        mentions, feedback=feedback, codebook=codebook, touchpoints=touchpoints, min_n=min_n, feelings=feelings
    )


def count_themes(
    mentions: pd.DataFrame, *, feedback, codebook, touchpoints, min_n=5, feelings=None, hidden=frozenset()
) -> pd.DataFrame:
    """Count the mentions of `join_mentions` at each touchpoint as `summarise_themes` says.

    Customers at the hidden touchpoints are too few whatever their number: they would show those of another persona.

    Examples
    --------
    >>> heard = pd.DataFrame({"touchpoint_id": ["pay"], "code_id": ["slow"], "feedback_id": ["f1"], "emotion": [-1.0],
    ...     "person_id": ["speaker P1"], "is_interview": [True]})
    >>> said = pd.DataFrame({"feedback_id": ["f1"], "text": ["It took far too long."], "consent": ["no"]})
    >>> book = pd.DataFrame({"code_id": ["slow"], "label": ["Slow"], "valence": [-1], "parent": [""]})
    >>> count_themes(heard, feedback=said, codebook=book, touchpoints=heard)[["label", "k", "quote_id"]].values.tolist()
    [['Slow', 1.0, '']]
    """
    codes = codebook.drop_duplicates("code_id").set_index("code_id")[["label", "valence", "parent"]].to_dict("index")
    ratings = {} if feelings is None else _rate_people(feelings)
    rows = [
        {**theme, "touchpoint_id": touchpoint_id}
        for touchpoint_id, here in mentions.groupby("touchpoint_id")
        for theme in count_mentions(
            here, codes=codes, min_n=len(mentions) + 1 if touchpoint_id in hidden else min_n,
            ratings=ratings.get(touchpoint_id),
        )
    ]  # fmt: skip
    themes = _order_themes(pd.DataFrame(rows, columns=THEMES), touchpoints)
    quotes = _quote_themes(themes, feedback=feedback, mentions=mentions)
    return themes.assign(quote_id=pd.Series(quotes, index=themes.index, dtype="str"))


def join_mentions(verbatims: pd.DataFrame, settled: pd.DataFrame) -> pd.DataFrame:
    """Return who named which code where: one row a verbatim, code and touchpoint; code "none" = was heard there.

    What colleagues say is left out: they are no customers.

    Columns read: those of `place_verbatims` and `settle_codings`. Columns made: feedback_id, code_id, touchpoint_id,
    person_id, is_interview, emotion.

    Examples
    --------
    >>> verbatims = pd.DataFrame({"feedback_id": ["f1"], "touchpoint_id": ["pay"], "person_id": ["customer c1"],
    ...                           "is_interview": [False], "is_staff": [False]})
    >>> settled = pd.DataFrame({"feedback_id": ["f1"], "code_id": ["slow"], "touchpoint_id": [""], "emotion": [-1.0]})
    >>> join_mentions(verbatims, settled)["code_id"].tolist()
    ['slow', 'none']
    """
    said = verbatims.loc[~verbatims["is_staff"], ["feedback_id", "touchpoint_id", "person_id", "is_interview"]]
    mentions = settled.merge(said, on="feedback_id", suffixes=("_coded", ""))
    at_code = mentions["touchpoint_id_coded"].where(mentions["touchpoint_id_coded"] != "", mentions["touchpoint_id"])
    named = mentions.assign(touchpoint_id=at_code)
    # A verbatim whose codes all point elsewhere was still read at its own touchpoint, so its speaker belongs to that n.
    read = mentions.assign(code_id=NOTHING_FITS)
    # Of those who named a touchpoint unasked, all named it; n are the people who could have.
    general = read[read["touchpoint_id"] == ""].drop(columns="touchpoint_id")
    placed = named.loc[mentions["touchpoint_id"].eq("") & at_code.ne(""), ["touchpoint_id", "is_interview"]]
    could = general.merge(placed.drop_duplicates(), on="is_interview")
    columns = ["feedback_id", "code_id", "touchpoint_id", "person_id", "is_interview", "emotion"]
    return pd.concat([named, read, could])[columns].drop_duplicates(columns[:3], ignore_index=True)


def _quote_themes(themes, *, feedback, mentions) -> list[str]:
    """One verbatim a theme, best one that says only this; no verbatim stands for two themes of a touchpoint."""
    codes = mentions[mentions["code_id"] != NOTHING_FITS].groupby("feedback_id")["code_id"].nunique().to_dict()
    said = feedback[feedback["feedback_id"].isin(mentions["feedback_id"])]
    quotable = {name: (codes.get(name, 0) > 1, *rank) for name, rank in rank_quotes(said).items()}
    used, chosen = set(), []
    for touchpoint_id, feedback_ids in zip(themes["touchpoint_id"], themes["feedback_ids"], strict=True):
        free = [name for name in feedback_ids.split(";") if (touchpoint_id, name) not in used]
        chosen.append(first_quote(quotable, free))
        used.add((touchpoint_id, chosen[-1]))
    return chosen


def _rate_people(feelings) -> dict[str, dict[str, float]]:
    mean = feelings.groupby(["touchpoint_id", "person_id"])["emotion"].mean()
    rated: dict[str, dict[str, float]] = {}
    for (touchpoint_id, person_id), feeling in mean.items():
        rated.setdefault(touchpoint_id, {})[person_id] = feeling
    return rated


def _order_themes(themes, touchpoints) -> pd.DataFrame:
    place = {touchpoint_id: number for number, touchpoint_id in enumerate(touchpoints["touchpoint_id"])}
    keyed = themes.assign(
        _place=themes["touchpoint_id"].map(lambda touchpoint_id: place.get(touchpoint_id, len(place))),
        _k=-themes["k"].astype(float),
        _severity=-themes["severity"].astype(float),
    )
    ordered = keyed.sort_values(
        ["_place", "touchpoint_id", "_k", "_severity", "code_id"], kind="stable", ignore_index=True
    )
    return ordered[THEMES]
