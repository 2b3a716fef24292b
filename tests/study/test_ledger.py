"""Tests of the ledger: whichever way a report comes to rows, what it read is written down."""

from dataclasses import replace

import pytest

from cjm_helpers import count_rows, select_personas, select_rows
from cjm_helpers.errors import ParameterError
from cjm_helpers.method.journey.hypothesis import keep_first_shelf
from cjm_helpers.study import ledger
from cjm_helpers.study.cautions import find_cautions
from cjm_helpers.study.digests import RowDigests
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.ledger import UNKNOWN, list_reads, note_file, start_ledger
from cjm_helpers.study.rereading import Rereading

LENA = "?persona_id=lena&wave=autumn"
WAYS = {
    "an attribute": lambda study: study.responses,
    "by name": lambda study: study.tables["responses"],
    "by name, if there": lambda study: study.tables.get("responses"),
    "all at once": lambda study: dict(study.tables.items()),
    "unpacked": lambda study: {**study.tables},
    "a copy of the study": lambda study: replace(study, tables=study.tables | {"feedback": study.feedback}),
    "counted": count_rows,
    "shown": repr,
}


@pytest.fixture(autouse=True)
def no_ledger(monkeypatch):
    """Let no ledger outlast its test."""
    monkeypatch.setattr(ledger, "_ledger", ledger._Ledger())


@pytest.fixture
def study(folder):
    """Return the small study, whose ledger begins after it was opened."""
    study = open_study(folder)
    start_ledger(folder)
    return study


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_every_way_to_a_table_is_noted(study, way):
    """A table that was taken stands in the ledger, whole or of the part it was taken of, and so does that of before."""
    way(study)
    assert "responses" in list_reads()
    part = select_rows(study, persona_id="lena")
    way(part)
    assert f"responses{LENA}" in list_reads()
    way(part.earlier)
    assert "responses?persona_id=lena&wave=spring" in list_reads()
    assert set(list_reads().values()).isdisjoint({"", None})


def test_what_decides_is_noted_by_its_decision(study):
    """Selecting reads many tables, and the ledger holds one line: which part it came to, and which one before."""
    part = select_rows(study, persona_id="first")
    assert list_reads() == {"selection?persona_id=first": "omar, autumn; before: omar, spring"}
    assert part.whole is study and part.earlier.whole is study


def test_a_selection_that_is_refused_hangs_on_everything(study):
    """A notebook may go on after a refusal, and any row may lift it."""
    with pytest.raises(ParameterError):
        select_rows(study, persona_id="anna")
    assert list_reads().keys() == {"everything"}


def test_personas_that_anything_is_known_of_are_told_by_their_rows(study):
    """Whether a persona is among the parts hangs on its rows, so these are noted."""
    select_personas(study)
    assert {"personas", f"statements{LENA}", f"responses{LENA}"} <= list_reads().keys()


@pytest.mark.parametrize("way", [lambda s: s.data_hash, lambda s: s.placed["responses"], lambda s: list(s.assumed)])
def test_what_hangs_on_all_rows_is_everything(study, way):
    """A fingerprint of all files, the rows as they stood in them, and what was assumed of them count as everything."""
    way(study)
    assert list_reads() == {"everything": study.data_hash}
    way(select_rows(study))
    assert "everything" in list_reads()


def test_a_notebook_may_move_to_another_folder(folder, monkeypatch):
    """A study that was opened by a short name is still the ledger's own where that name leads nowhere."""
    monkeypatch.chdir(folder.parent)
    study = open_study(folder.name)
    start_ledger(folder)
    monkeypatch.chdir(folder)
    assert len(select_rows(study, persona_id="lena").statements)
    assert list_reads().keys() == {"selection?persona_id=lena", f"statements{LENA}"}


def test_checking_reads(study):
    """What weakens a study is found in rows, and those are noted."""
    find_cautions(study)
    assert {"everything", "touchpoints", "codings", "responses"} <= list_reads().keys()


def test_the_first_shelf_alone_reads_no_more(study):
    """The map of what the team believes looks at the names of the other tables only through the study it came from."""
    first = keep_first_shelf(select_rows(study))
    assert first.responses.empty and "everything" not in list_reads()


def test_events_are_noted_by_their_file(study):
    """Events hang on their file, on the one that would be taken instead, and on who belongs to the persona."""
    assert len(select_rows(study, persona_id="omar").events.to_pandas()) == 1
    reads = list_reads()
    assert reads["file:imported/events.parquet"] == "missing" and len(reads["file:imported/events.csv"]) == 64
    assert "persona_assignments?persona_id=omar&wave=autumn" in reads


