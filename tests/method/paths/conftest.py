"""What the tests of paths share: a shop of four touchpoints and a way to write a log."""

import ibis
import pandas as pd
import pytest

STAGES = ("Notice", "Buy", "Keep")


@pytest.fixture
def stages():
    return STAGES


@pytest.fixture
def touchpoints(make_table):
    places = [("pay", "Buy", 2), ("cart", "Buy", 1), ("ad", "Notice", 1), ("ship", "Keep", 1), ("tip", "Notice", 2)]
    return make_table("touchpoints", [
        {"touchpoint_id": one, "name": one.title(), "stage": stage, "position": position}
        for one, stage, position in places
    ])  # fmt: skip


@pytest.fixture
def write_log(tmp_path):
    """Write a log as a study opens it (a Parquet file read by DuckDB): customers, and their minutes and touchpoints."""

    def write(paths: dict):
        rows = [(customer, minute, place) for customer, path in paths.items() for minute, place in path]
        log = pd.DataFrame(rows, columns=["customer_id", "minute", "touchpoint_id"])
        start = pd.Timestamp("2026-03-01 10:00")
        log["timestamp"] = start + pd.to_timedelta(log.pop("minute").astype(float), unit="min")
        log.to_parquet(tmp_path / "events.parquet")
        return ibis.duckdb.connect().read_parquet(tmp_path / "events.parquet")

    return write


@pytest.fixture
def six():
    """Give the same path to six customers."""
    return lambda path, name="c": {f"{name}{number}": path for number in range(6)}
