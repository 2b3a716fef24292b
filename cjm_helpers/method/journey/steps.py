"""Steps: the columns of the map in order with their short numbers, and the lens that says whose journey it is."""

import pandas as pd

from cjm_helpers.method.order import list_stages, order_touchpoints
from cjm_helpers.method.words import end_sentence, write_dates
from cjm_helpers.worksheets import MAP_FIELDS, split_list

STEPS = ["step_id", "stage", "touchpoint_id", "name"]
NO_TOUCHPOINT = "No touchpoint yet"
EVERYONE, ALL_WAVES = "everyone", "all"
NOT_STATED = "Not stated yet."
GOAL_FIELDS = ("goal_short", "goal_long")


def list_all_steps(
    touchpoints: pd.DataFrame, *, statements: pd.DataFrame, stages=(), personas=(), waves=()
) -> pd.DataFrame:
    """Number every touchpoint of a study as a step: 3.2 is the second of the third stage, for all personas and waves.

    A stage gets the step 3.0 as well if statements describe it for a persona that meets no touchpoint there in a wave.
    personas and waves are all ids, waves in order. Columns read: touchpoint_id, name, stage, position, persona_ids,
    first_wave, last_wave; persona_id, stage, touchpoint_id, field, wave of statements. Columns made: step_id, stage,
    touchpoint_id, name.

    Examples
    --------
    >>> shop = pd.DataFrame({"touchpoint_id": ["ad", "pay"], "name": ["Advert", "Payment"], "stage": ["Notice", "Buy"]})
    >>> shop = shop.assign(position=1.0, persona_ids="", first_wave="", last_wave="")
    >>> said = {"persona_id": "", "stage": ["Choose", "Buy"], "touchpoint_id": "", "field": "thought", "wave": ""}
    >>> list_all_steps(shop, statements=pd.DataFrame(said), stages=["Notice", "Choose", "Buy"])["step_id"].tolist()
    ['1.1', '2.0', '3.1']
    """
    ordered = order_touchpoints(touchpoints, stages=stages)
    told = _find_told(statements)
    rows = []
    for number, stage in enumerate(list_stages(ordered, stages=stages), start=1):
        here = ordered[ordered["stage"] == stage]
        names = list(zip(here["touchpoint_id"], here["name"], strict=True))
        if _is_bare(here, told[told["stage"] == stage], personas=personas, waves=waves):
            rows.append((f"{number}.0", stage, "", NO_TOUCHPOINT))
        rows += [(f"{number}.{place}", stage, *name) for place, name in enumerate(names, start=1)]
    return pd.DataFrame(rows, columns=STEPS).astype("str")


def keep_steps(steps: pd.DataFrame, touchpoints: pd.DataFrame, *, statements: pd.DataFrame) -> pd.DataFrame:
    """Keep the steps of one part of a study: its touchpoints, and the stages that it only describes in words.

    Examples
    --------
    >>> steps = pd.DataFrame([("1.1", "Buy", "cart", "Basket"), ("1.2", "Buy", "pay", "Payment")], columns=STEPS)
    >>> shop, said = steps[1:], pd.DataFrame(columns=["stage", "touchpoint_id", "field"])
    >>> keep_steps(steps, shop, statements=said)["step_id"].tolist()
    ['1.2']
    """
    bare = set(_find_told(statements)["stage"]) - set(touchpoints["stage"])
    is_met = steps["touchpoint_id"].isin(touchpoints["touchpoint_id"])
    is_told = steps["touchpoint_id"].eq("") & steps["stage"].isin(bare)
    return steps[is_met | is_told].reset_index(drop=True)


def _find_told(statements: pd.DataFrame) -> pd.DataFrame:
    """Find what is stated on the map of a stage as a whole, of no touchpoint in particular."""
    is_wide = statements["touchpoint_id"].eq("") & statements["stage"].ne("")
    return statements[is_wide & statements["field"].isin(MAP_FIELDS)]


