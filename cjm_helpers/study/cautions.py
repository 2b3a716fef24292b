"""Finds what a team should know before it trusts a number: gaps, one-sided columns, groups that are too small."""

import re

from cjm_helpers.errors import Fault
from cjm_helpers.study.tables import IMPORTED
from cjm_helpers.study.twins import ANSWERS, find_disputed
from cjm_helpers.worksheets import MACHINE, NOTHING_FITS, RETIRED, SPECS

MOST_MISSING = 0.20
MOST_OF_ONE_LEVEL = 0.95
LISTS = ("channels", "named_by")
GARBLED = re.compile("\ufffd|Ã[\u00a1-\u00bf]|â€")  # a letter nobody could read, and UTF-8 that was read as cp1252
SHORT = 40  # letters of a text that is quoted
SPELT = 5  # disputes of which both answers are said; of more, the verbatims only
DESKS = {
    "coding_decisions": ("settle", "Until then the code counts where at least half of those who read it gave it."),
    "alignments": ("link", "Until then it counts as not linked."),
}
COUNTED_ON = (("responses", "customer_id"), ("feedback", "customer_id"))


def find_cautions(study) -> list[Fault]:
    """Return what does not stop a study but weakens it, as sentences with their numbers.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> from cjm_helpers.study.kit import new_study
    >>> import tempfile
    >>> print(find_cautions(open_study(new_study(tempfile.mkdtemp())))[0])
    touchpoints: No touchpoint is listed yet. List the first ones: without them there is no journey to show.
    """
    return [
        *study.assumed,
        *find_emptied(study),
        *_find_no_touchpoint(study),
        *_find_gaps(study),
        *_find_one_sided(study),
        *_find_small_groups(study),
        *find_unplaced(study),
        *_find_garbled(study),
        *_find_lone_speakers(study),
        *_find_bare_statements(study),
        *_find_split_codings(study),
        *_find_retired_codings(study),
        *_find_same_labels(study),
        *_find_disputes(study),
        *_find_comma_lists(study),
        *_find_undated_kpis(study),
        *_find_backward_targets(study),
    ]


def find_emptied(study) -> list[Fault]:
    """Return a caution for each imported file without a row: what came of an empty export looks like no export at all.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> find_emptied(open_study("retail_checkout"))
    []
    """
    filled = {file for placed in study.placed.values() for file in set(placed.files)}
    emptied = [file for file in study.digests if file.startswith(f"{IMPORTED}/") and file.endswith(".csv")]
    what = "The table holds no row, so the reports show nothing of it."
    remedy = "If its export holds some, import it again; if not, export it again first."
    return [_caution(what, file, remedy=remedy) for file in emptied if file not in filled]


def _caution(what: str, table: str, column: str = "", remedy: str = "") -> Fault:
    return Fault(what, file=table, column=column, remedy=remedy)


def _find_no_touchpoint(study) -> list[Fault]:
    remedy = "List the first ones: without them there is no journey to show."
    return [_caution("No touchpoint is listed yet.", "touchpoints", remedy=remedy)] if study.touchpoints.empty else []


def _list_attributes(study) -> list[tuple[str, str]]:
    declared = [name for name, kind in study.settings.customers.items() if kind != "ignore"]
    return [("customers", name) for name in declared if name in study.customers]


def _find_gaps(study) -> list[Fault]:
    """Say columns that are filled in part: one that is wholly empty is simply not used."""
    cautions = []
    for table, column in (*COUNTED_ON, *_list_attributes(study)):
        rows = study.tables[table]
        is_missing, lack = rows[column].isna() | rows[column].eq(""), "are empty"
        if table == "feedback":  # an interview names who speaks, which counts people as well
            is_missing, lack = is_missing & rows["speaker"].eq(""), "name neither a customer nor a speaker"
        missing = is_missing.sum()
        if MOST_MISSING * len(rows) < missing < len(rows):
            what = f"{missing:,} of {len(rows):,} rows {lack}."
            remedy = "What is computed from it speaks for the other rows only."
            cautions.append(_caution(what, table, column, remedy))
    return cautions


def _find_one_sided(study) -> list[Fault]:
    cautions = []
    for table, column in _list_attributes(study):
        values = study.tables[table][column]
        shares = values[values.notna() & values.ne("")].value_counts(normalize=True)
        if len(shares) and shares.iloc[0] > MOST_OF_ONE_LEVEL:
            what = f"{shares.iloc[0]:.0%} of the rows hold '{shares.index[0]}'."
            cautions.append(_caution(what, table, column, "It can hardly tell customers apart."))
    return cautions


