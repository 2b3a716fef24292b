"""study.toml is read whole or refused with everything that is wrong in it."""

from datetime import date

import pytest

from cjm_helpers.errors import FaultsFound
from cjm_helpers.study.kit import kit_folder
from cjm_helpers.study.settings import STAGES, Metric, Scenario, Wave, read_settings

FULL = """
format = 1
name = "Retail checkout"
scenario = { name = "Buying online", starts_with = "sees an offer", ends_with = "leaves" }
stages = ["Awareness", "Purchase"]
timezone = "Europe/Berlin"
seed = 7
min_n = 10
as_of = 2026-04-01

[[waves]]
id = "2026-09"
start = 2026-09-01
end = 2026-09-30

[[waves]]
id = "2026-03"
start = 2026-03-01
end = 2026-03-31

[metrics.csat]
question = "How satisfied were you?"
min = 1
max = 5

[metrics.effort]
min = 1
max = 7
better = "lower"

[map]
emotion = ["csat", "effort"]
outcome = "csat"

[customers]
age = "numeric"

[dimensions]
market = "country"

[team]
anna = "service"

[look]
organisation = "Example Ltd"
accent = "#2a6f97"

[[import]]
file = "survey.csv"
table = "responses"
take = { score = "Q1" }

[events]
source = "imported/events.parquet"
"""


def read(tmp_path, text):
    file = tmp_path / "study.toml"
    file.write_text(text, encoding="utf-8")
    return read_settings(file)


def say(tmp_path, text):
    with pytest.raises(FaultsFound) as raised:
        read(tmp_path, text)
    return "\n".join(str(fault) for fault in raised.value.faults)


def test_everything_is_read(tmp_path):
    """Each key of a full study.toml arrives; waves stand in the order of their days."""
    settings = read(tmp_path, FULL)
    assert settings.scenario == Scenario("Buying online", "sees an offer", "leaves")
    assert settings.waves[0] == Wave("2026-03", date(2026, 3, 1), date(2026, 3, 31))
    assert settings.wave_ids == ("2026-03", "2026-09")
    assert settings.metrics["effort"] == Metric("effort", "", 1, 7, "lower")
    assert (settings.emotion, settings.outcome) == (("csat", "effort"), "csat")
    assert (settings.seed, settings.min_n, settings.as_of) == (7, 10, date(2026, 4, 1))
    assert settings.imports[0]["take"] == {"score": "Q1"}
    assert settings.events_source == "imported/events.parquet"


def test_a_name_is_enough(tmp_path):
    """What a study does not say has a default."""
    settings = read(tmp_path, 'name = "Checkout"')
    assert settings.stages == STAGES and settings.min_n == 5 and settings.waves == () and settings.emotion == ()


def test_one_emotion_metric_may_stand_as_text(tmp_path):
    """A single metric needs no list."""
    assert read(tmp_path, FULL.replace('["csat", "effort"]', '"csat"')).emotion == ("csat",)


