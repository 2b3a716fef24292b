"""Composes what the customers of an example say, from sentences written by hand, in the tone of persona and source."""

import re
from dataclasses import dataclass, field
from string import Formatter

import numpy as np
from numpy.random import Generator

from cjm_helpers.teach.script import NOTHING_FITS, Script

WEAR = 1.5  # how much more often than others a sentence may be used before the others come first
LETTER_SWAPPED = 0.5  # of the typing errors; else a letter is lost
LONG = ("review", "support")  # sources in which people write more than a sentence
CLEARLY = 0.5  # a feeling beyond this is said as a pain or a delight
CHANCE = {
    "flat names nothing": 0.45, "second sentence": 0.22, "tail": 0.42, "turn": 0.13, "voice": 0.13,
    "greeting": 0.65, "request": 0.6, "hashtag": 0.75,
    "all small": 0.10, "no full stop": 0.16, "typing error": 0.13, "loud": 0.04,
}  # fmt: skip
LONGEST_TYPO_FREE = 5  # letters: shorter words are typed right


@dataclass(frozen=True)
class Occasion:
    """Who speaks about what, where and how it felt."""

    persona_id: str
    touchpoint_id: str
    wave: str
    feeling: float
    source: str


@dataclass
class Composer:
    """Writes verbatims; remembers which sentence was used how often, so that none is worn out."""

    script: Script
    generator: Generator
    used: dict[str, int] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)

    def compose(self, about: Occasion) -> tuple[str, list[str]]:
        """Return a verbatim about a touchpoint and the codes that truly apply to it.

        Examples
        --------
        >>> from cjm_helpers.teach.script import read_script
        >>> about = Occasion("busy_parent", "courier", wave="2026-03", feeling=1.6, source="survey")
        >>> text, codes = Composer(read_script(), np.random.default_rng(4)).compose(about)
        >>> codes
        ['person_helped']
        """
        for _ in range(self.script.setting["tries"]):
            text, codes = self._compose(about)
            if text.lower() not in self.said:
                break
        self.said.add(text.lower())
        return text, codes

    def _compose(self, about: Occasion) -> tuple[str, list[str]]:
        codes = [self._choose_code(about)]
        parts = [self._choose_sentence(codes[0], about)]
        mood = {-1: "bad", 0: "flat", 1: "good"}[self.script.valence[codes[0]]]
        if codes[0] != NOTHING_FITS and (about.source in LONG or self._happens("second sentence")):
            codes.append(self._choose_code(about, mood=mood))
            parts.append(self._choose_sentence(codes[1], about))
        if mood != "flat" and self._happens("turn"):
            parts.append(self._choose_tail("but_good" if mood == "bad" else "but_bad"))
        elif self._happens("tail"):
            parts.append(self._choose_tail(mood, about.touchpoint_id))
        if about.source != "support" and self._happens("voice"):
            parts.insert(0, self._choose_tail(self.script.setting["voices"][about.persona_id]))
        words = self._fill(" ".join(dict.fromkeys(parts)), about.persona_id)
        return self._type(self._address(words, about, mood=mood)), list(dict.fromkeys(codes))

    def _happens(self, what: str) -> bool:
        return bool(self.generator.random() < (CHANCE | self.script.setting["chance"])[what])

    def _choose_code(self, about: Occasion, *, mood: str = "") -> str:
        """Choose what is spoken of: what is felt clearly is named; a second sentence keeps the first one's mood."""
        wanted = int(np.sign(about.feeling))
        if abs(about.feeling) <= CLEARLY and self._happens("flat names nothing"):
            wanted = 0
        if mood or about.source == "support":
            wanted = {"bad": -1, "good": 1}.get(mood, -1)
        named = self.script.truth["named"].get(about.touchpoint_id) if wanted < 0 else None
        if named:
            shares = named["before" if about.wave == self.script.truth["waves"][0] else "after"]
            return str(self.generator.choice(list(shares), p=list(shares.values())))
        there = self.script.drawers[about.touchpoint_id]
        fitting = [code for code, texts in there.items() if self.script.valence[code] == wanted for _ in texts]
        return str(self.generator.choice(fitting or [NOTHING_FITS]))

    def _choose_sentence(self, code_id: str, about: Occasion) -> str:
        texts = self.script.drawers[about.touchpoint_id][code_id]
        return self._least_used([text for only, text in texts if only in ("", about.persona_id, about.wave)])

    def _choose_tail(self, mood: str, touchpoint_id: str = "") -> str:
        """Choose closing words; who is stopped at a touchpoint may say what came of it."""
        tails = self.script.tails
        stopped = self.script.setting["stopped"]
        ends = tails[stopped["tails"]] if mood == "bad" and touchpoint_id in stopped["at"] else []
        return self._least_used(tails[mood] + ends)

    def _least_used(self, texts: list[str]) -> str:
        tired = [self.used.get(text, 0) + self.generator.random() * WEAR for text in texts]
        chosen = texts[int(np.argmin(tired))]
        self.used[chosen] = self.used.get(chosen, 0) + 1
        return chosen

    def _fill(self, text: str, persona_id: str) -> str:
        names = {name for _, name, _, _ in Formatter().parse(text) if name}
        choices = {name: self.script.words[name] for name in sorted(names)}
        choices = {name: found[persona_id] if isinstance(found, dict) else found for name, found in choices.items()}
        filled = text.format(**{name: self.generator.choice(found) for name, found in choices.items()})
        filled = re.sub(r"\ba (?=[aeio])", "an ", filled)
        return re.sub(r"(^|[.?!] )([a-z])", lambda start: start[1] + start[2].upper(), filled)

    def _address(self, words: str, about: Occasion, *, mood: str) -> str:
        if about.source == "support":
            if self._happens("greeting"):
                words = self._fill(self._choose_tail("support"), about.persona_id) + words
            ending = self._fill(self._choose_tail("support_end"), about.persona_id)
            return f"{words} {ending}" if self._happens("request") else words
        if about.source == "social" and self._happens("hashtag"):
            return words + self._choose_tail("social_good" if mood == "good" else "social")
        return words

    def _type(self, words: str) -> str:
        """Return the words as somebody types them: small letters, a slip, no full stop."""
        if self._happens("all small"):
            words = words.lower()
        if self._happens("typing error"):
            words = self._slip(words)
        if words.endswith(".") and self._happens("no full stop"):
            words = words[:-1]
        elif re.search(r"\w\.$", words) and self._happens("loud"):
            words = words[:-1] + "!!"
        return words

    def _slip(self, words: str) -> str:
        """Return the words with two letters swapped or one lost in a longer word."""
        long = [found for found in re.finditer(r"[a-z]+", words) if len(found[0]) > LONGEST_TYPO_FREE]
        if not long:
            return words
        found = long[int(self.generator.integers(len(long)))]
        at = found.start() + int(self.generator.integers(1, len(found[0]) - 2))
        slip = words[at + 1] + words[at] if self.generator.random() < LETTER_SWAPPED else words[at]
        return words[:at] + slip + words[at + 2 :]
