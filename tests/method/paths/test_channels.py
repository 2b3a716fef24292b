"""Channels: who went on from which channel of a stage, how soon, and what few people must not tell."""

from types import SimpleNamespace

import ibis
import numpy as np
import pandas as pd
import pytest

from cjm_helpers.method.paths import compare_channels

CSAT = {"csat": SimpleNamespace(id="csat", question="How was it?", min=1, max=5, better="higher")}


@pytest.fixture
def log(tmp_path):
    """Write a log as a study opens it, from rows of customer, day, touchpoint and channel."""

    def write(rows):
        rows = pd.DataFrame(rows, columns=["customer_id", "day", "touchpoint_id", "channel"])
        rows["timestamp"] = pd.Timestamp("2026-01-01") + pd.to_timedelta(rows.pop("day").astype(float), unit="D")
        rows.to_parquet(tmp_path / "events.parquet")
        return ibis.duckdb.connect().read_parquet(tmp_path / "events.parquet")

    return write


def meet(name, channel, *, people, on, place="ad", then="pay", days=1):
    """Return rows of so many people met on a channel, of whom some go on after so many days."""
    names = [f"{name}{number}" for number in range(people)]
    first = [(one, 0, place, channel) for one in names]
    return first + [(one, days, then, "Counter") for one in names[:on]]


def read(log, touchpoints, **options):
    """Return the table by stage and channel."""
    return compare_channels(log, touchpoints, **options).set_index(["stage", "channel"])


def test_the_difference_is_newcombes(log, touchpoints, stages):
    """56 of 70 against 48 of 80 differ by .20 (.0524 to .3339), as Newcombe (1998) prints it."""
    rows = meet("a", "App", people=70, on=56) + meet("w", "Web", people=80, on=48)
    app = read(log(rows), touchpoints, stages=stages, quiet_days=0).loc[("Notice", "App")]
    assert app[["k", "n", "n_other"]].tolist() == [56, 70, 80]
    assert app[["value", "difference", "difference_lo", "difference_hi"]].astype(float).round(4).tolist() == [
        0.8, 0.2, 0.0524, 0.3339,
    ]  # fmt: skip


def test_the_wait_is_kaplan_and_meiers(log, make_table):
    """Of four people one pays after 4 days, one after 8, two are still waiting: the median is 8, not 6."""
    shop = make_table("touchpoints", [
        {"touchpoint_id": one, "stage": stage} for one, stage in (("ad", "Look"), ("web", "Look"), ("buy", "Buy"))
    ])  # fmt: skip
    rows = [("c1", 1, "ad", "X"), ("c1", 3, "web", "X"), ("c1", 5, "buy", "X"), ("c2", 2, "ad", "X"),
            ("c3", 2, "web", "X"), ("c3", 10, "buy", "X"), ("c4", 28, "ad", "X")]  # fmt: skip
    assert read(log(rows), shop, min_n=2).loc[("Look", "X"), "median_days"] == 8


def test_a_channel_is_compared_with_those_not_met_on_it(log, touchpoints, stages):
    """Who was met on two channels counts on each, and among the others of neither."""
    rows = meet("a", "App", people=10, on=8) + meet("w", "Web", people=10, on=5)
    rows += [(f"a{number}", 0, "tip", "Web") for number in range(3)]
    found = read(log(rows), touchpoints, stages=stages, quiet_days=0)
    assert found.loc[("Notice", "Web"), ["k", "n", "n_other"]].tolist() == [8, 13, 7]
    assert found.loc[("Notice", "Web"), "value_other"] == pytest.approx(5 / 7)


def test_only_what_follows_the_first_meeting_counts(log, touchpoints, stages):
    """Who had paid before the App was opened did not go on from it, though from the Web."""
    rows = [(f"c{number}", day, *place) for number in range(6) for day, place in
            ((0, ("ad", "Web")), (1, ("pay", "Web")), (2, ("ad", "App")))]  # fmt: skip
    found = read(log(rows + [("z", 40, "ship", "Web")]), touchpoints, stages=stages)
    assert found.loc["Notice", "k"].to_dict() == {"Web": 6, "App": 0}


def test_who_was_seen_just_now_is_still_on_the_way(log, touchpoints, stages):
    """People of the last days who have not gone on count neither way."""
    rows = meet("a", "App", people=9, on=6) + [("late", 1, "ad", "App"), ("z", 8, "ship", "Web")]
    app = read(log(rows), touchpoints, stages=stages, quiet_days=7.5).loc[("Notice", "App")]
    assert app[["customers", "still_open", "k", "n"]].tolist() == [10, 1, 6, 9]


