"""Peak and end: read off the curve of means, and off each customer's own."""

import pandas as pd
import pytest

from cjm_helpers.errors import OrderMissing, ScoresOutsideScale
from cjm_helpers.method.emotion import measure_peak_end

PLACES = ("ad", "search", "cart", "pay", "parcel")
FIVE = {"ad": [1, 3, 2, 3, 3], "search": [3, 4, 4, 3, 4], "cart": [3, 3, 3, 3, 4], "pay": [1, 2, 2, 2, 3],
        "parcel": [3, 3, 4, 3, 4]}  # fmt: skip


@pytest.fixture
def touchpoints(make_table):
    rows = [{"touchpoint_id": one, "stage": "Buy", "position": place} for place, one in enumerate(PLACES)]
    return make_table("touchpoints", rows)


@pytest.fixture
def measure(rate, scale, touchpoints):
    """Measure peak and end of touchpoint -> scores and return the table by basis and figure."""

    def make(responses, *, listed=touchpoints, **options):
        responses = rate(**responses) if isinstance(responses, dict) else responses
        table = measure_peak_end(responses, listed, **scale, bootstraps=50, **options)
        return table.set_index(["basis", "figure"])

    return make


def test_peak_end_of_the_curve(measure):
    """Means -.6, .6, .2, -1, .4: peak -1, end .4, peak_end -.3, mean -.08 (by hand)."""
    curve = measure(FIVE).loc["curve"]
    assert curve["value"].tolist() == pytest.approx([-1.0, 0.4, -0.3, -0.08, 0.6, -1.0, -0.6])
    places = curve.loc[["peak", "end", "highest", "first"], "touchpoint_id"]
    assert places.tolist() == ["pay", "parcel", "search", "ad"]
    assert curve["touchpoints"].eq(5).all() and curve["n"].eq(5).all() and set(curve["flag"]) == {"indicative"}


def test_customers_have_their_own_peak_and_end(measure):
    """Five customers rated five touchpoints: ends 0, 0, 1, 0, 1 average .4; lowest -2, -1, -1, -1, 0 average -1."""
    own = measure(FIVE).loc["customer"]
    assert own.loc[["end", "lowest"], "value"].tolist() == pytest.approx([0.4, -1.0])
    assert own["n"].eq(5).all() and own["touchpoint_id"].eq("").all() and own.at["end", "method"] == "t"


def test_who_rated_two_touchpoints_has_no_own_curve(measure):
    """Only customers with three ratings or more are averaged; under five of them nothing is shown."""
    few = {place: [score if i < 4 else None for i, score in enumerate(FIVE[place])] for place in ("search", "cart")}
    table = measure(FIVE | few)
    assert table.loc["customer", "n"].tolist() == [5] * 7
    own = measure({place: FIVE[place] for place in ("pay", "parcel")}).loc["customer"]
    assert (
        own["n"].eq(0).all() and own["flag"].eq("suppressed").all() and own[["value", "lo", "hi"]].isna().all(axis=None)
    )


def test_a_touchpoint_with_too_few_ratings_is_not_on_the_curve(measure):
    """Four furious customers make no peak, and no end; that one touchpoint is left out is said."""
    table = measure(FIVE | {"parcel": [1, 1, 1, 1]}).loc["curve"]
    assert table.at["end", "touchpoint_id"] == "pay" and table.at["peak", "value"] == -1
    assert table["touchpoints"].eq(4).all() and table["left_out"].eq(1).all()


def test_what_few_said_changes_nothing(measure):
    """A suppressed touchpoint never leaks: whatever the four said, the table is the same."""
    loud, quiet = (measure(FIVE | {"parcel": [score] * 4}) for score in (1, 5))
    pd.testing.assert_frame_equal(loud, quiet)


def test_a_touchpoint_without_place_is_refused(measure, touchpoints):
    """Without its order nobody can say what the end is; where no touchpoint of a stage has one, rows are the order."""
    loose = touchpoints.assign(position=touchpoints["position"].mask(touchpoints["touchpoint_id"] == "pay"))
    with pytest.raises(OrderMissing, match="The order is missing for 'pay': .* Give each a position"):
        measure(FIVE, listed=loose)
    assert measure(FIVE, listed=touchpoints.assign(position=float("nan")))["touchpoint_id"].iloc[1] == "parcel"


def test_two_scales_under_one_metric_are_refused(measure):
    """A score of 9 among scores from 1 to 5 stops the step."""
    with pytest.raises(ScoresOutsideScale, match="'csat' needs scores from 1 to 5: 1 of 5"):
        measure({"pay": [1, 2, 3, 4, 9]})


def test_counted_rows_are_many_people(measure, make_table):
    """Ten people in two counted rows are on the curve, without a curve of their own."""
    rows = [{"touchpoint_id": "pay", "metric": "csat", "score": score, "count": 5} for score in (1, 2)]
    table = measure(make_table("responses", rows))
    assert table.loc[("curve", "peak"), ["value", "n"]].tolist() == [-1.5, 10]
    assert table.loc[("customer", "peak"), "n"] == 0


def test_order_of_rows_changes_nothing_and_input_stays(measure, rate, touchpoints):
    """Shuffled answers and touchpoints give the same table to the last bit, and are themselves untouched."""
    tables = rate(**FIVE).sample(frac=1, random_state=3), touchpoints[::-1]
    before = [table.copy() for table in tables]
    pd.testing.assert_frame_equal(measure(FIVE), measure(tables[0], listed=tables[1]), check_exact=True)
    for table, then in zip(tables, before, strict=True):
        pd.testing.assert_frame_equal(table, then)


def test_no_answers_give_an_empty_table(measure):
    """A study that asked nobody has no peak."""
    assert measure({}).empty
