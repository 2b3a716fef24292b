"""Lets a notebook go on where a study is too small: the sentence of the refusal stands in place of the result."""

from collections.abc import Callable, Iterator
from html import escape

from cjm_helpers.errors import CjmError

AS_ABOVE = "Nothing here either, for the reason given above."


class Refusal:
    """The sentence of a method that refused; whatever is asked of it is the refusal again, and it holds nothing."""

    def __init__(self, sentence: str):
        self.sentence, self._is_shown = sentence, False

    def __getattr__(self, name: str):
        if name.startswith("_"):
            raise AttributeError(name)
        return self

    def __getitem__(self, _) -> "Refusal":
        return self

    def __iter__(self) -> Iterator:
        return iter(())  # else Python would ask for one item after the other for ever

    def __len__(self) -> int:
        return 0

    def __call__(self, *_, **__) -> "Refusal":
        return self

    def __repr__(self) -> str:
        return self.sentence

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        """Return what a notebook shows: the sentence once, and after that only that it stands above."""
        said = AS_ABOVE if self._is_shown else self.sentence
        self._is_shown = True
        return {"text/plain": said, "text/html": f"<p>{escape(said)}</p>"}


def attempt(function: Callable, *arguments, **options):
    """Return what a function returns, or its refusal as a sentence that notebooks show.

    A refusal among the arguments is handed on, so that what builds on it refuses for the same reason.

    Examples
    --------
    >>> from cjm_helpers.study.kit import find_example
    >>> attempt(find_example, "retail_checkout").name
    'retail_checkout'
    >>> missing = attempt(find_example, "nowhere")
    >>> attempt(len, missing.name) is missing
    True
    """
    refused = [given for given in (*arguments, *options.values()) if isinstance(given, Refusal)]
    if refused:
        return refused[0]
    try:
        return function(*arguments, **options)
    except CjmError as error:
        return Refusal(str(error))
