// The codes as buttons under their themes, what each means, and a field that finds one by its words.

const NOTHING_FITS = "none",
  MANY = 24, // codes from which the buttons are set closer
  LIKELY = 50, // percent from which Enter takes a suggestion over
  UNLIKELY = "None of these is likely enough to take over at once: press the key of what fits, or 0.",
  CODE_KEYS = "123456789abdefghijklpqrsvwxyz"; // without the keys that do something else: n u t m o c

// about: the desk's groups; toggle(code_id), back() = to the keys. Returns { element, draw(own, suggested), ... }.
function makeCodes(about, { toggle, back }) {
  const codes = about.groups.flatMap((group) => group.codes),
    themes = about.groups.flatMap((group) => (group.theme ? [group.theme] : [])),
    known = new Map([...codes, ...themes].map((code) => [code.code_id, code])),
    keys = new Map(codes.slice(0, CODE_KEYS.length).map((code, at) => [code.code_id, CODE_KEYS[at]])),
    buttons = new Map();
  known.set(NOTHING_FITS, {
    code_id: NOTHING_FITS,
    label: "Read, nothing fits",
    definition: "You have read it, and no code fits.",
    include: "",
    exclude: "A code that is missing: note what it would be (m)",
    example: "",
  });
  keys.set(NOTHING_FITS, "0");
  const explain = makeExplain();
  const makeButton = (code, more = {}) => {
    const button = makeChoice({
      label: code.label,
      key: keys.get(code.code_id),
      "aria-description": spellMeaning(code),
      press: (event) => {
        toggle(code.code_id);
        if (event.detail) back(); // by mouse: the keys go on where they were
      },
      onpointerenter: () => explain.show(code),
      onfocus: () => explain.show(code),
      ...more,
    });
    button.append(make("small", { class: "cjm-percent", hidden: true }));
    buttons.set(code.code_id, button);
    return button;
  };
  const makeGroup = (group) => {
    const title = group.theme ? makeButton(group.theme, { class: "cjm-choice cjm-theme" }) : "";
    if (title) title.querySelector("span").textContent = group.label;
    const row = make("div", { class: "cjm-codes" }, ...group.codes.map((code) => makeButton(code)));
    return make("div", { class: "cjm-group", role: "group", "aria-label": group.label || "Codes" }, title, row);
  };
  const groups = about.groups.map(makeGroup);
  const nothing = makeButton(known.get(NOTHING_FITS));
  const find = makeFind([...codes, ...themes], keys, { toggle, back, explain });
  const head = make("div", { class: "cjm-bar cjm-codes-head" }, nothing, makeGap(), find.element);
  const body = make("div", { class: "cjm-groups" }, ...groups);
  return {
    element: make("div", { class: "cjm-codes-side" }, head, body, explain.element),
    find,
    isMany: codes.length > MANY,
    label: (code_id) => known.get(code_id)?.label ?? about.retired[code_id] ?? code_id,
    ofKey: (key) => [...keys].find(([, own]) => own === key)?.[0],
    lastKey: keys.get(codes[Math.min(codes.length, CODE_KEYS.length) - 1]?.code_id),
    listLikely: (suggested) => suggested.filter((one) => one.percent >= LIKELY),
    show: (code_id) => known.has(code_id) && explain.show(known.get(code_id)),
    draw(own, suggested) {
      const percents = new Map(suggested.map((one) => [one.code_id, one.percent]));
      for (const [code_id, button] of buttons) {
        setPressed(button, own.codes.includes(code_id));
        button.classList.toggle("is-suggested", percents.has(code_id));
        button.setAttribute("aria-disabled", String(Boolean(own.lock)));
        const percent = button.querySelector(".cjm-percent");
        percent.hidden = !percents.has(code_id);
        percent.textContent = percents.get(code_id) ? `${percents.get(code_id)} %` : "suggested";
      }
    },
  };
}

const listMeaning = ({ definition, include, exclude, example }) => {
  const quoted = example && `“${example}”`;
  const lines = [["", definition], ["Use it for", include], ["Not for", exclude], ["Example", quoted]];
  return lines.filter(([, text]) => text);
};
const spellMeaning = (code) => listMeaning(code).map(([name, text]) => (name ? `${name}: ${text}.` : text)).join(" ");

// What a code means, in a place of its own that keeps its height.
function makeExplain() {
  const element = make("div", { class: "cjm-explain" });
  const hint = "Point at a code, or reach it with Tab, and what it means stands here.";
  element.append(make("span", { class: "cjm-quiet" }, hint));
  return {
    element,
    show(code) {
      const lines = listMeaning(code).map(([name, text]) =>
        make("p", {}, name && make("span", { class: "cjm-quiet" }, `${name}: `), text),
      );
      const none = make("p", {}, "No definition yet.");
      element.replaceChildren(make("b", {}, code.label), ...(lines.length ? lines : [none]));
      element.scrollTop = 0;
    },
  };
}

// A field in which a code is found by any of its words; Enter gives it, Escape goes back to the keys.
function makeFind(codes, keys, { toggle, back, explain }) {
  const words = codes.map((code) => [code.label, code.code_id, code.definition, code.include].join(" ").toLowerCase());
  const id = `cjm-${Math.random().toString(36).slice(2)}`;
  const list = make("div", { class: "cjm-found", role: "listbox", id, hidden: true, "aria-label": "Codes found" });
  let found = [],
    at = 0;
  const field = make("input", {
    type: "text",
    role: "combobox",
    class: "cjm-find",
    placeholder: "Find a code",
    "aria-label": "Find a code by its words",
    "aria-controls": id,
    "aria-expanded": "false",
    "aria-keyshortcuts": "/",
    autocomplete: "off",
    oninput: () => look(),
    onblur: () => close(),
    onkeydown: (event) => press(event),
  });
  const close = () => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const give = (code) => {
    field.value = "";
    close();
    toggle(code.code_id);
    back();
  };
  const draw = () => {
    const lines = found.map((code, place) =>
      make(
        "div",
        {
          role: "option",
          id: `${id}-${place}`,
          class: "cjm-option",
          "aria-selected": String(place === at),
          onpointerdown: (event) => (event.preventDefault(), give(code)),
        },
        keys.get(code.code_id) ? make("kbd", {}, keys.get(code.code_id)) : "",
        make("span", {}, code.label),
      ),
    );
    const none = make("div", { class: "cjm-nothing" }, "No code has these words.");
    list.replaceChildren(...(lines.length ? lines : [none]));
    lines[at]?.scrollIntoView({ block: "nearest" });
    if (found[at]) explain.show(found[at]);
    field.setAttribute("aria-activedescendant", found[at] ? `${id}-${at}` : "");
  };
  const look = () => {
    const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const isFound = (text) => wanted.every((word) => text.includes(word));
    found = codes.filter((_, place) => isFound(words[place]));
    const starts = (code) => !code.label.toLowerCase().startsWith(wanted[0] ?? "");
    found.sort((one, other) => starts(one) - starts(other)); // whose name begins so comes first
    at = 0;
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    draw();
  };
  const press = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) {
      at = (at + step + found.length) % found.length;
      draw();
    } else if (event.key === "Enter" && found[at] && !list.hidden) give(found[at]);
    else if (event.key === "Escape") {
      field.value = "";
      back();
    } else return;
    event.preventDefault();
  };
  return {
    element: make("div", { class: "cjm-finder" }, make("kbd", { "aria-hidden": "true" }, "/"), field, list),
    open() {
      field.focus({ preventScroll: true });
      field.value = "";
      look();
    },
  };
}
