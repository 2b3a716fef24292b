"""Draws the maps of a study as files: one for each persona and format, each whole or not at all."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from cjm_helpers.batch.names import name_pages, name_personas
from cjm_helpers.cli.files import join_name, make_folder, save_whole
from cjm_helpers.drawing.compared_maps.differences import draw_difference_map
from cjm_helpers.drawing.compared_maps.personas import draw_persona_map
from cjm_helpers.drawing.journey_map import draw_journey_map
from cjm_helpers.drawing.journey_map.mermaid import LOSS
from cjm_helpers.drawing.sheet.drawn import DrawnMap
from cjm_helpers.drawing.sheet.paper import A3, Paper, find_paper
from cjm_helpers.errors import CjmError, ParameterError
from cjm_helpers.method.emotion import compare_feelings
from cjm_helpers.method.journey import build_journey
from cjm_helpers.method.waves import compare_waves, judge_done, list_changes
from cjm_helpers.study.folder import Study, open_study
from cjm_helpers.study.selection import select_personas, select_rows
from cjm_helpers.study.settings import EVERYONE, NEWEST

MERMAID = "mermaid"
ENDINGS = {**{name: f".{name}" for name in ("svg", "png", "pdf", "pptx", "html")}, MERMAID: ".mmd"}
SHOWS = JOURNEY, WAVES, CHANGES, PERSONAS = "journey", "waves", "changes", "personas"
LONGEST, KEY_LENGTH = 80, 6
FEW = 2  # draws for the interval of an impact, which a sheet of personas does not show
NO_OUTLINE = "Mermaid's text holds one journey alone: ask for it with --show journey."


@dataclass(frozen=True)
class MapFile:
    """One file that was wanted: its place, what is to be known of it, or the sentence that says why it is not there."""

    path: Path
    note: str = ""
    failure: str = ""


@dataclass(frozen=True)
class _Wanted:
    """One map to draw, and the start of its files' names."""

    start: str
    draw: Callable[[], DrawnMap]


def draw_maps(
    place, *, personas=(), wave: str = NEWEST, dimension: str = "", show: str = JOURNEY, formats=("svg", "png"),
    paper: str | None = None, out=None,
) -> Iterator[MapFile]:  # fmt: skip
    """Draw the maps of a study as files, one after the other, after all that was asked for has been checked.

    Parameters
    ----------
    place
        Folder of a study, or the name of an example.
    personas
        Ids of the personas wanted; none = everyone and each persona. For `personas` they stand on one sheet.
    wave, dimension
        As `select_rows` takes them.
    show
        journey; waves (this one and the one before); changes (what differs between them); personas (on one sheet).
    formats
        Some of svg, png, pdf, pptx, html and mermaid.
    paper
        a3, a4 or 16:9; without it a3, and a slide for pptx.
    out
        Folder of the files; default maps/ and the name of the study's folder.

    Returns
    -------
    iterator of MapFile
        Each as soon as it is done; one that fails stops no other.

    Raises
    ------
    StudyNotFound, FaultsFound, ParameterError, FolderRefused, CjmError
        Before anything is drawn.

    Examples
    --------
    >>> draw_maps("clinic_visit", personas=["nobody"])
    Traceback (most recent call last):
    cjm_helpers.errors.ParameterError: The parameter persona_id = 'nobody' is not known. ...
    """
    study = open_study(place)
    _check(show, SHOWS, name="show")
    for one in formats:
        _check(one, ENDINGS, name="format")
    paper = find_paper(paper) if paper else None
    wanted = _plan(study, tuple(dict.fromkeys(personas)), wave=wave, dimension=dimension, show=show)
    out = make_folder(Path(out or Path("maps", study.folder.resolve().name)))
    return _draw_all(wanted, out=out, formats=tuple(dict.fromkeys(formats)), paper=paper)


def _check(value: str, allowed: Iterable[str], *, name: str) -> None:
    if value not in allowed:
        raise ParameterError(name, value, allowed)


