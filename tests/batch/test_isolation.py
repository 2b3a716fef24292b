"""Tests that no report spoils another: each has a process of its own, though all are forked from the same one."""

import json
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from cjm_helpers.batch.forks import HAS_FORKS
from cjm_helpers.batch.kernels import run_notebook
from cjm_helpers.batch.pages.page import write_page

IMPORTS = """
import builtins, json, locale, os, random, sys, threading, time, warnings
import matplotlib, numpy, pandas, statistics, threadpoolctl
"""
SPOIL = """
matplotlib.rcParams.update({"figure.dpi": 300, "axes.facecolor": "pink", "font.size": 30})
os.chdir("/")
os.environ.update({"TZ": "Asia/Tokyo", "CJM_SPOILT": "yes", "MPLBACKEND": "pdf"})
time.tzset()
locale.setlocale(locale.LC_CTYPE, "C" if locale.setlocale(locale.LC_CTYPE) != "C" else "C.UTF-8")
numpy.random.seed(1), random.seed(1)
numpy.seterr(all="raise")
sys.path.insert(0, "/nowhere")
sys.modules["statistics"] = None
pandas.set_option("display.max_rows", 3)
pandas.DataFrame.sum = lambda self: "spoilt"
builtins.spoilt = True
warnings.simplefilter("always")
threadpoolctl.threadpool_limits(3)
threading.Thread(name="spoilt", target=time.sleep, args=(99,), daemon=True).start()
"""
SHOW = """
print(json.dumps({
    "charts": {name: str(value) for name, value in matplotlib.rcParams.items()},
    "folder": os.getcwd(),
    "environment": dict(os.environ),
    "time zone": time.tzname,
    "locale": locale.setlocale(locale.LC_CTYPE),
    "random": random.getstate() == random.Random(1).getstate(),
    "sums": numpy.geterr(),
    "paths": sys.path,
    "modules": sys.modules.get("statistics", "") is None,
    "options": pandas.get_option("display.max_rows"),
    "patches": str(pandas.DataFrame({"a": [1, 2]}).sum()),
    "builtins": hasattr(builtins, "spoilt"),
    "warnings": str(warnings.filters),
    "cores": [one["num_threads"] for one in threadpoolctl.threadpool_info()],
    "threads": "spoilt" in [thread.name for thread in threading.enumerate()],
}))
"""
DRAW = """
import matplotlib.pyplot as plt, pandas
table = pandas.DataFrame({"step": ["1.1", "1.2"], "feeling": [0.5, -1.25]})
ax = table.plot.bar(x="step", y="feeling", title="Feeling falls")
"""


def run(*sources, folder, is_warm=True):
    """Run cells and return the finished notebook."""
    cells = [new_code_cell("folder = ''", metadata={"tags": ["parameters"]}), *map(new_code_cell, sources)]
    return run_notebook(new_notebook(cells=cells), parameters={"folder": "x"}, folder=folder, is_warm=is_warm)


def read(notebook) -> str:
    """Return what the last cell printed."""
    return notebook.cells[-1].outputs[0].text


def show(*sources, folder) -> dict:
    """Return the surroundings of a report at its end."""
    return json.loads(read(run(IMPORTS, *sources, SHOW, folder=folder)))


def test_a_report_does_not_change_its_neighbours(tmp_path):
    """Each finds all that another one spoils as new: the one after it, and the one that runs beside it."""
    before = show(folder=tmp_path)
    with ThreadPoolExecutor(1) as aside:
        spoiling = aside.submit(show, SPOIL, "time.sleep(1)", folder=tmp_path)
        beside = show(folder=tmp_path)
        spoilt = spoiling.result()
    assert before == beside == show(folder=tmp_path)
    assert [name for name in before if before[name] == spoilt[name]] == [], "these are not spoilt, so nothing is shown"


def test_reports_draw_numbers_of_their_own(tmp_path):
    """Forks would share the random state of the process that they come from."""
    draw = "import numpy, random; print(numpy.random.random(), random.random())"
    drawn = [number for _ in range(2) for number in read(run(draw, folder=tmp_path)).split()]
    assert len(set(drawn)) == 4


@pytest.mark.skipif(not HAS_FORKS, reason="this system has no warm kernels")
def test_warm_and_cold_give_the_same_page(tmp_path, report):
    """The same notebook gives the same bytes, whether its kernel was forked or started."""
    pages = []
    for is_warm in (True, False):
        notebook = run(DRAW, "table", folder=tmp_path, is_warm=is_warm)
        assert notebook.cells[-2].outputs[-1].data["image/png"]
        pages.append(write_page(notebook, report, summary={}).read_bytes())
    assert pages[0] == pages[1]


def test_a_report_leaves_its_notebook_as_it_was(tmp_path):
    """A notebook that is handed over is not changed, so that it can be run once more."""
    notebook = new_notebook(cells=[new_code_cell("folder = ''", metadata={"tags": ["parameters"]}), new_code_cell("1")])
    before = nbformat.writes(notebook)
    run_notebook(notebook, parameters={"folder": "x"}, folder=tmp_path)
    assert nbformat.writes(notebook) == before
