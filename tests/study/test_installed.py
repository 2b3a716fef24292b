"""The workbook installed from its wheel, far from its checkout."""

import json
import os
import subprocess
import sys
import zipfile

import pytest
from house import CHECKOUT


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Run Python where only the installed wheel is found, in a folder outside the checkout."""
    pytest.importorskip("hatchling", reason="hatchling, which builds the wheel, is not installed")
    place = tmp_path_factory.mktemp("installed")
    build = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, str(place)], cwd=CHECKOUT, check=True, capture_output=True)
    with zipfile.ZipFile(*place.glob("*.whl")) as wheel:
        wheel.extractall(place / "site")
    (place / "elsewhere").mkdir()

    def run_python(*words):
        environment = os.environ | {"PYTHONPATH": str(place / "site")}
        command = [sys.executable, *words]
        return subprocess.run(command, cwd=place / "elsewhere", env=environment, capture_output=True, text=True)

    run_python.folder = place / "elsewhere"
    return run_python


def test_the_wheel_is_what_runs(run):
    """The package and its kit lie where the wheel was unpacked."""
    said = run("-c", "from cjm_helpers.study.kit import kit_folder; print(kit_folder())")
    assert said.stdout.strip() == str(run.folder.parent / "site" / "cjm_helpers" / "kit"), said.stderr


@pytest.mark.parametrize("words", [[], ["--example", "retail_checkout"]], ids=["blank", "example"])
def test_a_study_is_made_from_the_wheel(run, words):
    """A new study has its notebooks, README and .gitignore, and passes its check."""
    name = "_".join(["mine", *words[1:]])
    made = run("-m", "cjm_helpers", "new", name, *words)
    assert made.returncode == 0, made.stderr
    folder = run.folder / name
    assert {".gitignore", "README.md", "study.toml"} <= {path.name for path in folder.iterdir()}
    copies = {path.name: json.loads(path.read_bytes()) for path in (folder / "notebooks").iterdir()}
    assert copies.keys() == {path.name for path in (CHECKOUT / "notebooks").glob("*.ipynb")}
    assert all('study: str = ".."' in json.dumps(copy).replace('\\"', '"') for copy in copies.values())
    assert run("-m", "cjm_helpers", "check", name).returncode == 0
