"""Edits a study at random, to compare what stays with a full run (`python tests/benchmarks/never_stale.py --help`)."""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from random import Random

sys.path[0] = str(Path(__file__).resolve().parents[1])  # not beside this file, where batch.py is another one
from batch.edits import edit_study
from batch.folders import read_folder

from cjm_helpers.batch.run import report_study
from cjm_helpers.study.kit import kit_folder, new_study


def main() -> None:
    """Make edit after edit, and stop at the first after which a page is not that of a full run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--example", default="clinic_visit")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        study = new_study(Path(place) / "study", example=wanted.example)
        reports = shutil.copytree(kit_folder() / "templates" / "reports", Path(place) / "reports")
        kept, made = _compare(study, reports, edits=wanted.edits, random=Random(wanted.seed))
    print(f"{wanted.edits} edits: {made} reports were made, {kept} kept, and every page was that of a full run.")


def _compare(study: Path, reports: Path, *, edits: int, random: Random) -> tuple[int, int]:
    notebooks = {name: reports / f"{name}.ipynb" for name in ("persona_report", "comparison")}
    ways = {"notebook": notebooks["persona_report"], "comparison": notebooks["comparison"]}
    report_study(study, out=reports.parent / "kept", **ways)
    count = {True: 0, False: 0}
    for number in range(1, edits + 1):
        said = edit_study(study, notebook=random.choice(list(notebooks.values())), random=random)
        run = report_study(study, out=reports.parent / "kept", **ways)
        report_study(study, out=reports.parent / "full", force=True, **ways)
        for outcome in run.outcomes:
            count[outcome.is_kept] += 1
        print(f"{number}. {said}: {sum(not outcome.is_kept for outcome in run.outcomes)} made", flush=True)
        one, other = (read_folder(reports.parent / name) for name in ("kept", "full"))
        if one != other:
            sys.exit(f"Stale: {sorted(name for name in {*one, *other} if one.get(name) != other.get(name))}")
    return count[True], count[False]


if __name__ == "__main__":
    main()
