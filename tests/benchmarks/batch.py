"""Prints what 100 reports cost, made in four ways on two cores (`python tests/benchmarks/batch.py --help`): minutes."""

import argparse
import csv
import json
import os
import sys
import tempfile
from pathlib import Path

from many_personas import make_study
from meter import Cost, check_meter, measure
from rivals import POOL, write_loop

HERE = Path(__file__).resolve().parent
CJM = [sys.executable, "-m", "cjm_helpers", "report"]
SHIPPED = HERE.parents[1] / "templates" / "reports" / "persona_report.ipynb"
NOTEBOOKS = {"persona report": SHIPPED, "six figures": HERE / "six_figures.ipynb"}
WAYS = {
    "loop": "(a) papermill and jupyter nbconvert, shell loop",
    "pool": "(b) papermill and HTMLExporter, pool of two",
    "ours": "(c) cjm report --force --workers 2",
    "floor": "(d) the same calls and pictures, no notebook",
}
CORES = 2
FIRST = {"loop": 0, "pool": POOL, "floor": 1}  # how many reports each way needs until it is warm
HEADINGS = f"{'':<52}{'clock s':>9}{'CPU s':>9}{'MB':>7}{'clock / (c)':>13}{'CPU / (d)':>11}"


def main() -> None:
    """Make the study, run every way, and print the table."""
    sys.stdout.reconfigure(line_buffering=True)
    wanted = read_wanted()
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        os.environ |= {"JUPYTER_PLATFORM_DIRS": "1", "IPYTHONDIR": str(folder / "ipython")}
        print(check_meter(folder))
        study = make_study(folder / "study", personas=wanted.personas)
        for name in wanted.notebook or NOTEBOOKS:
            compare_ways(name, study=study, wanted=wanted)
            if "ours" not in wanted.skip:
                print_again(name, study=study)
        if wanted.whole:
            print_whole(study)


def read_wanted() -> argparse.Namespace:
    """Return the options."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--personas", type=int, default=100, help="how many reports (default: 100)")
    parser.add_argument(
        "--some", type=int, default=10, help="how many of them by (a), (b), (d), then scaled (default: 10)"
    )
    parser.add_argument("--all", action="store_true", help="all of them in every way")
    parser.add_argument("--whole", action="store_true", help="also a run of everything, with the comparison of all")
    parser.add_argument("--notebook", action="append", choices=NOTEBOOKS, help="only this one")
    parser.add_argument("--skip", action="append", default=[], choices=WAYS, help="leave this way out")
    return parser.parse_args()


def compare_ways(name: str, *, study: Path, wanted: argparse.Namespace) -> None:
    """Print the table of one notebook."""
    jobs = list_jobs(study, NOTEBOOKS[name])
    some = jobs if wanted.all else jobs[:: max(1, len(jobs) // wanted.some)]
    costs = {}
    for way in [way for way in ("ours", "floor", "pool", "loop") if way not in wanted.skip]:
        costs[way] = run_ours(study, jobs) if way == "ours" else run_some(way, some, all_jobs=jobs, folder=study.parent)
    print(f"\n{name}: {len(jobs)} reports, {CORES} cores\n{HEADINGS}")
    for way in [way for way in WAYS if way in costs]:
        cost, ours, floor = costs[way], costs.get("ours", Cost()), costs.get("floor", Cost())
        said = WAYS[way] + ("" if way == "ours" or len(some) == len(jobs) else f" [{len(some)}]")
        ratios = f"{_divide(cost.clock, ours.clock):>13}{_divide(cost.cpu, floor.cpu):>11}"
        print(f"{said:<52}{cost.clock:>9.1f}{cost.cpu:>9.1f}{cost.memory:>7.0f}{ratios}")
    if len(some) < len(jobs):
        print(f"[{len(some)}]: measured on so many reports; what each adds is multiplied, what starting costs is not.")


def list_jobs(study: Path, notebook: Path) -> list[dict]:
    """Return one job a persona: notebook, parameters and page."""
    with (study / "worksheets" / "personas.csv").open(encoding="utf-8-sig", newline="") as file:
        ids = [row["persona_id"] for row in csv.DictReader(file)]
    told = {"study": str(study), "wave": "2026-09", "seed": 0}
    return [{"notebook": str(notebook), "parameters": told | {"persona_id": one}, "page": one} for one in ids]


def run_ours(study: Path, jobs: list[dict]) -> Cost:
    """Return what our own way costs."""
    return measure([*CJM, *_tell_ours(study, jobs), "--force"], folder=study.parent)


def run_some(way: str, some: list[dict], *, all_jobs: list[dict], folder: Path) -> Cost:
    """Return what another way costs; where it makes only some of the reports, each other is taken to cost the same."""
    cost = run_way(way, some, folder=folder)
    if len(some) == len(all_jobs):
        return cost
    first = FIRST[way]
    base = run_way(way, some[:first], folder=folder) if first else Cost()
    return cost.stretch(base, times=(len(all_jobs) - first) / (len(some) - first))


def run_way(way: str, jobs: list[dict], *, folder: Path) -> Cost:
    """Return what one of the other ways costs for these jobs."""
    out = folder / way
    out.mkdir(exist_ok=True)
    if way == "loop":
        return measure(["/bin/sh", str(write_loop(jobs, folder=out))], folder=folder)
    given = out / "jobs.json"
    given.write_text(json.dumps(jobs), encoding="utf-8")
    return measure([sys.executable, str(HERE / "rivals.py"), way, str(given), str(out)], folder=folder)


def print_again(name: str, *, study: Path) -> None:
    """Print what a second run costs when nothing has changed, and when one answer has."""
    command = [*CJM, *_tell_ours(study, list_jobs(study, NOTEBOOKS[name]))]
    for what, change in (("nothing changed", lambda: None), ("one answer changed", lambda: change_answer(study))):
        change()
        _print_run(f"{name}, {what}", command, study=study)


def print_whole(study: Path) -> None:
    """Print what a run of everything costs: everyone and the comparison of all personas too."""
    command = [*CJM, str(study), "--out", str(study.parent / "pages"), "--workers", str(CORES), "--force"]
    _print_run("persona report, everyone and the comparison too", command, study=study)


def _print_run(what: str, command: list[str], *, study: Path) -> None:
    before = _list_pages(study)
    cost = measure(command, folder=study.parent)
    made = set(_list_pages(study).items()) - set(before.items())
    print(f"{what}: {len(made)} made, {cost.clock:.2f} s by the clock, {cost.cpu:.2f} s of CPU, {cost.memory:.0f} MB")


def change_answer(study: Path) -> None:
    """Give one answer of the newest wave another score."""
    file = study / "imported" / "responses.csv"
    lines = file.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if ",csat,2,,2026-09" in line)
    lines[at] = lines[at].replace(",csat,2,,", ",csat,3,,")
    file.write_text("".join(lines), encoding="utf-8-sig")


def _tell_ours(study: Path, jobs: list[dict]) -> list[str]:
    """Return the options of our command that make the same reports as the others, without everyone and a comparison."""
    ids = [job["parameters"]["persona_id"] for job in jobs]
    told = [str(study), "--notebook", jobs[0]["notebook"], "--persona", *ids, "--out", str(study.parent / "pages")]
    return [*told, "--workers", str(CORES)]


def _list_pages(study: Path) -> dict[Path, int]:
    pages = (study.parent / "pages").glob("*.html")
    return {page: page.stat().st_mtime_ns for page in pages if page.name != "index.html"}


def _divide(one: float, other: float) -> str:
    return f"{one / other:.1f} x" if other else ""


if __name__ == "__main__":
    main()
