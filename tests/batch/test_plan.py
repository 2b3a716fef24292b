"""Tests of planning: who gets a report, and which parameters are refused before any kernel starts."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from cjm_helpers.batch.plan import plan_reports
from cjm_helpers.errors import CjmError, ParameterError
from cjm_helpers.study.kit import kit_folder
from cjm_helpers.study.settings import Wave

TEMPLATES = kit_folder() / "templates" / "reports"
TEMPLATE, COMPARISON = TEMPLATES / "persona_report.ipynb", TEMPLATES / "comparison.ipynb"


def plan_all(study, notebook, tmp_path, **options):
    """Plan the reports of a study into a folder of the test."""
    return plan_reports(study, notebook=notebook, look=tmp_path, out=tmp_path / "out", **options)


def plan(study, notebook, tmp_path, **options):
    """Return the reports of a plan."""
    return plan_all(study, notebook, tmp_path, **options).reports


def list_pages(reports):
    """Return the names of the pages of some reports."""
    return [report.page.name for report in reports]


def test_everyone_comes_first_then_each_persona(shop, notebook, tmp_path):
    """A plan holds one report for everyone and one for each persona, in the order of the worksheet."""
    assert [report.persona_id for report in plan(shop, notebook, tmp_path)] == ["everyone", "anna", "ben"]


def test_named_personas_only(shop, notebook, tmp_path):
    """Naming personas leaves the others and everyone out; naming one twice changes nothing."""
    assert [report.persona_id for report in plan(shop, notebook, tmp_path, personas=["ben", "ben"])] == ["ben"]


def test_study_is_handed_over_as_absolute_path(shop, notebook, tmp_path):
    """A kernel works in another folder, so the study's path is absolute; seed and wave are those of the study."""
    parameters = plan(shop, notebook, tmp_path)[0].parameters
    assert parameters == {"study": str(shop.folder.resolve()), "persona_id": "everyone", "wave": "all", "seed": 0}


def test_unknown_persona_is_refused_with_the_nearest(shop, notebook, tmp_path):
    """A misspelt persona is an error that names the nearest one, not a report on somebody else."""
    with pytest.raises(ParameterError, match="persona_id = 'ana' is not known. Did you mean 'anna'"):
        plan(shop, notebook, tmp_path, personas=["ana"])


def test_unknown_wave_is_refused(shop, notebook, tmp_path):
    """A wave that the study does not know is an error."""
    with pytest.raises(ParameterError, match="wave = '2001' is not known"):
        plan(shop, notebook, tmp_path, wave="2001")


def test_the_shipped_template_takes_what_is_planned(shop, tmp_path):
    """The shipped report notebook passes the check with the parameters of a plan."""
    assert len(plan(shop, TEMPLATE, tmp_path)) == 3


def test_the_comparison_comes_last(example, tmp_path):
    """Two personas or more get one report that compares them; every page knows of it."""
    reports = plan(
        example, TEMPLATE, tmp_path, comparison=COMPARISON, personas=["everyone", "gift_buyer", "busy_parent"]
    )
    assert [report.page.name for report in reports][1:] == ["busy_parent.html", "gift_buyer.html", "comparison.html"]
    assert reports[-1].persona_id == "" and reports[-1].parameters["persona_ids"] == ["busy_parent", "gift_buyer"]
    assert {report.facts["comparison"] for report in reports} == {"comparison.html"}


@pytest.mark.parametrize("personas", [["busy_parent"], ["everyone", "busy_parent"]])
def test_one_persona_is_not_compared(example, tmp_path, personas):
    """One persona alone, or with everyone, gets no comparison and no link to one."""
    reports = plan(example, TEMPLATE, tmp_path, comparison=COMPARISON, personas=personas)
    assert len(reports) == len(personas) and reports[0].facts["comparison"] == ""


def test_personas_of_whom_nothing_is_known_are_not_compared(shop, notebook, tmp_path):
    """Two names without an answer or a statement leave nothing to compare."""
    assert len(plan(shop, notebook, tmp_path, comparison=COMPARISON)) == 3


