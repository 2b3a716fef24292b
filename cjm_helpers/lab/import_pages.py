"""The pages of the import desk, one for each step: choose a file, match it, and see what would come of it."""

from pathlib import Path

import pandas as pd

from cjm_helpers.lab import page
from cjm_helpers.lab.import_file import ENDINGS, NEW_WAVE, Incoming
from cjm_helpers.lab.import_match import show_columns, show_questions
from cjm_helpers.lab.import_talks import show_talks
from cjm_helpers.study.folder import Study
from cjm_helpers.study.sources import RAW
from cjm_helpers.study.sources.cells import BLANK, NOT_APPLICABLE
from cjm_helpers.study.sources.intake import Intake, Tried, list_blocks
from cjm_helpers.study.sources.suggest import FEEDBACK, INTERVIEWS, KINDS, KPIS, TABLE
from cjm_helpers.study.sources.transcripts import KINDS as TALKS
from cjm_helpers.worksheets import SPECS

FIRST_ROWS, FIRST_COLUMNS, LONGEST = 5, 8, 60
SOURCES = tuple(
    {"review": "Reviews", "support": "Tickets", "social": "Posts", "poll": "A poll", "survey": "A survey"}.items()
)
USES = {"emotion": "The emotion curve is drawn from {}.", "outcome": "Whether the journey went well is told by {}."}
REASONS = {BLANK: "without an answer", NOT_APPLICABLE: "of people it does not concern"}
NOW_SHOWN = {
    "responses": "how people felt at each touchpoint (notebook 07) and what it does to the whole (03)",
    "feedback": "what people said, to be linked to touchpoints and coded (04)", "customers": "who they are (01)",
    "persona_assignments": "each persona on its own", "kpi_readings": "the figures (05)",
    "touchpoints": "the touchpoints (02)",
}  # fmt: skip


def show_choice(files: dict[str, bytes], *, study: Study) -> dict:
    """Return the first step: a file from the computer, several interviews, or a file in raw/."""
    help = f"An export as you received it (.csv, .xlsx), or interviews ({', '.join(TALKS)}), several at once."
    chooser = {"accepts": ",".join(ENDINGS), "takes_several": True, "help": help, "action": "chosen"}
    elements = [page.file_chooser("file", "From your computer", **chooser)]
    if files:
        elements += [page.text(f"Chosen: {', '.join(files)}"), page.button("over", "Forget them")]
    if len(files) > 1:
        elements.append(page.field("set", "What do you call these interviews?", value="interviews"))
    elements.append(page.button("read", "Look at it", is_primary=bool(files), is_disabled=not files))
    there = list_raw(study.folder / RAW)
    if there:
        elements.append(page.select("lying", "Or one that lies in raw/", options=there))
        elements.append(page.button("raw", "Look at this one"))
    return page.group("1. Choose a file", elements)


def show_match(incoming: Incoming, *, values: dict) -> list[dict]:
    """Return the second and third step: what the file is, and what each column holds."""
    found, rows, earlier = incoming.suggestion, incoming.rows, incoming.earlier
    kind = page.select("kind", "What is it?", options=list(KINDS.items()), value=found.kind, action="match")
    first = [kind, page.text(f"{found.file}: {len(rows):,} rows. The first ones:"), _show_rows(rows)]
    wave, parts = show_wave(incoming, values=values), [page.group("2. What is it?", first)]
    if earlier:
        like = page.text(f"It has the same columns as {earlier}, which you brought in before.")
        button = page.button("repeat", "The same as last time", is_primary=True)
        parts.append(page.group("The same as last time?", [like, *wave, button]))
    asked = [*([] if earlier or found.kind in (KPIS, TABLE) else wave), *_show_kind(incoming)]
    buttons = [
        page.button("try", "Show what would come of it", is_primary=not earlier),
        page.button("over", "Start over"),
    ]
    return [*parts, page.group("3. What is what?", asked), page.row(buttons)]


def _show_kind(incoming: Incoming) -> list[dict]:
    found, rows, study = incoming.suggestion, incoming.rows, incoming.study
    if found.kind == INTERVIEWS:
        return show_talks(found, rows, study=study)
    source = page.select("source", "Where was it said?", options=SOURCES, value=found.source)
    table = page.select("table", "Which of our tables?", options=list(SPECS), value=found.table, action="match")
    first = {FEEDBACK: [source], TABLE: [table]}.get(found.kind, [])
    return [*first, show_columns(found, rows, study=study), *show_questions(found, rows, study=study)]


