"""What everything clickable has in common: it talks in messages, and shows a plain page where no kernel answers."""

from collections.abc import Callable
from pathlib import Path

import anywidget

from cjm_helpers.errors import CjmError

FRONT = Path(__file__).parent / "front"


def read_front(*names: str) -> str:
    """Return the text of files in front/, one after the other; for a script, common.js comes first.

    Examples
    --------
    >>> "function talk" in read_front("common.js")
    True
    """
    return "\n".join((FRONT / name).read_text(encoding="utf-8") for name in names)


def spell_mishap(error: Exception) -> str:
    """Return what a page says of an error that no sentence was written for.

    Examples
    --------
    >>> spell_mishap(KeyError("wave"))
    "Something went wrong that nobody foresaw (KeyError('wave')). Look at what is there now before you try again."
    """
    return f"Something went wrong that nobody foresaw ({error!r}). Look at what is there now before you try again."


class Desk(anywidget.AnyWidget):
    """A thing to click: its page says `hello`, it answers each message, and every answer names the message's number.

    A kind of desk says what it answers in `handle`, and in `describe` what stands there without a kernel. Nothing that
    people edit is kept in synced state: a page that is loaded again asks for it anew.
    """

    def __init__(self):
        super().__init__()
        self.on_msg(self._receive)

    def handle(self, message: dict, buffers: list) -> dict:
        """Return the answer to one message, a dict with its `kind`."""
        raise NotImplementedError

    def describe(self) -> tuple[str, str]:
        """Return what stands in place of the desk: as HTML and as text."""
        raise NotImplementedError

    def tell(self, kind: str, *, about: dict | None = None) -> None:
        """Say something that nobody asked for, such as how far a long piece of work is."""
        self.send({"kind": kind, **(about or {})})

    def _receive(self, _, message: dict, buffers: list) -> None:
        answer = self.answer(lambda: self.handle(message, buffers))
        self.send({**answer, "seq": message.get("seq", 0), "view": message.get("view")})

    def answer(self, ask: Callable[[], dict]) -> dict:
        """Return the answer, or why there is none: without any, the page would wait for ever."""
        try:
            return ask()
        except CjmError as error:
            return {"kind": "refused", "text": str(error)}
        except Exception as error:
            return {"kind": "refused", "text": spell_mishap(error)}

    def _repr_mimebundle_(self, include=None, exclude=None, **options):
        bundle = super()._repr_mimebundle_(**options)
        bundle = bundle[0] if isinstance(bundle, tuple) else bundle
        html, text = self.describe()
        return {**(bundle or {}), "text/html": html, "text/plain": text}
