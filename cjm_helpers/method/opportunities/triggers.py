"""Trigger candidates: which message could help at which moment, what it might be worth, and how to test that."""

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from cjm_helpers.errors import NumberRefused, ParameterError
from cjm_helpers.method.opportunities import candidates as find
from cjm_helpers.method.opportunities.inputs import CLOSED, gather_found
from cjm_helpers.method.opportunities.worth import read_exits, value_candidate
from cjm_helpers.method.words import count_things
from cjm_helpers.worksheets import split_list

RECOVERY, POWER = 0.05, 0.80
NOT_LOOKED_FOR = "not looked for"
CONSENT = {
    "wait": "part of the running order, without advertising",
    "loop": "part of the running case, without advertising",
    "question": "none on the page itself; by message part of the running order, without advertising",
    "exit": "only with consent to be written to",
}
TRIGGERS = [
    "kind", "touchpoint_id", "trigger_event", "condition", "delay_days", "channel", "purpose", "stop_rule", "kpi_id",
    "reach", "reach_lo", "reach_hi", "n", "reach_basis", "p_drop_off", "recovery", "value", "value_lo", "value_hi",
    "n_per_arm", "weeks", "consent", "opportunity_id", "evidence_ids", "sentence",
]  # fmt: skip
NUMBERS = [
    "delay_days", "reach", "reach_lo", "reach_hi", "n", "p_drop_off", "recovery", "value", "value_lo", "value_hi",
    "n_per_arm", "weeks",
]  # fmt: skip
FROM_AFAR = r"(?i)mail|sms|message|\bapp\b|phone"  # channels that reach a customer who is elsewhere
TEXTS = [name for name in TRIGGERS if name not in NUMBERS]
ORDER = {"value": False, "reach": False, "kind": True, "touchpoint_id": True, "purpose": True}


