"""Plans the reports of a study and checks every parameter before any kernel starts."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import NamedTuple

from cjm_helpers.batch.names import PERSONA, name_pages, say_name
from cjm_helpers.batch.parameters import check_reports, list_parameters
from cjm_helpers.batch.planner import COMPARISON, Planner
from cjm_helpers.batch.records.record import list_compared
from cjm_helpers.batch.report import Report
from cjm_helpers.batch.rows import WAVE, read_rows
from cjm_helpers.errors import CjmError, ParameterError
from cjm_helpers.study.dimensions import list_dimensions
from cjm_helpers.study.folder import Study
from cjm_helpers.study.heard import count_people, find_known, list_people
from cjm_helpers.study.selection import find_wave, list_heard
from cjm_helpers.study.settings import ALL_WAVES, EVERYONE, NEWEST

LEAST_COMPARED, MOST_COMPARED = 2, 12
TOO_MANY = (
    f"more than {MOST_COMPARED} personas cannot be read side by side: choose some with --persona, and a folder of "
    "their own with --out"
)


@dataclass(frozen=True)
class LeftOut:
    """A combination that gets no report: its name, what it is of each lens, and the reason in words."""

    name: str
    lens: Mapping[str, str]
    reason: str


@dataclass(frozen=True)
class Plan:
    """All reports of a folder, everyone first and the comparisons last, and the combinations that get none.

    others are the pages of those that are about somebody who was not asked for: a run leaves them as they are, as it
    does comparisons that an earlier run made and this one has no notebook for, older by name and page.
    """

    whole: tuple[Report, ...]
    left_out: tuple[LeftOut, ...] = ()
    others: frozenset[Path] = frozenset()
    older: tuple[tuple[str, Path], ...] = ()

    @property
    def reports(self) -> tuple[Report, ...]:
        """The reports that were asked for."""
        return tuple(report for report in self.whole if report.page not in self.others)

    @property
    def wave(self) -> str:
        """The wave of all its reports, "all" where they are of several."""
        waves = {report.facts["wave"] for report in self.whole}
        return waves.pop() if len(waves) == 1 else ALL_WAVES


class _Group(NamedTuple):
    """The reports of one combination of all lenses but the persona: on whom, on whom not, and who could be compared."""

    lens: Mapping[str, str]
    made: list[str]
    left_out: list[str]
    known: list[str]


def plan_reports(
    study: Study, *, notebook: Path, look: Path, out: Path, comparison: Path | None = None, personas=(), wave=NEWEST,
    each: Sequence[str] = (PERSONA,), rows=None,
) -> Plan:  # fmt: skip
    """Plan one report for each persona and one for everyone, everyone first, and last the one that compares them.

    Parameters
    ----------
    study
        The opened study; its personas, waves and dimensions are what is allowed.
    notebook
        The papermill notebook that every persona's report is made with.
    look, out
        Folder of the HTML look, and folder of the pages.
    comparison
        The papermill notebook that lays two to twelve personas side by side; none = no such report.
    personas
        Ids of the personas to report on; none = everyone and each persona. Reports on others, and a comparison that an
        earlier run made with others among them, are planned too, and told apart.
    wave
        A wave's id, `newest` or `all`.
    each
        What to make a report for each of: persona, wave and dimensions of study.toml, such as ("persona", "market").
        Combinations with fewer customers than the study's min_n are left out, where it is more than personas.
    rows
        A table with one row for each report instead, as `read_rows` takes it.

    Returns
    -------
    Plan

    Raises
    ------
    ParameterError
        For a persona, wave or dimension that the study does not know.
    NotebookTakesNot
        For a parameter that a notebook does not take.
    FaultsFound
        For a table of reports with faults.
    CjmError
        Where what is asked for cannot go together, or leaves nothing to report on.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> from cjm_helpers.study.kit import kit_folder
    >>> folder, study = kit_folder() / "templates" / "reports", open_study("clinic_visit")
    >>> places = {"notebook": folder / "persona_report.ipynb", "look": folder / "html", "out": Path("pages")}
    >>> [report.page.name for report in plan_reports(study, **places, personas=["regular"]).reports]
    ['regular.html']
    """
    comparison = Path(comparison) if comparison else None
    planner = Planner(study, Path(notebook), comparison, Path(look), Path(out), find_wave(study, wave))
    for persona_id in personas:
        if persona_id not in planner.names:
            raise ParameterError("persona_id", persona_id, planner.names)
    if rows is None:
        plan = _plan_each(planner, tuple(dict.fromkeys(personas)), each=_check_each(study, each, wave=wave))
    else:
        _refuse_beside_rows(personas, each)
        plan = _plan_rows(planner, Path(rows), is_of_wave=wave != NEWEST)
    check_reports(plan.reports)
    return plan


def _check_each(study: Study, each: Sequence[str], *, wave: str) -> tuple[str, ...]:
    waves = [WAVE] if study.settings.waves else []
    allowed = [PERSONA, *waves, *study.settings.dimensions]
    for name in each or [""]:
        if name not in allowed:
            raise ParameterError("each", name, allowed)
    if WAVE in each and wave != NEWEST:
        raise CjmError(
            f"--each wave makes reports of every wave, --wave {wave} only of that one: leave one of them out."
        )
    return tuple(dict.fromkeys(each))


def _refuse_beside_rows(personas: Sequence[str], each: Sequence[str]) -> None:
    asked = "--persona" if personas else "--each" if tuple(each) != (PERSONA,) else ""
    if asked:
        raise CjmError(
            f"--parameters names each report in a row of its own, so {asked} cannot choose too. Leave one out."
        )


def _plan_rows(planner: Planner, file: Path, *, is_of_wave: bool) -> Plan:
    """Plan a report for each row; a notebook that does not take the wave asked for is refused by its parameters."""
    rows = read_rows(file, study=planner.study, notebook=planner.notebook, wave=planner.wave)
    taken = {"study", *list_parameters(planner.notebook), *([WAVE] if is_of_wave else [])}
    return Plan(tuple(planner.plan_row(row, taken) for row in rows))


def _plan_each(planner: Planner, personas: tuple[str, ...], *, each: tuple[str, ...]) -> Plan:
    asked = personas or tuple(planner.names)
    listed = tuple(planner.names) if PERSONA in each else tuple(dict.fromkeys((EVERYONE, *personas)))
    lenses = _list_lenses(planner.study, [name for name in each if name != PERSONA])
    pages = name_pages((one, *lens.values()) for lens in lenses for one in (*planner.names, ""))
    groups = [_group_known(planner, listed)] if each == (PERSONA,) else list(_group_heard(planner, listed, lenses))
    groups = [group._replace(known=[one for one in group.known if one in asked]) for group in groups]
    reports, comparisons = [], []
    for group in groups:
        lens, own = group.lens, {one: pages[one, *group.lens.values()] for one in (*group.made, "")}
        compared = _choose_compared(planner, group.known, asked=asked, page=own[""])
        there = own[""] if compared else ""
        reports += [planner.plan_report(one, lens=lens, page=own[one], compared=there) for one in group.made]
        comparisons += [planner.plan_comparison(compared, lens=lens, page=there)] if compared else []
    whole = (*reports, *comparisons)
    others = {one.page for one in whole if not {*one.parameters.get("persona_ids", [one.persona_id])} <= {*asked}}
    if len(others) == len(whole):
        raise CjmError(f"No combination of {', '.join(each)} has {planner.study.settings.min_n} customers or more.")
    unmade = [group.lens for group in groups if not planner.comparison]
    older = tuple((say_name(COMPARISON, lens), planner.out / pages["", *lens.values()]) for lens in unmade)
    return Plan(whole, _list_left_out(planner, groups), frozenset(others), older)


def _choose_compared(planner: Planner, known: list[str], *, asked: Collection[str], page: str) -> list[str]:
    """Return whom the comparison lays side by side; one that compares others too stays what an earlier run made."""
    before = list_compared(planner.out / page) if planner.comparison else []
    if any(one in planner.names and one not in asked for one in before):
        return [one for one in planner.names if one in before]
    return known if LEAST_COMPARED <= len(known) <= MOST_COMPARED else []


def _list_lenses(study: Study, names: Sequence[str]) -> list[dict[str, str]]:
    """Return every combination of the values of waves and dimensions; one of nothing where none is asked for."""
    values: dict[str, list[str]] = {WAVE: list_heard(study)} | {name: [] for name in study.settings.dimensions}
    for one in list_dimensions(study):
        name, _, value = one.partition("=")
        values[name].append(value)
    return [dict(zip(names, one, strict=True)) for one in product(*(values[name] for name in names))]


def _group_known(planner: Planner, chosen: Collection[str]) -> _Group:
    """Return the group of a run by persona alone: each is reported on, and compared is of whom anything is known."""
    known = []
    if planner.comparison and len({*chosen} - {EVERYONE}) >= LEAST_COMPARED:
        heard = find_known(planner.study, wave=planner.wave)
        known = [one for one in planner.names if one in heard and one in chosen]
    return _Group({}, list(chosen), [], known)


def _group_heard(planner: Planner, chosen: Collection[str], lenses: Sequence[Mapping[str, str]]) -> Iterator[_Group]:
    """Yield a group for each lens; on whom has too few customers there, no report is made."""
    if not lenses:  # a dimension of which nobody has a value
        return
    dimensions = [name for name in lenses[0] if name != WAVE]
    people = list_people(planner.study, dimensions=dimensions)
    counts = count_people(people, waves={planner.find_wave(lens) for lens in lenses}, dimensions=dimensions)
    for lens in lenses:
        place = planner.find_wave(lens), *(lens[name] for name in dimensions)
        made = [one for one in chosen if counts.get((one, *place), 0) >= planner.study.settings.min_n]
        known = [one for one in planner.names if one in made and one != EVERYONE] if planner.comparison else []
        yield _Group(lens, made, [one for one in chosen if one not in made], known)


def _list_left_out(planner: Planner, groups: Sequence[_Group]) -> tuple[LeftOut, ...]:
    reason = f"fewer than {planner.study.settings.min_n} customers, who might be recognised"
    few = [
        LeftOut(say_name(planner.names[one], group.lens), {PERSONA: one, **group.lens}, reason)
        for group in groups
        for one in group.left_out
    ]
    crowded = [group.lens for group in groups if len(group.known) > MOST_COMPARED]
    return *few, *(LeftOut(say_name(COMPARISON, lens), {PERSONA: "", **lens}, TOO_MANY) for lens in crowded)
