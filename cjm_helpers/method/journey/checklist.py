"""Checklist: what a complete map holds and what a sound one avoids, each with a sentence; nothing is blocked."""

import pandas as pd

from cjm_helpers.method.journey.parts import EVERYONE, Parts
from cjm_helpers.method.privacy import has_personal_data
from cjm_helpers.method.words import count_things, join_words

CHECKLIST = ["item", "is_done", "count", "sentence"]
KNOWN_BY_CUSTOMERS = ("A", "B", "C")
CORE = {"pain": ("pain points", "pain point"), "opportunity": ("opportunities", "opportunity")}


def check_map(parts: Parts, cells: pd.DataFrame) -> pd.DataFrame:
    """Check a map against the four core elements of every journey map and against loose ends.

    Columns made: item, is_done (yes, no), count (what there is of a core element, else what is to mend), sentence.
    """
    rows = [
        _check_persona(parts),
        _check_stages(parts),
        _check_count("touchpoints", "touchpoint", len(parts.touchpoints)),
        *(_check_lane(cells, lane) for lane in CORE),
        _check_customers(cells),
        _check_order(parts),
        _check_ideas(parts),
        _check_quotes(parts),
        _check_consent(parts, cells),
        _check_privacy(parts),
    ]
    return pd.DataFrame(rows, columns=CHECKLIST).astype({"item": "str", "is_done": "str", "sentence": "str"})


def _check_persona(parts) -> tuple:
    known = len(parts.study.personas)
    if parts.study.persona_id != EVERYONE or known:
        return "persona", "yes", known, "The map says whose journey it is."
    return "persona", "no", 0, "The map has no persona yet: it shows everyone as one."


def _check_stages(parts) -> tuple:
    stages = list(dict.fromkeys([*parts.study.settings.stages, *parts.touchpoints["stage"]]))
    empty = [stage for stage in stages if stage not in set(parts.touchpoints["stage"])]
    if not empty:
        return "stages", "yes", len(stages), f"{count_things(len(stages), 'stage')}, each with a touchpoint."
    have = "has" if len(empty) == 1 else "have"
    return "stages", "no", len(stages), f"{join_words(empty)} {have} no touchpoint yet."


def _check_lane(cells, lane: str) -> tuple:
    there = cells[cells["lane"].eq(lane) & cells["item_id"].ne("")]
    return _check_count(*CORE[lane], there["item_id"].nunique())


def _check_count(item: str, thing: str, count: int) -> tuple:
    if count:
        return item, "yes", count, f"{count_things(count, thing, things=item)} on the map."
    return item, "no", 0, f"No {thing} stands on the map yet; a complete map has one."


def _check_customers(cells) -> tuple:
    backed = int(cells["grade"].isin(KNOWN_BY_CUSTOMERS).sum())
    if backed:
        return (
            "customers",
            "yes",
            backed,
            f"{count_things(backed, 'cell')} of the map {'rests' if backed == 1 else 'rest'} on customers.",
        )
    return "customers", "no", 0, "Nothing on the map rests on a customer yet: it is a hypothesis map."


def _check_order(parts) -> tuple:
    place = parts.touchpoints.groupby("stage", sort=False)["position"]
    unordered = [stage for stage, rows in place if len(rows) > 1 and (rows.isna().any() or rows.duplicated().any())]
    if not unordered:
        return "order", "yes", 0, "Every touchpoint has its place within its stage."
    sentence = f"In {join_words(unordered)} touchpoints share a position or have none: their order is that of the rows."
    return "order", "no", len(unordered), sentence


def _check_ideas(parts) -> tuple:
    ideas = parts.ranking
    bare = ideas[ideas["grade"].eq("D") & ideas["evidence_ids"].eq("")]
    if bare.empty:
        return "evidence of ideas", "yes", 0, "Every opportunity answers a pain point or names its evidence."
    names = join_words(bare["opportunity_id"])
    return "evidence of ideas", "no", len(bare), f"No pain point and no evidence stands behind {names}: grade D."


def _check_quotes(parts) -> tuple:
    themes = parts.themes
    shown = themes[themes["valence"].eq(-1) & themes["flag"].ne("suppressed") & themes["touchpoint_id"].ne("")]
    silent = int(shown["quote_id"].eq("").sum())
    if not silent:
        return "quotes", "yes", 0, "Every pain point that people named has a quote."
    have = "has" if silent == 1 else "have"
    sentence = (
        f"{silent} of {count_things(len(shown), 'pain point')} that people named {have} no quote that may be shown."
    )
    return "quotes", "no", silent, sentence


def _check_consent(parts, cells) -> tuple:
    quoted = {*cells.loc[cells["kind"].eq("verbatim"), "item_id"], *parts.themes["quote_id"]} - {""}
    consent = parts.verbatims.loc[parts.verbatims["feedback_id"].isin(quoted), "consent"]
    unknown = int(consent.eq("").sum())
    if not unknown:
        return "consent", "yes", 0, "Everybody who is quoted agreed to it."
    sentence = (
        f"Of {count_things(len(consent), 'quoted verbatim')}, {unknown} came without a yes or no to being quoted."
    )
    return "consent", "no", unknown, sentence


def _check_privacy(parts) -> tuple:
    stated, said = (has_personal_data(table["text"]) for table in (parts.study.statements, parts.verbatims))
    count = int(stated.sum() + said.sum())
    if not count:
        return "privacy", "yes", 0, "No text holds an e-mail address or a long number."
    sentence = (
        f"{count_things(count, 'text')} with an e-mail address or a long number: "
        "such verbatims are never quoted, and statements show […] in its place."
    )
    return "privacy", "no", count, sentence
