"""Sorts the reports of an index by what the run varies, such as personas and markets, to group and filter them by."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cjm_helpers.batch.names import PERSONA

ALL, DEFAULT = "all", "–"
MOST_UNFILTERED = 12  # rows that are looked through at a glance


class Lens(NamedTuple):
    """What a run varies: its name as a heading, its values, and the words that a reader sees for each."""

    name: str
    heading: str
    values: tuple[str, ...]
    words: tuple[str, ...]


class Listed(NamedTuple):
    """One report of the index: whom it is about, and which value of each lens it has."""

    outcome: object
    who: str
    places: tuple[int, ...]
    words: tuple[str, ...]


class Group(NamedTuple):
    """Reports that stand together, each with its name below the heading, and those that compare their personas.

    The heading is empty where all reports are one group.
    """

    heading: str
    listed: list[tuple[str, Listed]]
    compared: list[tuple[str, object]]


def find_lenses(outcomes: Sequence) -> list[Lens]:
    """Return what the reports of a run differ in, in the order asked for.

    Examples
    --------
    >>> from types import SimpleNamespace as Thing
    >>> def make(market):
    ...     lens = {"persona": "anna", "market": market}
    ...     return Thing(report=Thing(name=f"Anna, {market}", lens=lens, parameters={}))
    >>> made = [make(one) for one in "AB"]
    >>> find_lenses(made)
    [Lens(name='market', heading='Market', values=('A', 'B'), words=('A', 'B'))]
    """
    lenses = []
    for name in dict.fromkeys(name for outcome in outcomes for name in outcome.report.lens):
        values = tuple(dict.fromkeys(outcome.report.lens.get(name, "") for outcome in outcomes))
        if len(values) > 1:
            empty = DEFAULT if _is_parameter(name, outcomes) else ALL
            words = _name_personas(outcomes, values) if name == PERSONA else tuple(value or empty for value in values)
            lenses.append(Lens(name, (name[:1].upper() + name[1:]).replace("_", " "), values, words))
    return lenses


def list_reports(outcomes: Sequence, lenses: Sequence[Lens]) -> list[Listed]:
    """Return each report with its value of each lens.

    Examples
    --------
    >>> from types import SimpleNamespace as Thing
    >>> def make(market):
    ...     lens = {"persona": "anna", "market": market}
    ...     return Thing(report=Thing(name=f"Anna, {market}", lens=lens, parameters={}))
    >>> made = [make(one) for one in "AB"]
    >>> [(one.who, one.places, one.words) for one in list_reports(made, find_lenses(made))]
    [('Anna', (0,), ('A',)), ('Anna', (1,), ('B',))]
    """
    listed = []
    for outcome in outcomes:
        lens = outcome.report.lens
        places = tuple(one.values.index(lens.get(one.name, "")) for one in lenses)
        words = tuple(one.words[place] for one, place in zip(lenses, places, strict=True))
        listed.append(Listed(outcome, cut_name(outcome.report.name, lens), places, words))
    return listed


def group_reports(listed: Sequence[Listed], lenses: Sequence[Lens], *, compared: Sequence = ()) -> list[Group]:
    """Put the reports together by the first lens beyond the persona that several share; without any, in one group.

    Parameters
    ----------
    listed, lenses
        As `list_reports` and `find_lenses` return them.
    compared
        The outcomes of reports that compare personas; each is linked from its own group.

    Examples
    --------
    >>> group_reports([], [])
    [Group(heading='', listed=[], compared=[])]
    """
    lens = next((lens for lens in lenses if lens.name != PERSONA and len(lens.values) < len(listed)), None)
    if lens is None:
        links = [(one.report.name, one) for one in compared]
        return [Group("", [(one.outcome.report.name, one) for one in listed], links)]
    groups, is_kind = [], not _is_parameter(lens.name, [one.outcome for one in listed])
    for value, word in zip(lens.values, lens.words, strict=True):
        heading = word if is_kind and value else f"{lens.heading} {word}"
        rows = [(_name_below(one.outcome, lens), one) for one in listed if _read_lens(one.outcome, lens) == value]
        links = [(_name_below(one, lens), one) for one in compared if _read_lens(one, lens) == value]
        groups.append(Group(heading, rows, links))
    return groups


def _is_parameter(name: str, outcomes: Sequence) -> bool:
    """Tell whether a lens is a parameter of its own, such as the wave; values of dimensions speak for themselves."""
    return any(name in outcome.report.parameters for outcome in outcomes)


def _read_lens(outcome, lens: Lens) -> str:
    return outcome.report.lens.get(lens.name, "")


def _name_below(outcome, heading: Lens) -> str:
    """Return a report's name without what the heading above it says."""
    name, value = outcome.report.name, _read_lens(outcome, heading)
    who = cut_name(name, outcome.report.lens)
    others = name.removeprefix(who)
    for said in (f", {heading.name} {value}", f", {value}"):
        if value and said in others:
            return who + others.replace(said, "", 1)
    return name


def choose_filters(listed: Sequence[Listed], lenses: Sequence[Lens]) -> list[Lens] | None:
    """Return the lenses to filter by, beside the name; None where few reports that share none need no filter.

    Examples
    --------
    >>> choose_filters([], [])
    """
    shared = [lens for lens in lenses if len(lens.values) < len(listed)]
    return shared if shared or len(listed) > MOST_UNFILTERED else None


def cut_name(name: str, lens: Mapping[str, str]) -> str:
    """Return a report's name without the values that stand beside it.

    Examples
    --------
    >>> cut_name("Anna, Germany, seed 7", {"persona": "anna", "market": "Germany", "seed": "7"})
    'Anna'
    """
    for other, value in reversed([pair for pair in lens.items() if pair[0] != PERSONA and pair[1]]):
        name = name.removesuffix(f", {other} {value}").removesuffix(f", {value}")
    return name


def _name_personas(outcomes: Sequence, persona_ids: Sequence[str]) -> tuple[str, ...]:
    """Return the name of each persona, where its reports have one, else its id."""
    names: dict[str, set[str]] = {persona_id: set() for persona_id in persona_ids}
    for outcome in outcomes:
        lens = outcome.report.lens
        names[lens.get(PERSONA, "")].add(cut_name(outcome.report.name, lens))
    return tuple(next(iter(known)) if len(known) == 1 else persona_id for persona_id, known in names.items())
