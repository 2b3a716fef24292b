// The fields that open over a cell: to type in, to choose one, to tick several.

const LEAST_WIDTH = 280,
  WIDE_LIST = 480,
  LIST_HEIGHT = 300,
  ASK_AFTER = 150; // pixels, the last milliseconds

// Opens content over a cell; returns close(). finish(how) is called once when it loses the focus.
function openOver(desk, content, { width, height, onLeave }) {
  const box = make("div", { class: "cjm-over", popover: "manual" }, content);
  desk.root.append(box);
  if (box.showPopover) box.showPopover(); // above everything, wherever the cell's output is cut off
  const place = () => {
    const cell = desk.grid.rectOf();
    if (!cell) return onLeave();
    const wide = Math.max(cell.width, width),
      isBelow = cell.top + height < window.innerHeight || cell.top < height;
    box.style.left = `${Math.max(4, Math.min(cell.left, window.innerWidth - wide - 4))}px`;
    box.style.width = `${wide}px`;
    box.style.top = isBelow ? `${cell.top}px` : "auto";
    box.style.bottom = isBelow ? "auto" : `${window.innerHeight - cell.bottom}px`;
  };
  place();
  const onScroll = (event) => box.contains(event.target) || place();
  desk.leave = onLeave;
  window.addEventListener("scroll", onScroll, true);
  box.addEventListener("focusout", (event) => box.contains(event.relatedTarget) || onLeave());
  return () => {
    desk.leave = null;
    window.removeEventListener("scroll", onScroll, true);
    box.remove();
  };
}

// Types into a cell. typed = "" starts anew with the letter that was struck; undefined keeps what stands there.
function openText(desk, row, column, typed) {
  const value = rowValue(desk, row, column);
  const field = make("textarea", {
    class: "cjm-type",
    rows: 1,
    "aria-label": `${column.label}, row ${desk.numberOf(row)}`,
    placeholder: column.example ? `such as ${column.example}` : "",
    spellcheck: column.fill === "text" ? "true" : "false",
  });
  field.value = typed === undefined ? value : typed;
  let isOpen = true;
  const finish = (keeps) => {
    if (!isOpen) return;
    isOpen = false;
    const text = field.value;
    close();
    if (keeps) desk.put(row, column, readText(column, text, desk.options(column)));
  };
  const close = openOver(desk, field, {
    width: column.fill === "text" ? LEAST_WIDTH : 0,
    height: ROW_HEIGHT,
    onLeave: () => finish(true),
  });
  const grow = () => {
    field.style.height = "auto";
    field.style.height = `${Math.max(ROW_HEIGHT, Math.min(field.scrollHeight + 2, LIST_HEIGHT))}px`;
    desk.explain(column, desk.check(column, readText(column, field.value, desk.options(column))));
  };
  field.addEventListener("input", grow);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const isBreak = event.key === "Enter" && (event.shiftKey || event.altKey);
    if (isBreak && event.altKey) (event.preventDefault(), document.execCommand("insertText", false, "\n"));
    if (isBreak) return;
    if (!leaveBy(desk, event, finish)) return;
    event.preventDefault();
  });
  field.focus({ preventScroll: true });
  field.setSelectionRange(field.value.length, field.value.length);
  grow();
}

const rowValue = (desk, row, column) => desk.rows.get(row, column.name);

// Enter goes on below, Tab beside, Escape leaves things as they were; Ctrl+S, which saves, is heard by the whole editor.
function leaveBy(desk, event, finish) {
  const isSave = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s";
  if (!["Enter", "Tab", "Escape"].includes(event.key) && !isSave) return false;
  finish(event.key !== "Escape");
  desk.grid.element.focus({ preventScroll: true });
  const { r, c } = desk.grid.active();
  if (event.key === "Enter") desk.grid.moveTo(r + 1, c);
  if (event.key === "Tab") desk.grid.moveTo(r, c + (event.shiftKey ? -1 : 1));
  return true;
}

