"""Tests that no report spoils another: each has a process of its own, though all are forked from the same one."""

from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from cjm_helpers.batch.forks import HAS_FORKS
from cjm_helpers.batch.kernels import run_notebook
from cjm_helpers.batch.pages.page import write_page

SPOIL = """
import builtins, matplotlib, matplotlib.pyplot as plt, numpy, os, pandas, random, sys, time, warnings
matplotlib.rcParams.update({"figure.dpi": 300, "axes.facecolor": "pink", "font.size": 30})
os.chdir("/")
os.environ.update({"TZ": "Asia/Tokyo", "CJM_SPOILT": "yes", "MPLBACKEND": "pdf"})
time.tzset()
numpy.random.seed(1), random.seed(1)
sys.path.insert(0, "/nowhere")
pandas.set_option("display.max_rows", 3)
pandas.DataFrame.sum = lambda self: "spoilt"
builtins.spoilt = True
warnings.simplefilter("error")
plt.figure()
"""
SHOW = """
import matplotlib, numpy, os, pandas, random, sys, time, warnings
import matplotlib.pyplot as plt
drawing = {name: str(value) for name, value in matplotlib.rcParams.items()}
print(drawing, os.getcwd(), dict(os.environ), time.tzname, sys.path, pandas.get_option("display.max_rows"))
print(pandas.DataFrame({"a": [1, 2]}).sum(), "spoilt" in dir(__builtins__), warnings.filters, plt.get_fignums())
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


def test_a_report_does_not_change_its_neighbours(tmp_path):
    """Charts' look, folder, environment, time zone, random state, options and patches: the next report has them new."""
    before = read(run(SHOW, folder=tmp_path))
    with ThreadPoolExecutor(1) as aside:
        spoiling = aside.submit(run, SPOIL, "time.sleep(1)", folder=tmp_path)
        beside = read(run(SHOW, folder=tmp_path))
        spoiling.result()
    assert before == beside == read(run(SHOW, folder=tmp_path))
    assert "'axes.facecolor': 'white'" in before and "CJM_SPOILT" not in before


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
