"""Runs notebooks, many at once, and turns them into pages."""

import sys

# nbformat's checker would otherwise build a grammar of web addresses on import: 1.5 s that no notebook needs.
sys.modules.setdefault("rfc3987_syntax", None)
