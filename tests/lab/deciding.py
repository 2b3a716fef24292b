"""Opens the desks at which people decide, in a small study in which two people read the same verbatims."""

import pandas as pd

from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import new_study

SHEETS = {
    "touchpoints": (
        "touchpoint_id,name,stage,description\npay,Payment,Purchase,Pays by card\ndesk,Help desk,Retention,Calls\n"
        "ad,Advert,Awareness,Sees it\n"
    ),
    "feedback": (
        "feedback_id,touchpoint_id,source,text,consent\nf1,pay,survey,The page was slow and rude,\n"
        "f2,desk,survey,Nobody helped,no\nr1,,review,The help desk called back,\nr2,,review,My card was refused,\n"
        "r3,,review,Fine,no\nr4,,review,It was the card again,\nf3,,survey,,\n"
    ),
    "codebook": (
        "code_id,label,definition,include,exclude,example,status,replaced_by\n"
        "slow,Slow page,It takes long,Waiting,,,,\nrude,Rude,Somebody is rude,,,,active,\nlate,Late,,,,,retired,slow\n"
    ),
    "codings/anna": (
        "feedback_id,coder_id,code_id,touchpoint_id,note\nf1,anna,late,,\nf1,anna,rude,,ironic?\nf2,anna,none,,\n"
        "r4,anna,none,pay,\n"
    ),
    "codings/ben": "feedback_id,coder_id,code_id\nf1,ben,none\nf2,ben,rude\n",
    "codings/machine": "feedback_id,coder_id,code_id\nr1,machine,rude\n",
}
TEAM = '\n[team]\nanna = "Care"\nben = "Shop"\n'


def make_shop(folder):
    """Return the folder of a study with three disagreements and four verbatims that came without a touchpoint."""
    new_study(folder)
    with (folder / "study.toml").open("a", encoding="utf-8") as file:
        file.write(TEAM)
    (folder / "worksheets" / "codings").mkdir(exist_ok=True)
    for name, text in SHEETS.items():
        write(folder, name, text)
    return folder


def write(folder, name: str, text: str) -> None:
    """Write a worksheet as somebody else would."""
    (folder / "worksheets" / f"{name}.csv").write_text(text, encoding="utf-8")


def open_desk(make, folder, *, people=("anna", "ben"), view="mine"):
    """Return a function that sends a message to a desk and returns its answer; people said that they decide."""
    desk, said = make(open_study(folder)), []
    desk.send = said.append

    def ask(kind, **about):
        said.clear()
        desk._receive(None, {"kind": kind, "seq": 1, "view": view, "id": "", **about}, [])
        return said[-1]

    ask.desk, ask.hello = desk, ask("hello")
    if people and ask.hello["kind"] == "who":
        ask.hello = ask("who", people=list(people))
    return ask


def read(folder, name: str) -> list[list[str]]:
    """Return the rows of a worksheet as text."""
    file = folder / f"worksheets/{name}.csv"
    return pd.read_csv(file, dtype=str, keep_default_na=False).values.tolist() if file.exists() else []
