"""Feedback: which codes apply to a verbatim, where it belongs, and the themes of every touchpoint."""

import re

import pandas as pd

from cjm_helpers.errors import TooFewAnswers
from cjm_helpers.method.mentions import count_mentions
from cjm_helpers.stats.agreement import krippendorff_alpha
from cjm_helpers.worksheets import MACHINE, NOTHING_FITS

THEMES = [
    "touchpoint_id", "code_id", "label", "valence", "k", "n", "value", "lo", "hi", "method", "flag", "severity",
    "counter", "feedback_ids", "quote_id",
]  # fmt: skip
INTERVIEW_SOURCES = ("interview", "workshop", "staff")
SHORT_QUOTES = (65, 90)  # letters: what a narrow cell shows whole, and a wide one
TELLING_QUOTE = 25
PERSONAL_DATA = re.compile(r"\S+@\S+\.\w|(?:\d[ -]?){7,}")


def settle_codings(codings: pd.DataFrame, decisions: pd.DataFrame, *, codebook: pd.DataFrame) -> pd.DataFrame:
    """Say which codes apply to every verbatim that a person read.

    A code applies if a decision says so, else if at least half of the people who read the verbatim gave it; machine
    answers never count. A replaced code becomes its successor. A verbatim that nothing fits keeps one row, code "none".

    Columns read: feedback_id, coder_id, code_id, touchpoint_id, emotion; feedback_id, code_id, applies; code_id,
    replaced_by. Columns made: feedback_id, code_id, touchpoint_id (most coders', else ""), emotion (their mean).

    Examples
    --------
    >>> read = pd.DataFrame({"feedback_id": ["f1", "f1", "f1"], "coder_id": ["anna", "ben", "machine"],
    ...     "code_id": ["slow", "none", "rude"], "touchpoint_id": "", "emotion": [-1.0, -2.0, float("nan")]})
    >>> nobody = pd.DataFrame(columns=["feedback_id", "code_id", "applies"], dtype="str")
    >>> book = pd.DataFrame({"code_id": ["slow", "rude"], "replaced_by": ["", ""]})
    >>> settle_codings(read, nobody, codebook=book).values.tolist()
    [['f1', 'slow', '', -1.5]]
    """
    successor = _find_successors(codebook)
    by_people = codings[codings["coder_id"] != MACHINE].assign(code_id=lambda rows: rows["code_id"].replace(successor))
    decided = decisions.assign(code_id=decisions["code_id"].replace(successor))
    given = _keep_majority(by_people)
    refused = pd.MultiIndex.from_frame(decided.loc[decided["applies"] == "no", ["feedback_id", "code_id"]])
    given = given[~pd.MultiIndex.from_frame(given).isin(refused)]
    agreed = decided.loc[decided["applies"] == "yes", ["feedback_id", "code_id"]]
    applied = pd.concat([given, agreed]).drop_duplicates()
    read = pd.concat([by_people["feedback_id"], decided["feedback_id"]]).drop_duplicates()
    settled = read.to_frame("feedback_id").merge(applied, how="left").fillna({"code_id": NOTHING_FITS})
    settled = settled.merge(_most_named_place(by_people), how="left").fillna({"touchpoint_id": ""})
    heard = by_people.groupby("feedback_id", as_index=False)["emotion"].mean()
    return settled.merge(heard, how="left").sort_values(["feedback_id", "code_id"], ignore_index=True)


