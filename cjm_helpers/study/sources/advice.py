"""Says for one export which lines of study.toml would bring it in, for those who write them by hand."""

from pathlib import Path

from pandas import DataFrame

from cjm_helpers.study.folder import Study
from cjm_helpers.study.settings import Settings
from cjm_helpers.study.settings_writer import change_text
from cjm_helpers.study.sources.exports import read_export
from cjm_helpers.study.sources.guess_codings import suggest_codings
from cjm_helpers.study.sources.spelling import spell_blocks
from cjm_helpers.study.sources.suggest import INTERVIEWS, KPIS, TABLE, suggest_import


def suggest_text(file: str | Path, *, study: Study | None = None) -> str:
    """Return the lines of study.toml that would bring a file into a study, with the reason of each guess as a comment.

    Raises
    ------
    FaultsFound
        The file cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "people.csv"
    >>> _ = file.write_text("Customer id,Age\\nk7,31\\nk9,45\\n")
    >>> print(suggest_text(file))
    # Customer id: customer, because each row has its own id
    # Age: attribute, because its values are numbers
    <BLANKLINE>
    [[import]]
    file = "people.csv"
    table = "customers"
    columns = {customer_id = "Customer id", age = "Age"}
    blank = [""]
    <BLANKLINE>
    [customers]
    age = "numeric"
    <BLANKLINE>
    """
    none = DataFrame({"touchpoint_id": [], "persona_id": [], "name": []})
    settings, touchpoints, personas = (
        (study.settings, study.touchpoints, study.personas) if study else (Settings(""), none, none)
    )
    found = suggest_import(file, settings=settings, touchpoints=touchpoints, personas=personas)
    if found.kind not in (INTERVIEWS, KPIS, TABLE):
        notes, blocks = suggest_codings(read_export(Path(file)), file=found.file)
        if blocks:
            return "\n".join([*(f"# {note}" for note in notes), "", change_text("", changes={"import": blocks})])
    spelt = spell_blocks(found, settings=settings, taken=tuple(touchpoints["touchpoint_id"]))
    reasons = [f"# {guess.column}: {guess.role}, because {guess.reason}" for guess in found.columns]
    needed = [f"# touchpoints.csv needs {one}: {about['name']}" for one, about in spelt.touchpoints.items()]
    changes = spelt.list_changes(settings) | {"import": spelt.blocks}
    return "\n".join([*reasons, *needed, "", change_text("", changes=changes)])
