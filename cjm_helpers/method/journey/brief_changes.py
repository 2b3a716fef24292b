"""Changes for page one: what clearly moved since the wave before, out of how much, and what was done in between."""

import pandas as pd

from cjm_helpers.method.evidence import REVISE
from cjm_helpers.method.journey.brief_words import DOUBT, describe_feeling, name_months, say_kpi
from cjm_helpers.method.journey.steps import ALL_WAVES, find_step, name_step
from cjm_helpers.method.words import count_things, join_words, spell_count, write_day, write_number

MOST_CHANGES = 3
CLEAR = {"worse": "Worse", "improved": "Better"}  # worse first: it asks for something
OBJECTS = ("kpi", "feeling", "theme")
UNTESTED = ("too few", "not compared")
CLOSE = "too close to call"
JUDGED = ("met", "missed", CLOSE)
COUNTED = {
    "improved": "clearly better", "worse": "clearly worse", "changed": "clearly different, neither better nor worse",
    "unchanged": "as before",
}  # fmt: skip
SINCE = {
    "improved": "is clearly better since", "worse": "is clearly worse since",
    "no evidence": "has not clearly moved since",
}  # fmt: skip
TOGETHER = "All waves stand here together, so nothing is compared."
NO_WAVES = "People were heard once so far, so there is nothing to compare."


def tell_changes(journey, *, changes: pd.DataFrame | None) -> list[dict]:
    """Tell up to three clear changes, how many things were compared, and what was done in between."""
    study = journey.parts.study
    earlier = getattr(study, "earlier", None)
    if earlier is None:
        return [{"sentence": _say_first(study)}]
    then, now = (name_months(wave, study.settings.waves) for wave in (earlier.wave, study.wave))
    own = pd.DataFrame() if changes is None else changes[changes["persona_id"] == journey.persona_id]
    if own.empty:
        told = [{"sentence": f"What changed from {then} to {now} was not looked at here."}]
        return [*told, *_tell_done(study, earlier, verdicts={})]
    own = own[own["object"].isin(OBJECTS)]
    told = [_tell_change(journey, row, then=then) for row in _choose(own).itertuples()]
    verdicts = own[own["object"].eq("kpi")].set_index("id")["verdict"].to_dict()
    counted = {"sentence": _count(own["verdict"], then=then, now=now)}
    return [*told, counted, *_tell_done(study, earlier, verdicts=verdicts)]


def tell_targets(kpis: pd.DataFrame) -> list[dict]:
    """Tell how many figures reach their target; nothing where none has one and is known."""
    judged = kpis.loc[kpis["status"].isin(JUDGED), "status"]
    if judged.empty:
        return []
    met, close = (int(judged.eq(one).sum()) for one in ("met", CLOSE))
    have = f"{count_things(len(judged), 'figure')} with a target"
    who = f"{spell_count(met).capitalize()} of {have}" if met else f"Not one of {have}"
    reach = f"{who} {'reach' if met > 1 else 'reaches'} it"
    return [{"sentence": f"{reach}{f'; for {spell_count(close)} it is too close to say' if close else ''}."}]


def _say_first(study) -> str:
    months = "" if study.wave == ALL_WAVES else name_months(study.wave, study.settings.waves)
    if not (len(study.responses) or len(study.feedback) or len(study.kpi_readings)):
        return f"Nobody has been heard{f' in {months}' if months else ''} yet, so there is nothing to compare."
    if not months:
        return TOGETHER if len(study.settings.waves) > 1 else NO_WAVES
    return f"{months} is the first time people were heard, so there is nothing to compare it with."


def _choose(own: pd.DataFrame) -> pd.DataFrame:
    """Choose the changes to tell: worse before better, KPIs before feelings before themes, the whole before steps."""
    clear = own[own["verdict"].isin(CLEAR)]
    order = pd.DataFrame({
        "verdict": clear["verdict"].map(list(CLEAR).index),
        "object": clear["object"].map(OBJECTS.index),
        "is_of_a_step": clear["object"].eq("kpi") & clear["touchpoint_id"].ne(""),
    })  # fmt: skip
    return clear.loc[order.sort_values(list(order), kind="stable").index].head(MOST_CHANGES)


