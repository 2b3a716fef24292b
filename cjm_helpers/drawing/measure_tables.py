"""Shows where KPIs stand, what efforts did to them, and what customers did in the log."""

import pandas as pd

from cjm_helpers.drawing.shown import Shown, show_table
from cjm_helpers.drawing.writing import MISSING, write_cell, write_value

WHOLE = "The journey as a whole"
AT_WORK = ["done", "doing", "planned"]
NO_KPI = "none named"
NOT_SEEN = "not in the log"
MINUTES_AN_HOUR, HOURS_A_DAY = 60, 24
MOST_WAYS = 3
NO_LOG = (
    "There is no log of events yet. Ask the people who run the website or the shop's systems for a table with one row "
    "per event: customer, time, page or step, channel; then bring it in on the page 00_start_here."
)


def show_kpis(kpis: pd.DataFrame, *, steps: pd.DataFrame) -> Shown:
    """Show every KPI at its stage and touchpoint: now, before, the target, what others reach, and how it stands.

    Columns read: those of `kpis.measure_kpis`; touchpoint_id, name, stage of steps.

    Parameters
    ----------
    kpis, steps
        From `kpis.measure_kpis`; steps in the order of the journey.

    Examples
    --------
    >>> kpi = {"name": "Given up", "touchpoint_id": "pay", "stage": "", "value": 0.31, "lo": 0.3, "hi": 0.32, "n": 9377}
    >>> kpi |= {"unit": "%", "kind": "proportion", "baseline": 0.4, "target": 0.22, "benchmark": 0.25, "flag": ""}
    >>> kpi |= {"unweighted": 0.31, "word": "better than baseline", "status": "missed", "benchmark_status": "missed"}
    >>> steps = pd.DataFrame({"touchpoint_id": ["pay"], "name": ["Payment page"], "stage": ["Buy"]})
    >>> "Payment page" in show_kpis(pd.DataFrame([kpi]), steps=steps).text
    True
    """
    names, stages = (dict(zip(steps["touchpoint_id"], steps[name], strict=True)) for name in ("name", "stage"))
    stage = kpis["stage"].where(kpis["stage"].ne(""), kpis["touchpoint_id"].map(stages).astype("object").fillna(""))
    order = {name: place for place, name in enumerate(dict.fromkeys(steps["stage"]))}
    rows = kpis.assign(
        group=stage.where(stage.ne(""), WHOLE),
        step=kpis["touchpoint_id"].map(names).astype("object").fillna(""),
        place=stage.map(order).astype(float).fillna(len(order)),
    ).sort_values("place", kind="stable")
    columns = {
        "name": "KPI", "step": "Touchpoint", "figure": "Now", "interval": "95 % interval", "baseline": "Before",
        "word": "Since then", "target": "Target", "status": "Against target", "benchmark": "Others reach",
        "benchmark_status": "Against others",
    }  # fmt: skip
    return show_table(rows, columns=columns, group="group", empty="No KPI is defined in this study yet.")


def show_efforts(opportunities: pd.DataFrame, *, kpis: pd.DataFrame) -> Shown:
    """Show what was done, is being done or is planned, each with the KPI that should move and how that KPI moved.

    Columns read: statement, kpi_id, owner, status, done_on; those of `kpis.measure_kpis`.

    Parameters
    ----------
    opportunities, kpis
        The study's ideas; from `kpis.measure_kpis`.

    Examples
    --------
    >>> idea = {"statement": ["Pay in one step"], "kpi_id": "k1", "owner": "", "status": "done", "done_on": pd.NaT}
    >>> kpi = {"kpi_id": "k1", "name": "Given up", "value": 0.31, "unweighted": 0.31, "n": 9377, "unit": "%"}
    >>> kpi |= {"kind": "proportion", "word": "better than baseline", "status": "missed"}
    >>> show_efforts(pd.DataFrame(idea), kpis=pd.DataFrame([kpi]))
         What we do How far KPI that should move               Now           Since then Against target
    Pay in one step    done             Given up 31 %, 9,377 cases better than baseline         missed
    """
    ours = opportunities[opportunities["status"].isin(AT_WORK)].rename(columns={"status": "far"})
    ours = ours[["statement", "kpi_id", "owner", "far", "done_on"]].assign(
        done_on=pd.to_datetime(ours["done_on"]).dt.strftime("%Y-%m-%d").fillna(""),
        place=ours["far"].map(AT_WORK.index),
    )
    rows = ours.merge(kpis, on="kpi_id", how="left").sort_values("place", kind="stable")
    texts = ["name", "word", "status", "unit", "kind"]
    rows[texts] = rows[texts].astype("object").fillna("")
    rows = rows.assign(now=[write_cell(row, "figure") if row["name"] else "" for row in rows.to_dict("records")])
    rows["name"] = rows["name"].replace("", NO_KPI)
    columns = {
        "statement": "What we do", "far": "How far", "done_on": "Since", "name": "KPI that should move",
        "now": "Now", "word": "Since then", "status": "Against target", "owner": "Owner",
    }  # fmt: skip
    return show_table(rows, columns=columns, empty="Nothing is planned, under way or done yet: see 08_opportunities.")


