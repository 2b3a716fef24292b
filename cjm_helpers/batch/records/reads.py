"""Lets a report's notebook hand over the ledger of what it read."""

READS_TYPE = "application/vnd.cjm.reads+json"
FIRST = """from cjm_helpers.study.ledger import start_ledger
from cjm_helpers.study.own_files import hear_files
start_ledger({study!r})
hear_files({study!r}, ".")"""
LAST = f"""from IPython.display import display
from cjm_helpers.study.ledger import list_reads
display({{"{READS_TYPE}": list_reads()}}, raw=True)"""


def add_ledger(notebook, *, study: str):
    """Return a notebook with a first cell that begins the ledger of a study, and a last one that hands it over.

    Examples
    --------
    >>> from nbformat.v4 import new_notebook
    >>> len(add_ledger(new_notebook(), study="my_study").cells)
    2
    """
    from nbformat.v4 import new_code_cell

    first, last = new_code_cell(FIRST.format(study=study)), new_code_cell(LAST)
    return type(notebook)({**notebook, "cells": [first, *notebook.cells, last]})


def take_reads(notebook) -> tuple[object, dict[str, str]]:
    """Return a finished notebook without the cells of the ledger, and what it read: digests by name.

    Examples
    --------
    >>> from nbformat.v4 import new_notebook, new_output
    >>> done = add_ledger(new_notebook(), study="my_study")
    >>> done.cells[-1].outputs = [new_output("display_data", {READS_TYPE: {"responses": "abc"}})]
    >>> notebook, reads = take_reads(done)
    >>> len(notebook.cells), reads
    (0, {'responses': 'abc'})
    """
    cells, reads = notebook.cells[1:-1], {}
    for output in notebook.cells[-1].get("outputs", []):
        reads |= output.get("data", {}).get(READS_TYPE, {})
    return type(notebook)({**notebook, "cells": cells}), reads
