"""Forms in a browser: what a reader sees, types, clicks and hears, and what happens where no kernel answers."""

import pytest
from lab.clicks import wait
from lab.editor_page import show, start_browser

from cjm_helpers.errors import CjmError
from cjm_helpers.lab import page as parts
from cjm_helpers.lab.form import Form

WIDTHS = (700, 1600)
DARK = (
    ":root { --jp-layout-color0: #111; --jp-layout-color1: #111; --jp-layout-color2: #333; --jp-ui-font-color1: #eee; }"
)


class Visit(Form):
    """A form with every element."""

    said = ""

    def page(self):
        cell = parts.select("match", "Q1 is", options=["", "score"])
        group = [
            parts.field("name", "Name", help="As your team says."),
            parts.field("note", "Note", kind="long"),
            parts.row([parts.field("day", "Day", kind="date"), parts.field("count", "Count", kind="number", value=3)]),
            parts.select("wave", "Wave", options=["spring", ("all", "All waves")], action="pick"),
            parts.tick("agree", "I agree"),
            parts.tick_list("who", "Who", options=[("lena", "Lena"), ("ben", "Ben")], value=["ben"]),
            parts.row([parts.button("go", "Go", is_primary=True), parts.button("refuse", "Refuse")]),
            parts.button("work", "Work"),
        ]
        return [
            parts.heading("Visit"),
            parts.group("Who comes?", group),
            parts.file_chooser("export", "Export", action="file"),
            parts.table(["column", "is"], [["Q1 <b>", cell]]),
            parts.sentences("two\nlines"),
            parts.picture(b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", description="A map"),
            parts.link("Elsewhere", path="/nowhere/a.html"),
            *([parts.message(self.said, tone="good")] if self.said else []),
        ]

    def act(self, action, values):
        if action == "refuse":
            raise CjmError("This is refused.")
        if action == "work":
            return self.start_work("work", lambda say: say("Row 2", 0.5), then=lambda result: None)
        if not values["name"]:
            self.errors["name"] = "Write a name first."
        else:
            self.said = f"{action}: {values}"


@pytest.fixture(scope="module")
def browser():
    """Return a browser, or skip where none is found."""
    with start_browser() as browser:
        yield browser


@pytest.fixture
def form():
    """Return a new form."""
    return Visit()


@pytest.fixture
def page(browser, form):
    """Return a page that shows the form; no script of it may fail."""
    page = browser.new_page(viewport={"width": 900, "height": 900})
    show(page, form)
    page.get_by_role("heading", name="Visit").wait_for()
    yield page
    assert page.mishaps == []
    page.close()


def wait_for_answer(page, text: str) -> None:
    """Wait until Python's answer stands there."""
    page.locator(".cjm-good", has_text=text).wait_for()


def heard(page) -> str:
    """Return what a screen reader says now."""
    return page.locator("[aria-live]").inner_text()


def test_what_is_typed_reaches_python(page, form):
    """A click brings everything that was typed and chosen, each in its own kind."""
    page.get_by_label("Name").fill("Lena & Ben")
    page.get_by_label("Day").fill("2026-03-14")
    page.get_by_label("I agree").check()
    page.get_by_label("Lena", exact=True).check()
    page.get_by_label("Q1 is").select_option("score")
    page.get_by_role("button", name="Go").click()
    wait_for_answer(page, "go: {")
    typed = {"name": "Lena & Ben", "note": "", "day": "2026-03-14", "count": "3", "agree": True}
    assert form.values == typed | {"who": ["lena", "ben"], "match": "score", "wave": "spring"}


def test_enter_in_a_field_clicks_the_next_step(page):
    """Enter does what the primary button of its group does."""
    page.get_by_label("Name").fill("Lena")
    page.get_by_label("Name").press("Enter")
    wait_for_answer(page, "go: {")


def test_a_drop_down_with_an_action_acts_at_once(page):
    """Choosing is enough; what was typed elsewhere is still there afterwards."""
    page.get_by_label("Name").fill("Lena")
    page.get_by_label("Wave").select_option(label="All waves")
    wait_for_answer(page, "pick: {")
    assert page.get_by_label("Name").input_value() == "Lena"


def test_a_choice_made_while_waiting_counts(page, form):
    """What is chosen before the last click was answered acts after it."""
    page.get_by_label("Name").fill("Lena")
    page.evaluate("""() => {
      const [go, wave] = [document.querySelector("[data-action=go]"), document.querySelector("[data-focus=wave]")];
      go.click();
      wave.value = "all";
      for (const name of ["input", "change"]) wave.dispatchEvent(new Event(name, { bubbles: true }));
    }""")
    wait_for_answer(page, "pick: {")
    assert form.values["wave"] == "all"


def test_an_error_stands_at_its_field_and_is_heard(page):
    """The field that is wrong gets the cursor, its sentence belongs to it, and is said aloud."""
    page.get_by_role("button", name="Go").click()
    page.locator(".cjm-error").wait_for()
    name = page.get_by_label("Name")
    assert name.evaluate("field => field === document.activeElement")
    assert name.get_attribute("aria-invalid") == "true"
    described = name.get_attribute("aria-describedby").split()
    assert [page.locator(f"#{part}").inner_text() for part in described] == [
        "As your team says.",
        "Write a name first.",
    ]
    assert heard(page) == "Write a name first."


def test_a_refusal_stands_under_its_button(page):
    """A refusal is read on a line of its own below its button, which moves no other button."""
    before = page.get_by_role("button", name="Refuse").bounding_box()
    page.get_by_role("button", name="Refuse").click()
    page.get_by_text("This is refused.").first.wait_for()
    button = page.get_by_role("button", name="Refuse").bounding_box()
    said = page.locator(".cjm-bad").bounding_box()
    assert button["y"] + button["height"] < said["y"] < button["y"] + 60 and button["x"] == before["x"]


def test_what_is_typed_after_a_click_stays(page, form):
    """A page that arrives later neither overwrites what was typed meanwhile nor moves the cursor."""
    note = page.get_by_label("Note")
    note.fill("first")
    note.press("Home")
    page.evaluate("answer => window.hear(answer)", form.handle({"kind": "hello"}, []))
    page.keyboard.type("at ")
    assert note.input_value() == "at first"


def test_work_tells_how_far_it_is(page, form):
    """While work runs its button is disabled and its progress is shown."""
    form.work["work"] = type("Running", (), {})()
    vars(form.work["work"]).update(text="Starting", share=None)
    page.evaluate("answer => window.hear(answer)", form.handle({"kind": "hello"}, []))
    page.evaluate("window.hear({ kind: 'progress', action: 'work', text: 'Row 2', share: 0.5 })")
    assert page.get_by_role("button", name="Work").is_disabled()
    assert page.locator("progress").evaluate("bar => bar.value") == 0.5
    assert page.get_by_text("Row 2").is_visible()
    form.work.clear()
    wait(form)


def test_a_file_arrives_in_pieces(page, form, tmp_path):
    """A file of more than a piece is whole in Python, its name stands there, and its action follows."""
    content = "Größe;schön\n".encode("cp1252") * 120_000
    (tmp_path / "survey.csv").write_bytes(content)
    page.get_by_label("Name").fill("Lena")
    page.get_by_label("Export").set_input_files(tmp_path / "survey.csv")
    wait_for_answer(page, "file: {")
    assert form.values["export"].content == content
    assert page.get_by_text("Here: survey.csv").is_visible()
    assert page.evaluate("window.sent.filter((kind) => kind === 'bytes').length") == 2


def test_texts_are_never_markup(page):
    """What stands in somebody's data is shown as it is."""
    assert page.get_by_text("Q1 <b>").is_visible()


def test_a_file_outside_is_named(page):
    """A file that JupyterLab does not show is no link, and its place is said."""
    assert page.get_by_text("/nowhere/a.html").is_visible()
    assert page.get_by_role("link").count() == 0


def test_keys_stay_in_the_form(page):
    """JupyterLab never takes what is typed here for its shortcuts."""
    page.evaluate("document.addEventListener('keydown', () => (window.leaked = true))")
    page.get_by_label("Name").press("d")
    assert page.evaluate("window.leaked") is None


def test_everything_is_reached_by_tab(page):
    """Each control and button is a stop of the Tab key, in reading order."""
    page.get_by_label("Name").focus()
    stops = []
    for _ in range(20):
        stops.append(page.evaluate("document.activeElement.dataset.focus ?? ''"))
        page.keyboard.press("Tab")
    order = ["name", "note", "day", "count", "wave", "agree", "who:lena", "who:ben", "button:go", "button:refuse"]
    assert [stop for stop in dict.fromkeys(stops) if stop][: len(order)] == order


def test_a_page_without_a_kernel_says_so(browser, form):
    """Nothing can be typed where nobody answers; the sentence says what to do."""
    page = browser.new_page()
    show(page, form)
    page.get_by_role("heading", name="Visit").wait_for()
    page.stopped = True
    page.clock.install()
    page.get_by_role("button", name="Go").click()
    page.clock.run_for(5100)
    assert "Nothing has answered for 5 seconds" in page.locator(".cjm-notice").inner_text()
    assert page.locator(".cjm-page").evaluate("page => page.inert")
    page.close()


class Steps(Form):
    """A long form of two steps, with a drop-down and a button that only add something."""

    step, more = 1, []

    def page(self):
        lines = [parts.text(f"Line {line}") for line in range(60)]
        ways = [parts.select("way", "Way", options=["a", "b"], action="way"), parts.button("note", "Note")]
        return [parts.heading(f"Step {self.step}"), *lines, *ways, parts.button(f"go{self.step}", "Go on"), *self.more]

    def act(self, action, values):
        self.more = {"way": [parts.group("Another part", [])], "note": [parts.message("Noted.")]}.get(action, [])
        self.step += action == "go1"


def test_a_new_page_is_read_from_its_head(browser):
    """The next step shows its head; what only adds a part or a message leaves the view where it was."""
    page = browser.new_page(viewport={"width": 900, "height": 500})
    show(page, Steps())
    page.get_by_label("Way").select_option("b")
    page.get_by_text("Another part").wait_for()
    page.get_by_role("button", name="Note").click()
    page.get_by_text("Noted.").first.wait_for()
    assert page.evaluate("scrollY") > 500
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="Step 2").wait_for()
    assert 0 <= page.evaluate("document.querySelector('.cjm-form').getBoundingClientRect().top") < 20
    page.close()


class Matching(Form):
    """A table of drop-downs and fields, wider than its page."""

    def page(self):
        long = "Feeling at a new touchpoint, made from this column"
        cells = [parts.select(f"s{place}", "Is", options=[long, "Day"]) for place in range(3)]
        return [parts.heading("Match"), parts.table(list("abcd"), [["Q1", *cells]])]


def test_what_is_chosen_in_a_table_can_be_read(browser):
    """Drop-downs are as wide as their choices; the table moves sideways, the page does not."""
    page = browser.new_page(viewport={"width": 1280, "height": 500})
    show(page, Matching())
    page.locator("td select").first.wait_for()
    widths = page.evaluate("[...document.querySelectorAll('td select')].map((one) => one.clientWidth)")
    assert min(widths) > 330
    assert page.evaluate("((one) => one.scrollWidth > one.clientWidth)(document.querySelector('.cjm-table'))")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    page.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_hangs_over_the_edge(browser, form, width):
    """The form fits narrow and wide pages."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    show(page, form, css=DARK)
    page.get_by_role("heading", name="Visit").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
