"""Feedback: what people wrote and said, coded by people, and how far their coding may be trusted."""

from cjm_helpers.method.feedback.codebook import check_codebook
from cjm_helpers.method.feedback.disagreements import list_disagreements
from cjm_helpers.method.feedback.reliability import measure_reliability
from cjm_helpers.method.feedback.sample import draw_sample
from cjm_helpers.method.feedback.saturation import measure_saturation

__all__ = ["check_codebook", "draw_sample", "list_disagreements", "measure_reliability", "measure_saturation"]
