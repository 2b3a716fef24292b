"""Themes that words propose: a person looks at each, names it, gives it to a code that is there, or leaves it."""

from collections.abc import Mapping

import pandas as pd

from cjm_helpers.errors import CjmError
from cjm_helpers.lab import page
from cjm_helpers.lab.form import Form
from cjm_helpers.lab.own_part import MAKE, make_own, show_offer
from cjm_helpers.lab.static_page import spell_page
from cjm_helpers.method.themes.propose import BACK, FEWEST, MOST, propose_themes
from cjm_helpers.method.words import count_things, join_words
from cjm_helpers.study.drafts import Draft, open_sheet, save_draft
from cjm_helpers.study.folder import Study, open_study
from cjm_helpers.study.ids import make_id
from cjm_helpers.study.kit import is_shipped
from cjm_helpers.worksheets import RETIRED, split_list

TITLE = "Themes in the words"
ABOUT = (
    "Words that go together in many verbatims may be a theme. The machine proposes, and knows no meaning: read the "
    "verbatims of each, then give it a name of your own, give it to a code that is there, or leave it. Two themes "
    "under one name become one code. No verbatim is coded by this."
)
CODE, NONE = "code", "no theme"
BELONGS = "belongs:"
UNDECIDED = "Say what to do with it."
UNNAMED = "Write a name first."
TAKEN = "A code has this name. Choose it under 'What to do', or give the theme another name."


def name_themes(study: Study) -> "ThemesDesk":
    """Show the desk that looks for themes in the words; nothing is written before somebody clicks "Write the codes".

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> name_themes(open_study("retail_checkout")).describe()[1].splitlines()[0]
    'Themes in the words'
    """
    return ThemesDesk(study)


class ThemesDesk(Form):
    """A button that looks for themes, and for each a name and what becomes of it."""

    def __init__(self, study: Study):
        super().__init__()
        self.study, self.said = study, ""
        self.made: dict[str, str] = {}
        self._themes = pd.DataFrame()

    def page(self) -> list[dict]:
        """Return the way to look for themes, and below it those that wait for a decision, and what was written."""
        numbers = [("", "as many as come back best"), *(str(number) for number in range(FEWEST, MOST + 1))]
        look = [
            page.select("topics", "How many themes", options=numbers),
            page.button("look", "Look for themes in the words", is_primary=self._themes.empty),
        ]
        head = [page.heading(TITLE), page.text(ABOUT)]
        again = page.button("again", "Run the notebook again")
        done = [page.message(self.said, tone="good"), again] if self.said else []  # below the button that was clicked
        return [*head, page.row(look), *self._show_themes(), *done]

    def describe(self) -> tuple[str, str]:
        """Return what the desk is for."""
        line = page.text("In JupyterLab, run this cell to use: Look for themes in the words.")
        return spell_page([page.heading(TITLE), page.text(ABOUT), line])

    def act(self, action: str, values: dict) -> None:
        """Look for themes, write the codes, make the example one's own, or run the notebook again."""
        if self.work:
            raise CjmError("The words are still being compared. Wait until that is done.")
        self.said = ""
        if action == "look":
            self._look(values)
        elif action == "write":
            self._write(values)
        elif action == MAKE:
            self.made = make_own(self, self.study)
        elif action == "again":
            self.run_again = "all"

    def _look(self, values: dict) -> None:
        self.study = open_study(self.study.folder)
        topics = int(values["topics"]) if values.get("topics") else None
        seed = self.study.settings.seed
        self._keep(pd.DataFrame())
        self.start_work(
            "look", lambda say: propose_themes(self.study.feedback, topics=topics, seed=seed, say=say), then=self._keep
        )

    def _keep(self, themes: pd.DataFrame) -> None:
        """Take over themes to decide on; what was typed belongs to those before."""
        self._themes = themes
        self.values = {name: value for name, value in self.values.items() if name == "topics"}

    def _show_themes(self) -> list[dict]:
        if self._themes.empty:
            return []
        verbatims = self.study.feedback.set_index("feedback_id")["text"]
        is_fixed = is_shipped(self.study.folder)
        groups = [
            page.group(_title(theme), [*_show_theme(theme, verbatims), *([] if is_fixed else self._ask(theme))])
            for theme in self._themes.itertuples()
        ]
        write = [page.button("write", "Write the codes", is_primary=True)]
        return [
            page.message(self._themes["sentence"].iloc[0]),
            *groups,
            *(show_offer(self.made) if is_fixed else write),
        ]

    def _ask(self, theme) -> list[dict]:
        codes = [(BELONGS + row.code_id, f"It belongs to the code: {row.label}") for row in _list_codes(self.study)]
        options = [("", "Not decided yet"), (CODE, "Make it a code under this name"), (NONE, "No theme"), *codes]
        field = page.field(f"name:{theme.theme_id}", "Your name for it")
        return [page.row([field, page.select(f"do:{theme.theme_id}", "What to do", options=options)])]

    def _write(self, values: dict) -> None:
        study = open_study(self.study.folder)
        new, belonging = self._read_choices(values, study)
        if self.errors:
            return
        decided = {theme.theme_id for theme in self._themes.itertuples() if values.get(f"do:{theme.theme_id}")}
        if not decided:
            raise CjmError("Nothing is decided yet. Say of a theme what to do with it, then click again.")
        sheet = open_sheet(study, "codebook")
        frame, filled = _add_examples(sheet.frame, self._quote(belonging))
        rows = self._make_rows(new, taken=sheet.frame["code_id"])
        if rows or filled:
            _save(sheet, pd.concat([frame, pd.DataFrame(rows, columns=frame.columns, dtype="str")], ignore_index=True))
        self.study = open_study(self.study.folder)
        left = self._themes[~self._themes["theme_id"].isin(decided)]
        self.values = {name: value for name, value in self.values.items() if name.partition(":")[2] not in decided}
        self._themes = left
        self.said = _say_written([row["label"] for row in rows], filled=filled, left=len(left))

    def _read_choices(self, values: Mapping, study: Study) -> tuple[dict[str, list], dict[str, list]]:
        """Return the themes by the name of their new code and by the code they belong to; note what is missing."""
        new: dict[str, list] = {}
        belonging: dict[str, list] = {}
        known = {label.casefold() for label in study.codebook["label"]}
        spelled: dict[str, str] = {}
        for theme in self._themes.itertuples():
            name = " ".join(str(values.get(f"name:{theme.theme_id}", "")).split())
            does = values.get(f"do:{theme.theme_id}", "")
            if does == CODE and not name:
                self.errors[f"name:{theme.theme_id}"] = UNNAMED
            elif does == CODE and name.casefold() in known:
                self.errors[f"name:{theme.theme_id}"] = TAKEN
            elif does == CODE:
                new.setdefault(spelled.setdefault(name.casefold(), name), []).append(theme)
            elif does.startswith(BELONGS):
                belonging.setdefault(does.removeprefix(BELONGS), []).append(theme)
            elif name and not does:
                self.errors[f"do:{theme.theme_id}"] = UNDECIDED
        return new, belonging

    def _quote(self, themes: Mapping[str, list]) -> dict[str, str]:
        """Return the verbatim nearest to the first of the themes that share a name or code."""
        verbatims = self.study.feedback.set_index("feedback_id")["text"]
        nearest = {name: split_list(";".join(theme.feedback_ids for theme in own))[:1] for name, own in themes.items()}
        return {name: verbatims[ids[0]].strip() for name, ids in nearest.items() if ids}

    def _make_rows(self, new: Mapping[str, list], *, taken) -> list[dict]:
        rows: list[dict] = []
        quotes = self._quote(new)
        for label, themes in new.items():
            words = ", ".join(dict.fromkeys(split_list(";".join(theme.terms for theme in themes))))
            code_id = make_id(label, taken=[*taken, *(row["code_id"] for row in rows)])
            about = {"status": "active", "reason": f"Proposed by the words: {words}"}
            rows.append({"code_id": code_id, "label": label, "example": quotes.get(label, ""), **about})
        return rows


