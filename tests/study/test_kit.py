"""Finding what ships with the workbook, and making a study from it."""

import pytest

from cjm_helpers.errors import CjmError, StudyNotFound
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import find_study, kit_folder, new_study


def test_new_study_opens(tmp_path):
    """A new study opens without faults, has the first shelf only, and keeps raw exports out of git."""
    folder = new_study(tmp_path / "mine")
    assert len(open_study(folder).touchpoints) == 0
    assert {path.stem for path in (folder / "worksheets").iterdir()} == {"personas", "touchpoints", "statements"}
    assert {"raw/", ".history/"} <= set((folder / ".gitignore").read_text().split())


def test_new_study_spares_a_folder_in_use(tmp_path):
    """A folder that holds something is refused and left as it was."""
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(CjmError, match="not empty"):
        new_study(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_kit_is_the_checkout_here():
    """Beside the package stand templates and examples."""
    assert (kit_folder() / "templates" / "study" / "study.toml").is_file()


def test_a_study_is_found_by_folder_or_name(tmp_path):
    """A folder with a study.toml counts first, then the examples; anything else is answered with their names."""
    assert find_study(new_study(tmp_path / "mine")) == tmp_path / "mine"
    assert find_study("retail_checkout").name == "retail_checkout"
    with pytest.raises(StudyNotFound, match="Did you mean 'retail_checkout'"):
        find_study("retail_chekout")
