"""Writing several files as one."""

import pytest

from cjm_helpers.study import together
from cjm_helpers.study.tables import write_whole


def test_a_failure_leaves_every_file_as_it_was(tmp_path, monkeypatch):
    """Where the second file cannot be written, the first one holds its old content and the third is not there."""
    (tmp_path / "a.csv").write_text("old")
    calls = []

    def write(path, content):
        calls.append(path.name)
        if path.name == "b.csv":
            raise OSError("full")
        write_whole(path, content)

    monkeypatch.setattr(together, "write_whole", write)
    with pytest.raises(OSError, match="full"):
        together.write_together(tmp_path, {"a.csv": b"new", "b.csv": b"new", "c.csv": b"new"})
    assert (tmp_path / "a.csv").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv"] and "c.csv" not in calls


def test_files_are_taken_away_too(tmp_path):
    """A file that is None is gone afterwards, and worksheets are kept in the history first."""
    write_whole(tmp_path / "worksheets" / "goals.csv", b"goal_id")
    together.write_together(tmp_path, {"worksheets/goals.csv": None})
    assert not (tmp_path / "worksheets" / "goals.csv").exists()
    assert [path.read_bytes() for path in (tmp_path / ".history").rglob("0*.csv")] == [b"goal_id"]