def _plan(study: Study, personas: tuple[str, ...], *, wave: str, dimension: str, show: str) -> list[_Wanted]:
    names = name_personas(study)
    for persona_id in personas:
        _check(persona_id, [one for one in names if one != EVERYONE or show != PERSONAS], name="persona_id")
    whole = select_rows(study, wave=wave, dimension=dimension)
    if show in (WAVES, CHANGES) and whole.earlier is None:
        raise CjmError(f"There is no wave before '{whole.wave}' to compare with. --show journey draws one wave alone.")
    stems = {persona_id: page.removesuffix(".html") for persona_id, page in name_pages(names).items()}
    ending = join_name(whole.wave, dimension, show)
    if show != PERSONAS:
        draw = partial(_draw_one, study, wave=wave, dimension=dimension, show=show)
        return [_Wanted(f"{stems[one]}_{ending}", partial(draw, persona_id=one)) for one in personas or names]
    parts = select_personas(study, wave=wave, persona_ids=personas, dimension=dimension)
    if len(parts) < 2:
        known = " and ".join(part.persona_id for part in parts) or "none"
        raise CjmError(
            f"One sheet for several personas needs two of whom something is known; in wave '{whole.wave}' there is "
            f"{known}. --show journey draws one persona alone."
        )
    start = _join([stems[one] for one in personas]) if personas else "all"
    return [_Wanted(f"{start}_{ending}", partial(_draw_personas, parts, whole=whole))]


def _join(stems: list[str]) -> str:
    """Name a file that shows several personas; many of them, by their number and a few letters of their own."""
    joined = "+".join(stems)
    return joined if len(joined) <= LONGEST else f"{len(stems)}_{sha256(joined.encode()).hexdigest()[:KEY_LENGTH]}"


def _draw_one(study: Study, *, persona_id: str, wave: str, dimension: str, show: str) -> DrawnMap:
    part = select_rows(study, persona_id=persona_id, wave=wave, dimension=dimension)
    journey = build_journey(part, seed=study.settings.seed)
    if show == JOURNEY:
        return draw_journey_map(journey)
    changes = compare_waves([part])
    if show == WAVES:
        return draw_journey_map(journey, changes=changes)
    done = judge_done(part, compared=changes)
    return draw_difference_map(journey, changes, moves=list_changes(part), done=done)


def _draw_personas(parts: list[Study], *, whole: Study) -> DrawnMap:
    journeys = [build_journey(part, seed=whole.settings.seed, bootstraps=FEW) for part in parts]
    return draw_persona_map(journeys, differences=find_differences(parts, whole=whole))


def find_differences(parts: list[Study], *, whole: Study):
    """Compare what these personas feel at each touchpoint; whole is the study of their wave, with everyone in it."""
    settings, given = whole.settings, whole.persona_assignments
    return compare_feelings(
        whole.responses, given[given["persona_id"].isin([part.persona_id for part in parts])],
        metrics=settings.metrics, emotion=settings.emotion, min_n=settings.min_n,
    )  # fmt: skip


def _draw_all(wanted: list[_Wanted], *, out: Path, formats: tuple[str, ...], paper: Paper | None) -> Iterator[MapFile]:
    for one in wanted:
        files = [MapFile(out / f"{one.start}{ENDINGS[name]}") for name in formats]
        try:
            drawn = one.draw()
        except Exception as error:  # whatever goes wrong with one map must not stop the others
            yield from (_fail(file, error) for file in files)
        else:
            pieces = (piece for file in files for piece in _split(drawn, file, paper=paper))
            yield from (_write(piece, file, paper=paper) for piece, file in pieces)


def _split(drawn: DrawnMap, file: MapFile, *, paper: Paper | None) -> list[tuple[DrawnMap, MapFile]]:
    """Make a picture of each sheet: one picture of six sheets is too long for any page."""
    pieces = drawn.split(paper or A3) if file.path.suffix == ENDINGS["png"] else [drawn]
    if len(pieces) == 1:
        return [(drawn, file)]
    names = (f"{file.path.stem}_{k}" for k in range(1, len(pieces) + 1))
    return [(piece, replace(file, path=file.path.with_stem(name))) for piece, name in zip(pieces, names, strict=True)]


def _write(drawn: DrawnMap, file: MapFile, *, paper: Paper | None) -> MapFile:
    is_outline = file.path.suffix == ENDINGS[MERMAID]
    try:
        if is_outline and drawn.outline is None:
            raise CjmError(NO_OUTLINE)
        save_whole(lambda path: drawn.save(path, paper=paper), file.path)
    except Exception as error:
        return _fail(file, error)
    return replace(file, note=_say_losses(drawn)) if is_outline else file


def _say_losses(drawn: DrawnMap) -> str:
    lost = [line.removeprefix(LOSS) for line in drawn.outline().splitlines() if line.startswith(LOSS)]
    return f"(It cannot carry {', '.join(lost)}.)" if lost else ""


def _fail(file: MapFile, error: Exception) -> MapFile:
    """Say why a file is not there; an older one of the same name is gone too: it would pass for this run's."""
    with suppress(OSError):  # another program has it open, as the sentence says
        file.path.unlink(missing_ok=True)
    said = f"{error}" if isinstance(error, CjmError) else f"It could not be drawn ({type(error).__name__}: {error})."
    return replace(file, failure=said)
