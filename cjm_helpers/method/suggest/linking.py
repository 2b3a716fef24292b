"""How far suggested touchpoints may be believed: tried where the touchpoint is known, and as people confirm them."""

from hashlib import sha256

import pandas as pd

from cjm_helpers.method.suggest.touchpoints import compare_words, list_links
from cjm_helpers.method.verbatims import name_people
from cjm_helpers.method.words import count_things
from cjm_helpers.stats.intervals import estimate_proportion

FOLDS = 5


def check_links(feedback: pd.DataFrame, touchpoints: pd.DataFrame, *, alignments, settled=None) -> pd.DataFrame:
    """Propose a touchpoint for every verbatim that has one, learnt without those of the same fifth of the people.

    The very same words that somebody else said teach nothing either.

    Columns read: those of `suggest_touchpoints`. Columns made: feedback_id, touchpoint_id (as linked), proposed_id,
    why (named, similar, "" = unsure: it would stay unaligned).

    Examples
    --------
    >>> said = pd.DataFrame({"feedback_id": ["f1"], "touchpoint_id": "courier", "customer_id": "", "speaker": "",
    ...     "source": "review", "text": "The courier never rang", "consent": ""})
    >>> steps = pd.DataFrame({"touchpoint_id": ["pay", "courier"], "name": ["Payment", "Courier"], "description": ""})
    >>> nobody = pd.DataFrame(columns=["feedback_id", "touchpoint_id"], dtype="str")
    >>> check_links(said, steps, alignments=nobody)[["touchpoint_id", "proposed_id", "why"]].values.tolist()
    [['courier', 'courier', 'similar']]
    """
    links = list_links(feedback, touchpoints, alignments=alignments, settled=settled)
    people = dict(zip(feedback["feedback_id"], name_people(feedback), strict=True))
    fold = links["feedback_id"].map(people).map(lambda name: sha256(name.encode()).digest()[0] % FOLDS)
    checked = []
    for number in range(FOLDS):
        held_out = links[fold == number]
        asked = held_out[["feedback_id", "text"]].drop_duplicates()
        learnt = links[(fold != number) & ~links["text"].isin(asked["text"])]
        likeness = compare_words(asked, touchpoints, links=learnt)
        found = likeness.judged.assign(
            proposed_id=[[*likeness.touchpoint_ids, ""][at] for at in likeness.judged["first"]]
        )
        checked.append(held_out.merge(found[["feedback_id", "proposed_id", "why"]]))
    columns = ["feedback_id", "touchpoint_id", "proposed_id", "why"]
    return pd.concat(checked).sort_values(columns[:2], ignore_index=True)[columns]


def spell_confirmed(confirmed: int, tried: int) -> str:
    """Say how many proposals people confirmed, with Wilson's interval in percent.

    Examples
    --------
    >>> spell_confirmed(38, 50)
    '38 of 50 proposals confirmed (63 to 86%)'
    """
    share = estimate_proportion(confirmed, tried)
    interval = f" ({100 * share.lo:.0f} to {100 * share.hi:.0f}%)" if tried else ""
    return f"{confirmed:,} of {count_things(tried, 'proposal')} confirmed{interval}"


def spell_trial(checked: pd.DataFrame) -> str:
    """Say in a sentence how good the proposals are where the touchpoint is known.

    Columns read: touchpoint_id, proposed_id, why, as `check_links` makes them.

    Examples
    --------
    >>> rows = {"touchpoint_id": ["pay", "ad"], "proposed_id": ["pay", "pay"], "why": ["similar", ""]}
    >>> spell_trial(pd.DataFrame(rows))[:50]
    'Tried on the 2 verbatims whose touchpoint is known'
    """
    if checked.empty:
        return "No verbatim has a touchpoint yet on which the proposals could be tried."
    proposed = checked[checked["why"] != ""]
    right = int((proposed["proposed_id"] == proposed["touchpoint_id"]).sum())
    share = estimate_proportion(right, len(proposed))
    interval = f", {100 * share.lo:.0f} to {100 * share.hi:.0f}%" if len(proposed) else ""
    verbatims = count_things(len(checked), "verbatim")
    return (
        f"Tried on the {verbatims} whose touchpoint is known, each without having learnt from the person who said it: "
        f"{len(proposed):,} got a proposal, {right:,} of these the right one{interval}."
    )
