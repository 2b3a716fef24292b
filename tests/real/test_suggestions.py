"""Suggested codes on real comments, a part of each: ahead of search words and of nearest centroid, people held out."""

import pytest
from benchmarks.suggestions import PASSENGERS, PATIENTS, compare_ways, read_passengers, read_patients


def needs(file):
    """Skip a test where its data are not at hand."""
    reason = f"no {file.name} in {file.parent}; say where it lies with CJM_REAL_DATA"
    return pytest.mark.skipif(not file.is_file(), reason=reason)


@needs(PATIENTS)
def test_patients_categories_are_found_better_than_by_simpler_ways():
    """Every second comment, nine categories: macro-F1 is ahead of both by more than chance (all: tests/benchmarks)."""
    figures = compare_ways(read_patients(every=2), bootstraps=200)
    assert figures["machine_f1"].value > 0.45
    assert figures["ahead of keyword"].lo > 0.02 and figures["ahead of centroid"].lo > 0


@needs(PASSENGERS)
def test_passengers_reasons_are_found_better_than_by_simpler_ways():
    """Every fifth tweet, the reasons that can be learnt, a user's tweets in one fold: ahead of search words."""
    figures = compare_ways(read_passengers(every=5), bootstraps=200)
    assert figures["machine_f1"].value > 0.35 and figures["ahead of keyword"].lo > 0
