"""What every test may use, and what happens around each of them."""

import sys

import hypothesis
import pytest

collect_ignore = ["benchmarks"]
SHARE_PAGES = ("tests/batch/test_comparison.py", "tests/batch/test_example_pages.py")

# A busy machine must not make a right answer wrong.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Give each file to one process, and the files that read the same pages to the same one: these take a while."""
    from xdist.scheduler import LoadFileScheduling

    class ByFile(LoadFileScheduling):
        def _split_scope(self, nodeid):
            file = super()._split_scope(nodeid)
            return SHARE_PAGES[0] if file in SHARE_PAGES else file

    return ByFile(config, log)


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
