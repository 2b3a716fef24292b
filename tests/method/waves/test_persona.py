"""One verdict a persona: which figure speaks for the journey as a whole, and how sure it must be."""

import pytest

from cjm_helpers.method.waves import compare_waves
from cjm_helpers.method.waves.persona import MEAN, judge_persona

GLAD, SAD = [10] * 30 + [9] * 10, [2] * 30 + [5] * 10
HIGH, LOW = [5, 4] * 20, [1, 2] * 20
NPS = {"kpi_id": "k1", "name": "Would recommend us", "kind": "nps", "metric": "nps", "direction": "higher"}


@pytest.fixture
def judge(make_waves):
    """Judge a part with these answers before and now."""

    def make(before, now, **shared):
        part = make_waves(before={"responses": before}, now={"responses": now}, **shared)
        return judge_persona(part, compare_waves([part]))

    return make


def test_the_kpi_on_the_outcome_speaks_first(judge, rate):
    """What the report says of that KPI is what the index says, word for word, whatever the feelings did."""
    before, now = rate(SAD, "", metric="nps") + rate(HIGH), rate(GLAD, "", metric="nps") + rate(LOW)
    told = judge(before, now, kpis=[NPS])
    assert told["verdict"] == "better"
    assert told["sentence"].startswith("Would recommend us: −100 points in w1, 100 points in w2: better by 200 points")


def test_what_became_of_all_else_is_counted_beside_it(judge, rate):
    """The outcome speaks for the whole, so the sentence ends with how many single things went which way."""
    before, now = rate(SAD, "", metric="nps") + rate(HIGH), rate(GLAD, "", metric="nps") + rate(LOW)
    assert judge(before, now, kpis=[NPS])["sentence"].endswith(" Of 1 other comparison: none better, 1 worse.")


def test_a_kpi_of_a_single_step_does_not_speak_for_the_whole(judge, rate):
    """A KPI on the same question asked at one touchpoint is passed over."""
    before, now = rate(SAD, "", metric="nps"), rate(SAD, "", metric="nps")
    step = NPS | {"touchpoint_id": "pay"}
    told = judge(before + rate(SAD, metric="nps"), now + rate(GLAD, metric="nps"), kpis=[step])
    assert told["verdict"] == "no evidence" and told["sentence"].startswith("NPS: −100 points in w1")


def test_without_a_kpi_the_answers_to_the_outcome_speak(judge, rate):
    """An outcome that nobody made a KPI of is compared all the same."""
    told = judge(rate(GLAD, "", metric="nps"), rate(SAD, "", metric="nps"))
    assert told["verdict"] == "worse" and told["sentence"].startswith("NPS: 100 points in w1, −100 points in w2: worse")


def test_an_outcome_on_another_scale_is_a_mean(judge, rate):
    """A question in whose name no NPS stands is no NPS; where lower is better, less is better."""
    told = judge(
        rate([9, 8] * 20, "", metric="days"), rate([2, 3] * 20, "", metric="days"), settings={"outcome": "days"}
    )
    assert told["verdict"] == "better" and told["sentence"].startswith("days: 8.5 in w1, 2.5 in w2")


def test_without_an_outcome_in_both_waves_the_mean_feeling_speaks(judge, rate):
    """Each person counts once, with the mean of what they rated."""
    told = judge(rate(LOW) + rate(SAD, "", metric="nps"), rate(HIGH), kpis=[NPS])
    assert told["verdict"] == "better"
    assert told["sentence"].startswith(f"{MEAN}: −1.50 in w1, +1.50 in w2: better by 3.0")


def test_a_step_asked_in_one_wave_alone_does_not_move_the_mean(judge, rate):
    """A new question about a pleasant step makes nobody happier; nor does another question at an old one."""
    same = judge(rate(LOW), rate(LOW) + rate(HIGH, "ad"))
    assert same["verdict"] == "no evidence" and "−1.50 in w1, −1.50 in w2" in same["sentence"]
    assert judge(rate(LOW), rate([7] * 40, metric="csat7"))["verdict"] == ""


def test_four_people_are_too_few(judge, rate):
    """Under min_n in either wave there is no verdict, and no value is said."""
    told = judge(rate(LOW), rate([5] * 4))
    assert told["verdict"] == "too few"
    assert told["sentence"] == f"{MEAN}: too few to compare (40 in w1, 4 in w2; 5 needed)."


def test_what_chance_could_do_among_all_tests_is_no_evidence(make_waves, rate):
    """A difference that would count alone does not where many other things were tested."""
    part = make_waves(before={"responses": rate([3, 4] * 30)}, now={"responses": rate([4, 4, 4, 3] * 15)})
    alone = compare_waves([part])
    many = alone.loc[alone.index.repeat(60)].assign(p=0.6).iloc[1:]
    assert 0.001 < alone["p"].iloc[0] < 0.02
    assert judge_persona(part, alone)["verdict"] == "better"
    told = judge_persona(part, many)
    assert told["verdict"] == "no evidence" and "among so many comparisons, 0.25 may be chance" in told["sentence"]


def test_nothing_in_common_is_no_verdict(judge, rate):
    """Where the two waves share no question, the sentence says so and no word is given."""
    told = judge(rate(HIGH), rate(HIGH, "ad"))
    assert told["verdict"] == "" and "in both waves" in told["sentence"]


def test_the_part_stays_as_it_was(make_waves, rate):
    """Judging changes no table."""
    part = make_waves(before={"responses": rate(LOW)}, now={"responses": rate(HIGH)})
    compared = compare_waves([part])
    tables = [part.responses.copy(), part.earlier.responses.copy(), compared.copy()]
    judge_persona(part, compared)
    assert all(one.equals(other) for one, other in zip(tables, (part.responses, part.earlier.responses, compared)))
