"""The form for study.toml: what the study is about, its stages, waves and questions, without a line of TOML."""

from cjm_helpers.lab import page, settings_parts
from cjm_helpers.lab.form import Form
from cjm_helpers.lab.import_match import spell_scale
from cjm_helpers.lab.own_part import MAKE, make_own, show_offer
from cjm_helpers.lab.settings_parts import NONE, Lines
from cjm_helpers.lab.static_page import spell_page
from cjm_helpers.study.folder import Study, open_study
from cjm_helpers.study.kit import is_shipped
from cjm_helpers.study.settings import FILE, Settings
from cjm_helpers.study.settings_writer import count_uses, save_settings

LISTS = ("stage", "wave", "metric", "team")
ABOUT = ("starts_with", "ends_with")


def describe_study(study: Study) -> "SettingsDesk":
    """Show the form that says what the study is about.

    Parameters
    ----------
    study
        As `open_study` returns it. Nothing is written before somebody clicks "Save".

    Examples
    --------
    >>> describe_study(open_study("retail_checkout")).describe()[1].splitlines()[2]
    'Name | Retail checkout'
    """
    return SettingsDesk(study)


class SettingsDesk(Form):
    """The settings of a study as a form; Save writes them, whole or not at all."""

    def __init__(self, study: Study):
        super().__init__()
        self.made: dict[str, str] = {}
        self.said, self.asked = "", ""
        self._open(study)

    def _open(self, study: Study) -> None:
        settings = study.settings
        self.study = study
        named = {"stage": settings.stages, "wave": settings.wave_ids, "metric": settings.metrics, "team": settings.team}
        self.lines = {kind: Lines(names) for kind, names in named.items()}
        self.values.clear()

    def page(self) -> list[dict]:
        """Return the form, or for a shipped example what it says and the offer of a copy."""
        title = page.heading("What the study is about")
        if is_shipped(self.study.folder):
            return [title, *show_offer(self.made), show_settings(self.study.settings)]
        settings, lines = self.study.settings, self.lines
        parts = [
            settings_parts.show_about(settings), settings_parts.show_stages(lines["stage"]),
            settings_parts.show_waves(lines["wave"], settings), settings_parts.show_metrics(lines["metric"], settings),
            settings_parts.show_map(settings), *settings_parts.show_people(lines["team"], self.study, values=self.values),
        ]  # fmt: skip
        said = (
            [page.message(self.said, tone="good"), page.button("again", "Run the notebook again")] if self.said else []
        )
        asked = (
            [page.message(self.asked), page.button("save_all", "Save, and rename in the rows too")]
            if self.asked
            else []
        )
        return [title, *parts, page.button("save", "Save", is_primary=True), *asked, *said]

    def describe(self) -> tuple[str, str]:
        """Return what study.toml says, as a plain table."""
        line = page.text("In JupyterLab, run this cell to change it.")
        return spell_page([page.heading("What the study is about"), show_settings(self.study.settings), line])

    def act(self, action: str, values: dict) -> None:
        """Carry out one click."""
        self.said = self.asked = ""
        what, _, key = action.partition(":")
        kind, _, does = what.partition("_")
        if action == MAKE:
            self.made = make_own(self, self.study)
        elif action == "again":
            self.run_again = "all"
        elif kind == "save":
            self._save(values, is_agreed=does == "all")
        elif kind in LISTS:
            moves = {"up": self.lines[kind].raise_line, "out": self.lines[kind].keys.remove}
            self.lines[kind].add() if does == "add" else moves[does](key)

    def _save(self, values: dict, *, is_agreed: bool) -> None:
        changes, renames = self._read(values)
        self.asked = "" if is_agreed else self._ask(renames)
        if self.asked:
            return
        save_settings(self.study.folder, changes=changes, renames=renames, digest=self.study.digests[FILE])
        self._open(open_study(self.study.folder))
        self.said = "Saved. Run the notebook again to work with it."

    def _read(self, values: dict) -> tuple[dict, dict]:
        """Return what differs from study.toml, and new names by old ones."""
        settings, lines = self.study.settings, self.lines
        stages, renamed = settings_parts.read_stages(lines["stage"], values)
        waves = settings_parts.read_waves(lines["wave"], values, settings=settings)
        changes = _read_plain(settings, values) | {
            "metrics": settings_parts.read_metrics(lines["metric"], values, settings=settings),
            "team": settings_parts.read_team(lines["team"], values, settings=settings),
        }
        changes["map"] |= _follow_questions(changes, settings)
        changes["stages"] = None if tuple(stages) == settings.stages else stages
        known = [{"id": wave.id, "start": wave.start, "end": wave.end} for wave in settings.waves]
        changes["waves"] = None if waves == known else waves
        changes |= self._read_customers(values)
        ids = [values.get(f"wave:{key}", key).strip() for key in lines["wave"].keys]
        moved = {key: name for key, name in zip(lines["wave"].keys, ids) if key in settings.wave_ids and name != key}
        kept = {key: value for key, value in changes.items() if value not in (None, {})}
        return kept, {"stages": renamed, "waves": moved}

    def _read_customers(self, values: dict) -> dict:
        columns, settings = settings_parts.list_attributes(self.study), self.study.settings
        kinds = {name: values.get(f"kind:{name}", settings.customers.get(name, "")) or None for name in columns}
        kinds = {name: kind for name, kind in kinds.items() if kind != settings.customers.get(name)}
        named = {column: name for name, column in settings.dimensions.items()}
        ticked = values.get("dimensions", [column for column in named if column in columns])
        split = {named.get(column, column): column if column in ticked else None for column in columns}
        split = {name: column for name, column in split.items() if column != settings.dimensions.get(name)}
        return {"customers": kinds, "dimensions": split}

    def _ask(self, renames: dict) -> str:
        """Return the question that renaming raises: in which rows the old name stands."""
        told = []
        for kind, names in renames.items():
            for old, new in names.items():
                uses = count_uses(self.study.folder, kind, name=old)
                files = ", ".join(f"{file.rpartition('/')[2]} {count:,}" for file, count in uses.items())
                told += [f"'{old}' becomes '{new}' in {sum(uses.values()):,} rows as well ({files})."] if uses else []
        return f"{' '.join(told)} Is that what you want?" if told else ""


