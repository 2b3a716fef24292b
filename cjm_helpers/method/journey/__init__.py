"""Journey: what every step found, gathered into one map for one persona and wave."""

from dataclasses import dataclass, field

import pandas as pd

from cjm_helpers.method.journey.brief import write_brief
from cjm_helpers.method.journey.cells import assemble_cells
from cjm_helpers.method.journey.checklist import check_map
from cjm_helpers.method.journey.findings import write_context, write_finding, write_headline
from cjm_helpers.method.journey.foot import write_evidence, write_foot
from cjm_helpers.method.journey.gaps import list_gaps
from cjm_helpers.method.journey.guide import write_interview_guide
from cjm_helpers.method.journey.hypothesis import keep_first_shelf
from cjm_helpers.method.journey.parts import Parts, gather_parts
from cjm_helpers.method.journey.research import list_research
from cjm_helpers.method.journey.since import tell_since
from cjm_helpers.method.journey.steps import describe_lens

__all__ = ["build_journey", "keep_first_shelf", "list_research", "write_brief", "write_interview_guide"]


@dataclass(frozen=True)
class Journey:
    """One map in words and numbers: its lens, its steps, one row per thing on it, and the sentences written from them.

    steps are the columns of the map in order: step_id ("3.2"), stage, touchpoint_id, name; all_steps those of the whole
    study, in which a number means the same for every persona and wave. cells has one row per thing, told apart by lane:
    step, quote, emotion, interview, touchpoint, channel, need, pain, delight, kpi, opportunity, backstage, support.
    headline lists label, text and n of the leading figures; gaps says in sentences what is not known, checklist what a
    complete and sound map has; since what became of the persona since the last wave (verdict, sentence, n_before);
    parts holds the tables of every step.
    """

    persona_id: str
    wave: str
    lens: dict
    steps: pd.DataFrame
    cells: pd.DataFrame
    finding: str
    context: str
    headline: list[dict]
    foot: str
    gaps: pd.DataFrame
    checklist: pd.DataFrame
    since: dict = field(default_factory=dict)
    parts: Parts | None = field(default=None, repr=False, compare=False)
    all_steps: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)


def build_journey(study, *, seed: int = 0, bootstraps: int = 200) -> Journey:
    """Gather one persona's journey in one wave from a selected study.

    Touchpoints alone already give a map; what nobody was asked is said in gaps, never guessed. A cell from fewer than
    the study's min_n customers holds no number. The same study gives the same journey, byte for byte.

    Parameters
    ----------
    study
        A study as `open_study` and `select_rows` return it; its tables are read, never changed.
    seed, bootstraps
        For the interval of each touchpoint's impact on the outcome.

    Examples
    --------
    >>> import cjm_helpers as cjm
    >>> part = cjm.select_rows(cjm.open_study("retail_checkout"), persona_id="busy_parent")
    >>> journey = build_journey(part, bootstraps=2)
    >>> journey.finding.startswith("Lowest at 3.5 Payment page"), journey.steps["stage"].iloc[0]
    (True, 'Awareness')
    """
    parts = gather_parts(study, seed=seed, bootstraps=bootstraps)
    cells = assemble_cells(parts)
    checklist = check_map(parts, cells)
    return Journey(
        persona_id=study.persona_id,
        wave=study.wave,
        lens={**describe_lens(study), "evidence": write_evidence(study, parts.event_counts)},
        steps=parts.steps,
        all_steps=parts.all_steps,
        cells=cells,
        finding=write_finding(cells, parts.steps),
        context=write_context(cells, parts.steps, min_n=parts.min_n),
        headline=write_headline(parts, cells),
        foot=write_foot(parts, cells),
        gaps=list_gaps(parts, cells, checklist=checklist),
        checklist=checklist,
        since=tell_since(study, parts.changes),
        parts=parts,
    )
