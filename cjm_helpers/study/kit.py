"""Finds studies and what the workbook ships: templates and examples; makes a new study from them."""

import shutil
from pathlib import Path

from cjm_helpers.errors import CjmError, StudyNotFound
from cjm_helpers.study.settings import FILE

PACKAGE = Path(__file__).parents[1]


def kit_folder() -> Path:
    """Return the folder that holds notebooks, templates and examples: the checkout, else the installed kit.

    Examples
    --------
    >>> (kit_folder() / "templates").is_dir()
    True
    """
    checkout = PACKAGE.parent
    return checkout if (checkout / "templates" / "study" / FILE).is_file() else PACKAGE / "kit"


def find_study(place: str | Path) -> Path:
    """Return the folder of a study: the place itself, or the example of that name.

    Raises
    ------
    StudyNotFound
        No study.toml stands there and no example has the name.

    Examples
    --------
    >>> find_study("retail_checkout").name
    'retail_checkout'
    """
    folder = Path(place)
    return folder if (folder / FILE).is_file() else find_example(str(place))


def find_example(name: str) -> Path:
    """Return the folder of the example study of that name.

    Raises
    ------
    StudyNotFound
        With the names of the examples.

    Examples
    --------
    >>> find_example("retail_checkout").name
    'retail_checkout'
    """
    files = sorted((kit_folder() / "data" / "examples").glob(f"*/{FILE}"))
    examples = {file.parent.name: file.parent for file in files}
    if name not in examples:
        raise StudyNotFound(name, list(examples))
    return examples[name]


def new_study(folder: str | Path, *, example: str = "") -> Path:
    """Make a study from the blank template, or from an example, in a new or empty folder; return the folder.

    Examples
    --------
    >>> import tempfile
    >>> sorted(path.name for path in new_study(tempfile.mkdtemp()).iterdir())
    ['.gitignore', 'README.md', 'raw', 'study.toml', 'worksheets']
    """
    folder = Path(folder)
    source = find_example(example) if example else kit_folder() / "templates" / "study"
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CjmError(f"'{folder}' is not empty, so nothing was made. Choose a new folder.")
    shutil.copytree(source, folder, dirs_exist_ok=True)
    shutil.copy(kit_folder() / "templates" / "study" / ".gitignore", folder)  # an example has none
    (folder / "raw").mkdir(exist_ok=True)
    return folder
