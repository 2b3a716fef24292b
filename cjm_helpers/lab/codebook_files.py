"""The codebook for and from other programs: out as a .qdc file, and in after everybody saw what would come of it."""

from pathlib import Path

from cjm_helpers.lab import page
from cjm_helpers.lab.excel_parts import find_reports
from cjm_helpers.method.words import count_things
from cjm_helpers.study.codebook_exchange import ReadCodebook, compare_codebooks, read_codebook, save_codebook, take_over

MOST_SHOWN = 200  # rows; nobody reads more before a click
COLUMNS = {"label": "Code", "what": "What", "column": "Column", "here": "Here", "there": "In the file"}
ONLY_HERE = "only here"
HELP = (
    "A .qdc file is a REFI-QDA codebook: programs such as ATLAS.ti, MAXQDA, NVivo and QualCoder write and read it; "
    "Taguette writes it, without descriptions."
)


class CodebookFiles:
    """Writes the codebook for other programs, and takes over what a file brings."""

    def __init__(self, desk, name: str):
        self.desk, self.name = desk, name
        self.file: Path | None = None
        self.read: ReadCodebook | None = None  # laid beside the codebook anew each time, as that may change meanwhile
        self.said = ""

    def page(self) -> dict:
        """Return the two ways, and what a file would bring."""
        said = [page.message(self.said, tone="good")] if self.said else []
        ready = [page.link(f"Download {self.file.name}", path=self.file)] if self.file else []
        asked = page.file_chooser(
            f"{self.name}_file", "Bring in a codebook (.qdc)", accepts=".qdc,.xml", action=f"{self.name}:read"
        )
        write = page.button(f"{self.name}:write", "Write the codebook as .qdc")
        return page.group(
            "Other programs", [page.text(HELP), page.row([write, asked]), *said, *ready, *self._show_arrival()]
        )

    def act(self, does: str, values: dict) -> None:
        """Write the file, read one, or take over what it brings."""
        self.said = ""
        if does == "write":
            folder = find_reports(self.desk.study.folder)
            self.file = save_codebook(self.desk.frame, folder / f"{folder.name}_codebook.qdc")
            self.said = f"Written: {self.file.name}. It holds the examples too: look at them before you send it."
        elif does == "read":
            self.read = None
            chosen = values[f"{self.name}_file"]
            self.read = read_codebook(chosen.content, name=chosen.name)
        elif does == "take" and self.read:
            self._take(replaces=bool(values.get(f"{self.name}_replaces")))
        else:
            self._end()

    def _take(self, *, replaces: bool) -> None:
        arrival = compare_codebooks(self.desk.frame, self.read)
        said = [f"{count_things(arrival.count('new'), 'new code')} taken over"]
        said += [f"{count_things(arrival.count('differs'), 'code')} as the file has it"] if replaces else []
        self.desk.save(take_over(self.desk.frame, arrival, replaces=replaces), said=", ".join(said))
        self.said, self.desk.said = self.desk.said, ""
        self._end()

    def _end(self) -> None:
        self.read = None
        self.desk.cursor = f"button:{self.name}:write"
        for name in ("file", "replaces"):
            self.desk.values.pop(f"{self.name}_{name}", None)

    def _show_arrival(self) -> list[dict]:
        """Return what a file would bring, before anything of it is written."""
        if not self.read:
            return []
        arrival = compare_codebooks(self.desk.frame, self.read)
        changes, new, other = arrival.changes, arrival.count("new"), arrival.count("differs")
        shown = changes[list(COLUMNS)].replace({"what": {"missing": ONLY_HERE}})
        rows = shown.head(MOST_SHOWN).to_numpy().tolist()
        more = [page.text(f"... and {len(changes) - MOST_SHOWN:,} more.")] if len(changes) > MOST_SHOWN else []
        replaces = page.tick(f"{self.name}_replaces", "Where a code differs, take what the file says")
        take = page.button(f"{self.name}:take", "Take it over", is_primary=True)
        leave = page.button(f"{self.name}:leave", "Leave everything as it is")
        return [
            page.sentences(str(arrival)),
            *([page.table(list(COLUMNS.values()), rows)] if rows else []),
            *more,
            *([replaces] if other else []),
            page.row([take, leave] if new or other else [leave]),
        ]
