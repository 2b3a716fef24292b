"""Guesses what one column of an export is, from its heading and its values; each guess says why."""

import re
from dataclasses import dataclass

from pandas import Series

from cjm_helpers.study.settings import Settings
from cjm_helpers.study.sources.headings import has_word, list_stems, match_touchpoint, name_distinct, split_words
from cjm_helpers.study.sources.rules import to_numbers
from cjm_helpers.study.sources.values import Scale, are_words, guess_date_format

CUSTOMER, RESPONDENT, DATE, WAVE, WEIGHT, PERSONA = "customer", "respondent", "date", "wave", "weight", "persona"
SCORE, OVERALL, COMMENT, ATTRIBUTE, CONSENT = "score", "overall", "comment", "attribute", "consent"
TOUCHPOINT, COLUMN, IGNORE = "touchpoint", "column", "ignore"
ID_WORDS = (
    "id", "respondent", "customer", "user", "participant", "respnum", "number", "response", "member", "guest", "case",
)  # fmt: skip
ANEW_WORDS = ("respondent", "respnum", "response", "row", "case", "participant", "ticket", "review", "post")
OWN_WORDS = ("customer", "client", "user", "member")  # ids that people keep from file to file
PERSONAL_WORDS = (
    "e-mail", "email", "mail", "phone", "telephone", "mobile", "ip", "surname", "firstname", "lastname", "first name",
    "last name", "full name", "author", "username", "address",
)  # fmt: skip
DATE_WORDS = ("date", "day", "time", "submitted", "completed", "created", "timestamp", "when", "ended", "end")
OTHER_DAYS = ("flown", "birth", "born", "start", "visit", "purchase", "order")
WEIGHT_WORDS, WAVE_WORDS = ("weight", "wgt"), ("wave", "round")
COMMENT_WORDS = (
    "comment", "why", "review", "content", "text", "tell us", "open", "feedback", "suggest", "improve", "better",
    "what did", "anything", "in your own words",
)  # fmt: skip
OPEN_ANSWER = {"least": 1.5, "differing": 0.1}  # where the heading asks for words
CONSENT_WORDS = ("consent", "quote", "may we", "permission")
RECOMMEND_WORDS = ("recommend", "nps", "netpro", "net promoter")
OVERALL_WORDS = (*RECOMMEND_WORDS, "overall", "in general", "altogether", "whole", "all in all")
EASE_WORDS = ("ease", "easy", "effort", "difficult")
SCORE_WORDS = (
    "satisf", "rate", "rating", "csat", "score", "star", "like", "happy", "experience", "feel", "how was", "how did",
    *EASE_WORDS,
)  # fmt: skip
ATTRIBUTE_WORDS = (
    "age", "gender", "sex", "income", "country", "city", "zip", "postcode", "region", "state", "language", "lang",
    "education", "household", "children", "kids", "married", "times", "frequency", "how often", "how many", "how long",
    "years", "live", "home", "occupation", "job", "plan", "tenure", "orders", "visits", "device", "type", "member",
)  # fmt: skip
PERSON_WORDS = (  # numbers that could lie on a scale, and are none
    *ATTRIBUTE_WORDS, "nights", "rooms", "party", "group", "segment", "market", "adults", "guests", "people",
    "number of", "reason", "purpose", "class", "month", "week", "year",
)  # fmt: skip
CODE_ENDS = ("id", "code", "zip", "postcode", "flight")
MOST_LEVELS, LEAST_UNIQUE, MANY_NUMBERS = 25, 0.95, 12
YES_NO = {"yes", "no", "y", "n", "true", "false", "1", "0"}


