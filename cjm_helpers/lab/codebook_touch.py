"""Says before a click what a change of a code touches: verbatims, coders, codes below it, ideas that name it."""

from typing import NamedTuple

from cjm_helpers.method.codings import follow_successors, keep_people, settle_codings
from cjm_helpers.method.feedback.codebook_changes import list_below
from cjm_helpers.method.words import count_things, join_words
from cjm_helpers.study.folder import Study
from cjm_helpers.worksheets import split_list

CHOOSE = "Choose the code that stays."
UNUSED = "Nobody has used it yet"


class Carried(NamedTuple):
    """How many verbatims carry a code, as people coded them, how many people gave it, and how many it has settled."""

    verbatims: int
    coders: int
    settled: int

    def __str__(self) -> str:
        """Return both counts where they differ, as the list of codes shows only what is settled."""
        settled = f" ({self.settled:,} once settled, as in the list)" if self.settled != self.verbatims else ""
        return f"{count_things(self.verbatims, 'verbatim')} of {count_things(self.coders, 'coder')}{settled}"

    def say(self, verb: str, verbs: str) -> str:
        """Return the count with a verb that fits it."""
        return f"{self} {verb if self.verbatims == 1 else verbs}"


def count_carried(study: Study, code_id: str) -> Carried:
    """Return how many verbatims carry a code, those of codes that it replaced too.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> str(count_carried(open_study("clinic_visit"), "quick_date"))
    '1 verbatim of 2 coders'
    """
    rows = follow_successors(keep_people(study.codings), study.codebook)
    rows = rows[rows["code_id"] == code_id]
    settled = settle_codings(study.codings, study.coding_decisions, codebook=study.codebook)
    is_here = (settled["code_id"] == code_id) & settled["feedback_id"].isin(study.feedback["feedback_id"])
    counted = settled.loc[is_here, "feedback_id"].nunique()
    return Carried(rows["feedback_id"].nunique(), rows["coder_id"].nunique(), counted)


def describe_touch(study: Study, act: str, *, code_id: str, into: str = "") -> str:
    """Say what rename, move, merge, split or retire would touch; into is the code that stays, where codes are merged.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> describe_touch(open_study("retail_checkout"), "merge", code_id="gift_hidden")
    'Choose the code that stays.'
    """
    if act == "merge" and not into:
        return CHOOSE
    said = _SAID[act](study, code_id, into)
    return " ".join([*said, *(_name_ideas(study, code_id) if act in ("merge", "split", "retire") else [])])


def _say_rename(study: Study, code_id: str, into: str) -> list[str]:
    carried = count_carried(study, code_id)
    keep = f"{carried.say('keeps', 'keep')} it." if carried.verbatims else f"{UNUSED}."
    return [f"Its name changes everywhere, on maps and in reports too. {keep}"]


def _say_move(study: Study, code_id: str, into: str) -> list[str]:
    below = len(list_below(study.codebook, code_id))
    return ["Nothing that was coded changes.", *([f"{_count_codes(below, 'moves', 'move')} with it."] if below else [])]


def _say_merge(study: Study, code_id: str, into: str) -> list[str]:
    label = study.codebook.set_index("code_id")["label"][into]
    carried, there = count_carried(study, code_id), count_carried(study, into)
    has = f"which has {there}" if there.verbatims else "which nobody has used yet"
    anew = f"Nothing that was coded is written anew; the agreement on '{label}' is measured anew over both."
    moves = [f"Moves {carried} to '{label}', {has}.", anew] if carried.verbatims else [f"{UNUSED}."]
    return [*moves, *_say_below(study, code_id, f"below '{label}'")]


def _say_anew(study: Study, code_id: str, into: str) -> list[str]:
    carried = count_carried(study, code_id)
    if not carried.verbatims:
        return [f"{UNUSED}, so nothing has to be coded anew.", *_say_below(study, code_id, "up")]
    wait = carried.say("waits", "wait")
    return [
        f"{wait} to be coded anew at the coding desk; its theme is gone at once.",
        *_say_below(study, code_id, "up"),
    ]


def _say_below(study: Study, code_id: str, where: str) -> list[str]:
    below = int((study.codebook["parent"] == code_id).sum())
    return [f"{_count_codes(below, 'moves', 'move')} {where}."] if below else []


def _count_codes(count: int, verb: str, verbs: str) -> str:
    return f"{count_things(count, 'code')} below it {verb if count == 1 else verbs}"


def _name_ideas(study: Study, code_id: str) -> list[str]:
    """Say which opportunities answer the code: nobody rewrites them."""
    ideas = study.opportunities
    names = ideas.loc[[code_id in split_list(cell) for cell in ideas["code_ids"]], "opportunity_id"]
    if names.empty:
        return []
    count = count_things(len(names), "opportunity names", things="opportunities name")
    return [f"{count} it ({join_words(names)}): look at the table opportunities afterwards."]


_SAID = {"rename": _say_rename, "move": _say_move, "merge": _say_merge, "split": _say_anew, "retire": _say_anew}
