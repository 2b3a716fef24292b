"""The foot of a map and its line of evidence: who was heard, how well the cells are backed, and the data's hash."""

import hashlib

import pandas as pd

from cjm_helpers.method.evidence import DIFFER, FIGURES
from cjm_helpers.method.feedback.reliability import measure_agreement
from cjm_helpers.method.journey.steps import name_wave
from cjm_helpers.method.verbatims import name_people
from cjm_helpers.method.words import count_things, end_sentence, join_words, write_day, write_number
from cjm_helpers.worksheets import split_list

GRADES = ("A", "B", "C", "D")
GRADE_WEIGHTS = {"A": 1.0, "B": 0.7, "C": 0.4, "D": 0.0}  # ours
HASH_LETTERS = 8
NEWEST = "newest"
SOURCE_WORDS = {
    "survey": "survey comment", "review": "review", "social": "post", "poll": "poll comment",
    "support": "support ticket", "workshop": "workshop note", "staff": "staff remark",
}  # fmt: skip


def write_evidence(study, event_counts: pd.DataFrame) -> str:
    """Say how many customers and what kinds of sources stand behind the map."""
    sources = count_sources(study, event_counts)
    customers = count_customers(study)
    stated = len(study.statements)
    if not sources:
        assumed = int(study.statements["basis"].eq("assumed").sum())
        how_many = "all" if assumed == stated else write_number(assumed)
        told = f"{count_things(stated, 'statement')} of the team, {how_many} of them assumed"
        return end_sentence(f"No customer has been asked yet{f'; {told}' if stated else ''}")
    head = f"{count_things(customers, 'customer')}: " if customers else ""
    return end_sentence(head + join_words(sources) + _say_unassigned(study))


def count_sources(study, event_counts: pd.DataFrame) -> list[str]:
    """Count each kind of source in words: survey answers, interviews (in people), reviews, tickets, events."""
    sources = study.feedback["source"].value_counts()
    interviewed = name_people(study.feedback[study.feedback["source"] == "interview"]).nunique()
    counted = {"survey answer": study.responses["count"].sum(), "interview": interviewed}
    counted |= {word: sources.get(source, 0) for source, word in SOURCE_WORDS.items()}
    counted["event in the log"] = event_counts["events"].sum()
    plural = {"event in the log": "events in the log"}
    return [count_things(count, thing, things=plural.get(thing, "")) for thing, count in counted.items() if count > 0]


def count_customers(study) -> int:
    """Count the customers known by an id who answered or spoke."""
    heard = set(study.responses["customer_id"]) | set(study.feedback["customer_id"])
    return len(heard - {""})


def share_grades(cells: pd.DataFrame) -> dict[str, float]:
    """Return the share of graded cells with each grade, 0-1; without graded cells an empty dict.

    Examples
    --------
    >>> share_grades(pd.DataFrame({"grade": list("AABBBCCCCD") + [""]}))
    {'A': 0.2, 'B': 0.3, 'C': 0.4, 'D': 0.1}
    """
    graded = cells.loc[cells["grade"] != "", "grade"]
    return {grade: float((graded == grade).mean()) for grade in GRADES} if len(graded) else {}


def score_evidence(shares: dict[str, float]) -> float:
    """Weigh the shares of grades into one figure: 0 all assumed, 1 all observed and reported; the weights are ours.

    Examples
    --------
    >>> round(score_evidence({"A": 0.2, "B": 0.3, "C": 0.4, "D": 0.1}), 2)
    0.57
    """
    return sum(GRADE_WEIGHTS[grade] * share for grade, share in shares.items())


def hash_cells(cells: pd.DataFrame) -> str:
    """Return eight letters that change with any cell; the same on every machine.

    Of the agreement of coders only what the map draws counts, which is that they differ: that they agree a little less
    than yesterday makes no other map.

    Examples
    --------
    >>> hash_cells(pd.DataFrame({"text": ["Pays"], "value": [0.1]}))
    '5535de74'
    """
    cells = cells.drop(columns=list(FIGURES.values()), errors="ignore")
    is_drawn = "caution" in cells and cells["caution"].eq(DIFFER).any()
    cells = cells if is_drawn else cells.drop(columns="caution", errors="ignore")
    text = cells.to_csv(index=False, float_format="%.6g", lineterminator="\n")
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_LETTERS]


