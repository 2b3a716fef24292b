"""Runs the shipped notebooks and stores what they show; the one builder of stored outputs."""

from pathlib import Path

from cjm_helpers.batch.kernels import KERNEL_WAYS
from cjm_helpers.batch.pages.failures import name_error
from cjm_helpers.batch.pages.page import write_whole
from cjm_helpers.errors import NotebookStopped
from cjm_helpers.study.kit import kit_folder

RUN_RECORDS = ("papermill", "execution", "widgets", "signature")
WIDGET = "application/vnd.jupyter.widget-view+json"  # names a widget of a kernel that is gone; its page in HTML stays
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def refresh_notebooks(folder=None) -> tuple[Path, ...]:
    """Run every notebook of a folder and store its outputs, free of times, ids by chance and versions.

    Parameters
    ----------
    folder
        Default: the workbook's notebooks/.

    Returns
    -------
    tuple of Path
        The notebooks whose bytes changed.

    Raises
    ------
    NotebookStopped
        When a cell fails; that notebook is left as it was.

    Examples
    --------
    >>> import tempfile
    >>> refresh_notebooks(tempfile.mkdtemp())
    ()
    """
    files = sorted(Path(folder or kit_folder() / "notebooks").glob("*.ipynb"))
    return tuple(file for file in files if _store(file, build_notebook(file)))


def build_notebook(file: Path) -> str:
    """Return a notebook's text as it is to be stored: executed, then normalised; nothing is written.

    The same notebook on the same study gives the same bytes, whatever the day, the machine's folders and the Python.
    """
    import nbformat
    from jupyter_client.manager import KernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    KernelManager.transport_encryption.default_value = "auto"  # else the kernel warns that its line is not encrypted
    notebook = nbformat.read(file, as_version=4)
    client = NotebookClient(
        notebook, kernel_name="python3", record_timing=False, store_widget_state=False,
        resources={"metadata": {"path": str(file.parent)}}, **KERNEL_WAYS,
    )  # fmt: skip
    try:
        client.execute()
    except CellExecutionError as error:
        raise NotebookStopped(file.name, *name_error(error)) from None
    return normalise_notebook(notebook)


def normalise_notebook(notebook) -> str:
    """Return a notebook's text without run records, versions and ids by chance; outputs stay.

    Examples
    --------
    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> text = normalise_notebook(new_notebook(cells=[new_markdown_cell("# Start here")], metadata={"widgets": {}}))
    >>> '"c00"' in text, "widgets" in text
    (True, False)
    """
    import nbformat

    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"c{number:02d}"
        cell.metadata = {name: value for name, value in cell.metadata.items() if name not in RUN_RECORDS}
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET, None)
    notebook.metadata = {"kernelspec": dict(KERNEL), "language_info": {"name": "python"}}
    notebook.nbformat_minor = 5
    return nbformat.writes(notebook, indent=1) + "\n"


def _store(file: Path, text: str) -> bool:
    if file.read_text(encoding="utf-8") == text:
        return False
    write_whole(file, text)
    return True
