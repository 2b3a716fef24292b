"""Research: what the map does not know yet, turned into the questions to ask next, most pressing step first."""

from collections import Counter
from collections.abc import Collection
from itertools import islice

import pandas as pd

from cjm_helpers.method.words import end_sentence, is_known, spell_count

RESEARCH = ["place", "step_id", "stage", "touchpoint_id", "name", "lane", "ask", "question", "why"]
READ = ["step_id", "lane", "text", "kind", "flag", "grade", "hi", "counter", "k", "n", "size"]
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
    here: dict[str, list] = {}
    for cell in cells[READ].itertuples():
        here.setdefault(cell.step_id, []).append(cell)
    whys: dict[tuple, list[str]] = {}
    for step in steps.itertuples():
        for *asked, why in _ask_about(step, here.get(step.step_id, []), min_n=min_n):
            whys.setdefault(tuple(asked), []).append(why)
    place = {step_id: number for number, step_id in enumerate(_order_steps(whys, here), start=1)}
    rows = [(place[asked[0]], *asked, " ".join(dict.fromkeys(said))) for asked, said in whys.items()]
    return pd.DataFrame(sorted(rows, key=lambda row: row[0]), columns=RESEARCH)


def _ask_about(step, here: list, *, min_n: int):
    open_cells = [*_ask_feeling(here, min_n=min_n), *_ask_reason(here), *_check_assumptions(here), *_ask_contrast(here)]
    for lane, question, why in open_cells:
        ask = SURVEY if question in (RATE_IT, ASK_MORE) else ASKED_OF.get(lane, CUSTOMERS)
        yield step.step_id, step.stage, step.touchpoint_id, step.name, lane, ask, question, why


def _ask_feeling(here: list, *, min_n: int):
    flags = {cell.flag for cell in here if cell.lane == "emotion"}
    if "not asked" in flags:
        survey, why = RATE_IT, "Nobody was asked to rate it."
    elif "suppressed" in flags:
        survey, why = ASK_MORE, f"Fewer than {spell_count(min_n)} rated it."
    else:
        return
    yield "emotion", survey, why
    if not any(cell.lane == "interview" for cell in here):
        yield "emotion", QUESTIONS["emotion"], why


def _ask_reason(here: list):
    is_low = any(cell.hi < 0 for cell in here if cell.lane == "emotion")
    pains = [cell for cell in here if cell.lane == "pain"]
    if any(cell.flag == "suppressed" for cell in pains):
        yield "pain", QUESTIONS["pain"], "People spoke, but too few to say of what."
    elif is_low and not any(cell.text for cell in pains):
        yield "pain", QUESTIONS["pain"], "It feels bad, and nobody said why."


def _check_assumptions(here: list):
    for cell in here:
        if cell.grade == "D" and cell.lane in QUESTIONS and cell.kind != "name" and cell.text:
            yield cell.lane, QUESTIONS[cell.lane], f"The team assumes: “{end_sentence(cell.text)}”"


def _ask_contrast(here: list):
    pains = (cell for cell in here if cell.lane == "pain" and OFTEN * cell.k <= cell.counter <= cell.k / OFTEN)
    for cell in islice(pains, 1):
        yield (
            cell.lane,
            CONTRAST,
            f"“{cell.text}” is named by {cell.k:.0f} of {cell.n:.0f}, its opposite by {cell.counter:.0f}.",
        )


def _order_steps(asked: Collection[tuple], here: dict[str, list]) -> list[str]:
    """Order the steps that are asked about: high impact first, one that is not known last, then most questions."""
    questions = Counter(step_id for step_id, *_ in asked)
    impact = {
        step_id: max(
            (cell.size for cell in here[step_id] if cell.lane == "touchpoint" and is_known(cell.size)), default=0
        )
        for step_id in questions
    }
    return sorted(questions, key=lambda step_id: (-impact[step_id], -questions[step_id]))
