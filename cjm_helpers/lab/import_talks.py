"""The import desk's page for interviews: who asks, and which persona each speaker is."""

from pandas import DataFrame

from cjm_helpers.lab import page
from cjm_helpers.study.folder import Study
from cjm_helpers.study.sources.suggest import Suggestion

SOURCES = (("interview", "Interviews with customers"), ("workshop", "A workshop"), ("staff", "Talks with colleagues"))
NOBODY = "not known yet"
NAMES = (
    "Names stay as the file writes them. Is one a real name? Write P01, P02 ... in the file first, then choose it anew."
)


def show_talks(suggestion: Suggestion, rows: DataFrame, *, study: Study) -> list[dict]:
    """Return the questions about interviews, and the people who speak in them."""
    labels = rows[rows["label"].ne("")].groupby("label", sort=False).size()
    asks = page.tick_list(
        "interviewers", "Who asks? Their words stand beside the answers and are never counted.",
        options=[(label, f"{label} ({count:,} times)") for label, count in labels.items()],
        value=suggestion.interviewers, action="match",
    )  # fmt: skip
    source = page.select("source", "Whose words are these?", options=SOURCES, value=suggestion.source)
    personas = [("", NOBODY), *zip(study.personas["persona_id"], study.personas["name"], strict=True)]
    lines = []
    for at, (speaker, said) in enumerate(list_speakers(suggestion, rows).groupby("speaker", sort=False)):
        talks = ", ".join(said["talk"].unique()[:3])
        choice = page.select(f"persona:{at}", f"Persona of {speaker}", options=personas)
        lines.append([speaker, talks, f"{len(said):,}", said["text"].iloc[0][:80], choice])
    columns = ["Speaker", "Talk", "Paragraphs", "First words", "Which persona is this?"]
    asked = [asks] if len(labels) else []
    return [source, *asked, page.table(columns, lines), page.text(NAMES)]


def list_speakers(suggestion: Suggestion, rows: DataFrame) -> DataFrame:
    """Return the paragraphs of those who are asked; what nobody says is none of theirs.

    Examples
    --------
    >>> found = Suggestion("lena.txt", "interviews", interviewers=("I",))
    >>> list_speakers(found, DataFrame({"label": ["I", "Lena"], "speaker": ["I", "Lena"]}))["label"].tolist()
    ['Lena']
    """
    return rows[~rows["label"].isin(suggestion.interviewers) & rows["speaker"].ne("")]


def read_personas(suggestion: Suggestion, rows: DataFrame, *, values: dict) -> DataFrame:
    """Return the rows of persona_assignments for the speakers whose persona was chosen."""
    speakers = list_speakers(suggestion, rows)["speaker"].unique()
    chosen = [(speaker, values.get(f"persona:{at}", "")) for at, speaker in enumerate(speakers)]
    rows = [(speaker, persona, "person", suggestion.wave) for speaker, persona in chosen if persona]
    return DataFrame(rows, columns=["customer_id", "persona_id", "basis", "wave"], dtype="str")
