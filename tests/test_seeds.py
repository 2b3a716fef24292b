"""What a journey map has to cover, and the place in the notebooks where a team does it."""

from functools import cache

import nbformat
import pytest
from house import CHECKOUT

LEAST_WORDS = 15
# Notebook: heading, or the mark of a paragraph: the practices that have their home there.
PRACTICES = {
    "00_start_here": {
        "### What have you brought from other tools?": ("gather exports of CRM, web analytics and survey tools",),
        "### Whose journey is it, from where to where?": ("one scenario", "stages that fit one's own business"),
        "### What do you want to reach with it?": ("goals that the map serves: sales, retention, loyalty",),
        "### What do you believe happens at each step?": ("see the journey as customers do: doing, thinking, feeling",),
        "### What does the first map look like, before anybody was asked?": ("draw the path before there are data",),
        "### What does the study not know yet?": ("tell what is known from what is assumed",),
        "**Whom to invite.**": ("cross-functional: what marketing, sales, service and product know",),
    },
    "01_personas": {
        "### Who are they, and how many people stand behind each?": ("personas for the main kinds of customers",),
        "### Which groups do customers form by themselves?": ("patterns found in data by a machine",),
        "### What sets each persona apart from the other customers?": (
            "demographics: age, income, education, occupation",
            "behavioural patterns: online, buying, asking for service",
        ),
        "### What are their pain points?": ("pain points of a persona",),
        "### What do we know of each persona, and how do we know it?": (
            "motivations", "needs", "preferences", "goals, short and long term", "personas with their sources",
        ),
    },
    "02_touchpoints": {
        "### Which touchpoints are there, and who knows of them?": ("every touchpoint, online and offline",),
        "### On which channel does each touchpoint happen?": ("touchpoint-channel table",),
        "### Which channels are used most at each stage?": ("channels used at each stage",),
        "### Which channels work best at each stage?": ("channels that work best at each stage",),
        "### Which gaps and untapped channels are there?": ("gaps in channels", "untapped channels"),
        "### How do customers feel and behave at each touchpoint?": ("feel and behave at each touchpoint",),
        "### Are the messages consistent across all platforms?": ("consistent messages on all platforms",),
        "### How do customers first become aware of you?": ("how customers first become aware",),
        "### What factors influence their decision?": ("decision factors",),
        "### What are the barriers to completing a purchase?": ("barriers to completing a transaction",),
        "### Do they come back, and do they recommend you?": ("repeat customers and advocates",),
    },
    "03_categories": {
        "### Of what type is each touchpoint, and at which stage?": ("type of a touchpoint", "stage of a touchpoint"),
        "### And how much does each matter, as the team says?": ("impact on satisfaction and on the decision",),
        "### Who should talk to whom?": ("cross-functional: departments compare what they see",),
        "### Which touchpoints carry the overall verdict, as customers' answers show?": ("key interactions, by data",),
        "### Which touchpoints matter and disappoint?": ("see where improvement counts most",),
    },
    "04_feedback": {
        "### What kinds of feedback are there, and how much of each do we have?": (
            "surveys and their benefits", "interviews and their benefits", "reviews and their benefits",
            "social media polls and their benefits",
        ),
        "### What do people say, in their own words?": ("listen to customers themselves",),
        "### What shall we call what we hear?": (
            "friction: gaps in communication", "friction: inefficient processes", "friction: lack of information",
        ),
        "### Which words belong to no step yet?": ("themes aligned with touchpoints",),
        "### Which codes fit each verbatim?": ("sort feedback into categories",),
        "### What do people name most, and where?": ("recurring themes: pain points and delights",),
        "### What does each persona name?": ("fit service and messages to each persona",),
        "### How do people sound at each step?": ("what customers feel, heard in their words",),
    },
    "05_kpis": {
        "### What do we want, and which figure tells?": ("goals tied to figures that tell",),
        "### Where does each KPI stand?": ("KPIs per touchpoint", "benchmarks per touchpoint"),
        "### Which steps does nobody watch?": ("check each interaction by a KPI",),
        "### How long do people stay on a page?": ("time spent on specific pages",),
        "### What have our efforts moved?": ("track the impact of efforts",),
    },
    "06_paths": {
        "### How many is that, and how new is it?": ("near-real-time updates",),
        "### Which steps do they reach, and where do they leave?": ("conversion, and where a checkout is given up",),
        "### Where do people go next?": ("behaviour followed across channels",),
        "### What will a customer need next?": ("prediction of needs at each touchpoint",),
    },
    "07_journey_map": {
        "### What does the journey look like on one page?": ("one picture of stages, touchpoints and channels",),
        "### How does it feel from the first moment to the last?": ("what customers feel, as a curve",),
        "### Where does it hurt, where does it shine, and what could be done, stage by stage?": (
            "pain points per stage", "opportunities per stage",
        ),
        "### Where do personas feel differently?": ("one map for each persona",),
        "### What should we ask next, and whom?": ("feedback that checks and refines the map",),
    },
    "08_opportunities": {
        "### Which idea comes first, and how firmly?": ("spend money and people where it helps most",),
        "### Which questions could content answer, stage by stage?": ("content that answers questions per stage",),
        "### At which moments could a message help by itself?": ("automation and triggers",),
        "**After the purchase.**": ("personal follow-ups and recommendations after the purchase",),
        "### Which needs does nothing of ours meet yet?": ("new product or service",),
    },
    "09_waves": {
        "### Which steps feel different?": ("follow changing expectations",),
        "### What became of the ideas that were carried out?": ("track the impact of each initiative",),
        "**Keeping it alive.**": ("regular updates of the map",),
        "**Telling customers.**": ("show customers that their words changed something",),
    },
}  # fmt: skip
# What must never fall out of the table, and the notebooks that it has to live in.
HOMES = {
    "demographics": "01", "behavioural patterns": "01", "pain points": "01 07", "motivations": "01", "needs": "01 06",
    "preferences": "01", "short and long term": "01", "touchpoint-channel": "02", "feel": "00 02 04 07",
    "type": "03", "stage": "00 03", "impact": "03", "surveys": "04", "interviews": "04", "reviews": "04",
    "polls": "04", "aligned with touchpoints": "04", "KPIs": "05", "benchmarks": "05", "time spent": "05",
    "opportunities per stage": "07", "consistent messages": "02", "channels used": "02", "work best": "02",
    "gaps": "02 04", "untapped channels": "02", "first become aware": "02", "decision factors": "02", "barriers": "02",
    "repeat customers": "02", "content": "08", "new product or service": "08", "triggers": "08",
    "inefficient": "04", "lack of information": "04", "track the impact": "05 09", "cross-functional": "00 03",
    "goals": "00 05", "scenario": "00", "curve": "07", "prediction": "06", "near-real-time": "06",
    "regular updates": "09",
}  # fmt: skip
PLACES = [(stem, heading) for stem, headings in PRACTICES.items() for heading in headings]


