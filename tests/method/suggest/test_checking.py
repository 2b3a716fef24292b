"""Tests of how good suggested codes are: nobody helps to judge their own words, and every refusal is a sentence."""

import pandas as pd
import pytest
from method.coded import BOOK, code_all, speak
from method.speaking import code, say

from cjm_helpers.method.evidence import ALL_CODES
from cjm_helpers.method.suggest import check_suggestions
from cjm_helpers.method.suggest.checking import CHECKED


def check(made: dict, **options) -> pd.DataFrame:
    """Check what a study's tables teach, by code."""
    checked = check_suggestions(
        made["feedback"], made["codings"], codebook=made["codebook"], decisions=made["decisions"],
        **{"bootstraps": 200} | options,
    )  # fmt: skip
    return checked.set_index("code_id")


@pytest.fixture
def taught(tables):
    """A study in which three hundred customers each said one thing, all of it coded."""

    def make(*, more_said=(), more_codings=(), **options):
        said, is_slow = speak(300, **options)
        return tables([*said, *more_said], [*code_all(said, is_slow), *more_codings], codebook=BOOK)

    return make


def test_a_code_of_many_words_may_be_suggested(taught):
    """Forty words tell the code: the machine finds it, ten search words do not, and the difference is no accident."""
    row = check(taught()).loc["slow"]
    assert row.verdict == "suggest" and row.lead_lo > 0
    assert row.f1 > 0.85 > row.keyword_f1 and row.f1_lo < row.f1 < row.f1_hi
    assert row.brier_skill > 0.4 and row.ece < 0.1 and 0 < row.threshold < 1


def test_a_code_of_one_word_needs_no_machine(tables):
    """Where one word tells the code, searching for it is as good, and the sentence says so."""
    said = [say(i, text=f"{'slow' if i % 3 == 0 else 'kind'} page other{i}") for i in range(150)]
    checked = check(tables(said, code_all(said, [i % 3 == 0 for i in range(150)]), codebook=BOOK))
    assert checked.loc["slow", "verdict"] == "keyword rule is as good"
    assert checked.loc["slow", "sentence"].startswith("Slow pages: not surely better than searching for words: F1 1.00")


def test_a_code_that_words_do_not_tell_is_not_suggested(tables):
    """Given by chance to a third: yes to nearly all beats search words in F1, and that is not taken for skill."""
    said, _ = speak(200)
    checked = check(tables(said, code_all(said, [i % 3 == 0 for i in range(200)]), codebook=BOOK))
    assert checked.loc["slow", "verdict"] == "no better than chance" and checked.loc["slow", "lead"] > 0
    assert checked.loc["slow", "always_f1"] == pytest.approx(2 * 67 / (200 + 67))
    assert checked.loc["slow", "sentence"].endswith("saying yes to all 0.50.")


def test_too_few_examples_are_said(taught):
    """Nineteen texts teach nothing: no figure, and a sentence; a code that nobody gave is told likewise."""
    said = [say(1000 + i, text=f"rude staff {i}") for i in range(19)]
    checked = check(taught(more_said=said, more_codings=[code(row["feedback_id"], "rude") for row in said]))
    assert checked.loc["rude", "verdict"] == "too few examples" and pd.isna(checked.loc["rude", "f1"])
    assert checked.loc["rude", "sentence"] == "Rude people: 19 texts carry it; the machine needs 20."


def test_a_code_that_nearly_all_carry_is_no_choice(tables):
    """A machine needs texts without the code too."""
    said, _ = speak(60)
    checked = check(tables(said, code_all(said, [i > 5 for i in range(60)]), codebook=BOOK))
    assert checked.loc["slow", "sentence"] == "Slow pages: 6 texts do not carry it; the machine needs 20."


def test_what_one_customer_said_cannot_be_held_out(taught):
    """All examples are one customer's: nothing tells whether the machine would find it in another's words."""
    said = [say(1000 + i, customer_id="c1", text=f"rude staff {i}") for i in range(30)]
    checked = check(taught(more_said=said, more_codings=[code(row["feedback_id"], "rude") for row in said]))
    assert checked.loc["rude", ["verdict", "people"]].tolist() == ["too few people", 1]
    assert "1 person said all of it; 5 are needed" in checked.loc["rude", "sentence"]


