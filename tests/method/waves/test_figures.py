"""KPIs in two waves: each kind has its test, and what does not go together is said."""

import pytest

from cjm_helpers.method.waves import compare_waves


@pytest.fixture
def compare(make_waves):
    """Compare one KPI over two waves."""

    def make(before, now, **kpi) -> dict:
        kpi = {"kpi_id": "k1", "name": "It", "kind": "mean", "direction": "higher"} | kpi
        renames = kpi.pop("renames", [])
        return compare_waves([make_waves(kpis=[kpi], before=before, now=now, renames=renames)]).iloc[-1].to_dict()

    return make


def read(**reading) -> dict:
    return {"kpi_readings": [{"kpi_id": "k1", "period": "m"} | reading]}


def test_means_take_welch(compare, rate):
    """3,2,4,3,3 to 4,5,3,4,5: 1.2, interval .065 to 2.335, p .0408 (methods.md section 10)."""
    sides = [{"responses": rate(scores, "", metric="csat")} for scores in ([3, 2, 4, 3, 3], [4, 5, 3, 4, 5])]
    row = compare(*sides, metric="csat")
    assert [row[name] for name in ("delta", "lo", "hi", "p")] == pytest.approx([1.2, 0.065, 2.335, 0.0408], abs=5e-4)


def test_top_boxes_take_newcombe(compare, rate):
    """48 of 80 to 56 of 70 who said 4 or 5: .20, interval .0524 to .3339 (Newcombe 1998)."""
    sides = [{"responses": rate([5] * k + [2] * (n - k), "", metric="csat")} for k, n in ((48, 80), (56, 70))]
    row = compare(*sides, kind="csat", metric="csat")
    assert [row[name] for name in ("delta", "lo", "hi")] == pytest.approx([0.20, 0.0524, 0.3339], abs=5e-5)


def test_nps_takes_the_adjusted_z(compare, rate):
    """60/25/15 to 80/40/30: -11.67, interval -30.04 to 8.02 (methods.md section 7)."""
    camps = ((60, 25, 15), (80, 40, 30))
    sides = [{"responses": rate([9] * p + [7] * q + [0] * d, "", metric="nps")} for p, q, d in camps]
    row = compare(*sides, kind="nps", metric="nps")
    assert [row[name] for name in ("delta", "lo", "hi")] == pytest.approx([-11.67, -30.04, 8.02], abs=0.005)


def test_durations_take_the_log_rank_test(compare, rate):
    """Days of single customers: medians are shown, the log-rank test decides, and shorter is better."""
    sides = [{"responses": rate(range(start, start + 30), "", metric="days")} for start in (20, 5)]
    row = compare(*sides, kind="duration", metric="days", direction="lower", unit="days")
    assert (row["before"], row["after"], row["verdict"]) == (34.5, 19.5, "improved")
    assert row["method"] == "log-rank test, medians"


def test_readings_give_back_their_spread(compare):
    """A mean with its standard deviation and cases takes the same test as the answers themselves."""
    sides = [read(value=mean, sd=sd, n=5) for mean, sd in ((3.0, 0.70711), (4.2, 0.83666))]
    assert compare(*sides)["p"] == pytest.approx(0.0408, abs=5e-5)


def test_a_clipped_nps_reading_keeps_its_spread(compare):
    """Its interval is cut off at 100, its test is not; NPS readings are told in points."""
    row = compare(read(value=95, sd=60, n=20), read(value=20, sd=60, n=400), kind="nps")
    assert row["p"] < 0.001 and "points" in row["sentence"]


def test_a_number_without_cases_is_not_tested(compare):
    """A reading that came without its cases is told from nothing."""
    row = compare(read(value=9.5), read(value=3.0, sd=1, n=90))
    assert row["sentence"] == "“It” was read in w1 without cases or spread: no test."


def test_answers_and_readings_are_not_compared(compare, rate):
    """A KPI that came from a system and now comes from a survey is another measure."""
    row = compare(read(value=3.0, sd=1, n=90), {"responses": rate([3, 4] * 20, "", metric="csat")}, metric="csat")
    assert row["sentence"] == "“It” comes from answers in w2 and from readings in w1: no test."


def test_a_renamed_metric_is_a_break(compare, rate):
    """A new wording is a new metric: its KPI starts anew, and the sentence names both scales."""
    renames = [{"kind": "metric", "old_id": "csat", "new_id": "csat7", "wave": "w2"}]
    sides = [{"responses": rate([3, 4] * 20, "", metric=metric)} for metric in ("csat", "csat7")]
    row = compare(*sides, metric="csat7", renames=renames)
    assert row["verdict"] == "not compared"
    assert "w2 asked csat7 (scale 1 to 7), w1 asked csat (scale 1 to 5)" in row["sentence"]


def test_a_renamed_kpi_is_followed(compare):
    """Readings under the old id are compared with those under the new one."""
    renames = [{"kind": "kpi", "old_id": "k0", "new_id": "k1", "wave": "w2"}]
    row = compare(read(kpi_id="k0", numerator=30, denominator=100), read(numerator=60, denominator=100),
                  kind="proportion", renames=renames)  # fmt: skip
    assert (row["n1"], row["verdict"]) == (100, "improved")


def test_a_kpi_nobody_measured_has_no_row(make_waves):
    """A KPI without a number in either wave is not among what is compared."""
    kpi = [{"kpi_id": "k1", "name": "It", "kind": "mean", "direction": "higher"}]
    assert compare_waves([make_waves(kpis=kpi)]).empty


def test_a_kpi_of_a_new_touchpoint_is_not_tested(compare, rate):
    """A KPI whose touchpoint came with the second wave is listed as added."""
    new = [{"touchpoint_id": "code", "name": "Code for a friend", "stage": "Buy"}]
    now = {"responses": rate([3, 4] * 20, "code"), "touchpoints": new}
    row = compare({}, now, metric="csat", touchpoint_id="code")
    assert (row["object"], row["sentence"]) == ("kpi", "“Code for a friend” is only in w2 (added): no test.")
