"""Files that git could not merge are refused, and what people said is not taken for a mark."""

import pytest

from cjm_helpers.errors import FaultsFound
from cjm_helpers.study.conflict_marks import refuse_conflict
from cjm_helpers.study.folder import check_study

MAIL = 'f1,"They wrote:\n=======\n>>>>>>> Never again"\n'


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "||||||| 1a2b", "=======", ">>>>>>> main"])
def test_a_mark_left_over_is_named_with_its_line(mark):
    """One mark that somebody overlooked is enough, wherever the others are."""
    with pytest.raises(FaultsFound, match="from line 2 on"):
        refuse_conflict(f"feedback_id,text\n{mark}\nf1,Slow\n", file="worksheets/feedback.csv")


def test_what_somebody_said_is_no_mark():
    """Lines of a mail within quotation marks, and signs within a line, are words."""
    refuse_conflict("feedback_id,text\n" + MAIL + "f2,a <<<<<<< b\nf3,========\n", file="worksheets/feedback.csv")


def test_a_clash_within_a_quoted_text_is_found():
    """Where two changed lines of one text, the marks stand within quotation marks, and are marks."""
    text = 'feedback_id,text\nf1,"First\n<<<<<<< HEAD\nmine\n=======\ntheirs\n>>>>>>> main\nlast"\n'
    with pytest.raises(FaultsFound, match="from line 3 on"):
        refuse_conflict(text, file="worksheets/feedback.csv")


def test_the_settings_are_read_alike(change):
    """Marks in study.toml are one fault, not a line that cannot be read."""
    text = '<<<<<<< HEAD\nname = "Shop"\n=======\nname = "Store"\n>>>>>>> main\n'
    (fault,) = check_study(change("study.toml", new=text)).faults
    assert "Git could not merge" in fault.what and fault.file == "study.toml"
