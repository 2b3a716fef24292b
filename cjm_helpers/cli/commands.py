"""What each command does: it calls a room, loaded only then, says what came of it and returns the exit code."""

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

from cjm_helpers.cli.closing import say_done, say_more, say_unchanged
from cjm_helpers.errors import CjmError, spell_command

CHECKOUT = Path(__file__).resolve().parents[2]
DONE, FAILED, MISUSED, TERMINATED = 0, 1, 2, 143
FULL = "--full"
MOST_TESTERS = 4
WRITTEN = "Written. What the worksheets held before is kept in .history in the study."
NOT_WRITTEN = "Nothing was written. To write it without being asked, add --yes."


def run(arguments) -> int:
    """Carry out one command and return the program's exit code."""
    try:
        return arguments.run(arguments)
    except CjmError as error:
        print(error, file=sys.stderr)
        return MISUSED


def report(arguments) -> int:
    """Make the reports of a study, printed too where that is asked."""
    signal.signal(signal.SIGTERM, _end)
    _refuse_kernels(os.environ.get("CJM_KERNELS", ""))
    if not (arguments.force or arguments.dry_run or arguments.pdf) and _is_all_there(arguments):
        return DONE
    _warm_up(arguments)
    from cjm_helpers.batch.pages.print import find_browser
    from cjm_helpers.batch.run import report_study

    if arguments.pdf:
        find_browser()  # said now that there is none, not after the reports
    done = report_study(
        arguments.study, personas=arguments.persona, wave=arguments.wave, each=arguments.each,
        rows=arguments.parameters, notebook=arguments.notebook, out=arguments.out, workers=arguments.workers,
        executor=arguments.scheduler, limit=arguments.limit, force=arguments.force, dry_run=arguments.dry_run,
    )  # fmt: skip
    if arguments.dry_run:
        return _say_plan(done)
    for outcome in done.failures:
        print(f"No report for {outcome.report.name}: {outcome.failure}", file=sys.stderr)
    made = [outcome for outcome in done.outcomes if not outcome.failure]
    unprinted = [one for one in made if not (one.is_kept and one.report.page.with_suffix(".pdf").exists())]
    printed = [_print(outcome.report.page) for outcome in unprinted] if arguments.pdf else []
    for notice in done.notices:
        print(notice, file=sys.stderr)
    for said in say_more(done.left_out, done.outcomes):
        print(said)
    print(f"{say_done(done.outcomes)} Open {_say_path(done.index)}")
    return DONE if all(printed) and not done.failures else FAILED


def _refuse_kernels(asked: str) -> None:
    if asked not in ("", "cold"):
        raise CjmError(
            f"The environment variable CJM_KERNELS = '{asked}' means nothing. "
            "Set it to cold for reports in ordinary kernels, else leave it out."
        )


def _warm_up(arguments) -> None:
    """Let the process that kernels are copied from import its packages while this one opens the study."""
    from cjm_helpers.batch.forks import HAS_FORKS, warm_up
    from cjm_helpers.batch.home import has_home

    has_kernels = not (arguments.dry_run or arguments.scheduler or os.environ.get("CJM_KERNELS"))
    if has_kernels and HAS_FORKS and has_home():  # else what it imports is to wait for a home that is lent
        with suppress(OSError):  # kernels will be ordinary ones, as the run says
            warm_up()


def _end(*_) -> None:
    """End as Control-C would, so that nothing is left behind."""
    sys.exit(TERMINATED)


def _is_all_there(arguments) -> bool:
    """Tell whether nothing has changed since the last run, and say so; pandas is not needed for that."""
    from cjm_helpers.batch.place import usual_folder
    from cjm_helpers.batch.records.unchanged import count_unchanged, tell_asked
    from cjm_helpers.study.kit import find_study

    many = {"wave": arguments.wave, "each": arguments.each, "rows": arguments.parameters}
    many["notebook"] = arguments.notebook
    asked = tell_asked(personas=arguments.persona, **many)
    study = find_study(arguments.study)
    out = Path(arguments.out or usual_folder(study, **many)).resolve()
    count = count_unchanged(study, asked=asked, out=out)
    if count:
        print(f"{say_unchanged(count)} Open {_say_path(out / 'index.html')}")
    return count > 0


def _say_plan(done) -> int:
    missing = [outcome for outcome in done.outcomes if not outcome.is_kept]
    for one in missing:
        print(f"Would make {one.report.name} ({one.report.page.name}): {one.reason}")
    for said in say_more(done.left_out, ()):
        print(said)
    print(f"{say_done(done.outcomes, is_planned=True)} Folder: {_say_path(done.index.parent)}")
    return DONE


def update(arguments) -> int:
    """Bring a study up to a wave, then make the wave's reports."""
    from cjm_helpers.cli.update import update_study

    if bool(arguments.first) != bool(arguments.last):
        raise CjmError("A wave has a first and a last day: say both, such as --from 2026-12-01 --to 2026-12-31.")
    done = update_study(arguments.study, wave=arguments.wave, first=arguments.first, last=arguments.last)
    print(*done.said, sep="\n", flush=True)
    for trouble in done.troubles:
        print(trouble, file=sys.stderr)
    return max(report(arguments), DONE if done.is_sound else FAILED)


