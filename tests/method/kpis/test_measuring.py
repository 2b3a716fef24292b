"""KPIs: each value has n and interval, and a verdict only where the interval allows one."""

from types import SimpleNamespace as Metric

import numpy as np
import pandas as pd
import pytest

from cjm_helpers.errors import DirectionMissing, ParameterError, ScaleUnfit, ScoresOutsideScale
from cjm_helpers.method.kpis import measure_kpis
from cjm_helpers.method.kpis.measuring import COLUMNS

METRICS = {
    "nps": Metric(min=0, max=10, better="higher"),
    "csat": Metric(min=1, max=5, better="higher"),
    "ease": Metric(min=1, max=7, better="higher"),
    "effort": Metric(min=1, max=7, better="lower"),
    "bought": Metric(min=0, max=1, better="higher"),
    "minutes": Metric(min=0, max=600, better="lower"),
}


@pytest.fixture
def measure(make_table):
    """Measure one KPI from answers and readings given as rows; the KPI's defaults are those of an overall NPS."""

    def make(answers=(), readings=(), *, min_n: int = 5, **kpi) -> dict:
        kpi = {"kpi_id": "k1", "name": "NPS", "kind": "nps", "metric": "nps", "direction": "higher"} | kpi
        responses = answers if isinstance(answers, pd.DataFrame) else make_table("responses", answers)
        kpi_readings = make_table("kpi_readings", [{"kpi_id": "k1", "period": "2026-03"} | row for row in readings])
        kpis = make_table("kpis", [kpi])
        table = measure_kpis(kpis, responses, kpi_readings=kpi_readings, metrics=METRICS, min_n=min_n)
        assert list(table.columns) == list(COLUMNS)
        return table.iloc[0].to_dict()

    return make


def give(*scores_and_counts, metric: str = "nps", **more) -> list[dict]:
    """Return anonymous answers, (score, how many) each."""
    return [{"metric": metric, "score": score, "count": count} | more for score, count in scores_and_counts]


HIDDEN = ("value", "lo", "hi", "unweighted", "variance")
NPS_45 = give((9, 60), (7, 25), (0, 15))


def test_nps_has_its_adjusted_interval(measure):
    """60 / 25 / 15: NPS 45, adjusted 29.34 to 58.04 from 100 people (Rocks 2016; Lewis & Sauro)."""
    row = measure(NPS_45)
    assert [row[name] for name in ("value", "n", "lo", "hi")] == pytest.approx([45, 100, 29.34, 58.04], abs=0.005)
    assert row["flag"] == "reportable" and row["unweighted"] == 45


def test_customers_count_once(measure):
    """A detractor who answered five times is one of six people, and half a promoter counts by half."""
    answers = [{"customer_id": "c0", "metric": "nps", "score": 0}] * 5
    answers += [{"customer_id": f"c{i}", "metric": "nps", "score": 10} for i in range(1, 6)]
    answers += [{"customer_id": "c5", "metric": "nps", "score": 8}]
    row = measure(answers)
    assert row["n"] == 6 and row["value"] == pytest.approx(100 * (4.5 - 1) / 6)


def test_weights_give_both_values(measure):
    """With weights the value is weighted and the plain one stands beside it; n stays the plain count."""
    row = measure(give((10, 20), weight=3.0) + give((0, 20), weight=1.0))
    assert row["value"] == pytest.approx(50) and row["unweighted"] == pytest.approx(0) and row["n"] == 40


def test_csat_is_the_share_of_the_two_best_answers(measure):
    """On 1 to 5 those are 4 and 5; where lower is better they are 1 and 2; the interval is Wilson's."""
    answers = give((5, 10), (4, 5), (3, 9), (1, 6), metric="csat")
    row = measure(answers, kind="csat", metric="csat")
    assert row["value"] == pytest.approx(15 / 30) and row["method"] == "Wilson"
    answers = give((1, 10), (2, 5), (3, 15), metric="effort")
    assert measure(answers, kind="csat", metric="effort")["value"] == pytest.approx(15 / 30)


def test_means_have_t_intervals_on_their_scale(measure):
    """4, 5, 3, 4, 5: mean 4.2, interval 3.161 to 5 (by hand); ces is a mean too."""
    row = measure(give((4, 2), (5, 2), (3, 1), metric="csat"), kind="mean", metric="csat")
    assert [row[name] for name in ("value", "lo", "hi")] == pytest.approx([4.2, 3.161, 5], abs=0.0005)
    assert measure(give((7, 3), (5, 3), metric="ease"), kind="ces", metric="ease")["value"] == 6


