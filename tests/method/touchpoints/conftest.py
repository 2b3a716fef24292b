"""What the tests of touchpoints share: a shop of three touchpoints and its log."""

import ibis
import pandas as pd
import pytest

LOG = {
    "customer_id": ["a", "a", "b", "b", "c", "c"],
    "touchpoint_id": ["pay", "pay", "pay", "cart", "pay", None],
    "channel": ["App", "Website", "App", "App", "Phone", "App"],
}
STAGES = ("Notice", "Buy", "Praise")


@pytest.fixture
def stages():
    return STAGES


@pytest.fixture
def touchpoints(make_table):
    return make_table("touchpoints", [
        {"touchpoint_id": "pay", "name": "Payment", "stage": "Buy", "position": 2, "channels": "App;Website",
         "planned": "yes"},
        {"touchpoint_id": "cart", "name": "Basket", "stage": "Buy", "position": 1, "channels": "App"},
        {"touchpoint_id": "ad", "name": "Advert", "stage": "Notice", "position": 1, "channels": "E-mail",
         "planned": "yes"},
    ])  # fmt: skip


@pytest.fixture
def log(tmp_path):
    """The log as a study opens it: a Parquet file read by DuckDB."""
    pd.DataFrame(LOG).to_parquet(tmp_path / "events.parquet")
    return ibis.duckdb.connect().read_parquet(tmp_path / "events.parquet")


@pytest.fixture
def no_answers(make_table):
    return make_table("responses", [])


@pytest.fixture
def answer(make_table):
    """Make one answer about each touchpoint named."""
    return lambda *places: make_table("responses", [{"touchpoint_id": place, "metric": "csat"} for place in places])
