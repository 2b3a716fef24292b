"""The parts of the form for study.toml: what each shows, and what it makes of what was typed."""

import re
from functools import cache
from unicodedata import normalize
from zoneinfo import available_timezones

from cjm_helpers.errors import CjmError
from cjm_helpers.lab import page
from cjm_helpers.lab.import_file import read_day
from cjm_helpers.lab.import_match import GOOD_ENDS
from cjm_helpers.study.folder import Study
from cjm_helpers.study.ids import LONGEST, RESERVED, make_id
from cjm_helpers.study.settings import ATTRIBUTE_KINDS, ENDS, Settings

NONE = "none"
DEPARTMENT = "Department of"


class Lines:
    """A list in the form whose lines can be added, moved and removed: keys stand for lines, however they are called."""

    def __init__(self, names):
        self.keys, self._known = list(names), tuple(names)
        self._made: list[str] = []

    def add(self) -> None:
        """Add a line at the end, under a key that no line has or had."""
        self._made.append(make_id("new1", [*self._known, *self._made]))
        self.keys.append(self._made[-1])

    def is_new(self, key: str) -> bool:
        """Tell whether a line was added in the form, so that study.toml does not know it."""
        return key in self._made

    def raise_line(self, key: str) -> None:
        """Move a line one place up."""
        at = self.keys.index(key)
        if at:
            self.keys[at - 1], self.keys[at] = key, self.keys[at - 1]


def show_about(settings: Settings) -> dict:
    """Return the fields for name, organisation and scenario."""
    scenario, organisation = settings.scenario, settings.look.get("organisation", "")
    return page.group("What is it about?", [
        page.field("name", "Name of the study", value=settings.name, help="Stands on every page."),
        page.field("organisation", "Organisation", value=organisation, help="Stands on reports."),
        page.field("scenario", "The journey", value=scenario.name, help="What it is called, such as 'Buying online'."),
        page.field("starts_with", "It begins when the customer", value=scenario.starts_with, help="... sees an offer"),
        page.field("ends_with", "It ends when the customer", value=scenario.ends_with, help="... recommends or leaves"),
    ])  # fmt: skip


def show_stages(lines: Lines) -> dict:
    """Return the stages in order, each with its buttons."""
    rows = [
        [
            page.field(f"stage:{key}", "Name of the stage", value="" if lines.is_new(key) else key),
            page.button(f"stage_up:{key}", "Up"), page.button(f"stage_out:{key}", "Remove"),
        ]
        for key in lines.keys
    ]  # fmt: skip
    help = page.text("In the order in which customers go through them. A new name is carried into your rows.")
    return page.group("Stages", [help, page.table(["Stage", "", ""], rows), page.button("stage_add", "Add a stage")])


def show_waves(lines: Lines, settings: Settings) -> dict:
    """Return the waves with their days."""
    known = {wave.id: wave for wave in settings.waves}
    rows = []
    for key in lines.keys:
        wave = known.get(key)
        days = (str(wave.start), str(wave.end)) if wave else ("", "")
        rows.append([
            page.field(f"wave:{key}", "Name of the wave", value=wave.id if wave else ""),
            page.field(f"wave_start:{key}", "First day", kind="date", value=days[0]),
            page.field(f"wave_end:{key}", "Last day", kind="date", value=days[1]),
            page.button(f"wave_out:{key}", "Remove"),
        ])  # fmt: skip
    help = page.text("Each round of listening, such as 2026-03. A row without a wave gets it from its day.")
    columns = ["Wave", "From", "To", ""]
    return page.group("Waves", [help, page.table(columns, rows), page.button("wave_add", "Add a wave")])