def suggest_triggers(
    themes: pd.DataFrame,
    *,
    touchpoints: pd.DataFrame,
    kpis: pd.DataFrame | None = None,
    statements: pd.DataFrame | None = None,
    opportunities: pd.DataFrame | None = None,
    event_counts: pd.DataFrame | None = None,
    transitions: pd.DataFrame | None = None,
    stage_time: pd.DataFrame | None = None,
    simple_codes: Sequence[str] = (),
    drop_off_kpi_ids: Sequence[str] = (),
    recovery: float = RECOVERY,
    power: float = POWER,
    window_days: float | None = None,
) -> pd.DataFrame:
    """Suggest moments for a message: waits, exits, loops and simple questions, each with what it might be worth.

    They are candidates to be judged by the team and tested, never results: recovery is assumed.

    Parameters
    ----------
    themes, touchpoints, kpis, statements, opportunities, event_counts
        What `summarise_themes`, `measure_kpis` and `count_events` found, and worksheets; only the first two are needed.
    transitions
        from, to ("end" = left), n, p, lo, hi: the steps customers took in the log; without p where too few did.
    stage_time
        from, to, median_days, target_days, n, optional delay_days (by which 80% of those who ever go on have gone on).
    simple_codes
        Codes that one message could answer, as the team sees it ("where is my order").
    drop_off_kpi_ids
        KPIs whose value is the share of customers who leave.
    recovery, power
        Share of the leaving who are assumed to stay because of the message; chance of the test to show that.
    window_days
        Days the log covers, so that reach can be scaled to a quarter.

    Returns
    -------
    DataFrame
        One row a candidate, most valuable first: kind (wait, exit, loop, question), touchpoint_id (or a stage),
        trigger_event, condition, delay_days, channel (the one most customers use there; for waits and exits one that
        reaches them elsewhere), purpose, stop_rule, kpi_id, reach, reach_lo, reach_hi (customers a quarter), n,
        reach_basis, p_drop_off (0-1), recovery, value (reach x p_drop_off x recovery: customers kept a quarter),
        value_lo, value_hi (both low ends, both high ends), n_per_arm and weeks (of an A/B test at that reach), consent
        (a first view, to be checked by whoever answers for data protection), opportunity_id (open ideas of kind trigger
        there), evidence_ids, sentence. Last stand rows of kind "not looked for": what could not be looked for, and why.

    Raises
    ------
    NumberRefused
        When recovery is not above 0 and at most 1.
    ParameterError
        When drop_off_kpi_ids names a KPI that kpis does not hold.

    Source: the kinds, the delay and the assumed recovery are ours; n per arm as `needed_n`.

    Examples
    --------
    >>> theme = {"touchpoint_id": "track", "code_id": "where", "label": "Where is my order", "k": 40.0, "n": 100.0}
    >>> themes = pd.DataFrame([{**theme, "value": 0.4, "lo": 0.31, "hi": 0.5, "feedback_ids": "f1;f2"}])
    >>> shop = pd.DataFrame({"touchpoint_id": ["track"], "name": ["Tracking"], "channels": ["Website"]})
    >>> table = suggest_triggers(themes, touchpoints=shop, simple_codes=["where"])
    >>> table[["kind", "trigger_event", "channel"]].values.tolist()[0]
    ['question', '“Tracking” is reached', 'Website']
    """
    _check_options(recovery, drop_off_kpi_ids=drop_off_kpi_ids, kpis=kpis)
    names = dict(zip(touchpoints["touchpoint_id"], touchpoints["name"], strict=True))
    found = gather_found(event_counts=event_counts, window_days=window_days)
    exits, uses = read_exits(transitions), _rank_channels(touchpoints, event_counts)
    candidates = [
        *_find_in_log(stage_time, transitions, names=names),
        *_find_in_kpis(kpis, drop_off_kpi_ids, names=names),
        *find.find_frequent_codes(themes, simple_codes=simple_codes, names=names),
        *([] if statements is None else find.find_questions(statements, names=names)),
    ]
    rows = [
        _describe(one, kpis=kpis, opportunities=opportunities)
        | {"channel": _choose_channel(one, uses), "delay_days": _find_delay(one, stage_time)}
        | value_candidate(one, found, exits=exits, recovery=recovery, power=power)
        for one in candidates
    ]
    table = pd.DataFrame(rows, columns=TRIGGERS, dtype=object).sort_values(list(ORDER), ascending=list(ORDER.values()))
    left_out = [*_say_log(stage_time, transitions), *_say_kpis(kpis, drop_off_kpi_ids)]
    left_out += [*_say_codes(themes, simple_codes), *_say_statements(statements)]
    blank = dict.fromkeys(TEXTS, "") | {"kind": NOT_LOOKED_FOR}
    rows = table.to_dict("records") + [blank | {"sentence": sentence} for sentence in left_out]
    table = pd.DataFrame(rows, columns=TRIGGERS)
    return table.astype(dict.fromkeys(NUMBERS, float) | dict.fromkeys(TEXTS, "str"))


def _check_options(recovery: float, *, drop_off_kpi_ids, kpis) -> None:
    if not 0 < recovery <= 1:
        raise NumberRefused("recovery", recovery, "a share above 0 and up to 1, such as 0.05")
    known = [] if kpis is None else list(kpis["kpi_id"])
    for kpi_id in drop_off_kpi_ids:
        if kpi_id not in known:
            raise ParameterError("drop_off_kpi_ids", kpi_id, known)


def _rank_channels(touchpoints: pd.DataFrame, event_counts) -> pd.DataFrame:
    """List touchpoint and channel, first the one that most customers use; what is only listed comes last."""
    listed = touchpoints.assign(channel=touchpoints["channels"].map(split_list)).explode("channel").assign(customers=0)
    logged = [] if event_counts is None else [event_counts[event_counts["channel"].ne("")]]
    uses = pd.concat([*logged, listed.dropna(subset=["channel"])])[["touchpoint_id", "channel", "customers"]]
    return uses.sort_values("customers", ascending=False, kind="stable", ignore_index=True)


def _choose_channel(one: find.Candidate, uses: pd.DataFrame) -> str:
    """The channel most used at the place; for those who wait elsewhere or left, the one that reaches most from afar."""
    here = uses[uses["touchpoint_id"].eq(one.place)]
    afar = uses[uses["channel"].str.contains(FROM_AFAR)] if one.kind in ("wait", "exit") else here
    return next(iter([*afar["channel"], *here["channel"]]), "")


def _find_delay(one: find.Candidate, stage_time) -> float:
    """The delay of a candidate; for those who left, the time after which hardly anybody goes on by themselves."""
    if stage_time is None or "delay_days" not in stage_time or not math.isnan(one.delay_days):
        return one.delay_days
    return stage_time.loc[stage_time["from"].eq(one.place), "delay_days"].max()


