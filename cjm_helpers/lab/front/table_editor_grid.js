// Draws the rows that are in sight, and keeps which cells are chosen.

const ROW_HEIGHT = 32,
  WORDS_HEIGHT = 66, // three lines
  WORDS_WIDTH = 400,
  HEAD_HEIGHT = 34,
  NUMBER_WIDTH = 44,
  SPARE_ROWS = 6,
  FIRST_ROW = 2; // a spreadsheet's heading is row 1
const LETTER = 7.5,
  LONGEST_NAME = 24; // pixels, letters
const WIDTHS = {
  made: 96,
  fixed: 90,
  number: 92,
  integer: 92,
  date: 104,
  choice: 136,
  asked: 220,
  ticks: 180,
  evidence: 160,
};
const WIDE = ["text", "statement", "description", "definition", "message", "tagline"],
  NAMES = ["name", "label", "statement", "text"];

function widthOf(column) {
  const names = column.fill === "choice" ? (column.options || []).map(([, label]) => label.length) : [];
  const longest = Math.min(LONGEST_NAME, Math.max(0, ...names));
  const byFill = WIDTHS[column.fill] || (WIDE.includes(column.name) ? 300 : NAMES.includes(column.name) ? 210 : 150);
  return Math.max(byFill, LETTER * longest + 44, LETTER * column.label.length + 34);
}

// The column that names a row; it stays in sight when the table is moved sideways.
function nameColumn(columns) {
  return columns.find((column) => NAMES.includes(column.name) && column.fill === "text");
}

