"""Persona cards: all that is known of each persona, field by field, each with its basis and its evidence."""

import re
from collections.abc import Callable

import numpy as np
import pandas as pd

from cjm_helpers.method.evidence import grade_evidence, grade_statement
from cjm_helpers.method.personas.pains import quote_pains, write_pains
from cjm_helpers.method.personas.people import EVERYONE, gather_personas
from cjm_helpers.method.personas.traits import (
    describe_match,
    describe_trait,
    measure_matches,
    pick_traits,
    suggest_name,
)
from cjm_helpers.method.words import count_things, write_number
from cjm_helpers.stats.intervals import Estimate, estimate_proportion
from cjm_helpers.stats.suppression import flag_sample, suppress_margins, suppress_small
from cjm_helpers.worksheets import PERSONA_FIELDS, split_list

DATA, PROTO = "data", "proto"
HIDDEN_SHARE = "not shown: too few customers, or the rest would tell how few another persona has"
ASSUMED, REPORTED = "assumed", "reported"
STATED = tuple(field for field in PERSONA_FIELDS if field not in ("pain_point", "quote"))
FIELDS = (
    "name", "suggested_name", "tagline", "made_from", "share", "trait", "match_prevalence", "stability", *STATED,
    "pain_code", "pain_point", "quote",
)  # fmt: skip
CARD = ["persona_id", "field", "text", "basis", "grade", "evidence_ids", "value", "n", "lo", "hi", "method", "flag"]
ESTIMATED = ["value", "n", "lo", "hi", "method", "flag"]
WORDS = re.compile(r"[^\W_]+")
TEXTS = ("text", "basis", "grade", "evidence_ids", "method", "flag")


def write_cards(
    personas: pd.DataFrame,
    *,
    statements: pd.DataFrame,
    assignments: pd.DataFrame,
    profile: pd.DataFrame | None = None,
    customers: pd.DataFrame | None = None,
    themes: pd.DataFrame | None = None,
    feedback: pd.DataFrame | None = None,
    choose_quote: Callable[[pd.DataFrame], str] | None = None,
    stability: pd.DataFrame | None = None,
    persona_id: str = EVERYONE,
    min_n: int = 5,
) -> pd.DataFrame:
    """Write the card of each persona, one row a field, each with how it is known.

    A persona that is assigned but not in the worksheet (a suggested segment) gets a card too. Of a proto-persona all
    that the workshop said is assumed, until a statement with basis reported or observed confirms it. A stated quote
    that no verbatim holds word for word counts as assumed.

    Columns read: persona_id, name, basis, tagline; statement_id, persona_id, field, text, score, basis, evidence_ids;
    customer_id, persona_id, wave, distance; those of `profile_personas`; the customers' attributes; persona_id,
    touchpoint_id, name (where there is one), code_id, label, valence, k, n, value, lo, hi, method, flag, feedback_ids;
    feedback_id, customer_id, text, consent; persona_id, value, sentence.

    Parameters
    ----------
    personas, statements, assignments
        Tables of a study, or the assignments of `suggest_personas`.
    profile, customers
        From `profile_personas`, and the customers profiled (only they count in shares): the traits, a name to start
        from, and the match prevalence (the share of customers who have all the traits; Chapman et al. 2008).
    themes, feedback, choose_quote
        From `themes.compare_themes`, the verbatims, and `choose_quote` of `themes`, which says whom of
        some to quote: top pains and a real quote, of the people nearest to the persona's centre.
    stability
        From `suggest_personas`.
    persona_id
        Write this persona's card only: the same one, sooner.
    min_n
        The share of a persona of fewer customers is not shown; if it is the only one, neither is the next smallest.

    Returns
    -------
    DataFrame
        persona_id, field, text, basis (observed, reported, assumed; "" for stability and for too few to say), grade
        (A to D), evidence_ids, value, n, lo, hi, method, flag; fields in the order of a card.

    Examples
    --------
    >>> personas = pd.DataFrame({"persona_id": ["lena"], "name": ["Lena"], "basis": ["proto"], "tagline": [""]})
    >>> stated = pd.DataFrame({"statement_id": ["s1"], "persona_id": ["lena"], "field": ["need"], "text": ["Calm"],
    ...                        "score": [None], "basis": ["reported"], "evidence_ids": ["f1"]})
    >>> nobody = pd.DataFrame({"customer_id": [], "persona_id": []})
    >>> write_cards(personas, statements=stated, assignments=nobody)[["field", "basis", "grade"]].values.tolist()
    [['name', 'assumed', 'D'], ['made_from', 'assumed', 'D'], ['need', 'reported', 'C']]
    """
    known = assignments
    if customers is not None:
        known = assignments[assignments["customer_id"].isin(customers["customer_id"])]
    counts = gather_personas(known).value_counts()
    listed = _list_personas(personas, counts)
    listed = listed[listed["persona_id"].eq(persona_id) | (persona_id == EVERYONE)]
    rows = _introduce(listed, counts, min_n=min_n)
    if profile is not None:
        rows += _write_traits(pick_traits(profile), customers, min_n=min_n)
    if stability is not None:
        rows += _tag(stability.rename(columns={"sentence": "text"}).to_dict("records"), "stability")
    rows += _write_statements(statements, listed["persona_id"], feedback)
    if themes is not None:
        rows += _tag(write_pains(themes), "pain_code")
    if themes is not None and feedback is not None and choose_quote:
        rows += _tag(quote_pains(themes, feedback, assignments=assignments, choose_quote=choose_quote), "quote")
    return _order(rows, list(listed["persona_id"]))