def show_settings(settings: Settings) -> dict:
    """Return what study.toml says as a table.

    Examples
    --------
    >>> show_settings(Settings("Shop"))["rows"][0]
    ['Name', 'Shop']
    """
    scenario = settings.scenario
    rows = [
        ["Name", settings.name], ["Organisation", settings.look.get("organisation", "")],
        ["The journey", f"{scenario.name}: {scenario.starts_with} ... {scenario.ends_with}" if scenario.name else ""],
        ["Stages", ", ".join(settings.stages)],
        ["Waves", "; ".join(f"{wave.id}: {wave.start} to {wave.end}" for wave in settings.waves)],
        *([f"Question {spell_scale(one)}", one.question] for one in settings.metrics.values()),
        ["Emotion curve from", ", ".join(settings.emotion)], ["Outcome", settings.outcome],
        ["Smallest group shown", str(settings.min_n)], ["Time zone", settings.timezone],
        ["Team", ", ".join(f"{person} ({department})" for person, department in settings.team.items())],
        ["Files brought in", ", ".join(dict.fromkeys(block.get("file", "") for block in settings.imports))],
    ]  # fmt: skip
    return page.table(["What", "What is said"], [[what, says or "not said yet"] for what, says in rows])


def _follow_questions(changes: dict, settings: Settings) -> dict:
    """Let the only question draw the curve as it is added, and the map forget a question that is removed."""
    chosen, metrics = changes["map"], changes["metrics"]
    if not settings.metrics and len(metrics) == 1 and not chosen.get("emotion"):
        return {"emotion": next(iter(metrics))}
    gone = {name for name, metric in metrics.items() if metric is None}
    now = {"emotion": settings.emotion[0] if settings.emotion else NONE, "outcome": settings.outcome}
    return {use: None for use, name in now.items() if chosen.get(use, name) in gone}


def _read_plain(settings: Settings, values: dict) -> dict:
    """Return the changes of single keys."""
    scenario = settings.scenario
    given = {"name": values.get("scenario", scenario.name)} | {
        key: values.get(key, getattr(scenario, key)) for key in ABOUT
    }
    changed = {key: text.strip() for key, text in given.items() if text.strip() != getattr(scenario, key)}
    changes: dict = {"scenario": changed}
    organisation = values.get("organisation", settings.look.get("organisation", "")).strip()
    changes["look"] = {"organisation": organisation} if organisation != settings.look.get("organisation", "") else {}
    emotion, outcome = settings.emotion[0] if settings.emotion else NONE, settings.outcome or NONE
    chosen = {"emotion": values.get("emotion", emotion), "outcome": values.get("outcome", outcome)}
    now = {"emotion": emotion, "outcome": outcome}
    changes["map"] = {use: None if name == NONE else name for use, name in chosen.items() if name != now[use]}
    plain = {"name": values.get("name", settings.name).strip(), "timezone": values.get("timezone", settings.timezone)}
    plain["min_n"] = settings_parts.read_number(values.get("min_n", settings.min_n))
    return changes | {key: value for key, value in plain.items() if value != getattr(settings, key)}
