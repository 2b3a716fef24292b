"""The words of the command line: help and misuse before any set-up, and what each option may be."""

import subprocess
import sys

import pytest

from cjm_helpers import cli
from cjm_helpers.cli import arguments
from cjm_helpers.cli.maps import ENDINGS, SHOWS
from cjm_helpers.drawing.sheet.paper import PAPERS

COMMANDS = [
    "report",
    "update",
    "map",
    "slides",
    "lab",
    "new",
    "check",
    "import",
    "excel",
    "codebook",
    "notebooks",
    "test",
]


def run(*words: str, bare: bool = False) -> subprocess.CompletedProcess:
    """Run the program in a Python of its own; a bare one sees the standard library alone."""
    command = [sys.executable, *(["-S"] if bare else []), "-m", "cjm_helpers", *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=cli.CHECKOUT, timeout=60)


def test_help_works_on_a_bare_python():
    """Without any installed package the help lists every command."""
    answer = run("--help", bare=True)
    assert answer.returncode == cli.DONE
    assert all(f"\n    {command} " in answer.stdout for command in COMMANDS)


def test_a_word_that_is_no_command_is_answered_with_all_that_are():
    """Whoever has forgotten a command finds it, be it the twelfth."""
    answer = run("nonsense", bare=True)
    assert all(f" {command}" in answer.stderr for command in COMMANDS) and "more" not in answer.stderr


@pytest.mark.parametrize("command", ["report", "update"])
def test_what_runs_unattended_is_shown_by_examples(command, capsys):
    """The help of a command with many options shows some together, and says how it ends; no line is too long."""
    with pytest.raises(SystemExit):
        cli.read_arguments([command, "--help"])
    said = capsys.readouterr().out
    assert f"\n  cjm {command} my_study" in said and "It ends with 0 where every report was made" in said
    assert max(map(len, said.splitlines())) <= 80


def test_the_examples_of_the_help_can_be_typed():
    """Each is taken as it stands there."""
    for text in (arguments.REPORT_EXAMPLES, arguments.UPDATE_EXAMPLES):
        lines = [line.strip().partition("   ")[0] for line in text.splitlines()]
        typed = [line.split()[1:] for line in lines if line.startswith("cjm ")]
        assert typed and all(cli.read_arguments(words).study == "my_study" for words in typed)


@pytest.mark.parametrize("words", [["--help"], ["check", "clinic_visit"]])
def test_whoever_reads_along_may_stop(words):
    """`cjm check | head` ends without a traceback when head has seen enough."""
    program = subprocess.Popen(
        [sys.executable, "-m", "cjm_helpers", *words], cwd=cli.CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    program.stdout.close()
    assert program.stderr.read() == b"" and program.wait(60) in (cli.DONE, 141)


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
        (["map", "--format", "svg,jpg"], "'jpg' is not known. Did you mean 'png'?"),
    ],
)
def test_misuse_is_said_before_any_set_up(words, sentence):
    """A missing or misspelt word is answered by a bare Python, and nothing is set up for it."""
    answer = run(*words, bare=True)
    assert answer.returncode == cli.MISUSED
    assert sentence in answer.stderr
    assert ".venv" not in answer.stderr and "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    "words, sentence",
    [
        (["--paper", "a5"], "'a5' is not known. Did you mean 'a4'? Allowed: a4, a3, 16:9."),
        (["--show", "wave"], "'wave' is not known. Did you mean 'waves'? Allowed: waves, journey, changes, personas."),
        (["--format", ""], "'' is not known. Allowed: svg, png, pdf, pptx, html, mermaid."),
    ],
)
def test_an_option_of_a_map_says_what_it_may_be(words, sentence, capsys):
    """A word that is not known is answered with those that are."""
    with pytest.raises(SystemExit) as ended:
        cli.read_arguments(["map", *words])
    assert ended.value.code == cli.MISUSED
    assert sentence in capsys.readouterr().err


def test_what_the_words_may_be_is_what_can_be_made():
    """The command line, which loads no room to say so, knows the formats and papers that there are."""
    assert list(arguments.FORMATS) == list(ENDINGS) and list(arguments.PAPERS) == list(PAPERS)
    assert arguments.SHOWS == SHOWS


def test_formats_are_a_list_with_commas():
    """Capitals, blanks, dots and repeats in the list do no harm; SVG and PNG are made when nothing is said."""
    assert cli.read_arguments(["map", "--format", "PDF, .svg,pdf"]).formats == ("pdf", "svg")
    assert cli.read_arguments(["map"]).formats == ("svg", "png")


def test_full_is_a_word_for_the_set_up():
    """`test --full` asks for the packages of the full tests."""
    needs = [cli.name_needs(cli.read_arguments(words)) for words in (["test", "--full"], ["test"], ["map"])]
    assert needs == ["full test", "test", "report"]