// Chooses one or ticks several in a list that is searched by typing. Long lists are searched in the kernel.
function openList(desk, row, column, typed) {
  const isMany = column.fill === "ticks",
    isAsked = column.fill === "asked",
    value = rowValue(desk, row, column);
  const ticked = new Set(isMany ? splitList(value) : []),
    mayAdd = isMany && column.kind === "list";
  const listId = `cjm-list-${Math.random().toString(36).slice(2)}`;
  const field = make("input", {
    class: "cjm-find",
    role: "combobox",
    "aria-expanded": "true",
    "aria-controls": listId,
    "aria-label": `${column.label}: type to search`,
    placeholder: mayAdd ? "Search or add" : "Search",
    autocomplete: "off",
  });
  const list = make("div", {
    class: "cjm-options",
    role: "listbox",
    id: listId,
    "aria-label": column.label,
    "aria-multiselectable": isMany ? "true" : undefined,
  });
  const done =
    isMany &&
    make(
      "button",
      {
        type: "button",
        class: "cjm-button",
        onclick: () => (finish(true), desk.grid.element.focus({ preventScroll: true })),
      },
      "Done",
    );
  const about = make(
    "div",
    { class: "cjm-list-foot" },
    make(
      "small",
      {},
      isMany ? "Enter ticks, Tab finishes, Escape leaves it as it was." : "Enter chooses, Escape leaves it as it was.",
    ),
    done,
  );
  let known = isAsked ? [] : desk.options(column),
    shown = [],
    at = -1,
    isOpen = true,
    asking = 0;

  const finish = (keeps) => {
    if (!isOpen) return;
    isOpen = false;
    clearTimeout(asking);
    desk.onOptions = desk.onChoices = null;
    close();
    if (keeps && isMany) desk.put(row, column, [...ticked].join(";"));
  };
  const pick = (option) => {
    if (!option) return;
    if (isMany) {
      const items = splitList(option[0]);
      const isOff = items.length === 1 && ticked.has(items[0]);
      for (const item of items) isOff ? ticked.delete(item) : ticked.add(item);
      if (field.value) ((field.value = ""), arrange());
      else draw();
      return;
    }
    finish(false);
    if (isAsked && option[0]) desk.learn(column, option);
    desk.put(row, column, option[0]);
    desk.grid.element.focus({ preventScroll: true });
  };
  const take = () => shown[at] && !ticked.has(shown[at][0]) && pick(shown[at]); // what is typed as the field is left
  const draw = () => {
    list.replaceChildren(
      ...shown.map((option, index) => {
        const [one, label, note] = option,
          isTicked = isMany ? ticked.has(one) : one === value;
        return make(
          "div",
          {
            class: `cjm-option${index === at ? " is-at" : ""}`,
            role: "option",
            id: `${listId}-${index}`,
            "aria-selected": isTicked ? "true" : "false",
            onmousedown: (event) => event.preventDefault(),
            onclick: () => ((at = index), pick(option)),
          },
          make("span", { class: "cjm-mark", "aria-hidden": "true" }, isTicked ? "✓" : ""),
          make("span", { class: "cjm-option-name" }, label),
          note && make("small", {}, note),
        );
      }),
    );
    if (!shown.length) list.append(make("div", { class: "cjm-nothing", role: "status" }, sayNothing()));
    field.setAttribute("aria-activedescendant", at >= 0 ? `${listId}-${at}` : "");
    list.querySelector(".is-at")?.scrollIntoView({ block: "nearest" });
  };
  const sayNothing = () => {
    if (field.value) return `Nothing found. ${column.source || "Take one of the list: delete what you typed."}`;
    return isAsked ? "Type to search." : `Nothing to choose from yet. ${column.source}`;
  };
  const isUnread = () => Boolean(field.value.trim()) && at < 0; // typed words are never thrown away unsaid
  const arrange = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const holds = (option) => words.every((word) => option.join("\n").toLowerCase().includes(word));
    const first = isMany ? [...ticked].map((one) => known.find(([other]) => other === one) || [one, one, ""]) : [];
    const others = isMany ? known.filter(([one]) => !ticked.has(one)) : known;
    const blank = isMany || column.required || words.length ? [] : [["", "(empty)", ""]];
    shown = [...blank, ...first, ...others].filter(holds);
    const text = field.value.trim();
    const isNew =
      mayAdd &&
      text &&
      !shown.some(([one, label]) => [one, label].some((name) => name.toLowerCase() === text.toLowerCase()));
    const several = isMany && /[;,|]/.test(text) ? splitList(readText(column, text, known)) : [];
    const isTaken = several.length > 0 && (mayAdd || several.every((item) => known.some(([one]) => one === item)));
    if (isTaken) shown = [[several.join(";"), `Add ${several.map((item) => `“${item}”`).join(" and ")}`, ""]];
    else if (isNew && !several.length && !/^[;,|\s]*$/.test(text)) shown.push([text, `Add “${text}”`, ""]);
    at = words.length ? (shown.length ? 0 : -1) : isMany ? -1 : shown.findIndex(([one]) => one === value);
    draw();
  };
  const ask = () => {
    clearTimeout(asking);
    asking = setTimeout(
      () => desk.talk.send("options", { view: desk.view, column: column.name, query: field.value }),
      ASK_AFTER,
    );
  };

  const close = openOver(desk, make("div", { class: "cjm-list" }, field, list, about), {
    width: isAsked ? WIDE_LIST : LEAST_WIDTH,
    height: LIST_HEIGHT + 80,
    onLeave() {
      const text = field.value.trim();
      if (mayAdd && text) take();
      else if (text && isOpen) desk.mention(`“${text}” was not taken: nothing was chosen for it.`);
      finish(true);
    },
  });
  field.addEventListener("input", () => (isAsked ? ask() : arrange()));
  field.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain").trim();
    if (!isMany || !/[\n\t]/.test(text)) return;
    event.preventDefault(); // one line holds no line breaks, and without them two values would be one
    field.value = text.replace(/\s*[\r\n\t]+\s*/g, "; ");
    arrange();
  });
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) ((at = Math.max(0, Math.min(at + step, shown.length - 1))), draw());
    else if (event.key === "Enter" && at >= 0 && !event.ctrlKey) pick(shown[at]);
    else if (["Enter", "Tab"].includes(event.key) && isUnread()) draw();
    else if (event.key === "Tab" && isMany && field.value.trim()) {
      take();
      leaveBy(desk, event, finish);
    } else if (event.key === "Tab" && !isMany && at >= 0 && field.value)
      (pick(shown[at]), desk.grid.moveTo(desk.grid.active().r, desk.grid.active().c + 1));
    else if (!leaveBy(desk, event, finish)) return;
    event.preventDefault();
  });
  desk.onOptions = (options) => {
    known = options;
    arrange();
  };
  desk.onChoices = () => (isAsked ? ask() : ((known = desk.options(column)), arrange()));
  field.value = typed || "";
  field.focus({ preventScroll: true });
  isAsked ? ask() : arrange();
}
