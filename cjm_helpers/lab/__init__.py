"""What people click in a notebook; each opens where its cell is run, and writes only when somebody clicks.

choose_part(study, ...)        drop-downs for persona, wave and dimension
edit_worksheet(study, name)    any worksheet as a table to edit
describe_study(study)          what the study is about: stages, waves, questions asked
bring_in_file(study)           an export or interviews, turned into tables
code_feedback(study, ...)      verbatims coded by keyboard, each blind to what others gave
suggest_codings(study)         what the machine would code, and how good it is; a person decides on each
settle_codings(study)          what coders differ on, decided one by one, each with its reason
link_feedback(study)           verbatims without a touchpoint, linked by a click where the machine proposes
keep_groups(study, ...)        groups found among the customers, made personas by a click
name_themes(study)             words that go together, for a person to name and make codes of
edit_codebook(study)           the codes as a tree: write, merge, split, rename, move, retire
show_desk(place)               buttons: new study, check, Excel, map, reports
"""

from importlib import import_module

_HOMES = {
    "choose_part": "chooser", "edit_worksheet": "table_editor", "describe_study": "settings_desk",
    "bring_in_file": "import_desk", "keep_groups": "groups_desk", "edit_codebook": "codebook_desk",
    "show_desk": "study_desk", "name_themes": "themes_desk",
    "code_feedback": "coding_desk",
    "suggest_codings": "machine_desk",
    "settle_codings": "settle_desk", "link_feedback": "link_desk",
}  # fmt: skip
__all__ = list(_HOMES)


def __getattr__(name):
    if name not in _HOMES:
        raise AttributeError(f"cjm_helpers.lab has no '{name}'. It has: {', '.join(__all__)}.")
    return getattr(import_module(f"cjm_helpers.lab.{_HOMES[name]}"), name)
