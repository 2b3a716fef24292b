"""Prints what maps cost (`make bench`): median CPU seconds with imports warm, beside matplotlib's own saving."""

import logging
import statistics
import sys
import time
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from drawing.hard_journeys import COMPARED, JOURNEYS  # noqa: E402

from cjm_helpers.drawing.journey_map import draw_journey_map, draw_map_table, lens  # noqa: E402
from cjm_helpers.drawing.sheet import typeface  # noqa: E402
from cjm_helpers.drawing.sheet.page import write_map_page  # noqa: E402
from cjm_helpers.drawing.sheet.paint_figure import make_figure, paint_pdf, paint_png  # noqa: E402
from cjm_helpers.drawing.sheet.paint_pptx import paint_pptx  # noqa: E402
from cjm_helpers.drawing.sheet.paper import A4, SLIDE  # noqa: E402

TIMES = 5
# What remembers whole texts: forgotten before each run, so that every map is a new one; letters stay known.
REMEMBERED = (typeface._em, typeface._wrap, typeface._wrap_even, lens._lens_starts)


def measure(work, *, times: int) -> float:
    """Return the median CPU seconds of some runs, after one that is not counted."""
    taken = []
    for _ in range(times + 1):
        for one in REMEMBERED:
            one.cache_clear()
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken[1:])


def save_by_matplotlib(sheets, kind: str):
    """Return the peer's work: each sheet of the same scene saved the way a chart is saved."""
    return lambda: [make_figure([sheet]).savefig(BytesIO(), format=kind) for sheet in sheets]


def list_work() -> list[tuple]:
    """List what is measured: name, work, the aim in seconds, and matplotlib's way where it has one."""
    full, forty = JOURNEYS["full"](), JOURNEYS["forty_steps"]()
    drawn = draw_journey_map(full)
    sheets, slides, pages = drawn.sheets, drawn.lay(SLIDE), drawn.lay(A4)
    peers = {kind: save_by_matplotlib(some, kind) for kind, some in (("svg", sheets), ("png", sheets), ("pdf", pages))}
    return [
        ("layout and SVG, 14 steps", lambda: draw_journey_map(full).svg, 0.12, peers["svg"]),
        ("PNG at twice the size of a screen", lambda: paint_png(sheets), 1.0, peers["png"]),
        ("PDF for A4, four pages", lambda: paint_pdf(pages, title="", least_height=A4.height), None, peers["pdf"]),
        ("PPTX, four slides", lambda: paint_pptx(slides, title=""), 2.0, None),
        ("table twin", lambda: draw_map_table(full).html, None, None),
        ("page: layout, SVG and twin in one file", lambda: write_map_page(draw_journey_map(full)), None, None),
        ("40 steps, overview and six sheets, SVG", lambda: draw_journey_map(forty).svg, None, None),
        ("four personas, SVG", lambda: COMPARED["personas_4"]().svg, None, None),
        ("nine personas, SVG", lambda: COMPARED["personas_9"]().svg, None, None),
        ("two waves on one map, SVG", lambda: COMPARED["waves"]().svg, None, None),
        ("difference map, SVG", lambda: COMPARED["differences_rich"]().svg, None, None),
    ]


def main() -> None:
    """Measure everything and print one line each."""
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    print(f"{'seconds of CPU (median)':<42}{'ours':>8}{'aim':>7}{'savefig':>9}{'ratio':>8}   (matplotlib, same scene)")
    for name, work, aim, peer in list_work():
        ours, theirs = (measure(one, times=TIMES) if one else None for one in (work, peer))
        beside = f"{theirs:>9.3f}{ours / theirs:>8.2f}" if theirs else ""
        print(f"{name:<42}{ours:>8.3f}{f'{aim:.2f}' if aim else '':>7}{beside}", flush=True)


if __name__ == "__main__":
    main()
