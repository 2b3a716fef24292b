// What stands in a cell: how it is shown, what is wrong with it at once, and what a pasted text means there.

const YES = ["yes", "y", "true", "1", "x"],
  NO = ["no", "n", "false", "0"];
const DAY = /^\d{4}-\d{2}-\d{2}$/,
  GERMAN_DAY = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;

const splitList = (text) =>
  text
    .split(";")
    .map((item) => item.trim())
    .filter(Boolean);

// What may be chosen in a column: [value, name, note]; a table that refers to itself offers its own rows.
function listOptions(column, rows, columns) {
  if (!column.own) return column.options || [];
  const shown = ["label", "name", "statement"]
    .map((name) => columns.findIndex((one) => one.name === name))
    .find((at) => at > 0);
  return rows
    .all()
    .filter((row) => row.cells[0])
    .map((row) => [row.cells[0], row.cells[shown] || row.cells[0], ""]);
}

// What stands behind the values: options(column) to choose from, show(column, value) with names in place of ids,
// check(column, value), and learn(column, option) for what the kernel found in a long table.
function makeNames(about, rows) {
  const known = new Map();
  const lookUp = (column) => {
    const version = column.own ? rows.version() : 0;
    if (known.get(column.name)?.version !== version) {
      const options = listOptions(column, rows, about.columns);
      const names = new Map([
        ...options.map(([value, label]) => [value, label]),
        ...Object.entries(about.labels[column.name] || {}),
      ]);
      known.set(column.name, { version, options, names });
    }
    return known.get(column.name);
  };
  const nameOf = (column, value) => lookUp(column).names.get(value) || value;
  return {
    options: (column) => lookUp(column).options,
    known: (column) => [...lookUp(column).names], // those whose words are shown whole too
    check: (column, value) => checkCell(column, value, lookUp(column).names),
    learn: (column, [value, label]) => lookUp(column).names.set(value, label),
    // What may be chosen now that another table was saved.
    renew({ columns, labels }) {
      for (const [name, { names }] of known)
        if (labels[name]) labels[name] = { ...Object.fromEntries(names), ...labels[name] }; // what was found stays known
      about.columns.forEach((column) => Object.assign(column, columns.find((one) => one.name === column.name)));
      about.labels = labels;
      known.clear();
    },
    show(column, value) {
      if (!value) return "";
      if (column.fill === "ticks")
        return splitList(value)
          .map((item) => nameOf(column, item))
          .join(", ");
      if (column.fill === "evidence") return splitList(value).join(", ");
      return column.fill === "choice" || column.fill === "asked" ? nameOf(column, value) : value;
    },
  };
}

// The sentence of what is wrong with a cell as far as the page can tell by itself; the kernel checks the rest.
function checkCell(column, value, known) {
  if (value === "") return column.required ? "Fill this in: every row needs it." : "";
  if (column.kind === "number" || column.kind === "integer") return checkNumber(column, value);
  if (column.kind === "date" && !isDay(value))
    return `'${value}' is not readable as a day. Write year-month-day, such as 2026-03-14.`;
  if (column.fill === "choice" && !known.has(value)) return `'${value}' is not among what may be chosen here.`;
  if (column.fill === "ticks" && column.kind === "ids") {
    const unknown = splitList(value).filter((item) => !known.has(item));
    if (unknown.length) return `'${unknown[0]}' is not known. Untick it, or add what it names.`;
  }
  return "";
}

function checkNumber(column, value) {
  const number = Number(value);
  if (Number.isNaN(number))
    return `'${value}' is not readable as a number. Write digits only, such as ${column.example || "2"}.`;
  if (column.kind === "integer" && !Number.isInteger(number))
    return `'${value}' is not a whole number. Write digits only, such as 3.`;
  const isLow = column.low !== null && number < column.low,
    isHigh = column.high !== null && number > column.high;
  if (!isLow && !isHigh) return "";
  return column.high === null
    ? `${value} is below ${column.low}. ${column.help}`
    : `${value} is outside ${column.low} to ${column.high}. ${column.help}`;
}

function isDay(value) {
  return DAY.test(value) && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString().startsWith(value);
}

// What a typed or pasted text means in a column: a name becomes its id, a day is written as days are. What nobody can
// read stays as it is and is marked, so that nothing is lost.
function readText(column, text, options) {
  text = text.trim();
  if (text === "") return "";
  const match = (item) => {
    const plain = item.toLowerCase();
    const found =
      options.find(([value]) => value === item) ||
      options.find(([value, label]) => [value, label].some((one) => one.toLowerCase() === plain));
    return found ? found[0] : item;
  };
  if (column.kind === "yes_no")
    return YES.includes(text.toLowerCase()) ? "yes" : NO.includes(text.toLowerCase()) ? "no" : text;
  if (column.fill === "choice") return match(text);
  if (column.fill === "ticks") return readList(text, options, match);
  if (column.fill === "evidence")
    return text
      .split(/[;,\s]+/)
      .filter(Boolean)
      .join(";");
  if (column.kind === "number" || column.kind === "integer")
    return /^-?\d+,\d+$/.test(text) && !/^-?[1-9]\d{0,2}(,\d{3})+$/.test(text) ? text.replace(",", ".") : text;
  if (column.kind === "date") return readDay(text);
  return text;
}

function readList(text, options, match) {
  const isKnown = (item) => options.some(([value]) => value === match(item)); // a name may hold a comma
  const split = (part, mark) => (isKnown(part.trim()) ? [part] : part.split(mark));
  const items = split(text, /[;|\n]/).flatMap((part) => split(part, ","));
  return [
    ...new Set(
      items
        .map((item) => item.trim())
        .filter(Boolean)
        .map(match),
    ),
  ].join(";");
}

function readDay(text) {
  const day = text.match(GERMAN_DAY);
  return day ? `${day[3]}-${day[2].padStart(2, "0")}-${day[1].padStart(2, "0")}` : text.replace(/ 00:00:00$/, "");
}

// A block as spreadsheets put it on the clipboard: tabs between cells, line breaks between rows, quotes around cells that
// hold either.
function readBlock(text) {
  const lines = [[""]];
  let isQuoted = false,
    isStart = true;
  const body = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let at = 0; at < body.length; at += 1) {
    const letter = body[at],
      line = lines[lines.length - 1];
    if (isQuoted) {
      if (letter !== '"') line[line.length - 1] += letter;
      else if (body[at + 1] === '"') ((line[line.length - 1] += '"'), (at += 1));
      else isQuoted = false;
    } else if (letter === '"' && isStart && /^"(?:[^"]|"")*"(?:\t|\n|$)/.test(body.slice(at))) isQuoted = true;
    else if (letter === "\t") line.push("");
    else if (letter === "\n") lines.push([""]);
    else line[line.length - 1] += letter;
    isStart = !isQuoted && (letter === "\t" || letter === "\n");
  }
  return lines;
}

const quoteCell = (text) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
