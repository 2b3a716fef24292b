"""The study's buttons: new study, bring in a file, check, Excel out and in, draw the map, make reports."""

from pathlib import Path

from cjm_helpers.errors import FaultsFound
from cjm_helpers.lab import page
from cjm_helpers.lab.excel_parts import ExcelIn, ExcelOut
from cjm_helpers.lab.form import Form
from cjm_helpers.lab.report_parts import DrawMap, MakeReports
from cjm_helpers.lab.study_parts import OPEN, BringIn, Check, NewStudy, show_findings
from cjm_helpers.study.folder import Findings, open_study
from cjm_helpers.study.kit import find_study, is_shipped
from cjm_helpers.study.settings import FILE, read_settings

PARTS = {
    "new": NewStudy, "bring": BringIn, "check": Check, "excel_out": ExcelOut, "excel_in": ExcelIn, "map": DrawMap,
    "reports": MakeReports,
}  # fmt: skip


def show_desk(place, *, draw=None) -> "StudyDesk":
    """Show the study's buttons, also for a study that has faults and does not open.

    Parameters
    ----------
    place
        Folder of a study, or the name of an example.
    draw
        What draws a journey, such as cjm.maps.draw_journey_map; without it there is no button to draw the map.

    Raises
    ------
    StudyNotFound
        No study.toml stands there and no example has the name.

    Examples
    --------
    >>> show_desk("retail_checkout")
    The study 'Retail checkout'
    In JupyterLab, run this cell to use: New study, Bring in a file, Check, Excel out, Excel in, Make reports.
    """
    return StudyDesk(find_study(getattr(place, "folder", place)), draw=draw)


class StudyDesk(Form):
    """A row of buttons; the one that was clicked last is open below."""

    def __init__(self, folder: Path, *, draw):
        super().__init__()
        self.folder, self.draw = folder, draw
        self._parts = {name: part(self, name) for name, part in PARTS.items() if name != "map" or draw}
        self._opened = ""
        self._faults = _find_faults(folder)

    def page(self) -> list[dict]:
        """Return the buttons, and what belongs to the one that is open."""
        first = "new" if is_shipped(self.folder) else "check"
        buttons = [
            page.button(f"{name}:{OPEN}", part.title, is_primary=name == first and not self._opened)
            for name, part in self._parts.items()
        ]
        opened = self._parts[self._opened].page() if self._opened else self._faults
        return [page.heading(f"The study '{_read_name(self.folder)}'"), page.row(buttons), *opened]

    def act(self, action: str, values: dict) -> None:
        """Open a part, or let it do what its button says."""
        self._opened, _, does = action.partition(":")
        self._parts[self._opened].act(does, values)

    def __repr__(self) -> str:
        return self.describe()[1]


def _find_faults(folder: Path) -> list[dict]:
    """Return what stops the study from opening, as elements of a page; nothing where it opens."""
    try:
        open_study(folder)
    except FaultsFound as found:
        return show_findings(Findings(list(found.faults), []), folder=folder)
    return []


def _read_name(folder: Path) -> str:
    try:
        return read_settings(folder / FILE).name or folder.resolve().name
    except FaultsFound:
        return folder.resolve().name
