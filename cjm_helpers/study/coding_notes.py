"""Keeps what the codings have no place for: notes on verbatims without a code, and where others' codes were seen."""

import json
from pathlib import Path

from cjm_helpers.study.history import keep_version
from cjm_helpers.study.tables import WORKSHEETS, write_whole

FIELDS = ("touchpoint_id", "emotion", "note")  # what may be said of a verbatim before a code is chosen
UNREADABLE = (
    "What you had noted on verbatims without a code could not be read: something else changed {file}. It is kept "
    "in the folder .history of the study; your codes are all there."
)


class CodingNotes:
    """One coder's notes, in a hidden file beside the coder's codings; each change is on disk before it is answered."""

    def __init__(self, folder: Path, coder_id: str):
        self.file = f"{WORKSHEETS}/codings/.{coder_id}.json"  # hidden, so that no table is read from it
        self.path = folder / self.file
        self._folder = folder
        self.waiting: dict[str, dict[str, str]] = {}
        self.seen: set[str] = set()

    def read(self) -> str:
        """Read the notes as they stand on disk; return what there is to say of it."""
        self.waiting, self.seen = {}, set()
        if not self.path.exists():
            return ""
        try:
            kept = json.loads(self.path.read_text(encoding="utf-8"))
            self.seen = {str(name) for name in kept["seen"]}
            self.waiting = {name: _read_cells(cells) for name, cells in kept["waiting"].items()}
            return ""
        except (ValueError, KeyError, TypeError, AttributeError):
            keep_version(self._folder, self.file)
            return UNREADABLE.format(file=self.file)

    def put(self, feedback_id: str, cells: dict[str, str]) -> str:
        """Keep what is said of a verbatim that has no code yet, if anything; return what `read` has to say."""
        filled = {field: cells.get(field, "") for field in FIELDS}
        if (filled if any(filled.values()) else None) == self.waiting.get(feedback_id):
            return ""
        said = self.read()
        self.waiting.pop(feedback_id, None)
        if any(filled.values()):
            self.waiting[feedback_id] = filled
        self._write()
        return said

    def mark_seen(self, feedback_id: str) -> None:
        """Remember that the coder has looked at what others gave a verbatim."""
        if feedback_id not in self.seen:
            self.read()
            self.seen.add(feedback_id)
            self._write()

    def _write(self) -> None:
        kept = {"seen": sorted(self.seen), "waiting": dict(sorted(self.waiting.items()))}
        write_whole(self.path, (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))


def _read_cells(cells: dict) -> dict[str, str]:
    float(cells.get("emotion") or 0)  # what is no number was not written here
    return {field: str(cells.get(field, "")) for field in FIELDS}
