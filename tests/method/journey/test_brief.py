"""Brief: page one holds what was found, what to do, what changed and how sure it is, in words for anybody."""

import re

import pandas as pd
import pytest

from cjm_helpers.method.journey import build_journey, write_brief
from cjm_helpers.method.journey.brief import BRIEF
from cjm_helpers.method.waves.compare import compare_waves
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import new_study
from cjm_helpers.study.selection import select_personas, select_rows

JARGON = re.compile(
    r"\bn ?=|interval|95 ?%|\balpha\b|krippendorff|kappa|\bcsat\b|\bnps\b|\bces\b|\bmean\b|average|median|\bgrades?\b"
    r"|signific|correlat|\bp ?[<=]|\bq ?[<=]|sample|percentile|\brice\b|\btiers?\b|\bscores?\b|metric|outcome"
    r"|moment of truth|verbatim|suppress|\bnan\b|\bnone\b(?! has)|20\d\d-\d\d",
    re.IGNORECASE,
)
EXAMPLES = ("retail_checkout", "care_after_purchase", "clinic_visit")


@pytest.fixture(scope="module", params=[*EXAMPLES, "blank"])
def pages(request, tmp_path_factory):
    """Page one of every persona of an example with its journey, or that of a study nobody has written in yet."""
    is_blank = request.param == "blank"
    study = open_study(new_study(tmp_path_factory.mktemp("study") / "blank") if is_blank else request.param)
    parts = [select_rows(study)] if is_blank else select_personas(study)
    changes = compare_waves(parts)
    journeys = [build_journey(part, bootstraps=2) for part in parts]
    return [(journey, write_brief(journey, changes=changes)) for journey in journeys]


@pytest.fixture
def brief(shop):
    """Write page one of the shop, changed as told."""
    return lambda *, changes=None, **more: write_brief(build_journey(shop(**more), bootstraps=2), changes=changes)


def sentences(page, part):
    """The sentences of one part, in their order."""
    return page.loc[page["part"] == part, "sentence"].tolist()


def test_page_one_needs_no_statistics(pages):
    """No sentence of any example's persona holds a method's name or an abbreviation but the study's own KPI names."""
    for journey, page in pages:
        own = journey.parts.study.kpis["name"]
        for text in [*page["sentence"], *page["moves"]]:
            for name in own:
                text = text.replace(name, "")
            assert not JARGON.search(text), text


def test_every_sentence_reads_like_one(pages):
    """Each starts with a capital or a quotation, ends with one full stop, and holds nothing empty."""
    for _, page in pages:
        for text in page["sentence"]:
            assert re.fullmatch(r"[A-Z“].*[.]", text) and not re.search(r"\.\.|”\.”|  |“”|\(\)|, \)", text), text


def test_page_one_has_its_parts(pages):
    """Findings, actions, changes and confidence, numbered from one; at most three of the first two."""
    for journey, page in pages:
        assert list(page) == BRIEF and page["part"].unique().tolist() == ["finding", "action", "change", "confidence"]
        for part, rows in page.groupby("part"):
            assert rows["place"].tolist() == list(range(1, len(rows) + 1))
            assert len(rows) <= 3 or part in ("change", "confidence")
        assert set(page["step_id"]) <= {"", *journey.steps["step_id"]}


def test_findings_are_those_of_the_map(brief):
    """The low point with what most people name there, counted in whole people, then what works best."""
    assert sentences(brief(), "finding") == [
        "The low point is 2.1 Payment page, which 40 people found bad on the whole: 7 of the 10 people who spoke of it "
        "name “Card refused”.",
        "What works best is 1.1 Advert, which 40 people found good on the whole.",
        "Furthest from its target is “Given up”: 31%, where 10% is wanted.",
    ]


def test_the_map_is_left_alone(shop):
    """Writing page one changes neither the cells nor the opportunities."""
    journey = build_journey(shop(), bootstraps=2)
    cells, ideas = journey.cells.copy(), journey.parts.study.opportunities.copy()
    write_brief(journey)
    pd.testing.assert_frame_equal(journey.cells, cells)
    pd.testing.assert_frame_equal(journey.parts.study.opportunities, ideas)


