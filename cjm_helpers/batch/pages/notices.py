"""Says what whoever opens the index must know first: what did not come in, what vanished, who is heard by too few."""

from collections.abc import Sequence
from typing import NamedTuple

from cjm_helpers.study.cautions import find_emptied
from cjm_helpers.study.folder import Study
from cjm_helpers.study.selection import list_heard
from cjm_helpers.study.settings import ALL_WAVES
from cjm_helpers.study.sources.columns import find_vanished

ENOUGH = 30  # customers from which a figure is no mere hint
SHOWN = 10
STEADY = {"survey": "surveys", "review": "reviews", "social": "social media", "poll": "polls", "support": "support"}
AGAIN = "If an export is late, put it into raw/ and run: cjm update {study} --wave {wave}"
GONE = (
    "If that was not meant, export it again and repeat the update; if it was, what hung on it counts as not asked "
    "from now on."
)
CODE = "Code them in the notebook 04_feedback, then report again."
ASK_MORE = "Read these figures as hints only, and ask more people before you decide."


class Notice(NamedTuple):
    """What is to be known, and what to do about it."""

    what: str
    do: str


def tell_notices(part: Study, *, missing: Sequence[str] = ()) -> list[Notice]:
    """Tell which imported tables are empty, what did not come in for a wave, and which columns its exports lost.

    Parameters
    ----------
    part
        A study as `select_rows` returns it, for everyone.
    missing
        Kinds of data that the wave before had and this one lacks.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> from cjm_helpers.study.selection import select_rows
    >>> tell_notices(select_rows(open_study("retail_checkout")))
    []
    """
    emptied = [Notice(f"{one.file}: {one.what}", one.remedy) for one in find_emptied(part.whole)]
    if part.wave == ALL_WAVES:
        return emptied
    vanished = find_vanished(part.folder, part.settings, wave=part.wave)
    told = [
        f"The export {one.export} no longer has the {_count(one.columns)}, which it had in {one.before}"
        + (f"; new in it: {', '.join(one.new)}." if one.new else ".")
        for one in vanished
    ]
    lost = [Notice(what, GONE) for what in told]
    return [*emptied, *_tell_silence(part, list(missing)), *lost, *_tell_uncoded(part)]


def tell_falls(outcomes: Sequence) -> list[Notice]:
    """Tell for whom fewer than 30 customers were heard in this wave, and 30 or more in the wave before.

    Parameters
    ----------
    outcomes
        Outcomes of reports; reads n and since of their summaries.

    Examples
    --------
    >>> from types import SimpleNamespace as Thing
    >>> outcome = Thing(report=Thing(name="Anna"), summary={"n": 22, "since": {"n_before": 41}})
    >>> tell_falls([outcome])[0].what
    'Fewer than 30 customers were heard: Anna 22 (41 in the wave before).'
    """
    fallen = []
    for outcome in outcomes:
        n, before = outcome.summary.get("n"), outcome.summary.get("since", {}).get("n_before")
        if n is not None and before is not None and n < ENOUGH <= before:
            count = f"{n:,.0f}" if n else "none"
            fallen.append(f"{outcome.report.name} {count} ({before:,.0f} in the wave before)")
    more = f"; and {len(fallen) - SHOWN} more" if len(fallen) > SHOWN else ""
    said = f"Fewer than {ENOUGH} customers were heard: {'; '.join(fallen[:SHOWN])}{more}."
    return [Notice(said, ASK_MORE)] if fallen else []


def _tell_silence(part: Study, missing: list[str]) -> list[Notice]:
    """Tell that nothing came in for the wave, or nothing of a kind or source that the wave before had."""
    again = AGAIN.format(study=part.folder.resolve().name, wave=part.wave)
    heard = list_heard(part.whole)
    if part.wave not in heard:
        newest = f" The newest data are of {heard[-1]}." if heard else ""
        return [Notice(f"No new data: no answer, no verbatim and no reading is of {part.wave}.{newest}", again)]
    if part.earlier is None:
        return []
    if len(part.earlier.kpi_readings) and part.kpi_readings.empty:
        missing.append("KPI readings")
    sources, before = (set(side.feedback["source"]) for side in (part, part.earlier))
    silent = [name for source, name in STEADY.items() if source in before - sources] if sources else []
    if silent:
        missing.append(f"words from {', '.join(silent)}")
    what = f"No new data in {part.wave} of what {part.earlier.wave} had: {'; '.join(missing)}."
    return [Notice(what, again)] if missing else []


def _tell_uncoded(part: Study) -> list[Notice]:
    """Tell that nobody has coded what customers said in this wave, where a team codes."""
    count = len(part.feedback)
    if not count or len(part.codings) or part.whole.codings.empty:
        return []
    what = (
        f"Nobody has coded what customers said in {part.wave} yet ({count:,} verbatims), so no theme is drawn from it."
    )
    return [Notice(what, CODE)]


def _count(columns: tuple[str, ...]) -> str:
    return f"column{'' if len(columns) == 1 else 's'} {', '.join(columns)}"