def show_wave(incoming: Incoming, *, values: dict) -> list[dict]:
    """Return the choice of a wave, and the fields of a new one where that is chosen."""
    waves, suggested = incoming.study.settings.wave_ids, incoming.suggest_wave()
    options = [("", "Found from each row's day" if waves else "None"), *waves, (NEW_WAVE, "A new wave")]
    wave = page.select("wave", "Which wave (round of listening)?", options=options, value=suggested, action="match")
    if values.get("wave", suggested) != NEW_WAVE:
        return [wave]
    name, first, last = incoming.suggest_new_wave()
    new = [
        page.field("wave_id", "Name of the new wave", value=name),
        page.field("wave_start", "First day", kind="date", value=first),
        page.field("wave_end", "Last day", kind="date", value=last),
    ]
    return [wave, page.row(new)]


def show_trial(tried: Tried, *, intake: Intake, file: str) -> dict:
    """Return the fourth step: what would be written and what is left out, before anything is."""
    elements = [page.text("Nothing is written yet. This would come of it:"), _show_counts(tried, file)]
    elements += [page.text(sentence) for sentence in _tell_changes(intake)]
    buttons = [
        page.button("bring", "Bring it in", is_primary=True), page.button("back", "Change something"),
        page.button("over", "Start over"),
    ]  # fmt: skip
    return page.group("4. What would come of it", [*elements, page.row(buttons)])


def list_brought(study: Study) -> list[dict]:
    """Return the files that the study imports, as a table.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> list_brought(open_study("retail_checkout"))[1]["columns"]
    ['File in raw/', 'Fills']
    """
    blocks = list_blocks(study)
    if blocks.empty:
        return [page.text("No file was brought in yet.")]
    return [page.heading("Brought in so far", level=4), page.table(["File in raw/", "Fills"], blocks.values.tolist())]


def tell_shown(done: Tried) -> str:
    """Return what can be looked at once a file is in."""
    tables = [Path(file).stem for file in done.counts]
    return "; ".join(words for table, words in NOW_SHOWN.items() if table in tables) or "the tables of the study"


def list_raw(folder: Path) -> list[str]:
    """Return the files in raw/ that can be read, and the folders of interviews.

    Examples
    --------
    >>> list_raw(Path("nowhere"))
    []
    """
    there = sorted(folder.iterdir()) if folder.is_dir() else []
    known = [path for path in there if path.is_dir() or path.suffix.lower() in ENDINGS]
    return [path.name for path in known if not path.name.startswith(".")]


def _show_rows(rows: pd.DataFrame) -> dict:
    first = rows.iloc[:FIRST_ROWS, :FIRST_COLUMNS].map(lambda cell: cell[:LONGEST])
    further = rows.shape[1] - FIRST_COLUMNS
    more = [f"and {further} more columns"] if further > 0 else []
    return page.table([*first.columns, *more], [line + [""] * len(more) for line in first.values.tolist()])


def _show_counts(tried: Tried, file: str) -> dict:
    """Count for each table what the file gives: answers where it has a column for each, else rows."""
    lines = []
    for row in tried.report.table.to_dict("records"):
        unit = "cells" if row["cells_in_file"] else "rows"
        left = {name: count for name, count in row.items() if name.startswith(f"{unit} ") and count}
        reasons = {name: name.removeprefix(f"{unit} ") for name in left}
        told = ", ".join(f"{count:,} {REASONS.get(reasons[name], reasons[name])}" for name, count in left.items())
        counts = [f"{row[f'{unit}_in_file']:,}", f"{row[f'{unit}_kept']:,}", told]
        lines += [[row["table"], *counts]] if row["file"] == file else []
    return page.table(["Goes to", "In the file", "Kept", "Left out"], lines)


def _tell_changes(intake: Intake) -> list[str]:
    """Say what study.toml and the worksheets would get beside the rows."""
    told = []
    for name, rows in intake.rows.items():
        if len(rows):
            names = rows["name"] if "name" in rows else rows.iloc[:, 0]
            told.append(f"New rows in {name}: {', '.join(names)}.")
    told += [f"New question: {name}." for name in intake.changes.get("metrics", {})]
    told += [USES[use].format(name) for use, name in intake.changes.get("map", {}).items()]
    return told + [f"New wave: {wave['id']}." for wave in intake.changes.get("waves", [])[-1:]]
