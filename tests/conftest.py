"""What every test may use, and what happens around each of them."""

import sys

import hypothesis
import pytest

collect_ignore = ["benchmarks"]

# A busy machine must not make a right answer wrong.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")


@pytest.fixture(autouse=True)
def close_figures():
    """Close whatever figures a test left open; tests that draw nothing never load matplotlib for it."""
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


@pytest.fixture(scope="session")
def example():
    """Open the example study once for all tests; none of them changes it."""
    from cjm_helpers.study.folder import open_study

    return open_study("retail_checkout")


@pytest.fixture(autouse=True)
def started_as_cjm(monkeypatch):
    """Sentences name commands the way the program was started: in tests always `cjm`; the folder stays what it was."""
    monkeypatch.setattr("sys.argv", ["cjm"])
    monkeypatch.chdir(".")
