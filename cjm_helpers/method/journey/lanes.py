"""Lanes: what stands at each step of the map, one function per lane; each returns rows for the table of cells."""

import math

from cjm_helpers.method.categories.ratings import classify_stated
from cjm_helpers.method.emotion import find_moments
from cjm_helpers.method.evidence import grade_evidence, grade_statement
from cjm_helpers.method.journey.agreement import find_doubt, pick_agreement
from cjm_helpers.method.journey.parts import Parts
from cjm_helpers.method.journey.steps import find_step
from cjm_helpers.method.privacy import mask_personal_data
from cjm_helpers.method.verbatims import choose_quote
from cjm_helpers.worksheets import split_list

CLASS_SIZE = {"high": 3.0, "medium": 2.0, "low": 1.0}
CLEAR_MOMENTS = ("pain point", "delight")
WHOLE_STAGE = "Whole stage"
NOTHING = float("nan")
KPI_FACTS = (
    "value", "n", "lo", "hi", "method", "flag", "unit", "baseline", "target", "benchmark", "direction", "period",
)  # fmt: skip


def tell_steps(parts: Parts) -> list[dict]:
    """Tell what the persona does: stated actions, else the touchpoint's description, else its name."""
    rows = _place_statements(parts, ("action",))
    told = {row["step_id"] for row in rows}
    facts = parts.touchpoints.set_index("touchpoint_id")
    for step in parts.steps.itertuples():
        if step.step_id not in told and step.touchpoint_id:
            description = facts.at[step.touchpoint_id, "description"]
            kind, text = ("description", description) if description else ("name", step.name)
            grade = parts.grades[step.touchpoint_id]
            rows.append(
                {"step_id": step.step_id, "item_id": step.touchpoint_id, "text": text, "kind": kind, "grade": grade}
            )
    return rows + _tell_detours(parts)


def _tell_detours(parts: Parts) -> list[dict]:
    """Tell in words where many go back or pass steps over, as the log shows it."""
    names = dict(zip(parts.steps["step_id"], parts.steps["touchpoint_id"], strict=True))
    return [
        {
            "step_id": row.step_id, "text": row.sentence, "kind": "detour", "k": row.k, "n": row.n,
            "grade": grade_evidence(row.n, 0, min_n=parts.min_n), "evidence_ids": f"events/{names[row.step_id]}",
        }
        for row in parts.detours.itertuples()
    ]  # fmt: skip


def quote_people(parts: Parts) -> list[dict]:
    """Quote one verbatim a step, if possible one that names what most people name there; then stated thoughts."""
    rows, verbatims = [], parts.verbatims
    texts = dict(zip(verbatims["feedback_id"], verbatims["text"], strict=True))
    people = verbatims.groupby("touchpoint_id")["person_id"].nunique().to_dict()
    for step in parts.met_steps:
        named = next((theme for theme in _themes_at(parts, step.touchpoint_id) if theme.quote_id), None)
        feedback_id = named.quote_id if named else _choose_quote(parts, step.touchpoint_id)
        if feedback_id:
            grade = grade_evidence(
                parts.observed.get(step.touchpoint_id, 0), people.get(step.touchpoint_id, 0), min_n=parts.min_n
            )
            rows.append({
                "step_id": step.step_id, "item_id": feedback_id, "text": texts[feedback_id].strip(), "kind": "verbatim",
                "grade": grade, "evidence_ids": feedback_id, **(pick_agreement(named) if named else {}),
            })  # fmt: skip
    return rows + _place_statements(parts, ("thought", "question"))


def _choose_quote(parts: Parts, touchpoint_id: str) -> str:
    return choose_quote(parts.verbatims[parts.verbatims["touchpoint_id"] == touchpoint_id])


def place_emotion(parts: Parts) -> list[dict]:
    """Place the mean feeling with its interval and leading theme; what was not asked says so."""
    measured = parts.emotion.set_index("touchpoint_id").to_dict("index")
    moments = find_moments(parts.emotion, parts.impact)
    moved = set(moments.loc[moments["moment"].isin(CLEAR_MOMENTS), "touchpoint_id"])
    rows = []
    for step in parts.steps.itertuples():
        found = measured.get(step.touchpoint_id)
        row = {"step_id": step.step_id, "flag": "not asked", "n": 0.0, "value": NOTHING, "lo": NOTHING, "hi": NOTHING}
        if found and found["n"] > 0:
            row |= {name: found[name] for name in ("value", "lo", "hi", "n", "method", "flag")}
            row |= {"kind": found["metric"], "evidence_ids": parts.list_answers(step.touchpoint_id, found["metric"])}
            row["grade"] = grade_evidence(parts.observed.get(step.touchpoint_id, 0), found["n"], min_n=parts.min_n)
            row |= _name_theme(parts, step.touchpoint_id, row["value"])
            row["moment_of_truth"] = step.touchpoint_id in moved
            row["word"] = _say_few(parts) if found["flag"] == "suppressed" else ""
        rows.append(row)
    return rows


