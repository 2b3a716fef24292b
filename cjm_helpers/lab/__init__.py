"""What people click in a notebook; each opens where its cell is run, and writes only when somebody clicks.

choose_part(study, ...)        drop-downs for persona, wave and dimension
edit_worksheet(study, name)    any worksheet as a table to edit
describe_study(study)          what the study is about: stages, waves, questions asked
bring_in_file(study)           an export or interviews, turned into tables
keep_groups(study, ...)        groups found among the customers, made personas by a click
show_desk(place)               buttons: new study, check, Excel, map, reports
"""

from importlib import import_module

_HOMES = {
    "choose_part": "chooser", "edit_worksheet": "table_editor", "describe_study": "settings_desk",
    "bring_in_file": "import_desk", "keep_groups": "groups_desk", "show_desk": "study_desk",
}  # fmt: skip
__all__ = list(_HOMES)


def __getattr__(name):
    if name not in _HOMES:
        raise AttributeError(f"cjm_helpers.lab has no '{name}'. It has: {', '.join(__all__)}.")
    return getattr(import_module(f"cjm_helpers.lab.{_HOMES[name]}"), name)
