"""Tests of how a run says how far it is: on a terminal, in a log, and where it is stopped."""

import io
import re
from types import SimpleNamespace as Clock
from types import SimpleNamespace as Report

import pytest
from rich import console

from cjm_helpers.batch import progress
from cjm_helpers.batch.progress import say_left, show_progress
from cjm_helpers.batch.report import Outcome

TWO = [Outcome(Report(name="Anna"), seconds=1.26), Outcome(Report(name="Ben"), failure="No answers.", seconds=62)]


def test_a_log_gets_a_line_a_report(capsys):
    """Each line says what came of a report, how many are done, and the seconds that it took."""
    assert list(show_progress(TWO, total=2)) == TWO
    said = capsys.readouterr()
    assert said.out == "Made Anna (1 of 2, 1.3 s)\nNo report for Ben (2 of 2, 62.0 s)\n" and not said.err


def test_a_terminal_gets_a_bar_with_the_time_left(monkeypatch, capsys):
    """On a terminal the lines become one bar, with how many are done and how long the rest takes."""
    shown, clock = io.StringIO(), iter([0, 30, 60])
    terminal = console.Console(file=shown, force_terminal=True, width=100, color_system=None)
    monkeypatch.setattr(console, "Console", lambda **_: terminal)
    monkeypatch.setattr(progress, "time", Clock(monotonic=lambda: next(clock)))
    list(show_progress(TWO, total=3))
    assert re.search(r"No report for Ben .* 2/3 30 s left", shown.getvalue())
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "no space left")])
def test_where_it_is_stopped_it_says_what_is_finished(capsys, error):
    """After Control-C, or on a full disk, one line says how many reports are finished and stay."""

    def stop():
        yield TWO[0]
        raise error

    with pytest.raises(type(error)):
        list(show_progress(stop(), total=2))
    assert "Stopped after 1 of 2 reports; what is finished stays." in capsys.readouterr().err


def test_nothing_to_make_says_nothing(capsys):
    """A run in which nothing has changed shows no bar of nought."""
    assert list(show_progress([], total=0)) == [] and capsys.readouterr() == ("", "")


@pytest.mark.parametrize(("seconds", "said"), [(1, "99 s left"), (2, "3 min left"), (60, "99 min left")])
def test_the_time_left_is_said_as_one_says_it(seconds, said):
    """Seconds up to a hundred, then minutes."""
    assert say_left(seconds, done=1, total=100) == said
