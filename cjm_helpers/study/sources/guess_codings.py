"""Knows a file of codings made elsewhere by its columns, and says which [[import]] blocks would bring it in."""

import re
from collections import Counter

from pandas import DataFrame

from cjm_helpers.study.ids import make_id
from cjm_helpers.study.sources.guess_coders import CODE_WORDS, CODER_WORDS, find_coders, find_sign
from cjm_helpers.study.sources.guesses import ATTRIBUTE_WORDS, DATE_WORDS, OTHER_DAYS
from cjm_helpers.study.sources.headings import has_word, is_question
from cjm_helpers.study.sources.values import guess_date_format

PERSON_WORDS = ("respon", "participant", "customer", "user", "person")
TICKED = ("1", "x", "X", "TRUE", "True", "true", "yes", "Yes")
UNTICKED = ("0", "", "FALSE", "False", "false", "no", "No")
SIGNS = ("->", "→", "::", " > ", " / ")
NO_CODE = ("-", ".", "n/a", "N/A", "NA", "#N/A")
LEAST_WORDS = 3.5  # a cell, on average, of what people said
LEAST_CODES, MOST_CODES = 2, 100
LEAST_DIFFERING = 0.95
LEAST_FILLED = 0.9  # rows with words, where each row is a verbatim that was coded


def suggest_codings(rows: DataFrame, *, file: str) -> tuple[list[str], list[dict]]:
    """Return notes and blocks for codings made elsewhere; no block where the file is something else.

    Four kinds are known: a column for each coder ("Dana", "Emil"), several columns of codes ("Code 1", "Code 2"), a
    column for each code with ticks (0 and 1), and a row for each judgement with columns of coder and code.

    Examples
    --------
    >>> said = {"ID": ["7", "9"], "Why did you leave?": ["It was far too dear.", "Nobody called me back."]}
    >>> codes = {"Code 1": ["cost", "silence"], "Code 2": ["cost->fees", ""]}
    >>> notes, (block,) = suggest_codings(DataFrame(said | codes), file="leavers_anna.csv")
    >>> block["codes"], block["columns"]["feedback_id"], block["fixed"]["coder_id"]
    (['Code 1', 'Code 2'], 'leavers-{ID}', 'anna')
    """
    lengths = {name: rows[name].str.split().str.len().mean() for name in rows.columns}
    text = max(lengths, key=lengths.get, default="")
    if not text or lengths[text] < LEAST_WORDS:
        return [], []
    others = [name for name in rows.columns if name != text]
    if blocks := _guess_coders(rows, others, text=text, file=file):
        return _finish(rows, blocks)
    for guess in (_guess_numbered, _guess_ticked, _guess_judged):
        if block := guess(rows, others, text=text, file=file):
            return _finish(rows, [block])
    return [], []


def _guess_coders(rows: DataFrame, others: list[str], *, text: str, file: str) -> list[dict]:
    """Know a file with a row for each verbatim and a column for each coder; each coder has a block."""
    coders = find_coders(rows, others)
    if not coders or rows[text].ne("").mean() < LEAST_FILLED:
        return []
    own = next((name for name in others if _is_own_id(rows, name)), "")
    start = _start(rows, [name for name in others if name not in coders], text=text, file=file)
    about = make_id(file.rsplit(".", 1)[0], [])
    columns = start["columns"] | {"feedback_id": own or f"{about}-{{row}}"}
    blocks = []
    for coder, sign in coders.items():
        coder_id = coder if re.fullmatch(r"[\w -]+", coder) else make_id(coder, [])  # a file is called after it
        fixed = start["fixed"] | {"coder_id": coder_id}
        block = start | {"columns": columns, "fixed": fixed, "codes": [coder]} | ({"several": sign} if sign else {})
        blank = ["", *(one for one in NO_CODE if rows[coder].eq(one).any())]
        blocks.append(block | {"codebook": SIGNS[0], "blank": blank})
    return blocks


def _is_own_id(rows: DataFrame, name: str) -> bool:
    is_id = has_word(name, ("id",)) and not has_word(name, PERSON_WORDS) and "{" not in name
    return bool(is_id and rows[name].is_unique and rows[name].ne("").all())


