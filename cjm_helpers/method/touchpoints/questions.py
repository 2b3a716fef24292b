"""Questions that belong to a stage: which stages they are asked of, whatever a study calls its stages."""

from collections.abc import Sequence

BUYING = ("purchase", "buy", "order", "decision", "checkout", "booking", "contract", "sign-up")


def match_stages(stages: Sequence[str]) -> dict[str, list[str]]:
    """Match the stages of a study with what is asked: aware (the first), decide, buy and after.

    The stage where people buy, book or decide is known by its name, else it is the middle one. What lies between the
    first and that one is deciding; in a journey that begins with buying, people become aware and decide there too.

    Examples
    --------
    >>> match_stages(["Awareness", "Consideration", "Purchase", "Retention", "Advocacy"])
    {'aware': ['Awareness'], 'decide': ['Consideration'], 'buy': ['Purchase'], 'after': ['Retention', 'Advocacy']}
    >>> match_stages(["Booking", "Visit"])
    {'aware': ['Booking'], 'decide': ['Booking'], 'buy': ['Booking'], 'after': ['Visit']}
    """
    stages = list(stages)
    named = [at for at, stage in enumerate(stages) if any(word in stage.casefold() for word in BUYING)]
    at = named[0] if named else len(stages) // 2
    return {
        "aware": stages[:1],
        "decide": stages[1:at] or stages[at : at + 1],
        "buy": stages[at : at + 1],
        "after": stages[at + 1 :],
    }
