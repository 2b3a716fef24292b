"""Slides of a study: summary, maps, pain points, opportunities, KPIs and limits, all of native, editable shapes."""

from .deck import SlideDeck, draw_slides

__all__ = ["SlideDeck", "draw_slides"]
