"""The commands: each is handed to its room, says what came of it, and ends with the right code."""

from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from cjm_helpers import cli
from cjm_helpers.batch.report import LIMIT_SECONDS
from cjm_helpers.cli.arguments import LIMIT
from cjm_helpers.errors import CjmError
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import new_study


def make_outcome(page, *, is_kept=False):
    """Return what became of a report that was made."""
    return SimpleNamespace(
        report=SimpleNamespace(page=page, name=page.stem.title()), failure="", is_kept=is_kept, reason="new", reads={}
    )


def test_report_hands_its_options_on(monkeypatch):
    """The options of report reach report_study under the same names."""
    from cjm_helpers.batch import run as room

    seen = {}
    done = SimpleNamespace(
        left_out=(), notices=(), failures=(), outcomes=(), index=cli.CHECKOUT / "reports" / "index.html"
    )
    monkeypatch.setattr(room, "report_study", lambda place, **options: seen.update(options, place=place) or done)
    words = ["report", "mine", "--persona", "a", "b", "--wave", "all", "--out", "pages", "--workers", "3"]
    many = [
        "--each",
        "persona, market",
        "--notebook",
        "own.ipynb",
        "--scheduler",
        "tcp://a:1",
        "--limit",
        "9",
        "--force",
    ]
    assert cli.run(cli.read_arguments([*words, *many])) == cli.DONE
    asked = {"place": "mine", "personas": ["a", "b"], "wave": "all", "out": "pages", "workers": 3}
    asked |= {"each": ("persona", "market"), "rows": None, "notebook": "own.ipynb"}
    assert seen == asked | {"executor": "tcp://a:1", "limit": 9, "force": True, "dry_run": False}


def test_what_the_index_says_first_is_said_at_the_end(monkeypatch, capsys):
    """Who runs it unattended hears what is odd about the data without opening the page."""
    from cjm_helpers.batch import run as room

    done = SimpleNamespace(left_out=(), notices=("No row.",), failures=(), outcomes=(), index=cli.CHECKOUT / "i.html")
    monkeypatch.setattr(room, "report_study", lambda place, **options: done)
    assert cli.run(cli.read_arguments(["report"])) == cli.DONE
    assert capsys.readouterr().err == "No row.\n"


def test_the_help_says_how_long_a_report_may_take():
    """The command line loads no room for it, and so has the number a second time."""
    assert LIMIT == LIMIT_SECONDS


def test_a_failed_report_is_said_and_fails(monkeypatch, capsys):
    """One failed report makes the exit code 1, and its reason is said beside what was made."""
    from cjm_helpers.batch import run as room

    failed = SimpleNamespace(report=SimpleNamespace(name="Anna"), failure="Too few answers.", is_kept=False, reads={})
    made = make_outcome(cli.CHECKOUT / "ben.html")
    done = SimpleNamespace(
        left_out=(), notices=(), failures=(failed,), outcomes=(failed, made, made), index=cli.CHECKOUT / "index.html"
    )
    monkeypatch.setattr(room, "report_study", lambda place, **options: done)
    assert cli.run(cli.read_arguments(["report"])) == cli.FAILED
    said = capsys.readouterr()
    assert "No report for Anna: Too few answers." in said.err
    assert "2 reports made; 1 could not be made. Open" in said.out


def test_a_dry_run_says_what_would_be_made(monkeypatch, capsys):
    """Only what has changed would be made; nothing is opened or printed."""
    from cjm_helpers.batch import run as room

    outcomes = (make_outcome(cli.CHECKOUT / "ben.html"), make_outcome(cli.CHECKOUT / "anna.html", is_kept=True))
    monkeypatch.chdir(cli.CHECKOUT)
    few = [SimpleNamespace(reason="fewer than 5 customers")] * 2
    done = SimpleNamespace(outcomes=outcomes, left_out=few, index=cli.CHECKOUT / "pages" / "index.html")
    monkeypatch.setattr(room, "report_study", lambda place, **options: done)
    assert cli.run(cli.read_arguments(["report", "--dry-run"])) == cli.DONE
    said = ["Would make Ben (ben.html): new"]
    said += ["2 reports left out (fewer than 5 customers)."]
    said += ["1 report would be made; 1 stays, as nothing has changed for it. Folder: pages"]
    assert capsys.readouterr().out.splitlines() == said


def test_what_stays_is_counted_and_not_printed_again(two_pages, capsys, tmp_path):
    """A page that nothing has changed for keeps its PDF."""
    (tmp_path / "anna.pdf").touch()
    two_pages.outcomes[0].is_kept = True
    cli.run(cli.read_arguments(["report", "--pdf"]))
    assert two_pages.printed == []
    assert "1 report made; 1 stays, as nothing has changed for it. Open" in capsys.readouterr().out


