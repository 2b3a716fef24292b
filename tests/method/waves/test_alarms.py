"""False alarms: studies in which nothing changed hardly ever say that something did."""

from benchmarks.wave_alarms import count_alarms


def test_few_studies_without_a_change_raise_an_alarm():
    """Of forty null studies with 72 cells most raise one by raw p, and few by q (2,000 of them: make bench)."""
    raw, corrected = count_alarms(40).values()
    assert (raw > 0).mean() > 0.8 and 2 < raw.mean() < 5
    assert (corrected > 0).sum() <= 6