// desk: columns, show(column, value), faultOf(row, column), rows; tells onMove() when another cell is chosen, onOpen()
// when the chosen one is to be edited, onSort(column).
function makeGrid(desk) {
  const { columns } = desk,
    spoken = columns.find((column) => column.name === desk.about.queue?.words),
    rowHeight = spoken ? WORDS_HEIGHT : ROW_HEIGHT,
    widths = columns.map((column) => (column === spoken ? WORDS_WIDTH : widthOf(column))),
    named = spoken || nameColumn(columns);
  const total = NUMBER_WIDTH + widths.reduce((sum, width) => sum + width, 0);
  const sizes = columns.map(
    (column, at) => `flex:${column === spoken || ["text", "asked"].includes(column.fill) ? 1 : 0} 0 ${widths[at]}px`,
  ); // what is left over goes to the texts
  const id = `cjm-${Math.random().toString(36).slice(2)}`;
  const head = make("div", { class: "cjm-head", role: "row", "aria-rowindex": "1", style: `min-width:${total}px` });
  const body = make("div", { class: "cjm-body", role: "rowgroup", style: `min-width:${total}px` });
  const element = make(
    "div",
    {
      class: "cjm-grid",
      role: "grid",
      tabindex: "0",
      "data-lm-suppress-shortcuts": "true",
      "aria-label": `${desk.about.title}, a table to edit`,
      "aria-colcount": columns.length + 1,
      "aria-multiselectable": "true",
    },
    head,
    body,
  );
  let view = [],
    active = { r: 0, c: firstColumn() },
    anchor = { ...active },
    isDragging = false,
    frame = 0;

  function firstColumn() {
    const at = columns.indexOf(named);
    return at >= 0
      ? at
      : Math.max(
          0,
          columns.findIndex((column) => !["made", "fixed"].includes(column.fill)),
        );
  }

  const range = () => ({
    top: Math.min(active.r, anchor.r),
    bottom: Math.max(active.r, anchor.r),
    left: Math.min(active.c, anchor.c),
    right: Math.max(active.c, anchor.c),
  });

  function drawHead() {
    const cells = columns.map((column, at) => {
      const way = desk.sort && desk.sort.name === column.name ? desk.sort.way : 0;
      const button = make(
        "button",
        {
          type: "button",
          tabindex: "-1",
          title: `${column.help}${column.example ? ` Example: ${column.example}` : ""}${column.required && column.fill !== "made" ? " Required in every row." : ""}\nClick to sort what is shown.`,
          onclick: () => desk.onSort(column),
        },
        column.label,
        column.required && column.fill !== "made" && make("span", { class: "cjm-needed", "aria-label": "required" }, "*"),
        way !== 0 && make("span", { "aria-hidden": "true" }, way > 0 ? " ▲" : " ▼"),
      );
      return make(
        "div",
        {
          class: `cjm-th is-${column.fill}${column === named ? " is-name" : ""}`,
          role: "columnheader",
          "data-column": column.name,
          "aria-colindex": at + 2,
          "aria-sort": way ? (way > 0 ? "ascending" : "descending") : "none",
          style: sizes[at],
        },
        button,
      );
    });
    head.replaceChildren(
      make(
        "div",
        { class: "cjm-th is-place", role: "columnheader", "aria-colindex": 1, style: `flex:0 0 ${NUMBER_WIDTH}px` },
        make("span", { class: "cjm-hidden" }, "Row"),
      ),
      ...cells,
    );
  }

  function drawRow(r, chosen) {
    const row = view[r],
      isChosen = r >= chosen.top && r <= chosen.bottom;
    const number = make(
      "div",
      {
        class: `cjm-td is-place${isChosen ? " is-chosen" : ""}`,
        role: "rowheader",
        "aria-colindex": 1,
        "data-r": r,
        style: `flex:0 0 ${NUMBER_WIDTH}px`,
      },
      String(desk.numberOf(row)),
    );
    const cells = columns.map((column, c) => {
      const value = desk.show(column, row.cells[c]),
        fault = desk.faultOf(row, column);
      const isActive = r === active.r && c === active.c,
        isIn = isChosen && c >= chosen.left && c <= chosen.right;
      const marks = [
        `cjm-td is-${column.fill}`,
        column === named && "is-name",
        column === spoken && "is-words",
        isActive && "is-active",
        isIn && "is-chosen",
        fault && "is-wrong",
        desk.wants(row, column) && "is-needed",
      ];
      return make(
        "div",
        {
          class: marks.filter(Boolean).join(" "),
          role: "gridcell",
          id: `${id}-${r}-${c}`,
          "data-r": r,
          "data-c": c,
          "aria-colindex": c + 2,
          "aria-selected": isIn ? "true" : "false",
          "aria-invalid": fault ? "true" : undefined,
          title: fault || (value.length > 12 ? value : undefined),
          style: sizes[c],
        },
        make("span", {}, value),
      );
    });
    return make(
      "div",
      {
        class: `cjm-tr${r % 2 ? " is-odd" : ""}`,
        role: "row",
        "aria-rowindex": r + FIRST_ROW,
        style: `top:${r * rowHeight}px;height:${rowHeight}px`,
      },
      number,
      ...cells,
    );
  }

  function draw() {
    cancelAnimationFrame(frame);
    const first = Math.max(0, Math.floor(element.scrollTop / rowHeight) - SPARE_ROWS);
    const last = Math.min(
      view.length,
      Math.ceil((element.scrollTop + (element.clientHeight || 500)) / rowHeight) + SPARE_ROWS,
    );
    const chosen = range(),
      drawn = [];
    for (let r = first; r < last; r += 1) drawn.push(drawRow(r, chosen));
    body.style.height = `${view.length * rowHeight}px`;
    body.replaceChildren(...drawn);
    element.setAttribute("aria-rowcount", view.length + 1);
    element.setAttribute("aria-activedescendant", view.length ? `${id}-${active.r}-${active.c}` : "");
  }

  function reveal() {
    const top = active.r * rowHeight,
      seen = element.clientHeight - HEAD_HEIGHT;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + seen) element.scrollTop = top + rowHeight - seen;
    const at = columns.indexOf(named),
      fixed = NUMBER_WIDTH + (at >= 0 && at < active.c ? widths[at] : 0);
    const left = NUMBER_WIDTH + widths.slice(0, active.c).reduce((sum, width) => sum + width, 0);
    if (active.c === at) return;
    if (left - fixed < element.scrollLeft) element.scrollLeft = left - fixed;
    else if (left + widths[active.c] > element.scrollLeft + element.clientWidth)
      element.scrollLeft = left + widths[active.c] - element.clientWidth;
  }

  const clamp = (value, most) => Math.max(0, Math.min(value, most));
  function moveTo(r, c, { extends: isExtended = false } = {}) {
    active = { r: clamp(r, view.length - 1), c: clamp(c, columns.length - 1) };
    if (!isExtended) anchor = { ...active };
    reveal();
    draw();
    desk.onMove();
  }

  const cellAt = (event) => event.target.closest && event.target.closest("[data-r]");
  element.addEventListener("mousedown", (event) => {
    const cell = cellAt(event);
    if (!cell || event.button !== 0) return;
    event.preventDefault();
    const hadFocus = element.getRootNode().activeElement === element;
    const r = Number(cell.dataset.r),
      isWhole = cell.dataset.c === undefined,
      c = isWhole ? columns.length - 1 : Number(cell.dataset.c);
    const isSame = hadFocus && r === active.r && c === active.c && !event.shiftKey;
    element.focus({ preventScroll: true });
    if (isWhole && !event.shiftKey) anchor = { r, c: 0 };
    if (isSame && !isWhole) return desk.onOpen();
    isDragging = !isWhole;
    if (isWhole) chooseRows(event.shiftKey ? anchor.r : r, r);
    else moveTo(r, c, { extends: event.shiftKey });
  });
  head.addEventListener("mouseover", (event) => {
    const name = event.target.closest("[data-column]")?.dataset.column;
    if (name) desk.explain(columns.find((column) => column.name === name));
  });
  element.addEventListener("mousemove", (event) => {
    const cell = isDragging && event.buttons & 1 ? cellAt(event) : null;
    if (
      cell &&
      cell.dataset.c !== undefined &&
      (Number(cell.dataset.r) !== active.r || Number(cell.dataset.c) !== active.c)
    )
      moveTo(Number(cell.dataset.r), Number(cell.dataset.c), { extends: true });
  });
  element.addEventListener("mouseup", () => (isDragging = false));
  element.addEventListener("scroll", () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(draw);
  });

  function chooseRows(from, to) {
    anchor = { r: clamp(from, view.length - 1), c: 0 };
    active = { r: clamp(to, view.length - 1), c: columns.length - 1 };
    draw();
    desk.onMove();
  }

  return {
    element,
    draw,
    drawHead,
    moveTo,
    chooseRows,
    range,
    firstColumn,
    active: () => active,
    view: () => view,
    row: () => view[active.r],
    column: () => columns[active.c],
    rectOf: () => body.querySelector(".is-active")?.getBoundingClientRect(),
    pageRows: () => Math.max(1, Math.floor((element.clientHeight - HEAD_HEIGHT) / rowHeight) - 1),
    take(shown) {
      view = shown;
      active = { r: clamp(active.r, view.length - 1), c: active.c };
      anchor = { r: clamp(anchor.r, view.length - 1), c: anchor.c };
      draw();
    },
  };
}
