// Puts in rows for the next words that nobody has gone through yet, so that only the choice is left to make.

const AT_ONCE = 10;

// Returns button(look) for the tools and the empty table, draw(left) to say how many are left, take(answer) for the
// kernel's rows, and say(waiting, what) for the rows in which nothing is chosen yet; null where a table has no such rows.
function makeQueue(desk) {
  const { about, columns, rows } = desk,
    queue = about.queue;
  if (!queue) return null;
  const words = columns.find((column) => column.name === queue.words),
    choice = columns.findIndex((column) => column.name === queue.choose),
    made = [];
  const ask = () => desk.isOpenToChange() && desk.talk.send("next", { view: desk.view });
  const name = (left) => {
    if (!left) return `None left ${queue.lacks}`;
    const many = left === 1 ? "last one" : left <= AT_ONCE ? `last ${left}` : `next ${AT_ONCE}`;
    return `Add the ${many} ${queue.lacks}${left > AT_ONCE ? ` (${left.toLocaleString("en")} left)` : ""}`;
  };
  return {
    isGiven: (column) => [queue.words, queue.by].includes(column.name),
    wordsOf: (row) => desk.show(words, rows.get(row, queue.words)),
    button(look = "") {
      const button = make("button", { type: "button", class: `cjm-button ${look}`, onclick: ask });
      made.push(button);
      return button;
    },
    draw(left) {
      for (const button of made) {
        button.textContent = name(left);
        button.disabled = !left || Boolean(about.read_only && !about.offer);
      }
    },
    take({ rows: found, labels }) {
      const at = columns.indexOf(words),
        here = new Set(rows.all().map((row) => row.cells[at]));
      const next = found.filter((cells) => !here.has(cells[at])); // a second click may have come too early
      if (!next.length) return;
      for (const option of Object.entries(labels)) desk.learn(words, option);
      if (desk.sort || desk.words.length) desk.showAll();
      const first = rows.all().length;
      desk.perform([{ do: "add", rows: next.map((cells, at) => [first + at, desk.newKey(), ...cells]) }]);
      desk.grid.element.focus({ preventScroll: true });
      desk.grid.moveTo(first + next.length - 1, choice); // so that all of them come in sight
      desk.grid.moveTo(first, choice);
    },
    say(waiting, what) {
      const [many, are] = waiting === 1 ? ["1 row", "is"] : [`${waiting.toLocaleString("en")} rows`, "are"];
      return `${many} without ${queue.missing} ${are} ${what}.`;
    },
  };
}
