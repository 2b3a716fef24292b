// The evidence picker: searches quotes, KPIs, statements ... in the kernel; what is ticked goes into the cell.

const SEARCH_AFTER = 120; // milliseconds
const SORTS = [
  ["", "Everything"],
  ["quote", "Quotes"],
  ["KPI", "KPIs"],
  ["statement", "Statements"],
  ["code", "Codes"],
  ["answer", "Answers"],
  ["customer", "Customers"],
];

function openEvidence(desk, row, column) {
  const ticked = new Set(splitList(rowValue(desk, row, column))),
    named = nameColumn(desk.columns);
  const near = desk.columns.some((one) => one.name === "touchpoint_id") ? desk.rows.get(row, "touchpoint_id") : "";
  const field = make("input", {
    class: "cjm-find",
    type: "search",
    "aria-label": "Search the evidence",
    placeholder: "Search words, an id, a touchpoint, a source …",
  });
  const sort = make(
    "select",
    { "aria-label": "Sort of evidence" },
    ...SORTS.map(([value, label]) => make("option", { value }, label)),
  );
  const list = make("div", { class: "cjm-hits", role: "group", "aria-label": "What was found", tabindex: "-1" });
  const count = make("span", { class: "cjm-count", role: "status" }, "Searching …");
  const tally = make("strong", {});
  let waiting = 0;

  const finish = (keeps) => {
    clearTimeout(waiting);
    desk.onEvidence = desk.leave = null;
    desk.closePanel();
    if (keeps) desk.put(row, column, [...ticked].join(";"));
  };
  const countTicked = () => (tally.textContent = ticked.size === 1 ? "1 chosen" : `${ticked.size} chosen`);
  const ask = () =>
    desk.talk.send("evidence", {
      view: desk.view,
      query: field.value,
      sort: sort.value,
      near,
      ticked: [...ticked].join(";"),
    });
  const draw = (hits, total) => {
    const shown = hits.filter((hit) => !hit.is_ticked).length;
    count.textContent =
      total > shown
        ? `${shown} of ${total.toLocaleString("en")} shown; type more words to narrow it down`
        : `${total} found`;
    list.replaceChildren(
      ...hits.map((hit) => {
        const box = make("input", {
          type: "checkbox",
          onchange: () => (box.checked ? ticked.add(hit.id) : ticked.delete(hit.id), countTicked()),
        });
        box.checked = ticked.has(hit.id);
        const text = hit.sort === "quote" && hit.text ? `“${hit.text}”` : hit.text || "(coded elsewhere)";
        return make(
          "label",
          { class: `cjm-hit${hit.is_ticked ? " is-ticked" : ""}` },
          box,
          make(
            "span",
            {},
            make("span", { class: "cjm-hit-text" }, text),
            make("small", {}, make("b", {}, hit.sort), ` ${hit.id}${hit.source ? ` · ${hit.source}` : ""}`),
          ),
        );
      }),
    );
  };
  const askSoon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, SEARCH_AFTER);
  };

  field.addEventListener("input", askSoon);
  sort.addEventListener("change", ask);
  desk.onEvidence = draw;
  desk.leave = () => finish(true);
  const about = named ? desk.show(named, rowValue(desk, row, named)) : "";
  const panel = make(
    "div",
    { class: "cjm-picker" },
    make("h4", {}, column.label, about && make("span", { class: "cjm-quiet" }, `: ${about}`)),
    make("div", { class: "cjm-bar" }, field, sort),
    count,
    list,
    make(
      "div",
      { class: "cjm-bar" },
      make("button", { type: "button", class: "cjm-button is-first", onclick: () => finish(true) }, "Done"),
      make("button", { type: "button", class: "cjm-button", onclick: () => finish(false) }, "Cancel"),
      tally,
    ),
  );
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") finish(false);
    if (event.key === "Enter" && (event.ctrlKey || event.target === field))
      (event.preventDefault(), event.ctrlKey ? finish(true) : ask());
    if (event.key === "ArrowDown" && event.target === field)
      (event.preventDefault(), list.querySelector("input")?.focus());
    const boxes = [...list.querySelectorAll("input")],
      at = boxes.indexOf(event.target),
      step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (at >= 0 && step) (event.preventDefault(), (boxes[at + step] || field).focus());
  });
  countTicked();
  desk.openPanel(panel);
  field.focus({ preventScroll: true });
  ask();
}
