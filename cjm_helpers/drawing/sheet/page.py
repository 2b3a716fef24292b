"""A map as one HTML file: the picture drawn into it and the table below; nothing is loaded, whoever opens it where."""

from html import escape

from .look import COLOURS
from .paint_svg import spell
from .paper import A3, Paper

DARK = {
    "paper": "#12181F", "ink": "#EEF2F6", "muted": "#A5B0BE", "bar": "#9AA7B7", "rule": "#465361", "hair": "#2B3641",
    "tint": "#1A222B", "tint2": "#293441", "spot": "#2A211A", "blue": "#6CABEE", "bluetext": "#8FC1F5",
    "bluefill": "#1B334C", "bluefill2": "#27507A", "orange": "#F0883A", "orangetext": "#F7A867",
    "orangefill": "#43291A", "orangefill2": "#6B3D1C",
}  # fmt: skip
STYLE = """
body { margin: 0; padding: 1.5rem; background: var(--cjm-paper); color: var(--cjm-ink);
  font: 1rem/1.45 "IBM Plex Sans Condensed", "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; }
p { max-width: 60rem; }
.sheet, .table { overflow-x: auto; margin-bottom: 1rem; }
.sheet:focus-visible, .table:focus-visible { outline: 3px solid var(--cjm-blue); outline-offset: 2px; }
table { border-collapse: collapse; font-size: .9375rem; }
caption { text-align: left; padding-bottom: .5rem; color: var(--cjm-muted); }
th, td { padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--cjm-rule); min-width: 6rem; }
small { color: var(--cjm-muted); font-size: inherit; }
ul { margin: 0; padding-left: 1.1rem; }
@media print {
  @page { size: A4 landscape; margin: 12mm; }
  body { padding: 0; } header, h2 { display: none; }
  .sheet { page: sheet; break-after: page; overflow: visible; margin: 0; }
  .sheet svg { display: block; min-width: 0; max-height: 100vh; }
  .table { overflow: visible; } table { font-size: 8pt; } th, td { min-width: 0; padding-right: 2mm; }
  thead { display: table-header-group; } tr { break-inside: avoid; }
}
"""


def write_map_page(drawn, *, paper: Paper = A3) -> str:
    """Write a `DrawnMap` as one self-contained HTML page: its sheets as pictures, then all they hold as a table.

    It is light or dark as its reader's screen is, and prints light: a page for each sheet, then the table.
    """
    pictures = drawn.paint_sheets(drawn.lay(paper))
    size = f"@media print {{ @page sheet {{ size: {spell(paper.width)}mm {spell(paper.height)}mm; margin: 0; }} }}"
    wide = f".sheet svg {{ width: 100%; min-width: {spell(paper.width)}mm; height: auto; }}"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(drawn.title)}</title>
<style>{_spell_colours()}
{wide}{STYLE}{size}
</style>
</head>
<body>
<header><h1>{escape(drawn.title)}</h1>
<p>{escape(drawn.description)}</p></header>
<main>
<h2>The map</h2>
{_frame(pictures)}
<h2>The same as a table</h2>
<div class="table" role="region" aria-label="The same as a table" tabindex="0">
{drawn.tell()}
</div>
</main>
</body>
</html>
"""


def _frame(pictures: list[str]) -> str:
    """Set each sheet in an area that scrolls, with a name for those who do not see it."""
    count = len(pictures)
    names = [f"Sheet {k} of {count}" for k in range(1, count + 1)] if count > 1 else ["The map"]
    return "\n".join(
        f'<div class="sheet" role="region" aria-label="{name}" tabindex="0">\n{picture}</div>'
        for name, picture in zip(names, pictures, strict=True)
    )


def _spell_colours() -> str:
    light, dark = (
        " ".join(f"--cjm-{role}: {colour};" for role, colour in colours.items()) for colours in (COLOURS, DARK)
    )
    return f":root {{ {light} }}\n@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}"
