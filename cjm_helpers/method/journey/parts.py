"""Parts: what each step of the method found for one persona and wave, gathered once for the map."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from cjm_helpers.errors import TooFewAnswers
from cjm_helpers.method.answers import choose_emotion, rescale_feeling
from cjm_helpers.method.categories import derive_impact, summarise_ratings
from cjm_helpers.method.categories.impact import COLUMNS as IMPACT
from cjm_helpers.method.codings import settle_codings
from cjm_helpers.method.emotion import summarise_emotion
from cjm_helpers.method.evidence import grade_evidence, look_up_agreement
from cjm_helpers.method.journey.agreement import measure_study
from cjm_helpers.method.journey.detours import list_detours
from cjm_helpers.method.journey.since import compare_last_wave, follow_changes
from cjm_helpers.method.journey.steps import keep_steps, list_all_steps
from cjm_helpers.method.kpis import measure_kpis
from cjm_helpers.method.opportunities import rank_opportunities
from cjm_helpers.method.order import list_stages, order_touchpoints
from cjm_helpers.method.paths import count_transitions
from cjm_helpers.method.themes.counts import count_themes, join_mentions
from cjm_helpers.method.touchpoints import count_events
from cjm_helpers.method.verbatims import may_quote, place_verbatims

EVERYONE = "everyone"
NO_KPIS = pd.DataFrame(columns=["kpi_id", "value", "n", "lo", "hi", "method"])
SPOKEN = ("interview", "workshop")


@dataclass(frozen=True)
class Parts:
    """The tables behind one map; where impact is refused its table is empty, and refusal says why in a sentence."""

    study: object
    min_n: int
    touchpoints: pd.DataFrame
    steps: pd.DataFrame
    all_steps: pd.DataFrame
    detours: pd.DataFrame
    emotion: pd.DataFrame
    impact: pd.DataFrame
    refusal: str
    stated: pd.DataFrame
    event_counts: pd.DataFrame
    verbatims: pd.DataFrame
    spoken: pd.DataFrame
    themes: pd.DataFrame
    reliability: pd.DataFrame
    kpis: pd.DataFrame
    ranking: pd.DataFrame
    changes: pd.DataFrame | None

    @cached_property
    def observed(self) -> dict[str, float]:
        """Customers in the log at each touchpoint."""
        return self.event_counts.groupby("touchpoint_id")["touchpoint_customers"].max().to_dict()

    @cached_property
    def grades(self) -> dict[str, str]:
        """Grade of what is known of each touchpoint: customers in the log, and customers who rated it or spoke.

        What colleagues alone tell is grade C.
        """
        rated = dict(zip(self.emotion["touchpoint_id"], self.emotion["n"], strict=True))
        heard = self.customers_heard.groupby("touchpoint_id")["person_id"].nunique().to_dict()
        told = set(self.verbatims.loc[self.verbatims["is_staff"], "touchpoint_id"])
        known = {one: max(rated.get(one, 0), heard.get(one, 0)) for one in self.touchpoints["touchpoint_id"]}
        grades = {one: grade_evidence(self.observed.get(one, 0), n, min_n=self.min_n) for one, n in known.items()}
        return {one: "C" if grade == "D" and one in told else grade for one, grade in grades.items()}

    @cached_property
    def customers_heard(self) -> pd.DataFrame:
        """The verbatims without those of colleagues, who are no customers."""
        return self.verbatims[~self.verbatims["is_staff"]]

    @cached_property
    def shown_themes(self) -> dict[str, list]:
        """Rows of themes by touchpoint, without the suppressed ones."""
        return _group_rows(self.themes[self.themes["flag"] != "suppressed"], "touchpoint_id")

    @cached_property
    def stated_rows(self) -> list:
        """Rows of the statements."""
        return list(self.study.statements.itertuples())

    @cached_property
    def met_steps(self) -> list:
        """Rows of the steps that are a touchpoint."""
        return [step for step in self.steps.itertuples() if step.touchpoint_id]

    @cached_property
    def answers(self) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """Wave and id of the answers to each metric at each touchpoint."""
        found: dict[tuple[str, str], list] = {}
        columns = (self.study.responses[name].tolist() for name in ("touchpoint_id", "metric", "wave", "response_id"))
        for touchpoint_id, metric, *answer in zip(*columns, strict=True):
            found.setdefault((touchpoint_id, metric), []).append(tuple(answer))
        return found

    @cached_property
    def spoken_of(self) -> set[str]:
        """Touchpoints of which somebody spoke whose words were coded."""
        heard = self.customers_heard
        return {*heard.loc[heard["is_read"], "touchpoint_id"], *self.themes["touchpoint_id"]} - {""}

    @cached_property
    def too_few_spoke(self) -> set[str]:
        """Touchpoints where people spoke, but too few to say of what; also where all they said fits no code."""
        themes, verbatims = self.themes, self.customers_heard
        read = verbatims[verbatims["is_read"] & ~verbatims["is_interview"] & verbatims["touchpoint_id"].ne("")]
        people = read.groupby("touchpoint_id")["person_id"].nunique()
        shown = set(themes.loc[themes["flag"] != "suppressed", "touchpoint_id"])
        return {*themes["touchpoint_id"], *people.index[people < self.min_n]} - shown - {""}

    @cached_property
    def known_in(self) -> dict[str, set[str]]:
        """Touchpoints that events, responses and feedback speak of."""
        rated = self.emotion.loc[self.emotion["n"] > 0, "touchpoint_id"]
        return {"events": {*self.observed}, "responses": {*rated}, "feedback": {*self.verbatims["touchpoint_id"]}}

    def list_tables(self, touchpoint_id: str) -> list[str]:
        """Where the rows about a touchpoint stand, as table/touchpoint: too many to name each."""
        return [f"{table}/{touchpoint_id}" for table, known in self.known_in.items() if touchpoint_id in known]

    def list_answers(self, touchpoint_id: str, metric: str, *, wave: str = "") -> str:
        """Ids of the answers behind a figure; without a wave those of every wave in the study as selected."""
        answers = self.answers.get((touchpoint_id, metric), [])
        return ";".join(sorted(response_id for asked_in, response_id in answers if wave in ("", asked_in)))


def _group_rows(table: pd.DataFrame, column: str) -> dict[str, list]:
    rows: dict[str, list] = {}
    for row in table.itertuples():
        rows.setdefault(getattr(row, column), []).append(row)
    return rows


def gather_parts(study, *, seed: int = 0, bootstraps: int = 200) -> Parts:
    """Run every step of the method on a selected study; its tables are read, never changed.

    seed and bootstraps go to `derive_impact`, whose refusal is kept as a sentence.
    """
    settings = study.settings
    min_n, scale = settings.min_n, {"metrics": settings.metrics, "emotion": settings.emotion}
    whole = getattr(study, "whole", None) or study
    stages = list_stages(whole.touchpoints, stages=settings.stages)
    touchpoints = order_touchpoints(study.touchpoints, stages=stages)
    all_steps = list_all_steps(
        whole.touchpoints, statements=whole.statements, stages=stages, personas=whole.personas["persona_id"],
        waves=[wave.id for wave in settings.waves],
    )  # fmt: skip
    steps = keep_steps(all_steps, touchpoints, statements=study.statements)
    changes = compare_last_wave(study)
    event_counts = count_events(study.events, touchpoints)
    ways = count_transitions(study.events, touchpoints, stages=stages, min_n=min_n)
    emotion = summarise_emotion(study.responses, touchpoints, **scale, min_n=min_n)
    impact, refusal = _try_impact(study, bootstraps=bootstraps, seed=seed)
    settled = settle_codings(study.codings, study.coding_decisions, codebook=study.codebook)
    verbatims = _hear_verbatims(study, settled)
    themes = count_themes(
        join_mentions(verbatims, settled), feedback=study.feedback, codebook=study.codebook, touchpoints=touchpoints,
        min_n=min_n, feelings=_rate_feelings(study),
    )  # fmt: skip
    reliability = measure_study(whole, seed=seed)
    themes = look_up_agreement(themes, reliability)
    return Parts(
        study=study, min_n=min_n, touchpoints=touchpoints, emotion=emotion, impact=impact, refusal=refusal,
        all_steps=all_steps, steps=steps, detours=list_detours(ways, steps),
        stated=summarise_ratings(study.touchpoint_ratings, touchpoints), event_counts=event_counts, verbatims=verbatims,
        spoken=_hear_talks(verbatims, settled), themes=themes, reliability=reliability,
        kpis=follow_changes(_measure_kpis(study), changes), changes=changes,
        ranking=rank_opportunities(
            study.opportunities, themes=themes, impact=impact, emotion=emotion, event_counts=event_counts,
            window_days=_count_days(study), min_n=min_n,
        ),
    )  # fmt: skip


def _try_impact(study, *, bootstraps, seed):
    settings = study.settings
    scale = {"metrics": settings.metrics, "emotion": settings.emotion, "outcome": settings.outcome}
    try:
        return derive_impact(study.responses, **scale, bootstraps=bootstraps, seed=seed), ""
    except TooFewAnswers as refusal:
        return pd.DataFrame(columns=list(IMPACT)), str(refusal)


def _measure_kpis(study, *, before=None) -> pd.DataFrame:
    """The KPIs; those of a persona are compared with its own last wave, for a stated baseline is of all customers."""
    if study.persona_id != EVERYONE and before is None:
        earlier = getattr(study, "earlier", None)
        before = _measure_kpis(earlier, before=NO_KPIS) if earlier else NO_KPIS
    return measure_kpis(
        study.kpis, study.responses, kpi_readings=study.kpi_readings, metrics=study.settings.metrics,
        min_n=study.settings.min_n, before=before,
    )  # fmt: skip


def _rate_feelings(study) -> pd.DataFrame:
    """What each customer felt at each touchpoint, from ratings: a theme's severity compares them."""
    known = study.responses[study.responses["customer_id"] != ""]
    felt = choose_emotion(known, metrics=study.settings.metrics, emotion=study.settings.emotion)
    felt = felt.assign(person_id="customer " + felt["customer_id"], emotion=felt["feeling"])
    return felt[["person_id", "touchpoint_id", "emotion"]]


