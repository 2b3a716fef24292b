"""What a machine may learn from: verbatims that people coded, equal texts once, with who said them."""

import unicodedata
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cjm_helpers.method.codings import list_codes, settle_codings
from cjm_helpers.method.verbatims import name_people
from cjm_helpers.stats.text_classifier import FOLDS

LEAST_POSITIVES = 20
HALF = 0.5


@dataclass(frozen=True, eq=False)
class Examples:
    """Texts that people coded: carries has one row a text, one column a code; groups numbers who said it.

    codes has one row a code: code_id, label, positives (texts that carry it), people (who said those), finding ("" =
    the machine can learn it).
    """

    texts: list[str]
    groups: np.ndarray
    codes: pd.DataFrame
    carries: np.ndarray
    without_words: int
    unread: pd.DataFrame

    @property
    def learnable(self) -> np.ndarray:
        """The places of the codes that the machine can learn."""
        return np.flatnonzero(self.codes["finding"] == "")


def gather_examples(feedback: pd.DataFrame, codings: pd.DataFrame, *, codebook, decisions) -> Examples:
    """Gather what people settled, one row a distinct text, and the verbatims that no person read.

    A text that several said is learnt and counted once, for the first of them; it carries a code if at least half of
    its verbatims do. Verbatims without words are left out, and counted.

    Columns read: feedback_id, customer_id, speaker, text; those of `settle_codings`; code_id, label, status, parent.

    Examples
    --------
    >>> said = {"feedback_id": ["f1", "f2"], "customer_id": "", "speaker": "", "text": ["Slow!", "slow!"]}
    >>> read = {"feedback_id": ["f1", "f2"], "coder_id": "anna", "code_id": "slow", "touchpoint_id": "", "emotion": 0.0}
    >>> nobody = pd.DataFrame(columns=["feedback_id", "code_id", "applies"], dtype="str")
    >>> book = pd.DataFrame({"code_id": ["slow"], "label": "Slow", "status": "", "parent": "", "replaced_by": ""})
    >>> gather_examples(pd.DataFrame(said), pd.DataFrame(read), codebook=book, decisions=nobody).texts
    ['slow!']
    """
    settled = settle_codings(codings, decisions, codebook=codebook)
    plain = feedback["text"].map(plain_text)
    said = feedback.assign(plain=plain, person=name_people(feedback))
    is_read = said["feedback_id"].isin(settled["feedback_id"])
    read = said[is_read & (plain != "")].sort_values("feedback_id")
    numbers, texts = pd.factorize(read["plain"])
    labels = codebook.drop_duplicates("code_id").set_index("code_id")["label"].to_dict()
    codes = list_codes(codebook, settled["code_id"])
    book = pd.DataFrame({"code_id": codes, "label": [labels.get(code_id) or code_id for code_id in codes]}, dtype="str")
    carries = _spread_codes(settled, dict(zip(read["feedback_id"], numbers)), book["code_id"], texts=len(texts))
    groups = pd.factorize(read["person"][~read["plain"].duplicated()])[0]
    return Examples(
        list(texts), groups, _judge_codes(book, carries, groups), carries, int((is_read & (plain == "")).sum()),
        said[~is_read & (plain != "")],
    )  # fmt: skip


def plain_text(text: str) -> str:
    """Return a text with one way of writing: no capitals, single blanks, signs in their usual form.

    Examples
    --------
    >>> plain_text(" Too  SLOW ")
    'too slow'
    """
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def _spread_codes(settled: pd.DataFrame, numbers: dict, code_ids: pd.Series, *, texts: int) -> np.ndarray:
    """Return for each distinct text and code whether at least half of its verbatims carry it."""
    columns = {code_id: column for column, code_id in enumerate(code_ids)}
    rows, places = settled["feedback_id"].map(numbers), settled["code_id"].map(columns)
    is_used = rows.notna() & places.notna()
    carrying = np.zeros((texts, len(code_ids)))
    np.add.at(carrying, (rows[is_used].astype(int), places[is_used].astype(int)), 1)
    times = np.bincount(list(numbers.values()), minlength=texts)
    return carrying >= np.maximum(times[:, None] * HALF, HALF)


def _judge_codes(book: pd.DataFrame, carries: np.ndarray, groups: np.ndarray) -> pd.DataFrame:
    positives = carries.sum(axis=0).astype(int)
    people = [len(np.unique(groups[column])) for column in carries.T]
    few = np.minimum(positives, len(carries) - positives) < LEAST_POSITIVES
    findings = np.where(few, "too few examples", np.where(np.array(people, dtype=int) < FOLDS, "too few people", ""))
    return book.assign(positives=positives, people=people, finding=findings)
