"""A small study to code, with what Ben and the machine gave, and a coder's desk that is asked by messages."""

import pandas as pd

from cjm_helpers.lab import coding_answers, coding_desk, editor_draft
from cjm_helpers.lab.coding_desk import code_feedback
from cjm_helpers.study import coding_file
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import new_study

SAID = (
    "feedback_id,touchpoint_id,source,speaker,text,asked,date,score,metric,consent\n"
    "f1,pay,survey,,The page was slow,,2026-03-14,2,csat,\nf2,,survey,,Very rude,,,,,no\nf3,,review,,Fine,,,,,\n"
    "i1,,interview,P01,First I looked,Tell me,2026-03-15,,,\ni2,,interview,P01,Then I paid,And then?,2026-03-15,,,\n"
    "f4,,survey,,,,,,,\n"
)
CODEBOOK = (
    "code_id,label,definition,parent,status,replaced_by\nweb,Web shop,Anything there,,active,\n"
    "slow,Slow page,It takes long,web,active,\nrude,Rude,,,active,\nold,Old,,,retired,\nlate,Late,,,retired,slow\n"
)
BEN = "feedback_id,coder_id,code_id,emotion\nf1,ben,rude,-2\nf2,ben,old,\n"
MACHINE = (
    'feedback_id,coder_id,code_id,note\nf3,machine,slow,"probability 0.82, suggested from 0.50"\n'
    'i1,machine,rude,"probability 0.51, suggested from 0.50; audit: read blind"\nf1,machine,slow,probability 0.9\n'
)
ANNA = "worksheets/codings/anna.csv"
TOUCHPOINTS = "touchpoint_id,name,stage\npay,Payment,Purchase\nad,Advert,Awareness\n"
TOML = '\n[metrics.csat]\nquestion = "How was it?"\nmin = 1\nmax = 5\n[team]\nanna = "Care"\n'


def forget_work(monkeypatch):
    """Do what a killed kernel does: forget everything that is not in a file."""
    for module, name in (
        (coding_file, "FILES"), (coding_answers, "ANSWERS"), (coding_desk, "PEOPLE"), (editor_draft, "LATEST"),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, {})


def make_shop(folder):
    """Make a study of five verbatims with words, three codes in use and two retired ones; Ben has read two."""
    new_study(folder)
    with (folder / "study.toml").open("a", encoding="utf-8") as file:
        file.write(TOML)
    (folder / "worksheets" / "codings").mkdir(exist_ok=True)
    for name, text in (
        ("touchpoints", TOUCHPOINTS), ("feedback", SAID), ("codebook", CODEBOOK), ("codings/ben", BEN),
    ):  # fmt: skip
        (folder / "worksheets" / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def open_desk(folder, coder="anna", view="mine"):
    """Return a function that sends a message to a coder's desk and returns its answer."""
    desk, said = code_feedback(open_study(folder), coder=coder), []
    desk.send = said.append

    def ask(kind, **about):
        said.clear()
        desk._receive(None, {"kind": kind, "seq": 1, "view": view, **about}, [])
        return said[-1]

    ask.hello = ask("hello")
    return ask


def read(folder, coder="anna"):
    """Return a coder's rows as [feedback_id, code_id, touchpoint_id, emotion, note]."""
    frame = pd.read_csv(folder / f"worksheets/codings/{coder}.csv", dtype=str, keep_default_na=False)
    return frame[["feedback_id", "code_id", "touchpoint_id", "emotion", "note"]].values.tolist()


def suggest(folder):
    """Let the machine suggest codes."""
    (folder / "worksheets" / "codings" / "machine.csv").write_text(MACHINE, encoding="utf-8")