@pytest.mark.parametrize(
    ("facts", "moves"),
    [
        ({"kpi_id": "given_up"}, "Given up, from 31% towards 10%"),
        ({"kpi_id": "given_up", "target": 0.4}, "Given up, at 31% already, where 40% is wanted"),
        ({"kpi_id": "given_up", "target": None}, "Given up, down from 31%"),
        ({"kpi_id": "given_up", "kpi_readings": []}, "Given up, towards 10% (no figure yet)"),
        ({}, "How people feel at 2.1 Payment page, now bad"),
        ({"responses": []}, "How people feel at 2.1 Payment page, which is not known yet"),
        ({"touchpoint_id": "", "code_ids": ""}, ""),
    ],
)
def test_an_action_says_what_should_move(shop, brief, facts, moves):
    """The KPI with where it stands and where it shall go; without a KPI, the feeling at the step; else nothing."""
    base = shop()
    idea = base.opportunities.iloc[0].to_dict()
    kpi = base.kpis.iloc[0].to_dict()
    given = {"opportunities": [idea | {name: facts[name] for name in facts if name in idea}]}
    given |= {"kpis": [kpi | {name: facts[name] for name in facts if name in kpi and name != "touchpoint_id"}]}
    page = brief(**given, **{name: facts[name] for name in ("kpi_readings", "responses") if name in facts})
    assert page.loc[page["part"] == "action", "moves"].tolist() == [moves]


def test_an_action_says_whose_it_is(shop, brief):
    """Owner, due day and how far it is stand beside what to do and against what; what is not known stays empty."""
    idea = shop().opportunities.iloc[0].to_dict() | {"due": "2027-03-15", "status": "doing"}
    late = {
        "opportunity_id": "o2",
        "statement": "Greet people.",
        "status": "planned",
        "effort": 9,
        "touchpoint_id": "ad",
    }
    gone = [{"opportunity_id": one, "statement": one, "status": one} for one in ("done", "dropped")]
    page = brief(opportunities=[*gone, late, idea]).query("part == 'action'")
    assert page[["item_id", "sentence", "owner", "due"]].values.tolist() == [
        ["o1", "Say why a card is refused, against “Card refused” (at 2.1 Payment page, under way).", "Payments",
         "15 March 2027"],
        ["o2", "Greet people (at 1.1 Advert, planned).", "", ""],
    ]  # fmt: skip


def test_without_ideas_there_is_nothing_to_decide(brief):
    """Where no idea is open, the page says so instead of staying silent."""
    assert sentences(brief(opportunities=[]), "action") == [
        "No open idea is written down yet, so there is nothing to decide here."
    ]


def test_page_one_takes_its_own_changes(pages):
    """Of a comparison that holds everybody, page one takes the rows of its persona; without any it says so."""
    for journey, page in pages:
        others = pd.DataFrame({"persona_id": ["nobody"], "object": "kpi", "verdict": "worse"})
        silent = write_brief(journey, changes=others)
        pd.testing.assert_frame_equal(silent, write_brief(journey))
        if journey.parts.study.earlier:
            assert " was not looked at here." in sentences(silent, "change")[0]
            assert " could be compared: " in " ".join(sentences(page, "change"))


def test_page_one_finds_what_was_planted(pages):
    """The gift buyer of the example cannot find gift wrapping; the account that others were forced to make is gone."""
    page = {journey.persona_id: page for journey, page in pages}.get("gift_buyer")
    if page is not None:
        first = page.query("part == 'finding'").iloc[0]
        assert (first["step_id"], first["item_id"]) == ("3.4", "gift_hidden")
        assert (
            "“Let guests buy without an account” (22 June 2026; “Checkout given up” is clearly better since)"
            in " ".join(sentences(page, "change"))
        )
