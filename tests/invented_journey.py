"""A rich journey to draw: its rows as plain tuples, and the tables made of them; all invented."""

from types import SimpleNamespace

import pandas as pd

LENS = {
    "persona": "Amira, the weekend mover",
    "tagline": "Moves out of a shared flat, has two friends, one Saturday and no garage",
    "study": "Moving house with a hired van",
    "scenario": "The lease ends on Sunday night. On Wednesday there is still no van.",
    "goal": "Everything in the new flat by dark, the van back on time, no extra charge.",
    "evidence": "58 customers: 12 interviews, 246 survey answers, 71 reviews, 133 calls to the help desk.",
    "wave": "Spring 2031",
}
STEPS = [
    ("1.1", "Plan", "Price comparison"), ("1.2", "Plan", "Van size guide"), ("2.1", "Book", "Booking form"),
    ("2.2", "Book", "Deposit"), ("2.3", "Book", "Confirmation"), ("3.1", "Collect", "Licence check"),
    ("3.2", "Collect", "Handover"), ("4.1", "Drive", "Van"), ("4.2", "Drive", "Help line"),
    ("5.1", "Return", "Fuel stop"), ("5.2", "Return", "Inspection"), ("5.3", "Return", "Final invoice"),
]  # fmt: skip
ACTIONS = [
    "Compares three hire firms during her lunch break", "Guesses how many boxes go into which van",
    "Chooses Saturday, 8 to 18 h", "Pays a deposit of 300 by card", "Looks for the pick-up address in her mailbox",
    "Shows her licence twice", "Walks round the van with the clerk and a torch", "Drives four times across town",
    "Calls because the tail lift does not move", "Looks for a filling station near the depot",
    "Waits for someone to check the van", "Finds a cleaning fee she does not understand",
]  # fmt: skip
QUOTES = {
    "1.1": ("Every firm has another price for the same van, and none of them says what the kilometres cost.", "F-012"),
    "1.2": ("I measured my sofa. The guide only counts rooms.", "F-044"),
    "2.1": ("Four clicks and I had my Saturday.", "F-051"),
    "2.2": (
        "Three hundred euros, and nobody told me when I get them back. I had to borrow it from my flatmate.",
        "F-077",
    ),
    "3.1": ("They had my licence already. I sent it on Thursday.", "F-102"),
    "3.2": ("He showed me how the tail lift works, without hurry.", "I-03"),
    "4.1": ("It even had straps and blankets!", "F-140"),
    "4.2": ("Twenty minutes of music, then the line went dead.", "F-166"),
    "5.1": ("I paid more for the detour than for the fuel.", "F-171"),
    "5.2": ("One look, two minutes, done.", "I-07"),
    "5.3": ("A cleaning fee of 45 for two leaves on the floor.", "F-190"),
}
EMOTION = {
    "1.1": (-0.4, -0.7, -0.1, 44), "1.2": (-0.9, -1.2, -0.6, 39), "2.1": (1.2, 1.0, 1.4, 57), "2.2": (-0.6, -0.9, -0.3, 52),
    "3.1": (-0.8, -1.3, -0.3, 27), "3.2": (0.9, 0.5, 1.3, 24), "4.1": (1.1, 0.8, 1.4, 48), "4.2": (-1.6, -1.9, -1.3, 33),
    "5.2": (0.1, -0.3, 0.5, 31), "5.3": (-1.3, -1.6, -1.0, 46),
}  # fmt: skip
STARS = ("4.2", "2.1")
THEMES = {
    "1.2": "Size guide counts rooms, not furniture", "2.1": "Booked in four clicks",
    "4.2": "Help line unreachable on Saturdays", "5.3": "Cleaning fee comes as a surprise",
}  # fmt: skip
INTERVIEWS = [("1.2", -1, 2), ("3.2", 1, 3), ("3.2", 2, 1), ("4.2", -2, 4), ("2.3", 0, 2)]
TOUCHPOINTS = [
    ("1.1", "Price comparison", "digital", 1, "Website"), ("1.2", "Van size guide", "digital", 2, "Website"),
    ("2.1", "Booking form", "digital", 3, "App"), ("2.2", "Deposit", "digital", 2, "App"),
    ("2.3", "Confirmation", "digital", 1, "E-mail"), ("3.1", "Licence check", "human", 2, "Depot"),
    ("3.2", "Handover", "human", 3, "Depot"), ("4.1", "Van", "physical", 3, "Road"), ("4.2", "Help line", "human", 3, "Phone"),
    ("4.2", "Help chat", "digital", 2, "App"), ("4.2", "Sticker in the cab", "physical", None, "Road"),
    ("5.1", "Fuel stop", "physical", 1, "Road"), ("5.2", "Inspection", "human", 2, "Depot"),
    ("5.3", "Final invoice", "digital", 3, "E-mail"),
]  # fmt: skip
PAINS = [
    ("1.1", "Price without kilometres", 16, 44, 2, None, "B"), ("1.2", THEMES["1.2"], 18, 39, 2, None, "A"),
    ("2.2", "Nobody says when the deposit comes back", 20, 52, 2, 3, "A"), ("3.1", "Licence is checked twice", 11, 27, 1, None, "C"),
    ("4.2", THEMES["4.2"], 24, 33, 3, None, "A"), ("4.2", "Tail lift without instructions", 9, 33, 2, None, "A"),
    ("4.2", "No address for the tow truck", 6, 33, 2, None, "A"), ("5.1", "Filling station hard to find", None, None, 1, None, "D"),
    ("5.3", THEMES["5.3"], 29, 46, 3, 2, "A"), ("5.3", "Deposit is held for weeks", 12, 46, 2, None, "A"),
]  # fmt: skip
DELIGHTS = [
    ("2.1", THEMES["2.1"], 31, 57, None, None, "A"), ("3.2", "Patient handover", 13, 24, None, None, "C"),
    ("4.1", "Straps and blankets on board", 22, 48, None, None, "A"), ("5.2", "Checked in two minutes", 10, 31, None, None, "B"),
]  # fmt: skip
KPIS = [
    ("1.1", "Visits that start a booking", 0.183, 0.16, 0.25, None, "%", "higher", "closer to target", 20418),
    ("2.1", "Bookings given up", 0.221, 0.31, 0.2, 0.27, "%", "lower", "better than baseline", 7714),
    ("3.1", "Median wait at the depot", 21, 20, 10, 14, "min", "lower", "little change", 1630),
    ("4.2", "Calls answered on Saturday", 0.41, 0.55, 0.8, None, "%", "higher", "worse than baseline", 912),
    ("5.3", "Invoices disputed", 0.094, 0.07, 0.04, None, "%", "lower", "worse than baseline", 1588),
    ("5.3", "Days until the deposit is back", 13.5, 9, 5, None, "days", "lower", "worse than baseline", 1588),
]
IDEAS = [
    ("4.2", 1, "Staff the help line on Saturdays and show its number in the cab", 3, 2, "Service", "A"),
    ("5.3", 2, "Say every fee at the booking and show a photo with the invoice", 3, 1, "Billing", "A"),
    ("1.2", 3, "Let people count furniture instead of rooms", 2, 1, "Website", "B"),
    ("2.2", 4, "Give the deposit back within two days", 2, 3, "Billing", "A"),
    ("3.1", 5, "Check the licence once, online", 2, 2, "Depots", "C"),
    ("5.1", 6, "Put the nearest filling stations on the key tag", 1, 1, "Depots", "D"),
]
STATED = {
    "need": "To know what the day will cost before it begins",
    "backstage": "A clerk copies the booking from one list to the other",
    "support": "Booking system of the franchise",
}


