"""Keeps the groups that customers form as personas: one click writes the personas and who belongs to which."""

import pandas as pd

from cjm_helpers.errors import CjmError
from cjm_helpers.lab import page
from cjm_helpers.lab.form import Form
from cjm_helpers.study.drafts import open_sheet
from cjm_helpers.study.folder import Study, open_study
from cjm_helpers.study.ids import make_id
from cjm_helpers.study.kit import is_shipped
from cjm_helpers.study.together import save_together

NO_GROUPS = "The customers form no groups that hold, so there is nothing to keep."
SHIPPED = (
    "An example stays as it is. Make a study of your own in 00_start_here, and keep the groups of your customers there."
)
ALL_HAVE_ONE = (
    "All these customers have a persona already, so nothing was written. Take theirs away first to start afresh."
)
BROUGHT_IN = (
    "The table {name} comes from a file that was brought in, so nothing was written. To keep groups beside it, make an "
    "empty file in JupyterLab (menu File, New, Text File), name it {name}.csv, drag it into the folder worksheets of "
    "your study, and click again. Customers who have a persona keep it."
)
DATA, MODEL = "data", "model"


def keep_groups(study: Study, assignments: pd.DataFrame, *, cards: pd.DataFrame) -> "GroupsDesk":
    """Offer to keep the groups that customers form as personas; nothing is written before somebody clicks.

    Parameters
    ----------
    assignments, cards
        Those of `personas.suggest_personas`, and the cards written from them, for the names to start from.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> found = pd.DataFrame({"customer_id": ["c1"], "persona_id": ["segment_1"]})
    >>> cards = found.assign(field="name", text="Segment 1")
    >>> keep_groups(open_study("retail_checkout"), found, cards=cards).describe()[1]
    'An example stays as it is. Make a study of your own in 00_start_here, and keep the groups of your customers there.'
    """
    suggested = cards[cards["field"].eq("suggested_name")].set_index("persona_id")["text"]
    return GroupsDesk(study, assignments, suggested.to_dict())


class GroupsDesk(Form):
    """A name for each group, and a button that makes personas of them."""

    def __init__(self, study: Study, assignments: pd.DataFrame, suggested: dict[str, str]):
        super().__init__()
        self._study, self._assignments, self._suggested = study, assignments, suggested
        self._said = ""

    def page(self) -> list[dict]:
        """Return the groups with their names, or why there is nothing to keep."""
        sizes = self._assignments["persona_id"].value_counts().sort_index()
        if is_shipped(self._study.folder) or sizes.empty:
            return [page.text(NO_GROUPS if sizes.empty else SHIPPED)]
        if self._said:
            return [page.message(self._said, tone="good")]
        fields = [
            page.field(group, f"{group.replace('_', ' ').capitalize()}, {size:,} customers", value=self._suggest(group))
            for group, size in sizes.items()
        ]
        return [*fields, page.button("keep", "Keep these groups as personas", is_primary=True)]

    def act(self, action: str, values: dict) -> None:
        """Write the personas and the customers who have none yet, both or neither."""
        groups = sorted(self._assignments["persona_id"].unique())
        names = {group: str(values.get(group, self._suggest(group))).strip() for group in groups}
        for group, name in names.items():
            if not name or list(names.values()).count(name) > 1:
                self.errors[group] = "Give each group a name of its own."
        if self.errors:
            return
        study = open_study(self._study.folder)
        is_new = ~self._assignments["customer_id"].isin(study.persona_assignments["customer_id"])
        if not is_new.any():
            raise CjmError(ALL_HAVE_ONE)
        ids = _name_personas(study, names)
        personas = pd.DataFrame({"persona_id": ids.values(), "name": names.values(), "basis": DATA})
        rows = self._assignments.loc[is_new, ["customer_id", "persona_id"]].replace({"persona_id": ids})
        added = {"personas": personas, "persona_assignments": rows.assign(basis=MODEL)}
        save_together(study, {name: _append(study, name, rows) for name, rows in added.items()})
        self._said = _write_saved(len(ids), new=len(rows), kept=int((~is_new).sum()))
        self.run_again = "all"

    def _suggest(self, group: str) -> str:
        return self._suggested.get(group, group.replace("_", " ").capitalize())


def _name_personas(study: Study, names: dict[str, str]) -> dict[str, str]:
    """Return the id of the persona that each group becomes."""
    known, ids = list(study.personas["persona_id"]), {}
    taken = sorted(set(study.personas["name"]) & {*names.values()})
    if taken:
        raise CjmError(
            f"A persona is called '{taken[0]}' already. Give the group a name of its own; nothing was written."
        )
    for group, name in names.items():
        ids[group] = make_id(name, taken=[*known, *ids.values()])
    return ids


def _write_saved(personas: int, *, new: int, kept: int) -> str:
    others = f" {kept:,} had a persona already and keep it." if kept else ""
    given = f"{new:,} customer{'' if new == 1 else 's'} given to {'it' if personas == 1 else 'them'}"
    return f"Saved: {personas} persona{'' if personas == 1 else 's'}, {given}.{others}"


def _append(study: Study, name: str, rows: pd.DataFrame) -> pd.DataFrame:
    sheet = open_sheet(study, name)
    if sheet.is_read_only:
        raise CjmError(BROUGHT_IN.format(name=name))
    return pd.concat([sheet.frame, rows.reindex(columns=sheet.frame.columns, fill_value="")], ignore_index=True)
