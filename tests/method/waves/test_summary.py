"""The comparison at a glance: verdicts counted, tests counted, nothing left out."""

import pandas as pd

from cjm_helpers.method.waves import summarise_waves


def test_verdicts_are_counted():
    """72 tests: 3.6 alarms would come by chance (methods.md section 10); every row counts somewhere."""
    rows = {"persona_id": "anna", "object": "kpi", "verdict": "no evidence", "p": [0.5] * 72}
    some = {"persona_id": "ben", "object": "theme", "verdict": ["too few", "not compared", "too few"], "p": [None] * 3}
    table = summarise_waves(pd.concat([pd.DataFrame(rows), pd.DataFrame(some)]))
    assert table[["tests", "no_evidence", "too_few", "not_compared"]].values.tolist() == [[72, 72, 0, 0], [0, 0, 2, 1]]
    assert table["sentence"].iloc[0].startswith("72 tests were made. If nothing had changed, about 3.6 of them")


def test_nothing_tested_is_said():
    """Where every cell was too small, no alarm could have come."""
    rows = {"persona_id": "anna", "object": "kpi", "verdict": ["too few"], "p": [None]}
    assert summarise_waves(pd.DataFrame(rows))["sentence"].tolist() == ["Nothing could be tested."]
