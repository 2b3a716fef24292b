"""Research: what the map does not know yet, turned into the questions to ask next, most pressing step first."""

import pandas as pd

from cjm_helpers.method.words import end_sentence, spell_count

RESEARCH = ["place", "step_id", "stage", "touchpoint_id", "name", "lane", "ask", "question", "why"]
CUSTOMERS, COLLEAGUES, SURVEY = "customers", "colleagues", "survey"
# Open, about one time that really happened, and naming nothing that the answer could repeat.
QUESTIONS = {
    "step": "What did you do there, one thing after the other?",
    "quote": "What went through your mind? What did you want to know?",
    "emotion": "How was that for you? What made it so?",
    "pain": "What, if anything, got in your way there?",
    "delight": "What, if anything, went better than you had expected?",
    "need": "What did you need at that moment, and how did you get it?",
    "backstage": "What do you and your team do when a customer is at this point, and who waits for whom?",
    "support": "Which systems and partners does this depend on, and what happens when one of them fails?",
}
CONTRAST = "When did this step go well for you, and when did it not? What was different?"
RATE_IT, ASK_MORE = "Add this step to those that customers rate.", "Ask more customers to rate this step."
OFTEN = 0.5  # from half as many voices to twice as many
ASKED_OF = {"backstage": COLLEAGUES, "support": COLLEAGUES}


def list_research(cells: pd.DataFrame, steps: pd.DataFrame, *, min_n: int = 5) -> pd.DataFrame:
    """List which cells of a map need which question next.

    A cell needs one where nobody or too few were asked, where it is assumed, where a low feeling has no reason, and
    where many are pleased with what others complain of. Steps of high impact come first, then those with most to ask.

    Parameters
    ----------
    cells, steps
        Of a Journey.
    min_n
        People that a figure needs.

    Returns
    -------
    DataFrame
        place (1 = most pressing step), step_id, stage, touchpoint_id, name, lane, ask (customers, colleagues, survey),
        question, why (sentences).

    Examples
    --------
    >>> steps = pd.DataFrame([("1.1", "Notice", "ad", "Advert")], columns=["step_id", "stage", "touchpoint_id", "name"])
    >>> cell = {"step_id": ["1.1"], "lane": "emotion", "text": "", "kind": "", "flag": "not asked", "grade": ""}
    >>> cells = pd.DataFrame({**cell, **dict.fromkeys(["hi", "counter", "k", "n", "size"], float("nan"))})
    >>> list_research(cells, steps)["question"].tolist()
    ['Add this step to those that customers rate.', 'How was that for you? What made it so?']
    """
    rows = [row for step in steps.itertuples() for row in _ask_about(step, cells, min_n=min_n)]
    asked = pd.DataFrame(rows, columns=RESEARCH[1:])
    keys = [name for name in asked.columns if name != "why"]
    merged = asked.groupby(keys, sort=False)["why"].agg(lambda why: " ".join(dict.fromkeys(why))).reset_index()
    order = _order_steps(merged, cells)
    place = merged["step_id"].map({step_id: number for number, step_id in enumerate(order, start=1)})
    return merged.assign(place=place).sort_values("place", kind="stable", ignore_index=True)[RESEARCH]


def _ask_about(step, cells, *, min_n: int):
    here = cells[cells["step_id"] == step.step_id]
    open_cells = [*_ask_feeling(here, min_n=min_n), *_ask_reason(here), *_check_assumptions(here), *_ask_contrast(here)]
    for lane, question, why in open_cells:
        ask = SURVEY if question in (RATE_IT, ASK_MORE) else ASKED_OF.get(lane, CUSTOMERS)
        yield step.step_id, step.stage, step.touchpoint_id, step.name, lane, ask, question, why


def _ask_feeling(here, *, min_n: int):
    flags = set(here.loc[here["lane"] == "emotion", "flag"])
    if "not asked" in flags:
        survey, why = RATE_IT, "Nobody was asked to rate it."
    elif "suppressed" in flags:
        survey, why = ASK_MORE, f"Fewer than {spell_count(min_n)} rated it."
    else:
        return
    yield "emotion", survey, why
    if not here["lane"].eq("interview").any():
        yield "emotion", QUESTIONS["emotion"], why


def _ask_reason(here):
    is_low = here.loc[here["lane"] == "emotion", "hi"].lt(0).any()
    pains = here[here["lane"] == "pain"]
    if pains["flag"].eq("suppressed").any():
        yield "pain", QUESTIONS["pain"], "People spoke, but too few to say of what."
    elif is_low and not pains["text"].ne("").any():
        yield "pain", QUESTIONS["pain"], "It feels bad, and nobody said why."


def _check_assumptions(here):
    assumed = here[here["grade"].eq("D") & here["lane"].isin(QUESTIONS) & here["kind"].ne("name") & here["text"].ne("")]
    for cell in assumed.itertuples():
        yield cell.lane, QUESTIONS[cell.lane], f"The team assumes: “{end_sentence(cell.text)}”"


def _ask_contrast(here):
    pains = here[here["lane"].eq("pain") & here["counter"].between(OFTEN * here["k"], here["k"] / OFTEN)]
    for cell in pains.head(1).itertuples():
        yield (
            cell.lane,
            CONTRAST,
            f"“{cell.text}” is named by {cell.k:.0f} of {cell.n:.0f}, its opposite by {cell.counter:.0f}.",
        )


def _order_steps(rows, cells) -> list[str]:
    impact = cells[cells["lane"] == "touchpoint"].groupby("step_id")["size"].max()
    ranked = rows.groupby("step_id", sort=False).size().rename("questions").reset_index()
    ranked = ranked.assign(impact=ranked["step_id"].map(impact).astype(float))
    return list(ranked.sort_values(["impact", "questions"], ascending=False, kind="stable")["step_id"])
