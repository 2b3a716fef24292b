"""Tests of the records of pages: what is made anew, what stays, and what the manifest says of both."""

import json
import subprocess
import sys
from dataclasses import replace
from types import SimpleNamespace as Made

import pytest
from batch.folders import read_folder
from batch.here import list_made, make, rows_notebook, shop  # noqa: F401  fixtures that tests use

from cjm_helpers.batch.records.record import are_as_made
from cjm_helpers.batch.records.unchanged import RUN, count_unchanged, note_run, tell_asked, tell_state
from cjm_helpers.study.ledger import digest_path

ALL = ["everyone", "lena", "omar"]
CLI = """import sys
from cjm_helpers.cli import read_arguments, run
code = run(read_arguments(sys.argv[1:]))
sys.exit(code + 5 * ("pandas" in sys.modules))"""


@pytest.fixture
def out(tmp_path, make):  # noqa: F811
    """Return a folder of pages that were just made."""
    make(tmp_path / "out")
    return tmp_path / "out"


def change(file, old, new):
    """Replace text in a file."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def read_manifest(out):
    """Return the manifest's reports by file."""
    return {report["file"]: report for report in json.loads((out / "manifest.json").read_text())["reports"]}


def test_nothing_changed_nothing_is_made(out, make):  # noqa: F811
    """A second run keeps every page, and with it all that index, manifest and records say."""
    before = read_folder(out)
    run = make(out)
    assert list_made(run) == [] and read_folder(out) == before
    assert [outcome.summary["n"] for outcome in run.outcomes] == [1, 0, 1]


def test_a_page_that_another_run_wrote_over_is_not_as_made(out, make):  # noqa: F811
    """What a run that was killed elsewhere finishes late is not taken for what this one made."""
    outcomes = make(out).outcomes
    assert are_as_made(outcomes)
    outcomes[0].report.page.write_text("another", encoding="utf-8")
    assert not are_as_made(outcomes)
    assert not are_as_made([replace(outcomes[1], reads={"responses": "another"})])


def test_a_row_makes_only_the_reports_it_enters(out, shop, make):  # noqa: F811
    """An answer of a customer who is Omar changes Omar's report and everyone's."""
    change(shop / "imported/responses.csv", "r2,c1,basket,csat,4", "r2,c1,basket,csat,1")
    told = {one.report.persona_id: one.reason for one in make(out, dry_run=True).outcomes}
    assert told == dict.fromkeys(["everyone", "omar"], "1 table changed: responses") | {"lena": ""}
    assert list_made(make(out)) == ["everyone", "omar"] and list_made(make(out)) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("rows.ipynb", "## Rows", "## All rows", "the template changed"),
        ("shop/study.toml", '"Small shop"', '"Shop"', "study.toml changed; study changed"),
        ("shop/worksheets/personas.csv", "lena,Lena", "lena,Lene", "1 table changed: personas"),
        ("shop/worksheets/touchpoints.csv", "Basket", "Cart", "1 table changed: touchpoints"),
    ],
)
def test_what_enters_many_makes_many(out, tmp_path, make, file, old, new, reason):  # noqa: F811
    """The template, the settings and the tables that all read make all reports anew, and the reason is said."""
    change(tmp_path / file, old, new)
    told = [outcome.reason for outcome in make(out, dry_run=True).outcomes]
    assert (told[0], told[2]) == (reason, reason) and told[1] in (reason, "the name changed")
    assert list_made(make(out)) == ALL


def test_a_page_is_made_again_whatever_happened_to_it(out, make):  # noqa: F811
    """One that was edited or removed, or whose record was lost or torn, is again what it was."""
    before = read_folder(out)
    change(out / "lena.html", "</body>", "<p>by hand</p></body>")
    (out / "omar.html").unlink()
    (out / ".records" / "everyone.html.json").write_text('{"sha256": "')
    reasons = [outcome.reason for outcome in make(out, dry_run=True).outcomes]
    assert reasons == ["not finished by the last run", "the page is not the one on record", "the page is missing"]
    assert list_made(make(out)) == ALL and read_folder(out) == before


def test_force_makes_all(out, make):  # noqa: F811
    """Whatever has changed, and a dry run says that it was asked for; it writes nothing."""
    before = read_folder(out)
    assert {outcome.reason for outcome in make(out, force=True, dry_run=True).outcomes} == {"asked for by --force"}
    assert read_folder(out) == before
    assert list_made(make(out, force=True)) == ALL and read_folder(out) == before


def test_what_failed_is_tried_again(out, shop, rows_notebook, make):  # noqa: F811
    """A failure stands in the manifest and in its record; the next run makes that report, and no other."""
    notebook = rows_notebook.read_text()
    change(rows_notebook, "import cjm_helpers as cjm", "import cjm_helpers as cjm; 1 / (persona_id != 'lena')")
    assert [one.report.persona_id for one in make(out).failures] == ["lena"]
    told = read_manifest(out)["lena.html"]
    assert "ZeroDivisionError" in told["failure"] and told["sha256"] == "" and told["n"] is None
    assert [one.reason for one in make(out, dry_run=True).outcomes] == ["", "it failed the last time", ""]
    rows_notebook.write_text(notebook)
    assert not make(out).failures and read_manifest(out)["lena.html"]["failure"] == ""


