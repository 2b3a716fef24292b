"""Notebooks copied into a study: cleared, and each opening the study it lies in."""

import json

import nbformat
import pytest
from house import CHECKOUT

from cjm_helpers.study.copies import clear_notebook, copy_notebooks
from cjm_helpers.study.kit import new_study

SHIPPED = sorted((CHECKOUT / "notebooks").glob("*.ipynb"))
PARAMETERS = 'study: str = "retail_checkout"  # a folder\nseed: int = 0  # for chance'


def make_notebook(*sources):
    """Return the text of a notebook as it is after a run; its first cell holds the parameters."""
    cells = [nbformat.v4.new_code_cell(source, id=f"c{place:02d}") for place, source in enumerate(sources)]
    cells[0].metadata["tags"] = ["parameters"]
    for place, cell in enumerate(cells, start=1):
        cell |= {"execution_count": place, "outputs": [nbformat.v4.new_output("stream", text="seen")]}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.writes(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}))


def read_parameters(notebook):
    """Return the cell with the parameters."""
    (cell,) = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    return cell.source


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)
def test_a_copy_differs_in_outputs_and_study_alone(file):
    """Texts, code, tags and cell ids stay; outputs and counts are gone; only the study is another."""
    before = nbformat.read(file, as_version=4)
    after = nbformat.reads(clear_notebook(file.read_text(encoding="utf-8")), as_version=4)
    for cell in before.cells:
        if cell.cell_type == "code":
            cell |= {"outputs": [], "execution_count": None}
    study = next(line for line in read_parameters(before).splitlines() if line.startswith("study"))
    assert 'study: str = ".."' in read_parameters(after)
    assert str(after).replace('".."', '"retail_checkout"') == str(before) and '"retail_checkout"' in study


@pytest.mark.parametrize("line", ['study = "x"', "study: str='x'  # my 'study'", 'study: str = "a \' b"  # "c"'])
def test_the_study_is_set_however_it_is_spelt(line):
    """Quotes of both kinds and comments are left as they are; a text that names the study is not touched."""
    text = clear_notebook(make_notebook(f"{line}\nother = 1", "study = 'kept'"))
    first, second = nbformat.reads(text, as_version=4).cells
    names = {}
    exec(first.source, names)  # noqa: S102
    assert names["study"] == ".." and names["other"] == 1 and second.source == "study = 'kept'"
    assert first.source.partition("#")[2].startswith(line.partition("#")[2])


def test_copying_twice_gives_the_same_bytes(tmp_path):
    """A copy of a copy is the copy, letters beyond ASCII included."""
    (tmp_path / "from").mkdir()
    (tmp_path / "from" / "a.ipynb").write_text(make_notebook(PARAMETERS, "'Größe 日本'"), encoding="utf-8")
    (copy,) = copy_notebooks(tmp_path / "from", to=tmp_path / "to")
    (again,) = copy_notebooks(tmp_path / "to", to=tmp_path / "again")
    assert copy.read_bytes() == again.read_bytes() and "Größe 日本" in copy.read_text(encoding="utf-8")
    assert [cell["id"] for cell in json.loads(copy.read_bytes())["cells"]] == ["c00", "c01"]


def test_a_copy_opens_its_own_study(tmp_path, monkeypatch):
    """Run where it lies, as JupyterLab does, or by papermill told so, a copy finds the study it belongs to."""
    import papermill  # costs two seconds

    folder = new_study(tmp_path / "mine")
    monkeypatch.chdir(tmp_path)
    place = folder / "notebooks"
    text = make_notebook(PARAMETERS, "import cjm_helpers as cjm\nstr(cjm.open_study(study).folder.resolve())", "seed")
    (place / "extra.ipynb").write_text(clear_notebook(text), encoding="utf-8")
    done = papermill.execute_notebook(
        place / "extra.ipynb", "done.ipynb", parameters={"seed": 7}, cwd=place, progress_bar=False
    )
    shown = [cell.outputs[-1].data["text/plain"] for cell in done.cells[-2:]]
    assert shown == [repr(str(folder.resolve())), "7"]
