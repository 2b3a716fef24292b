"""One small form that all desks use: Python describes the page, the page shows it and sends back what was clicked.

    class Greeter(Form):
        said = ""

        def page(self):                      # what stands there now: elements of cjm_helpers.lab.page
            answer = [page.message(self.said, tone="good")] if self.said else []
            return [page.field("name", "Your name"), page.button("greet", "Say hello", is_primary=True), *answer]

        def act(self, action, values):       # what a click does; afterwards page() is asked again
            if not values["name"]:
                self.errors["name"] = "Write a name first."  # next to the field; forgotten at the next click
            else:
                self.said = f"Hello {values['name']}."

Values: what people type and choose is kept by id in `self.values` from click to click; it overrules an element's own
`value`. To change one: `self.values["name"] = ""`; to forget one: `self.values.pop("name", None)`. A chosen file stands
there as `File(name, content)`, or None.
Refusals: a CjmError that act() raises is shown under the button that was clicked.
Long work: `self.start_work(action, function, then=...)` runs function(say) in a thread, and then(result) after it. The
button of that action is disabled meanwhile and shows what say("Reading row 200", 0.4) says; `action in self.work`.
Cells: `self.run_again = "below"` (or "all") in act() runs the notebook's cells after the answer; `self.go_to = "code("`
goes to the first cell of the notebook that holds this text.
Cursor: it stays where it was; `self.cursor = "name"` in act() puts it into this field, "button:greet" on this button.
Static: `describe()` spells page() as plain HTML, with "In JupyterLab, run this cell to use: Say hello."
"""

from dataclasses import dataclass, field
from pathlib import PurePath
from threading import Thread

from cjm_helpers.errors import CjmError
from cjm_helpers.lab.page import list_elements
from cjm_helpers.lab.start import find_in_lab
from cjm_helpers.lab.static_page import spell_page
from cjm_helpers.lab.widget import Desk, read_front, spell_mishap


@dataclass(frozen=True)
class File:
    """A file that somebody chose in the page."""

    name: str
    content: bytes = field(repr=False)


@dataclass
class Work:
    """Something that runs in a thread; the page shows what it says."""

    text: str = "Working ..."
    share: float | None = None


class Form(Desk):
    """A desk that is a page of elements; a kind of form says what stands there and what a click does."""

    _esm = read_front("common.js", "form_tree.js", "form_place.js", "form.js")
    _css = read_front("form.css")

    def __init__(self):
        super().__init__()
        self.values: dict = {}
        self.errors: dict[str, str] = {}
        self.work: dict[str, Work] = {}
        self.run_again = self.go_to = self.cursor = ""
        self._refusals: dict[str, str] = {}
        self._arriving: dict[str, list[bytes]] = {}

    def page(self) -> list[dict]:
        """Return the elements that stand there now."""
        raise NotImplementedError

    def act(self, action: str, values: dict) -> None:
        """Do what a click asks for; values hold what is typed and chosen, by id."""
        raise NotImplementedError

    def start_work(self, action: str, function, *, then) -> None:
        """Run function(say) in a thread, then hand its result to then(result), and show the page anew."""
        work = self.work[action] = Work()

        def say(text: str, share: float | None = None) -> None:
            work.text, work.share = text, share
            self.tell("progress", about={"action": action, "text": text, "share": share})

        def run() -> None:
            try:
                then(function(say))
            except CjmError as error:
                self._refusals[action] = str(error)
            except Exception as error:  # the page would show it as running for ever
                self._refusals[action] = spell_mishap(error)
            del self.work[action]
            self.send(self.answer(self._show))

        Thread(target=run, daemon=True).start()

    def handle(self, message: dict, buffers: list) -> dict:
        """Answer hello and clicks with the page, and a piece of a file with how much of it is here."""
        if message["kind"] == "bytes":
            return self._take(message, buffers)
        if message["kind"] == "act" and message["action"] not in self.work:
            self.values |= message["values"]
            self.errors, self._refusals = {}, {}
            try:
                self.act(message["action"], dict(self.values))
            except CjmError as error:
                self._refusals[message["action"]] = str(error)
        return self._show()

    def describe(self) -> tuple[str, str]:
        """Return the page as plain HTML and as text."""
        return spell_page(self._fill())

    def _take(self, message: dict, buffers: list) -> dict:
        parts = self._arriving.setdefault(message["id"], [])
        if message["start"] == 0:
            parts.clear()
        if message["start"] != sum(map(len, parts)):  # another file was chosen while this one was on its way
            raise CjmError(f"'{message['name']}' did not arrive whole. Choose it once more.")
        parts.append(bytes(buffers[0]))
        have = sum(map(len, parts))
        if have >= message["size"]:
            content = b"".join(self._arriving.pop(message["id"]))
            self.values[message["id"]] = File(PurePath(message["name"]).name, content)
        return {"kind": "taken", "id": message["id"], "have": have}

    def _show(self) -> dict:
        asked = {"run": self.run_again, "go_to": self.go_to, "cursor": self.cursor}
        self.run_again = self.go_to = self.cursor = ""
        return {"kind": "page", "elements": self._fill(), **asked}

    def _fill(self) -> list[dict]:
        """Return the page with what was typed, what is wrong with it, and what runs."""
        elements = self.page()
        for element in list_elements(elements):
            if "id" in element:
                self._fill_value(element)
            if element.get("action"):
                work = self.work.get(element["action"])
                element["progress"] = vars(work) if work else None
                element["refusal"] = self._refusals.get(element["action"], "")
            if element["kind"] == "link":
                element["inside"] = find_in_lab(element["path"])
        return elements

    def _fill_value(self, element: dict) -> None:
        name = element["id"]
        value = self.values.get(name, element["value"])
        if element["kind"] == "file_chooser":
            value = value.name if value else ""
        if element["kind"] != "select" or value in [option for option, _ in element["options"]]:
            element["value"] = value
        element["error"] = self.errors.get(name, element["error"])
