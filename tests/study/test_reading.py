"""Reading the files of a study again only where they changed."""

import pandas as pd
import pytest

from cjm_helpers.study import reading
from cjm_helpers.study.folder import open_study, save_worksheet
from cjm_helpers.study.reading import read_sheets

ANSWERS = "response_id,metric,score,weight\nr1,csat,2,{}\nr2,csat,4,3\n"  # of which the first may lack its weight
MEANWHILE = {
    "nothing": {},
    "another worksheet": {"worksheets/statements.csv": "statement_id,field,text,basis\ns1,need,New,assumed\n"},
    "the other half of the table": {"imported/personas.csv": "persona_id,name\nzoe,Zoë\n"},
    "one more coder": {"worksheets/codings/cem.csv": "feedback_id,coder_id,code_id\nf3,cem,kind\n"},
    "a file gone": {"worksheets/statements.csv": None},
    "a weight filled in": {"imported/responses.csv": ANSWERS.format(2)},
}


@pytest.fixture
def change_files(folder):
    """Write files of the small study, or take them away."""

    def change(files):
        for file, text in files.items():
            (folder / file).unlink(missing_ok=True)
            if text is not None:
                (folder / file).write_text(text, encoding="utf-8")

    return change


@pytest.mark.parametrize("meanwhile", MEANWHILE.values(), ids=MEANWHILE)
def test_a_saved_study_is_the_study_on_disk(folder, change_files, meanwhile):
    """Whatever else happened since it was opened, the study handed back equals the one that opening gives."""
    change_files({"imported/responses.csv": ANSWERS.format("")})
    study = open_study(folder)
    change_files(meanwhile)
    saved = save_worksheet(study, "personas", frame=study.personas.assign(tagline="new"))
    opened = open_study(folder)
    assert saved.digests == opened.digests and saved.assumed == opened.assumed
    for name, table in opened.tables.items():
        pd.testing.assert_frame_equal(saved.tables[name], table)


def test_new_settings_count_for_a_save(change):
    """A stage that somebody added to study.toml meanwhile may be used at once."""
    study = open_study(change("study.toml", old="format", new="format"))
    change("study.toml", old='["Look", "Buy"]', new='["Look", "Buy", "Use"]')
    saved = save_worksheet(study, "touchpoints", frame=study.touchpoints.assign(stage="Use"))
    assert saved.settings.stages == ("Look", "Buy", "Use")


def test_only_changed_tables_are_read(folder, monkeypatch):
    """Of a study of many files, saving one worksheet reads none that nobody changed."""
    study = open_study(folder)
    monkeypatch.setattr(reading, "read_sheet", lambda path, folder: pytest.fail(f"{path} was read again"))
    save_worksheet(study, "personas", frame=study.personas.assign(tagline="new"))


def test_writing_into_a_table_changes_no_file_of_another(folder):
    """What a notebook writes into a table in memory is not taken for what stands on disk."""
    study = open_study(folder)
    study.statements["text"] = "scribbled"
    saved = save_worksheet(study, "personas", frame=study.personas)
    assert "scribbled" not in set(saved.statements["text"])


def test_a_sheet_stands_for_its_file(folder):
    """A sheet given instead of a file is taken as it is, and its table is read with it."""
    known = dict(open_study(folder).digests)
    del known["study.toml"]
    sheet = read_sheets(folder).sheets[0]
    found = read_sheets(folder, instead=sheet, known=known | {sheet.file: "another"})
    assert [one.table for one in found.sheets] == [sheet.table]
    assert sheet in found.sheets and sheet.table not in found.kept