def test_pages_of_no_plan_are_removed(out, shop, make):  # noqa: F811
    """A persona that is gone takes its page along; a run of some personas leaves the others alone, and what is no page
    of ours too."""
    (out / "notes.html").write_text("by hand")
    make(out, personas=["everyone"])
    assert (out / "omar.html").exists() and read_manifest(out).keys() == {f"{one}.html" for one in ALL}
    change(shop / "worksheets/personas.csv", "omar,Omar,proto\n", "")
    for file in ("imported/persona_assignments.csv", "worksheets/kpi_readings.csv", "worksheets/touchpoints.csv"):
        change(shop / file, "omar", "lena")
    change(shop / "imported/persona_assignments.csv", "c1,lena,rule,autumn\n", "")
    change(shop / "worksheets/statements.csv", "s3,omar", "s3,lena")
    change(shop / "worksheets/kpi_readings.csv", "given_up,2026-09,lena,DE,5,50\n", "")
    change(shop / "worksheets/touchpoints.csv", "lena; lena", "lena")
    make(out)
    assert sorted(file.name for file in out.glob("*.html")) == [
        "everyone.html",
        "index.html",
        "lena.html",
        "notes.html",
    ]
    assert read_manifest(out).keys() == {"everyone.html", "lena.html"}


def test_some_personas_leave_the_folder_of_all_as_it_is(out, shop, make):  # noqa: F811
    """Where nothing has changed, not a byte; else only these are made, and index and manifest say which are older."""
    before, whole = read_folder(out), (out / "index.html").read_text(encoding="utf-8")
    assert [one.report.persona_id for one in make(out, personas=["lena"]).outcomes] == ["lena"]
    assert read_folder(out) | {RUN: before[RUN]} == before and json.loads((out / RUN).read_text())["count"] == 1
    change(shop / "imported/responses.csv", "r2,c1,basket,csat,4", "r2,c1,basket,csat,1")
    assert list_made(make(out, personas=["lena"])) == []
    index, why = (out / "index.html").read_text(encoding="utf-8"), "1 table changed: responses"
    assert f'<a href="omar.html">Omar</a> (page of an earlier run; to be made anew: {why})' in index
    assert index.count("from an earlier run, not up to date") == 4 and "Not made in this run" not in whole
    told = {file: one["changed_since"] for file, one in read_manifest(out).items()}
    assert told == {"everyone.html": why, "lena.html": "", "omar.html": why} and not (out / RUN).exists()
    assert list_made(make(out, personas=["omar"])) == ["omar"] and list_made(make(out)) == ["everyone"]
    assert "Not made in this run" not in (out / "index.html").read_text(encoding="utf-8")


def test_a_comparison_that_no_notebook_makes_any_more_is_named(out, make):  # noqa: F811
    """Where only some personas are asked for it stays, and the index says that it is of an earlier run."""
    (out / "comparison.html").write_text("earlier")
    make(out, personas=["lena"])
    index = (out / "index.html").read_text(encoding="utf-8")
    assert '<a href="comparison.html">Personas compared</a> (page of an earlier run' in index


def test_a_failure_of_an_earlier_run_is_no_failure_of_this_one(out, rows_notebook, make):  # noqa: F811
    """It stays listed, with its page, until that report is asked for."""
    notebook = rows_notebook.read_text()
    change(rows_notebook, "import cjm_helpers as cjm", "import cjm_helpers as cjm; 1 / (persona_id != 'lena')")
    make(out)
    rows_notebook.write_text(notebook)
    page = (out / "lena.html").read_bytes()
    assert not make(out, personas=["omar"]).failures and (out / "lena.html").read_bytes() == page
    index = (out / "index.html").read_text(encoding="utf-8")
    assert "1 report could not be made" in index and "to be made anew: the template changed" in index


@pytest.mark.parametrize(
    "text", ["", "[]", "null", '{"sha256": "', '{"sha256": "", "inputs": {}}', "no reads", "no asked", "a list"]
)
def test_a_record_of_another_version_is_not_there(out, make, text):  # noqa: F811
    """Whatever it holds, no run stumbles over it: where asked for the report is made again, else its page is linked."""
    file, before = out / ".records" / "lena.html.json", read_folder(out)
    record = json.loads(file.read_text(encoding="utf-8"))
    broken = {
        "no reads": {name: value for name, value in record.items() if name != "reads"},
        "no asked": record | {"inputs": record["inputs"] | {"asked": {}}}, "a list": record | {"reads": ["responses"]},
    }  # fmt: skip
    file.write_text(json.dumps(broken[text]) if text in broken else text, encoding="utf-8")
    assert list_made(make(out, personas=["omar"])) == [] and "lena.html" not in read_manifest(out)
    index = (out / "index.html").read_text(encoding="utf-8")
    assert '<a href="lena.html">Lena</a> (page of an earlier run)' in index
    assert list_made(make(out)) == ["lena"] and read_folder(out) == before


