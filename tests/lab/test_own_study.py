"""Tests of making a study of one's own from what the workbook ships."""

from pathlib import Path

import pytest

from cjm_helpers.errors import CjmError
from cjm_helpers.lab.own_study import find_lab_root, make_own_study
from cjm_helpers.study.folder import open_study


@pytest.fixture
def lab(tmp_path, monkeypatch):
    """A folder that JupyterLab shows."""
    monkeypatch.setenv("CJM_LAB_ROOT", str(tmp_path))
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    return tmp_path


def test_a_copy_is_named_and_linked(lab):
    """The copy stands in the folder JupyterLab shows, named after the study, and the link leads to its notebook."""
    made = make_own_study("", name="Our Checkout", example="retail_checkout")
    assert open_study(made["folder"]).name == "Our Checkout"
    assert Path(made["folder"]) == lab / "our_checkout"
    assert made["link"] == "our_checkout/notebooks/00_start_here.ipynb"


def test_the_same_notebook_is_opened(lab, monkeypatch):
    """Whoever was in a notebook goes on in the copy of that one."""
    monkeypatch.setenv("JPY_SESSION_NAME", "/somewhere/notebooks/00_start_here.ipynb")
    assert make_own_study("here", name="Shop")["link"] == "here/notebooks/00_start_here.ipynb"


def test_a_folder_elsewhere_has_no_link(lab, tmp_path_factory):
    """A folder that JupyterLab does not show is made too, and its notebook is said by its path."""
    place = tmp_path_factory.mktemp("elsewhere") / "shop"
    made = make_own_study(place, name="Shop")
    assert made["link"] == "" and Path(made["notebook"]).is_file()


def test_a_study_needs_a_name_and_an_empty_folder(lab):
    """Without a name, or where something stands already, nothing is made."""
    with pytest.raises(CjmError, match="no name yet"):
        make_own_study("", name="  ")
    (lab / "taken").mkdir()
    (lab / "taken" / "notes.txt").write_text("mine")
    with pytest.raises(CjmError, match="not empty"):
        make_own_study("taken", name="Shop")


def test_notebooks_are_never_the_place(monkeypatch, tmp_path):
    """Where JupyterLab's folder is not known, a study stands beside the notebooks and not among them."""
    monkeypatch.delenv("CJM_LAB_ROOT", raising=False)
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    assert find_lab_root() == tmp_path
