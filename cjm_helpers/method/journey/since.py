"""Since the last wave: the words of KPIs follow the one comparison that counts all tests of a map together."""

import pandas as pd

from cjm_helpers.method.journey.foot import count_customers
from cjm_helpers.method.waves import compare_waves
from cjm_helpers.method.waves.persona import judge_persona

SINCE = " last wave"
WORDS = {"improved": "better than last wave", "worse": "worse than last wave"}
UNSURE = "no clear change from last wave"
SILENT = ("too few", "not compared")
FIRST = "No wave lies before this one, so there is nothing to compare it with."


def compare_last_wave(study) -> pd.DataFrame | None:
    """Compare a selected study with its earlier wave, or return None where there is none.

    Examples
    --------
    >>> import cjm_helpers as cjm
    >>> compare_last_wave(cjm.select_rows(cjm.open_study("clinic_visit"))) is None
    True
    """
    return None if getattr(study, "earlier", None) is None else compare_waves([study])


def tell_since(study, changes: pd.DataFrame | None) -> dict:
    """Tell what became of the persona since the last wave: verdict, sentence, and how many customers were heard then.

    Examples
    --------
    >>> import cjm_helpers as cjm
    >>> part = cjm.select_rows(cjm.open_study("retail_checkout"))
    >>> since = tell_since(part, compare_last_wave(part))
    >>> since["verdict"], since["n_before"]
    ('better', 1000)
    """
    earlier = getattr(study, "earlier", None)
    if earlier is None:
        return {"verdict": "", "sentence": FIRST, "n_before": None}
    return judge_persona(study, changes) | {"n_before": count_customers(earlier)}


def follow_changes(kpis: pd.DataFrame, changes: pd.DataFrame | None) -> pd.DataFrame:
    """Let the word of each KPI that is compared with the last wave say what the comparison of all things says.

    A KPI tested alone can look better where, among a hundred tests, it may well be chance; one page must not say both.

    Parameters
    ----------
    kpis
        What measure_kpis returned: reads kpi_id, word.
    changes
        What compare_waves returned, or None: reads object, id, verdict.

    Examples
    --------
    >>> kpis = pd.DataFrame({"kpi_id": ["k1"], "word": ["better than last wave"]})
    >>> changes = pd.DataFrame({"object": ["kpi"], "id": ["k1"], "verdict": ["no evidence"]})
    >>> follow_changes(kpis, changes)["word"].tolist()
    ['no clear change from last wave']
    """
    if changes is None:
        return kpis
    told = changes[changes["object"].eq("kpi") & ~changes["verdict"].isin(SILENT)].drop_duplicates("id")
    verdicts = kpis["kpi_id"].map(told.set_index("id")["verdict"])
    is_meant = verdicts.notna() & kpis["word"].str.endswith(SINCE)
    return kpis.assign(word=kpis["word"].mask(is_meant, verdicts.map(WORDS).fillna(UNSURE)))
