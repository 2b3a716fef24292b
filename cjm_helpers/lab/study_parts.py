"""The study's buttons that need no tool of their own: new study, bring in a file, check."""

from pathlib import Path

from cjm_helpers.errors import CjmError, spell_command
from cjm_helpers.lab import page
from cjm_helpers.lab.own_study import make_own_study
from cjm_helpers.lab.start import find_in_lab
from cjm_helpers.study.folder import Findings, check_study
from cjm_helpers.study.kit import kit_folder
from cjm_helpers.study.settings import FILE, read_settings

OPEN = "open"  # what a part is asked when its button among the study's buttons is clicked
FORM = "bring_in_file("  # what the cell of that form says
WHERE = "The form stands further down in this notebook, under 'What have you brought from other tools?'."


class Part:
    """One of the study's buttons, and what opens below when it is clicked."""

    title = ""

    def __init__(self, desk, name: str):
        self.desk, self.name = desk, name

    def button(self, does: str, label: str, *, is_primary: bool = True) -> dict:
        """Return a button whose click comes back to this part."""
        return page.button(f"{self.name}:{does}", label, is_primary=is_primary)

    def start(self, does: str, function, *, then) -> None:
        """Run long work for one of this part's buttons."""
        self.desk.start_work(f"{self.name}:{does}", function, then=then)

    def is_working(self, does: str) -> bool:
        """Tell whether a button's work runs."""
        return f"{self.name}:{does}" in self.desk.work

    def page(self) -> list[dict]:
        """Return what stands below the buttons."""
        raise NotImplementedError

    def act(self, does: str, values: dict) -> None:
        """Do what one of the part's buttons says."""


class NewStudy(Part):
    """Makes a study of one's own, and shows the way into it."""

    title = "New study"

    def __init__(self, desk, name: str):
        super().__init__(desk, name)
        self.made: dict[str, str] = {}

    def page(self) -> list[dict]:
        """Return the question for a name, and after it the way to the new study."""
        start = [("", "with empty tables"), *list_examples()]
        asked = [
            page.field("name", "Name of your study", help="As your team calls it. Its folder gets its name from it."),
            page.select("example", "Start", options=start, help="An example is copied: try things out in the copy."),
            self.button("make", "Make the study", is_primary=not self.made),
        ]
        return [page.group(self.title, [*asked, *self._show_made()])]

    def act(self, does: str, values: dict) -> None:
        """Make the study."""
        if does != "make":
            return
        self.made = {}
        try:
            self.made = make_own_study("", name=values["name"], example=values["example"])
        except CjmError as error:  # a name that is missing, or whose folder is there already
            self.desk.errors["name"] = str(error)
        else:
            self.desk.values.pop("name")

    def _show_made(self) -> list[dict]:
        if not self.made:
            return []
        folder = Path(self.made["folder"])
        done = page.message(f"The study stands in the folder '{folder.name}', with its own ten notebooks.", tone="good")
        if find_in_lab(folder):
            return [done, page.link("Open its notebook", path=self.made["notebook"])]
        command = spell_command(f"lab {folder}")
        return [
            done,
            page.text(f"JupyterLab does not show this folder now. Close it and open the study with: {command}"),
        ]


class BringIn(Part):
    """Leads to the form that brings in a file."""

    title = "Bring in a file"

    def page(self) -> list[dict]:
        """Say where the form stands."""
        return [page.group(self.title, [page.text(WHERE)])]

    def act(self, does: str, values: dict) -> None:
        """Go to the form."""
        self.desk.go_to = FORM


class Check(Part):
    """Says everything that is wrong with the study, and what to do."""

    title = "Check"

    def __init__(self, desk, name: str):
        super().__init__(desk, name)
        self.findings: Findings | None = None

    def page(self) -> list[dict]:
        """Return what was found."""
        return [page.group(self.title, show_findings(self.findings, folder=self.desk.folder))] if self.findings else []

    def act(self, does: str, values: dict) -> None:
        """Check the study."""
        self.findings = None
        self.start(OPEN, self._check, then=self._keep)

    def _check(self, say) -> Findings:
        say("Reading every table ...")
        return check_study(self.desk.folder)

    def _keep(self, findings: Findings) -> None:
        self.findings = findings


def show_findings(findings: Findings, *, folder: Path) -> list[dict]:
    """Return the faults and cautions of a study as elements of a page, with a link to each file that has a fault.

    Examples
    --------
    >>> show_findings(Findings([], []), folder=Path())[0]["text"]
    'No faults: the study opens, and reports can be made.'
    """
    faults, cautions = findings
    shown = [page.message("No faults: the study opens, and reports can be made.", tone="good")]
    if faults:
        said = "1 thing is wrong" if len(faults) == 1 else f"{len(faults):,} things are wrong"
        shown = [page.message(f"{said}. Mend it in the file that is named, save it, then check again.", tone="bad")]
        shown.append(page.sentences("\n".join(f"• {fault}" for fault in faults)))
        files = [file for file in dict.fromkeys(fault.file for fault in faults) if (folder / file).is_file()]
        shown += [page.link(f"Open {file}", path=folder / file) for file in files]
    if cautions:
        shown.append(page.text("Nothing of the following stops you, but know it before you trust a number:"))
        shown.append(page.sentences("\n".join(f"• {caution}" for caution in cautions)))
    return shown


def list_examples() -> list[tuple[str, str]]:
    """Return folder and label of each example that ships with the workbook.

    Examples
    --------
    >>> ("retail_checkout", "from the example: Retail checkout") in list_examples()
    True
    """
    files = sorted((kit_folder() / "data" / "examples").glob(f"*/{FILE}"))
    return [(file.parent.name, f"from the example: {read_settings(file).name}") for file in files]
