"""What the tests of the teaching room share: the example as committed, and one made anew."""

from pathlib import Path

import pytest

from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import find_example
from cjm_helpers.teach.script import read_script
from cjm_helpers.teach.simulate import simulate_retail_checkout

EXAMPLE = "retail_checkout"


@pytest.fixture(scope="session")
def committed() -> Path:
    """Return the folder of the example as committed."""
    return find_example(EXAMPLE)


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Path:
    """Return a folder in which the example was made anew."""
    return simulate_retail_checkout(tmp_path_factory.mktemp("made") / EXAMPLE)


@pytest.fixture(scope="session")
def study(committed):
    """Return the example, opened and checked."""
    return open_study(committed)


@pytest.fixture(scope="session")
def script():
    """Return what was written by hand for the example."""
    return read_script()


@pytest.fixture(scope="session")
def truth(script) -> dict:
    """Return what was planted in the example."""
    return script.truth
