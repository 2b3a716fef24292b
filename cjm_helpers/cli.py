"""The program `cjm`: it reads the command line and calls the room that does the work."""

import argparse
import os
import sys
from functools import partial
from pathlib import Path

from cjm_helpers.errors import CjmError, spell_allowed, spell_command

CHECKOUT = Path(__file__).resolve().parent.parent
EXAMPLE = "retail_checkout"
STUDY_HELP = f"a study folder, or an example's name (default: {EXAMPLE})"
DONE, FAILED, MISUSED = 0, 1, 2
FULL = "--full"


def read_arguments(words: list[str]) -> argparse.Namespace:
    """Return the command and its options; says help and misuse itself, and ends the program then."""
    parser, names = _build_parser()
    first = words[0] if words else ""
    if not first:
        parser.print_help(sys.stderr)
        raise SystemExit(MISUSED)
    if first not in ["-h", "--help", *names]:
        print(f"There is no command '{first}'. {spell_allowed(first, names)}", file=sys.stderr)
        raise SystemExit(MISUSED)
    if first == "test" and not {"-h", "--help"} & set(words):
        return argparse.Namespace(command="test", run=_test, pytest_words=words[1:])
    return parser.parse_args(words)


def name_needs(arguments: argparse.Namespace) -> str:
    """Return which packages a command needs: those of "report", "test" or "full test"."""
    if arguments.command != "test":
        return "report"
    return "full test" if FULL in vars(arguments).get("pytest_words", []) else "test"


def run(arguments: argparse.Namespace) -> int:
    """Carry out one command and return the program's exit code."""
    try:
        return arguments.run(arguments)
    except CjmError as error:
        print(error, file=sys.stderr)
        return MISUSED


