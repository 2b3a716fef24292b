"""A small study that passes every check, written as a team would have it on disk."""

import pytest

TOML = """
format = 1
name = "Small shop"
stages = ["Look", "Buy"]
timezone = "Europe/Berlin"

[[waves]]
id = "spring"
start = 2026-03-01
end = 2026-03-31

[[waves]]
id = "autumn"
start = 2026-09-01
end = 2026-09-30

[metrics.csat]
min = 1
max = 5

[metrics.nps]
min = 0
max = 10

[map]
emotion = "csat"
outcome = "nps"

[customers]
age = "numeric"

[dimensions]
market = "country"
"""

FILES = {
    "study.toml": TOML,
    "worksheets/personas.csv": "persona_id,name,basis\nlena,Lena,data\nomar,Omar,proto\n",
    "worksheets/touchpoints.csv": (
        "touchpoint_id,name,stage,position,channels,persona_ids,first_wave,last_wave\n"
        "advert,Advert,Look,1,Web;App,,,\n"
        "basket,Basket,Buy,1,Web,lena; omar,,\n"
        "forced_account,Account,Buy,2,Web,lena,,spring\n"
        "guest_order,Guest order,Buy,2,Web,omar,autumn,\n"
    ),
    "worksheets/statements.csv": (
        "statement_id,persona_id,touchpoint_id,field,text,score,basis,wave,evidence_ids\n"
        "s1,lena,basket,feeling,Feels rushed,-1,reported,spring,f1;r1\n"
        "s2,,basket,pain_point,Too slow,3,observed,,f1\n"
        "s3,omar,advert,action,Looks at it,,assumed,,\n"
    ),
    "worksheets/feedback.csv": (
        "feedback_id,customer_id,touchpoint_id,source,text,date\n"
        'f1,c1,basket,survey,"Slow, slow",2026-03-05\n'
        "f2,c2,,review,Fine,2026-09-05\n"
        "f3,,advert,review,Nobody known,2026-09-06\n"
    ),
    "worksheets/codebook.csv": "code_id,label,valence\nslow,Pages are slow,-1\nkind,Kind staff,1\n",
    "worksheets/codings/anna.csv": "feedback_id,coder_id,code_id\nf1,anna,slow\nf2,anna,none\n",
    "worksheets/codings/ben.csv": "feedback_id,coder_id,code_id\nf1,ben,slow\n",
    "worksheets/kpis.csv": (
        "kpi_id,name,kind,direction,stage,baseline,target\ngiven_up,Given up,proportion,lower,Buy,0.3,0.2\n"
    ),
    "worksheets/kpi_readings.csv": (
        "kpi_id,period,persona_id,market,numerator,denominator\n"
        "given_up,2026-03,,DE,30,100\n"
        "given_up,2026-03,lena,DE,20,50\n"
        "given_up,2026-09,lena,DE,10,50\n"
        "given_up,2026-09,omar,DE,5,50\n"
    ),
    "imported/customers.csv": "customer_id,wave,age,city\nc1,,31,Ulm\nc2,,44,Bonn\n",
    "imported/persona_assignments.csv": (
        "customer_id,persona_id,basis,wave\nc1,lena,rule,spring\nc1,omar,rule,autumn\nc2,omar,rule,\n"
    ),
    "imported/responses.csv": (
        "response_id,customer_id,touchpoint_id,metric,score,date\n"
        "r1,c1,basket,csat,2,2026-03-05\n"
        "r2,c1,basket,csat,4,2026-09-05\n"
        "r3,c2,,nps,9,2026-03-31\n"
        "r4,c2,basket,csat,5,2026-12-24\n"
    ),
    "imported/events.csv": (
        "customer_id,timestamp,touchpoint_id,event\n"
        "c1,2026-03-05T10:00:00Z,basket,basket_seen\n"
        "c2,2026-08-31T22:30:00Z,advert,advert_seen\n"
        "c2,2026-12-24T10:00:00Z,basket,basket_seen\n"
    ),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    """The folder of the small study."""
    return write_files(tmp_path / "small_shop", FILES)


@pytest.fixture
def change(folder):
    """Replace text in one file of the small study, or write the file whole when nothing is to be replaced."""

    def change_file(file, *, old="", new=""):
        path = folder / file
        text = path.read_text(encoding="utf-8") if old else ""
        assert old in text
        write_files(folder, {file: text.replace(old, new) if old else new})
        return folder

    return change_file


def write_files(folder, files):
    for file, text in files.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return folder
