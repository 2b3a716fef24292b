"""Journeys and their maps for the tests of the drawn map."""

import pytest
from drawing.hard_journeys import COMPARED, JOURNEYS, Laid, draw_map, lay_map

from cjm_helpers.drawing.sheet.paper import PAPERS

MAPS = (*JOURNEYS, *COMPARED)


@pytest.fixture(params=list(JOURNEYS))
def any_journey(request):
    """Return each of the journeys in turn."""
    return JOURNEYS[request.param]()


@pytest.fixture(scope="session", params=MAPS)
def any_map(request):
    """Return each of the drawn maps in turn, laid out once."""
    return draw_map(request.param)


@pytest.fixture(scope="session", params=[f"{name} {paper}" for name in MAPS for paper in PAPERS])
def laid(request):
    """Return each of the maps on each of the papers, laid out once."""
    name, paper = request.param.split(" ")
    return Laid(name, PAPERS[paper], lay_map(name, paper))


@pytest.fixture
def rich():
    """Return the journey with everything on it."""
    return JOURNEYS["rich"]()


@pytest.fixture
def two_sheets():
    """Return the journey of 24 steps."""
    return JOURNEYS["two_sheets"]()
