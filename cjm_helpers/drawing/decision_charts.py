"""Draws what helps to decide: how firmly ideas hold their places, and which steps feel different than a wave ago."""

import math

import pandas as pd

from cjm_helpers.drawing.rows import draw_rows
from cjm_helpers.drawing.sheet.look import COLOURS
from cjm_helpers.drawing.style import BAD, GOOD, Chart

RANKS_NOTE = (
    "Dot: mean place over 5,000 draws. Bar: places that 95 of 100 draws give. Ideas of a tier cannot be told apart."
)
CHANGES_NOTE = (
    "Right of the line: better. Feelings run from −2 to 2. Bar: 95 % interval of the change. "
    "All comparisons are counted."
)
LONGEST_NAME = 58
NAMES_WIDTH, SHORT_NAMES_WIDTH = 0.46, 0.31
VERDICTS = {"worse": "Worse", "improved": "Better", "no evidence": "Could be chance"}
TONES = {"worse": BAD, "improved": GOOD}
SMALLEST_SCALE, SCALE_STEP = 0.5, 0.5


def draw_ranks(ranking: pd.DataFrame) -> Chart:
    """Draw every ranked idea at its place, with the places it could have as well.

    Columns read: opportunity_id, statement, mean_rank, rank_lo, rank_hi, tier, p_top3.

    Examples
    --------
    >>> ranking = pd.DataFrame({"opportunity_id": ["o1"], "statement": ["Pay in one step"], "mean_rank": [1.2],
    ...                         "rank_lo": [1.0], "rank_hi": [2.0], "tier": [1.0], "p_top3": [0.97]})
    >>> draw_ranks(ranking).get_suptitle()
    'One idea stands alone in the first tier'
    """
    ranked = ranking[ranking["mean_rank"].notna()].sort_values(["tier", "mean_rank"], kind="stable")
    rows = [
        {
            "name": _shorten(row.statement), "value": row.mean_rank, "lo": row.rank_lo, "hi": row.rank_hi,
            "words": f"{row.opportunity_id}: {row.p_top3 * 100:.0f} % among the first three",
            "group": f"Tier {row.tier:.0f}",
        }
        for row in ranked.itertuples()
    ]  # fmt: skip
    empty = "No idea can be ranked yet: each needs an effort, and a pain point or evidence."
    scale = (0.5, max(len(ranked), 2) + 0.5)
    return draw_rows(
        rows, title=_title_ranks(ranked), note=RANKS_NOTE, empty=empty, scale=scale, tick=1, left=NAMES_WIDTH
    )


def _title_ranks(ranked: pd.DataFrame) -> str:
    first = int((ranked["tier"] == ranked["tier"].min()).sum()) if len(ranked) else 0
    if not first:
        return "Which idea comes first?"
    return "One idea stands alone in the first tier" if first == 1 else f"{first} ideas share the first tier"


def _shorten(text: str) -> str:
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1].rsplit(' ', 1)[0]} …"


def draw_changes(compared: pd.DataFrame) -> Chart:
    """Draw by how much each step feels better or worse than one wave before.

    Columns read: object, name, before, after, delta, lo, hi, n1, n2, verdict; only feelings are drawn.

    Examples
    --------
    >>> rows = {"object": ["feeling"], "name": ["Pay"], "before": [-0.9], "after": [-0.5], "delta": [0.4], "lo": [0.3],
    ...         "hi": [0.5], "n1": [90], "n2": [80], "verdict": ["improved"]}
    >>> draw_changes(pd.DataFrame(rows)).get_suptitle()
    '1 step feels better than a wave ago'
    """
    felt = compared[compared["object"].eq("feeling") & compared["delta"].notna() & compared["verdict"].isin(VERDICTS)]
    place = felt["verdict"].map(list(VERDICTS).index)
    felt = felt.assign(place=place, size=-felt["delta"].abs()).sort_values(["place", "size"], kind="stable")
    rows = [
        {
            "name": row.name, "value": row.delta, "lo": row.lo, "hi": row.hi, "group": VERDICTS[row.verdict],
            "tone": TONES.get(row.verdict, COLOURS["muted"]), "words": f"n {row.n1:,.0f}, then {row.n2:,.0f}",
        }
        for row in felt.itertuples(index=False)
    ]  # fmt: skip
    empty = "No step was rated in two waves yet, so there is nothing to compare."
    furthest = max([SMALLEST_SCALE, *felt["lo"].abs(), *felt["hi"].abs()])
    edge = math.ceil(furthest / SCALE_STEP) * SCALE_STEP
    how = {"scale": (-edge, edge), "tick": SCALE_STEP, "guides": {0.0: "as before"}, "left": SHORT_NAMES_WIDTH}
    return draw_rows(rows, title=_title_changes(felt), note=CHANGES_NOTE, empty=empty, **how)


def _title_changes(felt: pd.DataFrame) -> str:
    if felt.empty:
        return "Does any step feel different?"
    counts = {
        word: int((felt["verdict"] == verdict).sum()) for verdict, word in (("worse", "worse"), ("improved", "better"))
    }
    parts = [f"{count} step{'s feel' if count > 1 else ' feels'} {word}" for word, count in counts.items() if count]
    return f"{' and '.join(parts)} than a wave ago" if parts else "No change is larger than chance could make it"
