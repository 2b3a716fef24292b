"""What the tests of emotion share: ratings of touchpoints, given as lists of scores."""

from types import SimpleNamespace as Metric

import pytest

SCALE = {"metrics": {"csat": Metric(min=1, max=5, better="higher")}, "emotion": ("csat",)}


@pytest.fixture
def scale():
    return SCALE


@pytest.fixture
def rate(make_table):
    """Make responses from touchpoint -> scores of the customers c00, c01 ...; None = was not asked there."""

    def make(**scores):
        return make_table("responses", [
            {"touchpoint_id": place, "customer_id": f"c{i:02}", "metric": "csat", "score": score}
            for place, given in scores.items() for i, score in enumerate(given) if score is not None
        ])  # fmt: skip

    return make
