"""Tests that packages warn of nothing while reports are made, in one thread or in several."""

import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from batch.folders import read_folder

from cjm_helpers.batch.quiet import ignore_warnings
from cjm_helpers.batch.run import report_study


def test_threads_may_leave_in_any_order():
    """Warnings are ignored until the last has left; then they are heard as before."""
    one, other = ExitStack(), ExitStack()
    with warnings.catch_warnings(record=True, action="always") as heard:
        for block in (one, other):
            block.enter_context(ignore_warnings())
        one.close()
        warnings.warn("nobody hears this", stacklevel=1)
        other.close()
        warnings.warn("heard again", stacklevel=1)
    assert [str(warning.message) for warning in heard] == ["heard again"]


def test_reports_made_in_threads_of_one_process_are_the_same(shop, notebook, tmp_path, capfd):
    """Workers of a cluster may have several threads: the pages are those of a run alone, and nobody warns."""
    report_study(shop.folder, out=tmp_path / "alone", notebook=notebook, workers=1)
    filters = list(warnings.filters)
    with ThreadPoolExecutor(3) as threads:
        report_study(shop.folder, out=tmp_path / "threads", notebook=notebook, executor=threads)
    assert read_folder(tmp_path / "threads") == read_folder(tmp_path / "alone")
    assert capfd.readouterr().err == "" and warnings.filters == filters
