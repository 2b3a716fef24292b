"""Two waves of a tiny shop: what the tests of the waves share."""

from datetime import date
from types import SimpleNamespace

import pytest

WAVES = (
    SimpleNamespace(id="w1", start=date(2026, 3, 1), end=date(2026, 3, 31)),
    SimpleNamespace(id="w2", start=date(2026, 9, 1), end=date(2026, 9, 30)),
)
METRICS = {
    "csat": SimpleNamespace(id="csat", min=1, max=5, better="higher"),
    "csat7": SimpleNamespace(id="csat7", min=1, max=7, better="higher"),
    "nps": SimpleNamespace(id="nps", min=0, max=10, better="higher"),
    "days": SimpleNamespace(id="days", min=0, max=90, better="lower"),
}
PLACES = [
    {"touchpoint_id": "pay", "name": "Payment page", "stage": "Buy"},
    {"touchpoint_id": "ad", "name": "Advert", "stage": "Notice"},
]


@pytest.fixture
def make_waves(make_study):
    """Make a selected study with its earlier wave; shared tables hold for both, now and before for one of them."""

    def make(*, now=None, before=None, persona_id="everyone", settings=None, **shared):
        settings = {"waves": WAVES, "metrics": METRICS, "emotion": ("csat", "csat7")} | (settings or {})
        shared = {"touchpoints": PLACES} | shared
        part, earlier = (
            make_study(persona_id=persona_id, wave=wave.id, settings=settings, **(shared | (tables or {})))
            for wave, tables in zip(reversed(WAVES), (now, before), strict=True)
        )
        earlier.earlier, part.earlier = None, earlier
        return part

    return make


@pytest.fixture
def rate():
    """Give one answer a person, people numbered from first; without a first nobody's id is known."""

    def make(scores, touchpoint_id="pay", *, metric="csat", first: int | None = None, **more) -> list[dict]:
        return [
            {"customer_id": "" if first is None else f"c{first + i:03}", "touchpoint_id": touchpoint_id,
             "metric": metric, "score": score} | more
            for i, score in enumerate(scores)
        ]  # fmt: skip

    return make


@pytest.fixture
def say():
    """Give one coded verbatim a person: how many of n name the code; ids begin with mark, so that waves differ."""

    def make(k: int, n: int, *, mark: str, code_id="slow", touchpoint_id="pay", source="survey") -> dict:
        ids = [f"{mark}{i:03}" for i in range(n)]
        said = [
            {"feedback_id": one, "customer_id": one if source == "survey" else "", "speaker": one, "source": source,
             "touchpoint_id": touchpoint_id, "text": "So it was."}
            for one in ids
        ]  # fmt: skip
        read = [
            {"feedback_id": one, "coder_id": "anna", "code_id": code_id if i < k else "none"}
            for i, one in enumerate(ids)
        ]
        return {"feedback": said, "codings": read}

    return make
