"""What the steps found in the example study, gathered once for the tests of opportunities."""

import pytest


@pytest.fixture(scope="session")
def found(example):
    """Gather the example's parts for everyone in the newest wave; no test changes them."""
    from cjm_helpers.method.journey.parts import gather_parts
    from cjm_helpers.study.selection import select_rows

    return gather_parts(select_rows(example), bootstraps=2)