def show_metrics(lines: Lines, settings: Settings) -> dict:
    """Return the questions asked, with their scales."""
    boxes = []
    for key in lines.keys:
        one = settings.metrics.get(key)
        name = [] if one else [page.field(f"metric:{key}", "Short name", help="Such as csat, or ease of payment.")]
        better = one.better if one else ENDS[0]
        ends = [
            page.field(f"min:{key}", "Lowest answer", kind="number", value=f"{one.min:g}" if one else "1"),
            page.field(f"max:{key}", "Highest answer", kind="number", value=f"{one.max:g}" if one else "5"),
            page.select(f"better:{key}", "Which end is good?", options=GOOD_ENDS, value=better),
            page.button(f"metric_out:{key}", "Remove"),
        ]
        wording = page.field(f"question:{key}", "What was asked?", value=one.question if one else "")
        title = _name_question(key, settings) if one else "A new question"
        boxes.append(page.group(title, [*name, wording, page.row(ends)]))
    help = page.text("A changed wording or scale is a new question: answers to the old one are never mixed with it.")
    return page.group("Questions asked", [help, *boxes, page.button("metric_add", "Add a question")])


def _name_question(name: str, settings: Settings) -> str:
    question = settings.metrics[name].question
    return f"{question} ({name})" if question else name


def show_map(settings: Settings) -> dict:
    """Return which question draws the emotion curve, which one is the outcome, and how small a group may be."""
    options = [(NONE, "None yet"), *((name, _name_question(name, settings)) for name in settings.metrics)]
    emotion, outcome = settings.emotion[0] if settings.emotion else NONE, settings.outcome or NONE
    return page.group("What the map shows", [
        page.select("emotion", "The emotion curve comes from", options=options, value=emotion),
        page.select("outcome", "The journey went well when this is high", options=options, value=outcome,
                    help="Such as the question about recommending; impact is measured on it."),
        page.field("min_n", "Smallest group that is shown", kind="number", value=settings.min_n,
                   help="Groups with fewer customers are not shown, so that nobody is recognised."),
        page.select("timezone", "Time zone", options=list_timezones(),
                    value=settings.timezone, help="Days begin at midnight there."),
    ])  # fmt: skip


@cache  # read from the disk, and a form is shown often
def list_timezones() -> tuple[str, ...]:
    """Return the names of all time zones.

    Examples
    --------
    >>> "Europe/Berlin" in list_timezones()
    True
    """
    return tuple(sorted(available_timezones()))


def show_people(lines: Lines, study: Study, *, values: dict) -> list[dict]:
    """Return who rates and codes, and what the columns about customers hold; values are what was typed so far."""
    rows = []
    for key in lines.keys:
        is_new = lines.is_new(key)
        person = page.field(f"person:{key}", "Name") if is_new else key
        value = study.settings.team.get(key, "")
        called = (values.get(f"person:{key}", "").strip() or "the new person") if is_new else key
        rows.append(
            [
                person,
                page.field(f"team:{key}", f"{DEPARTMENT} {called}", value=value),
                page.button(f"team_out:{key}", "Remove"),
            ]
        )
    help = page.text("Who rates and codes, and from which department: the foot of the map says who was heard.")
    team = page.group(
        "Team", [help, page.table(["Who", "Department", ""], rows), page.button("team_add", "Add a person")]
    )
    columns = list_attributes(study)
    if not columns:
        return [team]
    kinds = study.settings.customers
    lines_ = [
        [name, page.select(f"kind:{name}", f"{name} is", options=("", *ATTRIBUTE_KINDS), value=kinds.get(name, ""))]
        for name in columns
    ]
    ticked = [column for column in study.settings.dimensions.values() if column in columns]
    split = page.tick_list("dimensions", "Reports can be split by", options=columns, value=ticked)
    return [team, page.group("About customers", [page.table(["Column", "It holds"], lines_), split])]


def list_attributes(study: Study) -> list[str]:
    """Return the columns of customers that the team chose itself.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> list_attributes(open_study("retail_checkout"))[:2]
    ['country', 'age']
    """
    return [name for name in study.customers.columns if name not in ("customer_id", "wave")]


