"""The facade `import cjm_helpers as cjm`: small, listed on one screen, and loaded only when used."""

import re
import subprocess
import sys
from inspect import isfunction
from pathlib import Path

import pytest

import cjm_helpers as cjm

SCREEN_LINES = 52
MOST_A_STEP = 5
STEPS = [
    "goals", "personas", "touchpoints", "categories", "feedback", "themes", "emotion", "kpis", "paths", "journey",
    "opportunities", "waves",
]  # fmt: skip
HEAVY = {"pandas", "numpy", "matplotlib", "scipy", "ibis", "rich", "argparse"}
FACADE = Path(cjm.__file__)


def loaded_by(code: str) -> set[str]:
    """Return the names of the modules that a new Python holds after some code."""
    command = [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def test_importing_loads_nothing_heavy():
    """Importing the package loads neither pandas nor matplotlib, nor any room of ours."""
    loaded = loaded_by("import cjm_helpers")
    assert not loaded & HEAVY
    assert {name for name in loaded if name.startswith("cjm_helpers")} == {"cjm_helpers"}


def test_facade_fits_one_screen():
    """The whole facade is read on one screen, and every name has a line that says what it is for."""
    lines = FACADE.read_text(encoding="utf-8").splitlines()
    described = re.findall(r'^    "(\w+)",  # \w+', "\n".join(lines), flags=re.MULTILINE)
    assert described == cjm.__all__
    assert len(lines) <= SCREEN_LINES


@pytest.mark.parametrize("name", cjm.__all__)
def test_every_name_leads_somewhere(name):
    """Every listed name is a function or a module of ours with its docstring."""
    assert getattr(cjm, name).__doc__
    assert name in dir(cjm)


@pytest.mark.parametrize("name", STEPS)
def test_a_step_offers_at_most_five(name):
    """What notebooks see of a step of the method stays small, and each of its functions says in a line what it does."""
    step = getattr(cjm, name)
    offered = getattr(step, "__all__", [word for word, thing in vars(step).items() if is_offered(thing, step)])
    assert 1 <= len(offered) <= MOST_A_STEP
    assert all(getattr(step, word).__doc__ for word in offered)


def is_offered(thing, step) -> bool:
    """Tell whether a thing in a module is a public function made there."""
    return isfunction(thing) and thing.__module__ == step.__name__ and not thing.__name__.startswith("_")


def test_unknown_name_lists_the_known():
    """A name that the facade does not have is answered with those it has."""
    with pytest.raises(AttributeError, match="has no 'pandas'.*open_study"):
        cjm.pandas  # noqa: B018
