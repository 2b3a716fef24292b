"""Underserved needs: importance, what satisfaction lacks of it, and how sure that is."""

from types import SimpleNamespace as Metric

import pandas as pd
import pytest

from cjm_helpers.errors import CjmError, FaultsFound, ScoresOutsideScale
from cjm_helpers.method.opportunities import score_needs

FIVE = Metric(min=1, max=5, better="higher")
METRICS = {"need": FIVE, "csat": FIVE, "effort": Metric(min=1, max=5, better="lower")}


def answer(important, satisfied, *, place="pay", of=20, metric="csat", prefix="c"):
    """Make answers of so many people, of whom the first so many are important and satisfied."""
    rows = [
        {"touchpoint_id": place, "customer_id": f"{prefix}{i}", "metric": name, "score": 5.0 if i < best else 2.0}
        for name, best in (("need", important), (metric, satisfied))
        for i in range(of)
    ]
    return pd.DataFrame(rows).assign(count=1.0, weight=float("nan"))


def score(*answers, satisfaction="csat", **options):
    """Score needs of tables of answers put together."""
    responses = pd.concat(answers, ignore_index=True)
    return score_needs(responses, metrics=METRICS, importance="need", satisfaction=satisfaction, **options)


def test_top_boxes_make_the_score():
    """19 of 20 important, 6 of 20 satisfied: 9.5 + (9.5 - 3) = 16; where all are satisfied only importance counts."""
    table = score(answer(19, 6), answer(12, 16, place="ad"))
    assert table["touchpoint_id"].tolist() == ["pay", "ad"] and table["value"].tolist() == [16, 6]
    assert table["level"].tolist() == ["extreme", "served"] and table["rank"].tolist() == [1, 2]
    assert table.loc[0, ["importance", "satisfaction", "n"]].tolist() == [9.5, 3, 20]


@pytest.mark.parametrize(("satisfied", "level"), [(12, "served"), (8, "solid"), (2, "high"), (0, "extreme")])
def test_levels_begin_above_their_bound(satisfied, level):
    """Importance 8 and satisfaction 6, 4, 1 lie exactly on 10, 12 and 15: the level below counts."""
    assert score(answer(16, satisfied, of=20))["level"].tolist() == [level]


def test_intervals_hold_the_score_and_shrink_with_n():
    """The interval holds the value, and that of 400 people lies within that of 20."""
    few, many = (score(answer(size * 0.7, size * 0.4, of=size)).iloc[0] for size in (20, 400))
    assert few["lo"] < many["lo"] < many["value"] < many["hi"] < few["hi"]


def test_the_same_people_are_drawn_with_both_answers():
    """Where the satisfied are those to whom it matters, the score is surer than where others are."""
    together, apart = answer(100, 100, of=200), answer(100, 100, of=200)
    apart.loc[apart["metric"].eq("csat"), "score"] = apart.loc[apart["metric"].eq("csat"), "score"].to_numpy()[::-1]
    widths = [one["hi"] - one["lo"] for one in (score(together).iloc[0], score(apart).iloc[0])]
    assert widths[0] < widths[1]


def test_lower_may_be_better():
    """On a metric where low is good the two lowest answers are the best."""
    table = score(answer(20, 20, metric="effort"), satisfaction="effort")
    assert table["satisfaction"].tolist() == [0]


def test_answers_that_are_all_alike_are_not_certain():
    """Twenty equal answers still leave room for people who were not asked."""
    row = score(answer(20, 0)).iloc[0]
    assert row["value"] == 20 and row["lo"] < 17 and row["hi"] == 20 and row["method"].startswith("Wilson")


def test_few_customers_keep_n_and_lose_every_number():
    """Under min_n of either question nothing but n is left, and it ranks nowhere."""
    few = answer(4, 0, of=4, place="ad")
    table = score(answer(19, 6), few).set_index("touchpoint_id")
    hidden = ["value", "lo", "hi", "importance", "satisfaction", "rank"]
    assert table.loc["ad", hidden].isna().all() and table.loc["ad", "n"] == 4
    assert table.loc["ad", ["flag", "level", "level_lo"]].tolist() == ["suppressed", "", ""]


def test_one_question_alone_is_no_need():
    """A touchpoint with one of the two answers keeps its row and says what it needs."""
    alone = answer(9, 9, place="ad")
    row = score(answer(19, 6), alone[alone["metric"].eq("need")]).set_index("touchpoint_id").loc["ad"]
    assert pd.isna(row["value"]) and (row["n_importance"], row["n_satisfaction"], row["n"]) == (20, 0, 0)
    assert row["method"] == "needs answers to both questions"


def test_people_without_id_are_never_joined():
    """Two answers without a customer are two people, whichever question they answer."""
    table = score(answer(10, 10).assign(customer_id=""))
    assert table[["n_importance", "n_satisfaction"]].values.tolist() == [[20, 20]] and table["value"].tolist() == [5]


def test_what_cannot_be_scored_is_refused():
    """A question not asked, a scale of two points and a score outside its scale each say so."""
    with pytest.raises(CjmError, match="Nobody was asked yet how important the steps are.*'nead'. Did you mean 'need'"):
        score_needs(answer(1, 1), metrics=METRICS, importance="nead", satisfaction="csat")
    short = METRICS | {"need": Metric(min=0, max=1, better="higher")}
    with pytest.raises(FaultsFound, match="'need' runs from 0 to 1, so its two best answers are all of it"):
        score_needs(answer(1, 1), metrics=short, importance="need", satisfaction="csat")
    with pytest.raises(ScoresOutsideScale, match="scores from 1 to 5"):
        score(answer(1, 1).replace({"score": {5.0: 9.0}}))


def test_no_answers_give_an_empty_table():
    """A survey that has not run yet shows no need."""
    assert score(answer(1, 1).iloc[:0]).empty


def test_order_of_answers_changes_nothing():
    """Rows in another order give the same table, and the input stays as it was."""
    answers = answer(15, 6)
    before = answers.copy()
    pd.testing.assert_frame_equal(score(answers), score(answers[::-1]))
    pd.testing.assert_frame_equal(answers, before)
