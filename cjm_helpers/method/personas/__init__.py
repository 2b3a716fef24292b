"""Personas: who they are, how many stand behind each, and what is known of them."""

from cjm_helpers.method.personas.assign import assign_customers
from cjm_helpers.method.personas.cards import write_cards
from cjm_helpers.method.personas.counts import count_customers
from cjm_helpers.method.personas.profile import profile_personas
from cjm_helpers.method.personas.suggest import suggest_personas

__all__ = ["assign_customers", "count_customers", "profile_personas", "suggest_personas", "write_cards"]
