"""Shapes of imports: what a block makes of the rows of its export, and which values it refuses."""

from study.station import CODES, CUSTOMERS, HEAD, RESPONSES, RULES, SURVEY, lay, read, refuse, write

from cjm_helpers.study.sources import import_sources


def test_columns_come_under_new_names(tmp_path):
    """A column is taken under our name, and a pattern makes the id."""
    folder = lay(tmp_path, CUSTOMERS)
    import_sources(folder)
    assert read(folder, "customers")[["customer_id", "purpose"]].values.tolist()[:2] == [["s-1", "1"], ["s-2", "2"]]


def test_a_wide_survey_becomes_one_row_an_answer(tmp_path):
    """A score column gives an answer with touchpoint, metric and weight; without touchpoint it is about the whole."""
    folder = lay(tmp_path, RESPONSES)
    import_sources(folder)
    answers = read(folder, "responses")[["response_id", "touchpoint_id", "metric", "score", "weight"]]
    assert answers.values.tolist() == [
        ["s-1-SHOP", "shop", "rating", "5", "0.5"], ["s-1-RECOMMEND", "", "recommend", "10", "0.5"],
        ["s-2-RECOMMEND", "", "recommend", "0", "1.25"], ["s-3-RECOMMEND", "", "recommend", "6", "1"],
        ["s-4-SHOP", "shop", "rating", "3", "2"],
    ]  # fmt: skip


def test_blank_of_a_score_column_stands_for_that_of_the_block(tmp_path):
    """0 and 6 are blank and not applicable for the shop, and answers to the question about recommending."""
    folder = lay(tmp_path, RESPONSES)
    row = import_sources(folder).table.iloc[0]
    assert (row["cells_in_file"], row["cells_kept"], row["cells blank"], row["cells not applicable"]) == (8, 5, 2, 1)


def test_first_rule_that_is_met_gives_the_persona(tmp_path):
    """Lists and comparisons decide; a blank value meets no condition, and who meets no rule is counted."""
    folder = lay(tmp_path, RULES)
    report = import_sources(folder)
    assigned = read(folder, "persona_assignments")[["customer_id", "persona_id", "basis"]].values.tolist()
    assert assigned == [["s-1", "regular", "rule"], ["s-2", "guest", "rule"], ["s-4", "regular", "rule"]]
    assert report.table["rows fitting no rule"].tolist() == [1]
    assert "regular 2; guest 1" in str(report)


def test_code_columns_become_codings_and_verbatims(tmp_path):
    """Each code is given once a verbatim, at its touchpoint; each row with a code has a verbatim."""
    folder = lay(tmp_path, CODES)
    row = import_sources(folder).table.iloc[0]
    codings = read(folder, "codings/office")[["feedback_id", "code_id", "touchpoint_id"]].values.tolist()
    assert codings == [
        ["s-1-CODE", "dear", "shop"], ["s-2-CODE", "kind", ""], ["s-4-CODE", "kind", ""], ["s-4-CODE", "dear", "shop"],
    ]  # fmt: skip
    assert read(folder, "feedback")["customer_id"].tolist() == ["s-1", "s-2", "s-4"]
    assert (row["cells the same code again"], row["cells left out by recode"], row["cells blank"]) == (1, 1, 2)


def test_a_value_off_the_scale_is_said_with_its_rows(tmp_path):
    """The sentence holds file, row as a spreadsheet counts, column, value, count, first three rows and scale."""
    rows = "".join(f"{number},1,3,9,10,1,,\n" for number in range(5, 9))
    said = refuse(lay(tmp_path, RESPONSES, survey=SURVEY + rows))
    assert "survey.csv, row 6, column SHOP: The value '9' is not on the scale of rating, 1 to 5" in said
    assert "(4 rows: 6, 7, 8, ...)." in said
    assert "Correct it in the file; or, in study.toml, name it under blank" in said
    assert "or mend the scale in [metrics.rating]." in said


def test_an_empty_answer_must_be_declared(tmp_path):
    """An empty cell is no answer only where blank says so."""
    said = refuse(lay(tmp_path, RESPONSES, survey=SURVEY.replace("4,1,4,3,", "4,1,4,,")))
    assert "survey.csv, row 5, column SHOP: The cell is empty" in said


