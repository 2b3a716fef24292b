"""The spec of every table of a study: the one place where a column is defined."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column: what it holds, in words for a team and in rules for the checks.

    kind is text, id, list (of texts), ids (list of ids), choice, yes_no, integer, number, date or time.
    refers names the table whose ids are allowed; lists are separated by ";".
    """

    name: str
    kind: str
    help: str
    example: str = ""
    is_required: bool = False
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    refers: str = ""


@dataclass(frozen=True)
class Table:
    """One table: its shelf, what one row is, the columns that make a row unique, and its columns in order."""

    name: str
    shelf: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    is_folder: bool = False
    takes_more_columns: bool = False

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


SHELVES = ("first map", "listen", "measure", "decide")

PERSONA_FIELDS = (
    "demographics", "behaviour", "motivation", "need", "preference", "goal_short", "goal_long", "pain_point", "quote",
)  # fmt: skip
MAP_FIELDS = (
    "action", "thought", "feeling", "question", "need", "pain_point", "delight", "backstage", "support",
)  # fmt: skip
STATEMENT_FIELDS = tuple(dict.fromkeys(PERSONA_FIELDS + MAP_FIELDS))
FEEDBACK_SOURCES = ("survey", "interview", "review", "social", "poll", "support", "workshop", "staff")
KPI_KINDS = ("nps", "csat", "ces", "mean", "proportion", "duration", "amount")
KPI_SCALES = {"nps": (0, 10), "proportion": (0, 1)}  # what the metric of such a KPI must run from and to
OPPORTUNITY_KINDS = ("fix", "content", "channel", "trigger", "service", "product")
NOTHING_FITS = "none"
MACHINE = "machine"
RETIRED = "retired"


def _id(name: str, help: str, example: str = "", refers: str = "", is_required: bool = False) -> Column:
    return Column(name, "id", help, example, is_required=is_required, refers=refers)


def _choice(name: str, help: str, choices: tuple[str, ...], is_required: bool = False) -> Column:
    return Column(name, "choice", help, choices[0], is_required=is_required, choices=choices)


def _number(name: str, help: str, example: str = "", low=None, high=None, is_required: bool = False) -> Column:
    return Column(name, "number", help, example, is_required=is_required, low=low, high=high)


def _integer(name: str, help: str, example: str = "", low=None, high=None, is_required: bool = False) -> Column:
    return Column(name, "integer", help, example, is_required=is_required, low=low, high=high)


def _text(name: str, help: str, example: str = "", is_required: bool = False) -> Column:
    return Column(name, "text", help, example, is_required=is_required)


WAVE = Column("wave", "id", "Wave it belongs to; empty = found from the date.", "2026-03", refers="waves")
STAGE = Column(
    "stage", "id", "Stage of the journey, as named in the study's stages (notebook 00).", "Purchase", refers="stages"
)
METRIC = Column("metric", "id", "The study's question (notebook 00) that says the scale.", "csat", refers="metrics")
PERSONA = _id("persona_id", "Persona it is about; empty = every one.", "busy_parent", "personas")
TOUCHPOINT = _id("touchpoint_id", "Touchpoint it is about; empty = the journey as a whole.", "payment", "touchpoints")
EVIDENCE = (
    Column("evidence_ids", "ids", "Ids of the rows that support it.", "f0012;f0388"),
    Column("counter_evidence_ids", "ids", "Ids of the rows that speak against it.", "f0090"),
)