def place_verbatims(feedback: pd.DataFrame, alignments: pd.DataFrame) -> pd.DataFrame:
    """Add to every verbatim the touchpoint it belongs to and the person who said it.

    Columns read: feedback_id, touchpoint_id, customer_id, speaker, source; feedback_id, touchpoint_id. Columns changed:
    touchpoint_id (where empty, what a person linked it to). Columns added: person_id (customer, else speaker, else the
    verbatim itself), is_interview (interviews, workshops and staff: counted in whole people).

    Examples
    --------
    >>> said = pd.DataFrame({"feedback_id": ["f1", "f2"], "touchpoint_id": ["pay", ""], "customer_id": ["c1", ""],
    ...                      "speaker": ["", "P04"], "source": ["survey", "interview"]})
    >>> linked = pd.DataFrame({"feedback_id": ["f2"], "touchpoint_id": ["ad"]})
    >>> place_verbatims(said, linked)[["touchpoint_id", "person_id", "is_interview"]].values.tolist()
    [['pay', 'customer c1', False], ['ad', 'speaker P04', True]]
    """
    linked = feedback["feedback_id"].map(
        alignments.drop_duplicates("feedback_id").set_index("feedback_id")["touchpoint_id"]
    )
    person = ("customer " + feedback["customer_id"]).where(
        feedback["customer_id"] != "",
        ("speaker " + feedback["speaker"]).where(feedback["speaker"] != "", "verbatim " + feedback["feedback_id"]),
    )
    return feedback.assign(
        touchpoint_id=feedback["touchpoint_id"].where(feedback["touchpoint_id"] != "", linked.fillna("")).astype("str"),
        person_id=person,
        is_interview=feedback["source"].isin(INTERVIEW_SOURCES),
    )


def choose_quote(verbatims: pd.DataFrame) -> str:
    """Choose the verbatim to quote: allowed, telling, short; the same one every time. Returns its id, or "".

    Columns read: feedback_id, text, consent. Left out: consent "no", and texts with an e-mail address or a long number.

    Examples
    --------
    >>> said = pd.DataFrame({"feedback_id": ["f1", "f2"], "consent": ["no", ""],
    ...                      "text": ["It never told me what was wrong.", "I tried three cards before it worked."]})
    >>> choose_quote(said)
    'f2'
    """
    return _first_quote(_rank_quotes(verbatims), verbatims["feedback_id"])


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
    whole people without a share (flag "counted"). Below min_n customers everything but n is empty ("suppressed").

    Columns read: feedback_id, customer_id, touchpoint_id, source, speaker, text, consent; those of `settle_codings` and
    `place_verbatims`; code_id, label, valence, parent; optional feelings: person_id, touchpoint_id, emotion (-2..2).
    Columns made: touchpoint_id ("" = names none), code_id, label, valence, k, n, value, lo, hi, method, flag; severity
    (1-3: how far the feeling of those who name it lies from that of the others); counter (people there who name the
    opposite: a delight under the same parent as a pain, or a pain under that of a delight); feedback_ids, quote_id.

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
    mentions = _join_mentions(
        place_verbatims(feedback, alignments), settle_codings(codings, decisions, codebook=codebook)
    )
    codes = codebook.drop_duplicates("code_id").set_index("code_id")
    ratings = {} if feelings is None else _rate_people(feelings)
    rows = [
        {**theme, "touchpoint_id": touchpoint_id}
        for touchpoint_id, here in mentions.groupby("touchpoint_id")
        for theme in count_mentions(here, codes=codes, min_n=min_n, ratings=ratings.get(touchpoint_id))
    ]
    themes = _order_themes(pd.DataFrame(rows, columns=THEMES), touchpoints)
    quotes = _quote_themes(themes, feedback=feedback, mentions=mentions)
    return themes.assign(quote_id=pd.Series(quotes, index=themes.index, dtype="str"))


def measure_agreement(codings: pd.DataFrame):
    """Return Krippendorff's alpha over the code sets of the people who coded, with how many coders, or None.

    Columns read: feedback_id, coder_id, code_id. Machine answers are left out. The alpha comes with its MASI distance
    (Passonneau 2006).

    Examples
    --------
    >>> rows = {"feedback_id": ["f1", "f1", "f2", "f2"], "coder_id": ["anna", "ben"] * 2, "code_id": list("AABB")}
    >>> alpha, coders = measure_agreement(pd.DataFrame(rows))
    >>> float(alpha.value), coders
    (1.0, 2)
    """
    people = codings[codings["coder_id"] != MACHINE]
    coded = people.groupby(["coder_id", "feedback_id"])["code_id"].agg(set)
    sets = {coder: {} for coder in sorted(people["coder_id"].unique())}
    for (coder, feedback_id), codes in coded.items():
        sets[coder][feedback_id] = frozenset(codes - {NOTHING_FITS})
    if len(sets) < 2:
        return None
    try:
        return krippendorff_alpha(pd.DataFrame(sets).sort_index(), distance="masi", bootstraps=0), len(sets)
    except TooFewAnswers:
        return None


