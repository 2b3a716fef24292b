"""Makes the presentation of a study: one file with a part for each persona, whole or not at all."""

from pathlib import Path

from cjm_helpers.batch.names import name_personas
from cjm_helpers.cli.files import join_name, make_folder, save_whole
from cjm_helpers.cli.maps import find_differences
from cjm_helpers.drawing.slides import SlideDeck, draw_slides
from cjm_helpers.errors import CjmError, ParameterError
from cjm_helpers.method.journey import build_journey, write_brief
from cjm_helpers.method.waves import compare_waves
from cjm_helpers.study.folder import Study, open_study
from cjm_helpers.study.selection import select_personas, select_rows
from cjm_helpers.study.settings import EVERYONE, NEWEST

SUFFIX = ".pptx"


def make_slides(place, *, personas=(), wave: str = NEWEST, out=None) -> tuple[Path, SlideDeck]:
    """Make the presentation of a study, after all that was asked for has been checked.

    Parameters
    ----------
    place
        Folder of a study, or the name of an example.
    personas
        Ids of the personas wanted, in the order of the deck; none = each of whom anything is known, else everyone.
    wave
        A wave's id, `newest` or `all`.
    out
        The file; default slides/ and the name of the study's folder, with a wave that is asked for.

    Returns
    -------
    Path, SlideDeck
        Where it stands, and what it holds.

    Raises
    ------
    StudyNotFound, FaultsFound, ParameterError, FolderRefused, CjmError
        Before anything is drawn.

    Examples
    --------
    >>> make_slides("clinic_visit", out="clinic.ppt")
    Traceback (most recent call last):
    cjm_helpers.errors.CjmError: 'clinic.ppt' is no name for a presentation. Let it end in .pptx.
    """
    study = open_study(place)
    parts = _select(study, tuple(dict.fromkeys(personas)), wave=wave)
    usual = join_name(study.folder.resolve().name, "" if wave == NEWEST else wave)
    file = Path(out or Path("slides", f"{usual}{SUFFIX}"))
    if file.suffix.lower() != SUFFIX:
        raise CjmError(f"'{file.name}' is no name for a presentation. Let it end in {SUFFIX}.")
    folder = make_folder(file.parent)
    deck = _draw(study, parts)
    return save_whole(deck.save, folder / file.name), deck


def _select(study: Study, personas: tuple[str, ...], *, wave: str) -> list[Study]:
    names = name_personas(study)
    for persona_id in personas:
        if persona_id not in names:
            raise ParameterError("persona_id", persona_id, names)
    known = [] if personas else select_personas(study, wave=wave)
    return known or [select_rows(study, persona_id=one, wave=wave) for one in personas or (EVERYONE,)]


def _draw(study: Study, parts: list[Study]) -> SlideDeck:
    journeys = [build_journey(part, seed=study.settings.seed) for part in parts]
    changes = [compare_waves([part]) if part.earlier else None for part in parts]
    briefs = [write_brief(one, changes=change) for one, change in zip(journeys, changes, strict=True)]
    several = len(parts) > 1 and all(part.persona_id != EVERYONE for part in parts)
    differences = find_differences(parts, whole=select_rows(study, wave=parts[0].wave)) if several else None
    return draw_slides(journeys, briefs=briefs, changes=changes, differences=differences, look=study.settings.look)
