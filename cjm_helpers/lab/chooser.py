"""Drop-downs for persona, wave and dimension; choosing runs the cells below again."""

from html import escape

from cjm_helpers.errors import ParameterError
from cjm_helpers.lab import page
from cjm_helpers.lab.form import Form
from cjm_helpers.study.dimensions import list_dimensions
from cjm_helpers.study.selection import select_rows
from cjm_helpers.study.settings import ALL_WAVES, EVERYONE, NEWEST

NOBODY = "Nobody is assigned to this persona yet: choose Everyone, or assign customers in notebook 01."

_picks: dict[str, tuple[dict, dict]] = {}  # by study: the parameters of its last chooser, and what was picked there


def choose_part(study, *, persona_id: str = EVERYONE, wave: str = NEWEST, dimension: str = "") -> "Chooser":
    """Choose persona, wave and dimension by drop-downs; the parameters stand until somebody picks.

    A pick lasts while the kernel lives and the parameters stay as they are.

    Parameters
    ----------
    persona_id, wave, dimension
        As in select_rows.

    Returns
    -------
    Chooser
        With part (the study narrowed), persona_id, wave and dimension.

    Raises
    ------
    ParameterError
        With the values the study knows.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> choice = choose_part(open_study("retail_checkout"), persona_id="busy_parent")
    >>> choice
    Persona: Lena, the time-poor parent · Wave: 2026-09 · Market: all
    >>> choice.part.persona_id
    'busy_parent'
    """
    return Chooser(study, {"persona_id": persona_id, "wave": wave, "dimension": dimension})


class Chooser(Form):
    """The drop-downs, and the part of the study that they stand for."""

    def __init__(self, study, parameters: dict[str, str]):
        super().__init__()
        self._study, self._parameters = study, parameters
        self._choose(parameters)
        self._choose_again(*_picks.pop(str(study.folder), ({}, {})))

    @property
    def persona_id(self) -> str:
        return self.part.persona_id

    @property
    def wave(self) -> str:
        return self.part.wave

    @property
    def dimension(self) -> str:
        return self.part.dimension

    def page(self) -> list[dict]:
        """Return the drop-downs that the study has."""
        choices = self._list_choices()
        if not choices:
            return [page.text("Everyone: the study has no personas, waves or dimensions to choose from yet.")]
        drops = page.row(
            page.select(name, label, options=options, value=getattr(self, name), action=name)
            for name, label, options in choices
        )
        return [drops, page.message(NOBODY)] if self._is_nobody() else [drops]

    def act(self, action: str, values: dict) -> None:
        """Narrow the study to what was picked, and run the cells below."""
        picked = {name: values.get(name, getattr(self, name)) for name in self._parameters}
        self._choose(picked)
        _picks[str(self._study.folder)] = (self._parameters, picked)
        self.run_again = "below"

    def describe(self) -> tuple[str, str]:
        """Return one line that says what is chosen, and another where nobody stands behind it."""
        said = [f"{label}: {dict(options)[getattr(self, name)]}" for name, label, options in self._list_choices()]
        line = " · ".join(said) or "Everyone"
        lines = [line, NOBODY] if self._is_nobody() else [line]
        return "".join(f"<p>{escape(each)}</p>" for each in lines), "\n".join(lines)

    def __repr__(self) -> str:
        return self.describe()[1]

    def _is_nobody(self) -> bool:
        """Tell whether a persona is chosen that has no customers, while others answered."""
        given, study = self._study.persona_assignments["persona_id"], self._study
        is_asked = len(study.responses) or len(study.feedback)
        return bool(self.persona_id not in (EVERYONE, *given) and is_asked)

    def _choose_again(self, parameters: dict, picked: dict) -> None:
        """Choose what was picked when this cell ran before with the same parameters."""
        if parameters != self._parameters:
            return
        try:
            self._choose(picked)
        except ParameterError:  # the study no longer has it
            return
        _picks[str(self._study.folder)] = (parameters, picked)

    def _choose(self, chosen: dict[str, str]) -> None:
        self.part = select_rows(self._study, **chosen)

    def _list_choices(self) -> list[tuple[str, str, list]]:
        """Return id, label and options of each drop-down that has something to choose."""
        study, settings = self._study, self._study.settings
        names = list(zip(study.personas["persona_id"], study.personas["name"], strict=True))
        waves = [*reversed(settings.wave_ids), (ALL_WAVES, "All waves")]
        values = list_dimensions(study)
        shown = values if len(settings.dimensions) > 1 else [value.partition("=")[2] for value in values]
        label = " or ".join(settings.dimensions).capitalize()
        choices = [
            ("persona_id", "Persona", [(EVERYONE, "Everyone"), *names]),
            ("wave", "Wave", page.pair_options(waves)),
            ("dimension", label, [("", "all"), *zip(values, shown, strict=True)]),
        ]
        return [choice for choice in choices if len(choice[-1]) > 1]
