"""Two people in a real JupyterLab code 30 verbatims each by keyboard; a kernel dies in the middle; nothing is lost."""

import csv
import json
import os
import shutil
import signal
from itertools import permutations
from statistics import mean
from urllib.request import urlopen

import psutil
import pytest
from lab.editor_page import start_browser
from lab.lab_driver import SECONDS, Driver, start_server

from cjm_helpers.method.feedback import measure_reliability
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import new_study

NOTEBOOK = "04_feedback.ipynb"
VERBATIMS = [f"f{number:02}" for number in range(1, 31)]
CODES = {"1": "slow", "2": "refused", "3": "friendly", "0": "none"}
SHEETS = {
    "touchpoints": ["touchpoint_id,name,stage", "pay,Payment page,Purchase"],
    "codebook": ["code_id,label,definition", *(f"{code},{code.capitalize()},Said so" for code in CODES.values())][:-1],
    "feedback": ["feedback_id,touchpoint_id,source,text", *(f"{own},pay,survey,Words of {own}" for own in VERBATIMS)],
}
# What each presses for the first, second, ... verbatim shown: they mean the same mostly.
ANNA = "1 2 3 0 1 1 2 3 12 0 1 3 2 1 0 1 2 3 13 1 0 2 1 3 1 2 0 1 23 1".split()
BEN = "1 2 3 0 1 2 2 3 1 0 1 3 2 1 3 1 2 3 13 1 0 2 1 0 1 2 0 12 23 1".split()
HALF = 15
GO_TO = "(at) => { jupyterapp.shell.currentWidget.content.activeCellIndex = at; }"
FIND = """(name) => jupyterapp.shell.currentWidget.content.widgets.findIndex(
  (cell) => cell.model.type === "code" && cell.model.sharedModel.source.includes(name),
)"""


class Coder(Driver):
    """A person at the coding desk of notebook 04."""

    def open_desk(self, who: str):
        """Open one's own copy of the notebook, run what the desk needs and the desk itself, and say who one is."""
        self.open_notebook(f"shop/notebooks/{who}_{NOTEBOOK}")
        for name in ("study: str", "choose_part", "lab.code_feedback"):
            self.run_cell(name)
        self.desk = self.notebook.locator(".cjm-reading")
        self.desk.get_by_label("Your name").fill(who)
        self.desk.get_by_role("button", name="Go on").click()
        self.desk.locator(".cjm-verbatim").wait_for()
        return self

    def run_cell(self, name: str) -> None:
        """Run the cell that calls something of this name, and wait for its end."""
        self.page.evaluate(GO_TO, self.page.evaluate(FIND, name))
        self.command("notebook:run-cell")
        self.page.wait_for_function("window.commandEnded", timeout=SECONDS * 1000)

    def code(self, answers: list[str]) -> None:
        """Press the codes of each verbatim and go on to the next one, as fast as hands are."""
        self.desk.focus()
        for answer in answers:
            for key in [*answer, "n"]:
                self.page.keyboard.press(key)
        self.desk.locator(".cjm-status").get_by_text("Saved.").wait_for()

    def show_agreement(self) -> str:
        """Run what measures agreement, on the files as they stand now; return its table."""
        for name in ("choose_part", "measure_reliability", "Agreement (alpha)"):
            self.run_cell(name)
        return self.notebook.locator("table").filter(has_text="Agreement (alpha)").first.inner_text()

    def lose_kernel(self) -> None:
        """Let the kernel die at once, without a word, as when the machine runs out of memory."""
        with urlopen(f"{self.address}api/kernels") as answer:
            names = [kernel["id"] for kernel in json.load(answer)]
        for process in psutil.Process().children(recursive=True):
            if any(name in word for name in names for word in process.cmdline()):
                os.kill(process.pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """A study with 30 verbatims that nobody has read, and three codes; each coder has the notebook for himself."""
    folder = new_study(tmp_path_factory.mktemp("two") / "shop")
    for name, lines in SHEETS.items():
        (folder / "worksheets" / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
    for coder in ("anna", "ben"):
        shutil.copyfile(folder / "notebooks" / NOTEBOOK, folder / "notebooks" / f"{coder}_{NOTEBOOK}")
    return folder


@pytest.fixture(scope="module")
def lab(shop, tmp_path_factory):
    """A browser and the address of a JupyterLab in which the study lies."""
    home = tmp_path_factory.mktemp("home")
    with start_browser() as browser, start_server(shop, home=home) as (address, _):
        yield browser, address


def read_file(shop, coder):
    """Return what a coder's file holds: the codes of each verbatim, none where nothing fits."""
    with (shop / "worksheets" / "codings" / f"{coder}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["feedback_id"], row["code_id"]) for row in csv.DictReader(file) if row["coder_id"] == coder]
    return {own: {code for name, code in rows if name == own} - {"none"} for own, _ in rows}


def compare(one, other):
    """Return how far two sets of codes differ, by Passonneau (2006)."""
    shared = 1 if one == other else 2 / 3 if one <= other or other <= one else 1 / 3 if one & other else 0
    return 1 - shared * len(one & other) / len(one | other) if one | other else 0


def alpha_by_hand(one, other):
    """Return Krippendorff's alpha of two coders' sets of codes: one less observed by expected disagreement."""
    every = [*one.values(), *other.values()]
    observed = mean(compare(one[name], other[name]) for name in one)
    return 1 - observed / mean(compare(*pair) for pair in permutations(every, 2))


def test_two_coders_lose_nothing_and_agree_as_their_files_say(lab, shop):
    """What each pressed stands in a file of their own, though a kernel died; notebook 04 shows how far they agree."""
    anna = Coder(*lab).open_desk("anna")
    anna.code(ANNA[:HALF])
    assert len(read_file(shop, "anna")) == HALF
    anna.lose_kernel()
    anna.page.keyboard.press("1")
    anna.wait_for("Not saved")
    assert len(read_file(shop, "anna")) == HALF

    anna.open_desk("anna")
    anna.wait_for(f"{HALF} of {len(VERBATIMS)} in the shared sample")
    anna.code(ANNA[HALF:])
    ben = Coder(*lab).open_desk("ben")
    ben.code(BEN)
    by_anna, by_ben = (read_file(shop, coder) for coder in ("anna", "ben"))
    for read, pressed in ((by_anna, ANNA), (by_ben, BEN)):
        assert sorted(read) == VERBATIMS and list(read) == list(by_anna)
        assert list(read.values()) == [{CODES[key] for key in one} - {"none"} for one in pressed]
    study, alpha = open_study(shop), alpha_by_hand(by_anna, by_ben)
    measured = measure_reliability(study.codings, codebook=study.codebook, bootstraps=1)
    assert measured["value"].iloc[-1] == pytest.approx(alpha)
    assert f"{alpha:.2f}" in ben.show_agreement()