def _find_small_groups(study) -> list[Fault]:
    answers = study.responses.groupby("metric")["count"].sum()
    answers = answers.add(study.feedback["metric"].value_counts(), fill_value=0)
    members = study.persona_assignments.groupby("persona_id")["customer_id"].nunique()
    groups = [("responses", "metric", "answers", study.settings.metrics, answers)]
    groups += [("persona_assignments", "persona_id", "customers", study.personas["persona_id"], members)]
    cautions = []
    for table, column, things, names, counts in groups:
        for name in names if len(study.tables[table]) else ():
            n = int(counts.get(name, 0))
            if n < study.settings.min_n:
                what = f"'{name}' has {n:,} {things}, fewer than min_n = {study.settings.min_n}."
                cautions.append(_caution(what, table, column, "Its figures are not shown."))
    return cautions


def find_unplaced(study) -> list[Fault]:
    """Return a caution for rows that no wave holds, with the days they have, where the study has waves.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> find_unplaced(open_study("retail_checkout"))
    []
    """
    cautions = []
    for table in ("responses", "feedback"):  # readings of a KPI run on between waves
        rows = study.tables[table]
        unplaced = rows[rows["wave"] == ""]
        if study.settings.waves and len(unplaced):
            days = unplaced["date"].dropna()
            reach = f" (they reach from {days.min():%Y-%m-%d} to {days.max():%Y-%m-%d})" if len(days) else ""
            what = f"{len(unplaced):,} of {len(rows):,} rows have no wave and no day within one{reach}."
            cautions.append(_caution(what, table, "wave", "They are left out as soon as a wave is chosen."))
    return cautions


def _find_garbled(study) -> list[Fault]:
    """Say files whose letters came out wrong, because two encodings met in one file."""
    cautions = []
    for name, placed in study.placed.items():
        for column in SPECS[name].column_names:
            texts = placed.frame[column]
            is_garbled = texts.str.contains(GARBLED).to_numpy(dtype=bool) if texts.dtype == "str" else []
            for file in dict.fromkeys(placed.files[is_garbled]):
                here = is_garbled & (placed.files == file)
                count, at = int(here.sum()), int(here.argmax())
                what = f"{count:,} {'cell holds' if count == 1 else 'cells hold'} letters that came out wrong"
                what += f", such as '{texts.iloc[at][:SHORT]}'."
                remedy = "Write them anew, or take the file once more as UTF-8 from where it came from."
                cautions.append(Fault(what, file, int(placed.rows[at]), column, remedy=remedy))
    return cautions


def _find_lone_speakers(study) -> list[Fault]:
    """Say interviews that no persona's map will show."""
    talks = study.feedback[study.feedback["customer_id"].eq("") & study.feedback["speaker"].ne("")]
    lone = talks[~talks["speaker"].isin(study.persona_assignments["customer_id"])]
    if study.personas.empty or lone.empty:
        return []
    what = f"{len(lone):,} verbatims of {lone['speaker'].nunique():,} speakers belong to no persona."
    remedy = (
        "They count for everyone only; to change it, open notebook 01, table Persona assignments, and add a row: "
        "the speaker as customer_id, and the persona."
    )
    return [_caution(what, "feedback", "speaker", remedy)]


def _find_bare_statements(study) -> list[Fault]:
    """Say statements about customers that claim evidence and name none."""
    stated = study.statements[~study.statements["field"].isin(["backstage", "support"])]  # those the team knows itself
    claimed = stated[stated["basis"].isin(["observed", "reported"])]
    bare = int(claimed["evidence_ids"].eq("").sum())
    what = f"{bare:,} of {len(claimed):,} statements that are observed or reported name no row as evidence."
    remedy = "Fill evidence_ids, or call them assumed."
    return [_caution(what, "statements", "evidence_ids", remedy)] if bare else []


def _find_split_codings(study) -> list[Fault]:
    """Say verbatims to which one coder gave a code and "none" as well."""
    each = study.codings.groupby(["feedback_id", "coder_id"])["code_id"]
    both = each.agg(lambda codes: NOTHING_FITS in set(codes) and codes.nunique() > 1)
    if not both.any():
        return []
    first = " of ".join(both.index[both][0])
    what = f"{int(both.sum()):,} verbatims have a code and '{NOTHING_FITS}' by the same coder, first {first}."
    return [_caution(what, "codings", "code_id", f"The code counts; delete the row with '{NOTHING_FITS}'.")]


