"""Reads what a run left in its folder, for tests that compare two runs."""

import json
from pathlib import Path

OF_A_RUN = {"seconds", "is_kept", "manifest.json"}  # what runs that make the same pages say differently; its digest


def read_folder(folder: Path) -> dict[str, object]:
    """Return every file of a folder by its name; of records and manifest, without what differs from run to run."""
    files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    return {file.relative_to(folder).as_posix(): _read(file) for file in files}


def _read(file: Path) -> object:
    if file.suffix != ".json":
        return file.read_bytes()
    return json.loads(
        file.read_bytes(), object_hook=lambda found: {k: v for k, v in found.items() if k not in OF_A_RUN}
    )
