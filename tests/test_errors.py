"""The sentences of the errors say what, where, what is allowed and what to do."""

from cjm_helpers.errors import Fault, FaultsFound, ParameterError, StudyNotFound, spell_allowed, spell_command


def test_nearest_spelling_comes_first():
    """The allowed text spelt most like the wrong one leads the list."""
    said = spell_allowed("chekout", ["basket", "payment", "checkout"])
    assert said == "Did you mean 'checkout'? Allowed: checkout, basket, payment."


def test_far_spelling_is_not_guessed():
    """Where nothing is near, the allowed texts are listed without a guess."""
    assert spell_allowed("xyz", ["basket", "payment"]) == "Allowed: basket, payment."


def test_long_lists_are_counted():
    """More than eight allowed texts are cut and the rest is counted."""
    assert spell_allowed("zzz", [f"t{i:02}" for i in range(11)]).endswith("and 3 more.")


def test_fault_reads_place_then_sentence():
    """A fault says file, spreadsheet row and column before what is wrong."""
    fault = Fault("'chekout' is no touchpoint.", "statements.csv", 7, "touchpoint_id", "Did you mean 'checkout'?")
    assert (
        str(fault)
        == "statements.csv, row 7, column touchpoint_id: 'chekout' is no touchpoint. Did you mean 'checkout'?"
    )


def test_faults_are_gathered():
    """Ten faults are shown and the rest is counted."""
    text = str(FaultsFound([Fault(f"Fault {i}.") for i in range(14)], "my_study"))
    assert text.startswith("14 faults in my_study:")
    assert "Fault 9." in text and "Fault 10." not in text
    assert text.endswith("... and 4 more.")


def test_unknown_study_names_the_examples_and_the_next_step():
    """A study that is not there is answered with the examples and how to make one."""
    text = str(StudyNotFound("retail_chekout", ["retail_checkout"]))
    assert "Did you mean 'retail_checkout'?" in text and "cjm new retail_chekout" in text


def test_parameter_error_is_a_value_error():
    """A caller may catch every error of the workbook as a ValueError."""
    assert isinstance(ParameterError("persona_id", "lena", ["leena"]), ValueError)


def test_capitals_do_not_hide_the_nearest_word():
    """What differs by capitals only is the nearest of all."""
    assert spell_allowed("CSAT", ["nps", "csat"]) == "Did you mean 'csat'? Allowed: csat, nps."


def test_commands_are_named_as_they_were_started(monkeypatch):
    """Somebody who never installed `cjm` reads the command that works for them."""
    monkeypatch.setattr("os.name", "posix")
    monkeypatch.setattr("sys.argv", ["somewhere/cjm_helpers/__main__.py", "check"])
    assert spell_command("check my_study") == "python3 -m cjm_helpers check my_study"
    monkeypatch.setattr("sys.argv", ["bin/cjm", "check"])
    assert spell_command("check my_study") == "cjm check my_study"


def test_a_notebook_shows_the_sentence_alone():
    """Whoever makes a mistake in a notebook reads what to mend, and no lines of our code."""
    from nbclient import NotebookClient
    from nbformat.v4 import new_code_cell, new_notebook

    from cjm_helpers.batch.kernels import KERNEL_WAYS

    notebook = new_notebook(cells=[new_code_cell("import cjm_helpers as cjm\ncjm.open_study('nowhere')")])
    NotebookClient(notebook, kernel_name="python3", allow_errors=True, **KERNEL_WAYS).execute()
    (output,) = notebook.cells[0].outputs
    assert output.ename == "StudyNotFound" and output.evalue.startswith("There is no study at 'nowhere'")
    assert output.traceback == [output.evalue]
