"""Finding what ships with the workbook, and making a study from it."""

import pytest

from cjm_helpers.errors import CjmError, StudyNotFound
from cjm_helpers.study import kit
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import find_study, is_shipped, kit_folder, new_study


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


@pytest.mark.parametrize("example", ["", "retail_checkout"])
def test_a_new_study_has_what_a_team_needs(tmp_path, example):
    """Beside the tables stand every notebook, a place for exports, and the same README and .gitignore."""
    folder = new_study(tmp_path / "mine", example=example)
    names = [{path.name for path in (place / "notebooks").glob("*.ipynb")} for place in (kit_folder(), folder)]
    assert names[0] == names[1] and (folder / "raw").is_dir()
    for file in (".gitattributes", ".gitignore", "README.md"):
        assert (folder / file).read_bytes() == (kit_folder() / "templates" / "study" / file).read_bytes()


def test_a_copy_of_an_example_may_be_changed(tmp_path):
    """The copy passes every check of the example and is no example any more."""
    folder = new_study(tmp_path / "mine", example="retail_checkout")
    assert is_shipped(find_study("retail_checkout")) and not is_shipped(folder)
    assert open_study(folder).data_hash == open_study("retail_checkout").data_hash


def test_copies_may_be_written_to(tmp_path):
    """Where the workbook is installed read-only, the team's files are not."""
    source = tmp_path / "kit"
    source.mkdir()
    (source / "study.toml").write_text("")
    (source / "study.toml").chmod(0o444)
    kit._copy_files(source, to=tmp_path / "mine")
    assert (tmp_path / "mine" / "study.toml").stat().st_mode & 0o200


@pytest.mark.parametrize("stands", [False, True], ids=["new folder", "empty folder"])
@pytest.mark.parametrize(("error", "told"), [(OSError(28, "No space left"), CjmError), (KeyboardInterrupt(), None)])
def test_nothing_half_made_stays(tmp_path, monkeypatch, stands, error, told):
    """When the last step fails, all that was made is gone, folders on the way to it too."""

    def fail(*_, **__):
        raise error

    (tmp_path / "studies" / "mine" if stands else tmp_path).mkdir(parents=True, exist_ok=True)
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.setattr(kit, "copy_notebooks", fail)
    with pytest.raises(told or KeyboardInterrupt, match="No space left" if told else None):
        new_study(tmp_path / "studies" / "mine", example="retail_checkout")
    assert sorted(tmp_path.rglob("*")) == before


def test_an_unknown_example_makes_nothing(tmp_path):
    """The examples are named, and no folder is made."""
    with pytest.raises(StudyNotFound, match="retail_checkout"):
        new_study(tmp_path / "mine", example="retail")
    assert not (tmp_path / "mine").exists()
