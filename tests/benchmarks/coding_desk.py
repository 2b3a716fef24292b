"""Prints how fast the coding desk is with 20,000 verbatims and 25 codes, in a bare page with the real desk."""

import statistics
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from cjm_helpers.lab.coding_desk import code_feedback
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import new_study

sys.path.insert(0, str(Path(__file__).parents[1]))
from lab.editor_page import show, start_browser  # noqa: E402

VERBATIMS, CODES, CODED, TIMES = 20_000, 25, 15_000, 40
AIMS = {"first paint": 3.0}
KEY_AIM = 0.1  # seconds from a key until its answer is shown
WORDS = "the parcel came late and nobody said a word about it until I called the help line for the third time".split()
# Milliseconds from a key until the page shows that it is saved, or until another verbatim is on the page.
SAVED = """(key) => new Promise((done) => {
  const start = performance.now(), place = document.querySelector(".cjm-status");
  const look = () => (place.textContent !== "Saving …" ? done(performance.now() - start) : requestAnimationFrame(look));
  document.querySelector(".cjm-reading").dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  requestAnimationFrame(look);
})"""
MOVED = """(key) => new Promise((done) => {
  const start = performance.now(), place = document.querySelector(".cjm-words-box");
  const name = () => place.getAttribute("aria-label"), before = name();
  const look = () => (name() !== before ? done(performance.now() - start) : requestAnimationFrame(look));
  document.querySelector(".cjm-reading").dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  requestAnimationFrame(look);
})"""
FOUND = """(words) => new Promise((done) => {
  const field = document.querySelector(".cjm-finder input");
  field.focus();
  field.value = words;
  const start = performance.now();
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
})"""


def make_study() -> Path:
    """Return a study of 20,000 verbatims and 25 codes, of which the coder has read three quarters."""
    folder = new_study(Path(tempfile.mkdtemp()) / "large") / "worksheets"
    codes = pd.DataFrame({"code_id": [f"code_{number}" for number in range(CODES)]})
    themes = pd.DataFrame({"code_id": ["before", "after"], "label": ["Before buying", "After buying"]})
    codes = codes.assign(label=[f"Something goes wrong {number}" for number in range(CODES)], definition="It says so.")
    codes["parent"] = ["before", "after"] * (CODES // 2) + ["after"]
    pd.concat([themes, codes]).to_csv(folder / "codebook.csv", index=False)
    ids = [f"f{number:05d}" for number in range(VERBATIMS)]
    texts = [f"{' '.join(WORDS[number % 7 :])} {number}" for number in range(VERBATIMS)]
    pd.DataFrame({"feedback_id": ids, "source": "survey", "text": texts}).to_csv(folder / "feedback.csv", index=False)
    (folder / "codings").mkdir(exist_ok=True)
    for coder_id, coded in (("anna", ids[:CODED]), ("ben", ids[: CODED // 2])):
        given = [f"code_{number % CODES}" for number in range(len(coded))]
        rows = pd.DataFrame({"feedback_id": coded, "coder_id": coder_id, "code_id": given, "emotion": "-1"})
        rows.to_csv(folder / "codings" / f"{coder_id}.csv", index=False)
    return folder.parent


def measure_page(page, folder: Path) -> dict[str, list[float]]:
    """Return the seconds of what a person waits for, each time it was done."""
    start, desk = time.perf_counter(), code_feedback(open_study(folder), coder="anna")
    show(page, desk)
    page.wait_for_selector(".cjm-said")
    found = {"first paint": [time.perf_counter() - start]}
    page.locator(".cjm-said").click()
    for name, script, keys in (
        ("a code, until Saved is shown", SAVED, "1234"), ("emotion, until Saved is shown", SAVED, "-+"),
        ("next", MOVED, ("ArrowRight",)), ("next not coded", MOVED, "n"), ("undo", SAVED, "u"),
    ):  # fmt: skip
        found[name] = []
        for number in range(TIMES):
            found[name].append(page.evaluate(script, keys[number % len(keys)]) / 1000)
            page.wait_for_timeout(60)  # no person presses faster
    found["find a code"] = [page.evaluate(FOUND, f"wrong {number}") / 1000 for number in range(TIMES)]
    found["a code, CPU of the kernel"] = [measure_kernel(desk, number) for number in range(TIMES)]
    return found


def measure_kernel(desk, number: int) -> float:
    """Return the seconds that the processor is busy with one action, whatever else the machine does."""
    message = {"kind": "do", "id": f"f{number:05d}", "wanted": {"codes": ["code_3", "code_4"]}, "seq": 1, "view": ""}
    start = time.process_time()
    desk._receive(None, message, [])
    return time.process_time() - start


def main() -> None:
    """Measure everything and print one line each."""
    print(f"{VERBATIMS:,} verbatims, {CODES} codes, {CODED:,} read before")
    print(f"{'seconds':<36}{'median':>8}{'worst':>8}{'aim':>8}")
    with start_browser() as browser:
        found = measure_page(browser.new_page(), make_study())
    for name, seconds in found.items():
        print(f"{name:<36}{statistics.median(seconds):>8.3f}{max(seconds):>8.3f}{AIMS.get(name, KEY_AIM):>8.2f}")


if __name__ == "__main__":
    main()
