"""The pages of a run: a report's own, the index, the one that tells what failed, and their PDFs."""
