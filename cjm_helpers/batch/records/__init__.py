"""What a run keeps of each report: what went into it, so that only what has changed is made anew."""