def _is_bare(touchpoints: pd.DataFrame, told: pd.DataFrame, *, personas, waves) -> bool:
    """Tell whether a stage is described for a persona and a wave that have none of its touchpoints."""
    order = {wave: place for place, wave in enumerate(waves)}
    here = [
        (split_list(one.persona_ids), order.get(one.first_wave, 0), order.get(one.last_wave, len(order)))
        for one in touchpoints.itertuples()
    ]
    shown_to = {
        (persona, place)
        for said in told.itertuples()
        for persona in ([said.persona_id] if said.persona_id else [*personas, EVERYONE])
        for place in ([order[said.wave]] if said.wave in order else [*order.values()] or [0])
    }
    return not all(
        any(first <= place <= last and (not ids or persona in (*ids, EVERYONE)) for ids, first, last in here)
        for persona, place in shown_to
    )


def find_step(steps: pd.DataFrame, *, touchpoint_id: str = "", stage: str = "") -> str:
    """Return the step of a touchpoint, else the first step of the stage, else "".

    Examples
    --------
    >>> steps = pd.DataFrame([("1.1", "Buy", "pay", "Payment")], columns=STEPS)
    >>> find_step(steps, touchpoint_id="pay"), find_step(steps, stage="Buy"), find_step(steps, touchpoint_id="gone")
    ('1.1', '1.1', '')
    """
    places = list(steps["touchpoint_id"]) if touchpoint_id else list(steps["stage"])
    wanted = touchpoint_id or stage
    return steps["step_id"].iloc[places.index(wanted)] if wanted in places else ""


def name_step(steps: pd.DataFrame, step_id: str) -> str:
    """Name a step with its number.

    Examples
    --------
    >>> name_step(pd.DataFrame([("1.1", "Buy", "pay", "Payment")], columns=STEPS), "1.1")
    '1.1 Payment'
    """
    return f"{step_id} {steps.loc[steps['step_id'] == step_id, 'name'].iloc[0]}"


def describe_lens(study) -> dict:
    """Say in words whose journey the map shows, in which study, scenario and wave, and what for."""
    settings, scenario = study.settings, study.settings.scenario
    return {
        "persona": _name_persona(study),
        "tagline": _write_tagline(study),
        "study": settings.name,
        "scenario": _write_scenario(scenario),
        "goal": _write_goal(study),
        "wave": name_wave(study.wave, settings.waves),
    }


def name_wave(wave: str, waves) -> str:
    """Name a wave with its dates, all of them together as "All waves".

    Examples
    --------
    >>> name_wave("all", [])
    'All waves'
    """
    chosen = [one for one in waves if wave in (one.id, ALL_WAVES)]
    dates = f" ({write_dates(min(one.start for one in chosen), max(one.end for one in chosen))})" if chosen else ""
    return f"{'All waves' if wave == ALL_WAVES else wave}{dates}"


def _name_persona(study) -> str:
    names = study.personas.loc[study.personas["persona_id"] == study.persona_id, "name"]
    return names.iloc[0] if len(names) else "Everyone" if study.persona_id == EVERYONE else study.persona_id


def _write_tagline(study) -> str:
    if study.persona_id == EVERYONE:
        names = list(study.personas["name"])
        return end_sentence(f"All personas together: {'; '.join(names)}") if names else ""
    taglines = study.personas.loc[study.personas["persona_id"] == study.persona_id, "tagline"]
    return end_sentence(taglines.iloc[0]) if len(taglines) else ""


def _write_scenario(scenario) -> str:
    start, end = scenario.starts_with.strip(), scenario.ends_with.strip()
    span = f"from “{start}” to “{end}”" if start and end else start or end
    return end_sentence(": ".join(part for part in (scenario.name.strip(), span) if part)) or NOT_STATED


def _write_goal(study) -> str:
    """The persona's own goals, short before long; for everyone and where none is known, the organisation's."""
    stated = study.statements
    texts = [text for field in GOAL_FIELDS for text in stated.loc[stated["field"] == field, "text"]]
    if study.persona_id == EVERYONE or not texts:
        texts = list(study.goals["statement"])
    return " ".join(end_sentence(text) for text in texts) or NOT_STATED