def _title(theme) -> str:
    return f"Theme {theme.place}: {count_things(theme.k, 'verbatim')}, {100 * theme.share:.0f} % of those compared"


def _show_theme(theme, verbatims: pd.Series) -> list[dict]:
    quotes = [[f"“{verbatims[name].strip()}”", name] for name in split_list(theme.feedback_ids)]
    table = page.table(["Nearest verbatims", "Id"], quotes) if quotes else page.text("None of them may be quoted.")
    return [page.text(f"Words: {', '.join(split_list(theme.terms))}."), page.text(_say_held(theme)), table]


def _say_held(theme) -> str:
    """Say whether the words of a theme come back, and by which of the two rules they do not."""
    is_above = theme.stability > theme.by_chance
    digits = 2 if f"{theme.stability:.2f}" != f"{theme.by_chance:.2f}" else 3
    own, chance = f"{theme.stability:.{digits}f} of 1", f"{theme.by_chance:.{digits}f}"
    if theme.verdict == BACK:
        return f"Its words come back in other samples: {own}, above the {chance} that shuffled words reach by chance."
    if is_above:
        return (
            f"It does not hold: its own words come back above chance ({own}; shuffled words reach up to {chance}), but "
            "the themes as a whole come back no better than themes of shuffled words."
        )
    return f"Its words do not come back in other samples: {own}; shuffled words reach up to {chance} by chance."


def _list_codes(study: Study) -> list:
    codes = study.codebook
    return list(codes[codes["status"] != RETIRED].itertuples())


def _add_examples(frame: pd.DataFrame, quotes: Mapping[str, str]) -> tuple[pd.DataFrame, list[str]]:
    """Give codes that have no example the verbatim of their theme; return the rows, and the labels of such codes."""
    lacking = frame["code_id"].isin(quotes) & (frame["example"] == "")
    examples = frame["example"].where(~lacking, frame["code_id"].map(quotes))
    return frame.assign(example=examples), frame.loc[lacking, "label"].tolist()


def _save(sheet: Draft, frame: pd.DataFrame) -> None:
    saved = save_draft(sheet, frame=frame.fillna(""))
    if saved.conflicts:
        raise CjmError("Somebody changed the codebook at the same moment. Look at what stands there, then click again.")


def _say_written(labels: list[str], *, filled: list[str], left: int) -> str:
    parts = []
    if labels:
        parts.append(
            f"Saved: {count_things(len(labels), 'code')} ({join_words(labels)}). The nearest verbatim that may be "
            "quoted is the example. The definition is yours to write: do that in the codebook before anybody codes."
        )
    parts += [f"An example for {join_words(filled)} is saved."] if filled else []
    parts += ["Nothing was to be written."] if not parts else []
    parts += [f"{count_things(left, 'theme')} not decided yet."] if left else []
    return " ".join(parts)
