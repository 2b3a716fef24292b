"""The CJM Workbook's helpers, in the order of the journey; each is loaded when it is first used."""

# This file and __main__.py also parse on Python 3.8, so that an old Python gets a sentence and no traceback.

from importlib import import_module

__all__ = [
    "open_study",  # a study folder, or an example's name -> the study with all its tables
    "select_rows",  # a study -> the part that belongs to one persona and one wave
    "select_personas",  # a study -> such a part for every persona, to lay them side by side
    "count_rows",  # a study -> how many rows each table holds
    "count_waves",  # a study -> what each wave holds
    "save_worksheet",  # a changed table -> its worksheet, whole or not at all
    "goals",  # what is wanted: goals, the KPI that tells, and how much change the data could show
    "personas",  # who they are: groups in the data, profiles, cards, and who belongs to which
    "touchpoints",  # where the journey touches us: inventory, coverage by stage and channel, gaps, messages
    "categories",  # type, stage and impact: as raters say, as answers show, and how the raters agree
    "feedback",  # what people wrote: the codebook, who reads what, agreement of coders, saturation
    "themes",  # what is named at each step, counted in people; themes that words propose
    "suggest",  # codes and touchpoints that a machine proposes, how good it is, what a person reads next
    "emotion",  # how it felt: the curve with its intervals, peak and end, personas compared
    "kpis",  # what we measure: values, status against target, signals, coverage
    "paths",  # what customers did: how many reached each step, where they go next, how long they stay
    "journey",  # all of it gathered into the cells of the journey map, and what to ask next
    "opportunities",  # what to do next: ideas in tiers with their evidence, triggers, content
    "waves",  # what changed since the last wave, and what only seems to have
    "charts",  # the charts of the notebooks and reports
    "maps",  # the journey map: drawn, small, as a table; personas side by side; what changed
    "tables",  # the tables of a report, the numbers written for readers
    "lab",  # what people click in a notebook: drop-downs, editors, forms, buttons
    "attempt",  # a function that may refuse -> its result, or the sentence that says why not
]

_FUNCTIONS = {
    "open_study": "study.folder", "save_worksheet": "study.folder", "attempt": "lab.attempt",
    "select_rows": "study.selection", "select_personas": "study.selection", "count_rows": "study.counting",
    "count_waves": "study.counting",
}  # fmt: skip
_MODULES = {"charts": "drawing.charts", "lab": "lab", "maps": "drawing.maps", "tables": "drawing.tables"}


def __getattr__(name):
    if name not in __all__:
        raise AttributeError("cjm_helpers has no '{}'. It has: {}.".format(name, ", ".join(__all__)))
    if name in _FUNCTIONS:
        return getattr(import_module("cjm_helpers." + _FUNCTIONS[name]), name)
    return import_module("cjm_helpers." + _MODULES.get(name, "method." + name))


def __dir__():
    return __all__
