"""What README.md shows and says is so."""

import re

from house import CHECKOUT

import cjm_helpers as cjm
from cjm_helpers import cli

PERSONA = "busy_parent"
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")


def test_the_picture_is_the_map_of_today():
    """The map that README.md shows is the one the example gives now; `make picture` draws it anew."""
    shown = re.search(r"!\[[^\]]+\]\(([^)]+\.svg)\)", README)[1]
    part = cjm.select_rows(cjm.open_study("retail_checkout"), persona_id=PERSONA)
    drawn = cjm.maps.draw_journey_map(cjm.journey.build_journey(part)).svg
    assert (CHECKOUT / shown).read_text(encoding="utf-8") == drawn


def test_every_command_of_the_readme_is_one():
    """Each command line that README.md shows is understood by the program."""
    lines = re.findall(r"py(?:thon3)? -m cjm_helpers ([^`#\n]+)", README)
    assert len(lines) > 5
    for line in lines:
        words = line.split()
        assert "--help" in words or cli.read_arguments(words).command == words[0]
