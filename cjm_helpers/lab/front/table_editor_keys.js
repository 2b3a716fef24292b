// What keys and the clipboard do in the grid, as in a spreadsheet.

function isTyping(event) {
  const isAltGraph = event.getModifierState && event.getModifierState("AltGraph");
  if ((event.ctrlKey || event.metaKey || event.altKey) && !isAltGraph) return false;
  return event.key.length === 1 || event.key === "Dead" || event.key === "Process";
}

// desk: grid, undo(), redo(), save(), add(), drop(), move(way), clear(), edit(typed).
function listenToKeys(desk) {
  const { grid } = desk;
  let isLeaving = false;

  const go = (down, right, isExtended) => {
    const { r, c } = grid.active();
    grid.moveTo(r + down, c + right, { extends: isExtended });
    return true;
  };
  const tab = (event) => {
    const { r, c } = grid.active(),
      step = event.shiftKey ? -1 : 1,
      most = desk.columns.length - 1,
      last = grid.view().length - 1;
    const isEnd = event.shiftKey ? r === 0 && c === 0 : r >= last && c === most;
    if (isLeaving || isEnd || last < 0) return false;
    if (c + step < 0) grid.moveTo(r - 1, most);
    else if (c + step > most) grid.moveTo(r + 1, 0);
    else grid.moveTo(r, c + step);
    return true;
  };
  const withControl = (event) => {
    const { r, c } = grid.active(),
      last = grid.view().length - 1,
      most = desk.columns.length - 1;
    const keys = {
      a: () => (grid.moveTo(0, 0), grid.moveTo(last, most, { extends: true })),
      Home: () => grid.moveTo(0, 0, { extends: event.shiftKey }),
      End: () => grid.moveTo(last, most, { extends: event.shiftKey }),
      ArrowUp: () => grid.moveTo(0, c, { extends: event.shiftKey }),
      ArrowDown: () => grid.moveTo(last, c, { extends: event.shiftKey }),
      ArrowLeft: () => grid.moveTo(r, 0, { extends: event.shiftKey }),
      ArrowRight: () => grid.moveTo(r, most, { extends: event.shiftKey }),
      Enter: () => desk.add({ isBelow: true }),
      Delete: () => desk.drop(),
    };
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act) act();
    return Boolean(act);
  };
  const plain = (event) => {
    const isExtended = event.shiftKey,
      { r } = grid.active();
    switch (event.key) {
      case "ArrowUp":
        return event.altKey ? (desk.move(-1), true) : go(-1, 0, isExtended);
      case "ArrowDown":
        return event.altKey ? (desk.move(1), true) : go(1, 0, isExtended);
      case "ArrowLeft":
        return go(0, -1, isExtended);
      case "ArrowRight":
        return go(0, 1, isExtended);
      case "PageUp":
        return go(-grid.pageRows(), 0, isExtended);
      case "PageDown":
        return go(grid.pageRows(), 0, isExtended);
      case "Home":
        return (grid.moveTo(r, 0, { extends: isExtended }), true);
      case "End":
        return (grid.moveTo(r, desk.columns.length - 1, { extends: isExtended }), true);
      case "Enter":
      case "F2":
        return (desk.edit(), true);
      case "Delete":
      case "Backspace":
        return (desk.clear(), true);
      case "Tab":
        return tab(event);
      default:
        return false;
    }
  };

  // These hold in the whole editor; a field that is typed in keeps its own undo.
  desk.root.onkeydown = (event) => {
    const key = (event.ctrlKey || event.metaKey) && !event.altKey ? event.key.toLowerCase() : "";
    const isField = /^(INPUT|TEXTAREA)$/.test(event.target.tagName);
    if (desk.panel || !(key === "s" || (["z", "y"].includes(key) && !isField))) return;
    event.preventDefault();
    ({ s: () => desk.save(), y: desk.redo, z: event.shiftKey ? desk.redo : desk.undo })[key]();
  };
  grid.element.addEventListener("keydown", (event) => {
    if (event.target !== grid.element || event.isComposing) return;
    if (event.key === "Escape") return void (isLeaving = true);
    const isControl = (event.ctrlKey || event.metaKey) && !event.altKey;
    if (isControl ? withControl(event) : plain(event)) event.preventDefault();
    else if (isTyping(event) && !desk.edit("")) event.preventDefault(); // else the letter falls into the field that opened
    if (event.key !== "Tab" && event.key !== "Shift") isLeaving = false;
  });
  grid.element.addEventListener("focus", () => (isLeaving = false));

  // Names stand for ids, so that a copy can be read; the id itself where its name, pasted here, would not become it again.
  const spellCell = (column, cell) => {
    const names = (items) => items.map((item) => desk.show(column, item)).join("; ");
    const shown = column.fill === "ticks" ? names(splitList(cell)) : desk.show(column, cell);
    return quoteCell(readText(column, shown, desk.options(column)) === cell ? shown : cell);
  };
  const spell = (rows, from, to) =>
    rows.map((row) =>
      desk.columns
        .slice(from, to + 1)
        .map((column, at) => spellCell(column, row.cells[from + at]))
        .join("\t"),
    );
  desk.copyAll = () => {
    const heading = desk.columns.map((column) => column.label).join("\t");
    return navigator.clipboard.writeText([heading, ...spell(desk.rows.all(), 0, desk.columns.length - 1)].join("\n"));
  };
  const copy = (event) => {
    if (event.target !== grid.element) return;
    const { top, bottom, left, right } = grid.range();
    event.clipboardData.setData("text/plain", spell(grid.view().slice(top, bottom + 1), left, right).join("\n"));
    event.preventDefault();
  };
  grid.element.addEventListener("copy", copy);
  grid.element.addEventListener("cut", (event) => {
    copy(event);
    if (event.target === grid.element) desk.clear();
  });
  grid.element.addEventListener("paste", (event) => {
    if (event.target !== grid.element) return;
    event.preventDefault();
    desk.paste(event.clipboardData.getData("text/plain"));
  });
}

