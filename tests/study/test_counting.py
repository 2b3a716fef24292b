"""What a study holds, counted by table and by wave."""

from cjm_helpers.study.counting import count_rows, count_waves
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import new_study


def test_rows_are_counted_events_too(folder, tmp_path):
    """Each table has its count; a study without a log has no events."""
    counts = count_rows(open_study(folder))
    assert (counts["personas"], counts["responses"], counts["events"]) == (2, 4, 3)
    assert set(count_rows(open_study(new_study(tmp_path / "blank"))).values()) == {0}


def test_waves_count_people_not_rows(folder):
    """A customer who answers twice in a wave is one; what belongs to no wave has a line of its own."""
    waves = count_waves(open_study(folder)).set_index("wave")
    assert waves.loc["spring", ["customers", "answers", "verbatims", "readings"]].tolist() == [2, 2, 1, 2]
    assert waves.loc["no wave", ["start", "answers"]].tolist() == ["", 1]


def test_a_wave_counts_answers_given_in_bulk(change):
    """A row that stands for ten answers counts ten."""
    rows = "response_id,touchpoint_id,metric,score,count,date\nr1,basket,csat,2,10,2026-03-05\n"
    assert count_waves(open_study(change("imported/responses.csv", new=rows)))["answers"].tolist() == [10, 0]
