"""Sharing text out over slides: what does not fit goes on, on a further slide; nothing is cut and nothing overflows."""

from itertools import chain, repeat, zip_longest

from cjm_helpers.drawing.sheet.look import SEMIBOLD
from cjm_helpers.drawing.sheet.typeface import ELLIPSIS

from .blocks import (
    BODY_HEIGHT,
    BODY_TOP,
    CELL_PAD,
    NOTE,
    ROOM,
    ROW_PAD,
    SIDE,
    TITLE,
    TITLE_LINES,
    Paragraph,
    Prose,
    Slide,
    Table,
    is_higher,
    keep_lines,
    list_lines,
    measure_height,
    measure_row,
    say,
)

GAP = 14.0
HALF = (ROOM - GAP) / 2
COLUMNS = (SIDE, SIDE + HALF + GAP)
CONTINUED = " (continued)"
SHARES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


def break_entry(entry, *, width: float, height: float) -> list[tuple[Paragraph, ...]]:
    """Break paragraphs that no column holds at their lines; the pieces keep the look of each one's first words."""
    if not is_higher(measure_height(entry, width), height):
        return [tuple(entry)]
    pieces, filled = [()], 0.0
    for part in entry:
        first = part.runs[0]
        for number, line in enumerate(list_lines(part, width)):
            alone = part._replace(runs=(first._replace(words=line),), before=0.0 if number else part.before)
            filled += alone.before + alone.leading
            if pieces[-1] and is_higher(filled, height):
                pieces.append(())
                filled = alone.before + alone.leading
            pieces[-1] += (alone,)
    return pieces


def fit_column(entries, *, width: float = HALF, height: float = BODY_HEIGHT) -> list[tuple[Paragraph, ...]]:
    """Share entries, each of some paragraphs, out over columns; only an entry higher than a column is broken."""
    columns: list[tuple[Paragraph, ...]] = [()]
    for entry in entries:
        for piece in break_entry(entry, width=width, height=height):
            if columns[-1] and is_higher(measure_height(columns[-1] + piece, width), height):
                columns.append(())
            columns[-1] += piece
    return [column for column in columns if column]


def fit_pair(left, right, *, sizes) -> list[tuple[Prose, ...]]:
    """Set two columns of entries, made by left and right at a size, in the largest size that one slide holds."""
    for size in sizes:
        sides = [fit_column(left(size)), fit_column(right(size))]
        if max(map(len, sides)) <= 1:
            break
    return [
        tuple(Prose(x, BODY_TOP, HALF, BODY_HEIGHT, column) for x, column in zip(COLUMNS, page, strict=True) if column)
        for page in zip_longest(*sides, fillvalue=())
    ]


def fit_even(make, *, sizes) -> list[tuple[Prose, ...]]:
    """Set entries in two even columns, in the largest size that one slide holds."""
    for size in sizes:
        columns = fit_column(make(size))
        if len(columns) <= len(COLUMNS):
            break
    pages = -(-len(columns) // len(COLUMNS))
    for share in SHARES:
        columns = fit_column(make(size), height=BODY_HEIGHT * share)
        if len(columns) <= pages * len(COLUMNS):
            break
    return [
        tuple(Prose(x, BODY_TOP, HALF, BODY_HEIGHT, column) for x, column in zip(COLUMNS, pair, strict=False))
        for pair in (columns[k : k + len(COLUMNS)] for k in range(0, len(columns), len(COLUMNS)))
    ]


def fit_table(name: str, *, head, rows, widths) -> list[tuple[Table]]:
    """Share rows out over as few slides as hold them, each with the head, and evenly; a row too high is broken."""
    head = tuple((say(words, size=NOTE, tone="muted"),) for words in head)
    room = BODY_HEIGHT - measure_row(head, widths)
    whole = [piece for row in rows for piece in _break_row(row, widths=widths, height=room)]
    least = len(_fill(whole, widths=widths, height=room))
    pages = next(pages for share in SHARES if len(pages := _fill(whole, widths=widths, height=room * share)) <= least)
    return [(_make_table(name, (head, *page), widths),) for page in pages]


def _make_table(name: str, rows, widths) -> Table:
    return Table(name, SIDE, BODY_TOP, tuple(widths), rows, tuple(measure_row(row, widths) for row in rows))


def _fill(rows, *, widths, height: float) -> list[list]:
    pages: list[list] = [[]]
    for row in rows:
        if pages[-1] and is_higher(sum(measure_row(one, widths) for one in [*pages[-1], row]), height):
            pages.append([])
        pages[-1].append(row)
    return pages


def _break_row(row, *, widths, height: float) -> list[tuple]:
    inner = height - 2 * ROW_PAD
    cells = [break_entry(cell, width=width - CELL_PAD, height=inner) for cell, width in zip(row, widths, strict=True)]
    return list(zip_longest(*cells, fillvalue=(say("", size=NOTE),)))


def make_slides(title: str, pages, *, kicker: str, notes: str) -> list[Slide]:
    """Make a slide of each page of blocks; those after the first say that they go on."""
    look = {"most": TITLE_LINES, "size": TITLE, "face": SEMIBOLD}
    again = keep_lines(title + CONTINUED, **look, ending=ELLIPSIS + CONTINUED)
    titles = chain([keep_lines(title, **look)], repeat(again))
    return [Slide(name, tuple(page), kicker, notes) for name, page in zip(titles, pages, strict=False)]
