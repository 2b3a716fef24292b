"""Steps: the columns of the map in order with their short numbers, and the lens that says whose journey it is."""

import pandas as pd

from cjm_helpers.method.words import end_sentence, write_dates
from cjm_helpers.worksheets import MAP_FIELDS

STEPS = ["step_id", "stage", "touchpoint_id", "name"]
NO_TOUCHPOINT = "No touchpoint yet"
EVERYONE, ALL_WAVES = "everyone", "all"
NOT_STATED = "Not stated yet."
GOAL_FIELDS = ("goal_short", "goal_long")


def list_steps(touchpoints: pd.DataFrame, *, stages=(), statements=None) -> pd.DataFrame:
    """Number the touchpoints as steps of the map: 3.2 is the second touchpoint of the third stage.

    Touchpoints come in order (see `order_touchpoints`). A stage without touchpoint gets a step of its own if a
    statement describes it. Columns read: touchpoint_id, name, stage; stage, touchpoint_id, field of statements.
    Columns made: step_id, stage, touchpoint_id, name.

    Examples
    --------
    >>> shop = pd.DataFrame({"touchpoint_id": ["ad", "pay"], "name": ["Advert", "Payment"], "stage": ["Notice", "Buy"]})
    >>> list_steps(shop, stages=["Notice", "Choose", "Buy"])["step_id"].tolist()
    ['1.1', '3.1']
    """
    told = set()
    if statements is not None:
        on_map = statements["field"].isin(MAP_FIELDS) & (statements["touchpoint_id"] == "")
        told = set(statements.loc[on_map, "stage"]) - {""}
    rows = []
    for number, stage in enumerate(dict.fromkeys([*stages, *touchpoints["stage"]]), start=1):
        here = touchpoints[touchpoints["stage"] == stage]
        names = list(zip(here["touchpoint_id"], here["name"], strict=True))
        if not names and stage in told:
            names = [("", NO_TOUCHPOINT)]
        rows += [(f"{number}.{place}", stage, *name) for place, name in enumerate(names, start=1)]
    return pd.DataFrame(rows, columns=STEPS).astype("str")


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
