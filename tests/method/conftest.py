"""A tiny study for tests of the method: every table is there, empty unless the test fills it."""

from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from cjm_helpers.worksheets import SPECS

NUMBERS = ("number", "integer")
BOOK = [
    {"code_id": "slow", "label": "Slow", "valence": -1, "parent": "pay"},
    {"code_id": "quick", "label": "Quick", "valence": 1, "parent": "pay"},
    {"code_id": "lazy", "label": "Lazy", "valence": -1, "replaced_by": "slow", "status": "retired"},
]


@pytest.fixture(scope="session")
def make_table():
    """Make a table of a study from dicts, with all its columns and kinds."""
    return _make_table


@pytest.fixture
def tables(make_table):
    """Make the tables of a feedback study, empty unless given."""

    def make(feedback=(), codings=(), decisions=(), alignments=(), touchpoints=("pay", "ad"), codebook=BOOK):
        return {
            "feedback": make_table("feedback", list(feedback)),
            "codings": make_table("codings", list(codings)),
            "codebook": make_table("codebook", list(codebook)),
            "decisions": make_table("coding_decisions", list(decisions)),
            "alignments": make_table("alignments", list(alignments)),
            "touchpoints": make_table("touchpoints", [{"touchpoint_id": name} for name in touchpoints]),
        }

    return make


@pytest.fixture
def make_study():
    """Make a selected study from lists of dicts, without files."""

    def make(*, persona_id="everyone", wave="all", events=None, settings=None, **tables):
        made = {name: _make_table(name, tables.get(name, [])) for name in SPECS if name != "events"}
        chosen = SimpleNamespace(**(_SETTINGS | (settings or {})))
        return SimpleNamespace(
            settings=chosen, persona_id=persona_id, wave=wave, events=events, name=chosen.name, **made
        )

    return make


@pytest.fixture
def shop(make_study):
    """A shop with two touchpoints, forty customers who rated and ten who spoke; the payment page is the low point."""

    def make(**changes):
        return make_study(**(_SHOP | changes))

    return make


_SETTINGS = {
    "name": "Shop",
    "scenario": SimpleNamespace(name="Buying shoes", starts_with="sees an advert", ends_with="has paid"),
    "stages": ("Notice", "Buy"),
    "waves": (SimpleNamespace(id="w1", start=date(2026, 3, 1), end=date(2026, 3, 31)),),
    "metrics": {
        "csat": SimpleNamespace(id="csat", question="How was it?", min=1, max=5, better="higher"),
        "nps": SimpleNamespace(id="nps", question="Would you recommend us?", min=0, max=10, better="higher"),
    },
    "emotion": ("csat",),
    "outcome": "nps",
    "min_n": 5,
    "seed": 0,
    "team": {"anna": "service", "ben": "logistics"},
}


def _rate(touchpoint_id, scores, metric="csat"):
    return [
        {"response_id": f"{touchpoint_id}{metric}{i}", "customer_id": f"c{i:02}", "touchpoint_id": touchpoint_id,
         "metric": metric, "score": score, "wave": "w1", "date": "2026-03-14"}
        for i, score in enumerate(scores)
    ]  # fmt: skip


def _say(i, text, **more):
    row = {
        "feedback_id": f"f{i:02}",
        "customer_id": f"c{i:02}",
        "touchpoint_id": "pay",
        "source": "survey",
        "text": text,
    }
    return row | {"consent": "yes", "wave": "w1", "date": "2026-03-15"} | more


def _code(i, code_id, emotion, coder_id="anna"):
    return {"feedback_id": f"f{i:02}", "coder_id": coder_id, "code_id": code_id, "emotion": emotion}


_SHOP = {
    "personas": [{"persona_id": "lena", "name": "Lena", "basis": "data", "tagline": "Shops at night"}],
    "touchpoints": [
        {"touchpoint_id": "pay", "name": "Payment page", "stage": "Buy", "position": 1, "channels": "Website;App",
         "type": "digital", "owner": "Checkout", "planned": "yes", "named_by": "anna;ben"},
        {"touchpoint_id": "ad", "name": "Advert", "stage": "Notice", "position": 1, "channels": "E-mail",
         "type": "digital", "description": "Sees the advert"},
    ],
    "responses": _rate("pay", [1, 2] * 20) + _rate("ad", [4, 5] * 20) + _rate("", [9, 6] * 20, "nps"),
    "feedback": [_say(i, f"I tried {i + 2} cards. It never told me what was wrong.") for i in range(10)],
    "codebook": [
        {"code_id": "refused", "label": "Card refused", "definition": "Refused", "valence": -1, "parent": "payment"},
        {"code_id": "quick", "label": "Paid in a second", "definition": "Quick", "valence": 1, "parent": "payment"},
    ],
    "codings": [_code(i, "refused", -2) for i in range(7)] + [_code(i, "quick", 1) for i in range(7, 10)],
    "kpis": [{"kpi_id": "given_up", "name": "Given up", "kind": "proportion", "unit": "%", "direction": "lower",
              "stage": "Buy", "baseline": 0.2, "target": 0.1}],
    "kpi_readings": [{"kpi_id": "given_up", "period": "2026-03", "wave": "w1", "numerator": 310, "denominator": 1000}],
    "opportunities": [{"opportunity_id": "o1", "statement": "Say why a card is refused", "touchpoint_id": "pay",
                       "code_ids": "refused", "effort": 2, "owner": "Payments"}],
}  # fmt: skip


def _make_table(name, rows):
    spec = SPECS[name]
    frame = pd.DataFrame(rows).reindex(columns=list(spec.column_names))
    for column in spec.columns:
        if column.kind in NUMBERS:
            frame[column.name] = frame[column.name].astype(float)
        elif column.kind == "date":
            frame[column.name] = pd.to_datetime(frame[column.name])
        else:
            frame[column.name] = frame[column.name].astype(object).fillna("").astype("str")
    if name == "responses":
        frame["count"] = frame["count"].fillna(1.0)
    return frame
