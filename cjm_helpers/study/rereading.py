"""Says what a ledger would hold of a study as it stands now, so that a report whose rows are the same can stay."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from cjm_helpers.errors import CjmError
from cjm_helpers.study.dimensions import split_dimensions
from cjm_helpers.study.folder import Study
from cjm_helpers.study.ledger import EVERYTHING, FILE, SELECTION, UNKNOWN, digest_path, read_quietly
from cjm_helpers.study.selection import narrow_rows, select_rows
from cjm_helpers.study.watching import spell_selection
from cjm_helpers.worksheets import SPECS

GONE = "gone"


class Rereading:
    """The digests of a study's rows as they stand now, each made once however many reports have read them.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> now = Rereading(open_study("clinic_visit"))
    >>> reads = {"selection?persona_id=regular": "regular, 2026-05", "personas": "abc", "file:a.csv": "missing"}
    >>> now.find_changed(reads)
    ['personas']
    """

    def __init__(self, study: Study):
        self._study, self._digests, self._parts = study, {}, {}

    def find_changed(self, reads: Mapping[str, str]) -> list[str]:
        """Return the names of what is no longer as it was read; the selections first, since the rest hangs on them."""
        names = sorted(reads, key=lambda name: (not name.startswith(SELECTION), name))
        with read_quietly():
            return [name for name in names if self._digest(name) != reads[name] or reads[name] == UNKNOWN]

    def _digest(self, name: str) -> str:
        if name not in self._digests:
            self._digests[name] = self._make_digest(name)
        return self._digests[name]

    def _make_digest(self, name: str) -> str:
        what, _, part = name.partition("?")
        if name.startswith(FILE):
            return digest_path(self._study.folder.resolve() / name.removeprefix(FILE))
        try:
            if what == SELECTION:
                return self._select(dict(parse_qsl(part)))
            if what in SPECS:
                return self._find_part(**dict(parse_qsl(part))).tables.digest(what)
        except (CjmError, KeyError, ValueError):  # a persona, a wave or a column that is no longer there
            return GONE
        return self._study.data_hash if name == EVERYTHING else UNKNOWN

    def _select(self, asked: Mapping[str, str]) -> str:
        part = select_rows(self._study, **asked)
        for one in filter(None, (part, part.earlier)):
            self._parts[one.persona_id, one.wave, one.dimension] = one
        return spell_selection(part)

    def _find_part(self, persona_id: str = "", wave: str = "", dimension: str = "") -> Study:
        if not wave:
            return self._study
        key = persona_id, wave, dimension
        if key not in self._parts:
            dimensions = split_dimensions(self._study, dimension)
            self._parts[key] = narrow_rows(self._study, persona_id, wave=wave, dimensions=dimensions)
        return self._parts[key]
