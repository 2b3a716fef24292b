"""Themes: what is named at each step, counted in people, and what words have in common before anybody named it."""

from cjm_helpers.method.themes.counts import summarise_themes
from cjm_helpers.method.themes.personas import compare_themes
from cjm_helpers.method.themes.propose import propose_themes
from cjm_helpers.method.themes.trust import trust_themes
from cjm_helpers.method.verbatims import choose_quote

__all__ = ["choose_quote", "compare_themes", "propose_themes", "summarise_themes", "trust_themes"]