def _print(page: Path) -> bool:
    from cjm_helpers.batch.pages.print import print_page

    try:
        print(f"Printed: {_say_path(print_page(page))}")
        return True
    except CjmError as error:
        print(f"No PDF of {page.name}: {error}", file=sys.stderr)
        return False


def draw(arguments) -> int:
    """Draw the maps of a study as files."""
    from cjm_helpers.cli.maps import draw_maps

    files = draw_maps(
        arguments.study, personas=arguments.persona, wave=arguments.wave, dimension=arguments.dimension,
        show=arguments.show, formats=arguments.formats, paper=arguments.paper, out=arguments.out,
    )  # fmt: skip
    made = missed = 0
    for file in files:
        made, missed = made + (not file.failure), missed + bool(file.failure)
        if file.failure:
            print(f"Not made: {_say_path(file.path)}. {file.failure}", file=sys.stderr)
        else:
            print(" ".join(filter(None, (f"Drawn: {_say_path(file.path)}", file.note))))
    print(f"{made} of {made + missed} files made.")
    return FAILED if missed else DONE


def slides(arguments) -> int:
    """Make a presentation of a study."""
    from cjm_helpers.cli.slides import make_slides

    file, deck = make_slides(arguments.study, personas=arguments.persona, wave=arguments.wave, out=arguments.out)
    print(" ".join([f"Written: {_say_path(file)}, {len(deck.slides)} slides.", *deck.remarks]))
    return DONE


def lab(arguments) -> int:
    """Open a study's notebooks in JupyterLab."""
    from cjm_helpers.lab.start import start_lab
    from cjm_helpers.study.kit import kit_folder

    folder = Path(arguments.study) if arguments.study else kit_folder()
    if not (folder / "notebooks").is_dir():
        raise CjmError(
            f"There is no folder '{folder / 'notebooks'}'. The workbook's own opens with: {spell_command('lab')}"
        )
    start_lab(folder, browser=not arguments.no_browser, as_root=arguments.allow_root)
    return DONE


def new(arguments) -> int:
    """Make a new study."""
    from cjm_helpers.study.kit import new_study

    folder = new_study(arguments.folder, example=arguments.example)
    print(f"Your study stands in {folder}. Open it with: {spell_command(f'lab {folder}')}")
    return DONE


def check(arguments) -> int:
    """Say all faults of a study."""
    from cjm_helpers.study.folder import check_study

    findings = check_study(arguments.study)
    print(findings)
    return FAILED if findings.faults else DONE


def fill(arguments) -> int:
    """Fill a study's tables from its exports, or suggest how."""
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


def excel(arguments) -> int:
    """Hand a study's tables to Excel, or take them back."""
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
        print(WRITTEN)
    else:
        print(NOT_WRITTEN)
    return DONE


def codebook(arguments) -> int:
    """Hand a study's codebook to other programs, or take one over."""
    from cjm_helpers.study.codebook_exchange import compare_codebooks, load_codebook, save_codebook, take_over
    from cjm_helpers.study.drafts import open_sheet, save_draft
    from cjm_helpers.study.folder import open_study

    draft = open_sheet(open_study(arguments.study), "codebook")
    if arguments.save:
        print(f"Written: {_say_path(save_codebook(draft.frame, arguments.save))}")
        return DONE
    arrival = compare_codebooks(draft.frame, load_codebook(arguments.read))
    print(arrival if arrival.changes.empty else f"{arrival}\n\n{arrival.changes.to_string(index=False)}")
    if not arrival.count("new") + arrival.count("differs") * arguments.replace:
        print("Nothing to write. Where codes differ, --replace takes the file's words.")
        return DONE
    if arguments.yes or _ask("Write these changes into the codebook?"):
        save_draft(draft, frame=take_over(draft.frame, arrival, replaces=arguments.replace))
        print(WRITTEN)
    else:
        print(NOT_WRITTEN)
    return DONE


def _ask(question: str) -> bool:
    return sys.stdin.isatty() and input(f"{question} yes or no: ").strip().lower() in ("y", "yes")


def notebooks(arguments) -> int:
    """Run the shipped notebooks again."""
    from cjm_helpers.batch.notebooks import refresh_notebooks

    refresh_notebooks()
    return DONE


def run_tests(arguments) -> int:
    """Run the tests of the checkout, one process a core; those of one file stay in one process."""
    if not (CHECKOUT / "tests").is_dir():
        raise CjmError("The tests come with the workbook's checkout, not with the installed package. Run this there.")
    import pytest

    os.chdir(CHECKOUT)
    words = [word for word in arguments.pytest_words if word != FULL]
    workers = str(min(os.cpu_count() or 1, MOST_TESTERS))
    return int(pytest.main(["--durations=10", "-rs", "-n", workers, "--dist", "loadfile", *words]))


def _say_path(path: Path) -> str:
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)
