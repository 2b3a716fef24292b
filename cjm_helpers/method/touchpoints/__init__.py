"""Step 3: where the journey touches the customer, what was heard of each touchpoint, and what the inventory misses."""

from cjm_helpers.method.touchpoints import questions as questions
from cjm_helpers.method.touchpoints.coverage import summarise_coverage
from cjm_helpers.method.touchpoints.gaps import find_gaps
from cjm_helpers.method.touchpoints.inventory import list_inventory
from cjm_helpers.method.touchpoints.log import count_events
from cjm_helpers.method.touchpoints.messages import compare_messages

__all__ = ["compare_messages", "count_events", "find_gaps", "list_inventory", "summarise_coverage"]