@cache
def read_pieces(stem):
    """Return a notebook's paragraphs and code cells in order, each with its kind."""
    pieces = []
    for cell in nbformat.read(CHECKOUT / "notebooks" / f"{stem}.ipynb", as_version=4).cells:
        parts = cell.source.split("\n\n") if cell.cell_type == "markdown" else [cell.source]
        pieces += [(cell.cell_type, part.strip()) for part in parts]
    return pieces


def read_section(stem, heading):
    """Return what stands under a heading, up to the next one; of a marked paragraph, the paragraph."""
    pieces = read_pieces(stem)
    if heading.startswith("**"):
        return [piece for piece in pieces if piece[1].startswith(heading)]
    starts = [at for at, piece in enumerate(pieces) if piece == ("markdown", heading)]
    assert len(starts) == 1, f"{stem} has '{heading}' {len(starts)} times"
    own = pieces[starts[0] + 1 :]
    ends = [at for at, (kind, text) in enumerate(own) if kind == "markdown" and text.startswith("#")]
    return own[: ends[0]] if ends else own


@pytest.mark.parametrize(("stem", "heading"), PLACES)
def test_each_practice_has_its_home(stem, heading):
    """The heading stands in its notebook, and below it something to run or a paragraph to act on."""
    section = read_section(stem, heading)
    assert any(kind == "code" or len(text.split()) >= LEAST_WORDS for kind, text in section)


@pytest.mark.parametrize("word", HOMES)
def test_no_practice_is_forgotten(word):
    """What the method has to cover is in the table, at home in the notebooks it was promised to."""
    rows = [(stem, practice) for stem, own in PRACTICES.items() for practices in own.values() for practice in practices]
    homes = {stem[:2] for stem, practice in rows if word in practice}
    assert set(HOMES[word].split()) <= homes


def test_each_practice_stands_in_the_table_once():
    """A practice has one row, so that nobody mends one home and forgets the other."""
    every = [practice for own in PRACTICES.values() for practices in own.values() for practice in practices]
    assert len(every) == len(set(every))
