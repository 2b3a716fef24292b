"""Sample: drawn by id and seed alone, so that nothing that comes later reshuffles it; topped up for rare codes."""

import pandas as pd
import pytest
from method.speaking import code

from cjm_helpers.errors import NumberRefused
from cjm_helpers.method.feedback import draw_sample, measure_reliability


@pytest.fixture
def draw(make_table):
    """Draw from verbatims f0000, f0001 ... of which some are coded; a book may say more of the codes."""

    def run(count, codings=(), book=(), start=0, **options):
        said = [{"feedback_id": f"f{i:04}", "text": "It took far too long."} for i in range(start, start + count)]
        tables = make_table("feedback", said), make_table("codings", list(codings))
        return draw_sample(*tables, codebook=make_table("codebook", list(book)), **options)

    return run


def test_a_share_is_drawn_in_random_order(draw):
    """Of 2,000 verbatims about 15 % are drawn, not in the order of the file, another list for another seed."""
    sample = draw(2000)
    assert 0.12 < len(sample) / 2000 < 0.18 and set(sample["why"]) == {"random"}
    assert sample["place"].tolist() == list(range(1, len(sample) + 1))
    assert sample["feedback_id"].tolist() != sorted(sample["feedback_id"])
    assert set(sample["feedback_id"]) != set(draw(2000, seed=1)["feedback_id"])


def test_the_same_study_and_seed_give_the_same_list(draw, make_table):
    """Rows in another order change nothing, so that two people in two places read the same verbatims."""
    said = make_table("feedback", [{"feedback_id": f"f{i:04}", "text": "Slow."} for i in range(400)])
    nothing = {"codings": make_table("codings", []), "codebook": make_table("codebook", [])}
    lists = [draw_sample(rows.reset_index(drop=True), **nothing) for rows in (said, said[::-1])]
    pd.testing.assert_frame_equal(*lists)


@pytest.mark.parametrize("before", [334, 1000])
def test_what_was_drawn_stays_when_more_is_said(draw, before):
    """From 334 verbatims on (50 of them are 15 %) whoever was drawn stays drawn, in the same order."""
    first, later = draw(before)["feedback_id"], draw(before + 700)["feedback_id"]
    drawn = set(draw(before, least=0)["feedback_id"])
    assert drawn <= set(later)
    assert [name for name in later if name in drawn] == [name for name in first if name in drawn]


def test_at_least_fifty_and_all_of_fewer(draw):
    """Of 100 verbatims 50 are drawn, of 30 all; those without words never are."""
    assert len(draw(100)) == 50 and len(draw(30)) == 30
    silent = pd.DataFrame({"feedback_id": ["f1", "f2"], "text": ["  ", "Slow."]})
    none = pd.DataFrame(columns=["feedback_id", "coder_id", "code_id"], dtype="str")
    book = pd.DataFrame(columns=["code_id", "label", "status", "replaced_by"], dtype="str")
    assert draw_sample(silent, none, codebook=book)["feedback_id"].tolist() == ["f2"]


def test_a_rare_code_is_topped_up_to_five(draw):
    """Of eight verbatims that anna gave a rare code enough are added behind the random ones, with the reason."""
    rare = [code(f"f{i:04}", "rude") for i in range(8)]
    before, sample = draw(1000), draw(1000, rare, [{"code_id": "rude", "label": "Rude staff"}])
    carried = sample[sample["feedback_id"].isin({row["feedback_id"] for row in rare})]
    added = sample[sample["why"] == "more of Rude staff"]
    assert len(carried) == 5 and 0 < len(added) <= 5 and added["readers"].eq("anna").all()
    pd.testing.assert_series_equal(sample["feedback_id"][: len(before)], before["feedback_id"])


def test_who_was_read_twice_is_added_first(draw):
    """A verbatim that two people read already stays in the list when others carry the code too."""
    codings = [code(f"f{i:04}", "rude") for i in range(40)]
    last = draw(1000, codings, least_each=40)["feedback_id"].iloc[-1]
    again = draw(1000, [*codings, code(last, "rude", "ben")], least_each=20)
    assert last in set(again["feedback_id"])
    assert again.set_index("feedback_id").at[last, "readers"] == "anna;ben"


def test_machine_retired_codes_and_none_top_up_nothing(draw):
    """What a machine gave, what is retired and what fits nothing asks for no more verbatims."""
    ids = [f"f{i:04}" for i in range(500, 520)]
    codings = [code(name, "rude", "machine") for name in ids] + [code(name, "none") for name in ids]
    codings += [code(name, "old") for name in ids]
    book = [{"code_id": "rude"}, {"code_id": "old", "status": "retired"}]
    pd.testing.assert_series_equal(draw(1000, codings, book)["why"], draw(1000)["why"])


def test_a_share_of_nothing_is_refused(draw):
    """A share is above 0 and up to 1."""
    with pytest.raises(NumberRefused, match="share = 15 cannot be used: give a share above 0"):
        draw(10, share=15)


def test_reliability_says_what_leans_on_the_top_up(draw, make_table):
    """Where the sample is given, the sentence of a code says how many verbatims were added for it."""
    rare = [code(f"f{i:04}", "rude") for i in range(8)]
    book = [{"code_id": "rude", "label": "Rude staff"}]
    sample = draw(1000, rare, book)
    twice = [code(name, "rude", "ben") for name in sample.loc[sample["readers"] == "anna", "feedback_id"]]
    options = {"codebook": make_table("codebook", book), "bootstraps": 10}
    table = measure_reliability(make_table("codings", rare + twice), sample=sample, **options)
    added = int(sample["why"].ne("random").sum())
    assert f" {added} verbatims were added because one person had given the code" in table["sentence"].iloc[0]
    assert "were added" not in table["sentence"].iloc[-1]
