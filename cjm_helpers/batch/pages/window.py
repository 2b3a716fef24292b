"""Says from which day to which day the data of a run reach, and which wave is compared with which."""

from collections.abc import Mapping

import pandas as pd

from cjm_helpers.batch.pages.notices import tell_notices
from cjm_helpers.study.folder import Study
from cjm_helpers.study.selection import list_heard, select_rows
from cjm_helpers.study.settings import ALL_WAVES

NO_DAYS = "without a date"


def tell_window(study: Study, *, wave: str) -> dict[str, object]:
    """Tell which days the answers, feedback and events of a wave reach from and to, and what it is compared with.

    Returns
    -------
    dict
        waves, a sentence; kinds, one dict for each kind of data that there is: name, days, rows; notices, what is to be
        known first.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> told = tell_window(open_study("retail_checkout"), wave="2026-09")
    >>> told["waves"]
    '2026-09 (1 to 30 September 2026), compared with 2026-03 (1 to 31 March 2026)'
    >>> told["kinds"][0]
    {'name': 'Survey answers', 'days': '1 to 29 September 2026', 'rows': 6373}
    """
    part = select_rows(study, wave=wave)
    kinds = [tell(part) for tell in KINDS]
    told = [kind for kind in kinds if kind["rows"] != 0]
    silent = [tell for tell, kind in zip(KINDS, kinds, strict=True) if part.earlier and kind not in told]
    missing = [kind["name"].lower() for kind in (tell(part.earlier) for tell in silent) if kind["rows"]]
    return {"waves": _tell_waves(part), "kinds": told, "notices": tell_notices(part, missing=missing)}


def write_span(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """Write two days as a reader says them, without saying month and year twice.

    Examples
    --------
    >>> write_span(pd.Timestamp("2026-03-01"), pd.Timestamp("2026-03-31"))
    '1 to 31 March 2026'
    """
    end = f"{last.day} {last.month_name()} {last.year}"
    if first.date() == last.date():
        return end
    month = "" if (first.year, first.month) == (last.year, last.month) else f" {first.month_name()}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first.day}{month}{year} to {end}"


def _tell_answers(part: Study) -> dict[str, object]:
    answers = part.responses
    return _tell_kind("Survey answers", answers["date"], rows=int(answers["count"].fillna(1).sum()))


def _tell_feedback(part: Study) -> dict[str, object]:
    return _tell_kind("Feedback in words", part.feedback["date"], rows=len(part.feedback))


def _tell_kind(name: str, days: pd.Series, *, rows: int) -> dict[str, object]:
    known = pd.to_datetime(days).dropna()
    return {"name": name, "days": write_span(known.min(), known.max()) if len(known) else NO_DAYS, "rows": rows}


def _tell_events(part: Study) -> dict[str, object]:
    """Return the events' days in the study's own time zone; a log that cannot be read is a failure of each report."""
    name = "Events in the log"
    try:
        found = _count_events(part)
    except Exception:  # of whatever engine holds them
        return {"name": name, "days": "the log could not be read", "rows": None}
    ends = pd.Series([found["first"], found["last"]])
    zone = part.settings.timezone
    return _tell_kind(name, pd.to_datetime(ends).dt.tz_localize("UTC").dt.tz_convert(zone), rows=int(found["rows"]))


def _count_events(part: Study) -> Mapping:
    events = part.events
    if events is None:
        return {"first": pd.NaT, "last": pd.NaT, "rows": 0}
    time = events.timestamp
    return events.aggregate(first=time.min(), last=time.max(), rows=events.count()).to_pandas().iloc[0].to_dict()


def _tell_waves(part: Study) -> str:
    if part.wave == ALL_WAVES:
        return "All waves together" if part.settings.waves else ""
    if part.wave not in list_heard(part.whole):
        return _name_wave(part, part.wave)
    said = [_name_wave(part, part.wave)]
    said += [_name_wave(part, part.earlier.wave)] if part.earlier else []
    return ", compared with ".join(said) if part.earlier else f"{said[0]}; no wave before it to compare it with"


def _name_wave(part: Study, wave: str) -> str:
    known = next(one for one in part.settings.waves if one.id == wave)
    return f"{wave} ({write_span(pd.Timestamp(known.start), pd.Timestamp(known.end))})"


KINDS = (_tell_answers, _tell_feedback, _tell_events)