def test_a_kpi_looks_at_its_touchpoint(measure):
    """A KPI of a touchpoint hears answers there; one without hears answers about the whole journey."""
    answers = give((5, 10), metric="csat", touchpoint_id="pay") + give((1, 10), metric="csat")
    assert measure(answers, kind="mean", metric="csat", touchpoint_id="pay")["value"] == 5
    assert measure(answers, kind="mean", metric="csat")["value"] == 1


def test_the_newest_wave_is_measured(measure):
    """Of two waves the one with the newest date counts, whatever its name."""
    old = give((0, 30), wave="z-old", date="2026-03-31")
    new = give((10, 30), wave="a-new", date="2026-09-30")
    row = measure(old + new)
    assert (row["value"], row["n"], row["period"]) == (100, 30, "a-new")


def test_readings_stand_in_the_newest_period(measure):
    """A KPI without a metric comes from its readings, with Wilson's interval and a verdict."""
    readings = [{"numerator": 310, "denominator": 1000}, {"period": "2026-02", "numerator": 1, "denominator": 9}]
    row = measure(readings=readings, kind="proportion", metric="", direction="lower", baseline=0.2)
    assert (row["period"], row["value"], row["n"], row["word"]) == ("2026-03", 0.31, 1000, "worse than baseline")


def test_a_reading_without_cases_gets_no_verdict(measure):
    """A value alone is shown as read, and called neither better nor worse."""
    row = measure(readings=[{"value": 9.5}], kind="duration", metric="", baseline=5, target=12)
    assert (row["value"], row["status"], row["word"]) == (9.5, "no interval", "no interval, so no verdict")
    assert np.isnan(row["n"]) and row["flag"] == "indicative"


def test_answers_come_before_readings(measure):
    """A KPI with a metric uses its answers; where nobody was asked it uses its readings."""
    readings = [{"value": 10, "sd": 90, "n": 400}]
    assert measure(NPS_45, readings)["value"] == 45 and measure([], readings)["value"] == 10


@pytest.mark.parametrize(
    ("direction", "target", "status"),
    [("higher", 29, "met"), ("higher", 59, "missed"), ("higher", 45, "too close to call"),
     ("higher", None, "no target"), ("lower", 59, "met"), ("lower", 29, "missed"), ("lower", 45, "too close to call")],
)  # fmt: skip
def test_status_has_three_states(measure, direction, target, status):
    """NPS 45 (29.3 to 58.0): met when the whole interval is at or beyond the target, missed when all is short of it."""
    assert measure(NPS_45, direction=direction, target=target)["status"] == status


@pytest.mark.parametrize(
    ("direction", "baseline", "word"),
    [("higher", 29, "better than baseline"), ("higher", 59, "worse than baseline"),
     ("higher", 44, "no clear change from baseline"), ("lower", 29, "worse than baseline"),
     ("lower", 59, "better than baseline"), ("lower", 30, "no clear change from baseline")],
)  # fmt: skip
def test_the_word_needs_an_interval_that_excludes_the_baseline(measure, direction, baseline, word):
    """NPS 45 (29.3 to 58.0) moved only when the baseline lies outside; which way is better is the KPI's to say."""
    assert measure(NPS_45, direction=direction, baseline=baseline, target=100)["word"] == word


def test_without_a_baseline_the_word_speaks_of_the_target(measure):
    """The word falls back to the target, and is empty when there is none; the benchmark has a verdict of its own."""
    assert [measure(NPS_45, target=goal)["word"] for goal in (20, 90, 45, None)] == [
        "target met", "target missed", "too close to the target to call", "",
    ]  # fmt: skip
    assert measure(NPS_45, benchmark=20)["benchmark_status"] == "met"
    assert measure(NPS_45)["benchmark_status"] == "no benchmark"


def test_too_few_answers_are_suppressed_without_a_verdict(measure):
    """Four answers leave n alone: no value, no interval, no status; nobody at all is no data."""
    row = measure(give((10, 4)), target=0, baseline=0)
    assert row["n"] == 4 and np.isnan([row[name] for name in HIDDEN]).all()
    assert (row["flag"], row["status"], row["word"]) == ("suppressed", "no data", "fewer than 5 answers")
    assert (measure()["n"], measure()["status"], measure()["word"]) == (0, "no data", "no data")


