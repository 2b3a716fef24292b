"""Prints a page as a PDF by the machine's own browser, which alone sees the page as its readers do."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from cjm_helpers.errors import CjmError

CHOSEN = "CJM_BROWSER"
PROGRAMS = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge",
    "microsoft-edge-stable", "msedge",
)  # fmt: skip
ON_MACOS = ("Google Chrome", "Chromium", "Microsoft Edge")
ON_WINDOWS = (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")
WINDOWS_ROOTS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
# No window, no first run, nothing asked of any network, and headings become the PDF's own contents list.
SWITCHES = (
    "--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer", "--generate-pdf-document-outline",
)  # fmt: skip
MOST_SECONDS = 120
SET_ONE = (
    f"Install Chromium, Google Chrome or Microsoft Edge, or name its program in the environment variable {CHOSEN}."
)
BY_HAND = "Or open the page in a browser and print it from there."


def print_page(page: Path) -> Path:
    """Print a page as a PDF beside it, by the browser that is found on this machine.

    Parameters
    ----------
    page
        An HTML file; what it prints on (A4, A3 for maps) it says itself.

    Returns
    -------
    Path
        The PDF, written whole or not at all; where it fails an older one is gone too: it would pass for this page's.

    Raises
    ------
    CjmError
        When the page or a browser is missing, or the browser prints nothing within two minutes.

    Examples
    --------
    >>> print_page(Path("gone.html"))
    Traceback (most recent call last):
    cjm_helpers.errors.CjmError: There is no page gone.html to print.
    """
    page = Path(page).resolve()
    if not page.is_file():
        raise CjmError(f"There is no page {page.name} to print.")
    browser = find_browser()
    pdf = page.with_suffix(".pdf")
    beside = page.with_name(f"{page.stem}.{os.getpid()}.part.pdf")
    try:
        _run_browser(browser, page, pdf=beside)
        _replace(pdf, by=beside)
    except CjmError:
        with suppress(OSError):  # another program has it open, as the sentence says
            pdf.unlink(missing_ok=True)
        raise
    finally:
        beside.unlink(missing_ok=True)
    return pdf


def _replace(pdf: Path, *, by: Path) -> None:
    try:
        by.replace(pdf)
    except OSError as error:
        raise CjmError(
            f"{pdf.name} cannot be written ({error.strerror or error}). "
            "If another program has it open, close it there, then try again."
        ) from None


def find_browser() -> str:
    """Return the program of a browser that can print: the one chosen in CJM_BROWSER, else the first that is found.

    Raises
    ------
    CjmError
        When there is none, or the chosen one is not there.
    """
    chosen = os.environ.get(CHOSEN)
    if chosen:
        found = shutil.which(chosen)
        if not found:
            raise CjmError(f"{CHOSEN} names '{chosen}', which is no program on this machine. {BY_HAND}")
        return found
    found = next((program for program in map(shutil.which, _list_places()) if program), None)
    if not found:
        raise CjmError(f"No browser that can print was found, so there is no PDF. {SET_ONE} {BY_HAND}")
    return found


def _list_places() -> Iterator[str]:
    yield from PROGRAMS
    yield from (f"/Applications/{name}.app/Contents/MacOS/{name}" for name in ON_MACOS)
    roots = [root for root in map(os.environ.get, WINDOWS_ROOTS) if root]
    yield from (str(Path(root) / place) for place in ON_WINDOWS for root in roots)


def _run_browser(browser: str, page: Path, *, pdf: Path) -> None:
    # Chromium refuses its sandbox to root, as whom containers run; the page is our own and reaches no network
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with TemporaryDirectory(prefix="cjm-print-", ignore_cleanup_errors=True) as profile:
        command = [browser, *SWITCHES, *(["--no-sandbox"] if is_root else []), f"--user-data-dir={profile}"]
        try:
            subprocess.run(
                [*command, f"--print-to-pdf={pdf}", page.as_uri()],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                timeout=MOST_SECONDS, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise CjmError(
                f"{_say_failure(browser, page)} took longer than {MOST_SECONDS} seconds. {BY_HAND}"
            ) from None
        except OSError as error:
            raise CjmError(f"{_say_failure(browser, page)} did not start: {error.strerror}. {BY_HAND}") from None
    if not pdf.is_file() or not pdf.stat().st_size:
        raise CjmError(f"{_say_failure(browser, page)} made no PDF. {SET_ONE} {BY_HAND}")


def _say_failure(browser: str, page: Path) -> str:
    return f"{page.name} was not printed: {Path(browser).name}"
