"""Gaps: what the map does not know, one sentence each, so that silence is never taken for good news."""

import pandas as pd

from cjm_helpers.method.journey.parts import Parts
from cjm_helpers.method.journey.steps import find_step
from cjm_helpers.method.kpis import cover_kpis
from cjm_helpers.method.touchpoints import find_gaps
from cjm_helpers.method.words import count_things, end_sentence, join_words, spell_count, write_number
from cjm_helpers.worksheets import MAP_FIELDS, PERSONA_FIELDS

GAPS = ["kind", "step_id", "sentence"]
ON_MAP_ONLY = [name for name in MAP_FIELDS if name not in PERSONA_FIELDS]
TOLD_ELSEWHERE = ("stages", "customers", "evidence of ideas")  # in more detail, or in the big sentence
UNWATCHED, MOST_UNWATCHED = "No KPI watches “.*”[.]", 3


def list_gaps(parts: Parts, cells: pd.DataFrame, *, checklist: pd.DataFrame) -> pd.DataFrame:
    """List what is not known: unasked steps, too few answers, refused figures, silent touchpoints, loose ends.

    Columns made: kind, step_id ("" = the journey as a whole), sentence. Gaps of the whole journey come first.
    """
    rows = [
        *_checklist_gaps(checklist),
        *_impact_gaps(parts),
        *_emotion_gaps(parts, cells),
        *_theme_gaps(parts),
        *_verbatim_gaps(parts),
        *_inventory_gaps(parts),
        *_kpi_gaps(parts),
        *_opportunity_gaps(parts, cells),
        *_statement_gaps(parts),
    ]
    table = pd.DataFrame(rows, columns=GAPS).astype("str").drop_duplicates()
    return table.sort_values("step_id", key=lambda ids: ids != "", kind="stable", ignore_index=True)


def _checklist_gaps(checklist):
    open_items = checklist[checklist["is_done"].eq("no") & ~checklist["item"].isin(TOLD_ELSEWHERE)]
    for sentence in open_items["sentence"]:
        yield "incomplete", "", sentence


def _impact_gaps(parts):
    if parts.refusal and len(parts.study.responses):
        yield "impact", "", end_sentence(f"The impact of touchpoints is not derived: {parts.refusal}")
    elif len(parts.impact) and not parts.impact["impact_class"].ne("").any():
        reason = parts.impact["method"].str.split("; ").str[-1].drop_duplicates()
        yield "impact", "", end_sentence(f"The impact of touchpoints is not classed: {join_words(reason)}")


def _emotion_gaps(parts, cells):
    emotion = cells[cells["lane"] == "emotion"]
    if len(emotion) and (emotion["flag"] == "not asked").all():
        yield "not asked", "", "Nobody was asked to rate any step."
        return
    name = parts.steps.set_index("step_id")["name"]
    for row in emotion.itertuples():
        if row.flag == "not asked":
            yield "not asked", row.step_id, f"{row.step_id} {name[row.step_id]}: nobody was asked to rate it."
        if row.flag == "suppressed":
            few = f"fewer than {spell_count(parts.min_n)} answers, so no feeling is shown."
            yield "too few", row.step_id, f"{row.step_id} {name[row.step_id]}: {few}"


def _theme_gaps(parts):
    for step in parts.steps.itertuples():
        if step.touchpoint_id in parts.too_few_spoke:
            few = f"fewer than {spell_count(parts.min_n)} customers spoke, so no theme is shown."
            yield "too few", step.step_id, f"{step.step_id} {step.name}: {few}"


def _verbatim_gaps(parts):
    verbatims = parts.verbatims
    unplaced, unread = int((~verbatims["is_placed"]).sum()), int((~verbatims["is_read"]).sum())
    of_all = count_things(len(verbatims), "verbatim")
    if unplaced:
        yield (
            "unplaced",
            "",
            f"{write_number(unplaced)} of {of_all} {_verb(unplaced, 'names', 'name')} no touchpoint yet.",
        )
    if unread:
        yield "not coded", "", f"{write_number(unread)} of {of_all} {_verb(unread, 'has', 'have')} not been coded yet."


