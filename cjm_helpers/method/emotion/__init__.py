"""Step 6: how it felt: the emotion curve, its peak and end, personas compared, and the moments that matter."""

from cjm_helpers.method.emotion.compare import compare_feelings
from cjm_helpers.method.emotion.curve import summarise_emotion
from cjm_helpers.method.emotion.heard import summarise_heard
from cjm_helpers.method.emotion.moments import find_moments
from cjm_helpers.method.emotion.peak_end import measure_peak_end

__all__ = ["compare_feelings", "find_moments", "measure_peak_end", "summarise_emotion", "summarise_heard"]
