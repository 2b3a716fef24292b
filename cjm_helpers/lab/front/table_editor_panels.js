// What takes the grid's place for a moment: who are you, make it my study, what two people changed.

function whoPanel(about, choose) {
  const field = make("input", { type: "text", "aria-label": "Your name", placeholder: "Your name" });
  const known = Object.entries(about.team).map(([person, team]) =>
    make(
      "button",
      { type: "button", class: "cjm-button", onclick: () => choose({ person }) },
      `${person}${team ? ` (${team})` : ""}`,
    ),
  );
  return make(
    "form",
    { class: "cjm-panel", onsubmit: (event) => (event.preventDefault(), choose({ person: field.value })) },
    make("h4", {}, "Who are you?"),
    make(
      "p",
      {},
      `${about.title}: ${about.purpose}. Each person has a file of their own, so that nobody overwrites another.`,
    ),
    known.length > 0 && make("div", { class: "cjm-bar" }, ...known),
    make(
      "div",
      { class: "cjm-bar" },
      field,
      make("button", { class: `cjm-button${known.length ? "" : " is-first"}` }, "Go on"),
    ),
    make("p", { class: "cjm-refusal", role: "alert" }),
  );
}

// send(place, name) asks for the copy; close() goes back to looking.
function ownPanel(desk, send, close) {
  const offer = desk.about.offer;
  const name = make("input", { type: "text", "aria-label": "Name of your study", value: offer.name });
  const place = make("input", {
    type: "text",
    "aria-label": "Folder, if you want another one",
    placeholder: "named after the study",
  });
  return make(
    "form",
    { class: "cjm-panel", onsubmit: (event) => (event.preventDefault(), send(place.value, name.value)) },
    make("h4", {}, "This example is read-only. Make it your study?"),
    make(
      "p",
      {},
      "You get a copy of everything, with the notebooks, and change whatever you like there. The example stays as it is.",
    ),
    make("label", {}, make("span", {}, "Name of your study"), name),
    make("label", {}, make("span", {}, "Folder"), place),
    make("p", { class: "cjm-quiet" }, `The folder is made in ${offer.root}.`),
    make(
      "div",
      { class: "cjm-bar" },
      make("button", { class: "cjm-button is-first" }, "Make it my study"),
      make("button", { type: "button", class: "cjm-button", onclick: close }, "Only look"),
    ),
    make("p", { class: "cjm-refusal", role: "alert" }),
  );
}

function ownMadePanel(answer, close) {
  const base = location.pathname.replace(/\/(lab|doc|notebooks|tree)(\/.*)?$/, "");
  const link =
    answer.link &&
    make(
      "a",
      {
        class: "cjm-button is-first",
        target: "_blank",
        href: `${base}/lab/tree/${answer.link.split("/").map(encodeURIComponent).join("/")}`,
      },
      "Open its notebook",
    );
  if (link && window.jupyterapp)
    link.addEventListener(
      "click",
      (event) => (
        event.preventDefault(),
        void window.jupyterapp.commands.execute("docmanager:open", { path: answer.link })
      ),
    );
  return make(
    "div",
    { class: "cjm-panel" },
    make("h4", {}, "Your study is made."),
    make("p", {}, `It stands in ${answer.folder}. Go on in its own notebooks.`),
    !link && make("p", {}, `JupyterLab does not show that folder. Open ${answer.notebook} there.`),
    make(
      "div",
      { class: "cjm-bar" },
      link,
      make("button", { type: "button", class: "cjm-button", onclick: close }, "Stay here"),
    ),
  );
}

// Both versions of each cell that two people changed; decide(indices of what is mine) writes the choice.
function conflictPanel(desk, conflicts, decide) {
  const { columns, show } = desk,
    named = nameColumn(columns);
  const nameOf = ({ key }) => {
    const row = desk.rows.all().find((one) => one.cells[0] === key[0]);
    return (
      (key.length === 1 && named && row && show(named, desk.rows.get(row, named.name))) ||
      key.map((part, at) => show(columns[at], part)).join(" / ")
    );
  };
  const choice = conflicts.map(() => "theirs");
  const shown = (conflict, value) => {
    const column = columns.find((one) => one.name === conflict.column);
    return column ? show(column, value) || "(empty)" : value;
  };
  const rows = conflicts.map((conflict, index) => {
    const pick = (which, text) => {
      const radio = make("input", { type: "radio", name: `cjm-${index}`, onchange: () => (choice[index] = which) });
      radio.checked = choice[index] === which;
      return make("td", {}, make("label", { class: "cjm-version" }, radio, make("span", {}, text)));
    };
    const isRow = !conflict.column;
    return make(
      "tr",
      {},
      make("th", { scope: "row" }, nameOf(conflict), make("small", {}, isRow ? "whole row" : conflict.label)),
      make("td", { class: "cjm-quiet" }, isRow ? "" : shown(conflict, conflict.base)),
      pick("mine", isRow ? "Delete it" : shown(conflict, conflict.mine)),
      pick("theirs", isRow ? "Keep it as they changed it" : shown(conflict, conflict.theirs)),
    );
  });
  const all = (which) => () => {
    choice.fill(which);
    table
      .querySelectorAll("tbody tr")
      .forEach((row) => (row.querySelectorAll("input")[which === "mine" ? 0 : 1].checked = true));
  };
  const table = make(
    "table",
    { class: "cjm-conflicts" },
    make(
      "thead",
      {},
      make(
        "tr",
        {},
        ...["Where", "Before", "Yours", "Theirs (in the file now)"].map((text) => make("th", { scope: "col" }, text)),
      ),
    ),
    make("tbody", {}, ...rows),
  );
  return make(
    "div",
    { class: "cjm-panel" },
    make("h4", {}, "Someone else changed the same cells meanwhile"),
    make(
      "p",
      {},
      "Everything else of yours is saved. Choose for each cell which version stays; nothing is lost until you do.",
    ),
    make("div", { class: "cjm-scroll", tabindex: "0", role: "region", "aria-label": "Both versions" }, table),
    make(
      "div",
      { class: "cjm-bar" },
      make(
        "button",
        {
          type: "button",
          class: "cjm-button is-first",
          onclick: () => decide(choice.flatMap((which, index) => (which === "mine" ? [index] : []))),
        },
        "Keep these",
      ),
      make("button", { type: "button", class: "cjm-button", onclick: all("mine") }, "All mine"),
      make("button", { type: "button", class: "cjm-button", onclick: all("theirs") }, "All theirs"),
    ),
  );
}
