"""Prints how many simulated studies show each planted finding, and how many studies without any do (`make bench`)."""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from cjm_helpers.errors import TooFewAnswers
from cjm_helpers.method.categories import derive_impact
from cjm_helpers.method.emotion import compare_feelings
from cjm_helpers.method.feedback import measure_reliability
from cjm_helpers.method.waves import compare_waves
from cjm_helpers.stats.intervals import estimate_proportion
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.selection import select_rows
from cjm_helpers.teach.nothing import plant_nothing
from cjm_helpers.teach.script import read_truth
from cjm_helpers.teach.simulate import simulate_retail_checkout

SEEDS = range(1, 21)
BOOTSTRAPS = 200
CHANGES = ("improved", "worse", "changed")
BETWEEN_WAVES = {"feeling between waves": "feeling", "KPI between waves": "kpi", "theme between waves": "theme"}


def simulate(seed: int, *, truth: dict | None = None):
    """Make the example anew from another seed and open it."""
    with tempfile.TemporaryDirectory() as folder:
        return open_study(simulate_retail_checkout(Path(folder) / "study", seed=seed, truth=truth))


def name_finding(finding: dict) -> str:
    """Name a finding on one line."""
    return f"{finding['kind']}: {finding['of']}"


def recover(study, findings: list[dict]) -> list[str]:
    """Return the names of the planted findings that the methods show in a study, each with its sign."""
    everyone = select_rows(study)
    names = {"metrics": study.settings.metrics, "emotion": study.settings.emotion}
    seen = {
        "waves": compare(study),
        "personas": compare_feelings(everyone.responses, everyone.persona_assignments, **names),
        "drivers": _rank_drivers(everyone, names),
        "codes": measure_reliability(study.codings, codebook=study.codebook, bootstraps=BOOTSTRAPS),
    }
    return [name_finding(finding) for finding in findings if _is_seen(finding, seen)]


def compare(study):
    """Compare the two waves for everyone and each persona, as one report."""
    return compare_waves([select_rows(study, persona_id=one) for one in ("everyone", *study.personas["persona_id"])])


def _rank_drivers(study, names):
    try:
        return derive_impact(study.responses, **names, outcome=study.settings.outcome, bootstraps=BOOTSTRAPS)
    except TooFewAnswers:
        return None


def _is_seen(finding: dict, seen: dict) -> bool:
    kind, of = finding["kind"], finding["of"]
    if kind in BETWEEN_WAVES:
        return _is_between_waves(finding, seen["waves"])
    if kind == "feeling of a persona":
        return _is_of_persona(finding, seen["personas"])
    if kind == "first driver":
        drivers = seen["drivers"]
        return drivers is not None and bool(drivers.loc[drivers["touchpoint_id"].eq(of), "rank_hi"].eq(1).any())
    codes = seen["codes"].set_index("code_id")
    return codes.at[of, "verdict"] == "revise the code"


def _is_between_waves(finding: dict, compared) -> bool:
    is_meant = compared["object"].eq(BETWEEN_WAVES[finding["kind"]]) & compared["id"].eq(finding["of"])
    if "touchpoint_id" in finding:
        is_meant &= compared["touchpoint_id"].eq(finding["touchpoint_id"])
    row = compared[is_meant & compared["persona_id"].eq("everyone")].iloc[0]
    return row["verdict"] in CHANGES and row["delta"] * finding["effect"] > 0


def _is_of_persona(finding: dict, pairs) -> bool:
    here = pairs[pairs["touchpoint_id"].eq(finding["of"])]
    own = here[here["persona_id"].eq(finding["persona_id"]) | here["other_id"].eq(finding["persona_id"])]
    signs = own["value"].where(own["persona_id"].eq(finding["persona_id"]), -own["value"])
    return bool(len(own) and own["verdict"].eq("differ").all() and (signs * finding["effect"] > 0).all())


def main() -> None:
    """Simulate, count and print."""
    truth = read_truth()
    findings, nothing = truth["findings"], plant_nothing(truth)
    found, alarms = {"planted": Counter(), "nothing": Counter()}, 0
    for seed in SEEDS:
        found["planted"].update(recover(simulate(seed), findings))
        quiet = simulate(seed, truth=nothing)
        found["nothing"].update(recover(quiet, findings))
        alarms += bool(compare(quiet)["verdict"].isin(CHANGES).any())
        print(".", end="", file=sys.stderr, flush=True)
    print(f"\n{'finding':<44}{'effect':>8}{'found in':>12}{'interval, %':>14}{'where nothing is':>19}")
    for finding in findings:
        name = name_finding(finding)
        share = estimate_proportion(found["planted"][name], len(SEEDS))
        interval = f"{100 * share.lo:.0f} to {100 * share.hi:.0f}"
        counts = f"{found['planted'][name]} of {len(SEEDS)}", interval, f"{found['nothing'][name]} of {len(SEEDS)}"
        print(f"{name:<44}{finding['effect']:>8.2f}{counts[0]:>12}{counts[1]:>14}{counts[2]:>19}")
    print(
        f"studies without anything planted in which some comparison of waves calls a change: {alarms} of {len(SEEDS)}"
    )


if __name__ == "__main__":
    main()
