"""Opens JupyterLab on the start notebook with the workbook's quiet settings."""

import os
from pathlib import Path

SETTINGS = Path(__file__).parent / "settings"


def start_lab(folder: str | Path, *, browser: bool = True) -> None:
    """Open JupyterLab in a folder that holds notebooks/, and return when it is stopped.

    Parameters
    ----------
    folder
        The workbook's checkout or a study made by `cjm new`.
    browser
        Whether to open a browser window; else only the address is said.
    """
    from jupyterlab.labapp import LabApp

    others = os.environ.get("JUPYTER_CONFIG_PATH")
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join([str(SETTINGS), *([others] if others else [])])
    quiet = [] if browser else ["--no-browser"]
    print("JupyterLab is starting. To stop it, press Control-C here twice.", flush=True)
    LabApp.launch_instance([f"--ServerApp.root_dir={Path(folder).resolve()}", *quiet])
