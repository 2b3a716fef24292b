"""Step 10: what changed between two waves, what only seems to have, and what was carried out in between."""

from cjm_helpers.method.waves.changes import list_changes
from cjm_helpers.method.waves.compare import compare_waves
from cjm_helpers.method.waves.done import judge_done
from cjm_helpers.method.waves.mix import split_mix
from cjm_helpers.method.waves.summary import summarise_waves

__all__ = ["compare_waves", "judge_done", "list_changes", "split_mix", "summarise_waves"]
