"""Prints how fast the table editor is with 5,000 rows, and the evidence search with 20,000 verbatims (`make bench`)."""

import statistics
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from cjm_helpers.lab.evidence import gather_evidence, search_evidence
from cjm_helpers.lab.table_editor import edit_worksheet
from cjm_helpers.study.drafts import check_draft, open_sheet
from cjm_helpers.study.folder import open_study
from cjm_helpers.study.kit import new_study

sys.path.insert(0, str(Path(__file__).parents[1]))
from lab.editor_page import show, start_browser  # noqa: E402

ROWS, VERBATIMS, TIMES = 5_000, 20_000, 7
KEY_AIM, CHECKED = 0.1, 3_000  # seconds; milliseconds after which the checks are done
WORDS = "the parcel came late and nobody said a word about it until I called the help line for the third time".split()
# Milliseconds from a key to the frame that shows what it did.
KEY = """(key) => new Promise((done) => {
  const start = performance.now(), target = document.activeElement;
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
})"""


def make_study(count: int):
    """Return the example with that many verbatims in its feedback worksheet."""
    folder = new_study(Path(tempfile.mkdtemp()) / "large", example="retail_checkout")
    file = folder / "worksheets" / "feedback.csv"
    known = pd.read_csv(file, dtype=str)
    texts = [f"{' '.join(WORDS[row % 7 :])} {row}" for row in range(count - len(known))]
    ids = [f"n{row:05d}" for row in range(len(texts))]
    pd.concat([known, pd.DataFrame({"feedback_id": ids, "source": "survey", "text": texts})]).to_csv(file, index=False)
    return open_study(folder)


def measure_page(page, desk) -> dict[str, float]:
    """Return seconds of what a person waits for."""
    start = time.perf_counter()
    show(page, desk)
    page.wait_for_selector(".cjm-td")
    found = {"first paint": time.perf_counter() - start}
    page.locator(".cjm-grid").focus()
    for name, key in (("arrow key", "ArrowDown"), ("page down", "PageDown")):
        found[name] = statistics.median(page.evaluate(KEY, key) for _ in range(TIMES)) / 1000
    found["a letter opens the field"] = page.evaluate(KEY, "x") / 1000
    page.keyboard.type("Anew")
    found["Enter, the change stands"] = page.evaluate(KEY, "Enter") / 1000
    start = time.perf_counter()
    page.get_by_label("Search this table").fill("n00042")
    page.wait_for_function("document.querySelectorAll('.cjm-tr').length === 1")
    found["search"] = time.perf_counter() - start
    page.get_by_label("Search this table").fill("")
    page.locator(".cjm-grid").focus()
    page.wait_for_function("document.querySelector('.cjm-status').textContent.includes('1 change')")
    page.wait_for_timeout(CHECKED)
    start, used = time.perf_counter(), time.process_time()
    page.keyboard.press("Control+s")
    page.wait_for_function("document.querySelector('.cjm-status').textContent.startsWith('Saved.')")
    found["save, until Saved is shown"] = time.perf_counter() - start
    found["save, CPU of the kernel"] = time.process_time() - used
    return found


def main() -> None:
    """Measure everything and print one line each."""
    aims = {"first paint": 1.0, "search": 0.3, "save, until Saved is shown": 0.5, "save, CPU of the kernel": 0.5}
    print(f"{'seconds':<44}{'taken':>8}{'aim':>8}")
    with start_browser() as browser:
        found = measure_page(browser.new_page(), edit_worksheet(make_study(ROWS), "feedback"))
    for name, seconds in found.items():
        print(f"{f'{name}, {ROWS:,} rows':<44}{seconds:>8.3f}{aims.get(name, KEY_AIM):>8.2f}")
    draft = open_sheet(make_study(ROWS), "feedback")
    start = time.process_time()
    check_draft(draft.study, "feedback", frame=draft.frame)
    print(f"{f'check, {ROWS:,} rows':<44}{time.process_time() - start:>8.3f}{0.3:>8.2f}")
    evidence, seconds = gather_evidence(make_study(VERBATIMS)), []
    for query in ("parcel third", "n19999", "late", "nothing of this kind"):
        start = time.perf_counter()
        search_evidence(evidence, query, near="payment", ticked=["n00001"])
        seconds.append(time.perf_counter() - start)
    print(f"{f'evidence search, {VERBATIMS:,} verbatims':<44}{max(seconds):>8.3f}{0.1:>8.2f}")


if __name__ == "__main__":
    main()