@dataclass(frozen=True)
class Guess:
    """What one column seems to be, and why.

    touchpoint_id is one that the study has, new_name and stage belong to one it has not; metric is the question's id,
    kind that of an attribute, target the column of our table where a table is taken as it is.
    """

    column: str
    role: str
    reason: str
    touchpoint_id: str = ""
    new_name: str = ""
    stage: str = ""
    metric: str = ""
    scale: Scale | None = None
    kind: str = ""
    target: str = ""
    recode: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Surroundings:
    """What the guesses of one file share: what the study knows, and what the columns have in common."""

    settings: Settings
    touchpoints: dict[str, str]
    personas: dict[str, str]
    stems: dict[str, str]
    scales: dict[str, Scale | None]
    usual: tuple | None = None  # ends and odd codes of the scale that most columns of a battery have
    asked: tuple[tuple[int, int], ...] = ()  # ends of the scales that other columns of the file were known by


def guess_column(values: Series, around: Surroundings) -> Guess:
    """Return what a column of an export seems to be.

    Examples
    --------
    >>> around = Surroundings(Settings("Shop"), {}, {}, {"Age": ""}, {"Age": None})
    >>> guess = guess_column(Series(["31", "45"], name="Age"), around)
    >>> guess.role, guess.kind
    ('attribute', 'numeric')
    """
    asked = (_guess_empty, _guess_personal, _guess_id, _guess_about_answer, _guess_words, _guess_known, _guess_score)
    guess = next((found for found in (ask(values, around) for ask in asked) if found), None)
    return guess or _guess_attribute(values)


def guess_as(values: Series, around: Surroundings, *, role: str) -> Guess:
    """Return what a column is when somebody says its role: the rest of the guess follows from its values.

    Examples
    --------
    >>> around = Surroundings(Settings("Shop"), {"basket": "Basket"}, {}, {"about": ""}, {"about": None})
    >>> guess_as(Series(["Basket", "Parcel"], name="about"), around, role=TOUCHPOINT).recode
    (('Basket', 'basket'), ('Parcel', ''))
    """
    name, why = values.name, "you said so"
    if role in (PERSONA, TOUCHPOINT):
        return Guess(name, role, why, recode=_match_values(values, around, role=role))
    if role == DATE:
        return Guess(name, role, why, kind=guess_date_format(values) or "")
    if role in (SCORE, OVERALL, COMMENT):
        label = name_distinct(name, stem=around.stems[name])
        touchpoint = match_touchpoint(label, names=around.touchpoints) if role != OVERALL else ""
        new_name = label if role == SCORE and not touchpoint else ""
        scale = around.scales.get(name) if role != COMMENT else None
        return Guess(name, role, why, touchpoint_id=touchpoint, new_name=new_name, scale=scale)
    if role == ATTRIBUTE:
        found = _guess_attribute(values)
        return Guess(name, role, why, kind=found.kind or "nominal")
    return _guess_consent(values, why) if role == CONSENT else Guess(name, role, why)


def _match_values(values: Series, around: Surroundings, *, role: str) -> tuple[tuple[str, str], ...]:
    known = around.personas if role == PERSONA else around.touchpoints
    by_word = {word.casefold(): one for one, name in known.items() for word in (one, name)}
    return tuple((value, by_word.get(value.casefold(), "")) for value in values[values.ne("")].unique())


def _guess_empty(values: Series, around: Surroundings) -> Guess | None:
    given = values[values.ne("")]
    if given.empty:
        return _leave(values, "the column is empty")
    is_same = given.nunique() == 1 and len(given) == len(values) > 1
    return _leave(values, f"every row holds '{given.iloc[0]}'") if is_same else None


def _guess_personal(values: Series, around: Surroundings) -> Guess | None:
    is_mail = values.str.contains("@", regex=False).mean() > 0.5
    is_named = has_word(values.name, PERSONAL_WORDS) and not has_word(values.name, ATTRIBUTE_WORDS)
    if is_mail or is_named or values.name.casefold() == "name":
        return _leave(values, "it could say who somebody is, and the map does not need it")
    if values.str.match(r"(https?:|www\.|/)").mean() > 0.5:
        return _leave(values, "it holds addresses of pages")
    return None


