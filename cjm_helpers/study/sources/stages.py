"""Guesses the stage of a new touchpoint from the words of its heading and from its place among the others."""

from collections.abc import Iterable, Sequence

from cjm_helpers.study.sources.headings import has_word, match_touchpoint

HINTS = (  # words of a stage's name, and words of headings that belong there
    (("aware", "inspir", "discover", "attract"), ("advert", "campaign", "recommended by", "search")),
    (("consider", "compar", "research", "plan"), ("offer", "price", "compare", "information")),
    (("book", "reserv", "order", "purchas", "buy"), ("book", "reserv", "basket", "cart", "payment", "checkout")),
    (("arriv", "check in", "welcome", "onboard"), ("check in", "checkin", "reception", "arriv", "welcome")),
    (("stay", "visit"), ("room", "bed", "breakfast", "restaurant", "wi fi", "wifi", "housekeeping", "pool", "spa")),
    (("depart", "leav", "check out", "goodbye"), ("check out", "checkout", "bill", "invoice", "depart", "leaving")),
    (("deliver", "receiv"), ("deliver", "parcel", "shipping", "courier")),
    (("support", "service", "help", "retention"), ("support", "help", "hotline", "complain", "return", "repair")),
    (("advoca", "loyal", "after"), ("recommend", "newsletter", "loyalty", "bonus")),
)


def find_stage(heading: str, stages: Iterable[str]) -> str:
    """Return the stage that a heading speaks of, "" where it speaks of none.

    Examples
    --------
    >>> find_stage("Check-in desk", ["Booking", "Arrival"]), find_stage("Booking website", ["Booking", "Arrival"])
    ('Arrival', 'Booking')
    """
    stages = list(stages)
    spoken = match_touchpoint(heading, names={stage: stage for stage in stages})
    hinted = (stage for named, words in HINTS if has_word(heading, words) for stage in stages if has_word(stage, named))
    return spoken or next(hinted, "")


def guess_stages(headings: Sequence[str], stages: Sequence[str]) -> list[str]:
    """Return a stage for each heading: the one it speaks of, else that of the heading before it.

    Before the first heading that speaks of one, and where none does, they are spread in order: questions mostly follow
    the journey.

    Examples
    --------
    >>> guess_stages(["Booking website", "Ticket", "Bill"], ["Booking", "Stay", "Departure"])
    ['Booking', 'Booking', 'Departure']
    """
    spoken = [find_stage(heading, stages) for heading in headings]
    first = next((stages.index(stage) for stage in spoken if stage), len(stages) - 1)
    guessed: list[str] = []
    for at, stage in enumerate(spoken):
        before = guessed[-1] if any(spoken[:at]) else stages[min(first, at * len(stages) // len(spoken))]
        guessed.append(stage or before)
    return guessed
