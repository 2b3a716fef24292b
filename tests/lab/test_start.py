"""JupyterLab as `cjm lab` opens it: really started, on the start notebook, quiet."""

import json
import os
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from cjm_helpers import cli

SECONDS = 60
NEWS = "lab/api/settings/@jupyterlab/apputils-extension:notification"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Start JupyterLab without a browser, give its address and log, and end it."""
    settings = tmp_path_factory.mktemp("settings")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = {"port": port, "port_retries": 0, "allow_root": True, "disable_check_xsrf": True}
    config = {"ServerApp": server, "IdentityProvider": {"token": ""}}
    (settings / "jupyter_server_config.json").write_text(json.dumps(config), encoding="utf-8")
    places = {name: str(settings) for name in ["JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"]}
    command = [sys.executable, "-m", "cjm_helpers", "lab", "--no-browser"]
    with (settings / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=cli.CHECKOUT, env={**os.environ, **places}, stdout=log, stderr=log)
        yield f"http://127.0.0.1:{port}/", settings / "log"
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


def test_lab_opens_the_start_notebook(lab):
    """The server's front door leads to the notebook to start with."""
    address, _ = lab
    assert ask(address)[0].endswith("/lab/tree/notebooks/00_start_here.ipynb")


def test_lab_fetches_no_news(lab):
    """JupyterLab neither asks about news nor looks for updates."""
    address, _ = lab
    options = json.loads(ask(address + NEWS)[1])["schema"]["properties"]
    assert options["fetchNews"]["default"] == "false"
    assert options["checkForUpdates"]["default"] is False


def test_lab_talks_to_kernels_in_private(lab):
    """A kernel gets keys for its connection (without them it warns at each start), and nothing but our line is said."""
    address, log = lab
    kernel = json.loads(ask(address + "api/kernels", b"{}")[1])["id"]
    connection = json.loads((log.parent / f"kernel-{kernel}.json").read_text(encoding="utf-8"))
    assert connection["curve_publickey"]
    assert log.read_text(encoding="utf-8").startswith("JupyterLab is starting.")
