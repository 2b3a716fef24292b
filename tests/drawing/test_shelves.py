"""The shelves of a study and the road of the notebooks, as tables."""

from house import CHECKOUT

from cjm_helpers.drawing.shelves import ROAD, show_road, show_shelves
from cjm_helpers.worksheets import SPECS


def test_every_table_stands_on_its_shelf():
    """All tables are shown, an empty one says so, and shelves come in their order."""
    shown = show_shelves(dict.fromkeys(SPECS, 0) | {"personas": 1_234})
    assert all(f">{name}<" in shown.html for name in SPECS)
    assert "1,234" in shown.html and shown.html.count(">empty<") == len(SPECS) - 1
    assert shown.html.index("Shelf 1: first map") < shown.html.index("Shelf 4: decide")


def test_the_road_names_every_notebook_and_only_known_tables():
    """Each notebook after the first has its line, and no line waits for a table that does not exist."""
    files = sorted(path.stem for path in (CHECKOUT / "notebooks").glob("0[1-9]_*.ipynb"))
    assert files == sorted(ROAD)
    assert {table for _, uses in ROAD.values() for table in uses} <= set(SPECS)


def test_the_road_says_what_is_there_and_what_is_lacking():
    """A filled table moves its gain from what is waited for to what can be shown."""
    empty, filled = show_road({}), show_road({"goals": 3})
    assert "goals (what we want to reach)" in empty.text
    assert "goals (" not in filled.text and "what we want to reach" in filled.text
