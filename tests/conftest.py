"""What every test may use, and what happens around each of them."""

import sys
from pathlib import Path

import hypothesis
import pytest

collect_ignore = ["benchmarks"]

HERE = Path(__file__).parent
SHARING = ("batch", "drawing", "teach")  # folders whose tests share pages, maps or studies that are slow to make

# A busy machine must not make a right answer wrong.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Where tests run in several processes, keep those of a file in one, and those of a folder that shares much."""
    for item in items:
        shared = [folder for folder in SHARING if item.path.is_relative_to(HERE / folder)]
        item.add_marker(pytest.mark.xdist_group((shared or [str(item.path)])[0]))


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
    """Sentences name commands the way the program was started; in tests that is always `cjm`."""
    monkeypatch.setattr("sys.argv", ["cjm"])
