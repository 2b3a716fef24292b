"""Names reports and their pages, so that every machine can hold them and none takes another's place."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import chain, count

from cjm_helpers.study.ids import WINDOWS_NAMES
from cjm_helpers.study.settings import EVERYONE

PERSONA = "persona"  # the lens that every report has
KEPT_NAMES = {"index", "comparison", *WINDOWS_NAMES}
UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]')  # what no file may be called on some machine
LONGEST = 160  # bytes; with what else is written beside a page, every file system takes it


def name_personas(study) -> dict[str, str]:
    """Return the name of everyone and of each persona, by id, in the order of the worksheet.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> name_personas(open_study("clinic_visit"))["companion"]
    'The one who comes along'
    """
    return {EVERYONE: "Everyone", **dict(zip(study.personas.persona_id, study.personas.name, strict=True))}


def say_name(name: str, lens: Mapping[str, str]) -> str:
    """Return the name of a report: of whom it is, and what else.

    Examples
    --------
    >>> say_name("Anna", {"market": "Germany"})
    'Anna, Germany'
    """
    return ", ".join([name, *lens.values()])


def name_pages(ids: Iterable) -> dict:
    """Name a page for each report: a file name on every machine, and never that of another page.

    Parameters
    ----------
    ids
        A persona's id, or a tuple of one and what else the report is of, such as its market; "" for a comparison.

    Examples
    --------
    >>> name_pages(["lena", "Lena", "index", "up/down"])
    {'lena': 'lena.html', 'Lena': 'Lena_2.html', 'index': 'index_persona.html', 'up/down': 'up_down.html'}
    >>> name_pages([("lena", "Germany"), ("", "Germany")])
    {('lena', 'Germany'): 'lena_Germany.html', ('', 'Germany'): 'comparison_Germany.html'}
    """
    pages, folded = {}, set()
    for one in ids:
        first, *others = (one,) if isinstance(one, str) else one
        first = f"{first}_persona" if is_kept(first) else first or "comparison"
        stem = fit_name("_".join([first, *others]))
        names = chain([stem], (f"{stem}_{number}" for number in count(2)))
        name = next(name for name in names if fold_name(name) not in folded)
        folded.add(fold_name(name))
        pages[one] = f"{name}.html"
    return pages


def fit_name(name: str) -> str:
    """Return a name as every file system takes it.

    Examples
    --------
    >>> fit_name("Q2/2026")
    'Q2_2026'
    """
    return UNFIT.sub("_", name).encode()[:LONGEST].decode(errors="ignore")


def is_kept(name: str) -> bool:
    """Tell whether a page of a persona may not be called so.

    Examples
    --------
    >>> is_kept("Index"), is_kept("indexer")
    (True, False)
    """
    return fold_name(name).partition(".")[0] in KEPT_NAMES


def fold_name(name: str) -> str:
    """Return what a file system that knows no capitals and no two ways to write an accent takes a name for.

    Examples
    --------
    >>> fold_name("Lena")
    'lena'
    """
    return unicodedata.normalize("NFC", name).casefold()
