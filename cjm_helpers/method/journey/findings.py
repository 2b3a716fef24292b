"""Findings: the sentences at the top of the map and its headline figures, written from the cells by rule."""

import pandas as pd

from cjm_helpers.method.emotion.curve import average_feelings
from cjm_helpers.method.evidence import DIFFER
from cjm_helpers.method.journey.foot import count_customers
from cjm_helpers.method.journey.steps import name_step
from cjm_helpers.method.kpis import measure_kpis
from cjm_helpers.method.kpis.people import describe_outcome
from cjm_helpers.method.words import (
    count_things,
    end_sentence,
    is_known,
    join_words,
    spell_count,
    write_number,
    write_signed,
)  # fmt: skip

NO_STEP = "No touchpoint is listed yet, so there is no journey to show."
SHARE_KINDS = ("csat", "proportion")
MOST_OUTCOMES = 2


def write_finding(cells: pd.DataFrame, steps: pd.DataFrame) -> str:
    """Write the big sentence: the lowest step and what most people name there.

    Without ratings it says what most people name; without customers, that the map is a hypothesis.

    Examples
    --------
    >>> steps = pd.DataFrame([("3.2", "Payment page")], columns=["step_id", "name"])
    >>> rows = [("3.2", "emotion", "", -1.5, 31.0, float("nan"), "reportable", "B"),
    ...         ("3.2", "pain", "Card refused", 0.75, 24.0, 18.0, "reportable", "B")]
    >>> cells = pd.DataFrame(rows, columns=["step_id", "lane", "text", "value", "n", "k", "flag", "grade"])
    >>> write_finding(cells, steps)
    'Lowest at 3.2 Payment page: −1.5 (n = 31); 18 of 24 who spoke name “Card refused”.'
    """
    if steps.empty:
        return NO_STEP
    felt = _felt(cells)
    if felt.empty:
        return _write_most_named(cells, steps) or _write_hypothesis(cells, steps)
    lowest = felt.loc[felt["value"].idxmin()]
    pains = _named(cells, lanes=("pain",))
    pains = pains[pains["step_id"] == lowest["step_id"]]
    theme = f"; {_say_people(pains.iloc[0])} {_say_theme(pains.iloc[0])}" if len(pains) else ""
    return end_sentence(f"Lowest at {_say_feeling(lowest, steps)}{theme}")


