"""The offer to make a shipped example one's own study, as desks show it where nothing may be changed."""

from cjm_helpers.lab import page
from cjm_helpers.lab.form import Form
from cjm_helpers.lab.own_study import make_own_study
from cjm_helpers.study.folder import Study

MAKE = "own"
WHY = "This study ships with the workbook, so it stays as it is. Make it your study to change it."


def show_offer(made: dict[str, str]) -> list[dict]:
    """Return why nothing can be changed here, the offer of a copy, and the way to it once it is made.

    Examples
    --------
    >>> [element["kind"] for element in show_offer({})]
    ['message', 'group']
    """
    asked = [
        page.field("own_name", "Name of your study", help="As your team calls it; its folder gets its name from it."),
        page.button(MAKE, "Make it my study", is_primary=not made),
    ]
    way = (
        [page.message("Your study is made.", tone="good"), page.link("Open it", path=made["notebook"])] if made else []
    )
    return [page.message(WHY), page.group("Make it my study", [*asked, *way])]


def make_own(form: Form, study: Study) -> dict[str, str]:
    """Make the copy, named as it was typed into the form."""
    return make_own_study("", name=form.values.get("own_name", ""), example=study.folder.name)