def test_a_page_keeps_its_name_in_a_run_of_its_own(example, tmp_path):
    """A run for one persona writes the page that a run for all would write."""
    alone = plan(example, TEMPLATE, tmp_path, personas=["gift_buyer"])[0].page
    assert alone in [report.page for report in plan(example, TEMPLATE, tmp_path)]


def test_each_combination_has_a_report(example, tmp_path):
    """Every persona and everyone in every market, each with the filter, name and page of its own."""
    reports = plan(example, TEMPLATE, tmp_path, each=("persona", "market"))
    assert len(reports) == 15 and list_pages(reports)[:2] == ["everyone_Austria.html", "busy_parent_Austria.html"]
    assert reports[1].parameters["dimension"] == "market=Austria"
    assert reports[1].name == "Lena, the time-poor parent, Austria"
    assert reports[1].lens == {"persona": "busy_parent", "market": "Austria"}


def test_personas_are_compared_in_each_combination(example, tmp_path):
    """Each market has a comparison of its own, which the pages of that market link to."""
    chosen = ["everyone", "gift_buyer", "busy_parent"]
    reports = plan(example, TEMPLATE, tmp_path, comparison=COMPARISON, personas=chosen, each=("persona", "market"))
    pages = list_pages(reports)
    assert pages[-3:] == ["comparison_Austria.html", "comparison_Germany.html", "comparison_Netherlands.html"]
    assert {report.facts["comparison"].partition("_")[2] for report in reports if "Germany" in report.name} == {
        "Germany.html"
    }
    assert reports[-1].parameters["persona_ids"] == ["busy_parent", "gift_buyer"]
    assert reports[-1].parameters["dimension"] == "market=Netherlands" and reports[-1].lens["persona"] == ""


def test_each_wave_has_a_report(example, tmp_path):
    """A wave as a lens stands in the page's name and the report's facts; waves without rows have none."""
    reports = plan(example, TEMPLATE, tmp_path, each=("wave", "market"), personas=["gift_buyer"])
    assert list_pages(reports)[0] == "gift_buyer_2026-03_Austria.html" and len(reports) == 6
    assert [reports[0].parameters["wave"], reports[0].facts["wave"]] == ["2026-03", "2026-03"]
    assert plan_all(example, TEMPLATE, tmp_path, each=("wave",)).wave == "all"


def test_markets_alone_are_of_everyone(example, tmp_path):
    """Without persona among the words, each market has one report on all its customers."""
    assert list_pages(plan(example, TEMPLATE, tmp_path, comparison=COMPARISON, each=("market",))) == [
        "everyone_Austria.html", "everyone_Germany.html", "everyone_Netherlands.html",
    ]  # fmt: skip


def test_combinations_with_few_customers_are_left_out(example, tmp_path):
    """Where fewer than min_n customers were heard no report is made, and nothing tells how many they are."""
    strict = replace(example, settings=replace(example.settings, min_n=100))
    done = plan_all(strict, TEMPLATE, tmp_path, comparison=COMPARISON, each=("persona", "market"))
    left = {(one.lens["persona"], one.lens["market"]) for one in done.left_out}
    made = {(report.lens["persona"], report.lens["market"]) for report in done.reports if report.persona_id}
    assert left and made and not left & made and len(left | made) == 15
    assert {one.reason for one in done.left_out} == {"fewer than 100 customers, who might be recognised"}
    for report in done.reports[len(made) :]:
        assert {(one, report.lens["market"]) for one in report.parameters["persona_ids"]} <= made


def test_personas_without_customers_have_a_report(shop, notebook, tmp_path):
    """By persona alone nobody is left out: what a team assumes of a persona is a report too."""
    assert len(plan_all(shop, notebook, tmp_path).left_out) == 0


