"""What became of each thing between two waves, as plain records, and the words for it."""

from dataclasses import dataclass, replace

from cjm_helpers.drawing.sheet.words import amount, listing, number, sign
from cjm_helpers.errors import CjmError

from .reading import find_kinds, read_rows

BETTER, WORSE, CHANGED, UNCHANGED = "improved", "worse", "changed", "unchanged"
NO_EVIDENCE, TOO_FEW, NOT_COMPARED = "no evidence", "too few", "not compared"
SURE = {BETTER: "better", WORSE: "worse", CHANGED: "changed"}
TONES = {BETTER: "blue", WORSE: "orange"}
SHARES = ("csat", "proportion", "share")
POINTS = ("nps", *SHARES)
HALF = 2
WHOLE_FROM = 10  # from here on a difference is written without decimals
LEAST_SHOWN = 0.05  # a feeling that moved by less would be written as 0.0
WHOLE = ("n1", "n2", "tests")
NEEDED = ("object", "touchpoint_id", "before", "after", "verdict")


@dataclass(frozen=True)
class Change:
    """One row of a comparison of two waves; None and "" where a column does not apply or is hidden."""

    object: str = ""
    id: str = ""
    touchpoint_id: str = ""
    metric: str = ""
    name: str = ""
    unit: str = ""
    better: str = ""
    before: float | None = None
    after: float | None = None
    delta: float | None = None
    lo: float | None = None
    hi: float | None = None
    n1: int | None = None
    n2: int | None = None
    tests: int | None = None
    verdict: str = ""
    sentence: str = ""
    earlier: str = ""
    wave: str = ""
    persona_id: str = ""
    step_id: str = ""
    caution: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether it holds after all tests were counted: better, worse, or changed where neither is good."""
        return self.verdict in SURE

    @property
    def is_tested(self) -> bool:
        """Whether both waves were compared."""
        return self.delta is not None

    @property
    def visible(self) -> float | None:
        """The difference that could just have been seen: half the interval."""
        return None if self.lo is None or self.hi is None else (self.hi - self.lo) / HALF

    @property
    def strength(self) -> float:
        """How far the difference stands out of what chance does; things of any unit can be ranked by it."""
        return abs(self.delta or 0.0) / self.visible if self.visible else 0.0

    @property
    def tone(self) -> str:
        """The role of colour: blue for better, orange for worse, the quiet one for all else."""
        return TONES.get(self.verdict, "bar")

    @property
    def text_tone(self) -> str:
        """The role of colour for its words."""
        return f"{self.tone}text" if self.verdict in TONES else "ink" if self.is_sure else "muted"


KINDS = find_kinds(Change, whole=WHOLE)


def read_changes(changes, *, persona_id: str, steps) -> list[Change]:
    """Read the rows of one persona, each with the step at which its touchpoint stands on the map.

    Raises CjmError for a table of another kind.
    """
    if changes is None or not len(changes):
        return []
    lacking = [name for name in NEEDED if name not in changes.columns]
    if lacking:
        raise CjmError(
            f"The comparison lacks {listing(lacking)}. Give the table that `compare_waves` returns, with all columns."
        )
    step_of = {one: step for step, one in zip(steps["step_id"], steps["touchpoint_id"], strict=True) if one}
    read = read_rows(changes, Change, kinds=KINDS)
    mine = [one for one in read if one.persona_id in ("", persona_id)]
    return [replace(one, step_id=f"{step_of.get(one.touchpoint_id, '')}") for one in mine]


def rank_changes(changes) -> list[Change]:
    """Return what is surely worse, what else is sure, what was tested, then the rest; among these the strongest first.

    Examples
    --------
    >>> one, other = Change(verdict="improved", name="Payment"), Change(verdict="worse", name="Courier")
    >>> [change.name for change in rank_changes([Change(name="Basket"), one, other])]
    ['Courier', 'Payment', 'Basket']
    """
    return sorted(changes, key=_rank)


def _rank(change: Change) -> tuple:
    kind = (change.verdict != WORSE, not change.is_sure, not change.is_tested)
    return (*kind, -change.strength, change.name, change.id)


def is_share(change: Change) -> bool:
    """Tell whether values are shares of one."""
    return change.unit == "%" or change.metric in SHARES and change.object != "feeling"


def say_value(change: Change, value: float | None) -> str:
    """Write one of the two values, as the map does; a dash where it is hidden or was not asked."""
    if value is None:
        return "–"
    if change.object == "feeling":
        return sign(value)
    if change.object == "theme":
        return f"{100 * value:.0f} %"
    return amount(value, "%" if is_share(change) else change.unit)


def say_pair(change: Change) -> str:
    """Write both values, the unit once; where one is hidden or was not asked, the other alone.

    Examples
    --------
    >>> say_pair(Change(object="theme", metric="share", before=0.595, after=0.192))
    '60 to 19 %'
    >>> say_pair(Change(object="feeling", before=-0.9))
    'before −0.9'
    """
    before, after = say_value(change, change.before), say_value(change, change.after)
    if change.before is None or change.after is None:
        sides = (("before", change.before, before), ("now", change.after, after))
        return "".join(f"{name} {words}" for name, value, words in sides if value is not None)
    number, _, unit = before.partition(" ")
    return f"{number} to {after}" if unit and after.endswith(f" {unit}") else f"{before} to {after}"


def say_gap(change: Change, gap: float) -> str:
    """Write the size of a difference with its unit; shares differ by points."""
    gap = abs(gap)
    if change.object == "feeling":
        return f"{gap:.1f}" if gap >= LEAST_SHOWN else number(gap)
    is_point = change.metric in POINTS or is_share(change)
    size = 100 * gap if is_share(change) else gap
    words = f"{size:,.0f}" if size >= WHOLE_FROM else number(size)
    return f"{words} {'points' if is_point else change.unit}".strip()


def say_verdict(change: Change) -> str:
    """Say in a few words what became of it.

    Examples
    --------
    >>> say_verdict(Change(object="feeling", delta=0.41, lo=0.3, hi=0.5, verdict="improved"))
    'better by 0.4'
    >>> say_verdict(Change(object="feeling", delta=0.1, lo=-0.3, hi=0.5, verdict="no evidence"))
    'no sure change'
    """
    if change.is_sure and change.delta is not None:
        return f"{SURE[change.verdict]} by {say_gap(change, change.delta)}"
    return {NO_EVIDENCE: "no sure change", TOO_FEW: "too few to compare"}.get(change.verdict, change.verdict)


def say_outcome(change: Change) -> str:
    """Say what became of it, and where nothing sure did, how large a change could have hidden."""
    return "; ".join(filter(None, (say_verdict(change), say_visible(change))))


def say_visible(change: Change) -> str:
    """Say how large a change could have hidden, where none was found."""
    if change.verdict != NO_EVIDENCE or not change.visible:
        return ""
    return f"could only have seen {say_gap(change, change.visible)}"
