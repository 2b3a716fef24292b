"""Prints how good and quick suggested codes are on real comments (`python tests/benchmarks/suggestions.py`)."""

import os
import resource
import time
from pathlib import Path

import numpy as np
import pandas as pd

from cjm_helpers.method.suggest import check_suggestions, suggest_codes
from cjm_helpers.method.suggest.examples import Examples, gather_examples
from cjm_helpers.method.suggest.trial import try_codes
from cjm_helpers.stats.classification import bound_figure, divide, draw_totals
from cjm_helpers.stats.text_classifier import count_terms, deal_folds, predict_out_of_fold
from cjm_helpers.study.folder import open_study

RAW = Path(os.environ.get("CJM_REAL_DATA") or Path(__file__).parents[3] / "shared" / "real")
PATIENTS, PASSENGERS = RAW / "nhs_comments_coded_single.csv", RAW / "us_airline_tweets.csv"
AIMS = {"20 codes on 10,000": 60, "100,000 new": 30, "1,500 by 20 codes": 3}  # seconds on two cores
NOBODY = pd.DataFrame(columns=["feedback_id", "code_id", "applies"], dtype="str")
SHOWN = ["label", "positives", "precision", "recall", "f1", "f1_lo", "f1_hi", "keyword_f1", "centroid_f1"]
SHOWN += ["brier_skill", "ece", "verdict"]


def make_tables(texts, codes, *, customers="") -> dict[str, pd.DataFrame]:
    """Return the tables of a study in which one person gave each text these codes, a list for each; [] = none fits."""
    ids = [f"f{i:06}" for i in range(len(texts))]
    said = pd.DataFrame(
        {"feedback_id": ids, "customer_id": customers, "speaker": "", "consent": "", "text": list(texts)}
    )
    given = [(name, code) for name, own in zip(ids, codes) for code in own or ["none"]]
    codings = pd.DataFrame(given, columns=["feedback_id", "code_id"])
    codings = codings.assign(coder_id="anna", touchpoint_id="", emotion=np.nan, note="")
    used = sorted(set(codings["code_id"]) - {"none"})
    book = pd.DataFrame({"code_id": used, "label": used, "status": "", "parent": "", "replaced_by": ""})
    return {"feedback": said, "codings": codings, "codebook": book, "decisions": NOBODY}


def read_patients(*, every: int = 1) -> dict[str, pd.DataFrame]:
    """Return comments to three hospital trusts, one of nine categories each."""
    rows = pd.read_csv(PATIENTS, dtype=str, keep_default_na=False)[::every]
    return make_tables(rows["feedback"], [[label] for label in rows["label"]])


def read_passengers(*, every: int = 1) -> dict[str, pd.DataFrame]:
    """Return tweets to airlines by their users, with the reason for a complaint where there is one."""
    rows = pd.read_csv(PASSENGERS, dtype=str, keep_default_na=False).sort_values(["name", "tweet_id"])[::every]
    return make_tables(rows["text"], [[reason] if reason else [] for reason in rows["negativereason"]],
                       customers=rows["name"].to_numpy())  # fmt: skip


def read_example() -> dict[str, pd.DataFrame]:
    """Return the example that comes with the workbook."""
    study = open_study("retail_checkout")
    tables = {name: getattr(study, name) for name in ("feedback", "codings", "codebook")}
    return tables | {"decisions": study.coding_decisions}


def gather(tables: dict) -> Examples:
    """Return what the machine learns from."""
    about = {"codebook": tables["codebook"], "decisions": tables["decisions"]}
    return gather_examples(tables["feedback"], tables["codings"], **about)


def check(tables: dict, **options) -> pd.DataFrame:
    """Return how good suggestions would be."""
    return check_suggestions(
        tables["feedback"], tables["codings"], codebook=tables["codebook"], decisions=tables["decisions"], **options
    )


def compare_ways(tables: dict, *, bootstraps: int = 1000) -> dict[str, tuple]:
    """Return macro-F1 of each way, and by how much the machine is ahead of each, over the same people drawn again."""
    examples = gather(tables)
    _, draws = try_codes(examples, seed=0, bootstraps=bootstraps)
    macro = {way: draws[f"{way}f1"].mean(axis=1) for way in ("", "keyword_", "centroid_")}
    figures = {f"{way or 'machine_'}f1": bound_figure(of) for way, of in macro.items()}
    ahead = {f"ahead of {way[:-1]}": bound_figure(macro[""] - macro[way]) for way in ("keyword_", "centroid_")}
    return figures | ahead


