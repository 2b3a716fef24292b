"""Suggestions: codes and touchpoints that a machine proposes for words, and how far it may be believed."""
