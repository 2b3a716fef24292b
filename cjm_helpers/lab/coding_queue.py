"""Piles of verbatims to read: the shared sample, what nobody read, what was suggested, and what is to be coded anew."""

import re
from collections.abc import Set
from pathlib import Path

from cjm_helpers.lab.coding_answers import Answers
from cjm_helpers.method.feedback import draw_sample
from cjm_helpers.method.suggest.audit import AUDIT
from cjm_helpers.study.folder import Study
from cjm_helpers.study.settings import FILE
from cjm_helpers.study.tables import IMPORTED, WORKSHEETS
from cjm_helpers.worksheets import NOTHING_FITS

SAMPLE, UNREAD, ALL, ANEW, REVIEW = "sample", "unread", "all", "anew", "review"
LABELS = {
    SAMPLE: "The shared sample", UNREAD: "Not read by anybody yet", ALL: "Everything",
    ANEW: "To be coded anew", REVIEW: "The machine's suggestions",
}  # fmt: skip
WITHIN = {
    SAMPLE: "in the shared sample", UNREAD: "of what nobody had read", ALL: "of everything",
    ANEW: "of what is to be coded anew", REVIEW: "of the machine's suggestions",
}  # fmt: skip
SHARED: dict[str, list[str]] = {}  # the sample of the study that was opened last, by its files
PROBABILITY = re.compile(r"probability (\d?\.\d+|[01])")


def sort_piles(study: Study, answers: Answers) -> dict[str, list[str]]:
    """Return the verbatims of each pile that holds some, in reading order, for one coder.

    Examples
    --------
    >>> from cjm_helpers.lab.coding_answers import open_answers
    >>> from cjm_helpers.study.folder import open_study
    >>> study = open_study("retail_checkout")
    >>> piles = sort_piles(study, open_answers(study, "anna")[0])
    >>> set(piles["sample"]) < set(piles["all"]), len(piles["sample"]) >= 50
    (True, True)
    """
    feedback = study.feedback
    every = feedback.loc[feedback["text"].str.strip() != "", "feedback_id"].tolist()
    own = answers.read
    unread = [name for name in every if name not in own and not answers.is_read_by_others(name)]
    words = set(every)
    review = [name for name in answers.suggested if name in words and not answers.is_read_by_others(name)]
    piles = {
        SAMPLE: draw_shared(study), UNREAD: unread, ALL: every,
        ANEW: [name for name in every if answers.waits_anew(name)],  # others' would say what they gave
        REVIEW: [name for name in review if name not in own],
    }  # fmt: skip
    return {name: ids for name, ids in piles.items() if ids}


def draw_shared(study: Study) -> list[str]:
    """Return the verbatims that every coder reads, in reading order; drawn once for the files as they stand.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> len(draw_shared(open_study("retail_checkout"))) >= 50
    True
    """
    if study.data_hash not in SHARED:
        SHARED.clear()
        drawn = draw_sample(study.feedback, study.codings, codebook=study.codebook, seed=study.settings.seed)
        SHARED[study.data_hash] = drawn["feedback_id"].tolist()
    return SHARED[study.data_hash]


def choose_pile(piles: dict[str, list[str]], read: Set[str]) -> str:
    """Return the pile to begin with: the shared sample until the coder has read it all, then what nobody has read.

    Examples
    --------
    >>> choose_pile({"sample": ["f1"], "unread": ["f2"], "all": ["f1", "f2"]}, read={"f1"})
    'unread'
    """
    for name in (SAMPLE, UNREAD):
        if any(own not in read for own in piles.get(name, ())):
            return name
    return ALL


def describe_piles(piles: dict[str, list[str]], read: Set[str]) -> list[dict]:
    """Return the piles as the drop-down names them, with how many of each the coder has not read.

    Examples
    --------
    >>> describe_piles({"sample": ["f1", "f2"]}, read={"f1"})[0]["label"]
    'The shared sample: 1 of 2 left'
    """
    described = []
    for name, ids in piles.items():
        left = len(ids) - len(read.intersection(ids))
        words = f"{left:,} of {len(ids):,} left" if left < len(ids) else f"{len(ids):,}"
        described.append({"name": name, "label": f"{LABELS[name]}: {words if left else f'all {len(ids):,} read'}"})
    return described


def spell_progress(piles: dict[str, list[str]], pile: str, *, read: Set[str]) -> dict:
    """Return how far the coder is in a pile and in all, as numbers and in words.

    Examples
    --------
    >>> spell_progress({"sample": ["f1", "f2"], "all": ["f1", "f2", "f3"]}, "sample", read={"f1"})["text"]
    '1 of 2 in the shared sample, 1 of 3 in all'
    """
    ids = piles.get(pile, [])
    done = len(read.intersection(ids))
    here = f"{done:,} of {len(ids):,} {WITHIN[pile]}"
    everything = piles.get(ALL, [])
    overall = f"{len(read.intersection(everything)):,} of {len(everything):,} in all"
    return {"done": done, "total": len(ids), "text": overall if pile == ALL else f"{here}, {overall}"}


def find_open(ids: list[str], read: Set[str], *, after: int) -> str:
    """Return the next verbatim of a pile that the coder has not read, from the start again at the end; "" = none.

    Examples
    --------
    >>> find_open(["f1", "f2", "f3"], read={"f3"}, after=1)
    'f1'
    """
    around = [*range(after + 1, len(ids)), *range(0, after + 1)]
    return next((ids[place] for place in around if place != after and ids[place] not in read), "")


def read_suggestions(answers: Answers, feedback_id: str) -> list[dict]:
    """Return what the machine suggests for a verbatim: each code with its probability in percent; none where audited.

    Examples
    --------
    >>> from cjm_helpers.lab.coding_answers import open_answers
    >>> from cjm_helpers.study.folder import open_study
    >>> read_suggestions(open_answers(open_study("retail_checkout"), "anna")[0], "i0101")
    []
    """
    if is_audited(answers, feedback_id) and feedback_id not in answers.read:
        return []
    rows = answers.suggested.get(feedback_id, [])
    silent = {*answers.gone, NOTHING_FITS}  # that no code was found is no reason to say that none fits
    found = [(row, PROBABILITY.search(row["note"])) for row in rows if row["code_id"] not in silent]
    return [
        {"code_id": answers.follow(row["code_id"]), "percent": round(float(match[1]) * 100) if match else None}
        for row, match in found
    ]


def is_audited(answers: Answers, feedback_id: str) -> bool:
    """Tell whether a verbatim is read without what the machine suggests, to find out how often the machine is right."""
    return any(AUDIT in row["note"] for row in answers.suggested.get(feedback_id, ()))


def stamp_files(folder: Path, *, besides: str) -> list[tuple]:
    """Return how the files of a study stand, but for one that is written here, so that a change is noticed."""
    rooms = (folder / room for room in (WORKSHEETS, IMPORTED))
    files = [folder / FILE, *(file for room in rooms for file in sorted(room.rglob("*.csv")))]
    kept = [file for file in files if file.exists() and file != folder / besides]
    return [(str(file), (state := file.stat()).st_mtime_ns, state.st_size) for file in kept]
