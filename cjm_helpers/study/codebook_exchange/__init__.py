"""Codebooks for and from other programs, as REFI-QDA codebook (.qdc), merged with what the study holds already."""

from cjm_helpers.study.codebook_exchange.reading import ReadCodebook, load_codebook, read_codebook
from cjm_helpers.study.codebook_exchange.taking import Arrival, compare_codebooks, take_over
from cjm_helpers.study.codebook_exchange.writing import save_codebook, spell_codebook

__all__ = [
    "Arrival", "ReadCodebook", "compare_codebooks", "load_codebook", "read_codebook", "save_codebook", "spell_codebook",
    "take_over",
]  # fmt: skip