def _inventory_gaps(parts):
    spoken_of = pd.concat([parts.verbatims[["touchpoint_id"]], parts.themes[["touchpoint_id"]]])
    found = find_gaps(
        parts.touchpoints, responses=parts.study.responses, event_counts=parts.event_counts, feedback=spoken_of,
        stages=parts.study.settings.stages, min_n=parts.min_n,
    )  # fmt: skip
    for gap in found.itertuples():
        step_id = find_step(parts.steps, touchpoint_id=gap.touchpoint_id) if gap.touchpoint_id else ""
        yield gap.kind, step_id, gap.sentence


def _kpi_gaps(parts):
    if parts.study.kpis.empty:
        yield "unmeasured", "", "The study has no KPI yet."
        return
    coverage = cover_kpis(parts.touchpoints, parts.study.kpis, impact=parts.impact)
    unwatched = coverage[coverage["gap"].str.fullmatch(UNWATCHED)]
    if len(unwatched) > MOST_UNWATCHED:  # one sentence instead of a list as long as the journey
        steps = parts.steps.loc[parts.steps["touchpoint_id"].isin(unwatched["touchpoint_id"]), "step_id"]
        yield "unmeasured", "", f"No KPI watches {len(steps)} of {len(parts.steps)} steps: {join_words(steps)}."
        coverage = coverage.drop(unwatched.index)
    for row in coverage[coverage["gap"] != ""].itertuples():
        step_id = find_step(parts.steps, touchpoint_id=row.touchpoint_id) if row.touchpoint_id else ""
        yield "unmeasured", step_id, row.gap
    for kpi in parts.kpis.itertuples():
        step_id = (
            find_step(parts.steps, touchpoint_id=kpi.touchpoint_id, stage=kpi.stage)
            if kpi.touchpoint_id or kpi.stage
            else ""
        )
        if kpi.flag == "suppressed" and kpi.n > 0:
            few = f"rests on fewer than {spell_count(parts.min_n)} people, so it is not shown."
            yield "too few", step_id, f"The KPI “{kpi.name}” {few}"
        elif pd.isna(kpi.value):
            yield "no data", step_id, f"The KPI “{kpi.name}” has no data yet."


def _opportunity_gaps(parts, cells):
    shown = set(cells.loc[cells["lane"] == "opportunity", "item_id"])
    for idea in parts.ranking.itertuples():
        step_id = find_step(parts.steps, touchpoint_id=idea.touchpoint_id) if idea.touchpoint_id else ""
        if idea.opportunity_id not in shown:
            yield "loose", "", f"The idea “{idea.statement}” belongs to no touchpoint of this map, so it is not drawn."
        if pd.isna(idea.effort):
            yield "not ranked", step_id, f"The idea “{idea.statement}” has no effort yet, so it has no rank."
        elif pd.isna(idea.score):
            yield "not ranked", step_id, f"The idea “{idea.statement}” has no known reach yet, so it has no rank."
        if idea.grade == "D":
            yield "assumed", step_id, f"No evidence stands behind the idea “{idea.statement}” yet."


def _statement_gaps(parts):
    stated = parts.study.statements
    loose = stated["field"].isin(ON_MAP_ONLY) & stated["touchpoint_id"].eq("") & stated["stage"].eq("")
    if loose.any():
        count = int(loose.sum())
        verb, them = _verb(count, "names", "name"), _verb(count, "it", "them")
        left_out = f"{verb} neither touchpoint nor stage, so the map leaves {them} out."
        yield "loose", "", f"{count_things(count, 'statement')} {left_out}"


def _verb(count: int, one: str, many: str) -> str:
    return one if count == 1 else many
