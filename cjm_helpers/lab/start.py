"""Opens JupyterLab on the start notebook with the workbook's quiet settings."""

import os
from pathlib import Path

from cjm_helpers.study.copies import NOTEBOOKS
from cjm_helpers.study.settings import FILE

START = "00_start_here.ipynb"
SETTINGS = Path(__file__).parent / "settings"
ROOT = "CJM_LAB_ROOT"  # tells the kernels which folder JupyterLab shows


def start_lab(folder: str | Path, *, browser: bool = True, as_root: bool = False) -> None:
    """Open JupyterLab on the first notebook of a folder, and return when it is stopped.

    Parameters
    ----------
    folder
        The workbook's checkout or a study made by `cjm new`; it holds notebooks/.
    browser
        Whether to open a browser window; else only the address is said.
    as_root
        Whether to start for the administrator too, which JupyterLab refuses unless told.
    """
    from jupyterlab.labapp import LabApp

    others = os.environ.get("JUPYTER_CONFIG_PATH")
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join([str(SETTINGS), *([others] if others else [])])
    root, first = find_start(folder)
    os.environ[ROOT] = str(root)
    options = [] if browser else ["--no-browser"]
    options += ["--allow-root"] if as_root else []
    print("JupyterLab is starting. To stop it, press Control-C here twice.", flush=True)
    LabApp.launch_instance([f"--ServerApp.root_dir={root}", f"--LabApp.default_url=/lab/tree/{first}", *options])


def find_start(folder: str | Path) -> tuple[Path, str]:
    """Return the folder that JupyterLab shows and the notebook that it opens first, as a path within it.

    The workbook is shown itself; a study stands in the folder around it, so that a new one beside it can be opened.

    Examples
    --------
    >>> import tempfile
    >>> study = Path(tempfile.mkdtemp(), "shop")
    >>> study.mkdir()
    >>> _ = (study / "study.toml").write_text("")
    >>> find_start(study)[1]
    'shop/notebooks/00_start_here.ipynb'
    """
    folder = Path(folder).resolve()
    notebook = folder / NOTEBOOKS / START
    root = folder.parent if (folder / FILE).is_file() else folder
    return root, notebook.relative_to(root).as_posix()


def find_in_lab(path: str | Path) -> str:
    """Return a file's path as JupyterLab names it, or "" where the file lies outside of what JupyterLab shows.

    Examples
    --------
    >>> find_in_lab("/somewhere/else.ipynb")
    ''
    """
    root, path = os.environ.get(ROOT), Path(path).resolve()
    return path.relative_to(root).as_posix() if root and path.is_relative_to(root) else ""
