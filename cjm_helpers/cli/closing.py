"""The sentences in which a run of reports ends: what was made, what stays, what failed, and what was left out."""

from collections import Counter
from collections.abc import Iterator, Sequence


def say_done(outcomes: Sequence, *, is_planned: bool = False) -> str:
    """Say how many reports were made, stay and failed; where a run is only planned, how many would be made.

    Examples
    --------
    >>> from types import SimpleNamespace as Outcome
    >>> kept, made = Outcome(is_kept=True, failure=""), Outcome(is_kept=False, failure="")
    >>> say_done([made, made, kept])
    '2 reports made; 1 stays, as nothing has changed for it.'
    >>> say_done([made], is_planned=True)
    '1 report would be made.'
    """
    failed = sum(bool(outcome.failure) for outcome in outcomes)
    kept = sum(outcome.is_kept for outcome in outcomes)
    made = len(outcomes) - kept - failed
    if kept == len(outcomes):
        return say_unchanged(kept)
    told = {
        f"{'would be ' if is_planned else ''}made": made,
        f"{_fit(kept, 'stays', 'stay')}, as nothing has changed for {_fit(kept, 'it', 'them')}": kept,
        "could not be made": failed,
    }
    (first, count), *others = [(what, count) for what, count in told.items() if count]
    return "; ".join([f"{count_reports(count)} {first}", *(f"{count} {what}" for what, count in others)]) + "."


def say_unchanged(count: int) -> str:
    """Say that a run had nothing to make.

    Examples
    --------
    >>> say_unchanged(6)
    'Nothing has changed: 6 reports stay as they are.'
    """
    return f"Nothing has changed: {count_reports(count)} {_fit(count, 'stays as it is', 'stay as they are')}."


def say_more(left_out: Sequence, outcomes: Sequence) -> Iterator[str]:
    """Say how many reports were left out, and why, and which are made by every run.

    Examples
    --------
    >>> from types import SimpleNamespace as Thing
    >>> list(say_more([Thing(reason="fewer than 5 customers")], [Thing(reads={"outside:a warehouse": "unknown"})]))[0]
    '1 report left out (fewer than 5 customers).'
    """
    from cjm_helpers.study.ledger import OUTSIDE

    for reason, count in Counter(one.reason for one in left_out).items():
        yield f"{count_reports(count)} left out ({reason})."
    outside = Counter(name.removeprefix(OUTSIDE) for one in outcomes for name in one.reads if name.startswith(OUTSIDE))
    for place, count in outside.items():
        reads, them = _fit(count, "reads", "read"), _fit(count, "it", "them")
        yield f"{count_reports(count)} {reads} {place}, which may change unseen, so every run makes {them} anew."


def count_reports(count: int) -> str:
    """Return a number of reports in words.

    Examples
    --------
    >>> count_reports(1), count_reports(2)
    ('1 report', '2 reports')
    """
    return f"{count} {_fit(count, 'report', 'reports')}"


def _fit(count: int, one: str, many: str) -> str:
    return one if count == 1 else many