def _quote_themes(themes, *, feedback, mentions) -> list[str]:
    """One verbatim a theme, best one that says only this; no verbatim stands for two themes of a touchpoint."""
    codes = mentions[mentions["code_id"] != NOTHING_FITS].groupby("feedback_id")["code_id"].nunique().to_dict()
    quotable = {name: (codes.get(name, 0) > 1, *rank) for name, rank in _rank_quotes(feedback).items()}
    used, chosen = set(), []
    for touchpoint_id, feedback_ids in zip(themes["touchpoint_id"], themes["feedback_ids"], strict=True):
        free = [name for name in feedback_ids.split(";") if (touchpoint_id, name) not in used]
        chosen.append(_first_quote(quotable, free))
        used.add((touchpoint_id, chosen[-1]))
    return chosen


def _rank_quotes(verbatims) -> dict[str, tuple]:
    """Every verbatim that may be quoted, with its place: short, with consent, telling, shorter still, then by id."""
    is_allowed = (verbatims["text"].str.strip() != "") & (verbatims["consent"] != "no")
    allowed = verbatims[is_allowed & ~verbatims["text"].str.contains(PERSONAL_DATA)]
    rows = zip(allowed["feedback_id"], allowed["text"].str.strip().str.len(), allowed["consent"], strict=True)
    narrow, wide = SHORT_QUOTES
    return {
        name: (length > wide, consent != "yes", length < TELLING_QUOTE, length > narrow, name)
        for name, length, consent in rows
    }


def _first_quote(quotable: dict[str, tuple], feedback_ids) -> str:
    return min((quotable[name] for name in feedback_ids if name in quotable), default=("",))[-1]


def _rate_people(feelings) -> dict[str, dict[str, float]]:
    mean = feelings.groupby(["touchpoint_id", "person_id"])["emotion"].mean()
    rated: dict[str, dict[str, float]] = {}
    for (touchpoint_id, person_id), feeling in mean.items():
        rated.setdefault(touchpoint_id, {})[person_id] = feeling
    return rated


def _find_successors(codebook) -> dict[str, str]:
    successor = {row.code_id: row.replaced_by for row in codebook.itertuples() if row.replaced_by}
    for code_id in list(successor):
        seen = {code_id}
        while successor[code_id] in successor and successor[code_id] not in seen:
            seen.add(successor[code_id])
            successor[code_id] = successor[successor[code_id]]
    return successor


def _keep_majority(by_people) -> pd.DataFrame:
    readers = by_people.groupby("feedback_id")["coder_id"].nunique()
    given = by_people[by_people["code_id"] != NOTHING_FITS].groupby(["feedback_id", "code_id"])["coder_id"].nunique()
    given = given.rename("given").reset_index()
    return given.loc[given["given"] * 2 >= given["feedback_id"].map(readers).astype(float), ["feedback_id", "code_id"]]


def _most_named_place(by_people) -> pd.DataFrame:
    placed = by_people[by_people["touchpoint_id"] != ""]
    votes = (
        placed.groupby(["feedback_id", "code_id", "touchpoint_id"])["coder_id"].nunique().rename("votes").reset_index()
    )
    votes = votes.sort_values(["votes", "touchpoint_id"], ascending=[False, True], kind="stable")
    return votes.drop_duplicates(["feedback_id", "code_id"])[["feedback_id", "code_id", "touchpoint_id"]]


def _join_mentions(verbatims, settled) -> pd.DataFrame:
    said = verbatims[["feedback_id", "touchpoint_id", "person_id", "is_interview"]]
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
