"""The set-up on first use: which Python runs what, what is installed by whom, and when it is done anew."""

import argparse
import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cjm_helpers import __main__ as start
from cjm_helpers import cli

HOMES = [Path.home() / ".pyenv" / "versions", Path("/opt/python")]


@pytest.fixture
def place(monkeypatch, tmp_path):
    """Set the stage in a folder of its own: a checkout without .venv, where no command is really run."""
    for file in ["pyproject.toml", *start.PINS["full test"]]:
        shutil.copy(cli.CHECKOUT / file, tmp_path)
    venv = tmp_path / ".venv"
    places = {"CHECKOUT": tmp_path, "VENV": venv, "PROGRAMS": venv / "bin", "PYTHON": venv / "bin" / "python"}
    for name, path in {**places, "FETCHED": venv / "fetched", "STAMP": venv / "set_up.json"}.items():
        monkeypatch.setattr(start, name, path)
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    return tmp_path


@pytest.fixture
def commands(monkeypatch, place):
    """Gather the commands that the set-up would run; those that hold a word of `failing` fail."""

    class Commands(list):
        failing = []

        def call(self, command, *, quiet=False):
            self.append(" ".join(command).replace(str(place), "."))
            if command[1:3] == ["-m", "venv"]:
                put_program(start.PYTHON)
            if command[-1] == "uv":
                put_program((start.FETCHED / "bin" if "--target" in command else start.PROGRAMS) / "uv")
            return not any(word in self[-1] for word in self.failing)

    gathered = Commands()
    monkeypatch.setattr(start, "_works", gathered.call)
    return gathered