def _find_retired_codings(study) -> list[Fault]:
    """Say verbatims that carry a code which was retired without successor, so that they count nowhere."""
    book, people = study.codebook, study.codings[study.codings["coder_id"] != MACHINE]
    successor = dict(zip(book["code_id"], book["replaced_by"], strict=True))
    carried = people.assign(code_id=people["code_id"].map({name: _find_last(name, successor) for name in successor}))
    waiting = carried.groupby("code_id")["feedback_id"].nunique()
    cautions = []
    for code in book[book["status"].eq(RETIRED) & book["replaced_by"].eq("")].itertuples():
        count = waiting.get(code.code_id, 0)
        if count:
            what = (
                f"{count:,} {'verbatim carries' if count == 1 else 'verbatims carry'} the retired code '{code.label}'."
            )
            remedy = "Code anew at the coding desk: under that code nothing counts any more."
            cautions.append(_caution(what, "codings", "code_id", remedy))
    return cautions


def _find_same_labels(study) -> list[Fault]:
    """Say labels that several codes in use have, so that one theme may be counted as two."""
    book = study.codebook[study.codebook["status"].ne(RETIRED) & study.codebook["label"].ne("")]
    labels = book["label"].str.strip().str.casefold()
    remedy = "Merge them in the codebook desk, or rename one."
    cautions = []
    for _, same in book[labels.duplicated(keep=False)].groupby(labels, sort=False):
        named = " and ".join(f"'{code_id}'" for code_id in same["code_id"])
        what = f"The codes {named} have one label, '{same['label'].iloc[0]}'."
        cautions.append(_caution(what, "codebook", "label", remedy))
    return cautions


def _find_last(code_id: str, successor: dict[str, str]) -> str:
    """Return the code at the end of a chain of successors."""
    seen = set()
    while successor.get(code_id) and code_id not in seen:
        seen.add(code_id)
        code_id = successor[code_id]
    return code_id


def _find_disputes(study) -> list[Fault]:
    """Say what two people answered differently in two places, so that neither answer counts."""
    cautions = []
    for table, (desk, meanwhile) in DESKS.items():
        disputes = []
        if table in study.placed:
            disputed = find_disputed(study.placed[table].frame, table)
            disputes = list(disputed.groupby(list(SPECS[table].key), sort=False))
        if disputes:
            spelt = [_spell_dispute(key, rows, ANSWERS[table]) for key, rows in disputes[:SPELT]]
            more = ", ".join(" / ".join(key) for key, _ in disputes[SPELT:])
            what = f"Two answers stand there: {'; '.join(spelt)}{f'; also for {more}' if more else ''}."
            remedy = f"Choose one at the {desk} desk of notebook 04, or take the other row out. {meanwhile}"
            cautions.append(_caution(what, table, ANSWERS[table], remedy))
    return cautions


def _spell_dispute(key: tuple[str, ...], rows, column: str) -> str:
    people = rows["decided_by"].where(rows["decided_by"] != "", "nobody named").str.replace(";", ", ")
    answers = dict.fromkeys(f"'{answer}' ({who})" for answer, who in zip(rows[column], people, strict=True))
    return f"{' / '.join(key)} {' and '.join(answers)}"


def _find_comma_lists(study) -> list[Fault]:
    """Say lists that look like one item with commas in it."""
    cautions = []
    for column in LISTS:
        cells = study.touchpoints[column]
        for cell in cells[cells.str.contains(",", regex=False)].unique():
            remedy = "It counts as one; items of a list are separated by ';'."
            cautions.append(_caution(f"'{cell}' holds a comma.", "touchpoints", column, remedy))
    return cautions


def _find_undated_kpis(study) -> list[Fault]:
    """Say KPIs of which no reading lies in a wave: some may stand between waves, hardly all."""
    readings = study.kpi_readings
    undated = readings["wave"].eq("").groupby(readings["kpi_id"], sort=False).all()
    remedy = "Write the wave beside its period; it shows no data as soon as a wave is chosen."
    names = undated.index[undated] if study.settings.waves else ()
    return [_caution(f"No reading of '{name}' lies in a wave.", "kpi_readings", "wave", remedy) for name in names]


def _find_backward_targets(study) -> list[Fault]:
    kpis = study.kpis
    sign = kpis["direction"].map({"higher": 1.0, "lower": -1.0}).astype(float)
    worse = kpis[(kpis["target"] - kpis["baseline"]) * sign < 0]
    cautions = []
    for kpi in worse.itertuples():
        ends = f"the target {kpi.target:g} is worse than the baseline {kpi.baseline:g}"
        what = f"{kpi.kpi_id}: {ends} ({kpi.direction} is better)."
        cautions.append(_caution(what, "kpis", "target", "Correct the target or the direction."))
    return cautions