def read_stages(lines: Lines, values: dict) -> tuple[list[str], dict[str, str]]:
    """Return the stages in order, and new names by old ones.

    Examples
    --------
    >>> read_stages(Lines(["Buy"]), {"stage:Buy": "Purchase"})
    (['Purchase'], {'Buy': 'Purchase'})
    """
    names = [values.get(f"stage:{key}", key).strip() for key in lines.keys]
    old = {key: name for key, name in zip(lines.keys, names) if not lines.is_new(key) and name and key != name}
    return [name for name in names if name], old


def read_waves(lines: Lines, values: dict, *, settings: Settings) -> list[dict]:
    """Return the waves as study.toml spells them.

    Examples
    --------
    >>> typed = {"wave:may": "2026-05", "wave_start:may": "2026-05-01", "wave_end:may": "2026-05-31"}
    >>> read_waves(Lines(["may"]), typed, settings=Settings("Shop"))[0]["end"].day
    31
    """
    known, waves = {wave.id: wave for wave in settings.waves}, []
    for key in lines.keys:
        wave = known.get(key)
        name = values.get(f"wave:{key}", key if wave else "").strip()
        start = values.get(f"wave_start:{key}", str(wave.start) if wave else "")
        end = values.get(f"wave_end:{key}", str(wave.end) if wave else "")
        if name or start or end:
            waves.append({"id": name, "start": read_day(start), "end": read_day(end)})
    return waves


def read_metrics(lines: Lines, values: dict, *, settings: Settings) -> dict:
    """Return the questions as study.toml spells them; those that are gone are None."""
    changes: dict = {name: None for name in settings.metrics if name not in lines.keys}
    for key in lines.keys:
        one, name = settings.metrics.get(key), key
        if one is None:
            name = values.get(f"metric:{key}", "").strip()
            if not name:
                raise CjmError("A new question has no short name yet. Write one, such as csat, or remove it.")
            typed, name = name, make_id(name, [*settings.metrics, *changes])
        asked = {"question": values.get(f"question:{key}", one.question if one else "").strip()}
        if one is None and not asked["question"] and typed != name:
            asked["question"] = typed  # as it was written, where the id is not
        asked |= {end: read_number(values.get(f"{end}:{key}", str(getattr(one, end, "")))) for end in ("min", "max")}
        asked["better"] = values.get(f"better:{key}", one.better if one else ENDS[0])
        old = {"question": one.question, "min": one.min, "max": one.max, "better": one.better} if one else None
        if asked != old:
            changes[name] = {part: value for part, value in asked.items() if value != ""}
    return changes


def read_number(text: str) -> int | float:
    """Return a number typed with a point or a comma.

    Raises
    ------
    CjmError
        With the way to write it.

    Examples
    --------
    >>> read_number("5"), read_number("0,5")
    (5, 0.5)
    """
    try:
        number = float(str(text).strip().replace(",", "."))
    except ValueError:
        raise CjmError(f"'{text}' is not readable as a number. Write digits, such as 5.") from None
    return int(number) if number.is_integer() else number


def read_team(lines: Lines, values: dict, *, settings: Settings) -> dict:
    """Return who belongs to which department; people who are gone are None.

    Examples
    --------
    >>> read_team(Lines(["ana"]), {"team:ana": "Service"}, settings=Settings("Shop"))
    {'ana': 'Service'}
    """
    changes: dict = {name: None for name in settings.team if name not in lines.keys}
    for key in lines.keys:
        is_new = lines.is_new(key)
        name = values.get(f"person:{key}", "").strip() if is_new else key
        if name:
            person = _name_person(name, taken=[*settings.team, *changes]) if is_new else key
            changes[person] = values.get(f"team:{key}", settings.team.get(key, "")).strip()
    return {name: value for name, value in changes.items() if value != settings.team.get(name)}


def _name_person(name: str, *, taken: list[str]) -> str:
    """Return a name as it is written, where it can name a file with that person's rows; else an id made from it."""
    name = normalize("NFC", name)
    used = {one.casefold() for one in taken} | RESERVED
    is_fine = re.fullmatch(r"\w[\w. -]*", name) and len(name) <= LONGEST and name.casefold() not in used
    return name if is_fine else make_id(name, taken)