def _build_parser() -> tuple[argparse.ArgumentParser, list[str]]:
    parser = argparse.ArgumentParser(
        prog="cjm",
        usage="cjm COMMAND ...   or, before anything is set up:   python3 -m cjm_helpers COMMAND ...",
        description="The CJM Workbook: customer journey mapping done as research.",
        epilog="cjm COMMAND --help says more about one of them. On Windows: py -m cjm_helpers COMMAND",
        formatter_class=partial(argparse.HelpFormatter, max_help_position=16),
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND is one of", title="commands", required=True)
    for add in (_add_report, _add_lab, _add_new, _add_check, _add_import, _add_excel, _add_notebooks, _add_test):
        add(commands)
    return parser, list(commands.choices)


def _add_command(commands, name: str, *, does: str, run) -> argparse.ArgumentParser:
    description = does[0].upper() + does[1:] + "."
    parser = commands.add_parser(name, help=does, description=description, prog=f"cjm {name}", allow_abbrev=False)
    parser.set_defaults(run=run)
    return parser


def _add_report(commands) -> None:
    parser = _add_command(commands, "report", does="make a report for each persona and one for everyone", run=_report)
    parser.add_argument("study", nargs="?", default=EXAMPLE, help=STUDY_HELP)
    parser.add_argument("--persona", nargs="+", action="extend", default=[], metavar="ID", help="only these personas")
    parser.add_argument("--wave", default="newest", help="a wave's id, newest (default) or all")
    parser.add_argument("--out", metavar="DIR", help="where the pages go (default: reports/STUDY)")
    parser.add_argument("--workers", type=int, metavar="N", help="how many reports are made at a time")


def _add_lab(commands) -> None:
    parser = _add_command(commands, "lab", does="open the notebooks in JupyterLab", run=_lab)
    parser.add_argument("study", nargs="?", help="a folder that holds notebooks/ (default: the workbook itself)")
    parser.add_argument("--no-browser", action="store_true", help="only say the address, open no browser")
    parser.add_argument("--allow-root", action="store_true", help="start as root too, in a container say")


def _add_new(commands) -> None:
    parser = _add_command(commands, "new", does="start a study of your own in a new folder", run=_new)
    parser.add_argument("folder", metavar="DIR", help="the folder to make")
    parser.add_argument("--example", default="", metavar="NAME", help="start from a copy of this example")


def _add_check(commands) -> None:
    parser = _add_command(commands, "check", does="look for faults in a study and say them all", run=_check)
    parser.add_argument("study", nargs="?", default=EXAMPLE, help=STUDY_HELP)


def _add_import(commands) -> None:
    parser = _add_command(commands, "import", does="fill the tables of a study from its exports", run=_import)
    parser.add_argument("study", metavar="DIR", nargs="?", help="the study folder")
    parser.add_argument("--raw", metavar="DIR", help="where the exports lie (default: raw/ in the study)")
    parser.add_argument(
        "--suggest", metavar="FILE", help="only print the lines for study.toml that would bring this export in"
    )


def _add_excel(commands) -> None:
    parser = _add_command(commands, "excel", does="hand the tables of a study to Excel, or take them back", run=_excel)
    parser.add_argument("study", help="a study folder, or an example's name")
    parser.add_argument("file", metavar="FILE.xlsx", help="the workbook")
    parser.add_argument(
        "--import", action="store_true", dest="is_back", help="take the workbook's changes into the study"
    )
    parser.add_argument("--yes", action="store_true", help="with --import: write the changes without asking")


def _add_notebooks(commands) -> None:
    _add_command(commands, "notebooks", does="run the notebooks again and store what they show", run=_notebooks)


def _add_test(commands) -> None:
    parser = _add_command(commands, "test", does="test everything: code, examples and notebooks", run=_test)
    parser.epilog = (
        f"{FULL} also installs the packages of others that our formulas are compared with. "
        "Whatever else follows is handed to pytest, such as -k touchpoints."
    )


def _report(arguments) -> int:
    from cjm_helpers.batch.run import report_study

    done = report_study(
        arguments.study, personas=arguments.persona, wave=arguments.wave, out=arguments.out, workers=arguments.workers
    )
    for outcome in done.failures:
        print(f"No report for {outcome.report.name}: {outcome.failure}", file=sys.stderr)
    made = len(done.outcomes) - len(done.failures)
    print(f"{made} of {len(done.outcomes)} reports made. Open {_say_path(done.index)}")
    return FAILED if done.failures else DONE


def _lab(arguments) -> int:
    from cjm_helpers.lab.start import start_lab
    from cjm_helpers.study.kit import kit_folder

    folder = Path(arguments.study) if arguments.study else kit_folder()
    if not (folder / "notebooks").is_dir():
        raise CjmError(
            f"There is no folder '{folder / 'notebooks'}'. The workbook's own opens with: {spell_command('lab')}"
        )
    start_lab(folder, browser=not arguments.no_browser, as_root=arguments.allow_root)
    return DONE


def _new(arguments) -> int:
    from cjm_helpers.study.kit import new_study

    folder = new_study(arguments.folder, example=arguments.example)
    print(f"Your study stands in {folder}. Open it with: {spell_command(f'lab {folder}')}")
    return DONE


def _check(arguments) -> int:
    from cjm_helpers.study.folder import check_study

    findings = check_study(arguments.study)
    print(findings)
    return FAILED if findings.faults else DONE


def _import(arguments) -> int:
    if arguments.suggest:
        return _suggest(arguments)
    if not arguments.study:
        raise CjmError(f"Say which study to fill, such as: {spell_command('import my_study')}")
    from cjm_helpers.study.sources import import_sources

    print(import_sources(arguments.study, raw=arguments.raw))
    return DONE


def _suggest(arguments) -> int:
    from cjm_helpers.study.folder import open_study
    from cjm_helpers.study.sources.advice import suggest_text

    print(suggest_text(arguments.suggest, study=open_study(arguments.study) if arguments.study else None))
    return DONE


def _excel(arguments) -> int:
    from cjm_helpers.study.excel import read_excel, write_excel
    from cjm_helpers.study.folder import open_study

    if not arguments.is_back:
        print(f"Written: {_say_path(write_excel(open_study(arguments.study), arguments.file))}")
        return DONE
    changes = read_excel(arguments.study, arguments.file)
    print(changes if changes.table.empty else f"{changes}\n\n{changes.table.to_string(index=False)}")
    if changes.faults:
        return FAILED
    if changes.table.empty:
        return DONE
    if arguments.yes or _ask("Write these changes into the study?"):
        changes.save()
        print("Written. What the worksheets held before is kept in .history in the study.")
    else:
        print("Nothing was written. To write it without being asked, add --yes.")
    return DONE


def _ask(question: str) -> bool:
    return sys.stdin.isatty() and input(f"{question} yes or no: ").strip().lower() in ("y", "yes")


def _notebooks(arguments) -> int:
    from cjm_helpers.batch.notebooks import refresh_notebooks

    refresh_notebooks()
    return DONE


def _test(arguments) -> int:
    if not (CHECKOUT / "tests").is_dir():
        raise CjmError("The tests come with the workbook's checkout, not with the installed package. Run this there.")
    import pytest

    os.chdir(CHECKOUT)
    return int(pytest.main(["--durations=10", "-rs", *(word for word in arguments.pytest_words if word != FULL)]))


def _say_path(path: Path) -> str:
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)
