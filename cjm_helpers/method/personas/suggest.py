"""Segments found in the customers, as a suggestion for personas; or the honest word that there are none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from cjm_helpers.errors import ActiveUnfit, ParameterError, TooFewAnswers
from cjm_helpers.method.personas.people import choose_active, gather_people
from cjm_helpers.method.words import count_things, join_words, spell_count
from cjm_helpers.stats.clustering import LEAST_N, SEARCHED, choose_k, suggest_k
from cjm_helpers.stats.continuum import GAP_UNDER, find_continuum
from cjm_helpers.stats.encoding import Encoding, encode_mixed
from cjm_helpers.stats.gower import compare_with_gower
from cjm_helpers.stats.kmeans import assign_clusters, fit_clusters, sort_matrix
from cjm_helpers.stats.stability import measure_stability

LEAST_ACTIVE, MOST_ACTIVE = 4, 15
NO_SEGMENTS = "No stable segmentation"
STABILITY_WORDS = ((0.85, "highly stable"), (0.75, "stable"), (0.60, "a pattern only"))
ASSIGNED = ["customer_id", "persona_id", "distance", "margin"]
STABILITY = ["persona_id", "value", "sentence"]


@dataclass(frozen=True)
class Suggestion:
    """What the customers suggest: how many segments, why, who belongs to which, and how much to trust them.

    k is None where nothing holds; then assignments and stability are empty. finding is a title, sentence says it in
    full. k_table is that of `choose_k`. assignments:
    customer_id, persona_id (segment_1 is the largest), distance, margin. stability: persona_id, value (how far it comes
    back in refits, 0-1), sentence. notes: variable, what, n, sentence. axes: customer_id, first_axis, second_axis,
    persona_id, for `charts.draw_segments`. flag is indicative under 200 customers. gower_agreement is how far another
    way of grouping (Gower's distance, average linkage) gives the same segments: adjusted Rand index, 1 = the same.
    """

    k: int | None
    finding: str
    sentence: str
    flag: str
    is_continuum: bool | None
    k_table: pd.DataFrame
    assignments: pd.DataFrame
    stability: pd.DataFrame
    notes: pd.DataFrame
    axes: pd.DataFrame
    gower_agreement: float = np.nan


def suggest_personas(
    customers: pd.DataFrame,
    *,
    kinds: Mapping[str, str],
    active: Sequence[str] | None = None,
    k: int | None = None,
    refits: int = 100,
    permutations: int = 19,
    seed: int = 0,
) -> Suggestion:
    """Suggest personas: split the customers into as many segments as come back, beat chance and are large enough.

    Columns read: customer_id, wave, the active attributes. A customer of several waves counts once, as known last.

    Parameters
    ----------
    customers
        Table of a study.
    kinds
        Attribute -> numeric, ordinal, nominal, multiple (answers separated by ";"), sensitive or ignore.
    active
        The 4 to 15 attributes that shape the segments: behaviour, needs, attitudes. None takes all that may.
    k
        The number of segments when the researcher decides; None takes the largest admissible one.
    refits, permutations, seed
        Bootstrap samples and permuted data sets of `choose_k`, and the seed of all that is random.

    Returns
    -------
    Suggestion

    Raises
    ------
    ParameterError, ActiveUnfit
        When an attribute is not known or sensitive, there are fewer than 4 or more than 15, or k was not tried (over 4
        needs 200 customers).
    TooFewAnswers
        Under max(60, 10 x active attributes) customers.

    Source: as choose_k; words for stability: Hennig (2007).

    Examples
    --------
    >>> rows = [{"customer_id": f"c{i:03}", "orders": i % 3 + 20 * (i % 2), "visits": i % 5 + 20 * (i % 2),
    ...          "calls": i % 4 + 20 * (i % 2), "returns": i % 7 + 20 * (i % 2)} for i in range(200)]
    >>> kinds = dict.fromkeys(["orders", "visits", "calls", "returns"], "numeric")
    >>> suggest_personas(pd.DataFrame(rows), kinds=kinds, k=2, refits=3, permutations=2).finding
    'Two segments with gaps between them'
    """
    chosen = choose_active(kinds, active)
    if not LEAST_ACTIVE <= len(chosen) <= MOST_ACTIVE:
        raise ActiveUnfit(active=chosen, least=LEAST_ACTIVE, most=MOST_ACTIVE)
    people = gather_people(customers)
    if people.empty:
        raise TooFewAnswers("Finding segments (customers)", 0, LEAST_N)
    encoding = encode_mixed(people, kinds={name: kinds[name] for name in chosen})
    table = choose_k(encoding, refits=refits, permutations=permutations, seed=seed)
    tried = list(table.loc[table["silhouette"].notna(), "k"])
    if k is not None and k not in tried:
        raise ParameterError("k", k, tried)
    k = suggest_k(table) if k is None else k
    found = _split(encoding, table, k=k, refits=refits, seed=seed, notes=_note_waves(customers, encoding))
    if k is None:
        return found
    labels, used = found.assignments.set_index("customer_id")["persona_id"], {*encoding.variables}
    compared = {name: kind for name, kind in kinds.items() if name in used}
    return replace(found, gower_agreement=compare_with_gower(people, labels, kinds=compared, seed=seed))


def _split(encoding: Encoding, table: pd.DataFrame, *, k: int | None, refits: int, seed: int, notes) -> Suggestion:
    matrix = sort_matrix(encoding.matrix)
    if k is None:
        labels = pd.Series(0, index=matrix.index)
        found, names = None, labels.map({0: ""})
    else:
        labels, centroids = fit_clusters(matrix, k=k, seed=seed)
        found, names = assign_clusters(matrix, centroids), labels.map(_name_segment)
    continuum = find_continuum(matrix, labels, seed=seed)
    return Suggestion(
        k=k,
        finding=_write_finding(k, continuum.gaps),
        sentence=_write_sentence(table, k=k, gaps=continuum.gaps),
        flag=table["flag"].iloc[0],
        is_continuum=continuum.is_continuum if k else None,
        k_table=table,
        assignments=_list_assignments(found, names),
        stability=_list_stability(matrix, labels, refits=refits, seed=seed) if k else pd.DataFrame(columns=STABILITY),
        notes=notes,
        axes=continuum.axes.assign(persona_id=names).rename_axis("customer_id").reset_index(),
    )


def _name_segment(label: int) -> str:
    return f"segment_{label + 1}"


def _list_assignments(found: pd.DataFrame | None, names: pd.Series) -> pd.DataFrame:
    if found is None:
        return pd.DataFrame(columns=ASSIGNED)
    return found.assign(persona_id=names).rename_axis("customer_id").reset_index()[ASSIGNED]


def _list_stability(matrix: pd.DataFrame, labels: pd.Series, *, refits: int, seed: int) -> pd.DataFrame:
    """How far each segment comes back; of many customers, the same ones are drawn again as in the search for k."""
    drawn = matrix if len(matrix) <= SEARCHED else matrix.sample(SEARCHED, random_state=seed).sort_index()
    found = measure_stability(drawn.to_numpy(), labels[drawn.index].to_numpy(), refits=refits, seed=seed)
    rows = [(_name_segment(label), overlap, _write_stability(overlap)) for label, overlap in enumerate(found.jaccard)]
    return pd.DataFrame(rows, columns=STABILITY)


def _write_stability(overlap: float) -> str:
    word = next((word for bound, word in STABILITY_WORDS if overlap >= bound), "not to be trusted")
    return f"{word}: comes back with an overlap of {overlap:.2f} when customers are drawn again"


def _write_finding(k: int | None, gaps: pd.DataFrame) -> str:
    if k is None:
        return NO_SEGMENTS
    start = f"{spell_count(k).capitalize()} segments"
    if gaps["is_gap"].all():
        return f"{start} with gaps between them"
    if gaps["is_gap"].any():
        return f"{start}, some without a clear gap between them"
    is_apart = gaps["depth"].lt(GAP_UNDER).any()  # but no further than few levels drive any data apart
    return (
        f"{start}, apart only by the steps of the answers" if is_apart else f"{start} of a continuum: no gap is visible"
    )


def _write_sentence(table: pd.DataFrame, *, k: int | None, gaps: pd.DataFrame) -> str:
    """The finding, what it means for use, and what speaks against a k that the researcher chose."""
    parts = [_write_finding(k, gaps)]
    if k is None:
        return f"{parts[0]}: show one average customer, or use proto-personas."
    blurred = gaps.loc[~gaps["is_gap"], ["cluster", "neighbour"]].map(_name_segment)
    if len(blurred) == len(gaps):
        parts.append("Where one ends is a convention")
    elif len(blurred):
        parts.append(
            f"There is no clear gap between {join_words(blurred.agg(' and '.join, axis=1), last='or between')}"
        )
    others = table.loc[table["admissible"] & table["k"].ne(k), "k"]
    if len(others):
        parts.append(f"{join_words(others, last='or')} segments would hold as well; choose by what they tell you")
    judged = table.set_index("k").loc[k]
    parts += [] if judged["admissible"] else [judged["reason"].removesuffix(".")]
    return ". ".join(parts) + "."


def _note_waves(customers: pd.DataFrame, encoding: Encoding) -> pd.DataFrame:
    """The notes of the encoding, and how many customers stand in several waves."""
    again = customers.loc[customers["customer_id"].duplicated(), "customer_id"].nunique()
    if not again:
        return encoding.notes
    verb = "stands" if again == 1 else "stand"
    sentence = f"{count_things(again, 'customer')} {verb} in several waves: the newest known answers count."
    note = pd.DataFrame([{"variable": "", "what": "several waves", "n": again, "sentence": sentence}])
    return pd.concat([note, encoding.notes], ignore_index=True)