// The steps that put a block where the chosen cell is, with new rows where it is longer than the table. A block whose
// first line names columns goes into those columns. Returns { steps, left_out, rows }.
function pasteBlock(desk, block) {
  const { columns, rows, grid } = desk,
    { range } = grid;
  let { top, left, bottom, right } = range();
  const heading = block[0].map((name) =>
    columns.findIndex((column) => [column.name, column.label.toLowerCase()].includes(name.trim().toLowerCase())),
  );
  const isHeaded = block.length > 1 && block[0].length > 1 && heading.every((at) => at >= 0);
  const lines = isHeaded ? block.slice(1) : block;
  const places = isHeaded ? heading : lines[0].map((_, at) => left + at);
  const isOne = lines.length === 1 && lines[0].length === 1; // one value fills all chosen cells
  const count = isOne ? bottom - top + 1 : lines.length;
  const wide = isOne ? Array.from({ length: right - left + 1 }, (_, at) => left + at) : places;
  const cells = [],
    ids = [],
    added = [];
  let leftOut = 0;
  for (let line = 0; line < count; line += 1) {
    const row = grid.view()[top + line],
      texts = isOne ? wide.map(() => lines[0][0]) : lines[line];
    const fresh = row ? null : desk.blankCells(),
      key = row ? row.key : desk.newKey();
    wide.forEach((c, at) => {
      const column = columns[c],
        text = texts[at];
      if (text === undefined) return;
      if (column?.fill === "made" && desk.isNew(key)) return void (text.trim() && ids.push([key, column.name, text.trim()]));
      if (!column || ["made", "fixed"].includes(column.fill)) return void (leftOut += text.trim() ? 1 : 0);
      const value = readText(column, text, desk.known(column));
      if (fresh) fresh[c] = value;
      else if (row.cells[c] !== value) cells.push([row.key, column.name, value]);
    });
    if (fresh) added.push([rows.all().length + added.length, key, ...fresh]);
  }
  const steps = [];
  if (cells.length) steps.push({ do: "set", cells });
  if (added.length) steps.push({ do: "add", rows: added });
  if (ids.length) steps.push({ do: "set", cells: ids }); // a new row keeps the id it has elsewhere, where that is free
  return { steps, leftOut, count, bottom: top + count - 1, right: isOne ? right : Math.max(...wide) };
}