def test_the_manifest_says_what_went_in_and_what_came_out(out, shop, rows_notebook, make):  # noqa: F811
    """Digests, versions, parameters and n of each report, sorted; no folder of the machine."""
    (out / "omar.html").unlink()
    make(out)
    told, text = read_manifest(out), (out / "manifest.json").read_text()
    assert list(told) == ["everyone.html", "lena.html", "omar.html"] and str(shop.parent) not in text
    assert [one["is_kept"] for one in told.values()] == [True, True, False]
    one = told["omar.html"]
    assert one["parameters"] == {"study": "shop", "wave": "autumn", "seed": 0, "persona_id": "omar"}
    assert one["sha256"] == digest_path(out / "omar.html") and one["template"] == digest_path(rows_notebook)
    assert one["n"] == 1 and one["seconds"] >= 0 and one["versions"].keys() >= {"python", "pandas", "matplotlib"}
    assert one["reads"]["selection?persona_id=omar&wave=autumn"] == "omar, autumn; before: omar, spring"


def test_nothing_changed_is_known_without_pandas(out, shop, rows_notebook):  # noqa: F811
    """The command line says so from the files alone."""
    words = ["report", str(shop), "--notebook", str(rows_notebook), "--out", str(out)]
    done = subprocess.run([sys.executable, "-c", CLI, *words], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Nothing has changed: 3 reports stay as they are. Open")


def test_anything_that_changed_is_looked_into(out, shop, rows_notebook, make):  # noqa: F811
    """A file of the study, a new one, the notebook, a page, the manifest, or another question."""
    asked = tell_asked(notebook=rows_notebook)
    assert count_unchanged(shop, asked=asked, out=out) == 3
    assert count_unchanged(shop, asked=asked | {"wave": "spring"}, out=out) == 0
    new = [shop / "worksheets" / "codings" / "cleo.csv", out / "late.html"]
    there = [rows_notebook, out / "lena.html", out / "manifest.json", *shop.rglob("*.csv"), shop / "study.toml"]
    for file in [*new, *there]:
        before = file.read_bytes() if file.exists() else None
        file.write_bytes((before or b"") + b"\n")
        assert count_unchanged(shop, asked=asked, out=out) == 0, file
        file.unlink() if before is None else file.write_bytes(before)
    assert count_unchanged(shop, asked=asked, out=out) == 3


def test_a_file_that_changed_during_the_run_is_looked_into(tmp_path):
    """One report has read it before, another after, or it is no longer as it was when the run began."""
    began, study = {"files": {str(tmp_path / "a.csv"): "old"}}, tmp_path
    for is_noted, digests in [(True, ("old", "old")), (False, ("new", "old")), (False, ("new", "new"))]:
        made = [Made(failure="", reads={"file:a.csv": digest}) for digest in digests]
        note_run(began, made, study=study, out=tmp_path, count=1)
        assert (tmp_path / RUN).exists() == is_noted, digests


def test_a_folder_that_a_notebook_lists_counts_by_its_names(tmp_path, shop):  # noqa: F811
    """What lies deeper was not read, however much it is."""
    (tmp_path / "exports" / "old").mkdir(parents=True)
    made = Made(failure="", reads={"file:../exports": digest_path(tmp_path / "exports")})
    note_run(tell_state(shop, asked={}, files=[]), [made], study=shop, out=tmp_path, count=1)
    (tmp_path / "exports" / "old" / "may.csv").touch()
    assert count_unchanged(shop, asked={}, out=tmp_path) == 1
    (tmp_path / "exports" / "may.csv").touch()
    assert count_unchanged(shop, asked={}, out=tmp_path) == 0


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": {}}'])
def test_a_note_of_another_version_counts_for_nothing(out, shop, text):  # noqa: F811
    """What no run of this version would have written is no reason to stop."""
    (out / RUN).write_text(text)
    assert count_unchanged(shop, asked=tell_asked(), out=out) == 0


def test_a_run_with_a_failure_is_never_all_there(out, shop, rows_notebook, make):  # noqa: F811
    """Nor is one that read what nobody can know to be the same."""
    asked = tell_asked(notebook=rows_notebook)
    change(
        rows_notebook,
        "import cjm_helpers as cjm",
        "from cjm_helpers.study.ledger import note_outside; note_outside('the web')",
    )
    assert len(make(out).failures) == 3 and count_unchanged(shop, asked=asked, out=out) == 0
    change(rows_notebook, "note_outside('the web')", "note_outside('the web'); import cjm_helpers as cjm")
    assert not make(out).failures and count_unchanged(shop, asked=asked, out=out) == 0
    assert list_made(make(out)) == ALL
    assert make(out, dry_run=True).outcomes[0].reason == "it reads the web, which may have changed"