def _guess_id(values: Series, around: Surroundings) -> Guess | None:
    given = values[values.ne("")]
    if not _is_named_id(values.name) and not _is_first_id(values, around):
        return None
    if given.nunique() < LEAST_UNIQUE * len(values) or are_words(values) or values.str.contains(" ").mean() > 0.5:
        return None
    numbers = to_numbers(given.str.replace(r"^[A-Za-z]+[-_]?(?=\d+$)", "", regex=True))  # G-001 counts as 1 does
    is_counted = numbers.notna().all() and numbers.min() <= 1 and numbers.max() <= len(values)
    if not has_word(values.name, OWN_WORDS) and (has_word(values.name, ANEW_WORDS) or is_counted):
        return Guess(values.name, RESPONDENT, "each row has a number of its own")
    return Guess(values.name, CUSTOMER, "each row has its own id")


def _is_named_id(heading: str) -> bool:
    """Tell whether a heading is one of ids; "no" and "nr" only as words of their own, as in "Case no."."""
    words = {word.casefold() for word in split_words(heading)}
    return has_word(heading, ID_WORDS) or "#" in heading or bool(words & {"no", "nr"})


def _is_first_id(values: Series, around: Surroundings) -> bool:
    """Tell whether the first column holds something short with digits that differs in every row, and says no more."""
    if values.name != next(iter(around.stems)) or has_word(values.name, (*PERSON_WORDS, *DATE_WORDS, *SCORE_WORDS)):
        return False
    is_code = values.str.fullmatch(r"[\w#-]{1,20}") & values.str.contains(r"\d")
    return len(values) > 1 and bool(is_code.all()) and values.is_unique and guess_date_format(values) is None


def _guess_about_answer(values: Series, around: Surroundings) -> Guess | None:
    """Day, wave, weight and consent of an answer."""
    name, given = values.name, values[values.ne("")]
    if has_word(name, WEIGHT_WORDS):
        is_weight = to_numbers(given.str.replace(",", ".")).ge(0).all()
        return Guess(name, WEIGHT, "the heading says weight, and all values are numbers") if is_weight else None
    if has_word(name, WAVE_WORDS) and given.isin(around.settings.wave_ids).all():
        return Guess(name, WAVE, "its values are waves of the study")
    if has_word(name, CONSENT_WORDS) and given.str.casefold().isin(YES_NO).all():
        return _guess_consent(values, "it says yes or no about being quoted")
    form = guess_date_format(values) if not around.scales.get(name) or has_word(name, DATE_WORDS) else None
    if form is None:
        return None
    if has_word(name, OTHER_DAYS):
        return _leave(values, "its days are not those of the answer")
    return Guess(name, DATE, f"its values are days written as {spell_format(form)}", kind=form)


def spell_format(form: str) -> str:
    """Return in words how days are written.

    Examples
    --------
    >>> spell_format("%d.%m.%Y"), spell_format("")
    ('day.month.year', 'year-month-day')
    """
    words = {"%d": "day", "%m": "month", "%Y": "year", "%b": "month", "%B": "month"}
    return re.sub("%[a-zA-Z]", lambda found: words.get(found[0], "time"), form) or "year-month-day"


def _guess_consent(values: Series, why: str) -> Guess:
    given = values[values.ne("")].unique()
    recode = tuple((value, "yes" if value.casefold() in ("yes", "y", "true", "1") else "no") for value in given)
    return Guess(values.name, CONSENT, why, recode=recode)


def _guess_words(values: Series, around: Surroundings) -> Guess | None:
    if around.scales.get(values.name):
        return None
    is_called = has_word(values.name, COMMENT_WORDS) and are_words(values, **OPEN_ANSWER)
    if not is_called and not are_words(values):
        return None
    touchpoint = match_touchpoint(values.name, names=around.touchpoints)
    about = f", and the heading speaks of {around.touchpoints[touchpoint]}" if touchpoint else ""
    return Guess(values.name, COMMENT, f"its cells are sentences{about}", touchpoint_id=touchpoint)