def count_interviews(parts: Parts) -> list[dict]:
    """Count people by the feeling they spoke of, in interviews and workshops, and place stated feelings."""
    felt = parts.spoken.groupby(["touchpoint_id", "person_id"]).agg(
        emotion=("emotion", "mean"), source=("source", "min"), ids=("feedback_id", lambda ids: ";".join(sorted(ids)))
    )
    felt = felt.assign(emotion=felt["emotion"].map(_round_feeling)).reset_index()
    rows = []
    for (touchpoint_id, feeling), people in felt.groupby(["touchpoint_id", "emotion"]):
        step_id = find_step(parts.steps, touchpoint_id=touchpoint_id) if touchpoint_id else ""
        rows.append({
            "step_id": step_id, "value": feeling, "k": len(people), "kind": people["source"].min(), "grade": "C",
            "flag": "counted", "evidence_ids": ";".join(people["ids"]),
        })  # fmt: skip
    stated = [row for row in _place_statements(parts, ("feeling",)) if not math.isnan(row["score"])]
    for row in stated:
        # A statement counts the people it names as evidence, and nobody where it names none or is a guess.
        k = NOTHING if row["grade"] == "D" else len(split_list(row["evidence_ids"])) or NOTHING
        row |= {"value": row["score"], "k": k, "flag": "counted"}
    return rows + stated


def size_touchpoints(parts: Parts) -> list[dict]:
    """Name the touchpoint with its type, its owner, and its impact 1-3: derived, else as the team rates it."""
    stated = (
        parts.stated.groupby("touchpoint_id")["value"].mean().map(classify_stated).map(CLASS_SIZE).dropna().to_dict()
    )
    derived = parts.impact.set_index("touchpoint_id")["impact_class"].map(CLASS_SIZE).dropna().to_dict()
    size, kind = stated | derived, dict.fromkeys(stated, "stated") | dict.fromkeys(derived, "derived")
    facts = parts.touchpoints.set_index("touchpoint_id")
    return [
        {
            "step_id": step.step_id, "item_id": step.touchpoint_id, "text": step.name,
            "owner": facts.at[step.touchpoint_id, "owner"], "kind": facts.at[step.touchpoint_id, "type"],
            "size": size.get(step.touchpoint_id, NOTHING),
            "method": kind.get(step.touchpoint_id, ""), "grade": parts.grades[step.touchpoint_id],
            "evidence_ids": ";".join(parts.list_tables(step.touchpoint_id)),
        }
        for step in parts.met_steps
    ]  # fmt: skip


def list_channels(parts: Parts) -> list[dict]:
    """List the channels the touchpoint is met on; those that a log does not show are the team's word alone."""
    seen = parts.event_counts.set_index(["touchpoint_id", "channel"])["customers"].to_dict()
    listed = dict(zip(parts.touchpoints["touchpoint_id"], parts.touchpoints["channels"], strict=True))
    rows = []
    for step in parts.met_steps:
        for channel in split_list(listed[step.touchpoint_id]):
            customers = seen.get((step.touchpoint_id, channel))
            evidence_id = f"events/{step.touchpoint_id}/{channel}" if customers else ""
            grade = "D" if seen and not customers else parts.grades[step.touchpoint_id]
            rows.append({
                "step_id": step.step_id, "item_id": channel, "text": channel, "n": customers or NOTHING, "grade": grade,
                "evidence_ids": evidence_id,
            })  # fmt: skip
    return rows


def name_needs(parts: Parts) -> list[dict]:
    """Name what the persona needs at the step, as stated."""
    return _place_statements(parts, ("need",))


def tell_backstage(parts: Parts) -> list[dict]:
    """Tell what colleagues do out of the customer's sight, as stated."""
    return _place_statements(parts, ("backstage",))


def tell_support(parts: Parts) -> list[dict]:
    """Tell which systems and partners the step depends on, as stated."""
    return _place_statements(parts, ("support",))


def name_pains(parts: Parts) -> list[dict]:
    """Name the pain points: themes that people named, most people first, then stated ones with their severity."""
    stated = _place_statements(parts, ("pain_point",))
    return (
        _place_themes(parts, valence=-1) + _tell_silence(parts) + [row | {"severity": row["score"]} for row in stated]
    )


def name_delights(parts: Parts) -> list[dict]:
    """Name the delights: themes that people named, most people first, then stated ones."""
    return _place_themes(parts, valence=1) + _place_statements(parts, ("delight",))


def place_kpis(parts: Parts) -> list[dict]:
    """Place each KPI at its touchpoint, or at the first step of its stage; a KPI of the whole journey has no step."""
    rows = []
    for kpi in parts.kpis.to_dict("records"):
        if not kpi["touchpoint_id"] and not kpi["stage"]:
            continue
        row = {name: kpi[name] for name in KPI_FACTS} | {
            "item_id": kpi["kpi_id"],
            "text": kpi["name"],
            "kind": kpi["kind"],
        }
        row["step_id"] = find_step(parts.steps, touchpoint_id=kpi["touchpoint_id"], stage=kpi["stage"])
        row["evidence_ids"] = _answers_behind(parts, kpi)
        row["flag"] = "" if kpi["n"] == 0 else kpi["flag"]  # where nothing was read, nothing is held back
        row["word"] = _say_few(parts) if row["flag"] == "suppressed" else kpi["word"]
        row["grade"] = "" if math.isnan(kpi["value"]) else grade_evidence(0, max(1, kpi["n"]))
        rows.append(row)
    return rows