def make_journey(steps, cells, **texts):
    """Return a journey as the drawing room expects it: tables and sentences."""
    lens = {**LENS, **texts.pop("lens", {})}
    whole = {
        "persona_id": "amira", "wave": "2031-spring", "lens": lens,
        "steps": pd.DataFrame(
            [(step_id, stage, name.lower().replace(" ", "_"), name) for step_id, stage, name in steps],
            columns=["step_id", "stage", "touchpoint_id", "name"],
        ),
        "cells": pd.DataFrame(cells, columns=None if cells else ["step_id", "lane", "text"]),
        "finding": "Lowest at 4.2 Help line: −1.6 (n = 33); 24 people name “Help line unreachable on Saturdays”.",
        "context": "Highest at 2.1 Booking form: +1.2 (n = 57). Not asked: 5.1. Fewer than five answers: 2.3.",
        "headline": [
            {"label": "NPS", "text": "12", "n": 58}, {"label": "Mean feeling", "text": "−0.2", "n": 57},
            {"label": "Customers heard", "text": "58", "n": 58},
        ],
        "foot": "Moving house, persona amira, wave 2031-spring (1 March to 31 May 2031). Evidence A 61 %, B 12 %, C 18 %, "
        "D (assumed) 9 % of cells. Coder agreement 0.79 (Krippendorff’s alpha, 2 coders, 180 verbatims). Heard: service, "
        "depots. Data 7be01c4.",
        "gaps": pd.DataFrame([{"kind": "not asked", "step_id": "5.1", "sentence": "Nobody was asked about the fuel stop."}]),
    }  # fmt: skip
    return SimpleNamespace(**{**whole, **texts})


def step_cells():
    """Return what Amira does, and what she says."""
    for k, ((step_id, *_), words) in enumerate(zip(STEPS, ACTIONS, strict=True)):
        yield {
            "step_id": step_id,
            "lane": "step",
            "text": words,
            "grade": "D" if step_id == "5.1" else "AB"[k % 2],
            "place": 1,
        }
    for step_id, (words, feedback_id) in QUOTES.items():
        grade = "C" if feedback_id.startswith("I") else "B"
        yield {"step_id": step_id, "lane": "quote", "text": words, "item_id": feedback_id, "grade": grade, "place": 1}