@pytest.mark.parametrize(("kind", "metric"), [("nps", "csat"), ("csat", "bought"), ("proportion", "nps")])
def test_a_kind_that_does_not_fit_its_scale_is_refused(measure, kind, metric):
    """NPS needs 0 to 10, csat three points or more, a proportion 0 to 1; the sentence names the KPI and the metric."""
    with pytest.raises(ScaleUnfit, match=f"'k1' is of kind '{kind}'.*'{metric}' has"):
        measure(give((1, 10), metric=metric), kind=kind, metric=metric)


def test_what_cannot_be_is_refused(measure):
    """A metric that is not declared and a score off the scale are refused in a sentence."""
    with pytest.raises(ParameterError, match="Did you mean 'nps'"):
        measure(give((1, 10), metric="nsp"), metric="nsp")
    with pytest.raises(ScoresOutsideScale, match="whole numbers"):
        measure(give((11, 10)))


def test_order_of_rows_changes_nothing_and_input_stays(measure, make_table):
    """Shuffled answers give the same row to the last bit, and are themselves untouched."""
    scores = np.random.default_rng(0).integers(0, 11, 90)
    rows = [{"customer_id": f"c{i % 40}", "score": score, "weight": 1 + i % 3 / 7} for i, score in enumerate(scores)]
    responses = make_table("responses", [row | {"metric": "nps"} for row in rows])
    shuffled = responses.sample(frac=1, random_state=6)
    before = shuffled.copy()
    pd.testing.assert_series_equal(pd.Series(measure(responses)), pd.Series(measure(shuffled)), check_exact=True)
    pd.testing.assert_frame_equal(shuffled, before)


def test_no_kpis_give_an_empty_table(make_table):
    """A study without KPIs has an empty table with all its columns."""
    empty = {name: make_table(name, []) for name in ("kpis", "responses", "kpi_readings")}
    table = measure_kpis(empty["kpis"], empty["responses"], kpi_readings=empty["kpi_readings"], metrics=METRICS)
    assert table.empty and list(table.columns) == list(COLUMNS)


def test_durations_are_medians(measure):
    """1, 2, 3, 4, 100 minutes: 3, and one who waited long moves neither it nor its lower end; readings stay a mean."""
    answers = give((1, 1), (2, 1), (3, 1), (4, 1), (100, 1), metric="minutes")
    row = measure(answers, kind="duration", metric="minutes", direction="lower")
    assert [row[name] for name in ("value", "lo", "hi", "method")] == [3, 1, 100, "Kaplan-Meier median"]
    readings = [{"value": 6, "sd": 2, "n": 40}]
    assert measure(readings=readings, kind="duration", metric="minutes")["method"] == "t"


def test_the_variance_is_that_of_one_answer(measure):
    """NPS 60 / 25 / 15: .5475 x 100 squared (by hand); a share p (1 - p); a mean its squared standard deviation."""
    assert measure(NPS_45)["variance"] == pytest.approx(5475)
    assert measure(give((1, 30), (0, 70), metric="bought"), kind="proportion", metric="bought")[
        "variance"
    ] == pytest.approx(0.21)
    scores = give((4, 2), (5, 2), (3, 1), metric="csat")
    assert measure(scores, kind="mean", metric="csat")["variance"] == pytest.approx(0.7)
    readings = {"proportion": {"numerator": 30, "denominator": 100}, "mean": {"value": 5, "sd": 2, "n": 9}}
    found = [measure(readings=[row], kind=kind, metric="")["variance"] for kind, row in readings.items()]
    assert found == pytest.approx([0.21, 4])


def test_the_variance_bears_the_weights(measure):
    """Divided by n it is the squared standard error: with weights 3 and 1 forty people are worth 32."""
    weighted = measure(give((10, 20), weight=3.0) + give((0, 20), weight=1.0))
    assert weighted["variance"] / 40 == pytest.approx((1 - 0.5**2) * 100**2 / 32)


def test_a_ces_says_which_way_is_better(measure):
    """Ease and effort run opposite ways, so that a CES without a direction is refused in a sentence."""
    with pytest.raises(DirectionMissing, match="The direction of the KPI 'k1' [(]ces[)] is not set.*higher or lower"):
        measure(give((7, 9), metric="ease"), kind="ces", metric="ease", direction="")
