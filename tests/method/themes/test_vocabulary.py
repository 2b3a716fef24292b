"""Which words of verbatims are compared: little words by a list in English, elsewhere by how common they are."""

import pandas as pd

from cjm_helpers.method.themes.vocabulary import count_words, find_language


def test_little_words_go_where_the_text_is_english():
    """An English text loses its little words, contractions too; what customers complain of stays, like "nothing"."""
    said = ["I don't get it: the bill says nothing"] * 4
    assert count_words([*said, "ab", "cd", "ef", "gh"], ["en"] * 8)[1] == ["bill", "nothing", "says"]
    assert count_words(said, ["en"] * 4)[1] == []  # a word in more than half of the texts tells none apart


def test_other_languages_lose_common_words_alone():
    """Without a list, a word in more than a tenth of the texts is a little one; "die" is no English word here."""
    texts = [f"die {'lieferung' if number < 4 else 'x' * (number + 2)}" for number in range(40)]
    assert count_words(texts, ["de"] * 40)[1] == ["lieferung"]


def test_addresses_names_and_rare_words_are_no_words():
    """Addresses, names with @, digits, signs of a web page and words of fewer than three texts are left out."""
    texts = ["@shop see https://a.example/late a.b@c.example 4711 &amp; late", *(f"w{'x' * n}" for n in range(9))]
    assert count_words([*texts, "late", "late once"], ["en"] * 12)[1] == ["late"]


def test_the_language_is_that_of_most():
    """Blank languages do not count; of equals the first by name."""
    assert find_language(pd.DataFrame({"lang": ["de", "en", "", "", "en-GB"]})) == "en"
    assert find_language(pd.DataFrame({"lang": ["fr", "de"]})) == "de" and not find_language(
        pd.DataFrame({"lang": [""]})
    )
