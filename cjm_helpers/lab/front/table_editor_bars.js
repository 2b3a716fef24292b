// What stands around the grid: title, state and Save, tools, and the line that explains a column.

const DISCARD = "Discard changes";

const makeGap = () => make("span", { class: "cjm-gap" });

// calls: save(), again(), forget(), versions(), notMe(), find(), order(name). Returns the elements, and say, draw and explain to fill them.
function makeBars(desk, calls) {
  const { about, columns, rows } = desk,
    isShut = Boolean(about.read_only && !about.offer);
  const button = (label, title, onclick, more) =>
    make("button", { type: "button", class: "cjm-button", title, onclick, ...more }, label);
  const add = button("Add row", "At the end; Ctrl+Enter adds one below the chosen row", () => desk.add());
  const drop = button("Delete", "Delete the chosen rows (Ctrl+Delete)", () => desk.drop());
  const up = button("↑ Up", "Move the chosen rows up (Alt+Up)", () => desk.move(-1));
  const down = button("↓ Down", "Move the chosen rows down (Alt+Down)", () => desk.move(1));
  const undo = button("↶ Undo", "Ctrl+Z", () => desk.undo()),
    redo = button("↷ Redo", "Ctrl+Y", () => desk.redo());
  const again = button("Show it: run the notebook again", "", calls.again, { hidden: true });
  const copy = button("Copy all rows", "To paste them again later", () => desk.copyAll(), { hidden: true });
  const forget = button(DISCARD, "Go back to what the file holds", () => askFirst());
  const versions = button("Earlier versions", "What this table held before", calls.versions, {
    hidden: Boolean(about.read_only),
  });
  const [label, keys] = about.offer ? ["Make it my study", ""] : ["Save", "Ctrl+S"];
  const save = button(label, keys, calls.save, { class: "cjm-button is-first", hidden: isShut });
  const find = make("input", {
    type: "search",
    class: "cjm-find",
    placeholder: "Search",
    "aria-label": "Search this table",
    oninput: calls.find,
  });
  const orders = columns.map((column) => make("option", { value: column.name }, `By ${column.label.toLowerCase()}`));
  const order = make(
    "select",
    {
      "aria-label": "Order shown",
      title: "What is shown first; the file keeps its order",
      onchange: () => calls.order(order.value),
    },
    make("option", { value: "" }, "File order"),
    ...orders,
  );

  const status = make("span", { class: "cjm-status", role: "status", "aria-live": "polite" });
  const part = about.part && make("span", { class: "cjm-quiet" }, ` of ${about.part} `);
  const other = button("Not you?", "Work in another person's file", calls.notMe, { class: "cjm-link" });
  const title = make(
    "div",
    { class: "cjm-title" },
    make("h3", {}, about.title, part, about.part && other),
    make("p", {}, `One row is one ${about.row}: ${about.purpose}.`),
  );
  const state = make("div", { class: "cjm-bar" }, save, status, again, copy, forget, makeGap(), versions);
  const tools = make(
    "div",
    { class: "cjm-bar cjm-tools", role: "toolbar", "aria-label": "Edit the table" },
    desk.queue?.button(),
    add,
    drop,
    !desk.queue && up, // in which order words are gone through means nothing
    !desk.queue && down,
    undo,
    redo,
    makeGap(),
    find,
    order,
  );
  const note = make("p", { class: "cjm-note" }),
    line = make("div", { class: "cjm-about" });
  const first = button("Add the first row", "", () => desk.add(), { class: "cjm-button is-first is-big" });
  const hint = make(
    "p",
    { class: "cjm-quiet" },
    "Or copy cells in a spreadsheet, click here and paste them with Ctrl+V.",
  );
  const purpose = `Nothing stands here yet. One row will be one ${about.row}; together the rows say ${about.purpose}.`;
  const empty = make(
    "div",
    { class: "cjm-empty", tabindex: "0" },
    make("p", {}, purpose),
    !isShut && (desk.queue?.button("is-first is-big") || first),
    !isShut && hint,
  );
  empty.addEventListener("paste", (event) => {
    event.preventDefault();
    desk.paste(event.clipboardData.getData("text/plain"));
  });

  function askFirst() {
    if (forget.textContent !== DISCARD) return calls.forget();
    forget.textContent = "Really discard them?";
    setTimeout(() => (forget.textContent = DISCARD), ANSWER_WITHIN);
  }
  function say(text, tone = "") {
    status.textContent = text;
    status.className = `cjm-status${tone ? ` is-${tone}` : ""}`;
    again.hidden = tone !== "good";
  }
  // shown: how many rows are in sight; isLost: whether the kernel does not answer.
  function draw({ shown, changed, left, isLost }) {
    desk.queue?.draw(left);
    const isPart = Boolean(desk.sort || desk.words.length),
      all = rows.all().length;
    add.disabled = isShut;
    drop.disabled = isShut || !shown;
    up.disabled = down.disabled = isShut || !shown || isPart;
    undo.disabled = !rows.canUndo();
    redo.disabled = !rows.canRedo();
    forget.hidden = !changed;
    copy.hidden = !isLost;
    note.hidden = !isPart;
    const sorted = columns.find((column) => column.name === desk.sort?.name),
      by = sorted ? `, by ${sorted.label.toLowerCase()}` : "";
    note.textContent = `${shown.toLocaleString("en")} of ${all.toLocaleString("en")} rows shown${by}. The file keeps its order.`;
  }
  function explain(column, fault) {
    const hints = {
      made: "Made for you; it stays the same for good.",
      fixed: "Says whose rows these are.",
      evidence: "Press Enter to search for it.",
    };
    const example = column.example ? `Example: ${column.example}` : "";
    const more = make("span", { class: "cjm-quiet" }, ` ${hints[column.fill] || example}`);
    line.replaceChildren(
      make("b", {}, column.label),
      `: ${column.help}`,
      more,
      fault ? make("span", { class: "cjm-wrong" }, ` ${fault}`) : "",
    );
    const said = desk.wordsOf(desk.grid.row());
    if (said) line.append(make("blockquote", { class: "cjm-words", tabindex: "0" }, said));
  }
  return { title, state, tools, note, line, empty, find, order, say, draw, explain };
}
