"""What stands in the checkout: the tree in the README, and nothing that ties it to a machine."""

import re

import pytest
from house import CHECKOUT, PACKAGE, list_files

HEADING = "## What is where"
BINARY = {".png", ".parquet", ".pdf", ".xlsx"}
HOSTS = ["py" + "pi.org", "python" + "hosted", "ana" + "conda.", "np" + "mjs", "deb." + "debian"]
MACHINES = [r"(?<![\w.~])/(home|root|Users|work|tmp)/\w", r"\b[A-Z]:\\\\?Users"]


def read_tree() -> dict[str, str]:
    """Return the entries of the README's tree, each with its line; an inner entry has the path of its parents."""
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    assert HEADING in readme, f"README.md needs the heading '{HEADING}' and a tree block below it"
    block = readme.split(HEADING)[1].split("```")[1].split("\n", 1)[1]
    entries, parents = {}, []
    for line in filter(str.strip, block.splitlines()):
        depth = len(re.match(r"[\s│├└─]*", line)[0])
        name, _, gloss = line[depth:].partition(" ")
        parents = [(at, parent) for at, parent in parents if at < depth] + [(depth, name.rstrip("/"))]
        entries["/".join(parent for _, parent in parents)] = gloss.strip()
    return entries


def list_disk() -> set[str]:
    """Return what the tree must name: everything at the top and every room or file of the package."""
    names = [file.relative_to(CHECKOUT).parts for file in list_files()]
    inner = {f"{PACKAGE.name}/{parts[1]}" for parts in names if parts[0] == PACKAGE.name}
    return {parts[0] for parts in names} | inner


def read_texts() -> dict[str, str]:
    """Return every text file of the checkout."""
    files = [file for file in list_files() if file.suffix not in BINARY]
    return {str(file.relative_to(CHECKOUT)): file.read_text(encoding="utf-8", errors="replace") for file in files}


def test_the_tree_names_what_is_there():
    """The README's tree and the disk hold the same entries: all at the top, and all rooms of the package."""
    listed, disk = read_tree(), list_disk()
    assert disk - set(listed) == set(), "missing from the tree in README.md"
    assert {name for name in listed if not (CHECKOUT / name).exists()} == set(), "in the tree of README.md only"


def test_every_entry_has_a_line():
    """Each entry of the tree says what it is for."""
    assert [name for name, gloss in read_tree().items() if not gloss] == []


@pytest.mark.parametrize("host", HOSTS)
def test_no_package_host_is_named(host):
    """Where packages come from is the user's affair, so no file names a host of them."""
    assert [name for name, text in read_texts().items() if host in text] == []


@pytest.mark.parametrize("pattern", MACHINES)
def test_no_path_of_a_machine_is_named(pattern):
    """No file, notebook output or page holds the path of somebody's folder."""
    this = "tests/test_tree.py"
    assert [name for name, text in read_texts().items() if name != this and re.search(pattern, text)] == []


def test_requirements_hold_no_address():
    """The pins name packages and versions, never an address."""
    for file in ["requirements.txt", "requirements-test.txt", "requirements-full.txt", "environment.yml"]:
        assert "://" not in (CHECKOUT / file).read_text(encoding="utf-8")