def place_opportunities(parts: Parts) -> list[dict]:
    """Place each open idea at its touchpoint, by rank; where coders differ on a code that it answers, it says so."""
    answered = parts.study.opportunities.drop_duplicates("opportunity_id").set_index("opportunity_id")["code_ids"]
    return [
        {
            "step_id": find_step(parts.steps, touchpoint_id=idea.touchpoint_id) if idea.touchpoint_id else "",
            "item_id": idea.opportunity_id, "text": idea.statement, "rank": idea.rank, "size": idea.value_level,
            "value": idea.score, "lo": idea.score_lo, "hi": idea.score_hi, "effort": idea.effort_level,
            "word": "" if math.isnan(idea.tier) else f"tier {idea.tier:.0f}", "owner": idea.owner, "grade": idea.grade,
            "evidence_ids": idea.evidence_ids, **find_doubt(parts, split_list(answered[idea.opportunity_id])),
        }
        for idea in parts.ranking.itertuples()
    ]  # fmt: skip


def _say_few(parts) -> str:
    return f"fewer than {parts.min_n}"


def _themes_at(parts, touchpoint_id, valence=None) -> list:
    here = parts.shown_themes.get(touchpoint_id, ())
    return [theme for theme in here if (theme.valence != 0 if valence is None else theme.valence == valence)]


def _name_theme(parts, touchpoint_id, feeling: float) -> dict:
    """Name the theme that goes with a feeling, and how alike people read its code."""
    if math.isnan(feeling):
        return {}
    themes = _themes_at(parts, touchpoint_id, valence=-1 if feeling < 0 else 1)
    return {"text": themes[0].label, **pick_agreement(themes[0])} if themes else {}


def _place_themes(parts, *, valence: int) -> list[dict]:
    rows = []
    for step in parts.met_steps:
        for theme in _themes_at(parts, step.touchpoint_id, valence=valence):
            is_counted = theme.flag == "counted"
            observed = 0 if is_counted else parts.observed.get(step.touchpoint_id, 0)
            grade = "C" if is_counted else grade_evidence(observed, theme.n, min_n=parts.min_n)
            rows.append({
                "step_id": step.step_id, "item_id": theme.code_id, "text": theme.label, "kind": "theme", "k": theme.k,
                "n": theme.n, "value": theme.value, "lo": theme.lo, "hi": theme.hi, "method": theme.method,
                "flag": theme.flag, "severity": theme.severity, "counter": theme.counter, "grade": grade,
                "evidence_ids": theme.feedback_ids, **pick_agreement(theme),
            })  # fmt: skip
    return rows


def _tell_silence(parts) -> list[dict]:
    """Say where too few spoke, their words are not coded, or nobody spoke: none of it means that nothing was named."""
    said, rows = set(parts.verbatims["touchpoint_id"]), []
    for step in parts.met_steps:
        if step.touchpoint_id in parts.too_few_spoke:
            rows.append({"step_id": step.step_id, "flag": "suppressed", "word": _say_few(parts)})
        elif step.touchpoint_id not in parts.spoken_of:
            flag = "not coded" if step.touchpoint_id in said else "not asked"
            rows.append({"step_id": step.step_id, "flag": flag})
    return rows


def _place_statements(parts, fields: tuple[str, ...]) -> list[dict]:
    names = dict(zip(parts.steps["step_id"], parts.steps["touchpoint_id"], strict=True))
    rows = []
    for row in (row for row in parts.stated_rows if row.field in fields):
        is_placed = bool(row.touchpoint_id or row.stage)
        step_id = find_step(parts.steps, touchpoint_id=row.touchpoint_id, stage=row.stage) if is_placed else ""
        # What holds for a stage stands at its first step, and must not read as if it were about that touchpoint.
        is_wide = not row.touchpoint_id and names.get(step_id, "") != ""
        text = mask_personal_data(row.text)
        text = f"{WHOLE_STAGE}: {text}" if is_wide else text
        rows.append({
            "step_id": step_id, "item_id": row.statement_id, "text": text, "kind": row.field, "score": row.score,
            "counter": float(len(split_list(row.counter_evidence_ids))) or NOTHING, "evidence_ids": row.evidence_ids,
            "grade": grade_statement(row.basis, row.evidence_ids),
        })  # fmt: skip
    return rows


def _answers_behind(parts, kpi) -> str:
    metric = dict(zip(parts.study.kpis["kpi_id"], parts.study.kpis["metric"], strict=True))[kpi["kpi_id"]]
    answers = parts.list_answers(kpi["touchpoint_id"], metric, wave=kpi["period"]) if metric else ""
    return answers or (f"kpi_readings/{kpi['kpi_id']}/{kpi['period']}" if kpi["period"] else "")


def _round_feeling(feeling: float) -> float:
    return math.copysign(math.floor(abs(feeling) + 0.5), feeling) + 0.0