def _guess_numbered(rows: DataFrame, others: list[str], *, text: str, file: str) -> dict:
    stems = {name: re.sub(r"[\W_]*\d+$", "", name).casefold() for name in others}
    counts = Counter(stem for name, stem in stems.items() if stem != name.casefold() and has_word(stem, CODE_WORDS))
    stem = max(counts, key=counts.get, default="")
    is_known = counts[stem] >= LEAST_CODES and not has_word(stem, ("coder",))
    codes = [name for name in others if stems[name] == stem] if is_known else []
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
        ids = [name for name in others if has_word(name, ("id",)) and _is_again(rows, name, text=text)]
        levels = {name: rows[name].nunique() for name in others if name != coder and has_word(name, CODE_WORDS)}
        codes = [name for name, count in levels.items() if LEAST_CODES <= count <= MOST_CODES]
        pairs = [(own, code) for own in ids for code in codes if not rows.duplicated([own, coder, code]).any()]
        if pairs:
            own, code = pairs[0]
            columns = {"feedback_id": own, "coder_id": coder, "text": text}
            block = {"file": file, "table": "codings", "columns": columns, "fixed": {"source": "survey"}}
            block |= {"codes": [code], "several": sign} if (sign := find_sign(rows[code])) else {"codes": [code]}
            return block | {"codebook": SIGNS[0], "blank": [""]}
    return {}


def _is_again(rows: DataFrame, name: str, *, text: str) -> bool:
    """Tell whether a column names what is judged: it comes several times, always with the same words."""
    return rows[name].nunique() < len(rows) and _is_same(rows, text, own=name)


def _is_same(rows: DataFrame, name: str, *, own: str) -> bool:
    return bool(rows.groupby(own)[name].nunique().le(1).all())


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


def _finish(rows: DataFrame, blocks: list[dict]) -> tuple[list[str], list[dict]]:
    """Return notes and blocks with the day and the person of each verbatim; every column left over is named."""
    coded = [name for block in blocks for name in block["codes"]]
    taken = blocks[0]["columns"]
    used = {*coded, *taken.values(), *(re.findall(r"{(.*?)}", taken["feedback_id"]))}
    own = taken["feedback_id"] if "coder_id" in taken else ""
    free = [name for name in rows.columns if name not in used and (not own or _is_same(rows, name, own=own))]
    more, how = _find_context(rows, free, is_known="customer_id" in taken)
    blocks = [block | {"columns": block["columns"] | more} | how for block in blocks]
    unused = [name for name in rows.columns if name not in {*used, *more.values()}]
    notes = _describe(blocks)
    notes += [f"{more['date']} is the day each verbatim was said; waves follow from it."] if "date" in more else []
    notes += [f"{more['customer_id']} says who said it."] if "customer_id" in more else []
    notes += [f"Not used: {', '.join(unused)}. Under columns, name those that fill a column of ours."] if unused else []
    return notes, blocks


def _find_context(rows: DataFrame, names: list[str], *, is_known: bool) -> tuple[dict, dict]:
    """Return the columns of day and person, and how the file writes days; who is known already is not sought."""
    days = {name: guess_date_format(rows[name]) for name in names if _may_be_day(name)}
    day = next((name for name, form in days.items() if form is not None), "")
    people = [name for name in names if has_word(name, PERSON_WORDS) and not has_word(name, ATTRIBUTE_WORDS)]
    people = [name for name in people if name != day and not rows[name].str.contains("@").any()]
    more = ({"date": day} if day else {}) | ({"customer_id": people[0]} if people and not is_known else {})
    return more, {"date_format": days[day]} if day and days[day] else {}


def _may_be_day(name: str) -> bool:
    return has_word(name, DATE_WORDS) and not has_word(name, (*OTHER_DAYS, *CODE_WORDS, *CODER_WORDS))


def _describe(blocks: list[dict]) -> list[str]:
    block, several = blocks[0], len(blocks) > 1
    first, last = block["codes"][0], blocks[-1]["codes"][-1]
    shown = first if first == last else f"{first} to {last}"
    notes = [f"Codings made elsewhere: the words in '{block['columns']['text']}', the codes in {shown}."]
    if several:
        names = ", ".join(each["codes"][0] for each in blocks)
        notes.append(
            f"Each of these columns holds the codes of one coder: {names}. Delete the block of one that does not."
        )
    elif "coder_id" in block["fixed"]:
        notes.append("coder_id is taken from the file's name. Write who coded; each coder's file has a block.")
        notes.append("feedback_id must be the same in each coder's file, so that the same words meet.")
    if signs := sorted({each["several"] for each in blocks if "several" in each}):
        notes.append(f"several parts the codes of one cell: {' and '.join(repr(sign) for sign in signs)}.")
    blank = list(dict.fromkeys(one for each in blocks for one in each["blank"] if one))
    if blank and "ticked" not in block:
        notes.append(f"blank takes {' and '.join(blank)} for no code; leave it out there if it is a code.")
    sign = block["codebook"]
    notes.append(f"codebook makes ids and labels of the codes; '{sign}' parts a code from its subcode.")
    return [*notes, "source is where it was said: survey, interview, review, social, poll, support, workshop, staff."]
