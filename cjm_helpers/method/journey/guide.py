"""Guide: the open questions of a map as an interview guide in Markdown, ready to print or to put on a table."""

import pandas as pd

from cjm_helpers.method.journey.research import COLLEAGUES, CUSTOMERS, SURVEY, list_research
from cjm_helpers.method.words import count_things, end_sentence, spell_count

MOST_STEPS = 6  # of one talk of an hour; further steps follow in a list
APART = {COLLEAGUES: "For colleagues, not for customers", SURVEY: "For the next survey"}
NOTHING_OPEN = "The map leaves no question open. Ask what has changed since."


def write_interview_guide(journey, *, min_n: int = 5) -> str:
    """Write an interview guide from what a map does not know: whom to ask, which step, which question, and why.

    Parameters
    ----------
    journey
        A Journey as `build_journey` returns it.
    min_n
        People that a figure needs; below, words are kept and counted in whole people.

    Returns
    -------
    str
        Markdown: an opening, a section a step (most pressing first), what colleagues and the next survey are asked.

    Examples
    --------
    >>> import cjm_helpers as cjm
    >>> part = cjm.select_rows(cjm.open_study("retail_checkout"), persona_id="gift_buyer")
    >>> write_interview_guide(cjm.journey.build_journey(part, bootstraps=2)).splitlines()[0]
    '# Interview guide: Joost, the first-time gift buyer'
    """
    research = list_research(journey.cells, journey.steps, min_n=min_n)
    parts = [_open(journey, min_n=min_n)]
    for_customers = research[research["ask"] == CUSTOMERS]
    first = for_customers["step_id"].drop_duplicates().head(MOST_STEPS)
    chosen = for_customers[for_customers["step_id"].isin(first)]
    parts += [_write_step(rows) for _, rows in chosen.groupby("place")]
    parts.append(_list_rest(for_customers[~for_customers["step_id"].isin(first)]))
    parts += [_write_apart(heading, research[research["ask"] == ask]) for ask, heading in APART.items()]
    if research.empty:
        parts.append(NOTHING_OPEN)
    return "\n\n".join(part for part in [*parts, _close()] if part) + "\n"


def _open(journey, *, min_n: int) -> str:
    lens = journey.lens
    wave = lens["wave"].replace("All waves", "all waves")
    return "\n".join([
        f"# Interview guide: {lens['persona']}",
        "",
        f"{end_sentence(lens['study'])} {lens['scenario']} Made from the map of {wave}: "
        "each question stands for something the map does not know.",
        "",
        f"Talk to people who took this journey lately, one at a time. A figure needs {spell_count(min_n)} people or "
        "more; below that, what they say is kept in their words and counted in whole people.",
        "",
        "## Before you ask",
        "",
        "- Say who you are, what the talk is for and who will read it; ask whether you may quote; note yes or no.",
        "- “Please tell me about the last time, from the beginning.” Listen; the steps below may come up unasked.",
        "- Ask about what happened, not about what usually happens. Do not offer answers.",
    ])  # fmt: skip


def _write_step(rows: pd.DataFrame) -> str:
    step = rows.iloc[0]
    lines = [f"## {step['step_id']} {step['name']}", ""]
    for row in rows.itertuples():
        lines += [f"- **{row.question}**", f"  - Why: {row.why}"]
    return "\n".join(lines)


def _list_rest(rows: pd.DataFrame) -> str:
    if rows.empty:
        return ""
    steps = rows.drop_duplicates("step_id")
    lines = ["## If there is time", ""]
    for step in steps.itertuples():
        count = int(rows["step_id"].eq(step.step_id).sum())
        more = f" (and {count_things(count - 1, 'further question')})" if count > 1 else ""
        lines.append(f"- {step.step_id} {step.name}: {step.question}{more}")
    return "\n".join(lines)


def _write_apart(heading: str, rows: pd.DataFrame) -> str:
    """What is not for the talk with customers: a line a step."""
    if rows.empty:
        return ""
    lines = [f"- {row.step_id} {row.name}: **{row.question}**\n  - Why: {row.why}" for row in rows.itertuples()]
    return "\n".join([f"## {heading}", "", *lines])


def _close() -> str:
    return "\n".join([
        "## At the end",
        "",
        "- “What should I have asked that I did not?”",
        "- Read back what may be quoted, and thank them.",
        "- Afterwards: one row a paragraph in feedback.csv, with source interview, the speaker, the touchpoint "
        "where one is clear, and the consent.",
    ])  # fmt: skip
