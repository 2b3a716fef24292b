"""Tests of runs whose processes are ended from outside, as by kill -9 or for want of memory.

CJM_KILLS=60 in the environment kills sixty times more, each time one process of a run of its own: ten minutes.
"""

import os
import random

import pytest
from batch.kills import KERNEL, RUNNER, VICTIMS, WARM, WORKER, disturb, set_scene

pytestmark = pytest.mark.skipif(not os.path.isdir("/proc"), reason="processes are found in /proc, as on Linux")
CHANCE = random.Random(7)


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    """Return a study of five personas with what an undisturbed run makes of it."""
    return set_scene(tmp_path_factory.mktemp("killed"))


def test_a_killed_run_is_finished_by_the_next(scene):
    """A run that is killed leaves whole pages and no process; the run after it makes what an undisturbed one makes."""
    kills = [(RUNNER, scene.seconds * CHANCE.uniform(0.3, 0.9)) for _ in range(2)]
    assert disturb(scene, scene.folder / "runner", kills=kills) == []


def test_a_killed_process_takes_nobody_with_it(scene):
    """A run goes on when a kernel, a worker or the warm process is killed, and makes what an undisturbed one makes."""
    kills = [(victim, scene.seconds * CHANCE.uniform(0, 0.2)) for victim in (KERNEL, WORKER, WARM)]
    assert disturb(scene, scene.folder / "others", kills=kills) == []


@pytest.mark.parametrize("number", range(int(os.environ.get("CJM_KILLS", "0"))))
def test_any_process_may_be_killed_at_any_moment(scene, number):
    """Whichever process it is, and whenever it is killed, the pages are in the end those of an undisturbed run."""
    chance = random.Random(number)
    kills = [(chance.choice(VICTIMS), chance.uniform(0, scene.seconds))]
    assert disturb(scene, scene.folder / f"out{number}", kills=kills) == [], kills
