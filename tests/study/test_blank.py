"""The blank study is what the specs say, byte for byte."""

import re

from cjm_helpers.study.blank import describe_tables, spell_headers, write_blank
from cjm_helpers.study.kit import kit_folder
from cjm_helpers.worksheets import SPECS

BLANK = kit_folder() / "templates" / "study"


def test_the_worksheets_equal_the_specs():
    """Each empty worksheet holds its heading and nothing else; no other file lies there."""
    found = {path.stem: path.read_bytes() for path in (BLANK / "worksheets").iterdir()}
    assert found == spell_headers()


def test_the_data_dictionary_equals_the_specs():
    """README.md is the text made from the specs; make it again with write_blank after changing them."""
    assert (BLANK / "README.md").read_text(encoding="utf-8") == describe_tables()


def test_the_data_dictionary_names_every_column():
    """Every column of every table has its line."""
    text = describe_tables()
    for spec in SPECS.values():
        section = text.split(f"#### {spec.name}\n")[1].split("\n#")[0]
        for column in spec.columns:
            assert f"| {column.name} |" in section or f"| **{column.name}** |" in section


def test_the_readme_names_every_notebook():
    """A team finds each notebook that it was given in its README, with what it is for."""
    named = re.findall(r"^\| `(\d\d_\w+)` \| \w", describe_tables(), flags=re.MULTILINE)
    assert {path.stem for path in (kit_folder() / "notebooks").glob("*.ipynb")} <= set(named)
    assert named == sorted(named)


def test_writing_twice_changes_nothing(tmp_path):
    """The same specs give the same files."""
    for _ in range(2):
        write_blank(tmp_path)
        files = {path.name: path.read_bytes() for path in tmp_path.rglob("*.*")}
    assert files["README.md"] == describe_tables().encode("utf-8")
