"""From files to a map: a survey export and twelve interviews, by clicks alone, from a blank study."""

import pytest
from lab.clicks import Page
from lab.exports import list_interviews, list_rows, write_csv, write_workbook

from cjm_helpers.lab.import_desk import bring_in_file
from cjm_helpers.method.journey import build_journey
from cjm_helpers.study.folder import check_study, open_study, save_worksheet
from cjm_helpers.study.kit import new_study
from cjm_helpers.study.selection import select_rows


@pytest.mark.parametrize(("name", "write"), [("survey.csv", write_csv), ("survey.xlsx", write_workbook)])
def test_a_survey_and_interviews_become_a_map(tmp_path, name, write):
    """Two files' worth of clicks give feelings with their intervals at eight touchpoints, and people's own words."""
    folder = new_study(tmp_path / "study")
    survey = Page(bring_in_file(open_study(folder))).choose_file(name, write(list_rows()))
    survey.click("read").click("try").click("bring")
    assert not survey.refusals and survey.clicks == 4

    talks = Page(bring_in_file(open_study(folder)))
    for file, content in list_interviews().items():
        talks.choose_file(file, content)
    talks.click("read").click("try").click("bring")
    assert not talks.refusals and not check_study(folder).faults

    study = _link_words(open_study(folder))
    cells = build_journey(select_rows(study), bootstraps=2).cells
    felt = cells[cells["lane"].eq("emotion") & cells["value"].notna()]
    quotes = cells[cells["lane"].eq("quote")]
    assert len(felt) == 8 and felt["lo"].notna().all() and felt["n"].min() >= 30
    assert "survey-" in quotes["item_id"].str.cat() + "".join(study.feedback["feedback_id"])
    assert quotes["text"].str.contains("give up|twice").any()


def _link_words(study):
    """Link each paragraph to the touchpoint it names, as a person does in notebook 04."""
    names = {"payment page": "payment_page", "parcel": "parcel", "basket": "basket", "help line": "help_line"}
    said = study.feedback[study.feedback["source"].eq("interview")]
    rows = [
        (row.feedback_id, touchpoint, "anna")
        for row in said.itertuples()
        for name, touchpoint in list(names.items())
        if name in row.text
    ]
    frame = study.alignments.iloc[:0].reindex(range(len(rows)))
    frame[["feedback_id", "touchpoint_id", "decided_by"]] = rows
    return save_worksheet(study, "alignments", frame=frame.drop_duplicates("feedback_id"))