def _find_in_log(stage_time, transitions, *, names: Mapping) -> list:
    waits = [] if stage_time is None else find.find_waits(stage_time, names=names)
    if transitions is None:
        return waits
    return [*waits, *find.find_exits(transitions, names=names), *find.find_loops(transitions, names=names)]


def _find_in_kpis(kpis, drop_off_kpi_ids, *, names: Mapping) -> list:
    if kpis is None:
        return []
    leaving = find.find_leaving_kpis(kpis, drop_off_kpi_ids=drop_off_kpi_ids, names=names)
    return [*find.find_slow_kpis(kpis, names=names), *leaving]


def _describe(one: find.Candidate, *, kpis, opportunities) -> dict:
    """What a candidate says of itself, the KPI that would show it, and ideas for a message there that stand already."""
    watching = [] if kpis is None else sorted(kpis.loc[kpis["touchpoint_id"].eq(one.place), "kpi_id"])
    ideas = []
    if opportunities is not None:
        is_open = opportunities["kind"].eq("trigger") & ~opportunities["status"].isin(CLOSED)
        ideas = sorted(opportunities.loc[is_open & opportunities["touchpoint_id"].eq(one.place), "opportunity_id"])
    return {
        "kind": one.kind, "touchpoint_id": one.place, "trigger_event": one.trigger_event, "condition": one.condition,
        "purpose": one.purpose, "stop_rule": one.stop_rule, "kpi_id": one.kpi_id or ";".join(watching[:1]),
        "consent": CONSENT[one.kind], "opportunity_id": ";".join(ideas), "evidence_ids": one.evidence_ids,
        "sentence": one.reason,
    }  # fmt: skip


def _say_log(stage_time, transitions):
    """Say what of the log was not there, or hidden."""
    if stage_time is None:
        yield "The log was not asked for waits: that needs its times between stages."
    if transitions is None:
        yield "The log was not asked for exits and loops: that needs its transitions."
    if transitions is not None and (hidden := int(transitions["p"].isna().sum())):
        yield f"{count_things(hidden, 'transition')} of too few customers to be shown."
    if stage_time is not None and (hidden := int(stage_time["median_days"].isna().sum())):
        yield f"{count_things(hidden, 'gap')} between steps without a median: fewer than half of the customers went on."


def _say_kpis(kpis, drop_off_kpi_ids):
    """Say which KPIs are no moment for a message, and why."""
    if kpis is None:
        yield "No KPI was looked at: none was given."
        return
    slow = kpis[kpis["kind"].eq("duration") & kpis["direction"].eq("lower") & kpis["status"].eq("missed")]
    for row in slow[~slow["unit"].isin(find.DAYS_IN_UNIT)].sort_values("kpi_id").itertuples():
        yield f"“{row.name}” misses its target by {row.unit or 'an unknown unit'}: mend it, a message cannot help."
    leaving = kpis[kpis["kpi_id"].isin(drop_off_kpi_ids)].sort_values("kpi_id")
    for row in leaving[leaving["value"].isna() | leaving["status"].eq("met")].itertuples():
        yield f"“{row.name}” {'has no value to show' if math.isnan(row.value) else 'meets its target'}."


def _say_codes(themes: pd.DataFrame, simple_codes):
    """Say where codes that a message could answer are not frequent enough, or not known to be."""
    if not simple_codes:
        yield "No code was looked at: name in simple_codes those that one message could answer."
    for code_id in sorted(simple_codes):
        here = themes[themes["code_id"].eq(code_id) & themes["touchpoint_id"].ne("")]
        is_rare = ~here["lo"].ge(find.FREQUENT_FROM)
        if here.empty:
            yield f"Nobody names the code “{code_id}” at a touchpoint."
        elif is_rare.any():
            places = count_things(int(is_rare.sum()), "touchpoint")
            yield f"“{code_id}” is named at {places} where it is not known to reach one customer in ten."


def _say_statements(statements):
    """Count the questions that belong to no touchpoint."""
    if statements is None:
        return
    count = int((statements["field"].eq("question") & statements["touchpoint_id"].eq("")).sum())
    if count:
        yield f"{count_things(count, 'question')} without a touchpoint: no moment is known."
