"""Hypothesis: the first shelf alone, as if nobody had been listened to yet."""

from types import SimpleNamespace

from cjm_helpers.worksheets import SHELVES, SPECS


def keep_first_shelf(study) -> SimpleNamespace:
    """Return a selected study as it was before anybody listened: personas, touchpoints and statements, no rows else.

    What `build_journey` makes of it is the map of what the team believes, to be held against what customers say.

    Parameters
    ----------
    study
        A study as `select_rows` returns it; it is read, never changed.

    Examples
    --------
    >>> import cjm_helpers as cjm
    >>> first = keep_first_shelf(cjm.select_rows(cjm.open_study("retail_checkout")))
    >>> len(first.touchpoints) > 20, len(first.responses), first.events
    (True, 0, None)
    """
    is_first = {name: SPECS[name].shelf == SHELVES[0] for name in study.tables}
    tables = {name: table if is_first[name] else table.iloc[:0] for name, table in study.tables.items()}
    return SimpleNamespace(
        **tables, tables=tables, settings=study.settings, name=study.name, events=None,
        persona_id=study.persona_id, wave=study.wave, dimension=study.dimension, earlier=None, whole=study.whole,
    )  # fmt: skip
