"""Step 8: what customers did: how many reached each step, by which channels, where to next, and how long they stay."""

from cjm_helpers.method.paths.channels import compare_channels
from cjm_helpers.method.paths.funnel import count_funnel
from cjm_helpers.method.paths.times import time_touchpoints
from cjm_helpers.method.paths.transitions import count_transitions

__all__ = ["compare_channels", "count_funnel", "count_transitions", "time_touchpoints"]
