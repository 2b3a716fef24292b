"""Two waves of an invented journey, compared: a row for every step, KPI and theme, with any verdict."""

from itertools import cycle

import pandas as pd

EARLIER, WAVE = "2030-spring", "2031-spring"
EVERY_VERDICT = ("no evidence", "improved", "worse", "too few", "not compared")
HALF = 0.3
SAID = {
    "too few": "{name}: too few to compare (3 in 2030-spring, 40 in 2031-spring; 5 needed).",
    "not compared": "“{name}” is only in 2031-spring (added): no test.",
}
GOOD = {"improved": 1, "worse": -1}


def give_ids(journey):
    """Return the journey with a touchpoint of its own at every step."""
    journey.steps = journey.steps.assign(touchpoint_id=[f"t{k}" for k in range(len(journey.steps))])
    return journey


def make_row(kind: str, verdict: str, *, name: str, touchpoint_id: str, **more) -> dict:
    """Return one row; what is better goes up, unless better says lower; what is hidden or not tested is left out."""
    size = {"feeling": 0.6, "theme": 0.3, "kpi": 9.0}[kind]
    up = GOOD.get(verdict, 0.1) * (-1 if more.get("better") == "lower" else 1)
    before = {"feeling": -0.4, "theme": 0.4, "kpi": 30.0}[kind]
    delta = size * up
    row = {
        "object": kind, "id": name, "touchpoint_id": touchpoint_id, "metric": "csat",
        "name": name, "unit": "", "better": "higher", "earlier": EARLIER, "wave": WAVE, "before": before,
        "after": before + delta, "delta": delta, "lo": delta - size * HALF, "hi": delta + size * HALF, "n1": 61,
        "n2": 70, "tests": 40, "verdict": verdict, "sentence": f"{name}: {verdict}.",
    }  # fmt: skip
    hidden = {"before": None, "delta": None, "lo": None, "hi": None} if verdict in SAID else {}
    few = {"n1": 3} if verdict == "too few" else {"n1": 0} if verdict == "not compared" else {}
    sentence = {"sentence": SAID[verdict].format(name=name)} if verdict in SAID else {}
    return {**row, **hidden, **few, **sentence, **more}


def make_comparison(journey, verdicts=EVERY_VERDICT, *, words="") -> pd.DataFrame:
    """Return a comparison of every step's feeling, two themes, a KPI at every other step; and some without step."""
    turn = cycle(verdicts)
    rows = []
    for k, step in enumerate(journey.steps.itertuples()):
        one = {"touchpoint_id": step.touchpoint_id}
        rows.append(make_row("feeling", next(turn), name=step.name, id=step.touchpoint_id, **one))
        for theme, better in (("Nobody answers", "lower"), ("Friendly voice", "higher")):
            label = f"{words or theme} ({step.name})"
            rows.append(make_row("theme", next(turn), name=label, id=theme, metric="share", better=better, **one))
        if k % 2 == 0:
            rows.append(
                make_row("kpi", next(turn), name=words or f"Wait {k}", metric="mean", unit="min", better="lower", **one)
            )
    rows.append(
        make_row("kpi", next(turn), name=words or "Would hire again", id="hire", metric="nps", touchpoint_id="")
    )
    rows.append(make_row("theme", next(turn), name=words or "All in all", metric="share", touchpoint_id=""))
    rows.append(make_row("feeling", "not compared", name=words or "Fax form", id="fax", touchpoint_id="fax"))
    return pd.DataFrame(rows).assign(persona_id=journey.persona_id)


def make_moves(journey) -> pd.DataFrame:
    """Return what came, went, was renamed and moved."""
    first, second, third = (journey.steps["touchpoint_id"].tolist() * 3)[:3]
    rows = [
        ("touchpoint", "added", first, "", "The touchpoint is only in 2031-spring (added)."),
        ("touchpoint", "removed", "", "fax", "The touchpoint “Fax form” is only in 2030-spring (removed)."),
        ("touchpoint", "moved stage", second, "old", "The touchpoint moved from Drive to Plan."),
        ("touchpoint", "renamed", third, "older", "The touchpoint “older” is “newer” since 2031-spring."),
    ]
    return pd.DataFrame(rows, columns=["kind", "change", "id", "old_id", "sentence"])


def make_done(changes) -> pd.DataFrame:
    """Return three ideas carried out: at a step, for the whole journey, and without a KPI."""
    kpi = changes.loc[changes["object"].eq("kpi"), "id"].iloc[0]
    rows = [
        ("o1", "Staff the help line", kpi, "improved", "“Staff the help line” went live on 4 May 2030. No proof."),
        ("o2", "Show every fee", "hire", "no evidence", "“Show every fee” went live on 5 May 2030. No proof."),
        (
            "o3",
            "Tidy the depot",
            "",
            "no KPI",
            "“Tidy the depot” names no KPI that should move, so nothing is said of it.",
        ),
    ]
    return pd.DataFrame(rows, columns=["opportunity_id", "statement", "kpi_id", "verdict", "sentence"])
