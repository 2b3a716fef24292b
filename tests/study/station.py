"""A study of a railway station and its survey: what the tests about imports lay out, read and refuse."""

from pathlib import Path

import pandas as pd
import pytest

from cjm_helpers.errors import FaultsFound
from cjm_helpers.study.sources import import_sources

HEAD = """
name = "Station"
stages = ["Arrive", "Wait"]
[metrics.rating]
min = 1
max = 5
[metrics.recommend]
min = 0
max = 10
"""
CUSTOMERS = """
[[import]]
file = "survey.csv"
table = "customers"
columns = { customer_id = "s-{ID}", purpose = "PURPOSE" }
"""
RESPONSES = """
[[import]]
file = "survey.csv"
table = "responses"
columns = { customer_id = "s-{ID}", weight = "WEIGHT" }
blank = ["0"]
not_applicable = ["6"]
scores = [
    { column = "SHOP", metric = "rating", touchpoint_id = "shop" },
    { column = "RECOMMEND", metric = "recommend", blank = ["11"], not_applicable = [] },
]
"""
RULES = """
[[import]]
file = "survey.csv"
table = "persona_assignments"
columns = { customer_id = "s-{ID}" }
blank = ["0"]
[[import.rule]]
persona_id = "regular"
when = { PURPOSE = ["1", "5"], TRIPS = ">= 3" }
[[import.rule]]
persona_id = "guest"
when = { TRIPS = "<= 2" }
"""
CODES = """
[[import]]
file = "survey.csv"
table = "codings"
columns = { customer_id = "s-{ID}" }
fixed = { coder_id = "office", source = "survey" }
codes = ["CODE1", "CODE2"]
blank = [""]
recode = { code_id = { "7" = "dear", "8" = "dear", "9" = "kind", "99" = "" } }
touchpoints = { shop = ["dear"] }
"""
SURVEY = """ID,PURPOSE,TRIPS,SHOP,RECOMMEND,WEIGHT,CODE1,CODE2
1,1,3,5,10,0.5,7,8
2,2,2,0,0,1.25,9,99
3,5,0,6,6,1,,
4,1,4,3,11,2,9,7
"""


def lay(folder: Path, *blocks, survey=SURVEY, name="survey.csv") -> Path:
    """Lay out the study with the blocks and the export that a test is about; return its folder."""
    for place in ("worksheets", "raw"):
        (folder / place).mkdir(exist_ok=True)
    write(folder / "study.toml", HEAD + "".join(blocks))
    write(folder / "worksheets" / "touchpoints.csv", "touchpoint_id,name,stage\nshop,Shop,Wait\n")
    write(folder / "worksheets" / "personas.csv", "persona_id,name\nregular,Dana\nguest,Yuki\n")
    write(folder / "worksheets" / "codebook.csv", "code_id,label\ndear,Dear\nkind,Kind\n")
    (folder / "raw" / name).write_bytes(survey if isinstance(survey, bytes) else survey.encode("utf-8"))
    return folder


def write(file: Path, text: str) -> None:
    """Write a text file."""
    file.write_text(text, encoding="utf-8")


def read(folder: Path, table: str) -> pd.DataFrame:
    """Read an imported table as text."""
    return pd.read_csv(folder / "imported" / f"{table}.csv", dtype="str", keep_default_na=False)


def refuse(folder: Path) -> str:
    """Return what an import says that must fail."""
    with pytest.raises(FaultsFound) as found:
        import_sources(folder)
    return str(found.value)