@pytest.fixture
def two_pages(monkeypatch, tmp_path):
    """Return a run of two pages and what of it was printed; the browser refuses Ben's."""
    from cjm_helpers.batch import run as room
    from cjm_helpers.batch.pages import print as printer

    printed = []

    def print_page(page):
        if page.stem == "ben":
            raise CjmError("The browser ended.")
        printed.append(page.name)
        return page.with_suffix(".pdf")

    pages = [make_outcome(tmp_path / f"{name}.html") for name in ("anna", "ben")]
    done = SimpleNamespace(
        left_out=(), notices=(), failures=(), outcomes=pages, index=tmp_path / "index.html", printed=printed
    )
    monkeypatch.setattr(room, "report_study", lambda place, **options: done)
    monkeypatch.setattr(printer, "print_page", print_page)
    monkeypatch.setattr(printer, "find_browser", lambda: "browser")
    return done


def test_reports_are_printed_when_asked(two_pages, capsys):
    """`--pdf` prints every page; one that fails is said, stops no other and makes the exit code 1."""
    assert cli.run(cli.read_arguments(["report", "--pdf"])) == cli.FAILED
    said = capsys.readouterr()
    assert two_pages.printed == ["anna.html"] and "anna.pdf" in said.out
    assert said.err == "No PDF of ben.html: The browser ended.\n"


def test_nothing_is_printed_unasked(two_pages):
    """Without `--pdf` the browser is left alone."""
    assert cli.run(cli.read_arguments(["report"])) == cli.DONE
    assert two_pages.printed == []


def test_a_missing_browser_is_said_before_any_report(monkeypatch, capsys):
    """Who asks for PDFs on a machine that cannot print learns it at once."""
    from cjm_helpers.batch import run as room
    from cjm_helpers.batch.pages import print as printer

    monkeypatch.setattr(printer, "find_browser", lambda: (_ for _ in ()).throw(CjmError("There is no browser.")))
    monkeypatch.setattr(room, "report_study", lambda place, **options: pytest.fail("reports were made"))
    assert cli.run(cli.read_arguments(["report", "--pdf"])) == cli.MISUSED
    assert capsys.readouterr().err == "There is no browser.\n"


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
    assert seen[-3:] == ["-k", "emotion", "tests/stats"]


def test_pytest_never_sees_the_word_full(monkeypatch):
    """`test --full` is a word for the set-up alone."""
    seen = []
    monkeypatch.setattr(pytest, "main", lambda words: seen.extend(words) or 0)
    assert cli.run(cli.read_arguments(["test", "--full", "-x"])) == 0
    assert seen[-1] == "-x" and "--full" not in seen


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


def test_a_kernel_setting_that_means_nothing_is_refused(monkeypatch, capsys):
    """A misspelt CJM_KERNELS is said before anything is made, even where nothing has changed."""
    monkeypatch.setenv("CJM_KERNELS", "cold ")
    assert cli.run(cli.read_arguments(["report"])) == cli.MISUSED
    assert "CJM_KERNELS = 'cold ' means nothing. Set it to cold" in capsys.readouterr().err


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


def test_the_codebook_goes_out_and_a_file_of_another_program_in(tmp_path, capsys):
    """Codebook --save writes a .qdc file; --read says what a file would bring, and writes it with --yes."""
    study, file = new_study(tmp_path / "shop", example="clinic_visit"), tmp_path / "book.qdc"
    assert cli.run(cli.read_arguments(["codebook", str(study), "--save", str(file)])) == cli.DONE
    theirs = '<CodeBook><Codes><Code name="people"/><Code name="Rude"/></Codes></CodeBook>'
    assert 'name="People"' in file.read_text(encoding="utf-8")
    file.write_text(theirs)
    assert cli.run(cli.read_arguments(["codebook", str(study), "--read", str(file)])) == cli.DONE
    assert "Codes: new 1, different 1, only here 24" in capsys.readouterr().out
    assert "Rude" not in open_study(study).codebook["label"].tolist()
    words = ["codebook", str(study), "--read", str(file), "--yes", "--replace"]
    assert cli.run(cli.read_arguments(words)) == cli.DONE
    labels = open_study(study).codebook["label"].tolist()
    assert labels[-1] == "Rude" and "people" in labels and "People" not in labels


def test_a_codebook_command_names_one_way():
    """Either a file is written or one is read."""
    with pytest.raises(SystemExit):
        cli.read_arguments(["codebook", "mine"])
