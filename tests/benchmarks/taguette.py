"""Prints what stays of a codebook between Taguette and us (`python tests/benchmarks/taguette.py`): two minutes.

Taguette is installed into an environment of its own, in a temporary folder, and its own exporter writes the file.
"""

import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

import pandas as pd

from cjm_helpers.study.codebook_exchange import read_codebook, spell_codebook

NEEDS = ("taguette==1.5.2", "setuptools<81")  # what it leans on still asks for pkg_resources
STORED = Path(__file__).parents[1] / "study" / "taguette_codebook.qdc"
TAGS = {
    "checkout.slow": "Pages that freeze",
    "checkout.card refused": "No reason is given",
    "Zoë's “gift” & <ribbon> 🎁": "",
    "people": "Somebody helped",
}
EXPORT = """
import json, sys
from taguette import database, export
tags = [database.Tag(path=path, description=said) for path, said in json.loads(sys.argv[1]).items()]
export.codebook_xml(tags, sys.argv[2])
"""
IMPORT = """
import sys
from taguette.import_codebook import InvalidCodebook, list_tags
try:
    print(f"reads {len(list_tags(open(sys.argv[1], 'rb')))} tags")
except InvalidCodebook as refused:
    print(f"refuses: {refused.message}")
"""


def install(folder: Path) -> Path:
    """Make an environment with Taguette, and return its Python."""
    venv.create(folder, with_pip=True)
    python = next(path for path in (folder / "bin" / "python", folder / "Scripts" / "python.exe") if path.exists())
    done = subprocess.run([python, "-m", "pip", "install", "--quiet", *NEEDS], capture_output=True, text=True)
    if done.returncode:
        print(f"Taguette cannot be installed here, so nothing is compared: {done.stderr.strip().splitlines()[-1]}")
        raise SystemExit
    return python


def run(python: Path, code: str, *words: str) -> str:
    """Run code in Taguette's environment and return what it prints."""
    command = [python, "-W", "ignore", "-c", code, *words]
    return subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8").stdout.strip()


def main() -> None:
    """Let Taguette write a codebook, read it, write ours, and print one line for each thing compared."""
    with tempfile.TemporaryDirectory() as place:
        theirs, ours = Path(place) / "theirs.qdc", Path(place) / "ours.qdc"
        python = install(Path(place) / "taguette")
        run(python, EXPORT, json.dumps(TAGS), str(theirs))
        read = read_codebook(theirs.read_bytes())
        ours.write_bytes(spell_codebook(read.frame))
        again = read_codebook(ours.read_bytes())
        told = {
            "tags that Taguette wrote": len(TAGS),
            "codes that we read": len(read.frame),
            "names that are the same": int((read.frame["label"] == pd.Series(list(TAGS))).sum()),
            "descriptions that Taguette wrote": int(read.frame["definition"].ne("").sum()),
            "our own file read again": "equal" if again.frame.equals(read.frame) else "NOT equal",
            "the stored file of the tests": "the same" if theirs.read_bytes() == STORED.read_bytes() else "other",
            "Taguette's importer, given ours": run(python, IMPORT, str(ours)),
        }
    print(f"{'REFI-QDA codebook, ' + NEEDS[0]:<42}{sys.platform}")
    for what, said in told.items():
        print(f"{what:<42}{said}")


if __name__ == "__main__":
    main()
