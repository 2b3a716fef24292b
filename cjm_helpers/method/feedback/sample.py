"""Sample: which verbatims a second person reads too, drawn so that it never has to be drawn anew."""

import pandas as pd

from cjm_helpers.errors import NumberRefused
from cjm_helpers.method.codings import follow_successors, keep_people
from cjm_helpers.method.verbatims import draw_chances
from cjm_helpers.worksheets import NOTHING_FITS, RETIRED

SAMPLE = ["feedback_id", "place", "why", "readers"]
RANDOM = "random"
MORE_OF = "more of {}"
TWO = 2  # people who read a verbatim, from which on it counts for agreement


def draw_sample(
    feedback: pd.DataFrame,
    codings: pd.DataFrame,
    *,
    codebook,
    seed: int = 0,
    share: float = 0.15,
    least: int = 50,
    least_each: int = 5,
) -> pd.DataFrame:
    """Draw the verbatims that two people or more read, each without seeing the other's codes.

    A verbatim's place in the random order comes from its id and the seed alone, so that two people in two places get
    the same list, and new verbatims and codings reshuffle nothing. Verbatims that one person gave a rare code are put
    behind the random ones. They are there for what one person said of them: `measure_reliability` counts them, and
    says where alpha and prevalence lean on them.

    Parameters
    ----------
    share
        Of the verbatims with text (0-1): each is drawn or not whatever the others are.
    least
        Where the share gives fewer, the first so many of the random order are drawn; where there are fewer, all. Only
        then (below 334 verbatims, for 50 at 15 %) a new verbatim may take the place of the last ones.
    least_each
        Verbatims that should carry each code, so that something can be said of it.

    Returns
    -------
    DataFrame
        feedback_id, place (1 = read first), why ("random", or "more of" a code's label), readers (people who read it,
        ";").

    Columns read: feedback_id, text; feedback_id, coder_id, code_id; code_id, label, status, replaced_by.

    Raises
    ------
    NumberRefused
        When share is not above 0 and up to 1.

    Source: MacQueen et al. (1998): a random part of 10-20 %, at least 50, each code at least 5 times.

    Examples
    --------
    >>> said = pd.DataFrame({"feedback_id": ["f1", "f2", "f3"], "text": ["Too slow.", "", "So friendly."]})
    >>> read = pd.DataFrame({"feedback_id": ["f1"], "coder_id": ["anna"], "code_id": ["slow"]})
    >>> book = pd.DataFrame({"code_id": ["slow"], "label": ["Slow"], "status": "", "replaced_by": ""})
    >>> draw_sample(said, read, codebook=book).values.tolist()
    [['f1', 1, 'random', 'anna'], ['f3', 2, 'random', '']]
    """
    if not 0 < share <= 1:
        raise NumberRefused("share", share, "a share above 0 and up to 1, such as 0.15")
    order = _order_at_random(feedback, seed=seed)
    drawn = list(order.index[(order < share) | (order.rank() <= least)])
    people = follow_successors(keep_people(codings), codebook)
    people = people[people["feedback_id"].isin(order.index)].drop_duplicates(["feedback_id", "coder_id", "code_id"])
    readers = people.groupby("feedback_id")["coder_id"].agg(lambda names: ";".join(sorted(set(names))))
    why = dict.fromkeys(drawn, RANDOM) | _top_up(drawn, people, order=order, codebook=codebook, least_each=least_each)
    sample = pd.DataFrame({"feedback_id": list(why), "why": list(why.values())}, dtype="str")
    sample["readers"] = sample["feedback_id"].map(readers).astype("object").fillna("").astype("str")
    return sample.assign(place=range(1, len(sample) + 1))[SAMPLE]


def _order_at_random(feedback: pd.DataFrame, *, seed: int) -> pd.Series:
    """Give every verbatim with text a number from 0 to 1 that hangs on its id and the seed alone; smallest first."""
    has_text = feedback["text"].fillna("").str.strip() != ""
    ids = feedback.loc[has_text, "feedback_id"].drop_duplicates()
    return pd.Series(draw_chances(ids, salt=f"{seed}/"), index=list(ids)).sort_values(kind="stable")


def _top_up(drawn: list, people: pd.DataFrame, *, order: pd.Series, codebook, least_each: int) -> dict[str, str]:
    """Find verbatims for each code that too few of the sample carry; those that two people read already come first."""
    named = people[people["code_id"] != NOTHING_FITS]
    carriers = named.groupby("code_id")["feedback_id"].agg(set).to_dict()
    times = people.groupby("feedback_id")["coder_id"].nunique().to_dict()
    places = {name: (times.get(name, 0) < TWO, number) for name, number in order.items()}
    labels = codebook.drop_duplicates("code_id").set_index("code_id")["label"].to_dict()
    retired = set(codebook.loc[codebook["status"] == RETIRED, "code_id"])
    sampled, why = set(drawn), {}
    for code_id in [name for name in dict.fromkeys([*labels, *sorted(carriers)]) if name not in retired]:
        carry = carriers.get(code_id, set())
        lack = max(0, least_each - len(carry & sampled))
        more = sorted(carry - sampled, key=places.get)[:lack]
        why |= dict.fromkeys(more, MORE_OF.format(labels.get(code_id) or code_id))
        sampled |= set(more)
    return why
