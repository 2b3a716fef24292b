"""The command line: help and misuse before any set-up, every command handed to its room, exit codes."""

import subprocess
import sys
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from cjm_helpers import cli

COMMANDS = ["report", "lab", "new", "check", "import", "excel", "notebooks", "test"]


def run(*words: str, bare: bool = False) -> subprocess.CompletedProcess:
    """Run the program in a Python of its own; a bare one sees the standard library alone."""
    command = [sys.executable, *(["-S"] if bare else []), "-m", "cjm_helpers", *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=cli.CHECKOUT, timeout=60)


def test_help_works_on_a_bare_python():
    """Without any installed package the help lists every command."""
    answer = run("--help", bare=True)
    assert answer.returncode == cli.DONE
    assert all(f"\n    {command} " in answer.stdout for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help(command, capsys):
    """Every command says what it does and ends well."""
    with pytest.raises(SystemExit) as ended:
        cli.read_arguments([command, "--help"])
    assert ended.value.code == cli.DONE
    assert f"usage: cjm {command}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words, sentence",
    [
        ([], "usage: cjm COMMAND"),
        (["repot"], "There is no command 'repot'. Did you mean 'report'?"),
        (["report", "--personas", "anna"], "unrecognized arguments: --personas"),
        (["new"], "required: DIR"),
    ],
)
def test_misuse_is_said_before_any_set_up(words, sentence):
    """A missing or misspelt word is answered by a bare Python, and nothing is set up for it."""
    answer = run(*words, bare=True)
    assert answer.returncode == cli.MISUSED
    assert sentence in answer.stderr
    assert ".venv" not in answer.stderr and "Traceback" not in answer.stderr


def test_report_hands_its_options_on(monkeypatch):
    """The options of report reach report_study under the same names."""
    from cjm_helpers.batch import run as room

    seen = {}
    done = SimpleNamespace(failures=(), outcomes=(1, 2), index=cli.CHECKOUT / "reports" / "index.html")
    monkeypatch.setattr(room, "report_study", lambda place, **options: seen.update(options, place=place) or done)
    words = ["report", "mine", "--persona", "a", "b", "--wave", "all", "--out", "pages", "--workers", "3"]
    assert cli.run(cli.read_arguments(words)) == cli.DONE
    assert seen == {"place": "mine", "personas": ["a", "b"], "wave": "all", "out": "pages", "workers": 3}


def test_a_failed_report_is_said_and_fails(monkeypatch, capsys):
    """One failed report makes the exit code 1, and its reason is said beside what was made."""
    from cjm_helpers.batch import run as room

    failed = SimpleNamespace(report=SimpleNamespace(name="Anna"), failure="Too few answers.")
    done = SimpleNamespace(failures=(failed,), outcomes=(failed, 2, 3), index=cli.CHECKOUT / "index.html")
    monkeypatch.setattr(room, "report_study", lambda place, **options: done)
    assert cli.run(cli.read_arguments(["report"])) == cli.FAILED
    said = capsys.readouterr()
    assert "No report for Anna: Too few answers." in said.err
    assert "2 of 3 reports made." in said.out


def test_what_a_user_can_mend_is_a_sentence(capsys):
    """An error of ours ends with its sentence and exit code 2, without a traceback."""
    assert cli.run(cli.read_arguments(["check", "nowhere"])) == cli.MISUSED
    said = capsys.readouterr().err
    assert said.startswith("There is no study at 'nowhere'")
    assert said.count("\n") == 1


def test_test_hands_its_words_to_pytest(monkeypatch):
    """Whatever follows `test` reaches pytest in its order."""
    seen = []
    monkeypatch.setattr(pytest, "main", lambda words: seen.extend(words) or 5)
    assert cli.run(cli.read_arguments(["test", "-k", "emotion", "tests/stats"])) == 5
    assert seen == ["--durations=10", "-rs", "-k", "emotion", "tests/stats"]


def test_full_is_a_word_for_the_set_up(monkeypatch):
    """`test --full` asks for the packages of the full tests, and pytest never sees that word."""
    seen = []
    monkeypatch.setattr(pytest, "main", lambda words: seen.extend(words) or 0)
    arguments = cli.read_arguments(["test", "--full", "-x"])
    assert cli.name_needs(arguments) == "full test" and cli.run(arguments) == 0
    assert seen == ["--durations=10", "-rs", "-x"]


def test_a_new_study_passes_its_check(tmp_path, capsys):
    """`cjm new` makes a study in which `cjm check` finds no faults."""
    folder = str(tmp_path / "mine")
    assert cli.run(cli.read_arguments(["new", folder])) == cli.DONE
    assert cli.run(cli.read_arguments(["check", folder])) == cli.DONE
    assert "No faults" in capsys.readouterr().out


def test_a_study_with_a_fault_fails_its_check(tmp_path, capsys):
    """`cjm check` says each fault and ends with exit code 1."""
    folder = tmp_path / "mine"
    cli.run(cli.read_arguments(["new", str(folder)]))
    with (folder / "study.toml").open("a", encoding="utf-8") as file:
        file.write("\n[stagess]\n")
    assert cli.run(cli.read_arguments(["check", str(folder)])) == cli.FAILED
    assert "stagess" in capsys.readouterr().out


def test_lab_needs_notebooks(tmp_path, capsys):
    """A folder without notebooks is said before JupyterLab is started."""
    assert cli.run(cli.read_arguments(["lab", str(tmp_path)])) == cli.MISUSED
    assert "opens with: cjm lab" in capsys.readouterr().err


def test_excel_goes_out_and_comes_back(tmp_path, capsys):
    """A workbook is written; what it would change is listed, and written only when told."""
    folder, file = str(tmp_path / "mine"), str(tmp_path / "mine.xlsx")
    cli.run(cli.read_arguments(["new", folder]))
    assert cli.run(cli.read_arguments(["excel", folder, file])) == cli.DONE
    book = load_workbook(file)
    book["personas"].append(["", "Lena"])
    book.save(file)
    assert cli.run(cli.read_arguments(["excel", folder, file, "--import"])) == cli.DONE
    assert "Nothing was written" in capsys.readouterr().out
    assert cli.run(cli.read_arguments(["excel", folder, file, "--import", "--yes"])) == cli.DONE
    assert "lena,Lena" in (tmp_path / "mine" / "worksheets" / "personas.csv").read_text("utf-8")


def test_an_import_is_suggested(tmp_path, capsys):
    """An export alone gives the lines for study.toml; nothing is written."""
    (tmp_path / "people.csv").write_text("Customer id,Age\nk7,31\nk9,45\n", encoding="utf-8")
    assert cli.run(cli.read_arguments(["import", "--suggest", str(tmp_path / "people.csv")])) == cli.DONE
    said = capsys.readouterr().out
    assert "# Age: attribute, because its values are numbers" in said and '[[import]]\nfile = "people.csv"' in said
    assert [path.name for path in tmp_path.iterdir()] == ["people.csv"]


def test_an_import_needs_a_study(capsys):
    """Without a study the command says how to name one."""
    assert cli.run(cli.read_arguments(["import"])) == cli.MISUSED
    assert "Say which study to fill, such as: cjm import my_study" in capsys.readouterr().err