def emotion_cells():
    """Return answers for ten steps, one step with too few, one never asked about, and interviews."""
    for step_id, (value, lo, hi, n) in EMOTION.items():
        flag = "reportable" if n >= 30 else "indicative"
        yield {"step_id": step_id, "lane": "emotion", "value": value, "lo": lo, "hi": hi, "n": n, "flag": flag, "place": 1,
               "text": THEMES.get(step_id, ""), "moment_of_truth": step_id in STARS, "method": "t"}  # fmt: skip
    yield {"step_id": "2.3", "lane": "emotion", "n": 3, "flag": "suppressed", "word": "fewer than 5", "place": 1}
    yield {"step_id": "5.1", "lane": "emotion", "n": 0, "flag": "not asked", "place": 1}
    for place, (step_id, value, people) in enumerate(INTERVIEWS):
        yield {"step_id": step_id, "lane": "interview", "value": value, "k": people, "grade": "C", "place": place}


def touchpoint_cells():
    """Return touchpoints with their channels."""
    for place, (step_id, name, kind, impact, channel) in enumerate(TOUCHPOINTS):
        yield {
            "step_id": step_id,
            "lane": "touchpoint",
            "text": name,
            "kind": kind,
            "size": impact,
            "owner": "Ops",
            "place": place,
        }
        yield {"step_id": step_id, "lane": "channel", "text": channel, "place": place}


def insight_cells():
    """Return pains, delights, KPIs and opportunities."""
    for lane, rows in (("pain", PAINS), ("delight", DELIGHTS)):
        for place, (step_id, words, k, n, severity, counter, grade) in enumerate(rows):
            share = k / n if k else None
            yield {"step_id": step_id, "lane": lane, "text": words, "k": k, "n": n, "value": share, "severity": severity,
                   "counter": counter, "grade": grade, "item_id": f"{lane}_{place}", "place": place,
                   "evidence_ids": "F-1;F-2"}  # fmt: skip
    for place, (step_id, name, value, baseline, target, benchmark, unit, direction, word, n) in enumerate(KPIS):
        yield {"step_id": step_id, "lane": "kpi", "text": name, "value": value, "baseline": baseline, "target": target,
               "benchmark": benchmark, "unit": unit, "direction": direction, "word": word, "n": n, "place": place,
               "period": "May 2031", "item_id": f"k{place}", "lo": value * 0.9, "hi": value * 1.1}  # fmt: skip
    for step_id, rank, words, size, effort, owner, grade in IDEAS:
        yield {"step_id": step_id, "lane": "opportunity", "text": words, "rank": rank, "size": size, "effort": effort,
               "owner": owner, "grade": grade, "item_id": f"o{rank}", "place": rank}  # fmt: skip


def rich_cells():
    """Return every lane filled."""
    return [*step_cells(), *emotion_cells(), *touchpoint_cells(), *insight_cells()]


def stated_cells(steps):
    """Return what is needed, done out of sight and leaned on at every step; assumed, as statements mostly are."""
    for step_id, *_ in steps:
        for lane, words in STATED.items():
            yield {"step_id": step_id, "lane": lane, "text": words, "grade": "D", "item_id": f"{lane}_{step_id}"}


def make_changes(journey):
    """Return what became of each feeling since the winter before: better, worse, unsure, too few, not asked."""
    verdicts = ("improved", "worse", "no evidence", "unchanged", "improved", "too few", "not compared")
    felt = journey.cells[journey.cells["lane"] == "emotion"].set_index("step_id")["value"]
    touchpoints = journey.steps.set_index("step_id")["touchpoint_id"]
    rows = []
    for k, (step_id, after) in enumerate(felt.items()):
        verdict, known = verdicts[k % len(verdicts)], pd.notna(after)
        delta = {"improved": 0.8, "worse": -0.7}.get(verdict, 0.1) if known and k % len(verdicts) < 5 else None
        before = None if delta is None else round(max(min(after - delta, 2.0), -2.0), 2)
        rows.append({
            "object": "feeling", "id": touchpoints[step_id], "touchpoint_id": touchpoints[step_id], "metric": "mean",
            "name": f"feeling at {step_id}", "before": before, "after": after if known else None, "delta": delta,
            "lo": None if delta is None else delta - 0.3, "hi": None if delta is None else delta + 0.3, "n1": 40, "n2": 44,
            "tests": 10, "verdict": verdict, "sentence": f"The feeling at {step_id}: {verdict}.", "earlier": "Winter 2030",
            "wave": "Spring 2031", "persona_id": journey.persona_id,
        })  # fmt: skip
    return pd.DataFrame(rows)
