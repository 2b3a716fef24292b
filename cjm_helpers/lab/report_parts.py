"""The study's buttons that draw: the map of a persona, and a report for each persona."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from cjm_helpers.errors import CjmError, FaultsFound
from cjm_helpers.lab import page
from cjm_helpers.lab.excel_parts import find_reports
from cjm_helpers.lab.study_parts import OPEN, Part
from cjm_helpers.method.journey import build_journey
from cjm_helpers.method.journey.guide import write_interview_guide
from cjm_helpers.study.folder import Study, open_study
from cjm_helpers.study.selection import select_rows
from cjm_helpers.study.settings import ALL_WAVES, EVERYONE, NEWEST
from cjm_helpers.study.tables import write_whole

MADE = re.compile(r"\((\d+) of (\d+)\)$")  # how `cjm report` counts, at the end of a line
FINISHED = (0, 1)  # exit codes of `cjm report` when the pages stand, 1 where a report is missing among them
GUIDE_SAVED = (
    "Saved: what the map does not know yet, as questions to ask customers. Print it, or copy it into a letter."
)
KINDS = {
    ".pptx": "for slides, every shape to edit", ".png": "a picture for a document", ".pdf": "to print on A3",
    ".svg": "a drawing for a web page", ".html": "a page with the same as a table",
}  # fmt: skip
NOT_OPEN = "The study does not open yet. Choose Check: it says what is wrong and what to do."


class PicturePart(Part):
    """A button that needs a study without faults, and asks whom and when its pictures are about."""

    def __init__(self, desk, name: str):
        super().__init__(desk, name)
        self.study: Study | None = None

    def _open(self, say) -> Study:
        say("Opening the study ...")
        return open_for_pictures(self.desk.folder)

    def _keep_study(self, study: Study) -> None:
        self.study = study


class DrawMap(PicturePart):
    """Draws the map of a persona and wave, and saves it, or what to ask where it has gaps."""

    title = "Draw the map"

    def __init__(self, desk, name: str):
        super().__init__(desk, name)
        self.map = None
        self.saved: list[dict] = []

    def page(self) -> list[dict]:
        """Return the choice of persona and wave, then the map."""
        if not self.study:
            return []
        personas = [
            (EVERYONE, "Everyone"),
            *zip(self.study.personas["persona_id"], self.study.personas["name"], strict=True),
        ]
        asked = [page.select("map_persona", "Persona", options=personas), *choose_wave(self.study, "map_wave")]
        draw = self.button("draw", "Draw", is_primary=not self.map)
        return [page.group(self.title, [page.row(asked), draw, *self._show_map()])]

    def act(self, does: str, values: dict) -> None:
        """Read the study, draw its map, or save what is drawn or the guide that goes with it."""
        self.saved = []
        if does == OPEN:
            self.start(OPEN, self._open, then=self._keep_study)
        elif does == "draw":
            self.map = None
            self.start("draw", self._draw, then=self._keep)
        elif does == "save":
            self.start("save", self._save, then=self._keep_saved)
        elif does == "guide":
            self.start("guide", self._save_guide, then=self._keep_saved)

    def _draw(self, say) -> tuple:
        """Return the map, its SVG, its interview guide and a name for its files, of the study as it stands now."""
        say("Gathering what is known ...")
        values = self.desk.values
        part = select_rows(
            open_for_pictures(self.desk.folder), persona_id=values["map_persona"], wave=values.get("map_wave", NEWEST)
        )
        journey = build_journey(part, seed=part.settings.seed)
        say("Drawing ...")
        drawn, guide = self.desk.draw(journey), write_interview_guide(journey, min_n=part.settings.min_n)
        return drawn, drawn.svg.encode(), guide, f"{part.persona_id}_{part.wave}"

    def _keep(self, drawn: tuple) -> None:
        self.map = drawn

    def _save(self, say) -> list[dict]:
        drawn, _, _, name = self.map
        folder = find_reports(self.desk.folder)
        folder.mkdir(parents=True, exist_ok=True)
        said = [page.message("Saved:", tone="good")]
        for ending, use in KINDS.items():
            say(f"Saving {use} ...")
            try:
                file = drawn.save(folder / f"map_{name}{ending}")
                said.append(page.link(f"{file.name}, {use}", path=file))
            except CjmError as refusal:  # such as letters that no font here has; the other kinds are saved
                said.append(page.message(str(refusal), tone="bad"))
        return said

    def _save_guide(self, say) -> list[dict]:
        _, _, guide, name = self.map
        file = find_reports(self.desk.folder) / f"interview_guide_{name}.md"
        write_whole(file, guide.encode("utf-8"))
        return [page.message(GUIDE_SAVED, tone="good"), page.link(file.name, path=file)]

    def _keep_saved(self, saved: list[dict]) -> None:
        self.saved = saved

    def _show_map(self) -> list[dict]:
        if not self.map:
            return []
        drawn, svg, *_ = self.map
        guide = self.button("guide", "Save the interview guide", is_primary=False)
        buttons = page.row([self.button("save", "Save the picture"), guide])
        return [page.picture(svg, description=repr(drawn)), buttons, *self.saved]


class MakeReports(PicturePart):
    """Makes a report for each persona, or slides, by the commands that analysts use, and tells how far it is."""

    title = "Make reports"

    def __init__(self, desk, name: str):
        super().__init__(desk, name)
        self.process: subprocess.Popen | None = None
        self.result: list[dict] = []

    def page(self) -> list[dict]:
        """Return what is asked, then what became of it."""
        if not self.study:
            return []
        said = page.text(
            "Reports: one page for each persona, one for everyone, and one that lays them side by side. "
            "Slides: the same for a meeting, as a PowerPoint file that you can edit."
        )
        make = self.button("make", "Make the reports", is_primary=not self.result)
        slides = self.button("slides", "Make the slides", is_primary=False)
        stop = [self.button("stop", "Stop", is_primary=False)] if self._is_running() else []
        asked = [said, *choose_wave(self.study, "report_wave"), page.row([make, slides]), *stop]
        return [page.group(self.title, [*asked, *self.result])]

    def act(self, does: str, values: dict) -> None:
        """Read the study, start the reports, or stop them."""
        if does == OPEN and not self._is_running():
            self.result = []
            self.start(OPEN, self._open, then=self._keep_study)
        elif does in ("make", "slides") and not self._is_running():
            self.result = []
            self.start(does, self._make_reports if does == "make" else self._make_slides, then=self._keep)
        elif does == "stop" and self.process:
            end_process(self.process)

    def _is_running(self) -> bool:
        return self.is_working("make") or self.is_working("slides")

    def _choose_out(self) -> tuple[str, Path]:
        wave = self.desk.values.get("report_wave", NEWEST)
        return wave, find_reports(self.desk.folder) / ("" if wave == NEWEST else wave)

    def _make_reports(self, say) -> list[dict]:
        wave, out = self._choose_out()
        code, lines = self._run(say, ["report", "--wave", wave, "--out", str(out)])
        return show_end(code, lines, link=page.link("Open the reports", path=out / "index.html"))

    def _make_slides(self, say) -> list[dict]:
        wave, out = self._choose_out()
        out.mkdir(parents=True, exist_ok=True)
        file = out / "slides.pptx"
        code, lines = self._run(say, ["slides", "--wave", wave, "--out", str(file)])
        return show_end(code, lines, link=page.link(f"The slides: {file.name}", path=file), what="slides")

    def _run(self, say, words: list[str]) -> tuple[int, list[str]]:
        """Run a command on the study, say each line it prints, and return its exit code and its lines."""
        say("Starting ...")
        self.process = start_command(self.desk.folder, words)
        lines: list[str] = []
        for line in self.process.stdout:
            lines.append(line.strip())
            made = MADE.search(lines[-1])
            say(lines[-1], int(made[1]) / int(made[2]) if made else None)
        return self.process.wait(), lines

    def _keep(self, result: list[dict]) -> None:
        self.process, self.result = None, result


def open_for_pictures(folder: Path) -> Study:
    """Open a study, or say in one sentence that it does not open.

    Raises
    ------
    CjmError
        The study has faults.

    Examples
    --------
    >>> from cjm_helpers.study.kit import find_example
    >>> open_for_pictures(find_example("retail_checkout")).name
    'Retail checkout'
    """
    try:
        return open_study(folder)
    except FaultsFound:
        raise CjmError(NOT_OPEN) from None


def choose_wave(study: Study, id: str) -> list[dict]:
    """Return the drop-down for the wave, where the study has waves.

    Examples
    --------
    >>> choose_wave(open_study("retail_checkout"), "wave")[0]["value"]
    'newest'
    """
    waves = list(reversed(study.settings.wave_ids))
    options = [(NEWEST, "The newest"), *waves, (ALL_WAVES, "All waves")]
    return [page.select(id, "Wave", options=options)] if waves else []


def start_command(folder: Path, words: list[str]) -> subprocess.Popen:
    """Start a command of `cjm` on a study as a process of its own, whose lines can be read as they come."""
    command = [sys.executable, "-m", "cjm_helpers", words[0], str(folder), *words[1:]]
    settings = {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8", "FORCE_COLOR": ""}  # a kernel asks for colours
    return subprocess.Popen(
        command,
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )


def end_process(process: subprocess.Popen) -> None:
    """End a process and those it started."""
    if os.name == "nt":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True)
    else:
        os.killpg(process.pid, signal.SIGTERM)


def show_end(code: int, lines: list[str], *, link: dict, what: str = "reports") -> list[dict]:
    """Return how a run ended as elements of a page, from its exit code, its lines and the link to what it made.

    Examples
    --------
    >>> show_end(2, ["There is no study at 'x'."], link={})[0]["text"]
    "There is no study at 'x'."
    >>> show_end(0, ["Made Lena (1 of 1)"], link={})[0]["text"]
    'The reports are made.'
    """
    if code < 0:
        return [page.message("Stopped. What was made before stays as it was.")]
    said = "\n".join(line for line in lines if line and not MADE.search(line))
    if code not in FINISHED:
        return [page.message(said, tone="bad")]
    if code:
        return [page.message(said, tone="bad"), link]
    return [page.message(f"The {what} are made.", tone="good"), link]
