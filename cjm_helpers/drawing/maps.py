"""The drawn maps of notebooks and reports; each saves itself as .svg, .png, .pdf, .pptx or .html.

draw_journey_map(journey)                the whole map; with changes=... beside the wave before
draw_map_table(journey)                  the same as a table, one row per step
draw_small_map(journey)                  the emotion curve alone, with the facts for an overview
draw_persona_map(journeys)               several personas on the same steps and axes
draw_difference_map(journey, changes)    what is different since the wave before, and what only seems so
"""

from cjm_helpers.drawing.compared_maps.differences import draw_difference_map
from cjm_helpers.drawing.compared_maps.personas import draw_persona_map
from cjm_helpers.drawing.journey_map import draw_journey_map, draw_map_table, draw_small_map

__all__ = ["draw_difference_map", "draw_journey_map", "draw_map_table", "draw_persona_map", "draw_small_map"]