def write_foot(parts, cells: pd.DataFrame) -> str:
    """Write the foot of the map: journey, persona, wave, sources, quality of the evidence, who was heard, hash."""
    study = parts.study
    journey = study.settings.scenario.name or study.settings.name
    sentences = [
        f"Journey {journey}, persona {study.persona_id}, wave {name_wave(study.wave, study.settings.waves)}",
        join_words(count_sources(study, parts.event_counts)),
        _say_grades(cells),
        _say_kpi_share(parts),
        _say_aligned_share(parts.verbatims),
        _say_agreement(study),
        _say_departments(study),
        _say_newest(study),
        _say_numbers(parts),
        f"Data {hash_cells(cells)}",
    ]
    return " ".join(end_sentence(sentence) for sentence in sentences if sentence)


def _say_numbers(parts) -> str:
    """Say why a step number may be missing, where one is."""
    is_left_out = ~parts.all_steps["touchpoint_id"].isin(parts.steps["touchpoint_id"])
    return "A step number left out is no step of this map" if is_left_out.any() else ""


def _say_unassigned(study) -> str:
    if study.persona_id != "everyone" or study.personas.empty:
        return ""
    heard = (set(study.responses["customer_id"]) | set(study.feedback["customer_id"])) - {""}
    count = len(heard - set(study.persona_assignments["customer_id"]))
    return f"; {write_number(count)} of them without a persona" if count else ""


def _say_grades(cells) -> str:
    shares = share_grades(cells)
    if not shares:
        return ""
    said = [f"{grade}{' (assumed)' if grade == 'D' else ''} {share:.0%}" for grade, share in shares.items()]
    return f"Evidence {', '.join(said)} of cells, score {score_evidence(shares):.2f} of 1"


def _say_kpi_share(parts) -> str:
    watched = set(parts.kpis["touchpoint_id"]) & set(parts.touchpoints["touchpoint_id"])
    return (
        f"{len(watched)} of {count_things(len(parts.touchpoints), 'touchpoint')} with a KPI" if len(parts.kpis) else ""
    )


def _say_aligned_share(verbatims) -> str:
    placed = int(verbatims["is_placed"].sum())
    return (
        f"{write_number(placed)} of {count_things(len(verbatims), 'verbatim')} placed at a touchpoint"
        if len(verbatims)
        else ""
    )


def _say_agreement(study) -> str:
    found = measure_agreement(study.codings, codebook=study.codebook)
    if found is None:
        return ""
    alpha, coders = found
    if pd.isna(alpha.value):
        return f"Coder agreement: {alpha.method}"
    heard = f"{count_things(coders, 'coder')}, {count_things(alpha.n, 'text')}"
    return f"Coder agreement {alpha.value:.2f} (Krippendorff’s alpha, {heard})"


def _say_departments(study) -> str:
    team = study.settings.team
    named = {name for names in study.touchpoints["named_by"] for name in split_list(names)}
    people = named | set(study.touchpoint_ratings["rater_id"]) | set(study.codings["coder_id"])
    departments = sorted({team[person] for person in people if person in team})
    return f"Heard: {join_words(departments)}" if departments else ""


def _say_newest(study) -> str:
    days = pd.concat([study.responses["date"], study.feedback["date"]]).dropna()
    if days.empty:
        return ""
    newest, as_of = days.max(), getattr(study.settings, "as_of", NEWEST)
    age = (
        ""
        if as_of == NEWEST
        else f", {count_things((pd.Timestamp(as_of) - newest).days, 'day')} before {write_day(as_of)}"
    )
    return f"Newest answer {write_day(newest)}{age}"
