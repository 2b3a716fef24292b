"""Copies the workbook's notebooks into a study: without outputs, and each opening the study it lies in."""

import json
import re
from pathlib import Path

NOTEBOOKS = "notebooks"
OWN_STUDY = ".."  # in JupyterLab a notebook's working folder is its own
STUDY_LINE = re.compile(r"""^(study\s*(?::\s*str\s*)?=\s*)(["']).*?\2""")


def copy_notebooks(source: Path, *, to: Path) -> list[Path]:
    """Copy every notebook of a folder into another, cleared and set to the study above it; return the copies.

    Examples
    --------
    >>> import tempfile
    >>> copy_notebooks(Path("nowhere"), to=Path(tempfile.mkdtemp()))
    []
    """
    from cjm_helpers.study.tables import write_whole  # pandas, which finding a study needs not wait for

    copies = [to / file.name for file in sorted(source.glob("*.ipynb"))]
    for copy in copies:
        text = (source / copy.name).read_text(encoding="utf-8")
        write_whole(copy, clear_notebook(text).encode("utf-8"))
    return copies


def clear_notebook(text: str) -> str:
    """Return a notebook's text without outputs and counts, its parameter study set to the folder above.

    Examples
    --------
    >>> cell = {"cell_type": "code", "id": "c00", "metadata": {"tags": ["parameters"]}, "execution_count": 3}
    >>> cell |= {"outputs": [{}], "source": ['study: str = "retail_checkout"  # a folder']}
    >>> json.loads(clear_notebook(json.dumps({"cells": [cell]})))["cells"][0]["source"]
    ['study: str = ".."  # a folder']
    """
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
        if "parameters" in cell["metadata"].get("tags", ()):
            lines = "".join(cell["source"]).splitlines(keepends=True)
            cell["source"] = [STUDY_LINE.sub(rf"\g<1>\g<2>{OWN_STUDY}\g<2>", line) for line in lines]
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
