"""What was planted in the example's log is found again."""

import pytest

from cjm_helpers.method.paths import compare_channels, count_funnel, count_transitions, time_touchpoints
from cjm_helpers.study.selection import select_rows


@pytest.fixture(scope="module")
def options(example):
    return {"stages": example.settings.stages, "min_n": example.settings.min_n}


def test_stages_are_reached_as_people_were_counted(example, options):
    """The funnel by stage counts the people that the log holds, in the order of the stages."""
    funnel = count_funnel(example.events, example.touchpoints, by="stage", **options)
    events = example.events
    bought = events.filter(events.touchpoint_id.isin(["basket", "sign_in", "delivery_form", "gift_options", "payment"]))
    least = bought.customer_id.nunique().to_pandas()
    purchase = funnel.set_index("stage").loc["Purchase"]
    assert list(funnel["stage"]) == list(example.settings.stages)
    assert least <= purchase["k"] <= purchase["n"] and purchase["left"] > 0


def test_giving_up_shows_where_it_was_planted(example, options):
    """Most who give up do so at the payment page: more leave there than at the sign-in or the delivery form."""
    left = count_funnel(example.events, example.touchpoints, **options).set_index("touchpoint_id")["share_left"]
    assert left["payment"] > left["delivery_form"] > left["basket"]


def test_the_delivery_form_leads_to_paying(example, options):
    """The next step after the form is the payment page, within minutes."""
    ways = count_transitions(example.events, example.touchpoints, **options)
    first = ways[ways["from_id"] == "delivery_form"].iloc[0]
    assert first["to_id"] == "payment" and first["lo"] > 0.5 and first["median_minutes"] < 5


def test_a_page_takes_as_long_as_planted(example, options):
    """A checkout page takes a couple of minutes: exponential with mean 1.8, and 0.2 on top."""
    times = time_touchpoints(example.events, example.touchpoints, **options).set_index("touchpoint_id")
    assert 1 < times.loc["delivery_form", "value"] < 2.2 and times.loc["delivery_form", "flag"] == "reportable"


def test_the_shop_works_best_on_the_channel_of_those_who_give_up_least(example, options):
    """Nothing but who uses a channel was planted: the App is the regulars', who give up least, and goes with more."""
    found = compare_channels(example.events, example.touchpoints, **options).set_index(["stage", "channel"])
    app = found.loc[("Purchase", "App")]
    assert app["verdict"] == "more go on" and app["difference_lo"] > 0 and 0.5 < app["median_days"] < 2
    assert found.loc["Awareness", "verdict"].eq("no clear difference").all()
    assert "Advocacy" not in found.index.get_level_values("stage")


@pytest.mark.parametrize("persona_id", ["busy_parent", "careful_comparer", "style_regular"])
def test_within_one_kind_of_people_the_app_makes_no_difference(example, options, persona_id):
    """Each persona gives up alike on every channel, so that nothing is left of it within one."""
    part = select_rows(example, persona_id=persona_id)
    found = compare_channels(part.events, part.touchpoints, **options).set_index(["stage", "channel"])
    assert found.loc[("Purchase", "App"), "verdict"] == "no clear difference"
