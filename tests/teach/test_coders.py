"""The two coders read what they should, and decide together what they saw differently."""

import numpy as np
from pandas import DataFrame

from cjm_helpers.teach.coders import make_alignments, make_codings


def test_every_verbatim_but_the_latest_was_read(study):
    """What came before the late comments was coded by one coder or both, 15 to 20 in a hundred by both."""
    readers = study.codings.groupby("feedback_id")["coder_id"].nunique()
    unread = study.feedback[~study.feedback["feedback_id"].isin(readers.index)]
    assert len(unread) == 240 and unread["feedback_id"].str.startswith("n").all()
    assert 0.15 <= readers.eq(2).mean() <= 0.20


def test_every_code_is_used(study):
    """Each code below a branch of the tree is used at least five times, the branches themselves never."""
    used = study.codings["code_id"].value_counts()
    codes = study.codebook.set_index("code_id")["parent"]
    assert all(used.get(code_id, 0) >= 5 for code_id in codes[codes.ne("")].index)
    assert not set(codes[codes.eq("")].index) & set(used.index)


def test_the_codebook_is_complete(study):
    """Every code in use has a definition and says what to include; every leaf has an example."""
    book = study.codebook
    assert book[["label", "definition", "include"]].ne("").all(axis=None)
    assert book.query("parent != ''")["example"].ne("").all()


def test_decisions_are_about_texts_that_were_coded_differently(study):
    """What was decided is a code that one of the two coders gave and the other did not."""
    given = study.codings.groupby(["feedback_id", "code_id"])["coder_id"].nunique()
    for row in study.coding_decisions.itertuples():
        assert given[(row.feedback_id, row.code_id)] == 1
    assert set(study.coding_decisions["applies"]) == {"yes", "no"}


def test_feelings_heard_follow_feelings_felt(script):
    """A coder hears a bad feeling as bad, on the scale -2 to 2."""
    said = DataFrame({"feedback_id": ["f1"], "wave": ["2026-03"], "true_codes": ["page_slow"], "feeling": [-1.6]})
    heard = [
        int(row)
        for seed in range(20)
        for coding in make_codings(said, script=script, generator=np.random.default_rng(seed)).values()
        for row in coding.get("emotion", [])
        if row
    ]
    assert -2 <= min(heard) and max(heard) <= 0


def test_only_what_names_no_touchpoint_is_linked(study):
    """People link only verbatims that name no touchpoint themselves; some stay unlinked."""
    unlinked = set(study.feedback.query("touchpoint_id == ''")["feedback_id"])
    assert set(study.alignments["feedback_id"]) < unlinked


def test_linking_leaves_its_input_alone():
    """The verbatims handed in stay as they were."""
    said = DataFrame({"feedback_id": ["m1"], "touchpoint_id": [""], "true_touchpoint_id": ["payment"]})
    before = said.copy()
    make_alignments(said, coders=["anna"], generator=np.random.default_rng(0))
    assert said.equals(before)
