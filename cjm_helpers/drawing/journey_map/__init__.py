"""The drawn journey map: the picture, its table twin, and the small map for an overview.

draw_journey_map(journey)   the whole map; .save("map.svg"), .png, .pdf, .pptx, .html or .mmd
draw_map_table(journey)     the same as a table, one row per step
draw_small_map(journey)     the emotion curve alone, with the facts for an overview
"""

from cjm_helpers.drawing.sheet.drawn import DrawnMap

from .outputs import MapTable, SmallMap, make_map
from .small_map import lay_small_map
from .story import read_journey

__all__ = ["DrawnMap", "MapTable", "SmallMap", "draw_journey_map", "draw_map_table", "draw_small_map"]


def draw_journey_map(journey, *, changes=None) -> DrawnMap:
    """Draw the journey map of one persona or of everyone, on its own or beside the wave before.

    Parameters
    ----------
    journey
        A `Journey` as `method.journey.build_journey` makes it: texts (`finding`, `context`, `foot`, `lens`) and the
        tables `steps`, `cells` and `gaps`. Emotion runs from -2 to 2; a KPI of unit "%" is a share of one.
    changes
        What `compare_waves` returned for this persona: the feeling of the wave before becomes a thin grey line, and the
        gap to the newer one is filled where the change is sure.

    Returns
    -------
    DrawnMap
        The picture: `.svg`, `.save(path)` for .svg, .png, .pdf, .pptx, .html and .mmd, `.as_svg()` for a page without
        the PNG. More than 14 steps are drawn as an overview and a sheet for each stage.

    Raises
    ------
    OffScale
        A feeling lies outside -2 to 2.

    Notes
    -----
    Nothing is computed here but places. The curve is monotone between the means (Fritsch and Carlson 1980), so it never
    rises above or falls below the data.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> import pandas as pd
    >>> steps = pd.DataFrame({"step_id": ["1.1"], "stage": ["Buy"], "touchpoint_id": ["pay"], "name": ["Payment"]})
    >>> cells = pd.DataFrame({"step_id": ["1.1"], "lane": ["emotion"], "value": [-1.5], "n": [31]})
    >>> journey = SimpleNamespace(
    ...     persona_id="lena", wave="w1", lens={"persona": "Lena"}, steps=steps, cells=cells, finding="Lowest at 1.1",
    ...     context="", headline=[], foot="", gaps=pd.DataFrame(),
    ... )
    >>> draw_journey_map(journey)
    Journey map: Lena. 1 step in 1 stage. Lowest at 1.1.
    """
    return make_map(read_journey(journey, changes=changes))


def draw_map_table(journey) -> MapTable:
    """Draw the map's twin: a table with one row per step that holds everything the picture holds.

    Parameters
    ----------
    journey
        As for `draw_journey_map`.

    Returns
    -------
    MapTable
        Shown as an HTML table with full texts, numbers, intervals and ids.

    Raises
    ------
    OffScale
        A feeling lies outside -2 to 2.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> import pandas as pd
    >>> steps = pd.DataFrame({"step_id": ["1.1"], "stage": ["Buy"], "touchpoint_id": ["pay"], "name": ["Payment"]})
    >>> cells = pd.DataFrame({"step_id": ["1.1"], "lane": ["quote"], "text": ["It never told me why."]})
    >>> journey = SimpleNamespace(
    ...     persona_id="lena", wave="w1", lens={"persona": "Lena"}, steps=steps, cells=cells, finding="", context="",
    ...     headline=[], foot="", gaps=pd.DataFrame(),
    ... )
    >>> "It never told me why." in draw_map_table(journey).html
    True
    """
    return MapTable(read_journey(journey))


def draw_small_map(journey) -> SmallMap:
    """Draw the emotion curve alone, small, on the scale that all small maps share.

    Parameters
    ----------
    journey
        As for `draw_journey_map`.

    Returns
    -------
    SmallMap
        The picture (300 x 80 pixels) and `.summary`, which an overview of all personas reads.

    Raises
    ------
    OffScale
        A feeling lies outside -2 to 2.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> import pandas as pd
    >>> steps = pd.DataFrame({"step_id": ["1.1"], "stage": ["Buy"], "touchpoint_id": ["pay"], "name": ["Payment"]})
    >>> cells = pd.DataFrame({"step_id": ["1.1"], "lane": ["emotion"], "value": [-1.5], "n": [31]})
    >>> journey = SimpleNamespace(
    ...     persona_id="lena", wave="w1", lens={"persona": "Lena"}, steps=steps, cells=cells, finding="Lowest at 1.1",
    ...     context="", headline=[], foot="", gaps=pd.DataFrame(),
    ... )
    >>> draw_small_map(journey).summary["finding"]
    'Lowest at 1.1'
    """
    story = read_journey(journey)
    return SmallMap(story, lay_small_map(story), since=dict(getattr(journey, "since", {})))
