"""Channels: of the people met on each channel of a stage, how many went on, how soon, and how they felt there."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from cjm_helpers.method.answers import FEELING_HIGH, FEELING_LOW, average_customers, choose_emotion
from cjm_helpers.method.order import list_stages
from cjm_helpers.method.paths.funnel import QUIET_DAYS
from cjm_helpers.method.paths.log import SECONDS_A_DAY, place_events
from cjm_helpers.stats.differences import compare_proportions
from cjm_helpers.stats.intervals import estimate_proportion, estimate_summary
from cjm_helpers.stats.multiplicity import adjust_p_values
from cjm_helpers.stats.suppression import suppress_margins, suppress_small
from cjm_helpers.stats.survival import estimate_duration

FALSE_ALARMS = 0.05
DIGITS = 3  # of a day: a minute and a half, so that the times of many people come back as few numbers
MORE, FEWER, NO_DIFFERENCE = "more go on", "fewer go on", "no clear difference"
NO_OTHER, FEW_OTHERS = "no other channel", "too few elsewhere"
PERSON, CELL = ["customer_id", "place"], ["place", "channel"]
COMPARED = ["n_other", "value_other", "difference", "difference_lo", "difference_hi", "p"]
FELT = ["feeling", "feeling_n", "feeling_lo", "feeling_hi"]
HIDDEN = ["customers", "k", "still_open", *COMPARED, "median_days", "median_lo", "median_hi", *FELT]
COLUMNS = [
    "stage", "channel", "customers", "still_open", "k", "n", "value", "lo", "hi", "method", "flag", *COMPARED, "q",
    "verdict", "median_days", "median_lo", "median_hi", *FELT,
]  # fmt: skip


def compare_channels(
    events,
    touchpoints: pd.DataFrame,
    *,
    responses: pd.DataFrame | None = None,
    metrics: Mapping | None = None,
    emotion: Sequence[str] = (),
    stages=(),
    min_n: int = 5,
    quiet_days: int = QUIET_DAYS,
) -> pd.DataFrame:
    """Compare the channels of each stage: how many of the people met there went on to a later stage, and how soon.

    It goes together, it is not an effect: customers choose their channels. Whoever was met on several channels of a
    stage counts on each; a channel is compared with the people of its stage who were not met on it. Going on, leaving
    and being on the way are those of `count_funnel`, from a person's first event on the channel.

    Parameters
    ----------
    events
        The log as the study opens it (any Ibis backend), or None. Reads customer_id, timestamp, touchpoint_id, channel.
    touchpoints, stages
        Reads touchpoint_id, stage; the declared stages in order.
    responses, metrics, emotion
        As in `emotion.summarise_emotion`; without them nothing is said of feelings.
    min_n
        A channel of fewer people keeps its n alone, and so does another one that would tell of them by subtraction.
    quiet_days
        As in `count_funnel`.

    Returns
    -------
    DataFrame
        stage, channel ("" where the log names none), customers (met there), still_open (who may yet go on), k (went
        on), n (went on or left), value (k of n, 0-1), lo, hi, method, flag; n_other and value_other (the same of the
        stage's other people), difference with difference_lo and difference_hi, p, q (over the table), verdict;
        median_days until going on (of all met there; missing where fewer than half did) with median_lo and median_hi;
        feeling (mean at the stage's touchpoints, -2 to 2, of those met on the channel) with feeling_n, _lo and _hi.
        The last stage that the log knows has no row: nothing follows there. The highest value of a stage comes first.

    Raises
    ------
    ParameterError, ScoresOutsideScale
        When a metric is not declared, or scores do not lie on its scale.

    Source: Wilson; Newcombe (1998), method 10; Benjamini & Hochberg (1995); Kaplan & Meier (1958); Student's t.

    Examples
    --------
    >>> import ibis
    >>> rows = [(f"a{i}", "2026-03-01", "ad", "Mail") for i in range(9)] + [(f"a{i}", "2026-03-03", "pay", "Web")
    ...         for i in range(6)] + [(f"b{i}", "2026-03-01", "ad", "Web") for i in range(8)]
    >>> log = pd.DataFrame(rows, columns=["customer_id", "timestamp", "touchpoint_id", "channel"])
    >>> log = ibis.memtable(log.assign(timestamp=pd.to_datetime(log["timestamp"])))
    >>> shop = pd.DataFrame({"touchpoint_id": ["ad", "pay"], "stage": ["Notice", "Buy"]})
    >>> found = compare_channels(log, shop, quiet_days=0)
    >>> found[["channel", "k", "n", "verdict", "median_days"]].values.tolist()
    [['Mail', 6.0, 9.0, 'more go on', 2.0], ['Web', 0.0, 8.0, 'fewer go on', nan]]
    """
    order = list_stages(touchpoints, stages=stages)
    if events is None or touchpoints.empty:
        return pd.DataFrame(columns=COLUMNS)
    place = touchpoints["stage"].map({stage: number for number, stage in enumerate(order)})
    placed = place_events(
        events, dict(zip(touchpoints["touchpoint_id"], place, strict=True)), keep=("channel",)
    ).mutate(channel=lambda log: log.channel.fill_null(""))
    felt = _average_feelings(responses, touchpoints, order=order, metrics=metrics, emotion=emotion)
    counts, waits = _count_people(placed, felt, quiet_days=quiet_days)
    if counts.empty:
        return pd.DataFrame(columns=COLUMNS)
    table = counts.assign(stage=[order[number] for number in counts["place"]])
    table = _judge(_estimate(table, waits), min_n=min_n).assign(most=lambda shown: -shown["value"])
    return table.sort_values(["place", "most", "channel"], ignore_index=True)[COLUMNS]


def _average_feelings(responses, touchpoints: pd.DataFrame, *, order: list[str], metrics, emotion) -> pd.DataFrame:
    """Return the mean feeling of each customer at each stage that they answered about."""
    if responses is None or not emotion:
        return pd.DataFrame({"customer_id": pd.Series(dtype="str"), "place": pd.Series(dtype=int), "feeling": 0.0})
    answers = choose_emotion(responses, metrics=metrics, emotion=emotion)
    stage = dict(zip(touchpoints["touchpoint_id"], touchpoints["stage"], strict=True))
    answers = answers.assign(stage=answers["touchpoint_id"].map(stage))
    answers = answers[answers["customer_id"].ne("") & answers["stage"].notna()]
    people = average_customers(answers, columns=("feeling",)).rename(columns={"person": "customer_id"})
    people["place"] = people["touchpoint_id"].map(stage).map({one: number for number, one in enumerate(order)})
    return people.groupby(PERSON, as_index=False)["feeling"].mean()


def _count_people(placed, felt: pd.DataFrame, *, quiet_days: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Count people by stage and channel, and how long they waited; the engine does it, only small tables come back."""
    whole = placed.aggregate(newest=placed.timestamp.max(), last_place=placed.place.max()).to_pandas().iloc[0]
    if pd.isna(whole["newest"]):
        return pd.DataFrame(), pd.DataFrame()
    people = _follow_people(placed, felt, newest=whole["newest"], quiet_days=quiet_days)
    people = people.filter(people.place < int(whole["last_place"]))
    gone, other_gone = ~people.is_on & ~people.is_open, ~people.is_on_anyhow & ~people.is_open
    cells = people.group_by(CELL).agg(
        customers=people.count(), k=people.is_on.sum(), left=gone.sum(), own_on=people.is_on_anyhow.sum(),
        own_left=other_gone.sum(), still_open=(~people.is_on & people.is_open).sum(),
        feeling=people.feeling.mean(), feeling_sd=people.feeling.std(), feeling_n=people.feeling.count(),
    ).to_pandas()  # fmt: skip
    stage = people.select(*PERSON, "is_on_anyhow", "is_open").distinct()
    totals = stage.group_by("place").agg(
        all_on=stage.is_on_anyhow.sum(), all_left=(~stage.is_on_anyhow & ~stage.is_open).sum()
    )
    waits = people.group_by([*CELL, "days", "is_on"]).agg(people=people.count()).to_pandas()
    table = cells.merge(totals.to_pandas(), on="place")
    numbers = dict.fromkeys(table.columns.difference(CELL), float)
    return table.astype(numbers).sort_values(CELL, ignore_index=True), waits


def _follow_people(placed, felt: pd.DataFrame, *, newest, quiet_days: int):
    """Return a row for each person, stage and channel: when first met there, and whether and when they went on."""
    import ibis  # a second to load, so only where there is a log

    last = placed.group_by("customer_id").agg(last=placed.timestamp.max())
    met = placed.group_by([*PERSON, "channel"]).agg(since=placed.timestamp.min())
    then = placed.select(who=placed.customer_id, then=placed.timestamp, there=placed.place)
    ahead = met.join(then, [met.customer_id == then.who, then.there > met.place, then.then >= met.since], how="left")
    people = ahead.group_by([*PERSON, "channel", "since"]).agg(then=ahead.then.min())
    people = people.join(last, "customer_id").left_join(ibis.memtable(felt), PERSON)
    seconds = people.then.fill_null(newest).epoch_seconds() - people.since.epoch_seconds()
    return people.select(
        *PERSON, "channel", "feeling", is_on=people.then.notnull(), days=(seconds / SECONDS_A_DAY).round(DIGITS),
        is_on_anyhow=people.then.notnull().any().over(ibis.window(group_by=PERSON)),
        is_open=people["last"] > newest - pd.Timedelta(days=quiet_days),
    )  # fmt: skip


def _estimate(table: pd.DataFrame, waits: pd.DataFrame) -> pd.DataFrame:
    """Add the share that went on, the difference to the stage's other people, the wait and the feeling."""
    table = table.assign(n=table["k"] + table["left"])
    table["k_other"] = table["all_on"] - table["own_on"]
    table["n_other"] = table["k_other"] + table["all_left"] - table["own_left"]
    shares = [estimate_proportion(row.k, row.n)._asdict() for row in table.itertuples()]
    table = table.assign(**pd.DataFrame(shares).drop(columns="n"), value_other=table["k_other"] / table["n_other"])
    changes = [compare_proportions((row.k, row.n), (row.k_other, row.n_other)) for row in table.itertuples()]
    table[["difference", "difference_lo", "difference_hi", "p"]] = [change[:4] for change in changes]
    groups = {cell: rows.sort_values("days") for cell, rows in waits.groupby(CELL)}
    middles = [_estimate_wait(groups[cell]) for cell in zip(table["place"], table["channel"], strict=True)]
    table[["median_days", "median_lo", "median_hi"]] = middles
    table[["feeling_lo", "feeling_hi"]] = [_estimate_feeling(row) for row in table.itertuples()]
    return table


def _estimate_wait(rows: pd.DataFrame) -> tuple[float, float, float]:
    days, is_on = (np.repeat(rows[name].to_numpy(), rows["people"]) for name in ("days", "is_on"))
    wait = estimate_duration(days, is_censored=~is_on.astype(bool))
    return wait.value, wait.lo, wait.hi


def _estimate_feeling(row) -> tuple[float, float]:
    mean = estimate_summary(row.feeling, sd=row.feeling_sd, n=row.feeling_n, low=FEELING_LOW, high=FEELING_HIGH)
    return mean.lo, mean.hi


def _judge(table: pd.DataFrame, *, min_n: int) -> pd.DataFrame:
    """Leave out what stands on too few, and say which differences chance does not explain."""
    is_alone, is_few = table["n_other"].eq(0), table["n_other"].lt(min_n)
    table[COMPARED[1:]] = table[COMPARED[1:]].mask(is_few)
    table[FELT] = table[FELT].mask(table["feeling_n"].lt(min_n))
    table = suppress_small(table, min_n=min_n, also=tuple(HIDDEN))
    table = suppress_margins(table, within=["place"], also=tuple(HIDDEN), min_n=min_n)
    q = pd.Series(adjust_p_values(table["p"]), index=table.index)
    is_clear = q.lt(FALSE_ALARMS)
    verdict = pd.Series(NO_DIFFERENCE, index=table.index).mask(is_clear & table["difference"].gt(0), MORE)
    verdict = (
        verdict.mask(is_clear & table["difference"].lt(0), FEWER).mask(is_few, FEW_OTHERS).mask(is_alone, NO_OTHER)
    )
    return table.assign(q=q, verdict=verdict.mask(table["flag"].eq("suppressed"), ""))
