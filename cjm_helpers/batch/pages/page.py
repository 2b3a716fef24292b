"""Turns finished notebooks into pages: one HTML file each, all assets inside, whole or not at all."""

import base64
import re
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from secrets import randbits

from cjm_helpers.batch.pages.faces import write_faces

LOW_MAP = 100  # millimetres; a lower one is a sentence or two and needs no page of its own
MADE_WITH = ("cjm-helpers", "pandas", "matplotlib", "papermill")


def write_page(notebook, report, *, summary: Mapping[str, object]) -> Path:
    """Write a finished report notebook as one HTML page without code.

    Parameters
    ----------
    notebook
        The executed notebook.
    report
        The plan's Report: its page, name and facts.
    summary
        What the notebook handed over: n, finding, headline figures, small map.

    Returns
    -------
    Path

    Examples
    --------
    >>> from types import SimpleNamespace as Report
    >>> from nbformat.v4 import new_notebook
    >>> import tempfile
    >>> from cjm_helpers.study.kit import kit_folder
    >>> look, page = kit_folder() / "templates" / "reports" / "html", Path(tempfile.mkdtemp()) / "a.html"
    >>> report = Report(persona_id="a", name="Anna", facts={"study": "Shop"}, page=page, look=look)
    >>> "<title>Anna, Shop</title>" in write_page(new_notebook(), report, summary={}).read_text(encoding="utf-8")
    True
    """
    from nbconvert import TemplateExporter

    cells = _give_ids(notebook.cells)
    notebook = type(notebook)({**notebook, "cells": cells})
    resources = {
        "report": {"persona_id": report.persona_id, "name": report.name, **report.facts},
        "summary": summary,
        "brief": _find_brief(cells),
        "contents": _list_headings(cells),
        "made_with": _made_with(),
        "css": _css(report.look),
    }
    # the parent's method: HTMLExporter's own reads the whole page once more, for what our look already has
    html, _ = TemplateExporter.from_notebook_node(_exporter(report.look), notebook, resources={"cjm": resources})
    return write_whole(report.page, html)


def fill_template(look: Path, name: str, *, facts: Mapping[str, object], styles: tuple[str, ...] = ()) -> str:
    """Fill a template of the look that shows no notebook, with report.css and more style sheets of the same folder.

    Examples
    --------
    >>> from cjm_helpers.study.kit import kit_folder
    >>> look = kit_folder() / "templates" / "reports" / "html"
    >>> "<body" in fill_template(look, "overview.html.j2", facts={"rows": (), "most_columns": 6, "facts": {}})
    True
    """
    template = _exporter(look).environment.get_template(name)
    return template.render(**facts, made_with=_made_with(), css=_css(look, *styles))


def write_whole(path: Path, text: str) -> Path:
    """Write a file whole or not at all: beside its place first, then renamed.

    Examples
    --------
    >>> import tempfile
    >>> write_whole(Path(tempfile.mkdtemp()) / "page.html", "<p>").read_text()
    '<p>'
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{randbits(64)}")  # machines of a cluster may give one process id twice
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return path


def _give_ids(cells: list) -> list:
    # papermill and nbformat draw ids at random; the same study must give the same bytes
    return [type(cell)({**cell, "id": f"c{number:02d}"}) for number, cell in enumerate(cells)]


def _list_headings(cells: list) -> list[tuple[str, str]]:
    found = []
    for cell in cells:
        if cell.cell_type == "markdown":
            found += [(cell.id, text) for text in re.findall(r"^## (.+)$", cell.source, flags=re.MULTILINE)]
    return found


def _find_brief(cells: list) -> str:
    """Page one, which stands before the contents list wherever its cell stands; a notebook may have none."""
    shown = [output for cell in cells if "brief" in cell.metadata.get("tags", []) for output in cell.get("outputs", [])]
    return "".join(output.get("data", {}).get("text/html", "") for output in shown)


def _made_with() -> str:
    return ", ".join(f"{package} {version(package)}" for package in MADE_WITH)


def _data_uri(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode("utf-8")).decode("ascii")


def _is_low(html: str) -> bool:
    heights = re.findall(r'viewBox="0 0 [\d.]+ ([\d.]+)"', html)
    return bool(heights) and max(map(float, heights)) < LOW_MAP


def prepare_look(look: Path) -> None:
    """Load what every page needs, once a process.

    Examples
    --------
    >>> from cjm_helpers.study.kit import kit_folder
    >>> prepare_look(kit_folder() / "templates" / "reports" / "html")
    """
    _exporter(look)
    write_faces()


@cache
def _exporter(look: Path):
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(
        extra_template_basedirs=[str(look.parent)],
        template_name=look.name,
        exclude_anchor_links=True,
        default_preprocessors=[],  # each checks the whole notebook again, for what our look has no use for
    )
    exporter.register_filter("data_uri", _data_uri)
    exporter.register_filter("is_low", _is_low)
    return exporter


def _css(look: Path, *more: str) -> str:
    return "\n".join([write_faces(), *((look / name).read_text(encoding="utf-8") for name in ("report.css", *more))])
