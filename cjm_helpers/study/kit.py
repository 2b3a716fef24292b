"""Finds studies and what the workbook ships: templates and examples; makes a new study from them."""

import os
import shutil
from pathlib import Path

from cjm_helpers.errors import CjmError, StudyNotFound
from cjm_helpers.study.copies import NOTEBOOKS, copy_notebooks
from cjm_helpers.study.settings import FILE

PACKAGE = Path(__file__).parents[1]
WORKSHOP = "workshop"
SHIPPED = (
    "This study is an example that comes with the workbook, so it stays as it is. "
    "Make it your own study, then change it there."
)


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


def is_shipped(folder: str | Path) -> bool:
    """Tell whether a study is one of the workbook's examples, which nobody changes.

    Examples
    --------
    >>> is_shipped(find_example("retail_checkout"))
    True
    """
    return Path(folder).resolve().is_relative_to((kit_folder() / "data" / "examples").resolve())


def new_study(folder: str | Path, *, example: str = "") -> Path:
    """Make a study from the blank template, or from an example, in a new or empty folder; return the folder.

    The notebooks come with it, without outputs and set to this study, and the papers for workshops; when anything
    fails, nothing is left behind.

    Raises
    ------
    StudyNotFound
        No example has the name.
    CjmError
        The folder is not empty, or cannot be written to.

    Examples
    --------
    >>> import tempfile
    >>> sorted(path.name for path in new_study(tempfile.mkdtemp()).iterdir())
    ['.gitattributes', '.gitignore', 'README.md', 'notebooks', 'raw', 'study.toml', 'worksheets', 'workshop']
    """
    folder = Path(folder)
    blank = kit_folder() / "templates" / "study"
    source = find_example(example) if example else blank
    if os.path.exists(folder) and (not folder.is_dir() or any(folder.iterdir())):
        raise CjmError(f"'{folder}' is not empty, so nothing was made. Choose a new folder.")
    missing = [place for place in (folder, *folder.parents) if not os.path.exists(place)]
    try:
        _copy_files(source, to=folder)
        for name in (".gitattributes", ".gitignore", "README.md"):  # an example has none
            shutil.copyfile(blank / name, folder / name)
        (folder / "raw").mkdir(exist_ok=True)
        _copy_files(kit_folder() / "templates" / WORKSHOP, to=folder / WORKSHOP)
        copy_notebooks(kit_folder() / NOTEBOOKS, to=folder / NOTEBOOKS)
    except BaseException as error:
        _remove_made(folder, missing)
        if isinstance(error, OSError):
            raise CjmError(f"'{folder}' cannot be made ({error.strerror or error}). Choose another folder.") from None
        raise
    return folder


def _copy_files(source: Path, *, to: Path) -> None:
    """Copy what stands in a folder but hidden files; the copies may be written to, whatever the originals allow."""
    for path in sorted(source.rglob("*")):
        file = path.relative_to(source)
        if path.is_file() and not any(part.startswith(".") for part in file.parts):
            (to / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, to / file)


def _remove_made(folder: Path, missing: list[Path]) -> None:
    """Remove the folders that were missing before; a folder that stood empty stands empty again."""
    if missing:
        shutil.rmtree(missing[-1], ignore_errors=True)
        return
    for place in folder.iterdir():
        if place.is_dir():
            shutil.rmtree(place, ignore_errors=True)
        else:
            place.unlink()
