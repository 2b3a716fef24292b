"""A made-up customer base in which three kinds of people are plainly apart, and the example's first wave."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

KINDS = {
    "orders": "numeric", "visits": "numeric", "compares": "ordinal", "buys_for": "nominal", "reads": "multiple",
    "region": "nominal", "income": "sensitive", "note": "ignore",
}  # fmt: skip
ACTIVE = ["orders", "visits", "compares", "buys_for", "reads"]
GROUPS = {"ann": (2, 5, "self", "mail"), "ben": (10, 1, "household", "app;feed"), "cleo": (20, 3, "others", "feed")}


@pytest.fixture
def base():
    """Return 180 customers, sixty of each kind, with their personas; region and income are alike in all."""
    rng = np.random.default_rng(3)
    rows, personas = [], []
    for place, (persona_id, (orders, compares, buys_for, reads)) in enumerate(GROUPS.items()):
        for number in range(60):
            rows.append({
                "customer_id": f"c{place}{number:02}", "wave": "", "orders": orders + rng.integers(0, 3),
                "visits": str(3 * orders + rng.integers(0, 5)), "compares": str(compares), "buys_for": buys_for,
                "reads": reads, "region": "north" if number % 2 else "south", "income": str(10 + number % 7),
                "note": "-",
            })  # fmt: skip
            personas.append({"customer_id": rows[-1]["customer_id"], "persona_id": persona_id, "wave": ""})
    made = {"customers": pd.DataFrame(rows), "assignments": pd.DataFrame(personas)}
    return SimpleNamespace(**made, kinds=KINDS, active=ACTIVE)


@pytest.fixture(scope="session")
def first_wave(example):
    """Return the example's first wave, everyone."""
    from cjm_helpers.study.selection import select_rows

    return select_rows(example, wave="2026-03")
