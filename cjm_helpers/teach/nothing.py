"""The same world with nothing planted in it: what the methods find there is chance."""

from copy import deepcopy

FEELING, WEIGHT, SHARE = 0.3, 0.0, 0.35


def plant_nothing(truth: dict) -> dict:
    """Return a truth in which waves, touchpoints and personas are alike, nothing drives the outcome, no code is poor.

    Who the customers are and what they meet stays; the input is not changed.

    Examples
    --------
    >>> from cjm_helpers.teach.script import read_truth
    >>> plant_nothing(read_truth())["touchpoints"]["payment"]
    {'before': 0.3, 'after': 0.3, 'weight': 0.0}
    """
    truth = deepcopy(truth)
    truth["touchpoints"] = {name: _stay(FEELING) | {"weight": WEIGHT} for name in truth["touchpoints"]}
    for persona in truth["personas"].values():
        shares = [name for name, said in persona.items() if isinstance(said, dict) and "before" in said]
        persona |= {"shift": {}} | {name: _stay(SHARE) for name in shares}
    truth.pop("shift_by_place", None)
    truth["spread"]["recommend_mood"] = 0.0
    truth["named"] = {name: _stay(_share_evenly(named["before"])) for name, named in truth["named"].items()}
    for figure in truth["figures"].values():
        figure |= _stay(figure["before"]) if "before" in figure else {}
    truth["coders"] |= {"poor_finds": truth["coders"]["finds"], "poor_adds": truth["coders"]["adds"]}
    return truth


def _stay(value) -> dict:
    return {"before": value, "after": value}


def _share_evenly(shares: dict[str, float]) -> dict[str, float]:
    return dict.fromkeys(shares, 1 / len(shares))
