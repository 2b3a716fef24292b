"""Sends a form what its page would send, without a browser, and reads what stands there then."""

import time

from cjm_helpers.lab.page import list_elements

SECONDS = 120  # a busy machine must not make a right answer wrong


def click(form, action: str, **values) -> dict:
    """Click the button of an action with these values typed, and return the page that follows."""
    return form.handle({"kind": "act", "action": action, "values": values}, [])


def give_file(form, id: str, *, name: str, content: bytes, pieces: int = 1) -> None:
    """Choose a file, which arrives in so many pieces."""
    size = -(-len(content) // pieces)
    for start in range(0, len(content) or 1, size or 1):
        about = {"kind": "bytes", "id": id, "name": name, "size": len(content), "start": start}
        form.handle(about, [memoryview(content[start : start + size])])


def wait(form, *, until=lambda: True) -> None:
    """Wait until nothing runs any more, and something is so."""
    end = time.monotonic() + SECONDS
    while form.work or not until():
        assert time.monotonic() < end, f"{list(form.work)} still runs"
        time.sleep(0.01)


def look(form) -> list[dict]:
    """Return all elements of the page."""
    return list_elements(form.handle({"kind": "hello"}, [])["elements"])


def find(form, **about) -> dict:
    """Return the first element of the page that is as told."""
    return next(one for one in look(form) if about.items() <= one.items())


def read(form) -> str:
    """Return everything that the page says."""
    said = [one.get(part) or "" for one in look(form) for part in ("label", "text", "error", "refusal")]
    cells = [str(cell) for one in look(form) for row in one.get("rows", []) for cell in row]
    return "\n".join(said + cells)


class Page:
    """A page that sends with each click all that stands in its fields, as in a browser, and counts the clicks."""

    def __init__(self, form):
        self.form, self.clicks = form, 0
        form.send = lambda *message, **options: None
        self.elements = look(form)

    def click(self, action: str, *, typed: dict | None = None) -> "Page":
        """Click a button that stands there, with what is typed and chosen."""
        assert action in [element.get("action") for element in self.elements], action
        values = {one["id"]: one["value"] for one in self.elements if "id" in one and one["kind"] != "file_chooser"}
        self.elements = list_elements(click(self.form, action, **values | (typed or {}))["elements"])
        self.clicks += 1
        return self

    def choose_file(self, name: str, content: bytes) -> "Page":
        """Choose a file from the computer."""
        give_file(self.form, "file", name=name, content=content)
        return self.click(self.find("file")["action"])

    def find(self, id: str) -> dict:
        """Return the element of an id."""
        return next(element for element in self.elements if element.get("id") == id)

    @property
    def refusals(self) -> str:
        """What was refused, and why."""
        said = [element.get("refusal") or element.get("error") or "" for element in self.elements]
        return "\n".join(filter(None, said))

    @property
    def text(self) -> str:
        """Everything that is said on the page."""
        return read(self.form)
