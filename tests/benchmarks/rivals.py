"""The other ways to make the same reports, for tests/benchmarks/batch.py: a shell loop, a pool, and drawing alone."""

import ast
import io
import json
import shlex
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path

import nbformat

POOL = 2


def write_loop(jobs: list[dict], *, folder: Path) -> Path:
    """Write the shell script that runs papermill and nbconvert for each report, one after the other."""
    tools, lines = Path(sys.executable).parent, ["set -e"]
    for job in jobs:
        page = folder / f"{job['page']}.ipynb"
        put_in = shlex.join(["-y", json.dumps(job["parameters"])])
        lines.append(f"cd {shlex.quote(str(Path(job['notebook']).parent))}")
        lines.append(f"{tools}/papermill --log-level ERROR --no-progress-bar {job['notebook']} {page} {put_in}")
        lines.append(f"{tools}/jupyter nbconvert --log-level ERROR --no-input --to html {page}")
    script = folder / "loop.sh"
    script.write_text("\n".join(lines), encoding="utf-8")
    return script


def run_pool(jobs: list[dict], folder: Path) -> None:
    """Run papermill and nbconvert by their functions, two reports at a time."""
    import nbconvert  # noqa: F401, before the workers are forked
    import papermill  # noqa: F401

    with ProcessPoolExecutor(POOL) as pool:
        list(pool.map(make_page, jobs, [folder] * len(jobs)))


def make_page(job: dict, folder: Path) -> None:
    """Run one notebook and write it as HTML."""
    import papermill
    from nbconvert import HTMLExporter

    where = Path(job["notebook"])
    notebook = papermill.execute_notebook(
        where, None, parameters=job["parameters"], cwd=where.parent, progress_bar=False, log_output=False
    )
    html, _ = HTMLExporter(exclude_input=True).from_notebook_node(notebook)
    (folder / f"{job['page']}.html").write_text(html, encoding="utf-8")


def draw_alone(jobs: list[dict], folder: Path) -> None:
    """Call what the notebooks' cells call in this one warm process and draw what they show; open the study once."""
    import matplotlib

    matplotlib.use("agg")
    import seaborn  # noqa: F401
    from IPython.core.formatters import DisplayFormatter
    from IPython.core.pylabtools import print_figure
    from matplotlib.figure import Figure

    import cjm_helpers as cjm

    show, cjm.open_study = DisplayFormatter(), cache(cjm.open_study)
    for name in ("image/png", "image/svg+xml", "text/html"):
        show.formatters[name].enabled = True
    show.formatters["image/png"].for_type(Figure, lambda figure: print_figure(figure, fmt="png", bbox_inches="tight"))
    for job in jobs:
        names: dict = {}
        cells = [cell for cell in nbformat.read(job["notebook"], as_version=4).cells if cell.cell_type == "code"]
        for cell in cells:
            with redirect_stdout(io.StringIO()):
                run_cell(cell.source, names=names, show=show)
            if "parameters" in cell.metadata.get("tags", []):
                names |= job["parameters"]


def run_cell(source: str, *, names: dict, show) -> None:
    """Run a cell's code, then draw its result and every figure that it left open, as a kernel would."""
    import matplotlib.pyplot as plt

    tree = ast.parse(source)
    last = ast.Expression(tree.body.pop().value) if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    result = eval(compile(last, "cell", "eval"), names) if last else None
    for shown in [result, *map(plt.figure, plt.get_fignums())]:
        if shown is not None:
            show.format(shown)
    plt.close("all")


if __name__ == "__main__":
    _, way, given, out = sys.argv
    {"pool": run_pool, "floor": draw_alone}[way](json.loads(Path(given).read_text(encoding="utf-8")), Path(out))