def _guess_known(values: Series, around: Surroundings) -> Guess | None:
    """Columns whose values are personas or touchpoints of the study."""
    for role in (PERSONA, TOUCHPOINT):
        found = _match_values(values, around, role=role)
        if found and sum(bool(one) for _, one in found) >= len(found) / 2:
            return Guess(values.name, role, f"its values are {role}s of the study", recode=found)
    return None


def _guess_score(values: Series, around: Surroundings) -> Guess | None:
    name, scale = values.name, around.scales.get(values.name)
    if scale is None:
        return None
    ends = f"its values run from {scale.low} to {scale.high}"
    is_overall = has_word(name, OVERALL_WORDS) or split_words(name)[-1].casefold() == "all"
    if is_overall:
        return Guess(name, OVERALL, f"{ends}, and the heading asks about the whole", scale=scale)
    if has_word(name, ATTRIBUTE_WORDS) and not has_word(name, SCORE_WORDS):
        return None
    touchpoint = match_touchpoint(name_distinct(name, stem=around.stems[name]), names=around.touchpoints)
    why = _find_evidence(name, scale, around)
    if touchpoint:
        why = f"the heading speaks of {around.touchpoints[touchpoint]}"
    if not why:
        return None
    if not touchpoint and not any(not has_word(word, SCORE_WORDS) for word in list_stems(name)):
        return Guess(name, OVERALL, f"{ends}, and the heading names nothing in particular", scale=scale)
    new_name = "" if touchpoint else name_distinct(name, stem=around.stems[name])
    return Guess(name, SCORE, f"{ends}, and {why}", touchpoint_id=touchpoint, new_name=new_name, scale=scale)


def _find_evidence(name: str, scale: Scale, around: Surroundings) -> str:
    """Return what speaks for a score beside its scale; "" where nothing does."""
    if has_word(name, SCORE_WORDS):
        return "the heading asks how it was"
    stem = around.stems[name]
    alike = [
        other for other, one in around.scales.items() if one and around.stems[other] == stem and one[:2] == scale[:2]
    ]
    if stem and len(alike) > (1 if len(split_words(stem)) > 1 else 2):
        return f"{len(alike)} questions begin or end with '{stem}'"
    odd = {*scale.blank, *scale.not_applicable}
    is_usual = around.usual is not None and scale[:2] == around.usual[:2] and odd and odd <= set(around.usual[2:])
    if is_usual:
        return "other questions of the file have the same scale and codes"
    is_next = str(scale.high + 1) in odd  # 6 beside 1 to 5 counts something rather than being a code
    is_asked = scale[:2] in around.asked and not is_next and not has_word(name, PERSON_WORDS)
    return "other questions of the file have the same scale" if is_asked else ""


def _guess_attribute(values: Series) -> Guess:
    given = values[values.ne("")]
    numbers, levels = to_numbers(given), given.nunique()
    if numbers.notna().all() and has_word(values.name, (*COMMENT_WORDS, "com")):
        return _leave(values, "its numbers stand for comments that were coded elsewhere")
    if values.name.casefold().endswith(CODE_ENDS) and levels > MANY_NUMBERS:
        return _leave(values, "its values are codes or numbers of something")
    if numbers.notna().all() and (levels > MANY_NUMBERS or has_word(values.name, ("age", "years", "how many"))):
        kind, why = "numeric", "its values are numbers"
    elif levels > MOST_LEVELS:
        return _leave(values, f"it holds {levels:,} different texts, too many to compare groups")
    elif given.str.match(r"\d+\s*[^\d\s.,]").all():
        kind, why = "ordinal", "its values begin with a number"
    else:
        kind, why = "nominal", f"it sorts people into {levels} group{'s' * (levels > 1)}"
    return Guess(values.name, ATTRIBUTE, why, kind=kind)


def _leave(values: Series, why: str) -> Guess:
    return Guess(values.name, IGNORE, why)
