"""The packages the workbook stands on: pyproject.toml, the pins, environment.yml and the design card in step."""

import re
import tomllib
from itertools import combinations

import pytest
import yaml
from house import CHECKOUT, PACKAGE, list_code, list_imports
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

CARD = ["jupyterlab", "pandas", "matplotlib", "seaborn", "ipywidgets", "papermill", "nbval"]
CONDA_NAMES = {
    "matplotlib": "matplotlib-base",
    "seaborn": "seaborn-base",
    "duckdb": "python-duckdb",
    "ibis-framework": "ibis-duckdb",
}
ONLY_CONDA = {"python", "pip"}
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))


ORACLES = [Requirement(line) for line in PROJECT["project"]["optional-dependencies"]["oracle"]]


def read_ranges() -> dict[str, SpecifierSet]:
    """Return the range of every package that pyproject.toml asks for, the tests' ones too."""
    lines = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["test"]
    return {need.name: need.specifier for need in map(Requirement, lines)}


def read_pins(file: str) -> list[Requirement]:
    """Return the pins of one file, one line each."""
    return [Requirement(line) for line in (CHECKOUT / file).read_text(encoding="utf-8").splitlines()]


def read_conda() -> dict[str, SpecifierSet]:
    """Return the ranges of environment.yml under conda's names, those that its pip line holds too."""
    listed = yaml.safe_load((CHECKOUT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    pip = next(line["pip"] for line in listed if isinstance(line, dict))
    lines = [line for line in listed if isinstance(line, str)] + [line for line in pip if line != "-e ."]
    found = [re.fullmatch(r"([\w.-]+?)((?:[<>=!~]).*)?", line).groups(default="") for line in lines]
    return {name: SpecifierSet(re.sub("^=(?!=)", "==", spec)) for name, spec in found}


def test_conda_gets_the_same_ranges():
    """environment.yml holds the packages of pyproject.toml, no fewer and no others, with the same ranges."""
    wanted = {CONDA_NAMES.get(name, name): spec for name, spec in read_ranges().items()}
    conda = read_conda()
    assert {name: spec for name, spec in conda.items() if name not in ONLY_CONDA} == wanted


def test_conda_gets_a_python_that_works():
    """The one Python that environment.yml names lies in the range of pyproject.toml."""
    version = str(read_conda()["python"]).removeprefix("==")
    assert version in SpecifierSet(PROJECT["project"]["requires-python"])


def test_pins_lie_in_their_ranges():
    """Every package of pyproject.toml is pinned, and every pin satisfies its range."""
    pins = read_pins("requirements.txt") + read_pins("requirements-test.txt")
    for name, allowed in read_ranges().items():
        versions = [str(pin.specifier).removeprefix("==") for pin in pins if pin.name == name]
        assert versions, name
        assert all(allowed.contains(version) for version in versions), name


def test_pins_are_exact_and_stand_once():
    """Each line is one exact version, and no file repeats another."""
    files = [read_pins(file) for file in ("requirements.txt", "requirements-test.txt", "requirements-full.txt")]
    assert all(str(pin.specifier).startswith("==") for pins in files for pin in pins)
    for one, other in combinations(files, 2):
        assert {pin.name for pin in one} & {pin.name for pin in other} == set()


def test_report_needs_nothing_of_the_tests():
    """What pyproject.toml asks for outside the test group is pinned in requirements.txt alone."""
    base = {pin.name for pin in read_pins("requirements.txt")}
    assert {Requirement(line).name for line in PROJECT["project"]["dependencies"]} <= base


def test_nothing_of_ours_stands_on_an_oracle():
    """The GPL packages are pinned in a file of their own, and no file of the package imports one."""
    assert {need.name for need in ORACLES} <= {pin.name for pin in read_pins("requirements-full.txt")}
    imported = {module.partition(".")[0] for file in list_code(PACKAGE) for module in list_imports(file)}
    assert imported & {need.name.replace("-", "_") for need in ORACLES} == set()


@pytest.mark.parametrize("name", CARD)
def test_the_design_card_is_kept(name):
    """Each package that the workbook promised to stand on is asked for."""
    assert name in read_ranges()
