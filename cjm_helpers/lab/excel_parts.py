"""The study's buttons for Excel: out as one workbook, and back in after everybody saw what would change."""

from pathlib import Path
from tempfile import TemporaryDirectory

from cjm_helpers.lab import page
from cjm_helpers.lab.own_study import find_lab_root
from cjm_helpers.lab.study_parts import OPEN, Part
from cjm_helpers.study.excel import ExcelChanges, read_excel, write_excel
from cjm_helpers.study.folder import open_study

REPORTS = "reports"
WRITTEN = "Written. What stood there before is kept in the study's folder .history."
LEFT = "Nothing was changed."
MOST_SHOWN = 200  # changes; nobody reads more before writing


def find_reports(folder: Path) -> Path:
    """Return where what is made from a study goes: reports/ and the name of its folder, in what JupyterLab shows.

    Examples
    --------
    >>> find_reports(Path("shop")).parts[-2:]
    ('reports', 'shop')
    """
    return find_lab_root() / REPORTS / folder.resolve().name


class ExcelOut(Part):
    """Writes the study as one Excel workbook."""

    title = "Excel out"

    def __init__(self, desk, name: str):
        super().__init__(desk, name)
        self.file: Path | None = None

    def page(self) -> list[dict]:
        """Return the way to the workbook."""
        if not self.file:
            return []
        said = (
            "One sheet for each table, with drop-downs and a note on each column. Send it round, then choose Excel in."
        )
        return [
            page.group(
                self.title,
                [page.message(said, tone="good"), page.link(f"Download {self.file.name}", path=self.file)],
            )
        ]

    def act(self, does: str, values: dict) -> None:
        """Write the workbook."""
        self.file = None
        self.start(OPEN, self._write, then=self._keep)

    def _write(self, say) -> Path:
        say("Writing the workbook ...")
        folder = find_reports(self.desk.folder)
        folder.mkdir(parents=True, exist_ok=True)
        return write_excel(open_study(self.desk.folder), folder / f"{folder.name}.xlsx")

    def _keep(self, file: Path) -> None:
        self.file = file


class ExcelIn(Part):
    """Reads a workbook back: lists what would change, and writes it when somebody says so."""

    title = "Excel in"

    def __init__(self, desk, name: str):
        super().__init__(desk, name)
        self.changes: ExcelChanges | None = None
        self.said = ""

    def page(self) -> list[dict]:
        """Return the question for a file, then what it would change."""
        ask = page.file_chooser("workbook", "The Excel file", accepts=".xlsx", action=f"{self.name}:read")
        done = [page.message(self.said, tone="good")] if self.said else []
        done += [self.button("run", "Run the notebook again")] if self.said == WRITTEN else []
        return [page.group(self.title, [ask, *self._show_changes(), *done])]

    def act(self, does: str, values: dict) -> None:
        """Read the file that was chosen, or write what it would change."""
        if self.is_working("read") or self.is_working("save"):
            return  # that says itself how it ended
        self.said = ""
        if does == "read":
            self.changes = None
            self.start("read", self._read, then=self._keep)
        elif does == "save" and self.changes:
            self.start("save", self._save, then=self._end)
        elif does == "leave":
            self._end(LEFT)
        elif does == "run":
            self.desk.run_again = "all"

    def _read(self, say) -> ExcelChanges:
        say("Comparing it with the study ...")
        chosen = self.desk.values["workbook"]
        with TemporaryDirectory() as folder:
            file = Path(folder, Path(chosen.name).name)
            file.write_bytes(chosen.content)
            return read_excel(self.desk.folder, file)

    def _save(self, say) -> str:
        say("Writing ...")
        self.changes.save()
        return WRITTEN

    def _keep(self, changes: ExcelChanges) -> None:
        self.changes = changes

    def _end(self, said: str) -> None:
        self.changes, self.said = None, said
        self.desk.values.pop("workbook", None)

    def _show_changes(self) -> list[dict]:
        changes = self.changes  # which a thread that ends writing takes away
        if not changes:
            return []
        table = changes.table
        rows = table.head(MOST_SHOWN).astype(str).to_numpy().tolist()
        more = [page.text(f"... and {len(table) - MOST_SHOWN:,} more.")] if len(table) > MOST_SHOWN else []
        shown = [page.sentences(str(changes)), *([page.table(list(table.columns), rows)] if rows else []), *more]
        if changes.faults:
            return [
                *shown,
                page.message("Nothing can be written yet. Mend the file, then choose it again.", tone="bad"),
            ]
        save = self.button("save", "Write these changes into the study")
        return (
            [*shown, page.row([save, self.button("leave", "Leave everything as it is", is_primary=False)])]
            if rows
            else shown
        )
