"""Verbatims: where each belongs, who said it, which of them may be quoted, and which are drawn."""

from hashlib import sha256

import numpy as np
import pandas as pd

from cjm_helpers.method.privacy import has_personal_data

INTERVIEW_SOURCES, STAFF = ("interview", "workshop"), "staff"
SHORT_QUOTES = (65, 90)  # letters: what a narrow cell shows whole, and a wide one
TELLING_QUOTE = 25
HASH_BYTES = 8


def place_verbatims(feedback: pd.DataFrame, alignments: pd.DataFrame) -> pd.DataFrame:
    """Add to every verbatim the touchpoint it belongs to and the person who said it.

    Columns read: feedback_id, touchpoint_id, customer_id, speaker, source; feedback_id, touchpoint_id. Columns changed:
    touchpoint_id (where empty, what a person linked it to). Columns added: person_id (customer, else speaker, else the
    verbatim itself), is_interview (interviews and workshops: counted in whole people), is_staff (colleagues: no
    customers, so that no theme counts them).

    Examples
    --------
    >>> said = pd.DataFrame({"feedback_id": ["f1", "f2"], "touchpoint_id": ["pay", ""], "customer_id": ["c1", ""],
    ...                      "speaker": ["", "P04"], "source": ["survey", "interview"]})
    >>> linked = pd.DataFrame({"feedback_id": ["f2"], "touchpoint_id": ["ad"]})
    >>> place_verbatims(said, linked)[["touchpoint_id", "person_id", "is_interview"]].values.tolist()
    [['pay', 'customer c1', False], ['ad', 'speaker P04', True]]
    """
    links = alignments.drop_duplicates("feedback_id").set_index("feedback_id")["touchpoint_id"]
    linked = feedback["feedback_id"].map(links.to_dict()).astype("object").fillna("")
    return feedback.assign(
        touchpoint_id=feedback["touchpoint_id"].where(feedback["touchpoint_id"] != "", linked).astype("str"),
        person_id=name_people(feedback),
        is_interview=feedback["source"].isin(INTERVIEW_SOURCES),
        is_staff=feedback["source"].eq(STAFF),
    )


def name_people(feedback: pd.DataFrame) -> pd.Series:
    """Return who said each verbatim: the customer, else the speaker, else nobody known, so the verbatim itself.

    Columns read: feedback_id, customer_id, speaker.

    Examples
    --------
    >>> said = {"feedback_id": ["f1", "f2", "f3"], "customer_id": ["c1", "", ""], "speaker": ["", "P04", ""]}
    >>> name_people(pd.DataFrame(said)).tolist()
    ['customer c1', 'speaker P04', 'verbatim f3']
    """
    return ("customer " + feedback["customer_id"]).where(
        feedback["customer_id"] != "",
        ("speaker " + feedback["speaker"]).where(feedback["speaker"] != "", "verbatim " + feedback["feedback_id"]),
    )


def draw_chances(feedback_ids, *, salt: str) -> np.ndarray:
    """Return a random number (0-1) for each verbatim, by its id and the salt alone.

    New verbatims leave those drawn before as they are, and two people in two places draw the same.

    Examples
    --------
    >>> draw_chances(["f1", "f2"], salt="0:").round(3).tolist()
    [0.259, 0.78]
    """
    digests = [sha256(f"{salt}{feedback_id}".encode()).digest()[:HASH_BYTES] for feedback_id in feedback_ids]
    return np.array([int.from_bytes(digest) for digest in digests], dtype=float) / 2.0 ** (8 * HASH_BYTES)


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
    return first_quote(rank_quotes(verbatims), verbatims["feedback_id"])


def may_quote(verbatims: pd.DataFrame) -> pd.Series:
    """Say of every verbatim whether it may be shown: it has words, nobody said no, and nothing in it tells who spoke.

    Columns read: text, consent. An e-mail address or a long number tells who spoke.

    Examples
    --------
    >>> said = {"text": ["It never told me.", "Call 030 123 4567"], "consent": ["", "yes"]}
    >>> may_quote(pd.DataFrame(said)).tolist()
    [True, False]
    """
    is_allowed = (verbatims["text"].str.strip() != "") & (verbatims["consent"] != "no")
    return is_allowed & ~has_personal_data(verbatims["text"])


def rank_quotes(verbatims: pd.DataFrame) -> dict[str, tuple]:
    """Return every verbatim that may be quoted with its place: short, with consent, telling, shorter still, by id.

    Columns read: feedback_id, text, consent. The smallest place is quoted first (`first_quote`).

    Examples
    --------
    >>> said = {"feedback_id": ["f1"], "text": ["Nobody told me what was wrong."], "consent": ["yes"]}
    >>> rank_quotes(pd.DataFrame(said))
    {'f1': (False, False, False, False, 'f1')}
    """
    allowed = verbatims[may_quote(verbatims)]
    rows = zip(allowed["feedback_id"], allowed["text"].str.strip().str.len(), allowed["consent"], strict=True)
    narrow, wide = SHORT_QUOTES
    return {
        name: (length > wide, consent != "yes", length < TELLING_QUOTE, length > narrow, name)
        for name, length, consent in rows
    }


def first_quote(quotable: dict[str, tuple], feedback_ids) -> str:
    """Return the id of the best of these verbatims, "" where none may be quoted.

    Examples
    --------
    >>> first_quote({"f1": (True, "f1"), "f2": (False, "f2")}, ["f1", "f2"])
    'f2'
    """
    return min((quotable[name] for name in feedback_ids if name in quotable), default=("",))[-1]
