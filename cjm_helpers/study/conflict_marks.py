"""Refuses a file that git could not merge: it holds two versions, with marks between them."""

import re

from cjm_helpers.errors import Fault, FaultsFound

OPENING = "<<<<<<< "  # nobody writes that, while ">>>>>>> " and "=======" stand in mails too
MARKS = re.compile(r"^(?:<{7} |\|{7} |={7}$|>{7} )", re.MULTILINE)
WHAT = "Git could not merge this file, so both versions stand in it, from line {line} on."
REMEDY = (
    "Open it as plain text, keep the right rows of both parts, and take out the lines that begin with <<<<<<<, ======= "
    "and >>>>>>>. Or take one whole version: git checkout --ours (or --theirs) {file}. Then commit."
)


def refuse_conflict(text: str, *, file: str) -> None:
    """Refuse a text in which git left its marks; what looks like one within quotation marks is what somebody said.

    Raises
    ------
    FaultsFound
        With the line of the first mark, and what a team does next.

    Examples
    --------
    >>> refuse_conflict("goal_id,statement\\ng1,Sell more\\n", file="worksheets/goals.csv")
    >>> refuse_conflict("goal_id\\n<<<<<<< HEAD\\ng1\\n=======\\ng2\\n>>>>>>> 1a2b\\n", file="worksheets/goals.csv")
    Traceback (most recent call last):
    ...
    cjm_helpers.errors.FaultsFound: ...
    """
    for mark in MARKS.finditer(text):
        place = mark.start()
        if mark.group() == OPENING or text.count('"', 0, place) % 2 == 0:
            what = WHAT.format(line=text.count("\n", 0, place) + 1)
            raise FaultsFound([Fault(what, file=file, remedy=REMEDY.format(file=file))], file)
