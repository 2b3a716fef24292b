"""Knows a file of codings made elsewhere by its columns, and says which [[import]] block would bring it in."""

import re
from collections import Counter

from pandas import DataFrame

from cjm_helpers.study.ids import make_id
from cjm_helpers.study.sources.headings import has_word, is_question

CODE_WORDS = ("code", "theme", "tag", "category", "topic", "label", "annotation")
CODER_WORDS = ("coder", "rater", "annotator", "judge", "reader", "worker", "user")
PERSON_WORDS = ("respon", "participant", "customer", "user", "person")
TICKED, UNTICKED = (
    ("1", "x", "X", "TRUE", "True", "true", "yes", "Yes"),
    ("0", "", "FALSE", "False", "false", "no", "No"),
)
SIGNS = ("->", "→", "::", " > ", " / ")
NO_CODE = ("-", ".", "n/a", "N/A", "NA", "#N/A")
LEAST_WORDS = 3.5  # a cell, on average, of what people said
LEAST_CODES, MOST_CODES = 2, 100
LEAST_DIFFERING = 0.95


def suggest_codings(rows: DataFrame, *, file: str) -> tuple[list[str], dict]:
    """Return notes and a block for codings made elsewhere; an empty block where the file is something else.

    Three kinds are known: several columns of codes ("Code 1", "Code 2"), a column for each code with ticks (0 and 1),
    and a row for each judgement with columns of coder and code.

    Examples
    --------
    >>> said = {"ID": ["7", "9"], "Why did you leave?": ["It was far too dear.", "Nobody called me back."]}
    >>> codes = {"Code 1": ["cost", "silence"], "Code 2": ["cost->fees", ""]}
    >>> notes, block = suggest_codings(DataFrame(said | codes), file="leavers_anna.csv")
    >>> block["codes"], block["columns"]["feedback_id"], block["fixed"]["coder_id"]
    (['Code 1', 'Code 2'], 'leavers-{ID}', 'anna')
    """
    lengths = {name: rows[name].str.split().str.len().mean() for name in rows.columns}
    text = max(lengths, key=lengths.get, default="")
    if not text or lengths[text] < LEAST_WORDS:
        return [], {}
    others = [name for name in rows.columns if name != text]
    for guess in (_guess_numbered, _guess_ticked, _guess_judged):
        if block := guess(rows, others, text=text, file=file):
            return _describe(block), block
    return [], {}


def _guess_numbered(rows: DataFrame, others: list[str], *, text: str, file: str) -> dict:
    stems = {name: re.sub(r"[\W_]*\d+$", "", name).casefold() for name in others}
    counts = Counter(stem for name, stem in stems.items() if stem != name.casefold() and has_word(stem, CODE_WORDS))
    stem = max(counts, key=counts.get, default="")
    codes = [name for name in others if stems[name] == stem] if counts[stem] >= LEAST_CODES else []
    seen = {value for name in codes for value in rows[name]}
    given = seen - {"", *NO_CODE}
    if not given or all(value.isdigit() for value in given):
        return {}
    sign = next((sign for sign in SIGNS if any(sign in value for value in given)), SIGNS[0])
    names = [name for name in others if name not in codes]
    blank = ["", *(one for one in NO_CODE if one in seen)]
    return _start(rows, names, text=text, file=file) | {"codes": codes, "codebook": sign, "blank": blank}


def _guess_ticked(rows: DataFrame, others: list[str], *, text: str, file: str) -> dict:
    """Know a table of ticks; one that holds other columns too, or rows without words, is rather a survey."""
    codes = [name for name in others if set(rows[name]) <= {*TICKED, *UNTICKED} and rows[name].ne("").any()]
    names = [name for name in others if name not in codes]
    is_survey = len(names) > 1 or any(map(is_question, codes)) or rows[text].eq("").any()
    if len(codes) <= LEAST_CODES or is_survey:
        return {}
    seen = {value for name in codes for value in rows[name]}
    block = _start(rows, names, text=text, file=file) | {"codes": codes, "codebook": SIGNS[0]}
    return block | {"ticked": [one for one in TICKED if one in seen], "blank": [one for one in UNTICKED if one in seen]}


def _guess_judged(rows: DataFrame, others: list[str], *, text: str, file: str) -> dict:
    """Know a file in which several people judge the same words, a row each."""
    coders = [name for name in others if has_word(name, CODER_WORDS) and rows[name].nunique() * 2 <= len(rows)]
    for coder in coders:
        ids = [
            name for name in others if has_word(name, ("id",)) and _is_judged_once(rows, name, coder=coder, text=text)
        ]
        levels = {name: rows[name].nunique() for name in others if name != coder and has_word(name, CODE_WORDS)}
        codes = [name for name, count in levels.items() if LEAST_CODES <= count <= MOST_CODES]
        if ids and codes:
            columns = {"feedback_id": ids[0], "coder_id": coder, "text": text}
            block = {"file": file, "table": "codings", "columns": columns, "fixed": {"source": "survey"}}
            return block | {"codes": codes[:1], "codebook": SIGNS[0], "blank": [""]}
    return {}


def _is_judged_once(rows: DataFrame, name: str, *, coder: str, text: str) -> bool:
    """Tell whether a column names what is judged: several times, by each coder once, and with the same words."""
    is_again = rows[name].nunique() < len(rows) and rows.groupby(name)[text].nunique().le(1).all()
    return bool(is_again) and not rows.duplicated([name, coder]).any()


def _start(rows: DataFrame, names: list[str], *, text: str, file: str) -> dict:
    """Return what the blocks of one coder's file share; the file is called after its question and its coder."""
    stem = file.rsplit(".", 1)[0]
    *before, coder = re.split(r"[\W_]+", stem)
    about = make_id(" ".join(before), []) if before else ""
    own = next((name for name in names if rows[name].nunique() >= LEAST_DIFFERING * len(rows)), "row")
    own = "row" if re.search(r"[{}:!]", own) else own
    more = "-{row}" if own != "row" and not rows[own].is_unique else ""
    columns = {"feedback_id": f"{about or 'v'}-{{{own}}}{more}", "text": text}
    columns |= {"customer_id": own} if own != "row" and has_word(own, PERSON_WORDS) else {}
    fixed = {"coder_id": make_id(coder, []), "source": "survey"} | ({"asked": text} if is_question(text) else {})
    return {"file": file, "table": "codings", "columns": columns, "fixed": fixed}


def _describe(block: dict) -> list[str]:
    first, last = block["codes"][0], block["codes"][-1]
    shown = first if first == last else f"{first} to {last}"
    notes = [f"Codings made elsewhere: the words in '{block['columns']['text']}', the codes in {shown}."]
    if "coder_id" in block["fixed"]:
        notes.append("coder_id is taken from the file's name. Write who coded; each coder's file has a block.")
        notes.append("feedback_id must be the same in each coder's file, so that the same words meet.")
    if block["blank"][1:] and "ticked" not in block:
        notes.append(f"blank takes {' and '.join(block['blank'][1:])} for no code; leave it out there if it is a code.")
    sign = block["codebook"]
    notes.append(f"codebook makes ids and labels of the codes; '{sign}' parts a code from its subcode.")
    return [*notes, "source is where it was said: survey, interview, review, social, poll, support, workshop, staff."]
