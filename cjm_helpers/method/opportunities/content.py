"""Content ideas: what customers ask and struggle with at every stage, and what could answer it."""

import re
from collections.abc import Sequence

import pandas as pd

from cjm_helpers.method.evidence import grade_evidence, grade_statement
from cjm_helpers.worksheets import split_list

ASKING = ("question", "pain_point")
CONTENT = [
    "stage", "touchpoint_id", "persona_id", "asked", "source", "k", "n", "flag", "grade", "evidence_ids", "content",
    "opportunity_id", "sentence",
]  # fmt: skip
# The first pattern that the words hold names the content: a first guess for the team, in English, and ours.
KINDS = (
    (r"\b(slow|frozen|freez\w*|crash\w*|errors?|broken)\b", "none before it is mended"),
    (r"\b(mails?|adverts?|newsletters?|messages?)\b", "a choice of what to be written about, and how often"),
    (r"\b(person|reach|call)\b", "whom to ask, how, and how long it takes"),
    (r"\b(costs?|prices?|postage|fees?|charge|how much)\b", "all costs in one place, before they are asked for"),
    (r"\b(when|how long|days?|dates?|waits?|arriv\w*|refunds?)\b", "what happens next, with its date"),
    (r"\b(which|differ\w*|compar\w*|better|sizes?|fits?|choose)\b", "a guide that helps to choose"),
    (r"\b(how|where|find|steps?|hidden|hard)\b", "steps to follow, with pictures"),
    (r"\b(why|refused|reason|forced)\b", "the reason, said where it happens, and the way on"),
)  # fmt: skip
PLAIN_ANSWER = "a plain answer where it is asked"
NO_IDEA = "No idea answers it yet."
NOTHING = float("nan")


def suggest_content(
    statements: pd.DataFrame,
    *,
    themes: pd.DataFrame,
    touchpoints: pd.DataFrame,
    opportunities: pd.DataFrame | None = None,
    stages: Sequence[str] = (),
) -> pd.DataFrame:
    """Suggest content for every stage: questions and pain points, with the kind of content that could answer each.

    Parameters
    ----------
    statements
        The worksheet; fields "question" and "pain_point" are read.
    themes
        What `summarise_themes` found; themes of negative valence are read, and those of too few people are not shown.
    touchpoints, stages
        In the order of the journey.
    opportunities
        The worksheet; dropped ideas do not count.

    Returns
    -------
    DataFrame
        One row a question or pain point, in the order of the journey (no stage: last): stage, touchpoint_id,
        persona_id, asked (the words), source (question, stated pain point, theme), k of n (people who name a theme; of
        a statement k counts the rows that support it), flag, grade, evidence_ids, content (kind of content, guessed
        from the words), opportunity_id (ideas that answer it), sentence (how they do, or that none does).

    Source: the kinds of content are ours; English words only, else "a plain answer where it is asked".

    Examples
    --------
    >>> blank = {"persona_id": "", "stage": "Buy", "basis": "reported", "evidence_ids": "f1"}
    >>> asked = [{"statement_id": "s1", "touchpoint_id": "pay", "field": "question", "text": "Which card works?"}]
    >>> shop = pd.DataFrame({"touchpoint_id": ["pay"], "stage": ["Buy"]})
    >>> none = pd.DataFrame(columns=["touchpoint_id", "code_id", "label", "valence", "k", "n", "flag", "feedback_ids"])
    >>> table = suggest_content(pd.DataFrame([asked[0] | blank]), themes=none, touchpoints=shop)
    >>> table[["asked", "k", "content", "sentence"]].values.tolist()
    [['Which card works?', 1.0, 'a guide that helps to choose', 'No idea answers it yet.']]
    """
    stage_of = dict(zip(touchpoints["touchpoint_id"], touchpoints["stage"], strict=True))
    rows = [*_read_statements(statements, stage_of), *_read_themes(themes, stage_of)]
    ideas = [] if opportunities is None else opportunities[opportunities["status"].ne("dropped")].to_dict("records")
    rows = [row | _suggest(row["asked"]) | _find_answers(row, ideas) for row in rows]
    table = pd.DataFrame(rows, columns=[*CONTENT, "code_id"]).astype({"k": float, "n": float})
    place = {stage: number for number, stage in enumerate(dict.fromkeys([*stages, *touchpoints["stage"]]))}
    order = {one: number for number, one in enumerate(touchpoints["touchpoint_id"])}
    table = table.assign(_stage=table["stage"].map(place), _place=table["touchpoint_id"].map(order))
    keys = ["_stage", "_place", "k", "asked", "persona_id"]
    table = table.sort_values(keys, ascending=[True, True, False, True, True], ignore_index=True)[CONTENT]
    return table.astype({name: "str" for name in CONTENT if name not in ("k", "n")})


def _read_statements(statements: pd.DataFrame, stage_of: dict):
    names = {"question": "question", "pain_point": "stated pain point"}
    for row in statements[statements["field"].isin(ASKING)].itertuples():
        yield {
            "stage": row.stage or stage_of.get(row.touchpoint_id, ""), "touchpoint_id": row.touchpoint_id,
            "persona_id": row.persona_id, "asked": row.text, "source": names[row.field],
            "k": float(len(split_list(row.evidence_ids))), "n": NOTHING, "flag": "counted",
            "grade": grade_statement(row.basis, row.evidence_ids),
            "evidence_ids": ";".join([row.statement_id, *split_list(row.evidence_ids)]), "code_id": "",
        }  # fmt: skip


def _read_themes(themes: pd.DataFrame, stage_of: dict):
    for row in themes[themes["valence"].lt(0) & themes["k"].notna()].itertuples():
        yield {
            "stage": stage_of.get(row.touchpoint_id, ""), "touchpoint_id": row.touchpoint_id, "persona_id": "",
            "asked": row.label, "source": "theme", "k": row.k, "n": row.n, "flag": row.flag,
            "grade": "C" if row.flag == "counted" else grade_evidence(0, row.n),
            "evidence_ids": row.feedback_ids, "code_id": row.code_id,
        }  # fmt: skip


def _suggest(words: str) -> dict:
    kinds = (content for pattern, content in KINDS if re.search(pattern, words, flags=re.IGNORECASE))
    return {"content": next(kinds, PLAIN_ANSWER)}


def _find_answers(row: dict, ideas: list[dict]) -> dict:
    """Ideas that answer it: those that name its code; those that share a row of evidence; content at its touchpoint."""
    evidence = set(split_list(row["evidence_ids"]))
    answers = []
    for idea in ideas:
        is_here = bool(row["touchpoint_id"]) and idea["touchpoint_id"] == row["touchpoint_id"]
        if row["code_id"]:
            is_answer = row["code_id"] in split_list(idea["code_ids"]) and (is_here or not idea["touchpoint_id"])
        else:
            is_answer = (is_here and idea["kind"] == "content") or evidence & set(split_list(idea["evidence_ids"]))
        if is_answer:
            answers.append(idea)
    answers.sort(key=lambda idea: idea["opportunity_id"])
    words = [_say_answer(idea) for idea in answers] or [NO_IDEA]
    return {"opportunity_id": ";".join(idea["opportunity_id"] for idea in answers), "sentence": " ".join(words)}


def _say_answer(idea: dict) -> str:
    if idea["status"] == "done":
        return f"{idea['opportunity_id']} is done and was meant to end it."
    name = f"{idea['opportunity_id']} ({idea['status']})" if idea["status"] else idea["opportunity_id"]
    return (
        f"{name} answers it."
        if idea["kind"] == "content"
        else f"{name} works on it; content bridges the time until then."
    )
