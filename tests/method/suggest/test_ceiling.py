"""Tests of how well one person finds what another found."""

from method.coded import BOOK
from method.speaking import code, say

from cjm_helpers.method.suggest.ceiling import compare_people


def test_a_reading_to_be_coded_anew_is_no_reading(tables):
    """Whoever gave a code that was retired since says nothing yet of the others, as where agreement is measured."""
    book = [*BOOK, {"code_id": "bad", "label": "Bad", "status": "retired"}]
    said = [say(1), say(2)]
    given = [code("f01", "slow"), code("f01", "slow", "ben"), code("f02", "slow"), code("f02", "bad", "ben")]
    made = tables(said, given, codebook=book)
    scores = compare_people(made["codings"], feedback=made["feedback"], codebook=made["codebook"], code_ids=["slow"])
    assert scores[0].tolist() == [1.0]
