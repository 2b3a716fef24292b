"""Writes down one planned report: its name, page, parameters, and the facts that its page tells."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cjm_helpers.batch.names import PERSONA, name_personas, say_name
from cjm_helpers.batch.report import Report
from cjm_helpers.batch.rows import WAVE, Row
from cjm_helpers.study.dimensions import join_dimensions
from cjm_helpers.study.folder import Study
from cjm_helpers.study.settings import EVERYONE

ALL_OF_THEM = "All customers together"
COMPARISON = "Personas compared"
WHAT_IT_COMPARES = "Where they really differ, what each names most, and what changed for whom"


@dataclass(frozen=True)
class Planner:
    """What all reports of a plan share: study, notebooks, look, folder of the pages, and the wave of the run."""

    study: Study
    notebook: Path
    comparison: Path | None
    look: Path
    out: Path
    wave: str

    @cached_property
    def names(self) -> dict[str, str]:
        return name_personas(self.study)

    @cached_property
    def taglines(self) -> dict[str, str]:
        personas = self.study.personas
        return {EVERYONE: ALL_OF_THEM, **dict(zip(personas["persona_id"], personas["tagline"], strict=True))}

    @cached_property
    def facts(self) -> dict[str, str]:
        settings = self.study.settings
        return {
            "study": settings.name,
            "scenario": settings.scenario.name,
            "organisation": settings.look.get("organisation", ""),
        }

    def plan_report(self, persona_id: str, *, lens: Mapping[str, str], page: str, compared: str = "") -> Report:
        """Plan the report of a persona; lens says what else it is of, compared is the page of its comparison."""
        facts = self._tell(lens, compared=compared, tagline=self.taglines[persona_id])
        name, parameters = say_name(self.names[persona_id], lens), self.set_up(lens) | {"persona_id": persona_id}
        lens = {PERSONA: persona_id, **lens}
        return Report(persona_id, name, self.notebook, self.out / page, self.look, parameters, facts, lens)

    def plan_comparison(self, persona_ids: list[str], *, lens: Mapping[str, str], page: str) -> Report:
        """Plan the report that compares some personas."""
        facts = self._tell(lens, compared=page, tagline=WHAT_IT_COMPARES)
        name, parameters = say_name(COMPARISON, lens), self.set_up(lens) | {"persona_ids": persona_ids}
        lens = {PERSONA: "", **lens}
        return Report("", name, self.comparison, self.out / page, self.look, parameters, facts, lens)

    def plan_row(self, row: Row, taken: Collection[str]) -> Report:
        """Plan the report of a row of a table, for a notebook that takes some of the parameters."""
        persona_id, lens = row.lens[PERSONA], {WAVE: row.values.get(WAVE, self.wave)}
        usual = {name: value for name, value in self.set_up(lens).items() if name in taken}
        facts, page = self._tell(lens, tagline=self.taglines[persona_id]), self.out / row.page
        return Report(persona_id, row.name, self.notebook, page, self.look, usual | row.values, facts, row.lens)

    def set_up(self, lens: Mapping[str, str]) -> dict[str, object]:
        """Return the parameters that every report of a lens takes."""
        kinds = {name: value for name, value in lens.items() if name != WAVE}
        told = {
            "study": str(self.study.folder.resolve()),
            "wave": self.find_wave(lens),
            "seed": self.study.settings.seed,
        }
        return told | ({"dimension": join_dimensions(kinds)} if kinds else {})

    def find_wave(self, lens: Mapping[str, str]) -> str:
        """Return the wave of a lens, that of the run where it names none."""
        return lens.get(WAVE, self.wave)

    def _tell(self, lens: Mapping[str, str], *, tagline: str, compared: str = "") -> dict[str, str]:
        return self.facts | {"wave": self.find_wave(lens), "comparison": compared, "tagline": tagline}
