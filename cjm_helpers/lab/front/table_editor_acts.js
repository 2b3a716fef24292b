// What people do with the rows; each is one step that can be taken back.

// Gives desk what keys, buttons and fields call: put, edit, add, drop, move, clear, paste, undo, redo.
function addActs(desk) {
  const { about, columns, rows, grid } = desk;
  const isFree = (column) => column.fill !== "made" && column.fill !== "fixed";
  const chosenRows = () => grid.view().slice(grid.range().top, grid.range().bottom + 1);
  const count = (number, word) => (number === 1 ? `1 ${word}` : `${number.toLocaleString("en")} ${word}s`);

  // A change of cells alone leaves the rows shown where they are, whatever they are sorted by.
  function perform(steps) {
    if (!desk.isOpenToChange()) return false;
    rows.change(steps);
    if (steps.every((step) => step.do === "set")) grid.draw();
    else desk.arrange();
    desk.onMove();
    return true;
  }
  function takeBack(steps) {
    if (!steps) return;
    desk.arrange();
    const step = steps.find((one) => one.do !== "drop");
    const key = step && { set: () => step.cells[0][0], add: () => step.rows[0][1], move: () => step.key }[step.do]();
    const at = key === undefined ? -1 : grid.view().indexOf(rows.find(key));
    const c = step && step.do === "set" ? columns.findIndex((one) => one.name === step.cells[0][1]) : grid.active().c;
    if (at >= 0) grid.moveTo(at, c);
    else desk.onMove();
  }

  desk.perform = perform;
  desk.undo = () => takeBack(rows.undo());
  desk.redo = () => takeBack(rows.redo());
  desk.put = (row, column, value) => {
    if (rows.get(row, column.name) === value) return;
    const cells = [[row.key, column.name, value]];
    const isUnplaced =
      column.name === "stage" &&
      value &&
      columns.some((one) => one.name === "position") &&
      rows.get(row, "position") === "";
    const position = isUnplaced && placeWithinStage(rows, row, value);
    if (position) cells.push([row.key, "position", position]);
    perform([{ do: "set", cells }]);
  };
  // Opens what the chosen cell is filled with; says whether a field is there now for the letter that was typed.
  desk.edit = (typed) => {
    const row = grid.row(),
      column = grid.column();
    if (!row || !isFree(column) || !desk.isOpenToChange()) return false;
    grid.moveTo(grid.active().r, grid.active().c);
    if (column.fill === "evidence") return (openEvidence(desk, row, column), true);
    if (["choice", "ticks", "asked"].includes(column.fill)) openList(desk, row, column, typed);
    else openText(desk, row, column, typed);
    return true;
  };
  desk.add = ({ isBelow = false } = {}) => {
    if (!desk.isOpenToChange()) return;
    const isAsInFile = !desk.sort && !desk.words.length;
    const at = isBelow && isAsInFile && grid.row() ? rows.indexOf(grid.row()) + 1 : rows.all().length;
    if (!isAsInFile) desk.showAll();
    perform([{ do: "add", rows: [[at, desk.newKey(), ...desk.blankCells()]] }]);
    grid.element.focus({ preventScroll: true });
    grid.moveTo(at, grid.firstColumn());
  };
  desk.drop = () => {
    const keys = chosenRows().map((row) => row.key),
      { top } = grid.range(),
      { c } = grid.active();
    if (!keys.length || !perform([{ do: "drop", keys }])) return;
    grid.moveTo(top, c);
    desk.mention(`${count(keys.length, "row")} deleted; Undo brings ${keys.length === 1 ? "it" : "them"} back.`);
  };
  desk.move = (way) => {
    if (desk.sort || desk.words.length || !desk.isOpenToChange()) return;
    const { top, bottom } = grid.range(),
      { c } = grid.active(),
      steps = moveRows(rows, columns, chosenRows(), way);
    if (!steps.length) return;
    perform(steps);
    grid.moveTo(top + way, c);
    if (bottom > top) grid.moveTo(bottom + way, c, { extends: true });
  };
  desk.clear = () => {
    const { left, right } = grid.range(),
      wide = columns.slice(left, right + 1).filter(isFree);
    const filled = chosenRows().flatMap((row) =>
      wide.filter((column) => rows.get(row, column.name)).map((column) => [row.key, column.name, ""]),
    );
    if (filled.length) perform([{ do: "set", cells: filled }]);
  };
  desk.paste = (text) => {
    if (!text.trim() || !desk.isOpenToChange()) return;
    const pasted = pasteBlock(desk, readBlock(text)),
      { top, left } = grid.range();
    if (pasted.steps.length) perform(pasted.steps);
    grid.element.focus({ preventScroll: true });
    grid.moveTo(top, left);
    grid.moveTo(pasted.bottom, pasted.right, { extends: true });
    const rest = pasted.leftOut
      ? ` Left out: ${count(pasted.leftOut, "cell")}, as rows that are saved keep their ids and nothing fits right of the last column.`
      : "";
    desk.mention(`${count(pasted.count, "row")} pasted.${rest}`);
  };
}
