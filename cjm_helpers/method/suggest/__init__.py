"""Suggestions: codes and touchpoints that a machine proposes for words, and how far it may be believed."""

from cjm_helpers.method.suggest.checking import check_suggestions
from cjm_helpers.method.suggest.codes import suggest_codes
from cjm_helpers.method.suggest.sentiment import score_sentiment
from cjm_helpers.method.suggest.shares import correct_shares
from cjm_helpers.method.suggest.touchpoints import suggest_touchpoints

__all__ = ["check_suggestions", "correct_shares", "score_sentiment", "suggest_codes", "suggest_touchpoints"]
