"""Changing study.toml: what stays, what is carried into rows, and what is refused."""

from datetime import date

import pytest

from cjm_helpers.errors import CjmError, FaultsFound, WorksheetChanged
from cjm_helpers.study import settings_writer
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.history import list_versions
from cjm_helpers.study.kit import find_example
from cjm_helpers.study.settings_writer import change_text, count_uses, read_text, save_settings

COMMENTED = """# ours
name = "Shop"  # as people say it

[[waves]]
id = "a"  # the first
start = 2026-01-01
end = 2026-01-31

# how we ask
[metrics.csat]
min = 1
max = 5

[map]
emotion = "csat"
"""


def test_nothing_asked_changes_nothing():
    """The example's study.toml comes back letter by letter."""
    text = read_text(find_example("retail_checkout"))
    assert change_text(text, changes={}) == text


def test_comments_and_order_stay():
    """A value changes in its place; the notes beside and above it stay."""
    wave = {"id": "a", "start": date(2026, 1, 1), "end": date(2026, 2, 1)}
    new = change_text(COMMENTED, changes={"name": "Store", "waves": [wave], "metrics": {"csat": {"max": 7}}})
    expected = COMMENTED.replace("Shop", "Store").replace("2026-01-31", "2026-02-01").replace("max = 5", "max = 7")
    assert new == expected


def test_groups_are_added_where_they_belong():
    """A new wave follows the old one, a new question the old ones, and a key without a group stands at the top."""
    waves = [
        {"id": name, "start": date(2026, month, 1), "end": date(2026, month, 9)} for name, month in (("a", 1), ("b", 2))
    ]
    new = change_text(COMMENTED, changes={"waves": waves, "metrics": {"nps": {"min": 0, "max": 10}}, "seed": 4})
    places = [
        new.index(text) for text in ("seed = 4", 'id = "a"', 'id = "b"', "[metrics.csat]", "[metrics.nps]", "[map]")
    ]
    assert places == sorted(places)


def test_what_is_removed_leaves_the_notes_of_its_neighbours():
    """A note that stood below a group was about the next one, so it stays."""
    new = change_text(COMMENTED, changes={"waves": [], "map": None})
    assert "waves" not in new and "[map]" not in new and "# how we ask" in new


def test_a_new_block_keeps_the_old_ones(folder):
    """Import blocks that are not named anew keep their wording, and one can be taken away again."""
    text = read_text(find_example("retail_checkout"))
    blocks = list(open_study("retail_checkout").settings.imports)
    more = change_text(text, changes={"import": [*blocks, {"file": "new.csv", "table": "customers"}]})
    assert more.startswith(text.rstrip("\n")) and more.endswith('[[import]]\nfile = "new.csv"\ntable = "customers"\n')
    assert change_text(more, changes={"import": blocks}) == text


def test_a_change_is_saved_and_the_old_state_kept(folder):
    """Saving writes the file and keeps what it held before."""
    before = (folder / "study.toml").read_bytes()
    assert save_settings(folder, changes={"name": "Store", "team": {"anna": "service"}}).team == {"anna": "service"}
    assert open_study(folder).name == "Store"
    assert list_versions(folder, "study.toml")[0].path.read_bytes() == before


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"min_n": 1}, "min_n = 1 is too small"),
        ({"map": {"emotion": "joy"}}, "'joy' is no metric of the study"),
        ({"nmae": "Store"}, "unknown key 'nmae'"),
        ({"stages": ["Look"]}, "column stage: 'Buy' is not known in study.toml"),
        ({"metrics": {"csat": None}, "map": {"emotion": None}}, "'csat' is not known in study.toml"),
    ],
)
def test_what_would_break_the_study_is_refused(folder, changes, said):
    """New faults are said in their sentences, and the file stays as it was."""
    before = (folder / "study.toml").read_bytes()
    with pytest.raises(FaultsFound) as found:
        save_settings(folder, changes=changes)
    assert said in str(found.value) and "nothing was written" in str(found.value) or "study.toml" in str(found.value)
    assert (folder / "study.toml").read_bytes() == before


def test_old_faults_do_not_stop_a_change(change):
    """A study that has a fault already can still be described."""
    folder = change("worksheets/goals.csv", new="goal_id,statement\ng1,\n")
    assert save_settings(folder, changes={"name": "Store"}).name == "Store"


def test_a_changed_file_is_refused(folder):
    """Somebody else's change of study.toml is never overwritten."""
    digest = open_study(folder).digests["study.toml"]
    save_settings(folder, changes={"seed": 1}, digest=digest)
    with pytest.raises(WorksheetChanged):
        save_settings(folder, changes={"seed": 2}, digest=digest)


def test_rows_changed_while_renaming_are_kept(folder, monkeypatch):
    """A worksheet that somebody saves while a rename is checked is not overwritten, and study.toml stays."""
    file, toml = folder / "worksheets" / "touchpoints.csv", (folder / "study.toml").read_bytes()
    text = file.read_text(encoding="utf-8-sig").replace("Basket", "Trolley")

    def check(*given, **named):
        file.write_text(text, encoding="utf-8")
        return []

    monkeypatch.setattr(settings_writer, "find_new_faults", check)
    stage = open_study(folder).touchpoints["stage"].iloc[0]
    stages = ["New" if one == stage else one for one in open_study(folder).settings.stages]
    with pytest.raises(WorksheetChanged):
        save_settings(folder, changes={"stages": stages}, renames={"stages": {stage: "New"}})
    assert file.read_text(encoding="utf-8") == text and (folder / "study.toml").read_bytes() == toml


def test_a_stage_is_renamed_in_the_rows(folder):
    """Every worksheet that names the stage follows."""
    uses = count_uses(folder, "stages", name="Buy")
    assert uses == {"worksheets/kpis.csv": 1, "worksheets/touchpoints.csv": 3}
    save_settings(folder, changes={"stages": ["Look", "Order"]}, renames={"stages": {"Buy": "Order"}})
    assert count_uses(folder, "stages", name="Order") == uses
    assert open_study(folder).touchpoints["stage"].tolist()[1:] == ["Order"] * 3


def test_a_name_in_imported_rows_stays(folder):
    """What an export brought keeps its name, as the next import would bring the old one back."""
    before = (folder / "study.toml").read_bytes()
    changes = {"metrics": {"csat": None, "happy": {"min": 1, "max": 5}}, "map": {"emotion": "happy"}}
    with pytest.raises(CjmError, match="'csat' stands in imported/responses.csv"):
        save_settings(folder, changes=changes, renames={"metrics": {"csat": "happy"}})
    assert (folder / "study.toml").read_bytes() == before


def test_a_decimal_comma_survives_a_rename(change):
    """A worksheet that a spreadsheet saved with semicolons still says the same numbers."""
    folder = change(
        "worksheets/kpis.csv", new="kpi_id;name;kind;direction;stage;target\ngiven_up;K;proportion;lower;Buy;0,5\n"
    )
    save_settings(folder, changes={"stages": ["Look", "Order"]}, renames={"stages": {"Buy": "Order"}})
    assert open_study(folder).kpis["target"].tolist() == [0.5]