TABLES = (
    Table("personas", "first map", "persona", ("persona_id",), columns=(
        _id("persona_id", "Short id, made from the name.", "busy_parent", is_required=True),
        _text("name", "Name of the persona.", "Lena, the time-poor parent", is_required=True),
        _choice("basis", "Found in data, or a proto-persona from a workshop.", ("data", "proto")),
        _text("tagline", "One line that tells them apart.", "Two children, shops on her phone after 9 pm"),
    )),
    Table("touchpoints", "first map", "touchpoint", ("touchpoint_id",), columns=(
        _id("touchpoint_id", "Short id, made from the name.", "payment", is_required=True),
        _text("name", "Name as the team says it.", "Payment page", is_required=True),
        Column("stage", "id", STAGE.help, "Purchase", is_required=True, refers="stages"),
        _number("position", "Place within the stage; smaller comes first.", "20"),
        Column("channels", "list", "Channels it is met on.", "Website;App"),
        _choice("type", "What the customer deals with.", ("digital", "physical", "human")),
        _choice("mode", "Online or offline.", ("online", "offline")),
        _choice("control", "Who owns it (Lemon & Verhoef 2016).", ("brand", "partner", "customer", "social")),
        _text("owner", "Team that can change it.", "Checkout"),
        Column("persona_ids", "ids", "Personas that meet it; empty = every one.", "busy_parent", refers="personas"),
        _text("message", "What it should tell the customer.", "Pay in one step"),
        Column("planned", "yes_no", "Did the team plan it?", "yes"),
        Column("first_wave", "id", "First wave it exists in; empty = always.", "2026-03", refers="waves"),
        Column("last_wave", "id", "Last wave it exists in; empty = still there.", "2026-09", refers="waves"),
        Column("named_by", "list", "Who named it in the workshop.", "anna;ben"),
        _text("description", "What happens here, in a sentence.", "The customer enters card and address."),
    )),
    Table("statements", "first map", "statement", ("statement_id",), columns=(
        _id("statement_id", "Short id.", "s001", is_required=True),
        PERSONA,
        STAGE,
        TOUCHPOINT,
        _choice("field", "What it describes.", STATEMENT_FIELDS, is_required=True),
        _text("text", "The statement, in plain words.", "Pays with the phone on the sofa", is_required=True),
        _number("score", "Feeling -2 to 2, or severity of a pain point 1 to 3.", "-1", low=-2, high=3),
        _choice("basis", "How it is known.", ("observed", "reported", "assumed"), is_required=True),
        WAVE,
        *EVIDENCE,
    )),
    Table("feedback", "listen", "verbatim", ("feedback_id",), columns=(
        _id("feedback_id", "Short id, shown beside each quote.", "f0012", is_required=True),
        _id("customer_id", "Who said it; empty = unknown.", "c0101"),
        TOUCHPOINT,
        WAVE,
        _choice("source", "Where it was said.", FEEDBACK_SOURCES, is_required=True),
        _text("speaker", "Who speaks, in an interview.", "P04"),
        _text("text", "The words, as written or said; empty where coded elsewhere.", "I tried three cards."),
        _text("asked", "What was asked just before; context, never counted.", "What happened when you paid?"),
        _text("lang", "Language, two letters.", "en"),
        Column("date", "date", "Day it was said, year-month-day.", "2026-03-14"),
        Column("consent", "yes_no", "May it be quoted? Empty = unknown.", "yes"),
        _number("score", "Rating given with it.", "2"),
        METRIC,
    )),
    Table("codebook", "listen", "code", ("code_id",), columns=(
        _id("code_id", "Short id.", "payment_refused", is_required=True),
        _text("label", "Name as it stands on the map.", "Card refused without a reason", is_required=True),
        _text("definition", "What the code means.", "The customer says a card was refused unexplained."),
        _text("include", "When to use it.", "Any refused payment"),
        _text("exclude", "When not to use it.", "Own typing error"),
        _text("example", "A verbatim it fits.", "It never told me what was wrong."),
        _id("parent", "Code above it in the tree.", "payment", "codebook"),
        _integer("valence", "-1 pain point, 0 neutral, 1 delight.", "-1", low=-1, high=1),
        _choice("status", "In use or retired.", ("active", RETIRED)),
        _id("replaced_by", "Code that took its place.", "payment_failed", "codebook"),
        _text("reason", "Why it was changed.", "Merged after agreement was low"),
    )),
    Table("codings", "listen", "verbatim x coder x code", key=("feedback_id", "coder_id", "code_id"), is_folder=True,
          columns=(
        _id("feedback_id", "Verbatim that was coded.", "f0012", "feedback", is_required=True),
        _id("coder_id", "Who coded it; machine = not a person.", "anna", is_required=True),
        _id("code_id", "Code given; none = read, nothing fits.", "payment_refused", "codebook", is_required=True),
        TOUCHPOINT,
        _number("emotion", "Feeling heard, -2 to 2.", "-2", low=-2, high=2),
        _text("note", "Note of the coder.", "ironic?"),
        Column("date", "date", "Day it was coded.", "2026-04-02"),
    )),
    Table("coding_decisions", "listen", "verbatim x code", ("feedback_id", "code_id"), columns=(
        _id("feedback_id", "Verbatim decided on.", "f0012", "feedback", is_required=True),
        _id("code_id", "Code decided on.", "payment_refused", "codebook", is_required=True),
        Column("applies", "yes_no", "Does the code apply?", "yes", is_required=True),
        _text("decided_by", "Who decided.", "anna;ben"),
        _text("reason", "Why.", "The card was refused, not mistyped"),
    )),
    Table("alignments", "listen", "verbatim", ("feedback_id",), columns=(
        _id("feedback_id", "Verbatim that named no touchpoint.", "f0012", "feedback", is_required=True),
        _id("touchpoint_id", "Touchpoint a person linked it to.", "payment", "touchpoints", is_required=True),
        _text("decided_by", "Who linked it.", "anna"),
    )),
    Table("goals", "measure", "goal", ("goal_id",), columns=(
        _id("goal_id", "Short id.", "g1", is_required=True),
        _text("statement", "What the organisation wants to reach.", "More baskets become orders", is_required=True),
        _text("owner", "Who answers for it.", "Head of e-commerce"),
        Column("due", "date", "Until when.", "2026-12-31"),
        _id("primary_kpi_id", "KPI that says whether it is reached.", "abandonment", "kpis"),
    )),
    Table("kpis", "measure", "KPI", ("kpi_id",), columns=(
        _id("kpi_id", "Short id.", "abandonment", is_required=True),
        _text("name", "Name as the study says it.", "Checkout given up", is_required=True),
        _choice("kind", "How it is computed.", KPI_KINDS, is_required=True),
        METRIC,
        _text("definition", "What is counted, over what.", "Started checkouts without an order, same day"),
        _text("unit", "Unit shown behind the value.", "%"),
        _choice("direction", "Which way is better.", ("higher", "lower"), is_required=True),
        STAGE,
        TOUCHPOINT,
        _id("goal_id", "Goal it serves.", "g1", "goals"),
        _text("owner", "Who answers for it.", "Checkout"),
        _text("source", "System or survey it comes from.", "Web analytics"),
        _number("baseline", "Value before, in the KPI's unit.", "0.31"),
        _number("target", "Value wanted, in the KPI's unit.", "0.22"),
        _number("benchmark", "Value of others, in the KPI's unit.", "0.25"),
        _text("benchmark_source", "Where the benchmark comes from.", "Trade association, 2025"),
    )),
    Table("kpi_readings", "measure", "KPI x period", (), takes_more_columns=True, columns=(
        _id("kpi_id", "KPI that was read.", "abandonment", "kpis", is_required=True),
        _text("period", "Month, week or day of the reading.", "2026-03", is_required=True),
        WAVE,
        PERSONA,
        _number("numerator", "Cases that count.", "310", low=0),
        _number("denominator", "Cases in all.", "1000", low=0),
        _number("value", "Value, where no cases are given.", "41.5"),
        _number("sd", "Standard deviation of the value.", "12.1", low=0),
        _number("n", "Cases behind the value.", "380", low=0),
    )),
    Table("customers", "measure", "customer", ("customer_id", "wave"), takes_more_columns=True, columns=(
        _id("customer_id", "Id of the customer, without a name.", "c0101", is_required=True),
        WAVE,
    )),
    Table("persona_assignments", "measure", "customer", ("customer_id", "wave"), columns=(
        _id("customer_id", "Customer who was assigned, or the speaker of an interview.", "c0101", is_required=True),
        _id("persona_id", "Persona assigned.", "busy_parent", "personas", is_required=True),
        _choice("basis", "By a written rule, a model or a person.", ("rule", "model", "person")),
        WAVE,
    )),
    Table("responses", "measure", "answer", ("response_id",), columns=(
        _id("response_id", "Id of the answer.", "r00001", is_required=True),
        _id("customer_id", "Who answered.", "c0101"),
        TOUCHPOINT,
        WAVE,
        Column("metric", "id", METRIC.help, "csat", is_required=True, refers="metrics"),
        _number("score", "The answer, on the metric's scale.", "4", is_required=True),
        _integer("count", "How many gave this answer; empty = 1.", "1", low=1),
        Column("date", "date", "Day of the answer.", "2026-03-14"),
        _number("weight", "Survey weight; empty = 1.", "1.2", low=0),
    )),
    Table("events", "measure", "event", (), columns=(
        _id("customer_id", "Who it happened to.", "c0101", is_required=True),
        Column("timestamp", "time", "When, with time zone; stored as UTC.", "2026-03-14T20:15:00Z", is_required=True),
        TOUCHPOINT,
        _text("event", "Name of the event in the log.", "checkout_started"),
        _text("channel", "Channel it happened on.", "App"),
        _number("value", "Amount, where there is one.", "49.90"),
    )),
    Table("touchpoint_ratings", "decide", "touchpoint x rater", ("touchpoint_id", "rater_id"), is_folder=True, columns=(
        _id("touchpoint_id", "Touchpoint rated.", "payment", "touchpoints", is_required=True),
        _id("rater_id", "Who rated.", "anna", is_required=True),
        _choice("type", "Type in the rater's view.", ("digital", "physical", "human")),
        STAGE,
        _integer("satisfaction_impact", "Impact on satisfaction, 1 none to 5 decisive.", "4", low=1, high=5),
        _integer("decision_impact", "Impact on buying or staying, 1 none to 5 decisive.", "5", low=1, high=5),
    )),
    Table("opportunities", "decide", "idea", ("opportunity_id",), columns=(
        _id("opportunity_id", "Short id.", "o1", is_required=True),
        _text("statement", "What to do, starting with a verb.", "Let guests buy without an account", is_required=True),
        _choice("kind", "Sort of idea.", OPPORTUNITY_KINDS),
        Column("persona_ids", "ids", "Personas it helps; empty = every one.", "busy_parent", refers="personas"),
        TOUCHPOINT,
        Column("code_ids", "ids", "Pain points it answers.", "forced_account", refers="codebook"),
        _id("goal_id", "Goal it serves.", "g1", "goals"),
        _id("kpi_id", "KPI that should move.", "abandonment", "kpis"),
        _number("effort", "Person-months.", "2"),
        _number("reach", "Customers a quarter; empty = computed.", "2000", low=0),
        _number("impact", "0.25, 0.5, 1, 2 or 3; empty = computed.", "2", low=0, high=3),
        _number("confidence", "0 to 1, such as 0.8 for 80%; empty = computed from the evidence.", "0.8", low=0, high=1),
        _text("owner", "Who would do it.", "Checkout"),
        Column("due", "date", "Until when.", "2026-09-30"),
        _choice("status", "How far it is.", ("idea", "planned", "doing", "done", "dropped")),
        Column("done_on", "date", "Day it went live.", "2026-07-01"),
        *EVIDENCE,
    )),
    Table("renames", "decide", "change between waves", ("kind", "old_id"), columns=(
        _choice("kind", "What was renamed.", ("persona", "touchpoint", "code", "kpi", "metric"), is_required=True),
        _id("old_id", "Id before.", "checkout", is_required=True),
        _id("new_id", "Id after.", "payment", is_required=True),
        Column("wave", "id", "First wave with the new id.", "2026-09", is_required=True, refers="waves"),
        _text("reason", "Why.", "Checkout became one page"),
    )),
)  # fmt: skip

SPECS = {table.name: table for table in TABLES}


def split_list(text: str) -> list[str]:
    """Return the items of a cell that holds a list.

    Examples
    --------
    >>> split_list("Website; App")
    ['Website', 'App']
    """
    return [item.strip() for item in text.split(";") if item.strip()]
