"""The journey as Mermaid's text: read back by a small reader of its grammar, and what it says it cannot carry."""

import re
from html import unescape
from typing import NamedTuple

import pytest
from drawing.hard_journeys import JOURNEYS

from cjm_helpers.drawing.journey_map.mermaid import LOSS, list_losses, write_mermaid
from cjm_helpers.drawing.journey_map.story import read_journey
from cjm_helpers.errors import CjmError

WITHOUT_FEELING = ("nothing_known", "interviews_only")
ENTITY = re.compile(r"#(\w+);")
OTHER_LINES = re.compile(r"(title|section)\s([^#:\n;]+)|(accTitle|accDescr)\s*:\s*(.+)", re.IGNORECASE)
RESERVED = re.compile("journey|title|section|acc", re.IGNORECASE)


class Task(NamedTuple):
    """One task as Mermaid reads it."""

    section: str
    name: str
    score: str
    actors: tuple[str, ...]


def decode(words):
    """Return words as Mermaid shows them: it hides entities before it reads a line, and shows their letters after."""
    return re.sub(r"\x01(\w+)\x02", lambda found: unescape(f"&{'#' * found[1].isdigit()}{found[1]};"), words).strip()


def read_mermaid(text):
    """Return title, tasks and comments; a line that the grammar of Mermaid's journey refuses fails the test."""
    first, *lines = text.splitlines()
    assert first == "journey"
    told, tasks, comments = {}, [], []
    for line in [ENTITY.sub("\x01\\1\x02", line.strip()) for line in lines]:
        if line.startswith("%%"):
            assert not line.startswith("%%{")
            comments.append(line)
        elif found := OTHER_LINES.fullmatch(line):
            told[(found[1] or found[3]).lower()] = decode(found[2] or found[4])
        else:
            assert not RESERVED.match(line) and not set("#;") & set(line) and "%%" not in line
            name, score, actors = line.split(":")
            tasks.append(Task(told["section"], decode(name), score.strip(), tuple(map(decode, actors.split(",")))))
    return told, tasks, comments


@pytest.fixture(params=[name for name in JOURNEYS if name not in WITHOUT_FEELING])
def story(request):
    """Return each of the journeys that hold a feeling."""
    return read_journey(JOURNEYS[request.param]())


def test_every_step_with_a_feeling_is_a_task(story):
    """Whatever signs stand in the names, the text is read back: sections, steps, scores from 1 to 5, actors."""
    told, tasks, _ = read_mermaid(write_mermaid(story))
    felt = [step for step in story.steps if story.emotion(step.step_id).value is not None]
    assert [task.name for task in tasks] == [f"{step.step_id} {step.name}" for step in felt]
    assert [task.section for task in tasks] == [f"{step.number} {step.stage}" for step in felt]
    assert {task.score for task in tasks} <= set("12345")
    for step, task in zip(felt, tasks, strict=True):
        channels = [thing.text for thing in story.at(step.step_id, "channel")]
        assert task.actors == tuple(dict.fromkeys([story.lens["persona"], *channels]))
    assert told["title"].startswith(story.title) and told["acctitle"] == story.title


def test_a_step_without_a_feeling_is_named_and_gets_no_score(rich):
    """Mermaid would draw it as the worst or as neutral; the title and a comment say which are missing, and why."""
    told, tasks, comments = read_mermaid(write_mermaid(read_journey(rich)))
    assert {"2.3", "5.1"}.isdisjoint(task.name.split()[0] for task in tasks)
    assert told["title"].endswith("(not shown, as no feeling is known: 2.3 and 5.1)")
    assert "%% 2.3 Confirmation: fewer than 5 answers, so it has no score." in comments
    assert "%% 5.1 Fuel stop: not asked, so it has no score." in comments


@pytest.mark.parametrize("name", WITHOUT_FEELING)
def test_a_journey_without_feelings_is_refused(name):
    """The sentence says why, and as what the map can be saved instead."""
    with pytest.raises(CjmError, match="No step of this journey has a feeling.* SVG, PPTX or HTML"):
        write_mermaid(read_journey(JOURNEYS[name]()))


@pytest.mark.parametrize(
    "feeling, score",
    [(-2, 1), (-1.5, 1), (-1.4, 2), (-0.5, 2), (-0.4, 3), (0, 3), (0.4, 3), (0.5, 4), (1.5, 5), (2, 5)],
)
def test_a_feeling_becomes_the_nearest_score(rich, feeling, score):
    """Halves lead away from neutral, to either side alike."""
    rich.cells.loc[rich.cells["lane"].eq("emotion"), ["value", "lo", "hi"]] = feeling
    assert {task.score for task in read_mermaid(write_mermaid(read_journey(rich)))[1]} == {str(score)}


@pytest.mark.parametrize("word", ["Journey", "title page", "Sections", "accDescr {x}"])
def test_a_name_never_begins_a_line_of_another_kind(rich, word):
    """Mermaid takes a line by its first word; a step without a number is a step all the same."""
    rich.steps["step_id"] = rich.steps["step_id"].replace("4.2", "")
    rich.steps.loc[rich.steps["step_id"].eq(""), "name"] = word
    rich.cells["step_id"] = rich.cells["step_id"].replace("4.2", "")
    assert word in [task.name for task in read_mermaid(write_mermaid(read_journey(rich)))[1]]


def test_what_is_lost_is_counted(rich):
    """Every kind of thing on the map that Mermaid has no place for is listed, with how many there are."""
    story = read_journey(rich)
    losses = list_losses(story)
    assert losses[:4] == [
        "2 steps without a feeling",
        "10 feelings to one decimal with their n",
        "10 intervals",
        "2 moments of truth",
    ]
    assert {
        "11 verbatims",
        "10 pain points",
        "4 delights",
        "6 opportunities",
        "1 sentence on what is not known",
    } <= set(losses)
    assert [line.removeprefix(LOSS) for line in write_mermaid(story).splitlines() if line.startswith(LOSS)] == losses


def test_nothing_is_listed_that_is_not_there():
    """A map of feelings alone loses no quotes, KPIs or ideas."""
    losses = " ".join(list_losses(read_journey(JOURNEYS["empty_lanes"]())))
    assert "interval" in losses and not re.search("verbatim|KPI|opportunit|pain|touchpoint", losses)


def test_the_same_journey_gives_the_same_text(rich):
    """The file ends with a line, holds no tabs, and is the same again."""
    text = write_mermaid(read_journey(rich))
    assert text == write_mermaid(read_journey(rich)) and text.endswith("\n") and "\t" not in text
