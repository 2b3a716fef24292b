"""Words are shared out over slides: nothing overflows, nothing is lost."""

import pytest
from drawing.hard_journeys import ARABIC, JAPANESE, LONG, ONE_WORD

from cjm_helpers.drawing.slides.blocks import BODY, BODY_HEIGHT, NOTE, is_higher, keep_lines, measure_height, say
from cjm_helpers.drawing.slides.flow import HALF, fit_column, fit_even, fit_pair, fit_table, make_slides

WIDTHS = (60.0, 90.0)


def read(columns):
    """Return all words of some columns without blanks and the hyphens that breaking adds."""
    return "".join(part.words for column in columns for part in column).replace(" ", "").replace("-", "")


@pytest.mark.parametrize("words", [LONG, ONE_WORD, JAPANESE, ARABIC])
def test_what_is_too_long_for_a_slide_goes_on(words):
    """Twelve times over it fills several columns, each as high as the slide at most, and every letter is there."""
    columns = fit_column([(say(" ".join([words] * 12)),)] * 2)
    assert len(columns) > 1
    assert not any(is_higher(measure_height(column, HALF), BODY_HEIGHT) for column in columns)
    assert read(columns) == (words * 24).replace(" ", "").replace("-", "")


def test_an_entry_that_fits_is_never_broken():
    """A person and the lines below go on together."""
    entries = [(say(LONG), say("Owner", size=NOTE))] * 9
    assert all(column[-1].words == "Owner" for column in fit_column(entries))


def test_words_shrink_before_they_go_on():
    """The largest size is taken that one slide holds, and no smaller one."""
    sizes = (18, 14)
    (few,) = fit_pair(lambda size: [(say("Few", size=size),)], lambda size: [], sizes=sizes)
    (more,) = fit_pair(lambda size: [(say(LONG, size=size),)] * 4, lambda size: [], sizes=sizes)
    assert [page[0].paragraphs[0].size for page in (few, more)] == [18, 14]


def test_a_slide_may_hold_one_side_only():
    """What goes on at the right leaves the left empty, and no box without words stands there."""
    pages = fit_pair(lambda size: [(say("Few"),)], lambda size: [(say(LONG),)] * 9, sizes=(BODY,))
    assert [len(page) for page in pages] == [2, 1] and pages[1][0].x > pages[0][0].x


def test_two_columns_are_even():
    """What one column could nearly hold is shared out; a few words stay together."""
    ((left, right),) = fit_even(lambda size: [(say("A sentence.", size=size),)] * 24, sizes=(BODY,))
    assert len(left.paragraphs) - len(right.paragraphs) in (0, 1, 2)
    ((alone,),) = fit_even(lambda size: [(say("A sentence.", size=size),)] * 4, sizes=(BODY,))
    assert len(alone.paragraphs) == 4


@pytest.mark.parametrize("words", ["Short", LONG, ONE_WORD, JAPANESE * 9])
def test_tables_go_on_with_their_head(words):
    """Each piece has the head and fits the slide; the first cells hold all words."""
    pages = fit_table("T", head=("Name", "More"), rows=[((say(words),), (say("x"),))] * 16, widths=WIDTHS)
    assert len(pages) > 1
    assert not any(is_higher(table.height, BODY_HEIGHT) for (table,) in pages)
    assert {table.rows[0][0][0].words for (table,) in pages} == {"Name"}
    whole = read(row[0] for (table,) in pages for row in table.rows[1:])
    assert whole == (words * 16).replace(" ", "").replace("-", "")


def test_rows_are_shared_evenly():
    """Two slides that are half full are read more easily than a full one and a rest."""
    pages = fit_table("T", head=("a", "b"), rows=[((say("x"),), (say("y"),))] * 16, widths=WIDTHS)
    counts = [len(table.rows) - 1 for (table,) in pages]
    assert sum(counts) == 16 and max(counts) - min(counts) <= 4


def test_further_slides_say_that_they_go_on():
    """A title keeps to two lines, and the word that says so is never cut."""
    short = make_slides("In short", [(), ()], kicker="", notes="n")
    assert [slide.title for slide in short] == ["In short", "In short (continued)"]
    first, second = make_slides(LONG, [(), ()], kicker="", notes="")
    assert first.title.endswith("…") and second.title.endswith("… (continued)")


def test_a_line_that_fits_is_kept_as_it_is():
    """Only what needs more lines ends in an ellipsis."""
    assert keep_lines("In short", most=1, size=12) == "In short"
    assert keep_lines(LONG * 2, most=1, size=12).endswith("…")
