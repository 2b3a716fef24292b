"""What became of the KPI of every idea that was carried out between two waves."""

import pandas as pd

from cjm_helpers.method.waves.changes import list_changes
from cjm_helpers.method.words import write_day

DONE = "done"
JUDGED = [
    "opportunity_id", "statement", "done_on", "kpi_id", "before", "after", "delta", "lo", "hi", "n1", "n2", "flag",
    "verdict", "others", "sentence",
]  # fmt: skip
TAKEN = ["before", "after", "delta", "lo", "hi", "n1", "n2", "flag", "verdict"]
NO_KPI, NOT_MEASURED, NOT_BETWEEN = "no KPI", "not measured", "not between the waves"
SHOWN = 3


def judge_done(part, *, compared: pd.DataFrame) -> pd.DataFrame:
    """Lay every idea marked done beside what its KPI did since the earlier wave, and beside what else changed.

    A KPI that moved after an idea went live is no proof that the idea moved it: each sentence names the other ideas
    that were done and the touchpoints that came, went or moved between the same two waves.

    Parameters
    ----------
    part
        A study as select_rows returns it; reads opportunities, touchpoints, renames and the days of its waves.
    compared
        What compare_waves returned for a report that this part belongs to; its verdicts count all tests of that report.

    Returns
    -------
    DataFrame
        One row an idea: opportunity_id, statement, done_on, kpi_id, before, after, delta, lo, hi, n1, n2, flag, verdict
        (that of compare_waves; or no KPI, not measured, not between the waves), others (ids of the other ideas done in
        between, ";"), sentence.

    Examples
    --------
    >>> import cjm_helpers as cjm
    >>> from cjm_helpers.method.waves.compare import compare_waves
    >>> part = cjm.select_rows(cjm.open_study("retail_checkout"))
    >>> judge_done(part, compared=compare_waves([part]))[["opportunity_id", "verdict", "others"]].values.tolist()
    [['o03', 'improved', 'o04'], ['o04', 'improved', 'o03']]
    """
    ideas = part.opportunities[part.opportunities["status"].eq(DONE)].sort_values("opportunity_id")
    mine = (
        compared[compared["persona_id"].eq(part.persona_id) & compared["object"].eq("kpi")]
        .drop_duplicates("id")
        .set_index("id")
    )
    timely = [idea for idea in ideas.itertuples() if _say_when(idea, part)]
    changes = list_changes(part)
    rows = []
    for idea in ideas.itertuples():
        others = [other for other in timely if other.opportunity_id != idea.opportunity_id]
        judged = _judge(idea, mine, when=_say_when(idea, part), also=_say_others(others, changes))
        rows.append(judged | {"others": ";".join(other.opportunity_id for other in others)})
    return pd.DataFrame(rows, columns=JUDGED)


def _judge(idea, mine: pd.DataFrame, *, when: str, also: str) -> dict:
    told = {name: getattr(idea, name) for name in ("opportunity_id", "statement", "done_on", "kpi_id")}
    name = f"“{idea.statement}”"
    if not idea.kpi_id:
        verdict, sentence = NO_KPI, f"{name} names no KPI that should move, so nothing is said of it."
    elif not when:
        verdict, sentence = (
            NOT_BETWEEN,
            f"{name} did not go live between two waves compared here: nothing is said of it.",
        )
    elif idea.kpi_id not in mine.index:
        verdict, sentence = NOT_MEASURED, f"{name} {when}, but its KPI “{idea.kpi_id}” was measured in neither wave."
    else:
        row = mine.loc[idea.kpi_id]
        return told | row[TAKEN].to_dict() | {"sentence": f"{name} {when}. {row['sentence']} {also}"}
    return told | {"verdict": verdict, "sentence": sentence}


def _say_when(idea, part) -> str:
    """Say when an idea went live, or "" when that was not between the two waves."""
    if part.earlier is None:
        return ""
    waves = {wave.id: wave for wave in part.settings.waves}
    earlier, now = waves[part.earlier.wave], waves[part.wave]
    if pd.isna(idea.done_on):
        return "went live on a day that is not given"
    day = idea.done_on.date()
    for wave in (earlier, now):
        if wave.start <= day <= wave.end:
            return f"went live on {write_day(day)}, while {wave.id} was asked, so that the two waves blur"
    return f"went live on {write_day(day)}" if earlier.end < day < now.start else ""


def _say_others(others: list, changes: pd.DataFrame) -> str:
    """Say what else changed between the waves: no comparison of two waves can tell one cause from another."""
    told = [*(f"“{other.statement}” was done." for other in others), *changes["sentence"]]
    if not told:
        return "What else changed between the waves is not recorded, so this is no proof that the idea did it."
    rest = len(told) - SHOWN
    told = [*told[:SHOWN], f"And {rest} more."] if rest > 0 else told
    return f"Other things changed too, so this is no proof that the idea did it. {' '.join(told)}"
