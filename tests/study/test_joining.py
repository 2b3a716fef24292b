"""Wrong cells are said once, with the rows a team has to look at."""

import numpy as np
import pandas as pd
import pytest

from cjm_helpers.study.joining import Placed, gather_faults, join_sheets
from cjm_helpers.study.settings import Settings
from cjm_helpers.study.tables import make_sheet


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["x"], ["a.csv, row 2, column stage: 'x' is wrong."]),
        (["x", "x"], ["a.csv, column stage: 'x' is wrong in 2 of 5 rows (rows 2, 3)."]),
        (["x", "y"], ["a.csv, row 2, column stage: 'x' is wrong.", "a.csv, row 3, column stage: 'y' is wrong."]),
        (
            ["x", "y", "z", "w"],
            ["a.csv, column stage: 4 of 5 values are wrong (rows 2, 3, 4, ...), such as 'x', 'y', 'z'."],
        ),
        ([""], ["a.csv, row 2, column stage: The cell is wrong."]),
        ([], []),
    ],
)
def test_faults_are_said_by_value(values, said):
    """A value is said once, few values each, many together."""
    frame = pd.DataFrame({"stage": [*values, *["Buy"] * (5 - len(values))]})
    placed = Placed(frame, np.array(["a.csv"] * 5), np.arange(2, 7))
    faults = gather_faults(placed, "stage", wrong=(frame["stage"] != "Buy").to_numpy(), phrase="wrong")
    assert [str(fault) for fault in faults] == said


def test_faults_are_said_by_file():
    """The same value in two files is two faults, since two people mend them."""
    placed = Placed(pd.DataFrame({"stage": ["x", "x"]}), np.array(["a.csv", "b.csv"]), np.array([2, 2]))
    faults = gather_faults(placed, "stage", wrong=np.array([True, True]), phrase="wrong")
    assert [fault.file for fault in faults] == ["a.csv", "b.csv"]


def test_files_with_different_columns_are_joined():
    """A column that only one file has is empty in the rows of the other."""
    first = make_sheet(pd.DataFrame({"customer_id": ["c1"], "city": ["Ulm"]}), table="customers", file="a.csv")
    second = make_sheet(pd.DataFrame({"customer_id": ["c2"], "age": [31]}), table="customers", file="b.csv")
    tables, faults = join_sheets([first, second], settings=Settings("Shop", customers={"age": "numeric"}))
    frame = tables["customers"].frame
    assert faults == [] and frame["city"].tolist() == ["Ulm", ""]
    assert frame["age"].isna().tolist() == [True, False]


def test_empty_tables_are_not_shared():
    """Changing an empty table of one study leaves those of other studies alone."""
    settings = Settings("Shop")
    first = join_sheets([], settings=settings)[0]["goals"].frame
    first["extra"] = 1
    assert "extra" not in join_sheets([], settings=settings)[0]["goals"].frame
