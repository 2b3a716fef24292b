"""Moments at which a message might help: where customers wait, leave, come back with the same, or keep asking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from cjm_helpers.method.words import is_known, write_number

END = "end"
LOOP_FROM, FREQUENT_FROM = 0.10, 0.10  # what the lower bound of a share must reach: coming back, naming a simple code
DAYS_IN_UNIT = {"minutes": 1 / 1440, "hours": 1 / 24, "days": 1.0, "weeks": 7.0}
NOTHING = float("nan")
ONCE = "after one message, or when the customer objects"


@dataclass(frozen=True)
class Candidate:
    """One moment at which a message might help.

    p is the share of customers (0-1) who leave there; n counts customers where no touchpoint says whom it reaches.
    """

    kind: str
    place: str
    trigger_event: str
    condition: str
    purpose: str
    stop_rule: str
    reason: str
    delay_days: float = NOTHING
    kpi_id: str = ""
    evidence_ids: str = ""
    p: float = NOTHING
    p_lo: float = NOTHING
    p_hi: float = NOTHING
    n: float = NOTHING
    pains: pd.DataFrame | None = None


def find_waits(stage_time: pd.DataFrame, *, names: Mapping) -> list[Candidate]:
    """Find where half of the customers need longer than the target to go on.

    Columns read: from, to, median_days, target_days, n, optional delay_days (by which 80% of those who ever go on have
    gone on: later, a message wastes little); where it is not known the target is the delay.

    Examples
    --------
    >>> times = pd.DataFrame({"from": ["pay"], "to": ["rate"], "median_days": [9.0], "target_days": [5.0], "n": [80]})
    >>> find_waits(times, names={"pay": "Payment", "rate": "Review"})[0].reason
    'From “Payment” to “Review” half of the customers need more than 9 days; the target is 5.'
    """
    found = []
    for row in stage_time[stage_time["median_days"] > stage_time["target_days"]].to_dict("records"):
        here, there = (f"“{names.get(row[name], row[name])}”" for name in ("from", "to"))
        delay = row.get("delay_days", NOTHING)
        found.append(Candidate(
            "wait", row["from"], f"{here} is reached", f"{there} is not reached yet",
            "say where it stands and what comes next", f"stop when {there} is reached, {ONCE}",
            f"From {here} to {there} half of the customers need more than {_write(row['median_days'])} days; "
            f"the target is {_write(row['target_days'])}.",
            delay_days=row["target_days"] if pd.isna(delay) else delay, n=row["n"],
        ))  # fmt: skip
    return found


def find_slow_kpis(kpis: pd.DataFrame, *, names: Mapping) -> list[Candidate]:
    """Find durations that miss their target by more than chance; one counted in seconds is no moment for a message.

    Columns read: those of `measure_kpis`. The target is the delay.

    Examples
    --------
    >>> kpi = {"kpi_id": "k", "name": "Days until refund", "kind": "duration", "unit": "days", "direction": "lower"}
    >>> place = {"stage": "", "touchpoint_id": "refund", "n": 120.0}
    >>> kpis = pd.DataFrame([{**kpi, **place, "status": "missed", "value": 8.9, "target": 5.0}])
    >>> [(one.trigger_event, one.delay_days) for one in find_slow_kpis(kpis, names={"refund": "Refund"})]
    [('“Refund” is reached', 5.0)]
    """
    is_slow = kpis["kind"].eq("duration") & kpis["direction"].eq("lower") & kpis["status"].eq("missed")
    found = []
    for row in kpis[is_slow & kpis["unit"].isin(DAYS_IN_UNIT)].to_dict("records"):
        place = row["touchpoint_id"] or row["stage"]
        found.append(Candidate(
            "wait", place, f"“{names.get(place, place)}” is reached", "it is not finished yet",
            "say where it stands and what comes next", f"stop when it is finished, {ONCE}",
            f"“{row['name']}” is {_write(row['value'])} {row['unit']}; the target is {_write(row['target'])}.",
            delay_days=row["target"] * DAYS_IN_UNIT[row["unit"]], kpi_id=row["kpi_id"], evidence_ids=row["kpi_id"],
        ))  # fmt: skip
    return found


def find_exits(transitions: pd.DataFrame, *, names: Mapping) -> list[Candidate]:
    """Find where more customers leave than on average, beyond chance: the lower bound lies above the average.

    Columns read: from, to ("end" = left), n, p, lo, hi. The average is that of all transitions.

    Examples
    --------
    >>> rows = {"from": ["a", "a", "b", "b"], "to": ["b", "end", "c", "end"], "n": [50, 50, 45, 5]}
    >>> flow = pd.DataFrame({**rows, "p": [0.5, 0.5, 0.9, 0.1], "lo": [0.4, 0.4, 0.8, 0.0], "hi": [0.6, 0.6, 1, 0.2]})
    >>> [one.place for one in find_exits(flow, names={})]
    ['a']
    """
    exits = transitions[transitions["to"].eq(END)]
    average = exits["n"].sum() / transitions["n"].sum() if len(transitions) else NOTHING
    found = []
    for row in exits[exits["lo"] > average].to_dict("records"):
        reason = (
            f"{row['p']:.0%} leave here ({row['lo']:.0%} to {row['hi']:.0%}); on average {average:.0%} leave a step."
        )
        found.append(_leave(row["from"], names, reason=reason, share=(row["p"], row["lo"], row["hi"])))
    return found


def find_leaving_kpis(kpis: pd.DataFrame, *, drop_off_kpi_ids: Sequence[str], names: Mapping) -> list[Candidate]:
    """Find where a KPI that counts customers who leave has not met its target.

    Columns read: those of `measure_kpis`.

    Examples
    --------
    >>> kpi = {"kpi_id": "k", "name": "Checkout given up", "stage": "", "touchpoint_id": "basket", "status": "missed"}
    >>> kpis = pd.DataFrame([{**kpi, "value": 0.31, "lo": 0.3, "hi": 0.32, "n": 3000.0, "target": 0.28}])
    >>> find_leaving_kpis(kpis, drop_off_kpi_ids=["k"], names={"basket": "Basket"})[0].reason
    '“Checkout given up” is 31% (30% to 32%).'
    """
    chosen = kpis[kpis["kpi_id"].isin(drop_off_kpi_ids) & kpis["value"].notna() & kpis["status"].ne("met")]
    found = []
    for row in chosen.to_dict("records"):
        share = row["value"], row["lo"], row["hi"]
        interval = f" ({share[1]:.0%} to {share[2]:.0%})" if is_known(share[1]) else ""
        reason = f"“{row['name']}” is {share[0]:.0%}{interval}."
        place = row["touchpoint_id"] or row["stage"]
        found.append(_leave(place, names, reason=reason, share=share, kpi_id=row["kpi_id"]))
    return found


def find_loops(transitions: pd.DataFrame, *, names: Mapping) -> list[Candidate]:
    """Find where at least one customer in ten, beyond chance, comes back to the same step with nothing in between.

    Columns read: from, to, n, p, lo, hi.

    Examples
    --------
    >>> flow = {"from": ["help"], "to": ["help"], "n": [40], "p": [0.3], "lo": [0.2], "hi": [0.4]}
    >>> find_loops(pd.DataFrame(flow), names={"help": "Help line"})[0].trigger_event
    '“Help line” a second time'
    """
    back = transitions[transitions["from"].eq(transitions["to"]) & transitions["lo"].ge(LOOP_FROM)]
    return [
        Candidate(
            "loop", row["from"], f"“{names.get(row['from'], row['from'])}” a second time",
            "the first time left it open", "let one person see it through", "stop when it is settled",
            f"{row['p']:.0%} come back with nothing in between ({row['lo']:.0%} to {row['hi']:.0%}).",
            delay_days=0.0,
        )
        for row in back.to_dict("records")
    ]  # fmt: skip


def find_frequent_codes(themes: pd.DataFrame, *, simple_codes: Sequence[str], names: Mapping) -> list[Candidate]:
    """Find where at least one customer in ten, beyond chance, names a code that one message could answer.

    Columns read: those of `summarise_themes`.

    Examples
    --------
    >>> theme = {"touchpoint_id": "track", "code_id": "where", "label": "Where is my order", "k": 40.0, "n": 100.0}
    >>> themes = pd.DataFrame([{**theme, "value": 0.4, "lo": 0.31, "hi": 0.5, "feedback_ids": "f1;f2"}])
    >>> find_frequent_codes(themes, simple_codes=["where"], names={"track": "Tracking"})[0].purpose
    'answer “Where is my order”'
    """
    is_frequent = themes["code_id"].isin(simple_codes) & themes["touchpoint_id"].ne("") & themes["lo"].ge(FREQUENT_FROM)
    found = []
    for place, row in themes[is_frequent].groupby(["touchpoint_id", "code_id"]):
        theme = row.iloc[0]
        reason = f"{theme['k']:.0f} of {theme['n']:.0f} customers heard there name it ({theme['value']:.0%})."
        asked = _ask(place[0], names, text=theme["label"], reason=reason, evidence_ids=theme["feedback_ids"], pains=row)
        found.append(asked)
    return found


def find_questions(statements: pd.DataFrame, *, names: Mapping) -> list[Candidate]:
    """Find what customers are stated to ask at a touchpoint; how many ask is not known.

    Columns read: statement_id, touchpoint_id, field, text.

    Examples
    --------
    >>> asked = {"statement_id": ["s1"], "touchpoint_id": ["mail"], "field": ["question"], "text": ["Is the order in?"]}
    >>> find_questions(pd.DataFrame(asked), names={"mail": "Order e-mail"})[0].purpose
    'answer “Is the order in?”'
    """
    reason = "It is stated, not counted: reach is everybody there."
    asked = statements[statements["field"].eq("question") & statements["touchpoint_id"].ne("")]
    return [
        _ask(row.touchpoint_id, names, text=row.text, reason=reason, evidence_ids=row.statement_id)
        for row in asked.itertuples()
    ]


def _leave(place: str, names: Mapping, *, reason: str, share, kpi_id: str = "") -> Candidate:
    name = f"“{names.get(place, place)}”"
    p, p_lo, p_hi = share
    return Candidate(
        "exit", place, f"{name} is left", "nothing further since", "offer the way back to where they stopped",
        f"stop when they go on, {ONCE}", reason, kpi_id=kpi_id, evidence_ids=kpi_id, p=p, p_lo=p_lo, p_hi=p_hi,
    )  # fmt: skip


def _ask(place: str, names: Mapping, *, text: str, reason: str, evidence_ids: str, pains=None) -> Candidate:
    return Candidate(
        "question", place, f"“{names.get(place, place)}” is reached", "before they have to ask", f"answer “{text}”",
        "stop once it was shown for this order", reason, delay_days=0.0, evidence_ids=evidence_ids, pains=pains,
    )  # fmt: skip


def _write(value: float) -> str:
    return write_number(value, decimals=0 if float(value).is_integer() else 1)
