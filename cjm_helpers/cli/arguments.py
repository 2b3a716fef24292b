"""The words of the command line: what each command takes, its help, and what is said to a word it does not know."""

import argparse
import sys
from datetime import date
from functools import partial

from cjm_helpers.cli import commands as do
from cjm_helpers.errors import spell_allowed

EXAMPLE = "retail_checkout"
STUDY_HELP = f"a study folder, or an example's name (default: {EXAMPLE})"
WAVE_HELP = "a wave's id, newest (default) or all"
SHOWS = ("journey", "waves", "changes", "personas")
FORMATS = ("svg", "png", "pdf", "pptx", "html", "mermaid")
PAPERS = ("a3", "a4", "16:9")
LIMIT = 600  # seconds
ENDS = """It ends with 0 where every report was made, with 1 where one was not (index.html
and its own page say why) or what came in needs a look (update says what), with
2 where nothing could be started. CJM_BROWSER names the browser for --pdf;
CJM_KERNELS=cold makes each report in an ordinary kernel, which takes longer."""
REPORT_EXAMPLES = f"""examples:
  cjm report my_study                      each persona, and everyone
  cjm report my_study --persona anna ben   these two alone
  cjm report my_study --each persona,market
                                           each persona in each market
  cjm report my_study --wave all --pdf     all waves together, printed too
  cjm report my_study --parameters runs.csv --dry-run
                                           say what a table would make, and why

a table for --parameters:
  persona_id,market,wave,page
  anna,Germany,2026-09,anna_for_the_board

{ENDS}
"""
UPDATE_EXAMPLES = f"""examples:
  cjm update my_study --wave 2026-12
  cjm update my_study --wave autumn --from 2026-09-15 --to 2026-11-30

An export in raw/ that is called as one of an earlier wave, such as
survey_2026_12.csv after survey_2026_09.csv, is read like that one. Earlier
waves' reports are left alone.

{ENDS}
"""


def read_arguments(words: list[str]) -> argparse.Namespace:
    """Return the command and its options; says help and misuse itself, and ends the program then."""
    parser, names = _build_parser()
    first = words[0] if words else ""
    if not first:
        parser.print_help(sys.stderr)
        raise SystemExit(do.MISUSED)
    if first not in ["-h", "--help", *names]:
        print(f"There is no command '{first}'. {spell_allowed(first, names, most=len(names))}", file=sys.stderr)
        raise SystemExit(do.MISUSED)
    if first == "test" and not {"-h", "--help"} & set(words):
        return argparse.Namespace(command="test", run=do.run_tests, pytest_words=words[1:])
    return parser.parse_args(words)


def name_needs(arguments: argparse.Namespace) -> str:
    """Return which packages a command needs: those of "report", "test" or "full test"."""
    if arguments.command != "test":
        return "report"
    return "full test" if do.FULL in vars(arguments).get("pytest_words", []) else "test"


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
    results = (_add_report, _add_update, _add_map, _add_slides)
    work = (_add_lab, _add_new, _add_check, _add_import, _add_excel, _add_codebook)
    for add in (*results, *work, _add_notebooks, _add_test):
        add(commands)
    return parser, list(commands.choices)


def _add_command(commands, name: str, *, does: str, run) -> argparse.ArgumentParser:
    description = does[0].upper() + does[1:] + "."
    parser = commands.add_parser(name, help=does, description=description, prog=f"cjm {name}", allow_abbrev=False)
    parser.set_defaults(run=run)
    return parser


