// What is wrong with the rows: what the page sees at once, what the kernel says after a pause, and the list of both.

const MOST_LISTED = 50;

// element holds the list; jump(row, column) is called when somebody clicks one.
function makeFaults(desk, element, jump) {
  const { rows, columns } = desk;
  let said = []; // by the kernel: { keys, column, text }
  const cells = new Map(); // the same by row's key and column's name

  const tried = new Set(); // the keys of new rows that somebody left, or wanted to save

  const isBegun = (row) => row.cells.some((cell, at) => cell && !desk.isGiven(columns[at]));
  const isLacking = (row, column) =>
    Boolean(row && column?.required) && !["made", "fixed"].includes(column.fill) && !rows.get(row, column.name);
  // Nobody is told off for what is empty in the new row that they are filling in.
  const isSpared = (row, column) =>
    isLacking(row, column) && row === desk.grid.row() && desk.isNew(row.key) && !tried.has(row.key);
  const atOnce = (row, column) => {
    if (column.fill === "made" || (column.required && !isBegun(row)) || isSpared(row, column)) return "";
    return desk.check(column, rows.get(row, column.name));
  };
  const of = (row, column) =>
    isSpared(row, column) ? "" : cells.get(row.key)?.get(column.name) || atOnce(row, column);
  const wants = (row, column) => isLacking(row, column) && desk.isNew(row.key) && !of(row, column);

  function list() {
    const found = [],
      isSeen = new Set();
    for (const row of rows.all())
      for (const column of columns) {
        if (!atOnce(row, column)) continue;
        found.push({ row, column, text: of(row, column) });
        isSeen.add(`${row.key}\n${column.name}`);
      }
    for (const { keys, column, text } of said) {
      if (keys.some((key) => isSeen.has(`${key}\n${column}`))) continue;
      const place = columns.find((one) => one.name === column);
      if (keys.length && keys.every((key) => isSpared(rows.find(key), place))) continue;
      found.push({ row: keys.map(rows.find).find(Boolean), column: place, text });
    }
    return found;
  }
  function draw() {
    const found = list(),
      rest = found.length - MOST_LISTED;
    const place = ({ row, column }) =>
      make(
        "button",
        { type: "button", class: "cjm-link", onclick: () => jump(row, column) },
        `Row ${desk.numberOf(row)}${column ? `, ${column.label}` : ""}`,
      );
    const items = found
      .slice(0, MOST_LISTED)
      .map((one) => make("li", {}, one.row && place(one), one.row ? `: ${one.text}` : one.text));
    const heading =
      found.length === 1
        ? "1 thing to mend before saving"
        : `${found.length.toLocaleString("en")} things to mend before saving`;
    element.replaceChildren(
      ...(found.length
        ? [make("b", {}, heading), make("ul", {}, ...items), rest > 0 ? `and ${rest.toLocaleString("en")} more.` : ""]
        : []),
    );
    return found.length;
  }
  function take(faults) {
    said = faults;
    cells.clear();
    for (const { keys, column, text } of faults)
      for (const row of keys.map(rows.find)) {
        const place = columns.find((one) => one.name === column) || columns[0];
        if (!row || (keys.length > 1 && atOnce(row, place))) continue; // a sentence about many rows says less
        if (!cells.has(row.key)) cells.set(row.key, new Map());
        cells.get(row.key).set(place.name, text);
      }
    return draw();
  }
  // What was said of a cell no longer holds once the cell is changed.
  function forget(steps) {
    for (const step of steps) if (step.do === "set") step.cells.forEach(([key, name]) => cells.get(key)?.delete(name));
  }
  // The chosen row is another one now, or all rows are to be saved: what is empty is said from here on.
  let last = null;
  function leave(row) {
    const left = last;
    last = row;
    if (!left || left === row || tried.has(left.key) || !desk.isNew(left.key) || !isBegun(left)) return false;
    tried.add(left.key);
    draw();
    return true;
  }
  const press = () => rows.all().forEach((row) => tried.add(row.key));
  return { of, wants, take, draw, forget, leave, press };
}