def test_few_people_are_hidden_and_cannot_be_subtracted(log, touchpoints, stages):
    """A channel of three keeps its n alone, and the only other one is hidden with it."""
    rows = meet("a", "App", people=3, on=1) + meet("w", "Web", people=60, on=30)
    found = read(log(rows), touchpoints, stages=stages, quiet_days=0)
    notice = found.loc["Notice"]
    assert notice["flag"].tolist() == ["suppressed"] * 2 and notice["verdict"].tolist() == ["", ""]
    numbers = notice.drop(columns=["n", "method", "flag", "verdict"])
    assert numbers.isna().all(axis=None) and notice.loc["App", "n"] == 3


def test_the_planted_channel_is_found_and_no_other(log, touchpoints, stages):
    """Where people of the App go on in 70 % and all others in 40 %, the App alone stands out above."""
    rows = meet("a", "App", people=400, on=280)
    rows += [row for name in ("Web", "Mail", "Shop") for row in meet(name, name, people=400, on=160)]
    verdicts = read(log(rows), touchpoints, stages=stages, quiet_days=0).loc["Notice", "verdict"]
    assert verdicts["App"] == "more go on" and "more go on" not in verdicts.drop("App").tolist()


def test_chance_alone_raises_few_alarms(log, touchpoints, stages):
    """Where five channels are alike, at most one of ten logs calls any of them different."""
    rng, alarms = np.random.default_rng(4), 0
    for _ in range(10):
        rows = [row for name in "vwxyz" for row in meet(name, name, people=60, on=int(rng.binomial(60, 0.5)))]
        verdicts = compare_channels(log(rows), touchpoints, stages=stages, quiet_days=0)["verdict"]
        alarms += verdicts.isin(["more go on", "fewer go on"]).any()
    assert alarms <= 1


def test_feelings_are_those_of_the_people_met_there(log, touchpoints, stages, make_table):
    """The mean feeling is over people met on the channel who answered at that stage, one number each."""
    answers = [(f"a{number}", "tip", score) for number, score in enumerate([5, 5, 4, 4, 3])]
    answers += [("a0", "ad", 1), ("nobody", "tip", 1), ("a5", "pay", 1)]
    responses = make_table("responses", [
        {"customer_id": who, "touchpoint_id": where, "metric": "csat", "score": score} for who, where, score in answers
    ])  # fmt: skip
    rows = meet("a", "App", people=9, on=6) + meet("w", "Web", people=9, on=6)
    options = {"responses": responses, "metrics": CSAT, "emotion": ("csat",), "stages": stages, "quiet_days": 0}
    notice = read(log(rows), touchpoints, **options).loc["Notice"]
    assert notice.loc["App", ["feeling", "feeling_n"]].tolist() == [0.8, 5]
    assert notice.loc["Web", ["feeling", "feeling_n"]].isna().all()


def test_the_last_stage_has_no_row(log, touchpoints, stages):
    """Where nothing can follow, no channel is called good or bad."""
    rows = meet("a", "App", people=9, on=6) + meet("p", "Web", people=9, on=0, place="pay")
    assert set(compare_channels(log(rows), touchpoints, stages=stages)["stage"]) == {"Notice"}


def test_without_a_log_or_events_the_table_is_empty(log, touchpoints):
    """No log, no touchpoints, and a log of strangers give the same columns and no row."""
    strange = log([("a", 0, "elsewhere", "Web")])
    for table in (compare_channels(None, touchpoints), compare_channels(strange, touchpoints),
                  compare_channels(strange, touchpoints[:0])):  # fmt: skip
        assert table.empty and {"stage", "channel", "value", "verdict", "median_days", "feeling"} <= set(table)


def test_order_changes_nothing_and_inputs_stay(log, touchpoints, stages):
    """A shuffled log gives the same table, and the touchpoints keep their order."""
    before, rows = touchpoints.copy(), meet("a", "App", people=9, on=6) + meet("w", "Web", people=9, on=2)
    one = compare_channels(log(rows), touchpoints, stages=stages)
    two = compare_channels(log(rows[::-1]), touchpoints, stages=stages)
    pd.testing.assert_frame_equal(one, two)
    pd.testing.assert_frame_equal(touchpoints, before)