def _add_part(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("study", nargs="?", default=EXAMPLE, help=STUDY_HELP)
    parser.add_argument(
        "--persona", nargs="+", action="extend", default=[], metavar="ID", help="only these personas, by their ids"
    )
    parser.add_argument("--wave", default="newest", help=WAVE_HELP)


def _choose(word: str, allowed: tuple[str, ...]) -> str:
    """Return one of the allowed words, whatever its capitals."""
    if word.lower() not in allowed:
        raise argparse.ArgumentTypeError(f"'{word}' is not known. {spell_allowed(word, allowed)}")
    return word.lower()


def _read_number(word: str, kind: type) -> float:
    """Return a number of 1 or more."""
    try:
        number = kind(word)
    except ValueError:
        number = 0
    if not number >= 1:
        raise argparse.ArgumentTypeError(f"'{word}' is no number of 1 or more.")
    return number


def _choose_several(words: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    """Return the allowed words of a list with commas, each once."""
    return tuple(dict.fromkeys(_choose(word.strip().lstrip("."), allowed) for word in words.split(",")))


def _read_day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{word}' is no day written like 2026-12-31.") from None


def _split_words(words: str) -> tuple[str, ...]:
    """Return the words of a list with commas, each once."""
    return tuple(dict.fromkeys(word.strip() for word in words.split(",") if word.strip()))


def _add_report(commands) -> None:
    parser = _add_command(commands, "report", does="make a report for each persona and one for everyone", run=do.report)
    _add_part(parser)
    parser.add_argument(
        "--parameters",
        metavar="FILE.csv",
        help="a CSV or Excel table with one row a report; its columns are persona_id, wave, dimensions of study.toml "
        "and other parameters of the notebook, and page and name: what the report is called",
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would be made, and why")
    _add_run(parser, examples=REPORT_EXAMPLES)


def _add_update(commands) -> None:
    parser = _add_command(
        commands, "update", does="take the exports of a wave in, check them, and make the reports", run=do.update
    )
    parser.add_argument("study", metavar="DIR", help="the study folder")
    parser.add_argument("--wave", required=True, metavar="ID", help="the wave's id; 2026-12 is the whole of that month")
    parser.add_argument(
        "--from", dest="first", type=_read_day, metavar="DAY", help="the first day of a new wave that is no month"
    )
    parser.add_argument("--to", dest="last", type=_read_day, metavar="DAY", help="its last day, such as 2026-12-31")
    parser.set_defaults(persona=[], parameters=None, dry_run=False)
    _add_run(parser, examples=UPDATE_EXAMPLES)


def _add_run(parser: argparse.ArgumentParser, *, examples: str) -> None:
    parser.epilog, parser.formatter_class = examples, argparse.RawDescriptionHelpFormatter
    many = parser.add_argument_group("many reports")
    many.add_argument(
        "--each", default=("persona",), type=_split_words, metavar="LIST",
        help="a report for each combination of persona, wave and dimensions of study.toml, such as persona,market "
        "(default: persona)",
    )  # fmt: skip
    many.add_argument(
        "--notebook",
        metavar="FILE",
        help="a report notebook of your own, such as a changed copy of templates/reports/persona_report.ipynb",
    )
    many.add_argument("--force", action="store_true", help="make every report anew, whatever has changed")
    ways = parser.add_argument_group("where and how")
    ways.add_argument(
        "--out",
        metavar="DIR",
        help="where the pages go (default: reports/STUDY, or a folder there named after wave, notebook, --each, rows)",
    )
    ways.add_argument(
        "--workers",
        type=partial(_read_number, kind=int),
        metavar="N",
        help="how many reports are made at a time (default: one for each core)",
    )
    ways.add_argument("--scheduler", metavar="ADDRESS", help="spread over a Dask cluster, such as tcp://10.0.0.5:8786")
    ways.add_argument(
        "--limit", type=partial(_read_number, kind=float), default=LIMIT, metavar="SECONDS",
        help=f"how long one report may take (default: {LIMIT})",
    )  # fmt: skip
    ways.add_argument("--pdf", action="store_true", help="print each page as PDF too, by this machine's browser")


def _add_map(commands) -> None:
    parser = _add_command(commands, "map", does="draw the journey map of each persona and one of everyone", run=do.draw)
    _add_part(parser)
    parser.add_argument(
        "--dimension", default="", metavar="NAME=VALUE", help="only customers of this kind, such as market=Germany"
    )
    parser.add_argument(
        "--show", default=SHOWS[0], type=partial(_choose, allowed=SHOWS), metavar="WHAT",
        help="journey (default); waves: this one and the one before; changes: what differs; personas: all on one sheet",
    )  # fmt: skip
    parser.add_argument(
        "--format", default=FORMATS[:2], type=partial(_choose_several, allowed=FORMATS), metavar="LIST", dest="formats",
        help=f"some of {','.join(FORMATS)} (default: {','.join(FORMATS[:2])})",
    )  # fmt: skip
    parser.add_argument(
        "--paper", type=partial(_choose, allowed=PAPERS), metavar="SIZE",
        help=f"{PAPERS[0]}, {PAPERS[1]} or {PAPERS[2]} (default: {PAPERS[0]}, for pptx {PAPERS[2]})",
    )  # fmt: skip
    parser.add_argument("--out", metavar="DIR", help="where the files go (default: maps/STUDY)")


def _add_slides(commands) -> None:
    parser = _add_command(commands, "slides", does="make a presentation that can be edited", run=do.slides)
    _add_part(parser)
    parser.add_argument("--out", metavar="FILE.pptx", help="the presentation (default: slides/STUDY.pptx)")


def _add_lab(commands) -> None:
    parser = _add_command(commands, "lab", does="open the notebooks in JupyterLab", run=do.lab)
    parser.add_argument("study", nargs="?", help="a folder that holds notebooks/ (default: the workbook itself)")
    parser.add_argument("--no-browser", action="store_true", help="only say the address, open no browser")
    parser.add_argument("--allow-root", action="store_true", help="start as root too, in a container say")


def _add_new(commands) -> None:
    parser = _add_command(commands, "new", does="start a study of your own in a new folder", run=do.new)
    parser.add_argument("folder", metavar="DIR", help="the folder to make")
    parser.add_argument("--example", default="", metavar="NAME", help="start from a copy of this example")


def _add_check(commands) -> None:
    parser = _add_command(commands, "check", does="look for faults in a study and say them all", run=do.check)
    parser.add_argument("study", nargs="?", default=EXAMPLE, help=STUDY_HELP)


def _add_import(commands) -> None:
    parser = _add_command(commands, "import", does="fill the tables of a study from its exports", run=do.fill)
    parser.add_argument("study", metavar="DIR", nargs="?", help="the study folder")
    parser.add_argument("--raw", metavar="DIR", help="where the exports lie (default: raw/ in the study)")
    parser.add_argument(
        "--suggest", metavar="FILE", help="only print the lines for study.toml that would bring this export in"
    )


def _add_excel(commands) -> None:
    parser = _add_command(
        commands, "excel", does="hand the tables of a study to Excel, or take them back", run=do.excel
    )
    parser.add_argument("study", help="a study folder, or an example's name")
    parser.add_argument("file", metavar="FILE.xlsx", help="the workbook")
    parser.add_argument(
        "--import", action="store_true", dest="is_back", help="take the workbook's changes into the study"
    )
    parser.add_argument("--yes", action="store_true", help="with --import: write the changes without asking")


def _add_codebook(commands) -> None:
    parser = _add_command(
        commands,
        "codebook",
        does="hand the codebook to other programs (REFI-QDA, .qdc), or take one over",
        run=do.codebook,
    )
    parser.add_argument("study", help="a study folder, or an example's name")
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument("--save", metavar="FILE.qdc", help="write the study's codebook into this file")
    way.add_argument("--read", metavar="FILE.qdc", help="say what this file would bring, and take over its new codes")
    parser.add_argument(
        "--replace", action="store_true", help="with --read: where a code differs, take the file's words"
    )
    parser.add_argument("--yes", action="store_true", help="with --read: write the changes without asking")


def _add_notebooks(commands) -> None:
    _add_command(commands, "notebooks", does="run the notebooks again and store what they show", run=do.notebooks)


def _add_test(commands) -> None:
    parser = _add_command(commands, "test", does="test everything: code, examples and notebooks", run=do.run_tests)
    parser.epilog = (
        f"{do.FULL} also installs the packages of others that our formulas are compared with. "
        "Whatever else follows is handed to pytest, such as -k touchpoints."
    )
