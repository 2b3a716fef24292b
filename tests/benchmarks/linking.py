"""Prints how often suggested touchpoints are right (`python tests/benchmarks/linking.py`): half a minute."""

import os
import time
from hashlib import sha256
from pathlib import Path

import pandas as pd

from cjm_helpers.method.suggest import suggest_touchpoints
from cjm_helpers.method.suggest.linking import check_links
from cjm_helpers.stats.intervals import estimate_proportion
from cjm_helpers.study.folder import open_study

RAW = Path(os.environ.get("CJM_REAL_DATA") or Path(__file__).parents[3] / "shared" / "real")
EXAMPLES = ("retail_checkout", "care_after_purchase", "clinic_visit")
FEW = 40  # links: what a team has made in its first quarter of an hour
SAMPLE = 3000
NOBODY = pd.DataFrame(columns=["feedback_id", "touchpoint_id"], dtype="str")
PLACES = [
    "Provision of services", "Time spent waiting for first appt/referral/service", "Medication", "Food", "Cleanliness",
    "Facilities/equipment", "Environment/ facilities", "Parking/transport", "Location", "Activities",
    "Transition And Discharge", "Staffing levels", "Listening", "Physical care", "Therapies",
    "Amount/clarity of information", "Attitude Of Staff", "1-2-1 care/Time spent with service user",
]  # fmt: skip


def read_comments() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return patients' comments with the place or step that a person sorted each under, by name only."""
    table = pd.read_csv(RAW / "nhs_comments_coded_single.csv").dropna(subset=["feedback"])
    table = table[table["subcategory"].isin(PLACES)].drop_duplicates("feedback")
    return _make_feedback(table["feedback"], table["subcategory"], people=table["row_index"].astype(str)), _name(PLACES)


def read_tweets() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return complaints to airlines with the step that people sorted each under, by name only."""
    table = pd.read_csv(RAW / "us_airline_tweets.csv").dropna(subset=["negativereason"]).drop_duplicates("text")
    table = table[table["negativereason"] != "Can't Tell"]
    said = table["text"].str.replace(r"@\w+", "", regex=True)
    names = sorted(table["negativereason"].unique())
    return _make_feedback(said, table["negativereason"], people=table["name"]), _name(names)


def _make_feedback(texts, touchpoint_ids, *, people) -> pd.DataFrame:
    rows = {"text": texts, "touchpoint_id": touchpoint_ids, "customer_id": people, "consent": "", "speaker": ""}
    rows = pd.DataFrame(rows).sample(min(SAMPLE, len(texts)), random_state=0)
    return rows.assign(source="survey", feedback_id=[f"f{i}" for i in range(len(rows))]).astype("str")


def _name(names: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"touchpoint_id": names, "name": names, "description": ""}, dtype="str")


def ask_few(feedback, touchpoints, *, links: int) -> pd.DataFrame:
    """Return what is proposed for every verbatim with a touchpoint where only so many of them were linked."""
    known = feedback[(feedback["touchpoint_id"] != "") & (feedback["text"].str.strip() != "")]
    chance = known["feedback_id"].map(lambda name: sha256(name.encode()).hexdigest())
    linked = known.loc[chance.sort_values().index[:links], ["feedback_id", "touchpoint_id"]]
    hidden = known.assign(touchpoint_id="")
    suggested = suggest_touchpoints(hidden, touchpoints, alignments=linked)
    return _compare(suggested, known)


def ask_reviews(study) -> pd.DataFrame:
    """Return what is proposed for verbatims that people linked, learnt only from those that came with a touchpoint."""
    suggested = suggest_touchpoints(study.feedback, study.touchpoints, alignments=NOBODY)
    return _compare(suggested, study.alignments)


def _compare(suggested, known) -> pd.DataFrame:
    found = suggested.rename(columns={"touchpoint_id": "proposed_id"})[["feedback_id", "proposed_id", "why"]]
    return found.merge(known[["feedback_id", "touchpoint_id"]])


def show(name: str, what: str, checked: pd.DataFrame) -> None:
    """Print how many verbatims got a proposal, and how many of these were right."""
    proposed = checked[checked["why"] != ""]
    right = int((proposed["proposed_id"] == proposed["touchpoint_id"]).sum())
    share = estimate_proportion(right, len(proposed))
    got = f"{len(proposed):,} of {len(checked):,} ({len(proposed) / max(len(checked), 1):.0%})"
    how_right = f"{share.value:>8.0%}   {share.lo:.0%} to {share.hi:.0%}" if len(proposed) else ""
    print(f"{name:<22}{what:<40}{got:>22}{how_right}")


def main() -> None:
    """Hide the touchpoints, ask, compare and print."""
    print(f"{'data':<22}{'learnt from':<40}{'got a proposal':>22}{'right':>8}")
    data = {}
    for name in EXAMPLES:
        study = open_study(name)
        data[name] = (study.feedback, study.touchpoints, study.alignments)
        show(name, "survey answers; asked about the rest", ask_reviews(study))
    if RAW.is_dir():
        data |= {"patients' comments": (*read_comments(), NOBODY), "airline tweets": (*read_tweets(), NOBODY)}
    for name, (feedback, touchpoints, alignments) in data.items():
        show(name, "names and descriptions", ask_few(feedback, touchpoints, links=0))
        show(name, f"and {FEW} links", ask_few(feedback, touchpoints, links=FEW))
        show(name, "and links of other people (4 of 5)", check_links(feedback, touchpoints, alignments=alignments))
    large = pd.concat([data["retail_checkout"][0].assign(touchpoint_id="")] * 14, ignore_index=True)
    start = time.perf_counter()
    suggest_touchpoints(large, data["retail_checkout"][1], alignments=NOBODY)
    print(
        f"{len(large):,} verbatims, {len(data['retail_checkout'][1])} touchpoints: {time.perf_counter() - start:.1f} s"
    )


if __name__ == "__main__":
    main()
