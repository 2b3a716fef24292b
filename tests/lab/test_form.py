"""Forms in Python: what a click does, what is kept, what is refused, and work that takes long."""

from threading import Event

import pytest
from lab.clicks import click, find, give_file, read, wait

from cjm_helpers.errors import CjmError
from cjm_helpers.lab import page
from cjm_helpers.lab.form import File, Form


class Greeter(Form):
    """A form with one of everything that the tests need."""

    said = ""
    waves = ("spring", "autumn")

    def __init__(self):
        super().__init__()
        self.go_on = Event()

    def page(self):
        return [
            page.group(
                "Who", [page.field("name", "Name", value="nobody"), page.select("wave", "Wave", options=self.waves)]
            ),
            page.file_chooser("export", "Export"),
            page.row([page.button(name, name.title()) for name in ("greet", "refuse", "work", "fail")]),
            page.text(self.said),
        ]

    def act(self, action, values):
        if action == "refuse":
            raise CjmError("This is refused.")
        if action == "work":
            self.start_work("work", self.wait_long, then=self.keep)
        elif action == "fail":
            self.start_work("fail", lambda say: 1 / 0, then=self.keep)
        elif not values["name"]:
            self.errors["name"] = "Write a name first."
        else:
            self.said = f"Hello {values['name']}"

    def wait_long(self, say):
        say("Reading row 2", 0.5)
        self.go_on.wait(20)
        return "Done"

    def keep(self, result):
        self.said = result


@pytest.fixture
def form():
    """Return a new form whose work ends at the latest with the test."""
    form = Greeter()
    yield form
    form.go_on.set()
    wait(form)


def test_a_click_changes_the_page(form):
    """What act() does is on the page that answers the click."""
    assert click(form, "greet", name="Lena", wave="spring")["elements"][-1]["text"] == "Hello Lena"


def test_what_is_typed_is_kept(form):
    """A field shows its own value until the first click, then what was typed, also after the page is loaded again."""
    assert find(form, id="name")["value"] == "nobody"
    click(form, "greet", name="Lena", wave="autumn")
    assert (find(form, id="name")["value"], find(form, id="wave")["value"]) == ("Lena", "autumn")


def test_an_option_that_is_gone_is_not_chosen(form):
    """A drop-down whose chosen option is no longer there shows one that is."""
    click(form, "greet", name="Lena", wave="autumn")
    form.waves = ("spring",)
    assert find(form, id="wave")["value"] == "spring"


def test_an_error_stands_at_its_field_until_the_next_click(form):
    """An error is shown with its field, and forgotten as soon as somebody clicks again."""
    click(form, "greet", name="", wave="spring")
    assert find(form, id="name")["error"] == "Write a name first."
    click(form, "greet", name="Lena", wave="spring")
    assert find(form, id="name")["error"] == ""


def test_a_refusal_stands_at_its_button(form):
    """What act() refuses is said under the button that was clicked, and what was typed is not lost."""
    click(form, "refuse", name="Lena", wave="spring")
    assert find(form, action="refuse")["refusal"] == "This is refused."
    assert find(form, action="greet")["refusal"] == ""
    assert find(form, id="name")["value"] == "Lena"


@pytest.mark.parametrize("pieces", [1, 3])
def test_a_file_arrives_whole(form, pieces):
    """A file is there as it was, however many pieces it came in; the page names it."""
    content = bytes(range(256)) * 9
    give_file(form, "export", name="survey.csv", content=content, pieces=pieces)
    assert form.values["export"] == File("survey.csv", content)
    assert find(form, id="export")["value"] == "survey.csv"


def test_an_empty_file_arrives_too(form):
    """A file without a letter is a file."""
    give_file(form, "export", name="empty.csv", content=b"")
    assert form.values["export"] == File("empty.csv", b"")


def test_a_file_chosen_anew_starts_anew(form):
    """A file that broke off leaves nothing in the next one."""
    form.handle({"kind": "bytes", "id": "export", "name": "a.csv", "size": 4, "start": 0}, [b"ab"])
    give_file(form, "export", name="b.csv", content=b"wxyz")
    assert form.values["export"].content == b"wxyz"


def test_a_file_with_a_hole_is_refused(form):
    """Where two files are sent at once, what arrives is never put together from both."""
    form.handle({"kind": "bytes", "id": "export", "name": "a.csv", "size": 6, "start": 0}, [b"ab"])
    with pytest.raises(CjmError, match="did not arrive whole"):
        form.handle({"kind": "bytes", "id": "export", "name": "a.csv", "size": 6, "start": 4}, [b"ef"])
    assert "export" not in form.values


def test_a_file_is_named_without_its_folder(form):
    """A name that leads elsewhere is cut to the name alone."""
    give_file(form, "export", name="../../secret/a.csv", content=b"x")
    assert form.values["export"].name == "a.csv"


def test_work_keeps_its_button_disabled(form):
    """While work runs its button says how far it is; a second click starts nothing; at the end its result is shown."""
    click(form, "work")
    running = form.work["work"]
    click(form, "work")
    assert form.work == {"work": running}
    assert find(form, action="work")["progress"]["text"] in ("Working ...", "Reading row 2")
    form.go_on.set()
    wait(form)
    assert find(form, action="work")["progress"] is None
    assert form.said == "Done"


def test_other_buttons_work_meanwhile(form):
    """Work that takes long keeps nobody from another button."""
    click(form, "work")
    click(form, "greet", name="Lena")
    assert "Hello Lena" in read(form)


def test_work_that_fails_says_so(form):
    """An error nobody foresaw ends the work, and is said at its button."""
    click(form, "fail")
    wait(form)
    assert "nobody foresaw (ZeroDivisionError" in find(form, action="fail")["refusal"]


def test_a_page_that_fails_after_work_says_so(form):
    """Where the page cannot be shown once the work is done, that is said: nobody waits for ever."""
    said = []
    click(form, "work")
    form.send, form.page = said.append, lambda: 1 / 0
    form.go_on.set()
    wait(form, until=lambda: any("nobody foresaw" in answer.get("text", "") for answer in said))


def test_cells_are_run_once(form):
    """A wish to run the notebook's cells goes with one answer only."""
    form.run_again = "below"
    assert click(form, "greet", name="Lena")["run"] == "below"
    assert click(form, "greet", name="Lena")["run"] == ""


def test_nothing_typed_is_synced(form):
    """What people type never stands in the state that a notebook would store."""
    click(form, "greet", name="Lena the secret")
    state = {name: value for name, value in form.get_state().items() if not name.startswith("_")}
    assert "secret" not in str(state)


def test_tables_stand_straight_without_styles(form):
    """In a plain page each column says itself where it stands: words left, numbers right."""
    form.page = lambda: [page.table(["Table", "Rows"], [["touchpoints", "1,204"], ["<b>", ""]])]
    html = form.describe()[0]
    assert html.count("text-align:left") == html.count("text-align:right") == 3
    assert '<td style="text-align:right">1,204</td>' in html and "&lt;b&gt;" in html


def test_static_page_says_what_stands_there(form):
    """Where nothing can be clicked the page shows labels and values, safe as HTML, and names the buttons."""
    click(form, "greet", name="<Lena>", wave="autumn")
    bundle = form._repr_mimebundle_()
    assert "<p>Name: &lt;Lena&gt;</p>" in bundle["text/html"]
    assert "Wave: autumn" in bundle["text/plain"]
    assert "In JupyterLab, run this cell to use: Export, Greet, Refuse, Work, Fail." in bundle["text/plain"]