def write_context(cells: pd.DataFrame, steps: pd.DataFrame, *, min_n: int = 5) -> str:
    """Write the second line: the highest step, the steps nobody was asked about, those with too few answers.

    Examples
    --------
    >>> steps = pd.DataFrame([("1.1", "Advert")], columns=["step_id", "name"])
    >>> cells = pd.DataFrame([("1.1", "emotion", float("nan"), 3.0, "suppressed")],
    ...                      columns=["step_id", "lane", "value", "n", "flag"])
    >>> write_context(cells, steps)
    'Fewer than five answers: 1.1.'
    """
    emotion, felt = cells[cells["lane"] == "emotion"], _felt(cells)
    unasked = list(emotion.loc[emotion["flag"] == "not asked", "step_id"])
    if len(unasked) == len(emotion):
        return "No step was rated yet." if len(emotion) else ""
    few = list(emotion.loc[emotion["flag"] == "suppressed", "step_id"])
    sentences = [
        f"Highest at {_say_feeling(felt.loc[felt['value'].idxmax()], steps)}." if len(felt) > 1 else "",
        f"Not asked: {join_words(unasked)}." if unasked else "",
        f"Fewer than {spell_count(min_n)} answers: {join_words(few)}." if few else "",
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def write_headline(parts, cells: pd.DataFrame) -> list[dict]:
    """Choose the leading figures: outcome, mean feeling over the steps shown, lowest and highest step, customers.

    Each is a dict with label, text, n (customers) and interval (95%, in words). A figure that is not known is left out.
    """
    felt, names = _felt(cells), dict(zip(parts.steps["step_id"], parts.steps["name"], strict=True))
    figures = [_show_kpi(kpi) for kpi in _find_outcomes(parts)]
    if len(felt):
        figures.append(_show_mean(parts, felt))
    ends = {"Lowest step": felt["value"].idxmin(), "Highest step": felt["value"].idxmax()} if len(felt) > 1 else {}
    for label, place in ends.items():
        step_id, value, n, lo, hi = felt.loc[place, ["step_id", "value", "n", "lo", "hi"]]
        text = f"{step_id} {names[step_id]}: {write_signed(value)}"
        figures.append(_figure(label, text, n, interval=_say_interval(lo, hi)))
    return [*figures, _show_people(parts.study)]


def write_kpi(value: float, unit: str = "", *, kind: str = "") -> str:
    """Write a KPI's value with its unit; a share (0-1) is shown times 100.

    Examples
    --------
    >>> write_kpi(0.313, "%"), write_kpi(39.84, kind="nps"), write_kpi(9, "days"), write_kpi(4.117)
    ('31.3%', '39.8', '9 days', '4.12')
    """
    if unit == "%" or (kind in SHARE_KINDS and not unit):
        value, unit = value * 100, "%"
    has_one = kind == "nps" or unit == "%" or abs(value) >= 10
    decimals = 0 if abs(value) >= 1000 or float(value).is_integer() else 1 if has_one else 2
    return f"{write_number(value, decimals=decimals)}{'' if unit in ('', '%') else ' '}{unit}"


def _felt(cells) -> pd.DataFrame:
    return cells[(cells["lane"] == "emotion") & cells["value"].notna()]


def _named(cells, *, lanes) -> pd.DataFrame:
    return cells[cells["lane"].isin(lanes) & cells["k"].notna()]


def _say_feeling(row, steps) -> str:
    few = ", indicative" if row["flag"] == "indicative" else ""
    return f"{name_step(steps, row['step_id'])}: {write_signed(row['value'])} (n = {write_number(row['n'])}{few})"


def _say_people(row) -> str:
    who, verb = "interviewed" if row["flag"] == "counted" else "who spoke", "names" if row["k"] == 1 else "name"
    return f"{_say_k_of_n(row)} {who} {verb}"


def _write_most_named(cells, steps) -> str:
    named = _named(cells, lanes=("pain", "delight"))
    if named.empty:
        return ""
    most = named.loc[named["k"].idxmax()]
    who = "interviewed" if most["flag"] == "counted" else "people"
    return f"Most named: {_say_theme(most)} at {name_step(steps, most['step_id'])} ({_say_k_of_n(most)} {who})."


def _say_theme(row) -> str:
    """Quote a theme, and say where those who read the words do not agree on its code."""
    return f"“{row['text']}”" + (f" ({DIFFER})" if row.get("caution") == DIFFER else "")


def _say_k_of_n(row) -> str:
    return f"{write_number(row['k'])} of {write_number(row['n'])}"


def _write_hypothesis(cells, steps) -> str:
    head = "A hypothesis map: no customer was asked yet"
    head = "Too few customers were heard for a figure" if _is_heard(cells) else head
    told = cells[(cells["lane"] == "interview") & cells["value"].lt(0)]
    pains = cells[cells["lane"].eq("pain") & cells["text"].ne("")].sort_values(
        "severity", ascending=False, kind="stable"
    )
    if len(told):
        lowest = told.loc[told["value"].idxmin()]
        feeling = f"{name_step(steps, lowest['step_id'])} ({write_signed(lowest['value'], decimals=0)})"
        people = count_things(lowest["k"], "person", things="people") if is_known(lowest["k"]) else ""
        who = f"{people} felt worst" if people else "the team expects the low point"
        tail = f"; {who} at {feeling}"
    elif len(pains):
        tail = f"; stated at {name_step(steps, pains.iloc[0]['step_id'])}: “{pains.iloc[0]['text']}”"
    else:
        tail = ""
    return end_sentence(head + tail)


def _is_heard(cells) -> bool:
    """Tell whether anybody answered or spoke, be it too few to show; what the team reports is the team's word."""
    is_rated = cells["lane"].eq("emotion") & cells["n"].gt(0)
    is_told = cells["lane"].eq("interview") & cells["kind"].ne("feeling")
    is_silent = cells["lane"].eq("pain") & cells["flag"].isin(["suppressed", "not coded"])
    return bool((is_rated | is_told | is_silent | cells["kind"].eq("verbatim")).any())


def _find_outcomes(parts) -> list[dict]:
    """KPIs of the whole journey that have a value, the one on the outcome first; without any, the outcome itself."""
    whole = parts.kpis[parts.kpis["touchpoint_id"].eq("") & parts.kpis["stage"].eq("") & parts.kpis["value"].notna()]
    metric_of = dict(zip(parts.study.kpis["kpi_id"], parts.study.kpis["metric"], strict=True))
    is_outcome = whole["kpi_id"].map(metric_of).eq(parts.study.settings.outcome) & bool(parts.study.settings.outcome)
    if not is_outcome.any():
        return [*_measure_outcome(parts), *whole.to_dict("records")][:MOST_OUTCOMES]
    return [*whole[is_outcome].to_dict("records"), *whole[~is_outcome].to_dict("records")][:MOST_OUTCOMES]


def _measure_outcome(parts) -> list[dict]:
    study, outcome = parts.study, parts.study.settings.outcome
    if outcome not in study.settings.metrics:
        return []
    kpi = dict.fromkeys(study.kpis.columns, "") | dict.fromkeys(("baseline", "target", "benchmark"), float("nan"))
    kpi |= describe_outcome(outcome, metrics=study.settings.metrics)
    table = measure_kpis(
        pd.DataFrame([kpi]),
        study.responses,
        kpi_readings=study.kpi_readings,
        metrics=study.settings.metrics,
        min_n=parts.min_n,
    )
    return table[table["value"].notna()].to_dict("records")


def _show_kpi(kpi: dict) -> dict:
    text, plain = (write_kpi(kpi[name], kpi["unit"], kind=kpi["kind"]) for name in ("value", "unweighted"))
    label = kpi["name"] if text == plain else f"{kpi['name']}, weighted (unweighted {plain})"
    ends = [write_kpi(kpi[name], kpi["unit"], kind=kpi["kind"]) for name in ("lo", "hi") if is_known(kpi[name])]
    return _figure(label, text, kpi["n"], interval=" to ".join(ends))


def _show_mean(parts, felt) -> dict:
    settings, responses = parts.study.settings, parts.study.responses
    shown = parts.steps.loc[parts.steps["step_id"].isin(felt["step_id"]), "touchpoint_id"]
    rated = responses[responses["touchpoint_id"].isin(shown)]
    mean = average_feelings(rated, metrics=settings.metrics, emotion=settings.emotion)
    return _figure("Mean feeling, −2 to +2", write_signed(mean.value), mean.n, interval=_say_interval(mean.lo, mean.hi))


def _show_people(study) -> dict:
    customers = count_customers(study)
    if customers or study.statements.empty and study.responses.empty:
        return _figure("Customers heard", write_number(customers), customers)
    answers = study.responses["count"].sum()
    if answers:
        return _figure("Survey answers", write_number(answers), answers)
    assumed = int(study.statements["basis"].eq("assumed").sum())
    return _figure(
        "Statements of the team", f"{write_number(len(study.statements))}, {write_number(assumed)} assumed", 0
    )


def _say_interval(lo: float, hi: float) -> str:
    return f"{write_signed(lo)} to {write_signed(hi)}" if is_known(lo) and is_known(hi) else ""


def _figure(label: str, text: str, n: float, *, interval: str = "") -> dict:
    return {"label": label, "text": text, "n": int(n) if is_known(n) else 0, "interval": interval}
