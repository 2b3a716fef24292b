"""Suggested touchpoints for verbatims that name none; each counts only once a person has confirmed it."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from cjm_helpers.method.verbatims import may_quote, place_verbatims
from cjm_helpers.stats.text_similarity import compare_texts, describe_groups, find_shared, split_words, weigh_stems

LEAST, MARGIN = 0.15, 0.05
NAMED, SIMILAR = "named", "similar"
LEAST_NAME = 2  # words: a name of one, such as Basket, is said in passing of many other steps
AHEAD = 2.0  # what is named comes before what is only alike, as no likeness is above 1
MOST_WORDS = 3
SUGGESTED = [
    "feedback_id", "place", "touchpoint_id", "similarity", "second_id", "second_similarity", "words", "why",
]  # fmt: skip


class Proposal(NamedTuple):
    """A touchpoint that may be meant, and the words that speak for it."""

    touchpoint_id: str
    similarity: float
    words: tuple[str, ...]


class Likeness(NamedTuple):
    """How like each verbatim without a touchpoint is to every touchpoint, and what that is made of.

    judged has one row a verbatim: feedback_id, text, first and second (places of touchpoints), similarity,
    second_similarity, why ("named", "similar", "" = unsure).
    """

    judged: pd.DataFrame
    touchpoint_ids: np.ndarray
    ranks: np.ndarray
    weights: object
    typical: object
    stems: np.ndarray

    def propose(self, row: int, *, most: int) -> list[Proposal]:
        """Return the touchpoints that fit a verbatim best, each with the words that speak for it."""
        places = [place for place in np.argsort(-self.ranks[row], kind="stable")[:most] if self.ranks[row, place] > 0]
        words = self.find_words([row] * len(places), places=places)
        likeness = (self.ranks[row, places] % AHEAD).tolist()
        return list(map(Proposal, self.touchpoint_ids[places].tolist(), likeness, words))

    def find_words(self, rows: list[int], *, places: list[int]) -> list[tuple[str, ...]]:
        """Return for each verbatim the words that speak most for the touchpoint at the same place."""
        found = []
        for row, columns in zip(rows, find_shared(self.weights[rows], self.typical[places]), strict=True):
            spoken = dict(reversed(split_words(self.judged["text"].iat[row])))  # of words with one stem, the first
            found.append(tuple(spoken[self.stems[column]] for column in columns[:MOST_WORDS]))
        return found


def suggest_touchpoints(
    feedback: pd.DataFrame, touchpoints: pd.DataFrame, *, alignments, settled=None, least=LEAST, margin=MARGIN
) -> pd.DataFrame:
    """Suggest a touchpoint for every verbatim with words that names none, the surest first.

    "named": the words hold the name of one touchpoint, of two words or more. "similar": they are like its name,
    description and the verbatims linked to it so far, by at least `least`, and by `margin` more than to any other. The
    rest is unaligned.

    Parameters
    ----------
    alignments
        What people linked: learnt from, and not suggested again.
    settled
        Optional: where coders placed verbatims, as `settle_codings` makes it; likewise.

    Columns read: feedback_id, touchpoint_id, text, consent, customer_id, speaker, source; touchpoint_id, name,
    description; feedback_id, touchpoint_id (of both). Columns made: feedback_id, place (1 = surest), touchpoint_id
    ("" = unaligned), similarity (0-1), second_id, second_similarity, words (";", "" where the verbatim may not be
    quoted), why (named, similar, "").

    Source: the limits and the order, name before likeness of TF-IDF weights, are the workbook's own; how often it is
    right: tests/benchmarks/linking.py.

    Examples
    --------
    >>> said = pd.DataFrame({"feedback_id": ["f1", "f2"], "touchpoint_id": "", "customer_id": "", "speaker": "",
    ...     "source": "review", "text": ["The courier never rang", "All fine"], "consent": ""})
    >>> steps = pd.DataFrame({"touchpoint_id": ["pay", "courier"], "name": ["Payment", "Courier"], "description": ""})
    >>> nobody = pd.DataFrame(columns=["feedback_id", "touchpoint_id"], dtype="str")
    >>> suggested = suggest_touchpoints(said, steps, alignments=nobody)
    >>> suggested[["feedback_id", "touchpoint_id", "words", "why"]].values.tolist()
    [['f1', 'courier', 'courier', 'similar'], ['f2', '', '', '']]
    """
    likeness = measure_likeness(
        feedback, touchpoints, alignments=alignments, settled=settled, least=least, margin=margin
    )
    judged, ids = likeness.judged, [*likeness.touchpoint_ids, ""]  # place -1 = none
    places = judged[["first", "second"]].where(judged["why"] != "", -1)
    quotable = set(feedback.loc[may_quote(feedback), "feedback_id"])
    shown = judged.index[(judged["why"] != "") & judged["feedback_id"].isin(quotable)].tolist()
    words = likeness.find_words(shown, places=judged["first"].loc[shown].tolist())
    spoken = dict(zip(shown, map(";".join, words), strict=True))
    table = judged.assign(
        touchpoint_id=[ids[place] for place in places["first"]], second_id=[ids[place] for place in places["second"]],
        words=[spoken.get(row, "") for row in judged.index],
    ).iloc[order_surest(judged)]  # fmt: skip
    return table.assign(place=range(1, len(table) + 1))[SUGGESTED].reset_index(drop=True)


def order_surest(judged: pd.DataFrame) -> np.ndarray:
    """Return the rows of judged verbatims, the surest proposal first: how far the first touchpoint is ahead.

    Examples
    --------
    >>> judged = {"feedback_id": ["f1", "f2"], "similarity": [0.3, 0.4], "second_similarity": 0.1, "why": "similar"}
    >>> order_surest(pd.DataFrame(judged)).tolist()
    [1, 0]
    """
    ahead = (judged["similarity"] - judged["second_similarity"]).round(3)
    return np.lexsort((judged["feedback_id"], -ahead, judged["why"] == ""))


def measure_likeness(
    feedback: pd.DataFrame, touchpoints: pd.DataFrame, *, alignments, settled=None, least=LEAST, margin=MARGIN
) -> Likeness:
    """Measure how like the words of each verbatim without a touchpoint are to what is known of every touchpoint.

    Columns read: those of `suggest_touchpoints`.

    Examples
    --------
    >>> said = pd.DataFrame({"feedback_id": ["f1"], "touchpoint_id": "", "customer_id": "", "speaker": "",
    ...     "source": "review", "text": "The courier never rang", "consent": ""})
    >>> steps = pd.DataFrame({"touchpoint_id": ["pay", "courier"], "name": ["Payment", "Courier"], "description": ""})
    >>> nobody = pd.DataFrame(columns=["feedback_id", "touchpoint_id"], dtype="str")
    >>> measure_likeness(said, steps, alignments=nobody).propose(0, most=3)
    [Proposal(touchpoint_id='courier', similarity=0.605, words=('courier',))]
    """
    links = list_links(feedback, touchpoints, alignments=alignments, settled=settled)
    is_open = (feedback["touchpoint_id"] == "") & ~feedback["feedback_id"].isin(links["feedback_id"])
    has_words = feedback["text"].str.strip() != ""
    return compare_words(feedback[is_open & has_words], touchpoints, links=links, least=least, margin=margin)


def list_links(feedback: pd.DataFrame, touchpoints: pd.DataFrame, *, alignments, settled=None) -> pd.DataFrame:
    """Return the verbatims with words whose touchpoint is known: named by a survey, linked by a person or by a coder.

    Columns read: those of `suggest_touchpoints`. Columns made: feedback_id, touchpoint_id, text.

    Examples
    --------
    >>> said = pd.DataFrame({"feedback_id": ["f1"], "touchpoint_id": "pay", "customer_id": "", "speaker": "",
    ...     "source": "survey", "text": "Refused"})
    >>> nobody = pd.DataFrame(columns=["feedback_id", "touchpoint_id"], dtype="str")
    >>> list_links(said, pd.DataFrame({"touchpoint_id": ["pay"]}), alignments=nobody).values.tolist()
    [['f1', 'pay', 'Refused']]
    """
    named = [place_verbatims(feedback, alignments)]
    named += [] if settled is None else [settled]
    links = pd.concat([one[["feedback_id", "touchpoint_id"]] for one in named]).drop_duplicates()
    links = links[links["touchpoint_id"].isin(touchpoints["touchpoint_id"])]
    links = links.merge(feedback[["feedback_id", "text"]])
    return links[links["text"].str.strip() != ""].reset_index(drop=True)


def compare_words(asked, touchpoints, *, links, least: float = LEAST, margin: float = MARGIN) -> Likeness:
    """Compare verbatims with every touchpoint, as its name (twice), its description and the linked verbatims say."""
    names = touchpoints["name"]
    described = (names + " " + names + " " + touchpoints["description"]).tolist()
    weighed = weigh_stems([*described, *links["text"], *asked["text"]])
    start, end = len(described), len(described) + len(links)
    places = {own: place for place, own in enumerate(touchpoints["touchpoint_id"])}
    groups = links["touchpoint_id"].map(places).to_numpy(dtype=int)
    typical = describe_groups(weighed.weights[:start], weighed.weights[start:end], groups=groups)
    similarity = compare_texts(weighed.weights[end:], typical)
    named = _find_named(asked["text"], names)
    ranks = similarity + AHEAD * (np.arange(start) == named[:, None])
    judged = _judge(asked, similarity, ranks, least=least, margin=margin)
    judged["why"] = np.where(named >= 0, NAMED, judged["why"])
    ids = touchpoints["touchpoint_id"].to_numpy()
    return Likeness(judged, ids, ranks, weighed.weights[end:], typical, weighed.stems)


def _find_named(texts, names) -> np.ndarray:
    """Return for each text the place of the one touchpoint whose whole name it holds, -1 where none or several."""
    sought = [" ".join(stem for stem, _ in split_words(name)) for name in names]
    sought = [(place, f" {name} ") for place, name in enumerate(sought) if name.count(" ") >= LEAST_NAME - 1]
    found = []
    for text in texts:
        spoken = f" {' '.join(stem for stem, _ in split_words(text))} "
        hits = [place for place, name in sought if name in spoken]
        found.append(hits[0] if len(hits) == 1 else -1)
    return np.array(found, dtype=int)


def _judge(asked, similarity, ranks, *, least: float, margin: float) -> pd.DataFrame:
    every = np.arange(len(asked))
    order = np.argsort(-ranks, axis=1, kind="stable")[:, :2]
    order = np.pad(order, ((0, 0), (0, 2 - order.shape[1])), constant_values=-1)
    known = np.pad(similarity, ((0, 0), (0, 1)))  # the last one stands for no touchpoint, place -1
    value, other = known[every, order[:, 0]], known[every, order[:, 1]]
    is_alike = (value >= least) & ((value - other).round(3) >= margin)
    judged = asked[["feedback_id", "text"]].reset_index(drop=True)
    return judged.assign(
        first=order[:, 0], second=order[:, 1], similarity=value, second_similarity=other,
        why=np.where(is_alike, SIMILAR, ""),
    )  # fmt: skip