def _list_personas(personas: pd.DataFrame, counts: pd.Series) -> pd.DataFrame:
    """The personas of the worksheet, then the segments that stand in no worksheet."""
    new = sorted(set(counts.index) - set(personas["persona_id"]))
    names = [name.replace("_", " ").capitalize() for name in new]
    segments = pd.DataFrame({"persona_id": new, "name": names, "basis": DATA, "tagline": ""})
    return pd.concat([personas[segments.columns], segments], ignore_index=True)


def _introduce(listed: pd.DataFrame, counts: pd.Series, *, min_n: int) -> list[dict]:
    rows, hidden = [], _list_hidden(counts, min_n=min_n)
    for persona in listed.itertuples():
        n = int(counts.get(persona.persona_id, 0))
        is_known = n > 0 and persona.basis != PROTO
        known = {"basis": REPORTED, "grade": grade_evidence(0, n)} if is_known else {"basis": ASSUMED, "grade": "D"}
        texts = {"name": persona.name, "tagline": persona.tagline, "made_from": persona.basis}
        own = [{**known, "field": field, "text": text} for field, text in texts.items() if text]
        own += [_write_share(n, int(counts.sum()), is_hidden=persona.persona_id in hidden)] if n else []
        rows += [{**row, "persona_id": persona.persona_id} for row in own]
    return rows


def _list_hidden(counts: pd.Series, *, min_n: int) -> set[str]:
    """The personas of too few customers; where that is one alone also the next smallest, or the rest would tell."""
    sizes = suppress_small(counts.rename("n").to_frame().assign(whole="customers"), min_n=min_n)
    flags = suppress_margins(sizes, within=["whole"], min_n=min_n)["flag"]
    return set(flags.index[flags == "suppressed"])


def _write_share(k: int, n: int, *, is_hidden: bool) -> dict:
    row = {"field": "share", "basis": REPORTED, "grade": grade_evidence(0, k)}
    if is_hidden:
        return {**row, "text": HIDDEN_SHARE, "n": n, "flag": "suppressed"}
    if k == n:  # the rows of one persona alone: of how many customers in all, nobody told us
        return {**row, "text": count_things(n, "customer"), "n": n, "flag": flag_sample(n)}
    share = estimate_proportion(k, n)
    text = f"{write_number(k)} of {count_things(n, 'customer')} ({100 * share.value:.0f}%)"
    return {**row, "text": text, **share._asdict(), "flag": flag_sample(n)}


def _write_traits(traits: pd.DataFrame, customers: pd.DataFrame | None, *, min_n: int) -> list[dict]:
    """A row a trait, the name they suggest, and how many customers have them all."""
    rows, matches = [], {} if customers is None else measure_matches(customers, traits)
    for persona_id, own in traits.groupby("persona_id"):
        made = [
            {**{name: getattr(trait, name) for name in ESTIMATED}, "field": "trait", "text": describe_trait(trait)}
            for trait in own.itertuples()
        ]
        name = suggest_name(own)
        made += [{"field": "suggested_name", "text": name, "n": own["n"].min()}] if name else []
        made += [_write_match(matches[persona_id], len(own), min_n=min_n)] if matches else []
        rows += [
            {**row, "persona_id": persona_id, "basis": REPORTED, "grade": grade_evidence(0, row["n"])} for row in made
        ]
    return rows


def _write_match(match: Estimate, traits: int, *, min_n: int) -> dict:
    flag = flag_sample(match.n, min_n=min_n)
    if flag == "suppressed":
        match = Estimate(np.nan, match.n, np.nan, np.nan, "")
    return {"field": "match_prevalence", "text": describe_match(match, traits=traits), **match._asdict(), "flag": flag}


def _write_statements(statements: pd.DataFrame, persona_ids, feedback: pd.DataFrame | None) -> list[dict]:
    said = {} if feedback is None else dict(zip(feedback["feedback_id"], feedback["text"].map(_simplify), strict=True))
    ordered = statements[statements["field"].isin(PERSONA_FIELDS)].sort_values("statement_id", kind="stable")
    rows = []
    for stated in ordered.itertuples():
        is_invented = stated.field == "quote" and not _is_said(stated, said)
        basis = ASSUMED if is_invented else stated.basis
        row = {"field": stated.field, "text": stated.text, "basis": basis, "evidence_ids": stated.evidence_ids}
        row["grade"] = grade_statement(basis, stated.evidence_ids)
        rows += [{**row, "persona_id": name} for name in persona_ids if stated.persona_id in ("", name)]
    return rows


def _is_said(stated, said: dict[str, str]) -> bool:
    """A quote is real where a verbatim holds its words; where its evidence is not at hand nobody can tell."""
    is_at_hand = any(name in said for name in split_list(stated.evidence_ids))
    return not is_at_hand or any(_simplify(stated.text) in verbatim for verbatim in said.values())


def _simplify(text: str) -> str:
    """Leave words only, so that a comma or a capital does not make a quote another."""
    return " ".join(WORDS.findall(text.casefold()))


def _tag(rows: list[dict], field: str) -> list[dict]:
    return [{**row, "field": field} for row in rows]


def _order(rows: list[dict], persona_ids: list[str]) -> pd.DataFrame:
    cards = pd.DataFrame(rows, columns=CARD)
    cards = cards[cards["persona_id"].isin(persona_ids)]
    cards[list(TEXTS)] = cards[list(TEXTS)].astype("object").fillna("").astype("str")
    cards["method"] = cards["method"].where(cards["value"].notna(), "")
    place = [cards["persona_id"].map(persona_ids.index), cards["field"].map(FIELDS.index)]
    return cards.iloc[np.lexsort(place[::-1])].reset_index(drop=True)
