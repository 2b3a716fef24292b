"""The CJM Workbook's helpers, in the order of the journey; each is loaded when it is first used."""

# This file and __main__.py also parse on Python 3.8, so that an old Python gets a sentence and no traceback.

from importlib import import_module

__all__ = [
    "open_study",  # a study folder, or an example's name -> the study with all its tables
    "select_rows",  # a study -> the part that belongs to one persona and one wave
    "save_worksheet",  # a changed table -> its worksheet, whole or not at all
    "personas",  # who they are: customers, answers and verbatims behind each
    "touchpoints",  # where the journey touches us: coverage by stage and channel, gaps
    "categories",  # which touchpoints matter: impact on the outcome, importance and performance
    "feedback",  # what people wrote: themes per touchpoint, counted in people
    "emotion",  # how it felt: the emotion curve with its intervals
    "kpis",  # what we measure: values, status against target, coverage
    "journey",  # all of it gathered into the cells of the journey map
    "opportunities",  # what to do next: ideas in order, each with its evidence
    "charts",  # the charts of the notebooks and reports
    "maps",  # the journey map: drawn, small, and as a table
    "tables",  # the tables of a report, the numbers written for readers
]

_FUNCTIONS = {"open_study": "study.folder", "save_worksheet": "study.folder", "select_rows": "study.selection"}
_MODULES = {"charts": "drawing.charts", "maps": "drawing.journey_map", "tables": "drawing.tables"}


def __getattr__(name):
    if name not in __all__:
        raise AttributeError("cjm_helpers has no '{}'. It has: {}.".format(name, ", ".join(__all__)))
    if name in _FUNCTIONS:
        return getattr(import_module("cjm_helpers." + _FUNCTIONS[name]), name)
    return import_module("cjm_helpers." + _MODULES.get(name, "method." + name))


def __dir__():
    return __all__
