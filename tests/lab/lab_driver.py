"""Drives a real JupyterLab as a person would: starts it with `cjm lab`, opens notebooks, runs cells, clicks, types."""

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from cjm_helpers import cli

SECONDS = 60
PAGE = {"width": 1280, "height": 900}
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
KEPT = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR")
COMMAND = """([name, options]) => {
  window.commandEnded = false;
  void jupyterapp.commands.execute(name, options).finally(() => (window.commandEnded = true));
}"""

IS_IDLE = """(path) => {
  const context = window.jupyterapp?.shell.currentWidget?.context;
  const kernel = context?.sessionContext?.session?.kernel;
  return kernel?.status === "idle" && kernel.connectionStatus === "connected" && context.path.endsWith(path);
}"""


@contextmanager
def start_server(folder: Path | None = None, *, home: Path):
    """Start JupyterLab without a browser on a free port, give its address and log, and end it; home holds settings."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = {"port": port, "port_retries": 0, "allow_root": True, "disable_check_xsrf": True}
    config = {"ServerApp": server, "IdentityProvider": {"token": ""}}
    (home / "jupyter_server_config.json").write_text(json.dumps(config), encoding="utf-8")
    command = [sys.executable, "-m", "cjm_helpers", "lab", *([str(folder)] if folder else []), "--no-browser"]
    places = dict.fromkeys(KEPT, str(home))
    address = f"http://127.0.0.1:{port}/"
    with (home / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=cli.CHECKOUT, env={**os.environ, **places}, stdout=log, stderr=log)
        try:
            ask(address + "api")
            yield address, home / "log"
        finally:
            process.terminate()
            process.wait(SECONDS)


def ask(address: str, data: bytes | None = None) -> tuple[str, str]:
    """Return where an address leads and what stands there, as soon as the server answers."""
    for _ in range(SECONDS * 5):
        try:
            with urlopen(Request(address, data=data), timeout=SECONDS) as answer:
                return answer.url, answer.read().decode()
        except URLError as error:
            if not isinstance(error.reason, ConnectionRefusedError):
                raise
            time.sleep(0.2)
    raise TimeoutError(address)


class Driver:
    """One person at one JupyterLab page."""

    def __init__(self, browser, address: str, *, size: dict = PAGE):
        self.address = address
        self.page = browser.new_context(viewport=size).new_page()

    def open_notebook(self, path: str) -> None:
        """Open a notebook by its path in JupyterLab, and wait until its kernel is idle."""
        self.page.goto(f"{self.address}lab/tree/{path}?reset")
        self.wait_idle(path)

    def wait_idle(self, path: str = "") -> None:
        """Wait until the notebook in front, or the one of a path, runs no cell; a command given earlier may hang."""
        self.page.wait_for_function(IS_IDLE, arg=path, timeout=SECONDS * 1000)

    def run_all(self, *, seconds: int = SECONDS) -> None:
        """Run all cells and wait for the last."""
        self.command("notebook:run-all-cells")
        self.page.wait_for_function("window.commandEnded", timeout=seconds * 1000)

    def command(self, name: str, **options) -> None:
        """Give JupyterLab a command without waiting: one that runs cells ends when they do."""
        self.page.evaluate(COMMAND, [name, options])

    def choose_theme(self, name: str) -> None:
        """Show the page "light" or "dark"."""
        self.command("apputils:change-theme", theme=THEMES[name])
        self.page.wait_for_function(f"document.body.dataset.jpThemeLight === '{str(name == 'light').lower()}'")

    def click(self, label: str) -> None:
        """Click the first button or link of that name in the notebook."""
        self.notebook.get_by_role("button", name=label, exact=True).or_(
            self.notebook.get_by_role("link", name=label, exact=True)
        ).first.click()

    def type(self, label: str, text: str) -> None:
        """Type into the field of that label."""
        self.notebook.get_by_label(label, exact=True).first.fill(text)

    def choose(self, label: str, option: str) -> None:
        """Choose an option of a drop-down by what stands there."""
        self.notebook.get_by_label(label, exact=True).first.select_option(label=option)

    def give_file(self, label: str, file: Path) -> None:
        """Choose a file from the disk."""
        self.notebook.get_by_label(label, exact=True).first.set_input_files(file)

    def wait_for(self, text: str, *, seconds: int = SECONDS) -> None:
        """Wait until a text stands in the notebook."""
        self.notebook.get_by_text(text).first.wait_for(timeout=seconds * 1000)

    @property
    def notebook(self):
        """The notebook that is open in front."""
        return self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
