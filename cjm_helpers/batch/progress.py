"""Says how far a run is: a bar with the time left on a terminal, a line for each report in a log."""

import sys
import time
from collections.abc import Iterable, Iterator

from cjm_helpers.batch.report import Outcome
from cjm_helpers.errors import CjmError

MINUTE = 60
LONG = 100  # seconds; from here on minutes are said


def show_progress(outcomes: Iterable[Outcome], *, total: int) -> Iterator[Outcome]:
    """Yield outcomes as they come and say each one; where the run is stopped, say how many reports are finished.

    Parameters
    ----------
    outcomes
        Outcomes of reports, as they finish.
    total
        How many there will be.

    Examples
    --------
    >>> from types import SimpleNamespace as Report
    >>> for outcome in show_progress([Outcome(Report(name="Anna"), seconds=1.26)], total=1):
    ...     pass
    Made Anna (1 of 1, 1.3 s)
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console, began, number = Console(stderr=True), time.monotonic(), 0
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[left]}"))
    is_shown = console.is_terminal and total > 0
    try:
        with Progress(*columns, console=console, disable=not is_shown) as progress:
            task = progress.add_task("Making reports", total=total, left="")
            for number, outcome in enumerate(outcomes, start=1):
                said = f"{'No report for' if outcome.failure else 'Made'} {outcome.report.name}"
                left = say_left(time.monotonic() - began, done=number, total=total)
                progress.update(task, advance=1, description=said, left=left)
                if not is_shown:  # a log, or a program that reads along
                    print(f"{said} ({number} of {total}, {outcome.seconds:.1f} s)", flush=True)
                yield outcome
    except (KeyboardInterrupt, OSError, CjmError):
        if number:
            print(f"Stopped after {number} of {total} reports; what is finished stays.", file=sys.stderr)
        raise


def say_left(seconds: float, *, done: int, total: int) -> str:
    """Say how long the rest takes if it goes on as it went so far; nothing where there is no rest.

    Examples
    --------
    >>> say_left(20, done=10, total=100)
    '3 min left'
    """
    left = seconds / done * (total - done)
    return "" if done == total else f"{left / MINUTE:.0f} min left" if left > LONG else f"{left:.0f} s left"
