"""Files that are whole or not there."""

import pytest

from cjm_helpers.cli.files import save_whole


def test_an_older_file_stays_until_the_new_one_is_whole(tmp_path):
    """Saving that breaks off leaves the file as it was, and nothing beside it."""
    file = tmp_path / "map.svg"
    file.write_text("old")

    def break_off(path):
        path.write_text("half")
        raise ValueError

    with pytest.raises(ValueError):
        save_whole(break_off, file)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


def test_the_ending_stays_while_it_is_saved(tmp_path):
    """What saves by the ending sees the one that was asked for."""
    seen = []
    save_whole(lambda path: seen.append(path.suffix) or path.write_text(""), tmp_path / "map.pdf")
    assert seen == [".pdf"]
