"""Names the words that a table still lacks a row for, so that people go through them without looking for an id."""

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from cjm_helpers.study.folder import Study

AT_ONCE = 10
WORDS = "feedback_id"  # the column whose cells show what was said


class Queue(NamedTuple):
    """What people choose for each verbatim, the cell that says who chose, and how to say what is open."""

    choose: str
    by: str
    lacks: str
    missing: str


QUEUES = {
    "alignments": Queue("touchpoint_id", "decided_by", "without a touchpoint", "a touchpoint"),
    "codings": Queue("code_id", "coder_id", "not coded by you", "a code"),
}
PEOPLE: dict[Path, str] = {}  # who works on a study in this kernel, by its folder


def name_person(study: Study) -> str:
    """Return who sits here, as far as it is known: who said so in another table, or the only one of the team.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> name_person(open_study("retail_checkout"))
    ''
    """
    team = list(study.settings.team)
    return PEOPLE.get(study.folder.resolve(), team[0] if len(team) == 1 else "")


def list_left(study: Study, table: str, *, part: str, taken: Collection[str]) -> list[str]:
    """Return the verbatims with words that have no row yet, in the order of the file.

    Parameters
    ----------
    part
        The coder, where each has a file.
    taken
        Verbatims that stand in the table as it is edited.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> len(list_left(open_study("retail_checkout"), "alignments", part="", taken=[])) > 0
    True
    """
    said = study.feedback[study.feedback["text"] != ""]
    done = set(taken)
    if part:
        done.update(study.codings.loc[study.codings["coder_id"] == part, WORDS])  # some may be imported
    else:
        said = said[said["touchpoint_id"] == ""]
    return [own for own in said[WORDS] if own not in done]


def find_words(study: Study, ids: Collection[str]) -> dict[str, str]:
    """Return what was said, whole, by the ids of verbatims.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> find_words(open_study("retail_checkout"), ["i0101"])["i0101"][:22]
    'I get the mail on Thur'
    """
    said = study.feedback[study.feedback[WORDS].isin(ids) & (study.feedback["text"] != "")]
    return dict(zip(said[WORDS], said["text"]))
