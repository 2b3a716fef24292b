"""Shows a desk in a bare page of a real browser, without any notebook, and does there what a person would."""

import json
import shutil
from contextlib import contextmanager

import pandas as pd
import pytest

SWITCHES = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
NAME, STAGE, POSITION, CHANNELS = 1, 2, 3, 4  # columns of touchpoints
PAGE = "<!doctype html><meta charset=utf-8><style>{css}</style><body style='margin:12px'><div id=desk></div>"
# A model as JupyterLab would hand it to the page; what it sends goes to Python, and the answers come back.
RENDER = """async (script) => {
  const module = await import(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  const listeners = [];
  window.sent = [];
  window.hear = (answer) => listeners.forEach((listener) => listener(answer, []));
  const send = (message, _, buffers = []) => {
    window.sent.push(message.kind);
    // as text: playwright needs a minute for a million numbers
    const texts = buffers.map((buffer) => new TextDecoder("latin1").decode(buffer));
    window.askPython(JSON.stringify(message), texts).then((answers) => JSON.parse(answers).forEach(window.hear));
  };
  const model = { on: (name, listener) => listeners.push(listener), off: () => {}, send };
  window.leave = module.default.render({ model, el: document.getElementById("desk") });
}"""


@contextmanager
def start_browser():
    """Start the machine's Chromium or Chrome, or skip where there is none."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed, so no page can be opened")
    program = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chromium-browser"))), None)
    if not program:
        pytest.skip("no Chromium or Chrome is installed, so no page can be opened")
    with api.sync_playwright() as player:
        browser = player.chromium.launch(executable_path=program, chromium_sandbox=False, args=list(SWITCHES))
        yield browser
        browser.close()


def show(page, desk, *, css: str = "", is_stopped: bool = False) -> None:
    """Show a desk in a page; a kernel that stopped is played by page.stopped = True."""
    page.stopped, page.mishaps, said = is_stopped, [], []
    page.on("pageerror", lambda error: page.mishaps.append(str(error)))
    desk.send = lambda answer, buffers=None: said.append(answer)

    def answer(message: str, buffers: list[str]) -> str:
        said.clear()
        if not page.stopped:
            desk._receive(None, json.loads(message), [memoryview(text.encode("cp1252")) for text in buffers])
        return json.dumps(said)  # as over the wire; handing rows over one by one would take seconds

    page.expose_function("askPython", answer)
    page.set_content(PAGE.format(css=str(desk._css) + css))
    page.evaluate(RENDER, str(desk._esm))


class Editor:
    """What a person sees of a table editor and does with it."""

    def __init__(self, page, desk):
        page.set_default_timeout(10_000)
        page.clock.install()
        show(page, desk)
        page.wait_for_selector(".cjm-grid, .cjm-empty, .cjm-panel")
        self.page, self.press = page, page.keyboard.press

    def go(self, row, column):
        """Choose a cell; the first row is 0."""
        self.page.locator(f'[data-r="{row}"][data-c="{column}"]').click()

    def type(self, text, key="Enter"):
        """Type into the chosen cell, and end with a key."""
        self.page.keyboard.type(text)
        self.press(key)

    def click(self, label):
        """Click a button."""
        self.page.get_by_role("button", name=label, exact=True).click()

    def read(self, column):
        """Return the cells of a column as shown, from top to bottom."""
        return self.page.locator(f'.cjm-tr [data-c="{column}"]').all_inner_texts()

    def wait(self, text):
        """Wait until the status line holds a text."""
        self.page.wait_for_function(
            "(text) => document.querySelector('.cjm-status').textContent.includes(text)", arg=text
        )

    def pause(self):
        """Let the time pass after which things are checked."""
        self.page.clock.fast_forward(400)


def saved(folder, name="touchpoints"):
    """Return a worksheet as text cells."""
    return pd.read_csv(folder / "worksheets" / f"{name}.csv", dtype=str, keep_default_na=False)
