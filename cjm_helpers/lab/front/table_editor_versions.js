// What the worksheet held before each time it was saved over; looking at it changes only the page, until somebody saves.

const spellMoment = (moment) => new Date(moment).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });

// look(version) asks for the rows of one; close() goes back.
function versionsPanel(versions, look, close) {
  const cell = (text) => make("td", {}, text);
  const lines = versions.map((one) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, spellMoment(one.until)),
      cell(one.rows.toLocaleString("en")),
      cell(one.different.toLocaleString("en")),
      make(
        "td",
        {},
        make(
          "button",
          {
            type: "button",
            class: "cjm-button",
            "aria-label": `Look at the rows until ${spellMoment(one.until)}`,
            onclick: () => look(one),
          },
          "Look",
        ),
      ),
    ),
  );
  const heads = ["Stood until", "Rows", "Rows other than now", ""].map((text) =>
    make("th", { scope: "col" }, text),
  );
  const said = versions.length
    ? "Look puts the rows of that day into the table. Nothing is written before you save, and Undo brings yours back."
    : "There is none yet: from the first time this table is saved over, what it held before is kept here.";
  return make(
    "div",
    { class: "cjm-panel" },
    make("h4", {}, "Earlier versions"),
    make("p", {}, said),
    versions.length > 0 &&
      make(
        "div",
        { class: "cjm-scroll", tabindex: "0", role: "region", "aria-label": "Earlier versions" },
        make(
          "table",
          { class: "cjm-conflicts" },
          make("thead", {}, make("tr", {}, ...heads)),
          make("tbody", {}, ...lines),
        ),
      ),
    make("div", { class: "cjm-bar" }, make("button", { type: "button", class: "cjm-button", onclick: close }, "Close")),
    make("p", { class: "cjm-refusal", role: "alert" }),
  );
}
