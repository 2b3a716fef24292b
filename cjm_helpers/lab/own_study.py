"""Makes a study of one's own from what the workbook ships."""

import os
from pathlib import Path

from cjm_helpers.errors import CjmError
from cjm_helpers.lab.start import ROOT, START, find_in_lab
from cjm_helpers.study.copies import NOTEBOOKS
from cjm_helpers.study.folder import Study
from cjm_helpers.study.ids import make_id
from cjm_helpers.study.kit import is_shipped, new_study
from cjm_helpers.study.settings_writer import save_settings

NOTEBOOK = "JPY_SESSION_NAME"  # where JupyterLab tells a kernel which notebook it belongs to


def make_own_study(place: str | Path, *, name: str, example: str = "") -> dict[str, str]:
    """Make a study of one's own in a new folder, from an example or from the blank template.

    Parameters
    ----------
    place
        The new folder; a relative one lies in the folder that JupyterLab shows. Empty = named after the study.
    name
        What the team calls the study.
    example
        The example to copy; empty = start blank.

    Returns
    -------
    dict
        folder, and notebook: its copy of the notebook one is in, else the first one; link: the same for JupyterLab,
        empty where JupyterLab does not show that folder.

    Raises
    ------
    CjmError
        The name is missing, or the folder is not empty.

    Examples
    --------
    >>> import tempfile
    >>> made = make_own_study(Path(tempfile.mkdtemp()) / "shop", name="Our shop")
    >>> Path(made["folder"]).name, Path(made["notebook"]).name
    ('shop', '00_start_here.ipynb')
    """
    name = name.strip()
    if not name:
        raise CjmError("The study has no name yet. Write what your team calls it, such as 'Our checkout'.")
    folder = find_lab_root() / (Path(place).expanduser() if str(place).strip() else make_id(name, taken=[]))
    new_study(folder, example=example)
    save_settings(folder, changes={"name": name})
    here = folder / NOTEBOOKS / Path(os.environ.get(NOTEBOOK, "")).name
    notebook = here if here.is_file() else folder / NOTEBOOKS / START
    return {"folder": str(folder), "notebook": str(notebook), "link": find_in_lab(notebook)}


def describe_offer(study: Study) -> dict[str, str] | None:
    """Return what a page offers where a study ships with the workbook: a name for a copy, and where it would lie.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> describe_offer(open_study("clinic_visit"))["name"][:4]
    'Our '
    """
    return {"name": f"Our {study.name.lower()}", "root": str(find_lab_root())} if is_shipped(study.folder) else None


def answer_own(study: Study, message: dict) -> dict[str, str]:
    """Make the copy of an example that a page asks for; return the page's answer.

    Examples
    --------
    >>> import tempfile
    >>> from cjm_helpers.study.folder import open_study
    >>> place = Path(tempfile.mkdtemp()) / "clinic"
    >>> answer_own(open_study("clinic_visit"), {"place": place, "name": "Our clinic"})["kind"]
    'own'
    """
    made = make_own_study(message["place"], name=message["name"], example=study.folder.name)
    return {"kind": "own", **made}


def find_lab_root() -> Path:
    """Return the folder that JupyterLab shows on its left, or the one around the notebooks where it is not known.

    Examples
    --------
    >>> find_lab_root().is_dir()
    True
    """
    here = Path.cwd()
    return Path(os.environ.get(ROOT) or (here.parent if here.name == NOTEBOOKS else here))