def _hear_verbatims(study, settled) -> pd.DataFrame:
    """Verbatims with touchpoint, person and feeling: as coders heard it, else the rating given with the words."""
    placed = place_verbatims(study.feedback, study.alignments)
    heard = placed["feedback_id"].map(settled.drop_duplicates("feedback_id").set_index("feedback_id")["emotion"])
    by_code = set(settled.loc[settled["touchpoint_id"] != "", "feedback_id"])
    return placed.assign(
        emotion=heard.astype(float).fillna(_rate_words(placed, study.settings.metrics)),
        is_read=placed["feedback_id"].isin(settled["feedback_id"]),
        is_placed=placed["touchpoint_id"].ne("") | placed["feedback_id"].isin(by_code),
        is_quotable=may_quote(placed),
    )


def _hear_talks(verbatims, settled) -> pd.DataFrame:
    """What people felt who spoke in interviews and workshops, at every touchpoint that they or their coders named."""
    spoken = verbatims[verbatims["source"].isin(SPOKEN) & verbatims["emotion"].notna()]
    coded = settled.loc[settled["touchpoint_id"] != "", ["feedback_id", "touchpoint_id"]].drop_duplicates()
    elsewhere = spoken.drop(columns="touchpoint_id").merge(coded, on="feedback_id")
    return pd.concat([spoken[~spoken["feedback_id"].isin(coded["feedback_id"])], elsewhere], ignore_index=True)


def _rate_words(verbatims, metrics) -> pd.Series:
    rated = verbatims[verbatims["metric"].isin(metrics.keys()) & verbatims["score"].notna()]
    felt = [rescale_feeling(rows["score"], metrics[name], name=name) for name, rows in rated.groupby("metric")]
    return pd.concat(felt).reindex(verbatims.index) if felt else pd.Series(float("nan"), index=verbatims.index)


def _count_days(study) -> int | None:
    chosen = [wave for wave in study.settings.waves if study.wave in (wave.id, "all")]
    return sum((wave.end - wave.start).days + 1 for wave in chosen) or None
