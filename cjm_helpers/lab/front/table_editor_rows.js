// The rows as they stand while they are edited, what was done to them, and which of them are shown in which order.

const MOST_STEPS_BACK = 500;

// about: the desk's answer with columns and rows. told(steps) is called with every change, undone and redone ones too.
function makeRows(about, told) {
  const place = new Map(about.columns.map((column, index) => [column.name, index]));
  let rows = about.rows.map(([key, ...cells]) => ({ key, cells }));
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const done = [],
    undone = [];
  let version = 0; // grows with every change

  // Each step returns the steps that take it back.
  const steps = {
    set({ cells }) {
      const before = cells.map(([key, name]) => [key, name, byKey.get(key).cells[place.get(name)]]);
      for (const [key, name, value] of cells) byKey.get(key).cells[place.get(name)] = value;
      return { do: "set", cells: before.reverse() };
    },
    add({ rows: added }) {
      for (const [at, key, ...cells] of added) {
        const row = { key, cells };
        byKey.set(key, row);
        rows.splice(at, 0, row);
      }
      return { do: "drop", keys: added.map(([, key]) => key) };
    },
    drop({ keys }) {
      const gone = new Set(keys),
        dropped = [];
      rows.forEach((row, at) => gone.has(row.key) && dropped.push([at, row.key, ...row.cells]));
      rows = rows.filter((row) => !gone.has(row.key));
      keys.forEach((key) => byKey.delete(key));
      return { do: "add", rows: dropped };
    },
    move({ key, to }) {
      const at = rows.findIndex((row) => row.key === key);
      rows.splice(to, 0, ...rows.splice(at, 1));
      return { do: "move", key, to: at };
    },
  };

  const carryOut = (list) => {
    const back = list.map((step) => steps[step.do](step)).reverse();
    version += 1;
    told(list);
    return back;
  };
  const change = (list) => {
    if (!list.length) return;
    done.push({ forth: list, back: carryOut(list) });
    if (done.length > MOST_STEPS_BACK) done.shift();
    undone.length = 0;
  };
  const undo = () => {
    const last = done.pop();
    if (!last) return null;
    carryOut(last.back);
    undone.push(last);
    return last.back;
  };
  const redo = () => {
    const next = undone.pop();
    if (!next) return null;
    carryOut(next.forth);
    done.push(next);
    return next.forth;
  };

  return {
    change,
    undo,
    redo,
    canUndo: () => done.length > 0,
    canRedo: () => undone.length > 0,
    all: () => rows,
    find: (key) => byKey.get(key),
    indexOf: (row) => rows.indexOf(row),
    get: (row, name) => row.cells[place.get(name)],
    // An id that the kernel made; it is no step of its own.
    name(key, id) {
      if (byKey.has(key)) byKey.get(key).cells[0] = id;
      version += 1;
    },
    version: () => version,
  };
}

// The rows that hold all words looked for, sorted if asked; what is empty stands last either way.
function arrangeRows(rows, columns, { words, sort, show }) {
  let shown = rows.all();
  if (words.length) {
    const holds = (row) => {
      const text = columns
        .map((column, at) => `${row.cells[at]}\n${show(column, row.cells[at])}`)
        .join("\n")
        .toLowerCase();
      return words.every((word) => text.includes(word));
    };
    shown = shown.filter(holds);
  }
  if (!sort) return shown;
  const at = columns.findIndex((column) => column.name === sort.name),
    column = columns[at];
  const isNumber = column.kind === "number" || column.kind === "integer";
  const order = new Map((column.options || []).map(([value], index) => [value, index]));
  const compare = (a, b) => {
    if (isNumber) return a - b;
    if (column.fill === "choice" && order.has(a) && order.has(b)) return order.get(a) - order.get(b);
    return show(column, a).localeCompare(show(column, b), undefined, { numeric: true });
  };
  const worth = shown.map((row) => [row, row.cells[at]]);
  worth.sort(([, a], [, b]) => (a === "") - (b === "") || (a !== "" && sort.way * compare(a, b)) || 0);
  return worth.map(([row]) => row);
}

// The steps that move rows one place up (-1) or down (1), and write position where the table has it: a row that passes
// another one of its stage takes its place, and a stage whose places do not tell is numbered anew.
function moveRows(rows, columns, moved, way) {
  const all = rows.all(),
    inBlock = new Set(moved);
  const first = all.indexOf(moved[0]),
    last = all.indexOf(moved[moved.length - 1]);
  const passed = all[way < 0 ? first - 1 : last + 1];
  if (!passed || inBlock.has(passed)) return [];
  const steps = [{ do: "move", key: passed.key, to: way < 0 ? last : first }];
  const names = columns.map((column) => column.name);
  if (!names.includes("position")) return steps;
  const stage = (row) => rows.get(row, "stage"),
    position = (row) => rows.get(row, "position");
  const here = moved.filter((row) => stage(row) === stage(passed));
  if (!here.length) return steps;
  const after = all.filter((row) => row !== passed);
  after.splice(way < 0 ? last : first, 0, passed);
  const mates = after.filter((row) => stage(row) === stage(passed));
  const places = mates.map(position);
  const isSet =
    places.every((text) => text !== "" && !Number.isNaN(Number(text))) && new Set(places).size === places.length;
  const involved = isSet ? mates.filter((row) => row === passed || here.includes(row)) : mates;
  const wanted = isSet
    ? involved.map(position).sort((a, b) => a - b)
    : mates.map((row, index) => String(10 * (index + 1)));
  const cells = involved.map((row, index) => [row.key, "position", wanted[index]]);
  return [...steps, { do: "set", cells: cells.filter(([key, , value]) => position(rows.find(key)) !== value) }];
}

// A place within its stage for a row that has none, in line with where the row stands; "" where no row has one.
function placeWithinStage(rows, row, stage) {
  const all = rows.all(),
    at = all.indexOf(row);
  const number = (other) => (rows.get(other, "position") === "" ? NaN : Number(rows.get(other, "position")));
  const mates = all.filter((other) => other !== row && rows.get(other, "stage") === stage);
  const placed = mates.filter((other) => !Number.isNaN(number(other)));
  if (!placed.length) return mates.length ? "" : "10";
  const before = placed.filter((other) => all.indexOf(other) < at).pop();
  const after = placed.find((other) => all.indexOf(other) > at);
  if (before && after && number(before) < number(after)) return String((number(before) + number(after)) / 2);
  if (!before && after) return String(Math.min(...placed.map(number)) / 2);
  return String(Math.max(...placed.map(number)) + 10);
}
