"""Starts the workbook: makes an environment of its own (.venv) on first use, then runs the command in it.

Only the standard library is needed here, and the file parses on Python 3.8, so that an old Python gets a sentence.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

OLDEST, TOO_NEW = (3, 11), (3, 15)
CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")
FETCHED = VENV / "fetched"
STAMP = VENV / "set_up.json"
PINS = {"report": ["requirements.txt"]}
PINS["test"] = [*PINS["report"], "requirements-test.txt"]
PINS["full test"] = [*PINS["test"], "requirements-full.txt"]
FAILED, MISUSED, INTERRUPTED, UNHEARD = 1, 2, 130, 141


class SetUpFailed(Exception):
    """The environment could not be made; the text says what to do."""


def main(words: list[str] | None = None) -> int:
    """Run one command and return the program's exit code; whoever reads along may stop, as `| head` does."""
    try:
        try:
            return _run(sys.argv[1:] if words is None else words)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what Python writes as it ends
        return UNHEARD


def _run(words: list[str]) -> int:
    """Run one command in the environment it needs."""
    if not OLDEST <= sys.version_info[:2] < TOO_NEW:
        return _refuse_python()
    from cjm_helpers import cli

    try:
        arguments = cli.read_arguments(words)
        needs = cli.name_needs(arguments)
        if is_ready(needs):
            return cli.run(arguments)
        if not is_set_up(needs):
            set_up(needs)
        return _run_in_venv(words)
    except SetUpFailed as failure:
        _say(str(failure))
        return FAILED
    except KeyboardInterrupt:
        _say("\nStopped. The same command starts again.")
        return INTERRUPTED


def is_ready(needs: str) -> bool:
    """Return whether the running Python can do the work itself: it is .venv, or conda's, or has us installed."""
    if not all((CHECKOUT / file).exists() for file in ["pyproject.toml", *PINS[needs]]):
        return True
    if _is_own() and STAMP.exists():
        return is_set_up(needs)
    return _meets_every_range(needs)


def is_set_up(needs: str) -> bool:
    """Return whether .venv was finished here and from the pins as they are now."""
    return PYTHON.exists() and _read_stamp().get(needs) == _hash_pins(needs)


def set_up(needs: str) -> None:
    """Make .venv, or bring it up to date, and stamp it as the very last step."""
    started = time.monotonic()
    if _is_own() or (PYTHON.exists() and _read_stamp()):
        _say("Bringing the environment .venv up to date.")
    else:
        _say("First use: making the environment .venv in this folder. It takes a minute or so, once;")
        _say("your own Python and its packages stay as they are.")
        if not _works([sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)]):
            raise SetUpFailed("The folder .venv could not be made; the lines above say why.")
    done = _read_stamp()
    STAMP.unlink(missing_ok=True)
    _install(needs)
    brought = [name for name in PINS if set(PINS[name]) <= set(PINS[needs])]
    done.update({"checkout": str(CHECKOUT), **{name: _hash_pins(name) for name in brought}})
    STAMP.write_text(json.dumps(done, indent=2), encoding="utf-8")
    _say(f"Ready after {time.monotonic() - started:.0f} seconds.")


def _refuse_python() -> int:
    have, here = "{}.{}.{}".format(*sys.version_info[:3]), sys.executable
    _say(f"The CJM Workbook needs Python 3.11 to 3.14, and this is Python {have} ({here}).")
    _say("Install a newer Python, then name it in the command, such as: python3.13 -m cjm_helpers report")
    return MISUSED


def _is_own() -> bool:
    return Path(sys.prefix).resolve() == VENV.resolve()


def _read_stamp() -> dict:
    """What was set up here; nothing when .venv was left half-made or the checkout was moved since."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if stamp.get("checkout") == str(CHECKOUT) else {}


def _hash_pins(needs: str) -> str:
    files = ["pyproject.toml", *PINS[needs]]
    return hashlib.sha256(b"".join((CHECKOUT / file).read_bytes() for file in files)).hexdigest()


def _meets_every_range(needs: str) -> bool:
    """Whether the package and everything pyproject.toml asks for is installed in the running Python."""
    import tomllib
    from importlib import metadata

    try:
        metadata.distribution("cjm-helpers")
        from packaging.requirements import Requirement
    except ImportError:
        return False
    asked = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    ranges = list(asked["project"]["dependencies"])
    ranges += asked["dependency-groups"]["test"] if needs != "report" else []
    ranges += asked["project"]["optional-dependencies"]["oracle"] if needs == "full test" else []
    return all(_is_met(Requirement(line)) for line in ranges)


def _is_met(requirement) -> bool:
    from importlib import metadata

    try:
        return requirement.specifier.contains(metadata.version(requirement.name), prereleases=True)
    except metadata.PackageNotFoundError:
        return False


def _install(needs: str) -> None:
    wanted = ["--quiet", "--no-deps", "--editable", str(CHECKOUT)]
    for file in PINS[needs]:
        wanted += ["--requirement", str(CHECKOUT / file)]
    uv = _find_uv() or _fetch_uv()
    _say("Installing the packages with {}.".format("uv" if uv else "pip"))
    if uv and _works([uv, "pip", "install", "--python", str(PYTHON), "--compile-bytecode", *wanted]):
        return
    if _has_pip() and _works([str(PYTHON), "-m", "pip", "install", *wanted]):
        return
    raise SetUpFailed(
        "The packages could not be installed; the lines above say why. Mostly it is the network: "
        "see that this machine reaches the package index, then run the same command again."
    )


def _find_uv() -> str | None:
    found = [shutil.which("uv", path=place) for place in [None, str(PROGRAMS), str(FETCHED / "bin")]]
    return next((uv for uv in found if uv and _works([uv, "--version"], quiet=True)), None)


def _fetch_uv() -> str | None:
    """Get the fast installer by pip in .venv, else by the running Python's (on Debian there may be only that)."""
    if _has_pip():
        _works([str(PYTHON), "-m", "pip", "install", "--quiet", "uv"])
    elif _works([sys.executable, "-m", "pip", "--version"], quiet=True):
        _works([sys.executable, "-m", "pip", "install", "--quiet", "--target", str(FETCHED), "uv"])
    else:
        raise SetUpFailed(
            "This Python can make no environment: it has neither pip nor ensurepip, and no uv is installed.\n"
            "On Debian or Ubuntu run: sudo apt install python3-venv\nThen run the same command again."
        )
    return _find_uv()


def _has_pip() -> bool:
    tries = ["pip", "--version"], ["ensurepip"]
    return any(_works([str(PYTHON), "-m", *words], quiet=True) for words in tries)


def _works(command: list[str], *, quiet: bool = False) -> bool:
    # uv trusts the machine's certificates only when told to; without this it fails behind a company's own.
    settings = {"UV_SYSTEM_CERTS": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    silence = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} if quiet else {}
    return subprocess.run(command, env={**settings, **os.environ}, **silence).returncode == 0


def _run_in_venv(words: list[str]) -> int:
    command = [str(PYTHON), "-m", "cjm_helpers", *words]
    if os.name == "nt":
        return subprocess.run(command).returncode
    os.execv(command[0], command)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
