"""One verdict a persona: whether the journey as a whole got better or worse since the wave before."""

import numpy as np
import pandas as pd

from cjm_helpers.method.answers import FEELING_HIGH, FEELING_LOW, average_customers, choose_emotion
from cjm_helpers.method.kpis.people import NPS, describe_outcome, find_answers, score_people
from cjm_helpers.method.waves.cells import Cell
from cjm_helpers.method.waves.figures import WIDEST
from cjm_helpers.method.waves.past import rename_past
from cjm_helpers.method.waves.samples import Sample, compare_samples, count_shared, sample_people
from cjm_helpers.method.waves.verdicts import (
    IMPROVED,
    NO_EVIDENCE,
    NOT_COMPARED,
    TOO_FEW,
    WORSE,
    judge_change,
    tell_change,
)
from cjm_helpers.method.words import count_things
from cjm_helpers.stats.multiplicity import adjust_p_values

BETTER, MEAN = "better", "Mean feeling at the steps rated in both waves"
WORDS = {IMPROVED: BETTER, WORSE: WORSE, TOO_FEW: TOO_FEW}
NOTHING = "Neither the outcome nor a feeling was asked in both waves, so nothing speaks for the journey as a whole."


def judge_persona(part, changes: pd.DataFrame, *, q: float = 0.05) -> dict[str, str]:
    """Say in a word and a sentence whether a persona's journey got better since the wave before.

    The outcome of study.toml speaks: its KPI of the whole journey, else its answers; where it was not asked in both
    waves, the mean feeling over the touchpoints that were rated in both. "better" and "worse" are said only where the
    change stands out among all comparisons of the report.

    Parameters
    ----------
    part, changes
        A study as select_rows returns it, with an earlier wave, and what compare_waves returned for it.
    q
        As for compare_waves.

    Returns
    -------
    dict
        verdict (better, worse, no evidence, too few, or "" where nothing can be compared) and sentence, which ends with
        how many of the other comparisons turned out better and worse.

    Source: compare_waves; each person's mean feeling counts once (Welch, paired where 80% were asked twice).

    Examples
    --------
    >>> import cjm_helpers as cjm
    >>> part = cjm.select_rows(cjm.open_study("retail_checkout"))
    >>> judge_persona(part, cjm.waves.compare_waves([part]))["verdict"]
    'better'
    """
    own = changes[changes["persona_id"].eq(part.persona_id)]
    is_outcome = _is_outcome(part, own)
    if is_outcome.any():
        first = own[is_outcome].iloc[0]
        return _say(first["verdict"], first["sentence"], others=own[~is_outcome])
    past = rename_past(part)
    has_outcome = part.settings.outcome in part.settings.metrics
    ways = [_compare_outcome, _compare_feelings] if has_outcome else [_compare_feelings]
    cells = (compare(part, past) for compare in ways)
    asked = next((cell for cell in cells if cell.now.n and cell.before.n), None)
    return _judge(asked, part=part, own=own, q=q) if asked else {"verdict": "", "sentence": NOTHING}


def _is_outcome(part, own: pd.DataFrame) -> pd.Series:
    """Say which rows compare a KPI of the whole journey on the outcome."""
    outcome, kpis = part.settings.outcome, part.kpis
    ids = kpis.loc[kpis["metric"].eq(outcome) & kpis["touchpoint_id"].eq("") & (outcome != ""), "kpi_id"]
    is_asked = own["verdict"].ne(NOT_COMPARED) & own["n1"].gt(0) & own["n2"].gt(0)
    return own["object"].eq("kpi") & own["id"].isin(ids) & is_asked


def _say(verdict: str, sentence: str, *, others: pd.DataFrame) -> dict[str, str]:
    """Return the verdict in its word, and the sentence with how many of the other comparisons turned out which way."""
    tested = others.loc[~others["verdict"].isin([NOT_COMPARED, TOO_FEW]), "verdict"]
    better, worse = (int(tested.eq(one).sum()) or "none" for one in (IMPROVED, WORSE))
    rest = (
        f" Of {count_things(len(tested), 'other comparison')}: {better} better, {worse} worse." if len(tested) else ""
    )
    return {"verdict": WORDS.get(verdict, NO_EVIDENCE), "sentence": f"{sentence}{rest}"}


def _judge(cell: Cell, *, part, own: pd.DataFrame, q: float) -> dict[str, str]:
    """Test one more thing beside those of the report, and count it with them."""
    min_n, sizes = part.settings.min_n, {"n1": cell.before.n, "n2": cell.now.n}
    row = {"verdict": TOO_FEW, **sizes}
    if min(sizes.values()) >= min_n:
        change = compare_samples(cell.now, cell.before, min_n=min_n, widest=cell.widest)
        row |= {"before": cell.before.value, "after": cell.now.value, "delta": change.value, "lo": change.lo}
        row |= {"hi": change.hi, "mde": (change.hi - change.lo) / 2, "pairs": change.pairs}
        row |= {"shared": count_shared(cell.now, cell.before), "q": adjust_p_values([*own["p"], change.p])[-1]}
        row["verdict"] = judge_change(row, cell, q=q, margin=None)
    waves = (part.earlier.wave, part.wave)
    return _say(row["verdict"], tell_change(row, cell, waves=waves, min_n=min_n), others=own)


def _compare_outcome(part, past) -> Cell:
    """Return the outcome as the KPI that it would be, had somebody made one of it."""
    metrics = part.settings.metrics
    metric, kpi = metrics[part.settings.outcome], describe_outcome(part.settings.outcome, metrics=metrics)
    sides = [
        sample_people(score_people(kpi, find_answers(kpi, side.responses)[1], metrics=metrics), kind=kpi["kind"])
        for side in (part, past)
    ]
    unit, widest = ("points", WIDEST[NPS]) if kpi["kind"] == NPS else ("", metric.max - metric.min)
    return Cell(
        part.persona_id, "kpi", kpi["kpi_id"], "", kpi["name"], kpi["kind"], unit, metric.better, *sides, widest=widest
    )


def _compare_feelings(part, past) -> Cell:
    """Return each person's mean over the touchpoints that were rated in both waves, by the same question."""
    rated = [
        choose_emotion(side.responses, metrics=side.settings.metrics, emotion=side.settings.emotion)
        for side in (part, past)
    ]
    now, before = (set(zip(one["touchpoint_id"], one["metric"], strict=True)) for one in rated)
    sides = [_average(one, now & before) for one in rated]
    return Cell(part.persona_id, "feeling", "", "", MEAN, "", "", "higher", *sides, widest=FEELING_HIGH - FEELING_LOW)


def _average(answers: pd.DataFrame, both: set[tuple[str, str]]) -> Sample:
    is_asked = [place in both for place in zip(answers["touchpoint_id"], answers["metric"], strict=True)]
    people = average_customers(answers[np.array(is_asked, dtype=bool)], columns=("feeling",))
    each = people.groupby("person")[["feeling", "weight"]].mean().reset_index()
    return sample_people(each.rename(columns={"feeling": "score"}), kind="mean")