@pytest.mark.parametrize(
    ("right", "wrong", "place"),
    [
        ("seed", "sed", "The top of the file"),
        ("starts_with", "start_with", "scenario"),
        ("start = 2026-03-01", "strat = 2026-03-01", "[[waves]] number 2"),
        ("question", "questoin", "[metrics.csat]"),
        ("outcome", "outcom", "[map]"),
        ("accent", "acent", "[look]"),
        ("source", "sorce", "[events]"),
        ("[customers]", "[custmers]", "The top of the file"),
    ],
)
def test_unknown_keys_are_refused_at_every_level(tmp_path, right, wrong, place):
    """A misspelt key is said with its place and the key that was meant."""
    said = say(tmp_path, FULL.replace(right, wrong, 1))
    meant, key = (text.strip("[]").split(" =")[0] for text in (right, wrong))
    assert f"{place} has the unknown key '{key}'. Did you mean '{meant}'?" in said


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("seed = 7", 'seed = "7"', "seed = '7' is of the wrong kind. It holds a whole number."),
        ("seed = 7", "seed = true", "seed = True is of the wrong kind"),
        ("start = 2026-03-01", 'start = "2026-03-01"', "It holds a date such as 2026-03-01."),
        ("min = 1\nmax = 7", "min = 7\nmax = 1", "min = 7 is not below max = 1"),
        ("min = 1\nmax = 7", "max = 7", "[metrics.effort] lacks the key 'min'"),
        ('better = "lower"', 'better = "low"', "Did you mean 'lower'?"),
        ("end = 2026-03-31", "end = 2026-02-01", "before it starts"),
        ("end = 2026-03-31", "end = 2026-09-01", "overlap"),
        ('id = "2026-09"', 'id = "2026-03"', "Two waves are called '2026-03'"),
        ('id = "2026-09"', 'id = "newest"', "cannot be called 'newest'"),
        ('id = "2026-09"', 'id = "all"', "cannot be called 'all'"),
        ('outcome = "csat"', 'outcome = "nps"', "'nps' is no metric of the study"),
        ('["csat", "effort"]', '["csat", "efort"]', "Did you mean 'effort'?"),
        ('["Awareness", "Purchase"]', '["Awareness", "Awareness"]', "holds 'Awareness' twice"),
        ('["Awareness", "Purchase"]', "[]", "at least one"),
        ("min_n = 10", "min_n = 1", "at least 2"),
        ("as_of = 2026-04-01", 'as_of = "latest"', "as_of = 'latest' is not known"),
        ("Europe/Berlin", "Europe/Berln", "Did you mean 'Europe/Berlin'?"),
        ('age = "numeric"', 'age = "number"', "Did you mean 'numeric'?"),
        ("#2a6f97", "blue", "is not a colour"),
        ("format = 1", "format = 0", "format = 0 is not known"),
        ('name = "Retail checkout"', "", "lacks the key 'name'"),
    ],
)
def test_impossible_values_are_refused(tmp_path, old, new, sentence):
    """Each wrong value is said in a sentence with what is allowed."""
    assert old in FULL
    assert sentence in say(tmp_path, FULL.replace(old, new, 1))


def test_a_newer_format_is_refused_in_one_sentence(tmp_path):
    """A study of a newer workbook is not judged by the rules of this one."""
    said = say(tmp_path, "format = 2\nsomething_new = 1")
    assert said.count("study.toml:") == 1 and "Update the workbook" in said


def test_all_faults_come_at_once(tmp_path):
    """Three faults at three places are said together."""
    text = FULL.replace("seed", "sed").replace("min_n = 10", "min_n = 0").replace("#2a6f97", "blue")
    assert len(say(tmp_path, text).splitlines()) == 3


def test_a_broken_line_is_said_with_its_row(tmp_path):
    """A line that is no TOML is found by its number."""
    assert say(tmp_path, 'name = "Checkout"\nstages = ["Buy"\nseed = 0\n').startswith(
        "study.toml, row 3: The line cannot be read"
    )


@pytest.mark.parametrize("content", ['\ufeffname = "Größe"'.encode(), 'name = "Größe"'.encode("cp1252")])
def test_files_saved_by_other_editors(tmp_path, content):
    """A byte order mark is forgiven; another encoding is said."""
    file = tmp_path / "study.toml"
    file.write_bytes(content)
    if content.startswith(b"\xef"):
        assert read_settings(file).name == "Größe"
    else:
        with pytest.raises(FaultsFound, match="UTF-8"):
            read_settings(file)


def test_the_notes_of_the_blank_study_can_be_switched_on(tmp_path):
    """Every line that is switched off in the blank study.toml is right once its mark is taken away."""
    lines = (kit_folder() / "templates" / "study" / "study.toml").read_text(encoding="utf-8").splitlines()
    is_code = [
        line.startswith(("# [", "# id", "# start", "# end")) or " = " in line.partition("#")[2] for line in lines
    ]
    text = "\n".join(line.removeprefix("# ") if code else line for line, code in zip(lines, is_code))
    metric = "[metrics.nps]\nmin = 0\nmax = 10\n"
    settings = read(tmp_path, f"{text}\n{metric}")
    assert (
        settings.waves and settings.emotion == ("csat",) and settings.imports and settings.team == {"anna": "service"}
    )
