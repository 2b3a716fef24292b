"""Step 4: how a team sorts and weighs touchpoints, how far it agrees, and which of them carry the outcome."""

from cjm_helpers.method.categories.agreement import measure_rater_agreement
from cjm_helpers.method.categories.contrasts import contrast_penalty_reward
from cjm_helpers.method.categories.impact import derive_impact
from cjm_helpers.method.categories.importance import place_importance_performance
from cjm_helpers.method.categories.ratings import summarise_ratings

__all__ = [
    "contrast_penalty_reward",
    "derive_impact",
    "measure_rater_agreement",
    "place_importance_performance",
    "summarise_ratings",
]