def compare_most_probable(tables: dict) -> None:
    """Print macro-F1 where each text gets one code: the machine's most probable, or the nearest centroid's."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.neighbors import NearestCentroid
    from sklearn.pipeline import make_pipeline

    examples = gather(tables)
    texts, carries = np.array(examples.texts), examples.carries
    folds, best = deal_folds(carries, examples.groups), {}
    best["the machine"] = predict_out_of_fold(count_terms(texts), carries, folds=folds).argmax(axis=1)
    best["nearest centroid"] = np.zeros(len(texts), dtype=int)
    for fold in range(5):
        centroids = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2), NearestCentroid())
        centroids.fit(texts[folds != fold], carries[folds != fold].argmax(axis=1))
        best["nearest centroid"][folds == fold] = centroids.predict(texts[folds == fold])
    for way, places in best.items():
        said = np.eye(carries.shape[1], dtype=bool)[places]
        totals = draw_totals(np.hstack([said, carries, said & carries]).astype(float), examples.groups)
        yes, having, right = np.split(totals, 3, axis=1)
        value, lo, hi = bound_figure(divide(2 * right, yes + having).mean(axis=1))
        print(f"  most probable code alone, {way}: macro-F1 {value:.3f} ({lo:.3f} to {hi:.3f})", flush=True)


def measure_quality() -> None:
    """Print each data set's figures per code, and how far the machine is ahead."""
    for name, read in {"example": read_example, "patients": read_patients, "passengers": read_passengers}.items():
        tables = read()
        checked = check(tables)
        print(f"\n{name}: {checked['n'].iloc[-1]:,} distinct texts of {checked['people'].iloc[-1]:,} people")
        print(checked[SHOWN].round(2).to_string(index=False), flush=True)
        for figure, (value, lo, hi) in compare_ways(tables).items():
            print(f"  {figure}: {value:.3f} ({lo:.3f} to {hi:.3f})", flush=True)
        if name == "patients":
            compare_most_probable(tables)


def make_large() -> tuple[dict, list[str]]:
    """Return 10,000 comments with twenty codes (patients' categories and subcategories; tweets none), and 100,000."""
    rows = pd.read_csv(PATIENTS, dtype=str, keep_default_na=False)
    rows = rows[rows["feedback"].str.strip() != ""].drop_duplicates("feedback")
    tweets = pd.read_csv(PASSENGERS, dtype=str, keep_default_na=False)["text"]
    common = set(rows["subcategory"].value_counts().index[:11])
    codes = [
        [f"1 {row.label}", *([f"2 {row.subcategory}"] if row.subcategory in common else [])]
        for row in rows.itertuples()
    ]
    texts = [*rows["feedback"], *tweets.drop_duplicates()][:10_000]
    drawn = np.random.default_rng(0).integers(len(texts), size=100_000)
    return make_tables(texts, codes + [[]] * (len(texts) - len(codes))), [
        f"{texts[place]} {at}" for at, place in enumerate(drawn)
    ]


def run_recipe(texts: list[str], carries: np.ndarray) -> None:
    """Do as tutorials do: a pipeline a code, vectorised and calibrated anew for each code and fold."""
    from sklearn.calibration import CalibratedClassifierCV
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_predict
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.pipeline import make_pipeline

    calibrated = CalibratedClassifierCV(LogisticRegression(C=10, solver="liblinear"), cv=4, ensemble=False)
    pipeline = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2), calibrated)
    cross_val_predict(OneVsRestClassifier(pipeline), np.array(texts), carries.astype(int), method="predict_proba", cv=5)


def tell_time(name: str, work, *, aim: float | None = None):
    """Run the work, print its seconds and the memory so far, and return what it made."""
    start, used = time.perf_counter(), time.process_time()
    made = work()
    seconds, cpu = time.perf_counter() - start, time.process_time() - used
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    aimed = f" (aim {aim} s)" if aim else ""
    print(f"{name}: {seconds:.1f} s, {cpu:.1f} s of CPU{aimed}; memory so far {memory:,.0f} MB", flush=True)
    return made, seconds


def measure_speed() -> None:
    """Print seconds and memory of training, out-of-fold scoring and suggesting, beside the tutorials' recipe."""
    tables, new = make_large()
    checked, _ = tell_time("20 codes on 10,000", lambda: check(tables), aim=AIMS["20 codes on 10,000"])
    unread = make_tables(new, [[]] * len(new))["feedback"]
    unread["feedback_id"] = "n" + unread["feedback_id"]
    given = {"codebook": tables["codebook"], "decisions": NOBODY, "checked": checked}
    everything = pd.concat([tables["feedback"], unread], ignore_index=True)
    suggest = lambda: suggest_codes(everything, tables["codings"], **given)  # noqa: E731
    suggested, _ = tell_time("100,000 new", suggest, aim=AIMS["100,000 new"])
    print(f"  {suggested['feedback_id'].nunique():,} answered, {len(suggested):,} rows")
    tell_time("1,500 by 16 codes (the example)", lambda: check(read_example()), aim=AIMS["1,500 by 20 codes"])
    examples = gather(tables)
    few = examples.carries[:, :4]
    folds, terms = deal_folds(few, examples.groups), count_terms(examples.texts)
    _, ours = tell_time("4 codes out of fold", lambda: predict_out_of_fold(terms, few, folds=folds))
    _, theirs = tell_time("4 codes by the tutorials' recipe", lambda: run_recipe(examples.texts, few))
    print(f"  the recipe takes {theirs / ours:.1f} times as long")


if __name__ == "__main__":
    measure_speed()
    measure_quality()