def show_funnel(table: pd.DataFrame) -> Shown:
    """Show how many people reached each step, how many of them were seen no further along, and how fresh that is.

    Columns read: those of `paths.count_funnel`.

    Examples
    --------
    >>> step = {"name": "Buy", "k": 80.0, "n": 100.0, "value": 0.8, "lo": 0.71, "hi": 0.87, "flag": "reportable"}
    >>> step |= {"left": 20.0, "went_on": 60.0, "still_open": 0.0, "share_left": 0.25, "share_left_lo": 0.17}
    >>> show_funnel(pd.DataFrame([step | {"share_left_hi": 0.35, "newest": "2026-09-30"}]))
    Step    People Share 95 % interval                  No further Newest event
     Buy 80 of 100  80 %    71 to 87 % 20 of 80, 25 % (17 to 35 %)   2026-09-30
    """
    records = table.to_dict("records")
    rows = table.assign(
        gone=[_say_gone(row) for row in records],
        seen=[NOT_SEEN if row["flag"] == NOT_SEEN else write_cell(row, "people") for row in records],
    )
    columns = {
        "name": "Step", "seen": "People", "value": "Share", "interval": "95 % interval", "gone": "No further",
        "newest": "Newest event",
    }  # fmt: skip
    group = "stage" if "touchpoint_id" in table else ""
    return show_table(rows, columns=columns, unit="share", group=group, empty=NO_LOG)


def _say_gone(row: dict) -> str:
    """Write how many were seen no further along, as k of n, share and interval; "" where nobody can say."""
    if pd.isna(row["share_left"]):
        return ""
    lost = {"k": row["left"], "n": row["left"] + row["went_on"]}
    lost |= {"value": row["share_left"], "lo": row["share_left_lo"], "hi": row["share_left_hi"]}
    people, share, interval = (write_cell(lost, name, unit="share") for name in ("people", "value", "interval"))
    return f"{people}, {share} ({interval})"


def show_next(ways: pd.DataFrame, *, steps: pd.DataFrame) -> Shown:
    """Show where people go straight after each touchpoint, the most frequent ways first, and how long it takes them.

    Columns read: those of `paths.count_transitions`; touchpoint_id, name of steps.

    Examples
    --------
    >>> steps = pd.DataFrame({"touchpoint_id": ["ad", "pay"], "name": ["Advert", "Payment page"]})
    >>> way = {"from_id": "ad", "to_id": "pay", "k": 60.0, "n": 100.0, "value": 0.6, "lo": 0.5, "hi": 0.69}
    >>> show_next(pd.DataFrame([way | {"times": 75.0, "median_minutes": 90.0, "flag": "reportable"}]), steps=steps)
      Next there    People Share 95 % interval Times Median time
    Payment page 60 of 100  60 %    50 to 69 %    75       1.5 h
    """
    names = dict(zip(steps["touchpoint_id"], steps["name"], strict=True))
    shown = ways[ways["to_id"] != ""].groupby("from_id", sort=False).head(MOST_WAYS)
    rows = shown.assign(
        to=shown["to_id"].map(names).astype("object").fillna(shown["to_id"]),
        after="After " + shown["from_id"].map(names).astype("object").fillna(shown["from_id"]),
        time=[write_time(minutes) for minutes in shown["median_minutes"]],
    )
    columns = {
        "to": "Next there", "people": "People", "value": "Share", "interval": "95 % interval", "times": "Times",
        "time": "Median time",
    }  # fmt: skip
    empty = "There is no log of events yet, or nobody in it went from one touchpoint to another often enough."
    return show_table(rows, columns=columns, unit="share", group="after", empty=empty)


def show_channels(table: pd.DataFrame) -> Shown:
    """Show how many of the people met on each channel of a stage went on to a later stage, beside its other people.

    Columns read: those of `paths.compare_channels`.

    Examples
    --------
    >>> channel = {"stage": "Buy", "channel": "App", "k": 56.0, "n": 70.0, "value": 0.8, "lo": 0.69, "hi": 0.88}
    >>> channel |= {"value_other": 0.6, "verdict": "more go on", "median_days": 0.5, "feeling": -0.4, "flag": ""}
    >>> show_channels(pd.DataFrame([channel])).text.splitlines()[1]
    '    App 56 of 70  80 %    69 to 88 %                 60 % more go on              12.0 h    −0.4'
    """
    days, felt = (table[name].astype(float) for name in ("median_days", "feeling"))
    rows = table.assign(
        channel=table["channel"].mask(table["channel"].eq(""), "not named in the log"),
        time=[MISSING if pd.isna(wait) else write_time(wait * HOURS_A_DAY * MINUTES_AN_HOUR) for wait in days],
        felt=[MISSING if pd.isna(one) else write_value(one, "feeling") for one in felt],
    )
    columns = {
        "channel": "Channel", "people": "Went on", "value": "Share", "interval": "95 % interval",
        "value_other": "Without this channel", "verdict": "Compared", "time": "Half went on within", "felt": "Feeling",
    }  # fmt: skip
    empty = "There is no log of events yet, or nobody in it was met at one stage and could be met at a later one."
    return show_table(rows, columns=columns, unit="share", group="stage", empty=empty)


def write_time(minutes: float) -> str:
    """Write minutes as a reader says them: in minutes, hours or days.

    Examples
    --------
    >>> write_time(1.5), write_time(90), write_time(2880)
    ('1.5 min', '1.5 h', '2.0 days')
    """
    hours = minutes / MINUTES_AN_HOUR
    if hours < 1:
        return f"{minutes:.1f} min"
    return f"{hours:.1f} h" if hours < HOURS_A_DAY else f"{hours / HOURS_A_DAY:.1f} days"
