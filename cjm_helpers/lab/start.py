"""Opens JupyterLab on the start notebook with the workbook's quiet settings."""

import os
from pathlib import Path

SETTINGS = Path(__file__).parent / "settings"


def start_lab(folder: str | Path, *, browser: bool = True, as_root: bool = False) -> None:
    """Open JupyterLab in a folder that holds notebooks/, and return when it is stopped.

    Parameters
    ----------
    folder
        The workbook's checkout or a study made by `cjm new`.
    browser
        Whether to open a browser window; else only the address is said.
    as_root
        Whether to start for the administrator too, which JupyterLab refuses unless told.
    """
    from jupyterlab.labapp import LabApp

    others = os.environ.get("JUPYTER_CONFIG_PATH")
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join([str(SETTINGS), *([others] if others else [])])
    options = [] if browser else ["--no-browser"]
    options += ["--allow-root"] if as_root else []
    print("JupyterLab is starting. To stop it, press Control-C here twice.", flush=True)
    LabApp.launch_instance([f"--ServerApp.root_dir={Path(folder).resolve()}", *options])