def test_events_of_a_warehouse_may_have_changed(change):
    """What stands in a warehouse is not known to be the same the next time, even where it cannot be reached."""
    study = open_study(
        change("study.toml", old="[dimensions]", new='[events]\nsource = "duckdb:///no/such#t"\n[dimensions]')
    )
    start_ledger(study.folder)
    with pytest.raises(Exception, match="no/such"):
        study.events  # noqa: B018
    assert list_reads() == {"outside:a warehouse": UNKNOWN}
    assert Rereading(study).find_changed(list_reads()) == ["outside:a warehouse"]


def test_another_study_is_noted_by_its_files(study):
    """A report may open a second study: each of its files counts, and each folder where a file may be added."""
    open_study("clinic_visit")
    names = [name.partition("clinic_visit")[2] for name in list_reads()]
    assert {"/study.toml", "/worksheets/personas.csv", "/worksheets", "/worksheets/codings", "/imported"} <= set(names)


def test_a_file_that_changes_while_it_is_read_is_not_known(study):
    """Its digest would be that of rows which the report has not seen."""
    file = study.folder / "targets.csv"
    file.write_text("1")
    note_file(file)
    assert len(list_reads()["file:targets.csv"]) == 64
    file.write_text("22")
    assert list_reads()["file:targets.csv"] == UNKNOWN


def test_what_may_not_be_read_is_not_known(study):
    """A notebook may try it and go on, and so can its report; a name longer than the disk takes stands for it here."""
    note_file(study.folder / ("x" * 300))
    assert set(list_reads().values()) == {UNKNOWN}


def test_a_table_is_known_as_it_was_when_it_was_taken(study):
    """Whoever writes into a table afterwards does not change what it was, nor whether it has changed since."""
    study.responses
    before = list_reads()
    study.responses.loc[0, "score"] = 1
    assert list_reads() == before and Rereading(open_study(study.folder)).find_changed(before) == []


def test_a_part_has_the_digest_of_its_rows(study):
    """Whether a table is told by the rows it holds or by their places in the study's own, the digest is the same."""
    for persona_id in ("lena", "omar", "everyone"):
        part = select_rows(study, persona_id=persona_id, wave="spring")
        assert all(part.tables.digest(name) == _digest(frame) for name, frame in part.tables.items())


def test_a_digest_tells_every_cell(folder):
    """Another value in any column, another order and a missing row give another digest; the same rows the same."""
    again = open_study(folder).tables
    for name, table in [(name, table) for name, table in open_study(folder).tables.items() if len(table) > 1]:
        moved = {one: table[one].shift() for one in table if not table[one].equals(table[one].shift())}
        others = [table[::-1], table[1:], table.rename(columns={table.columns[0]: "x"})]
        others += [table.assign(**{one: values}) for one, values in moved.items()]
        assert _digest(table) == _digest(again[name])
        assert len({_digest(one) for one in [table, *others]}) == len(others) + 1


def test_rereading_finds_what_changed(folder, change):
    """A row of one persona changes that persona's and everyone's tables, not those of another."""
    study = open_study(folder)
    start_ledger(folder)
    for persona_id in ("lena", "omar", "everyone"):
        part = select_rows(study, persona_id=persona_id, wave="spring")
        assert len(part.responses) + len(part.feedback) >= 0
    reads = list_reads()
    assert Rereading(study).find_changed(reads) == []
    change("imported/responses.csv", old="r1,c1,basket,csat,2", new="r1,c1,basket,csat,3")
    changed = Rereading(open_study(folder)).find_changed(reads)
    assert changed == ["responses?persona_id=everyone&wave=spring", "responses?persona_id=lena&wave=spring"]


def test_what_is_gone_has_changed(folder, change):
    """A persona, a wave or a value of a dimension that is no longer there is a change, and no error."""
    study = open_study(folder)
    gone = {"selection?persona_id=anna": "anna, autumn", "responses?persona_id=lena&wave=winter": "abc"}
    gone |= {"responses?persona_id=lena&wave=autumn&dimension=market%3DMars": "abc", "nothing": "abc"}
    assert sorted(Rereading(study).find_changed(gone)) == sorted(gone)


def _digest(table):
    return RowDigests({"": table}).digest("")
