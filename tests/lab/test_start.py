"""JupyterLab as `cjm lab` opens it: really started, on the start notebook, quiet."""

import json

import pytest
from lab.lab_driver import ask, start_server

from cjm_helpers import cli
from cjm_helpers.lab.start import ROOT, find_in_lab, find_start
from cjm_helpers.study.kit import new_study

NEWS = "lab/api/settings/@jupyterlab/apputils-extension:notification"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Start JupyterLab without a browser, give its address and log, and end it."""
    with start_server(home=tmp_path_factory.mktemp("settings")) as started:
        yield started


def test_lab_opens_the_start_notebook(lab):
    """The server's front door leads to the notebook to start with."""
    address, _ = lab
    assert ask(address)[0].endswith("/lab/tree/notebooks/00_start_here.ipynb")


def test_lab_fetches_no_news(lab):
    """JupyterLab neither asks about news nor looks for updates."""
    address, _ = lab
    options = json.loads(ask(address + NEWS)[1])["schema"]["properties"]
    assert options["fetchNews"]["default"] == "false"
    assert options["checkForUpdates"]["default"] is False


def test_lab_lets_a_page_run_cells(lab):
    """A drop-down can run the cells below it, as the page may reach JupyterLab."""
    address, _ = lab
    assert '"exposeAppInBrowser": true' in ask(address + "lab")[1]


def test_lab_talks_to_kernels_in_private(lab):
    """A kernel gets keys for its connection (without them it warns at each start), and nothing but our line is said."""
    address, log = lab
    kernel = json.loads(ask(address + "api/kernels", b"{}")[1])["id"]
    connection = json.loads((log.parent / f"kernel-{kernel}.json").read_text(encoding="utf-8"))
    assert connection["curve_publickey"]
    assert log.read_text(encoding="utf-8").startswith("JupyterLab is starting.")


def test_the_workbook_is_shown_itself():
    """Without a study JupyterLab shows the workbook."""
    assert find_start(cli.CHECKOUT) == (cli.CHECKOUT, "notebooks/00_start_here.ipynb")


def test_a_study_is_shown_with_its_neighbours(tmp_path):
    """A study opens on its own first notebook, in the folder around it, so that a new one beside it is a click away."""
    study = new_study(tmp_path / "our shop")
    with start_server(study, home=tmp_path) as (address, _):
        assert ask(address)[0].endswith("/lab/tree/our%20shop/notebooks/00_start_here.ipynb")
        assert "our shop" in {entry["name"] for entry in json.loads(ask(address + "api/contents")[1])["content"]}


def test_a_file_is_named_as_jupyterlab_names_it(tmp_path, monkeypatch):
    """A file in what JupyterLab shows has a path there, also where a link leads to it; another has none."""
    monkeypatch.setenv(ROOT, str(tmp_path / "shown"))
    (tmp_path / "shown").mkdir()
    assert find_in_lab(tmp_path / "shown" / "shop" / "a.csv") == "shop/a.csv"
    assert find_in_lab(tmp_path / "shown" / ".." / "b.csv") == ""
    monkeypatch.delenv(ROOT)
    assert find_in_lab(tmp_path / "shown" / "a.csv") == ""