def put_program(file: Path) -> None:
    """Put an empty program there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o755)


@pytest.mark.parametrize("file", ["__init__.py", "__main__.py"])
def test_start_parses_on_an_old_python(file):
    """Python 3.8 can read the two files it meets first, so that it says a sentence and no syntax error."""
    ast.parse((cli.CHECKOUT / "cjm_helpers" / file).read_text(encoding="utf-8"), feature_version=(3, 8))


def test_an_old_python_says_which_is_needed():
    """A real Python 3.8 names the versions that work and ends with exit code 2."""
    found = [path for home in HOMES for path in sorted(home.glob("3.8*/bin/python3"))]
    old = next(iter(found), None) or shutil.which("python3.8")
    if old is None:
        pytest.skip("no Python 3.8 on this machine")
    answer = subprocess.run([old, "-m", "cjm_helpers", "report"], cwd=cli.CHECKOUT, capture_output=True, text=True)
    assert answer.returncode == start.MISUSED
    assert answer.stderr.startswith("The CJM Workbook needs Python 3.11 to 3.14, and this is Python 3.8.")
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("version", [(3, 10, 9), (3, 11, 0), (3, 14, 2), (3, 15, 0)])
def test_versions_are_those_of_pyproject(monkeypatch, version):
    """The start refuses just the Pythons that requires-python refuses."""
    from packaging.specifiers import SpecifierSet

    text = (cli.CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
    allowed = SpecifierSet(text.split('requires-python = "')[1].split('"')[0])
    monkeypatch.setattr(start.sys, "version_info", version)
    monkeypatch.setattr(cli, "read_arguments", lambda words: argparse.Namespace(command="check"))
    monkeypatch.setattr(start, "is_ready", lambda needs: True)
    monkeypatch.setattr(cli, "run", lambda arguments: cli.DONE)
    is_allowed = ".".join(map(str, version)) in allowed
    assert start.main(["check"]) == (cli.DONE if is_allowed else start.MISUSED)


def test_an_environment_that_meets_every_range_is_used(place):
    """The Python that runs these tests meets every range, so no .venv is made for it."""
    assert start.is_ready("report")
    assert start.is_ready("test")


def test_a_range_that_is_not_met_asks_for_an_environment(place):
    """One package that is too old, or missing, and the running Python is not used."""
    file = place / "pyproject.toml"
    text = file.read_text(encoding="utf-8")
    for unmet in ["pandas>=1.0,<2", "no-such-package>=1"]:
        file.write_text(text.replace("pandas>=3.0,<4", unmet), encoding="utf-8")
        assert not start.is_ready("report")


def test_an_installed_package_needs_no_set_up(place):
    """Where no checkout is around it, the package trusts whoever installed it."""
    (place / "pyproject.toml").unlink()
    assert start.is_ready("report")


def test_set_up_with_uv_found(place, commands, monkeypatch):
    """With uv at hand a bare .venv is made and filled by one command, compiled, from the pins alone."""
    monkeypatch.setenv("PATH", str(place / "bin"))
    put_program(place / "bin" / "uv")
    start.set_up("report")
    make, _, install = commands
    assert make.endswith("-m venv --clear --without-pip ./.venv")
    assert install.startswith("./bin/uv pip install --python ./.venv/bin/python --compile-bytecode")
    assert install.endswith("--no-deps --editable . --requirement ./requirements.txt")
    assert start.is_set_up("report") and not start.is_set_up("test")


def test_the_tests_need_their_own_pins_too(place, commands, monkeypatch):
    """For `test` both files of pins are installed, into the .venv that is there, and `report` is set up as well."""
    monkeypatch.setenv("PATH", str(place / "bin"))
    put_program(place / "bin" / "uv")
    start.set_up("report")
    start.set_up("test")
    assert "./requirements.txt --requirement ./requirements-test.txt" in commands[-1]
    assert sum("-m venv" in command for command in commands) == 1
    assert start.is_set_up("report") and start.is_set_up("test")


def test_the_full_tests_bring_all_three(place, commands, monkeypatch):
    """After `test --full` the other two are set up as well, and not the other way round."""
    monkeypatch.setenv("PATH", str(place / "bin"))
    put_program(place / "bin" / "uv")
    start.set_up("test")
    assert not start.is_set_up("full test")
    start.set_up("full test")
    assert commands[-1].endswith("--requirement ./requirements-full.txt")
    assert all(start.is_set_up(needs) for needs in start.PINS)


def test_a_uv_that_does_not_run_is_passed_over(place, commands, monkeypatch):
    """A stand-in on the path that only says "not installed here" does not stop the set-up."""
    monkeypatch.setenv("PATH", str(place / "bin"))
    put_program(place / "bin" / "uv")
    commands.failing = ["./bin/uv"]
    start.set_up("report")
    assert "./.venv/bin/python -m pip install --quiet uv" in commands


def test_uv_is_fetched_by_pip(place, commands):
    """Without uv, pip puts it into the new .venv and it installs from there."""
    start.set_up("report")
    assert "./.venv/bin/python -m pip install --quiet uv" in commands
    assert commands[-1].startswith("./.venv/bin/uv pip install")


def test_where_uv_fails_pip_installs(place, commands):
    """A uv that cannot install (it reads none of pip's settings) is followed by pip."""
    commands.failing = ["--compile-bytecode"]
    start.set_up("report")
    assert commands[-1].startswith("./.venv/bin/python -m pip install --quiet --no-deps --editable .")


def test_without_ensurepip_uv_is_fetched_beside(place, commands):
    """A Python that cannot put pip into .venv fetches uv with its own pip, into a folder of .venv."""
    commands.failing = ["./.venv/bin/python -m pip", "ensurepip"]
    start.set_up("report")
    assert f"{sys.executable} -m pip install --quiet --target ./.venv/fetched uv" in commands
    assert commands[-1].startswith("./.venv/fetched/bin/uv pip install --python ./.venv/bin/python")


def test_without_any_installer_the_apt_line_is_said(place, commands, monkeypatch, capsys):
    """With neither pip, ensurepip nor uv the way out is named, and the exit code is 1."""
    commands.failing = ["-m pip", "ensurepip"]
    monkeypatch.setattr(start, "_meets_every_range", lambda needs: False)
    assert start.main(["check"]) == start.FAILED
    assert "sudo apt install python3-venv" in capsys.readouterr().err
    assert not start.is_set_up("report")


def test_a_half_made_environment_is_made_anew(place, commands):
    """A .venv without its stamp was left half-made, so it is cleared before anything is installed."""
    put_program(start.PYTHON)
    start.set_up("report")
    assert "-m venv --clear" in commands[0]
    assert start.is_set_up("report")


def test_a_failed_update_leaves_no_stamp(place, commands):
    """When an update fails midway, the next start makes the environment anew."""
    start.set_up("report")
    commands.failing = ["install"]
    with pytest.raises(start.SetUpFailed):
        start.set_up("test")
    assert not start.STAMP.exists()


@pytest.mark.parametrize("file", ["pyproject.toml", "requirements.txt"])
def test_changed_pins_are_noticed(place, commands, file):
    """A new pin or range makes the next start bring .venv up to date."""
    start.set_up("report")
    (place / file).write_text("changed", encoding="utf-8")
    assert not start.is_set_up("report")


def test_a_moved_checkout_is_noticed(place, commands):
    """An environment holds paths, so one that was made elsewhere is not used."""
    start.set_up("report")
    stamp = json.loads(start.STAMP.read_text(encoding="utf-8"))
    start.STAMP.write_text(json.dumps({**stamp, "checkout": "elsewhere"}), encoding="utf-8")
    assert not start.is_set_up("report")


def test_control_c_ends_in_a_sentence(monkeypatch, capsys):
    """Control-C gives one line and the usual exit code."""

    def interrupt(words):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "read_arguments", interrupt)
    assert start.main(["report"]) == start.INTERRUPTED
    assert "Stopped." in capsys.readouterr().err


def test_company_certificates_reach_uv(monkeypatch):
    """uv is told to trust the machine's certificates, unless the user said otherwise."""
    show = [sys.executable, "-c", "import os, sys; sys.exit(os.environ['UV_SYSTEM_CERTS'] != '1')"]
    monkeypatch.delenv("UV_SYSTEM_CERTS", raising=False)
    assert start._works(show)
    monkeypatch.setenv("UV_SYSTEM_CERTS", "0")
    assert not start._works(show)