def _tell_change(journey, row, *, then: str) -> dict:
    tell = {"kpi": _say_kpi_change, "feeling": _say_feeling_change, "theme": _say_theme_change}[row.object]
    step_id = find_step(journey.steps, touchpoint_id=row.touchpoint_id) if row.touchpoint_id else ""
    where = name_step(journey.steps, step_id) if step_id else ""
    sentence = f"{CLEAR[row.verdict]}: {tell(journey, row, where=where, then=then)}."
    return {"step_id": step_id, "item_id": row.id, "sentence": sentence}


def _say_kpi_change(journey, row, *, where: str, then: str) -> str:
    unit = journey.parts.kpis.set_index("kpi_id")["unit"].get(row.id, "")
    before, after = (say_kpi(value, {"unit": unit, "kind": row.metric}) for value in (row.before, row.after))
    return f"“{row.name}”, from {before} in {then} to {after}"


def _say_feeling_change(journey, row, *, where: str, then: str) -> str:
    before, after = describe_feeling(row.before), describe_feeling(row.after)
    what = f"how people feel at {where or row.name}"
    if before != after:
        return f"{what}, from {before} in {then} to {after}"
    is_still = (row.after > 0) == (row.verdict == "worse")
    return f"{what}, though still {after}" if is_still else f"{what}, which was {before} in {then} already"


def _say_theme_change(journey, row, *, where: str, then: str) -> str:
    labels = journey.parts.study.codebook.set_index("code_id")["label"]
    label = f"“{labels.get(row.id, row.name)}”{f' at {where}' if where else ''}"
    before, after = (write_number(round(share * n)) for share, n in ((row.before, row.n1), (row.after, row.n2)))
    heard, earlier = (write_number(n) for n in (row.n2, row.n1))
    known = journey.parts.reliability
    doubt = f" ({DOUBT})" if known.loc[known["code_id"] == row.id, "verdict"].eq(REVISE).any() else ""
    told = f"named by {after} of the {heard} people who spoke of it, after {before} of {earlier} in {then}"
    return f"{label}, {told}{doubt}"


def _count(verdicts: pd.Series, *, then: str, now: str) -> str:
    """Count what was compared, and what came of it."""
    compared = verdicts[~verdicts.isin(UNTESTED)]
    if compared.empty:
        return f"Nothing can be compared with {then}: too few people were heard, or they were asked other things."
    counts = {words: int(compared.eq(one).sum()) for one, words in COUNTED.items()}
    told = [f"{write_number(n)} {'is' if n == 1 else 'are'} {words}" for words, n in counts.items() if n]
    head = f"From {then} to {now}, {count_things(len(compared), 'figure')} could be compared"
    rest = len(compared) - sum(counts.values())
    if not told:
        return f"{head}: none has clearly changed, which is no proof that all stayed as it was."
    told += [f"of the other {spell_count(rest)} nothing clear can be said"] if rest else []
    return f"{head}: {join_words(told)}."


def _tell_done(study, earlier, *, verdicts: dict[str, str]) -> list[dict]:
    """Tell which ideas went live between the two waves and how their KPI stands; no two waves tell what did it."""
    waves = {one.id: one for one in study.settings.waves}
    start, end = waves[earlier.wave].start, waves[study.wave].end
    done = study.opportunities[study.opportunities["status"].eq("done")]
    timely = [idea for idea in done.itertuples() if pd.isna(idea.done_on) or start <= idea.done_on.date() <= end]
    if not timely:
        return []
    names = study.kpis.set_index("kpi_id")["name"]
    told = [_say_done(idea, name=names.get(idea.kpi_id, ""), verdict=verdicts.get(idea.kpi_id, "")) for idea in timely]
    proof = "Whether it made the difference" if len(told) == 1 else "Which of them made the difference"
    return [{"sentence": f"Done in between: {join_words(told)}. {proof} cannot be told from this alone."}]


def _say_done(idea, *, name: str, verdict: str) -> str:
    day = "day not given" if pd.isna(idea.done_on) else write_day(idea.done_on)
    since = f"; “{name}” {SINCE[verdict]}" if verdict in SINCE else ""
    return f"“{idea.statement.rstrip('. ')}” ({day}{since})"
