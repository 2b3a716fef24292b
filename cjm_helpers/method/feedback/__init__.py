"""Feedback: what people wrote and said, coded by people, and how far their coding may be trusted."""

from cjm_helpers.method.feedback.disagreements import list_disagreements
from cjm_helpers.method.feedback.persona_themes import compare_themes
from cjm_helpers.method.feedback.reliability import measure_reliability
from cjm_helpers.method.feedback.saturation import measure_saturation
from cjm_helpers.method.feedback.themes import summarise_themes

__all__ = ["compare_themes", "list_disagreements", "measure_reliability", "measure_saturation", "summarise_themes"]
