"""Makes a study of many personas out of an example (`python tests/benchmarks/many_personas.py DIR [PERSONAS]`)."""

import shutil
import sys
from pathlib import Path

import duckdb
import pandas as pd

from cjm_helpers.study.kit import kit_folder

EXAMPLE, FIRST_IMPORT = "retail_checkout", "# What the tools export"
CUSTOMERS = 80  # a persona's, both waves together
NAMED_AFTER = {  # what each copy of the customers has ids of its own for, by the file's place in the study
    "imported/customers.csv": ["customer_id"],
    "imported/persona_assignments.csv": ["customer_id"],
    "imported/responses.csv": ["response_id", "customer_id"],
    "imported/feedback.csv": ["feedback_id", "customer_id"],
    "worksheets/codings/anna.csv": ["feedback_id"],
    "worksheets/codings/ben.csv": ["feedback_id"],
    "worksheets/alignments.csv": ["feedback_id"],
    "worksheets/coding_decisions.csv": ["feedback_id"],
}
OF_A_PERSONA = ("worksheets/personas.csv", "worksheets/statements.csv", "imported/kpi_readings.csv")
OF_SOME_PERSONAS = ("worksheets/touchpoints.csv", "worksheets/opportunities.csv")


def make_study(folder: Path, *, personas: int = 100) -> Path:
    """Write a study of so many personas: each is like one of the example's, with customers and figures of its own."""
    shutil.copytree(kit_folder() / "data" / "examples" / EXAMPLE, folder, ignore=shutil.ignore_patterns("raw"))
    settings = folder / "study.toml"
    settings.write_text(settings.read_text(encoding="utf-8").partition(FIRST_IMPORT)[0], encoding="utf-8")
    before = _read(folder / OF_A_PERSONA[0])["persona_id"]
    ids = {one: [f"{one}_{number:03d}" for number in range(at, personas, len(before))] for at, one in enumerate(before)}
    _copy_customers(folder, copies=max(1, round(personas * CUSTOMERS / len(_read(folder / "imported/customers.csv")))))
    _share_customers(folder / "imported/persona_assignments.csv", ids)
    for place in OF_A_PERSONA:
        _copy_rows(folder / place, ids)
    for place in OF_SOME_PERSONAS:
        table = _read(folder / place)
        told = table["persona_ids"].map(lambda text: ";".join(";".join(ids[one]) for one in text.split(";") if one))
        _write(table.assign(persona_ids=told), folder / place)
    return folder


def _copy_customers(folder: Path, *, copies: int) -> None:
    spoken = set(_read(folder / "worksheets/feedback.csv")["feedback_id"])  # interviews, which statements rest on
    for place, columns in NAMED_AFTER.items():
        table = _read(folder / place)
        more = table[~table["feedback_id"].isin(spoken)] if "feedback_id" in table else table
        later = [more.assign(**{name: _rename(more[name], copy) for name in columns}) for copy in range(1, copies)]
        _write(pd.concat([table, *later]), folder / place)
    events = folder / "imported" / "events.parquet"
    duckdb.sql(
        f"""COPY (SELECT * EXCLUDE (copy) REPLACE (if(copy = 0, customer_id, customer_id || '_' || copy) AS customer_id)
        FROM '{events}', range({copies}) AS copies(copy) ORDER BY copy, timestamp) TO '{events}.new' (FORMAT parquet)"""
    )
    Path(f"{events}.new").replace(events)


def _share_customers(file: Path, ids: dict[str, list[str]]) -> None:
    """Deal the customers of each persona of the example out to the new personas that are like it."""
    given = _read(file)
    turn = given.groupby("persona_id").cumcount()
    dealt = [ids[one][at % len(ids[one])] for one, at in zip(given["persona_id"], turn, strict=True)]
    _write(given.assign(persona_id=dealt), file)


def _copy_rows(file: Path, ids: dict[str, list[str]]) -> None:
    """Write the rows of each persona of the example again for every new persona that is like it."""
    table = _read(file)
    parts = [table[~table["persona_id"].isin(ids)]]
    for before, after in ids.items():
        own = table[table["persona_id"] == before]
        for number, persona_id in enumerate(after):
            named = {"statement_id": _rename(own["statement_id"], number)} if "statement_id" in own else {}
            named |= {"name": own["name"] + f" ({number + 1})"} if "name" in own else {}
            parts.append(own.assign(persona_id=persona_id, **named))
    _write(pd.concat(parts), file)


def _rename(ids: pd.Series, copy: int) -> pd.Series:
    return ids.where(ids.eq("") | (copy == 0), ids + f"_{copy}")


def _read(file: Path) -> pd.DataFrame:
    return pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def _write(table: pd.DataFrame, file: Path) -> None:
    table.to_csv(file, index=False, encoding="utf-8-sig")


if __name__ == "__main__":
    print(make_study(Path(sys.argv[1]), personas=int(sys.argv[2]) if len(sys.argv) > 2 else 100))