def test_repeating_oneself_does_not_help(tables):
    """Customers who repeat themselves are held out whole: their own words teach nothing about others."""
    said = [
        say(i * 10 + j, customer_id=f"c{i}", text=f"habit{i} habit{i} page{j} {'now' * (i % 2)}")
        for i in range(40) for j in range(5)
    ]  # fmt: skip
    checked = check(tables(said, code_all(said, [i % 4 == 0 for i in range(40) for _ in range(5)]), codebook=BOOK))
    assert checked.loc["slow", "brier_skill"] < 0.1


def test_equal_texts_count_once(taught):
    """Twenty people who say the same words, whatever the capitals, are one text to learn from."""
    said = [say(1000 + i, text="SLOW0  slow1" if i % 2 else "slow0 slow1") for i in range(20)]
    checked = check(taught(more_said=said, more_codings=code_all(said, [True] * 20)))
    assert checked.loc["slow", "n"] == 301


def test_texts_without_words_are_counted_and_left_out(taught):
    """What was coded elsewhere and has no words teaches nothing, and the last sentence says how many there are."""
    said = [say(1000 + i, text=" ") for i in range(2)]
    checked = check(taught(more_said=said, more_codings=code_all(said, [True] * 2)))
    assert checked.loc[ALL_CODES, "sentence"].endswith("Left out: 2 coded verbatims without words.")


def test_machine_answers_teach_nothing(taught):
    """What the machine said of unread verbatims changes no figure."""
    said, is_slow = speak(50, seed=9, start=2000)
    told = code_all(said, [not slow for slow in is_slow], coder_id="machine")
    pd.testing.assert_frame_equal(check(taught()), check(taught(more_said=said, more_codings=told)))


def test_neither_order_nor_a_second_run_changes_a_figure(taught):
    """Rows in another order give the same table, and the tables that came in stay as they were."""
    made = taught()
    before = {name: table.copy() for name, table in made.items()}
    shuffled = {name: table.sample(frac=1, random_state=1) for name, table in made.items()} | {
        "codebook": made["codebook"]
    }
    pd.testing.assert_frame_equal(check(made), check(shuffled))
    for name, table in before.items():
        pd.testing.assert_frame_equal(table, made[name])


def test_one_person_against_another_by_hand(taught):
    """Anna and Ben both gave it 3 times, one of the two alone twice: F1 2*3/(2*3+2) = .75; without Ben it is empty."""
    made = taught()
    assert check(made).human_f1.isna().all()
    codings = made["codings"]
    is_slow = codings["code_id"] == "slow"
    ben = pd.concat([codings[is_slow][:4], codings[~is_slow][:1]]).assign(coder_id="ben")
    ben["code_id"] = ["slow", "slow", "slow", "none", "slow"]
    checked = check(made | {"codings": pd.concat([codings, ben], ignore_index=True)})
    assert checked.loc["slow", "human_f1"] == checked.loc[ALL_CODES, "human_f1"] == pytest.approx(0.75)


def test_the_audit_counts_only_what_people_read_blind(taught):
    """Of two audited answers that people have read one held; an answer read in the open does not count."""
    said, _ = speak(4, seed=3, start=3000)
    names = [row["feedback_id"] for row in said]
    notes = ["probability 0.82; audit: read blind"] * 2 + ["probability 0.82"] + ["probability 0.82; audit: read blind"]
    told = [code(name, "slow", "machine", note=note) for name, note in zip(names, notes)]
    checked = check(taught(more_said=said, more_codings=told + code_all(said[:3], [True, False, True])))
    assert checked.loc["slow", ["audit_n", "audit_precision"]].tolist() == [2, 0.5]


@pytest.mark.parametrize("codings", [[], [code("f00", "slow", "machine")], [code("f00", "slow")]])
def test_a_study_that_teaches_nothing_gets_a_table(tables, codings):
    """Nobody coded, only the machine, or one verbatim: every code has its verdict, and nothing fails."""
    checked = check(tables([say(0, text="slow page")], codings, codebook=BOOK))
    assert checked.reset_index().columns.tolist() == CHECKED
    assert checked["verdict"].tolist() == ["too few examples", "too few examples", ""]
    assert checked.loc[ALL_CODES, "sentence"] == "The machine may suggest 0 of 2 codes."


def test_progress_is_said_in_words(taught):
    """The page hears how many codes are done."""
    told = []
    check(taught(), say=lambda text, share: told.append((text, share)))
    assert told == [("Training 1 of 1 codes", 1.0)]
