"""Feedback: what people wrote and said, coded by people, and how far their coding may be trusted."""

from cjm_helpers.method.feedback.disagreements import list_disagreements
from cjm_helpers.method.feedback.reliability import measure_reliability
from cjm_helpers.method.feedback.saturation import measure_saturation

__all__ = ["list_disagreements", "measure_reliability", "measure_saturation"]