def test_an_unknown_code_is_said(tmp_path):
    """A code that the recode does not name is never left out in silence."""
    said = refuse(lay(tmp_path, CODES, survey=SURVEY.replace("9,99", "9,98")))
    assert "row 3, column CODE2: The value '98' is not named in recode.code_id (1 row)." in said


def test_a_star_speaks_for_all_other_values(tmp_path):
    """With "*" in a recode every value not named becomes that one."""
    folder = lay(tmp_path, CUSTOMERS + 'recode = { purpose = { "1" = "work", "*" = "other" } }\n')
    import_sources(folder)
    assert read(folder, "customers")["purpose"].tolist() == ["work", "other", "other", "work"]


def test_a_word_compared_as_a_number_is_said(tmp_path):
    """A rule that compares refuses what is neither a number nor blank."""
    said = refuse(lay(tmp_path, RULES, survey=SURVEY.replace("1,1,3,", "1,1,many,")))
    assert "column TRIPS: The value 'many' cannot be compared in the rule for regular" in said


def test_days_and_decimal_commas_are_read_as_declared(tmp_path):
    """date_format and decimal say how the file writes them; without them such values are refused."""
    survey = "ID;DAY;RATE;W\n1;3/9/2026;4,5;0,5\n"
    block = (
        '[[import]]\nfile = "survey.csv"\ntable = "responses"\nfixed = { metric = "rating" }\n'
        'columns = { response_id = "r{row}", date = "DAY", score = "RATE", weight = "W" }\n'
    )
    assert "is not a date written as year-month-day" in refuse(lay(tmp_path, block, survey=survey))
    folder = lay(tmp_path, block + 'date_format = "%m/%d/%Y"\ndecimal = ","\n', survey=survey)
    import_sources(folder)
    answers = read(folder, "responses")[["response_id", "date", "score", "weight"]]
    assert answers.values.tolist() == [["r2", "2026-03-09", "4.5", "0.5"]]


def test_rows_without_a_needed_value_are_left_out_by_reason(tmp_path):
    """In a long file a declared blank or not applicable score leaves its row out, each counted on its own."""
    block = (
        '[[import]]\nfile = "survey.csv"\ntable = "responses"\nfixed = { metric = "rating" }\n'
        'columns = { response_id = "r{row}", score = "SHOP" }\nblank = ["0"]\nnot_applicable = ["6"]\n'
    )
    row = import_sources(lay(tmp_path, block)).table.iloc[0]
    assert (row["rows_kept"], row["rows blank"], row["rows not applicable"], row["rows_made"]) == (2, 1, 1, 2)


def test_an_answer_without_a_customer_is_named_by_its_row(tmp_path):
    """Answers of unknown customers keep apart: their ids begin with the row's number."""
    folder = lay(tmp_path, RESPONSES, survey=SURVEY.replace("2,2,2,0,0", ",2,2,4,0"))
    import_sources(folder)
    answers = read(folder, "responses")
    assert answers.loc[answers["customer_id"].eq(""), "response_id"].tolist() == ["row3-SHOP", "row3-RECOMMEND"]


def test_a_value_that_no_row_has_is_noted(tmp_path):
    """A rule that asks for a value nobody gave says so: mostly it is misspelt."""
    misspelt = RULES + '[[import.rule]]\npersona_id = "guest"\nwhen = { ID = "s-9" }\n'
    assert "The rule for guest asks for ID = 's-9', which no row has." in str(import_sources(lay(tmp_path, misspelt)))


def test_a_rule_for_the_rest_comes_last(tmp_path):
    """A rule without conditions takes whoever no rule before it took."""
    rest = RULES + '[[import.rule]]\npersona_id = "guest"\n'
    report = import_sources(lay(tmp_path, rest))
    assert report.table["rows fitting no rule"].tolist() == [0]


def test_times_are_stored_as_utc(tmp_path):
    """A time without a zone is read in the study's own zone."""
    block = '[[import]]\nfile = "survey.csv"\ntable = "events"\ncolumns = { customer_id = "ID", timestamp = "AT" }\n'
    folder = lay(tmp_path, survey="ID,AT\n1,2026-07-01 12:00\n")
    write(folder / "study.toml", 'timezone = "Europe/Berlin"\n' + HEAD + block)
    import_sources(folder)
    assert read(folder, "events")["timestamp"].tolist() == ["2026-07-01T10:00:00Z"]
