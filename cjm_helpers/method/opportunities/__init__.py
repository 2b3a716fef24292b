"""Opportunities: what to do next, in an order that says how sure it is, and new ideas for messages and content."""

from cjm_helpers.method.opportunities.content import suggest_content
from cjm_helpers.method.opportunities.ice import rank_ice
from cjm_helpers.method.opportunities.needs import score_needs
from cjm_helpers.method.opportunities.rice import rank_opportunities
from cjm_helpers.method.opportunities.triggers import suggest_triggers

__all__ = ["rank_opportunities", "rank_ice", "score_needs", "suggest_triggers", "suggest_content"]
