"""Gives customers who are new in a wave to the personas on record, as far as a model on record allows."""

import pandas as pd

from cjm_helpers.errors import CjmError
from cjm_helpers.method.personas import assign_customers
from cjm_helpers.method.words import count_things
from cjm_helpers.study.drafts import open_sheet
from cjm_helpers.study.folder import Study, save_worksheet
from cjm_helpers.study.heard import list_people

TABLE, MODEL, RULE = "persona_assignments", "model", "rule"
ROW = ["customer_id", "persona_id", "basis"]
NOT_FOUND = pd.DataFrame(columns=ROW, dtype="str")
LEAST_RECOVERED = 0.8  # share of the customers on record whom the model must find back in their persona; ours
BY_RULE = "no rule of study.toml fits them."
BY_HAND = "people gave the others theirs, so give them one too, in notebook 01 under “Decide and save”."
NOBODY = "no customer has one on record yet. Notebook 01 finds groups and keeps them as personas."
UNSURE = (
    "made again from the attributes under [customers], the model finds only {recovered:.0%} of the customers on record "
    "back in their persona. Leave there only the attributes that shaped the personas."
)
NO_ROW = "without a row in the table customers"
NO_KINDS = "study.toml says under [customers] of no attribute what it holds, so no model can place them."


def say_nobody(wave: str) -> str:
    """Say that a wave is empty.

    Examples
    --------
    >>> say_nobody("2026-12")
    'No customer was heard in 2026-12.'
    """
    return f"No customer was heard in {wave}."


def assign_new(study: Study, *, wave: str) -> str:
    """Write the personas of customers who are heard in a wave and have none there, and say who still has none.

    Who has one of an earlier wave keeps it. For the others only a model is asked, and only where rows of one are on
    record: it is made again from the first of them, so that it stays the same month after month. Rules of study.toml
    were followed by the import.

    Parameters
    ----------
    study
        The opened study, whole.
    wave
        A wave of it.

    Examples
    --------
    >>> from cjm_helpers.study.folder import open_study
    >>> assign_new(open_study("retail_checkout"), wave="2026-09")
    'All 1,000 customers heard in 2026-09 have a persona.'
    """
    people = list_people(study)
    heard = people[people["wave"].eq(wave)]
    homeless = heard.loc[heard["persona_id"].eq(""), "customer_id"]
    if homeless.empty:
        all_have = f"All {len(heard):,} customers heard in {wave} have a persona."
        return all_have if len(heard) else say_nobody(wave)
    kept = _find_kept(study, homeless, wave=wave)
    try:
        found, why = _ask_model(study, homeless[~homeless.isin(kept["customer_id"])], wave=wave)
        _save(study, pd.concat([kept, found]).assign(wave=wave))
    except CjmError as refused:  # whatever it is, the reports can be made
        kept, found, why = kept[:0], NOT_FOUND, f"they could not be given one. {refused}"
    without = len(homeless) - len(kept) - len(found)
    said = []
    if len(kept):
        said.append(
            f"Heard in an earlier wave and with the same persona as then: {count_things(len(kept), 'customer')}."
        )
    if len(found):
        count = count_things(len(found), "new customer")
        said.append(f"The model on record gave {count} a persona{_count(study, found)}.")
    said += [f"Without a persona: {without:,} of {len(heard):,} customers heard in {wave}; {why}"] if without else []
    return " ".join(said)


def _find_kept(study: Study, homeless: pd.Series, *, wave: str) -> pd.DataFrame:
    """Return the newest assignment in an earlier wave of each of these customers that has one."""
    waves = study.settings.wave_ids
    places = {one: place for place, one in enumerate(waves[: waves.index(wave)])}
    given = study.persona_assignments.assign(place=study.persona_assignments["wave"].map(places))
    given = given[given["place"].notna() & given["customer_id"].isin(homeless)]
    return given.sort_values("place", kind="stable").drop_duplicates("customer_id", keep="last")[ROW]


def _ask_model(study: Study, new: pd.Series, *, wave: str) -> tuple[pd.DataFrame, str]:
    """Return who is given to which persona, and why the others are to none."""
    given, kinds = study.persona_assignments, study.settings.customers
    if new.empty:
        return NOT_FOUND, ""
    if MODEL not in set(given["basis"]):
        return NOT_FOUND, BY_RULE if RULE in set(given["basis"]) else BY_HAND if len(given) else NOBODY
    if not kinds:
        return NOT_FOUND, NO_KINDS
    waves = study.settings.wave_ids
    so_far = study.customers[study.customers["wave"].isin(["", *waves[: waves.index(wave) + 1]])]
    placed = assign_customers(so_far, _find_first(given, waves), kinds=kinds)
    recovered = placed.attrs["recovered"]
    if recovered < LEAST_RECOVERED:
        return NOT_FOUND, UNSURE.format(recovered=recovered)
    placed = placed[placed["customer_id"].isin(new)]
    found = placed[placed["persona_id"].ne("")].assign(basis=MODEL)
    reasons = placed.loc[placed["persona_id"].eq(""), "reason"].value_counts().to_dict()
    reasons |= {NO_ROW: len(new) - len(placed)}
    return found[ROW], f"{', '.join(f'{count:,} {reason}' for reason, count in reasons.items() if count)}."


def _find_first(given: pd.DataFrame, waves: tuple[str, ...]) -> pd.DataFrame:
    """Return the assignments that the model is made of: those of no wave, else of the first wave it was used in."""
    by_model = set(given.loc[given["basis"].eq(MODEL), "wave"])
    first = next(one for one in ("", *waves) if one in by_model)
    return given[given["wave"].isin(["", first])]


def _count(study: Study, found: pd.DataFrame) -> str:
    sizes = {name: int(found["persona_id"].eq(name).sum()) for name in study.personas["persona_id"]}
    return f" ({', '.join(f'{name} {count:,}' for name, count in sizes.items() if count)})"


def _save(study: Study, rows: pd.DataFrame) -> None:
    if rows.empty:
        return
    sheet = open_sheet(study, TABLE)
    if sheet.is_read_only:
        raise CjmError(sheet.why_read_only)
    frame = pd.concat([sheet.frame, rows.reindex(columns=sheet.frame.columns, fill_value="")], ignore_index=True)
    save_worksheet(study, TABLE, frame=frame)
