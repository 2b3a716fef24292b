"""What the tests of the teaching room share: the examples as committed, and some made anew."""

from pathlib import Path

import pytest

from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import find_example
from cjm_helpers.teach.script import read_script
from cjm_helpers.teach.simulate import simulate_care_after_purchase, simulate_retail_checkout

EXAMPLE = "retail_checkout"
MAKERS = {EXAMPLE: simulate_retail_checkout, "care_after_purchase": simulate_care_after_purchase}


@pytest.fixture(scope="session")
def committed() -> Path:
    """Return the folder of the example as committed."""
    return find_example(EXAMPLE)


@pytest.fixture(scope="session", params=MAKERS)
def twins(request, tmp_path_factory) -> tuple[Path, Path]:
    """Return, for each example with a script, a folder in which it was made anew, and the committed one."""
    name = request.param
    return MAKERS[name](tmp_path_factory.mktemp("made") / name), find_example(name)


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
