"""Confidence for page one: who was heard, how what stands there is known, what is too close to say, what is missing."""

from cjm_helpers.method.feedback.reliability import RELIABLE, TENTATIVE, measure_agreement
from cjm_helpers.method.journey.brief_findings import list_felt
from cjm_helpers.method.journey.brief_words import FEW
from cjm_helpers.method.journey.foot import count_customers, count_sources, share_grades
from cjm_helpers.method.journey.steps import name_step
from cjm_helpers.method.words import count_things, is_known, join_words, spell_count, write_number

# A share from the first number on is all of it and so on; the words and their limits are ours.
AMOUNTS = ((1.0, "all"), (0.9, "almost all"), (0.6, "most"), (0.4, "about half"), (0.1, "some"), (0.0, "a little"))
BACKED = {
    "A": "was both seen in what people did and told by them",
    "B": "was seen or told, but not both",
    "C": "rests on few people",
    "D": "is the team’s assumption",
}  # fmt: skip
NOBODY = "No customer has been asked yet: this is the word of the team, to be checked before money is spent on it."
MOST_NAMED = 3


def tell_confidence(journey, *, most_actions: int) -> list[dict]:
    """Tell how sure the page is, each sentence only where there is something to say."""
    heard = _say_heard(journey.parts)
    rows = [
        heard,
        _say_backing(journey.cells) if not heard.startswith(NOBODY) else "",
        _say_close(journey),
        _say_tied(journey.parts.ranking.head(most_actions)),
        _say_sorting(journey.parts.study),
        _say_missing(journey),
    ]
    return [{"sentence": sentence} for sentence in rows if sentence]


def _say_heard(parts) -> str:
    """Say how many people were heard and how, and how often what they did was recorded; before that, what is stated."""
    customers, recorded = count_customers(parts.study), parts.event_counts["events"].sum()
    seen = f"what customers did, recorded {count_things(recorded, 'time')}"
    sources = count_sources(parts.study, parts.event_counts[:0])
    if not sources:
        return f"This rests on {seen}; nobody has been asked yet." if recorded else _say_stated(parts.study.statements)
    head = f"{count_things(customers, 'customer')}: " if customers else ""
    hint = " That is few: take it as a first hint." if 0 < customers < FEW else ""
    return f"This rests on {head}{join_words(sources)}{f'; and on {seen}' if recorded else ''}.{hint}"


def _say_stated(statements) -> str:
    assumed = int(statements["basis"].eq("assumed").sum())
    of_all = count_things(len(statements), "statement")
    return f"{NOBODY} The team itself calls {write_number(assumed)} of its {of_all} assumed." if assumed else NOBODY


def _say_backing(cells) -> str:
    """Say how much of the map was seen, told or assumed, the largest share first."""
    shares = sorted(share_grades(cells).items(), key=lambda one: -one[1])
    told = [f"{_say_amount(share)} of it {BACKED[grade]}" for grade, share in shares if share > 0]
    return f"Where the map comes from: {'; '.join(told)}." if told else ""


def _say_amount(share: float) -> str:
    return next(word for least, word in AMOUNTS if share >= least)


def _say_close(journey) -> str:
    """Say which steps may be as low as the lowest."""
    felt = list_felt(journey)
    if felt.empty:
        return ""
    low = felt.loc[felt["value"].idxmin()]
    rivals = felt[felt["step_id"].ne(low["step_id"]) & felt["value"].le(low["hi"])]
    if rivals.empty:
        return ""
    names = _name_few([name_step(journey.steps, step_id) for step_id in rivals["step_id"]])
    lowest = name_step(journey.steps, low["step_id"])
    return f"Whether {lowest} is truly the lowest is too close to say: {names} may be as low."


def _say_tied(ranked) -> str:
    """Say which of the actions shown cannot be told apart by their worth, and how many have no known worth yet."""
    tied, open_ones = int(ranked["tier"].eq(1).sum()), int(ranked["rank"].isna().sum())
    last = "action" if open_ones == 1 else f"{spell_count(open_ones)} actions"
    told = [
        f"Which of the first {spell_count(tied)} actions is worth most is too close to say." if tied > 1 else "",
        f"What the last {last} would be worth is not known yet." if open_ones else "",
    ]
    return " ".join(sentence for sentence in told if sentence)


def _say_sorting(study) -> str:
    """Say so where people who sorted the same comments did not agree."""
    found = measure_agreement(study.codings, codebook=study.codebook)
    if found is None or not is_known(found[0].value) or found[0].value >= RELIABLE:
        return ""
    often = "often" if found[0].value < TENTATIVE else "at times"
    return f"Those who sorted the same comments disagreed {often}, so take the counts of what people name as rough."


def _say_missing(journey) -> str:
    felt = journey.cells[journey.cells["lane"] == "emotion"]
    unasked, few = (
        [name_step(journey.steps, one) for one in felt.loc[felt["flag"] == flag, "step_id"]]
        for flag in ("not asked", "suppressed")
    )
    kpis, unsorted = journey.parts.kpis, int((~journey.parts.verbatims["is_read"]).sum())
    unread = [f"“{name}”" for name in kpis.loc[kpis["value"].isna(), "name"]]
    lacks = {
        "nobody was asked to rate any step": len(felt) and len(unasked) == len(felt),
        f"nobody was asked to rate {_name_few(unasked)}": 0 < len(unasked) < len(felt),
        f"too few people rated {_name_few(few)}": few,
        f"there is no figure for {_name_few(unread)}": unread,
        f"{count_things(unsorted, 'comment')} not sorted yet": unsorted,
    }
    told = [words for words, is_so in lacks.items() if is_so]
    return f"Missing: {'; '.join(told)}." if told else ""


def _name_few(names: list[str]) -> str:
    rest = len(names) - MOST_NAMED
    return join_words(names if rest <= 1 else [*names[:MOST_NAMED], f"{spell_count(rest)} more"])
