"""Gaps: what the inventory misses, in sentences."""

import ibis
import pandas as pd
import pytest

from cjm_helpers.method.touchpoints import count_events, find_gaps
from cjm_helpers.method.touchpoints.gaps import estimate_missed, find_unmeasured


@pytest.fixture
def gaps(touchpoints, no_answers):
    """Find the gaps of the shop and return them as kind -> sentences."""

    def find(*, events=None, responses=no_answers, listed=touchpoints, **options):
        counts = count_events(events, listed)
        found = find_gaps(listed, responses=responses, event_counts=counts, **options)
        return found.groupby("kind")["sentence"].agg(list).to_dict()

    return find


@pytest.fixture
def make_log():
    """Make a log from (customer, touchpoint, channel, event)."""
    names = ["customer_id", "touchpoint_id", "channel", "event"]
    return lambda *rows: ibis.memtable(pd.DataFrame(rows, columns=names))


def test_gaps_are_told_in_sentences(gaps, log, stages):
    """Empty and single-channel stages, silent touchpoints, unlisted channels and loose events each get a sentence."""
    assert gaps(events=log, stages=stages) == {
        "single": ["Notice is met on one channel only: E-mail."],
        "empty": ["Praise has no touchpoint yet."],
        "silent": ["Advert was planned, but no event and no answer speaks of it."],
        "blind": [
            "In the log, 1 event names no touchpoint.",
            "The log shows Payment on Phone (1 event), a channel its row does not list.",
        ],
    }


def test_unmapped_events_are_named_with_their_counts(gaps, make_log):
    """Fourteen events without touchpoint: the names, the commonest first, and how many events each has."""
    rows = [("a", "", "App", "app_open")] * 9 + [("b", "", "Web", "push")] * 3 + [("b", "", "App", "push")] * 2
    assert gaps(events=make_log(*rows))["blind"] == [
        "In the log, 14 events name no touchpoint: “app_open” (9) and “push” (5)."
    ]


def test_many_names_of_events_are_counted(gaps, make_log):
    """Five names stand in the sentence, and the rest is counted."""
    rows = [("a", "gone", "App", f"event_{number}") for number in range(8)]
    sentence = gaps(events=make_log(*rows))["blind"][0]
    assert sentence.startswith("In the log, 8 events name “gone”, which is not among the touchpoints: “event_0” (1)")
    assert sentence.endswith("“event_4” (1) and 3 more.")


def test_answers_about_what_is_not_listed_are_said(gaps, answer):
    """An answer about a touchpoint that the worksheet does not list is a finding, not lost."""
    blind = gaps(responses=answer("pay", "kiosk"))["blind"]
    assert blind == ["Customers speak of “kiosk”, which is not among the touchpoints."]


def test_a_verbatim_breaks_the_silence(gaps, make_table, answer):
    """A touchpoint without event and answer is not silent where a verbatim speaks of it."""
    said = make_table("feedback", [{"feedback_id": "f1", "touchpoint_id": "ad"}])
    assert len(gaps(responses=answer("pay", "cart"))["silent"]) == 1
    assert "silent" not in gaps(responses=answer("pay", "cart"), feedback=said)


def test_an_untapped_channel_is_found_in_the_log(gaps, make_log):
    """Six of forty customers use the chat, and no touchpoint stands for it."""
    rows = [(f"c{i}", "pay", "App", "") for i in range(34)] + [(f"d{i}", "", "Chat", "write") for i in range(6)]
    sentence = "6 of 40 customers in the log (15%) use Chat, but no touchpoint stands for it."
    assert gaps(events=make_log(*rows))["untapped"] == [sentence]


@pytest.mark.parametrize(("users", "all_customers"), [(5, 60), (4, 20)])
def test_few_users_make_no_untapped_channel(gaps, users, all_customers):
    """Under a tenth of the customers, or under five of them, a channel is not named."""
    told = pd.Series(["Chat;App"] * users + ["App"] * (all_customers - users))
    assert "untapped" not in gaps(channels_used=told)


def test_the_survey_comes_before_the_log(gaps, make_log):
    """Where customers were asked for their channels, their answers count, those not asked left out."""
    told = pd.Series(["Fax; App"] * 6 + ["App"] * 14 + ["", None])
    rows = [(f"c{i}", "", "Chat", "write") for i in range(10)]
    found = gaps(channels_used=told, events=make_log(*rows))["untapped"]
    assert found == ["6 of 20 customers asked (30%) use Fax, but no touchpoint stands for it."]


def test_touchpoints_without_kpi_are_one_sentence_a_stage(gaps, make_table):
    """A stage without any KPI says so; where some touchpoints are watched, the others are named."""
    kpis = make_table("kpis", [{"kpi_id": "k", "touchpoint_id": "pay"}])
    assert gaps(kpis=kpis)["unmeasured"] == [
        "Buy has a KPI, but none watches Basket.",
        "No KPI watches Notice or any touchpoint there.",
    ]
    assert "unmeasured" not in gaps()


def test_missed_touchpoints_are_estimated(gaps, make_table):
    """Four of seven were named by one of two people only: Chao2 gives 3/4 more (by hand), so about one."""
    people = ["anna"] * 4 + ["anna;ben"] * 3
    rows = [{"touchpoint_id": f"t{i}", "stage": "Buy", "named_by": names} for i, names in enumerate(people)]
    listed = make_table("touchpoints", rows)
    assert estimate_missed(listed)[:2] == (7.75, 2)
    assert gaps(listed=listed)["missed"] == [
        "4 of 7 touchpoints were named by only one of two people, so about 1 more may be missing (0 to 7)."
    ]


def test_what_others_have_listed_is_not_missing(gaps, make_table):
    """Touchpoints that nobody named but the worksheet lists are taken off what is missing."""
    people = ["anna"] * 4 + ["anna;ben"] * 3 + [""]
    rows = [{"touchpoint_id": f"t{i}", "stage": "Buy", "named_by": names} for i, names in enumerate(people)]
    assert "missed" not in gaps(listed=make_table("touchpoints", rows))


def test_order_of_rows_changes_nothing_and_input_stays(touchpoints, log, answer, stages):
    """Touchpoints and answers in another order give the same gaps, and are themselves untouched."""
    counts, answers = count_events(log, touchpoints), answer("pay", "kiosk", "ad")
    turned = touchpoints[::-1].reset_index(drop=True), answers[::-1]
    before = [table.copy() for table in turned]
    one = find_gaps(touchpoints, responses=answers, event_counts=counts, stages=stages)
    other = find_gaps(turned[0], responses=turned[1], event_counts=counts, stages=stages)
    pd.testing.assert_frame_equal(one, other)
    for table, then in zip(turned, before, strict=True):
        pd.testing.assert_frame_equal(table, then)


@pytest.mark.parametrize(
    ("kpi", "unmeasured"),
    [
        ({"touchpoint_id": "pay"}, ["cart", "ad"]),
        ({"stage": "Buy"}, ["ad"]),
        ({"touchpoint_id": "pay", "stage": "Notice"}, ["cart", "ad"]),
        ({"metric": "nps"}, ["pay", "cart", "ad"]),
    ],
)
def test_a_kpi_watches_its_touchpoint_or_else_its_stage(touchpoints, make_table, kpi, unmeasured):
    """A KPI of a touchpoint watches no other of the stage, and one of the journey as a whole watches none."""
    assert find_unmeasured(touchpoints, make_table("kpis", [{"kpi_id": "k", **kpi}])) == unmeasured


def test_without_kpis_nothing_is_known(touchpoints):
    """No table of KPIs is not the same as an empty one."""
    assert find_unmeasured(touchpoints, None) == []
