// A form's tree, such as codes below codes: one item is chosen; it stands beside what is counted and said of each.
// Keys: Up, Down, Home and End go through it, Left to what an item lies below, Enter and Space choose, a letter goes to
// the next item that begins with it.

// Returns what attach() of a form takes: the tree, its element, and how to read which item is chosen.
function makeTree(element, chosen, page) {
  const { id, label, columns, items } = element;
  const before = page.querySelector(`[data-tree="${CSS.escape(id)}"]`)?.scrollTop ?? 0;
  const lines = items.map(({ value, label, level, cells, is_faint }) => {
    const about = { role: "treeitem", "aria-level": level + 1, "aria-selected": String(value === chosen), tabindex: -1, "data-focus": `${id}:${value}` };
    const name = make("span", { class: "cjm-tree-name", style: `padding-left: ${level * 22}px` }, label);
    const rest = cells.map((cell) => make("span", { class: "cjm-tree-cell" }, cell));
    return make("div", { ...about, class: `cjm-tree-item${is_faint ? " cjm-faint" : ""}` }, name, ...rest);
  });
  const head = make("div", { class: "cjm-tree-item cjm-tree-head", "aria-hidden": "true" }, ...columns.map((name) => make("span", {}, name)));
  const list = make("div", { role: "tree", "aria-label": `${label}: ${columns.join(", ")}` }, ...lines);
  const tree = make("div", { class: "cjm-tree", "data-tree": id, "data-value": chosen }, head, list);

  const stop = (at) => lines.forEach((line, place) => (line.tabIndex = place === at ? 0 : -1));
  const go = (at) => {
    if (!lines[at]) return;
    stop(at);
    lines[at].focus();
  };
  const choose = (at) => {
    tree.dataset.value = items[at].value;
    lines.forEach((line, place) => line.setAttribute("aria-selected", place === at));
    go(at);
    tree.dispatchEvent(new Event("change"));
  };
  const findAbove = (at) => items.findLastIndex(({ level }, place) => place < at && level < items[at].level);
  const findLetter = (at, letter) => {
    const ahead = items.map((_, place) => (at + 1 + place) % items.length);
    return ahead.find((place) => items[place].label.toLocaleLowerCase().startsWith(letter.toLocaleLowerCase()));
  };
  const KEYS = {
    ArrowDown: (at) => go(at + 1),
    ArrowUp: (at) => go(at - 1),
    ArrowLeft: (at) => go(findAbove(at)),
    Home: () => go(0),
    End: () => go(items.length - 1),
    Enter: choose,
    " ": choose,
  };
  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = lines.indexOf(document.activeElement);
    if (KEYS[event.key]) KEYS[event.key](at);
    else if (event.key.length === 1) go(findLetter(at, event.key));
    else return;
    event.preventDefault();
  });
  lines.forEach((line, at) => line.addEventListener("click", () => choose(at)));
  stop(Math.max(0, items.findIndex(({ value }) => value === chosen)));
  queueMicrotask(() => tree.scrollTo({ top: before })); // once it stands in the page
  return [tree, element, () => tree.dataset.value];
}