@pytest.mark.parametrize("lens", ["wave", "market"])
def test_a_run_without_any_customer_is_refused(shop, notebook, tmp_path, lens):
    """Where every combination would be left out, nothing is run."""
    dated = {"waves": (Wave("w1", date(2026, 1, 1), date(2026, 1, 31)),), "dimensions": {"market": "country"}}
    dated = replace(shop, settings=replace(shop.settings, **dated))
    with pytest.raises(CjmError, match=f"No combination of persona, {lens} has 5 customers or more"):
        plan(dated, notebook, tmp_path, each=("persona", lens))


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"each": ("persona", "markt")}, "each = 'markt' is not known. Did you mean 'market'.*persona, wave"),
        ({"each": ()}, "each = '' is not known. Allowed: persona, wave, market"),
        (
            {"each": ("wave",), "wave": "2026-03"},
            "--each wave makes reports of every wave, --wave 2026-03 only of that one",
        ),
        ({"rows": "runs.csv", "each": ("wave",)}, "so --each cannot choose too"),
        ({"rows": "runs.csv", "personas": ["gift_buyer"]}, "so --persona cannot choose too"),
    ],
)
def test_what_does_not_go_together_is_refused(example, tmp_path, options, sentence):
    """Unknown words are answered with those that are known; what contradicts itself is refused."""
    with pytest.raises(CjmError, match=sentence):
        plan(example, TEMPLATE, tmp_path, **options)


def test_what_was_not_asked_for_is_told_apart(example, tmp_path):
    """Reports on others are planned as a whole run would, and not asked for."""
    done = plan_all(example, TEMPLATE, tmp_path, personas=["gift_buyer"], each=("persona", "market"))
    assert done.whole == plan_all(example, TEMPLATE, tmp_path, each=("persona", "market")).whole
    assert {report.persona_id for report in done.reports} == {"gift_buyer"} and len(done.others) == 12


@pytest.mark.parametrize(
    ("before", "asked", "is_left"),
    [
        (["busy_parent", "gift_buyer", "style_regular"], ["gift_buyer", "busy_parent"], True),
        (["busy_parent", "gift_buyer"], ["style_regular"], True),
        (["busy_parent", "gift_buyer"], ["gift_buyer", "busy_parent"], False),
        (["busy_parent", "gift_buyer", "gone"], ["gift_buyer", "busy_parent"], False),
        ([], ["gift_buyer", "busy_parent"], False),
    ],
)
def test_a_comparison_with_others_is_left_alone(example, tmp_path, monkeypatch, before, asked, is_left):
    """A run of some personas compares these, unless an earlier run laid others beside them; pages link to it."""
    monkeypatch.setattr("cjm_helpers.batch.plan.list_compared", lambda page: before)
    done = plan_all(example, TEMPLATE, tmp_path, comparison=COMPARISON, personas=asked)
    last = done.whole[-1]
    assert (last.page in done.others) == is_left and {report.facts["comparison"] for report in done.reports} == {
        "comparison.html"
    }
    assert set(last.parameters["persona_ids"]) == set(before if is_left else asked)
    assert set(plan(example, TEMPLATE, tmp_path, comparison=COMPARISON)[-1].parameters["persona_ids"]) > set(asked)


def test_many_personas_are_reported_on_but_not_compared(example, tmp_path):
    """A hundred personas in three markets are all planned or left out; no page lays them all side by side."""
    listed = pd.concat([example.personas] * 25, ignore_index=True)
    listed["persona_id"] += listed.index.astype(str)
    given = example.persona_assignments.assign(
        persona_id=listed["persona_id"].sample(2000, replace=True, random_state=0).array
    )
    many = replace(example, tables={**example.tables, "personas": listed, "persona_assignments": given})
    done = plan_all(many, TEMPLATE, tmp_path, comparison=COMPARISON, each=("persona", "market"))
    crowded = {one.lens["market"]: one.reason for one in done.left_out if one.lens["persona"] == ""}
    made = [report for report in done.reports if report.persona_id]
    assert len(done.left_out) - len(crowded) + len(made) == 303
    assert crowded["Germany"].startswith("more than 12 personas")
    assert {bool(report.facts["comparison"]) for report in made if report.lens["market"] in crowded} == {False}
