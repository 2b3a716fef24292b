// A form's page: it shows the elements that Python describes, and sends what was clicked with all that was typed.

const PIECE = 1024 * 1024; // bytes of a file that are sent at a time
const SILENT = "Nothing has answered for 5 seconds. Wait if a cell is running; else run the whole notebook again (menu Run, Run All Cells).";
const RUN_BELOW = "Now open the menu Run and choose Run Selected Cell and All Below.";
const RUN_ALL = "Now open the menu Run and choose Run All Cells.";

function render({ model, el }) {
  const page = make("div", { class: "cjm-page", tabindex: -1 });
  const notice = make("div", { class: "cjm-notice", hidden: true });
  const heard = make("div", { class: "cjm-unseen", "aria-live": "polite" });
  const prefix = `cjm${Math.random().toString(36).slice(2)}-`;
  const readers = new Map(); // id -> how to read its value now
  const typed = new Set(); // ids that were changed since the last click
  let sending = null; // the file that is on its way
  let clicked = ""; // the last action, whose button shows what went wrong
  let acted = ""; // the same, also after it was answered
  let picked = ""; // the action of a drop-down that was changed before the last click was answered
  keepKeys(el);
  el.classList.add("cjm-form");
  el.append(notice, page, heard);

  const warn = (sentence) => {
    notice.textContent = sentence;
    notice.hidden = !sentence;
    heard.textContent = sentence;
  };
  const { send, stop } = talk(model, {
    hear: (answer) => HEAR[answer.kind]?.(answer),
    lose: (sentence) => {
      warn(sentence === NO_ANSWER ? SILENT : sentence);
      page.inert = true;
    },
    find: () => {
      warn("");
      page.inert = false;
    },
  });

  const HEAR = {
    page: (answer) => {
      show(answer.elements, answer.cursor);
      if (answer.go_to) goTo(answer.go_to);
      if (answer.run && !runAgain(answer.run, el)) warn(answer.run === "below" ? RUN_BELOW : RUN_ALL);
    },
    progress: ({ action, text, share }) => {
      const line = page.querySelector(`[data-progress="${CSS.escape(action)}"]`);
      if (line) line.replaceWith(showProgress(action, { text, share }));
    },
    taken: ({ have }) => sending?.(have),
    refused: ({ text }) => {
      wait(false);
      const place = findControl(clicked);
      const line = make("p", { class: "cjm-message cjm-bad" }, text);
      place ? place.closest(".cjm-part").append(line) : page.prepend(line);
      heard.textContent = text;
    },
  };

  function act(action) {
    if (isWaiting()) return;
    clicked = acted = action;
    const values = {};
    for (const [id, read] of readers) values[id] = read();
    typed.clear();
    wait(true);
    send("act", { action, values });
  }

  // What is chosen while an answer is awaited acts after it; a second click on a button does nothing.
  function pick(action) {
    if (isWaiting()) picked = action;
    else act(action);
  }

  function wait(isAwaited) {
    page.setAttribute("aria-busy", isAwaited);
  }

  const isWaiting = () => page.getAttribute("aria-busy") === "true";

  // Draws the page anew; what was typed after the click stays, and so does the place of the cursor, unless Python or
  // something wrong with what was just sent asks for it elsewhere.
  function show(elements, asked) {
    const kept = Object.fromEntries([...typed].filter((id) => readers.has(id)).map((id) => [id, readers.get(id)()]));
    const before = new Set(listSaid().map((line) => line.textContent));
    const heads = listHeads();
    const goOn = holdPlace(el, page);
    readers.clear();
    page.replaceChildren(...elements.map((element) => draw(element, kept)));
    wait(false);
    const said = listSaid().filter((line) => !before.has(line.textContent));
    heard.textContent = said.map((line) => line.textContent).join(" ");
    const told = (clicked && page.querySelector("[aria-invalid=true]")) || (asked && findFocus(page, asked));
    goOn(told);
    if (!told && heads !== listHeads() && !findControl(acted)) showHead();
    else if (clicked) said[0]?.scrollIntoView({ block: "nearest" });
    const next = picked;
    clicked = picked = "";
    if (next) act(next);
  }

  const listSaid = () => [...page.querySelectorAll(".cjm-message, .cjm-error")];

  const findControl = (action) => page.querySelector(`[data-action="${CSS.escape(action)}"]`);

  // What stands over the parts of a page: where this is another and what was clicked is gone, the page is another one.
  const listHeads = () => [...page.querySelectorAll("h3, h4, legend")].map((head) => head.textContent).join("\n");

  // A new page is read from its head, which may be far above the button that was clicked.
  function showHead() {
    const edge = el.closest(".jp-WindowedPanel-outer")?.getBoundingClientRect().top ?? 0;
    if (el.getBoundingClientRect().top < edge) el.scrollIntoView({ block: "start" });
  }

  function draw(element, kept) {
    const { id } = element;
    const value = id in kept ? kept[id] : element.value;
    return DRAW[element.kind](element, { value, kept });
  }

  const DRAW = {
    heading: ({ level, text }) => make(`h${level}`, {}, text),
    text: ({ text }) => make("p", {}, text),
    message: ({ text, tone }) => make("p", { class: `cjm-message cjm-${tone}` }, text),
    sentences: ({ text }) => make("div", { class: "cjm-sentences", tabindex: "0" }, text),
    picture: ({ source, description }) => make("img", { src: source, alt: description, class: "cjm-picture" }),
    row: ({ elements }, { kept }) => make("div", { class: "cjm-row" }, ...elements.map((one) => draw(one, kept))),
    group: ({ label, elements }, { kept }) =>
      make("fieldset", { class: "cjm-group" }, make("legend", {}, label), ...elements.map((one) => draw(one, kept))),
    table: drawTable,
    tree: (element, { value }) => attach(...makeTree(element, value, page)),
    button: drawButton,
    link: drawLink,
    field: drawField,
    select: drawSelect,
    tick: drawTick,
    tick_list: drawTickList,
    file_chooser: drawChooser,
  };

  // What every control has: its name for readers, focus kept by id, and its action as soon as it is changed.
  function attach(control, element, read) {
    const { id, action } = element;
    control.id = prefix + id;
    control.dataset.focus = control.dataset.focus ?? id;
    readers.set(id, read);
    control.addEventListener("input", () => typed.add(id));
    control.dataset.action = action ?? "";
    if (action) control.addEventListener("change", () => pick(action));
    const about = [element.help && `${prefix}${id}-help`, element.error && `${prefix}${id}-error`].filter(Boolean);
    if (about.length) control.setAttribute("aria-describedby", about.join(" "));
    if (element.error) control.setAttribute("aria-invalid", "true");
    return control;
  }

  function notes(element) {
    const { id, help, error } = element;
    return [
      help && make("span", { class: "cjm-help", id: `${prefix}${id}-help` }, help),
      error && make("span", { class: "cjm-error", id: `${prefix}${id}-error` }, error),
      ...outcome(element),
    ];
  }

  // How far an element's work is, and why its action was refused.
  function outcome({ action, progress, refusal }) {
    return [progress && showProgress(action, progress), refusal && make("p", { class: "cjm-message cjm-bad" }, refusal)];
  }

  function labelled(element, control) {
    const label = make("label", { for: control.id }, element.label);
    return make("div", { class: "cjm-part" }, label, control, ...notes(element));
  }

  function drawField(element, { value }) {
    const isLong = element.type === "long";
    const control = isLong
      ? make("textarea", { rows: 3 })
      : make("input", { type: element.type === "date" ? "date" : "text", inputmode: element.type === "number" ? "decimal" : null });
    control.value = value;
    if (!isLong) control.addEventListener("keydown", (event) => event.key === "Enter" && clickNext(control));
    return labelled(element, attach(control, element, () => control.value));
  }

  // Enter in a field clicks the first button of the field's group, else of the page.
  function clickNext(control) {
    const place = control.closest(".cjm-group") ?? page;
    place.querySelector("button.cjm-primary:enabled, button[data-action]:enabled")?.click();
  }

  function drawSelect(element, { value }) {
    const options = element.options.map(([option, label]) => make("option", { value: option }, label));
    const control = make("select", {}, ...options);
    control.value = value;
    return labelled(element, attach(control, element, () => control.value));
  }

  function drawTick(element, { value }) {
    const control = attach(make("input", { type: "checkbox" }), element, () => control.checked);
    control.checked = value;
    return make("div", { class: "cjm-part cjm-tick" }, make("label", {}, control, element.label), ...notes(element));
  }

  function drawTickList(element, { value }) {
    const boxes = element.options.map(([option]) => {
      const box = make("input", { type: "checkbox", value: option, "data-focus": `${element.id}:${option}` });
      box.checked = value.includes(option);
      return box;
    });
    const list = make("fieldset", { class: "cjm-part cjm-ticks" }, make("legend", {}, element.label));
    list.append(...boxes.map((box, at) => make("label", {}, box, element.options[at][1])));
    list.append(...notes(element).filter(Boolean));
    return attach(list, element, () => boxes.filter((box) => box.checked).map((box) => box.value));
  }

  function drawChooser(element) {
    const control = make("input", { type: "file", accept: element.accepts || null, multiple: Boolean(element.takes_several), "data-focus": element.id, "data-action": element.action, class: element.value && "cjm-given" });
    const line = make("span", { class: "cjm-help", role: "status" }, element.value ? `Here: ${element.value}` : "");
    control.id = prefix + element.id;
    control.addEventListener("change", () => sendFiles(element, [...control.files], line));
    const part = labelled(element, control);
    part.insertBefore(line, control.nextSibling);
    return part;
  }

  // Sends the files that were chosen, one after the other, and clicks once all are there.
  async function sendFiles(element, files, line) {
    for (const file of files) await sendFile(element, file, line);
    if (files.length && element.action) act(element.action);
  }

  // Sends a file piece by piece; each is sent when the one before has arrived.
  async function sendFile({ id }, file, line) {
    wait(true);
    let start = 0;
    do {
      const piece = await file.slice(start, start + PIECE).arrayBuffer();
      const arrived = new Promise((resolve) => (sending = resolve));
      send("bytes", { id, name: file.name, size: file.size, start }, [piece]);
      start = await arrived;
      line.textContent = `${file.name}: ${Math.round((100 * start) / (file.size || 1))}% is here`;
    } while (start < file.size);
    line.textContent = `Here: ${file.name}`;
    wait(false);
  }

  function drawButton(element) {
    const { action, label, help, is_primary, is_disabled, progress } = element;
    const about = { type: "button", class: is_primary ? "cjm-primary" : "", "data-action": action, "data-focus": `button:${action}` };
    const button = make("button", { ...about, disabled: is_disabled || Boolean(progress), onclick: () => act(action) }, label);
    return make("div", { class: "cjm-part" }, button, help && make("span", { class: "cjm-help" }, help), ...outcome(element));
  }

  function showProgress(action, { text, share }) {
    const bar = make("progress", { max: 1, value: share, "aria-label": text });
    return make("div", { class: "cjm-progress", "data-progress": action }, bar, make("span", {}, text));
  }

  // A link opens a notebook, text or folder in this JupyterLab, and hands what JupyterLab shows badly to the browser; a
  // file that JupyterLab does not show is named.
  function drawLink({ label, path, inside }) {
    if (!inside) return make("p", {}, `${label}: `, make("code", {}, path));
    const config = JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "{}");
    const isForBrowser = /\.(html|svg|png|pdf|xlsx|pptx|qdc)$/.test(inside);
    const url = inside.split("/").map(encodeURIComponent).join("/");
    const href = `${config.baseUrl ?? "/"}${isForBrowser ? "files" : "lab/tree"}/${url}`;
    const open = (event) => {
      if (!window.jupyterapp || isForBrowser) return;
      event.preventDefault();
      const isToEdit = /\.(csv|toml)$/.test(inside); // as a table JupyterLab would only show it
      const command = isToEdit ? "docmanager:open" : "filebrowser:open-path";
      void jupyterapp.commands.execute(command, { path: inside, factory: isToEdit ? "Editor" : undefined });
    };
    return make("p", {}, make("a", { href, target: "_blank", download: /\.(xlsx|pptx|qdc)$/.test(inside), onclick: open }, label));
  }

  function goTo(text) {
    const notebook = window.jupyterapp?.shell.currentWidget?.content;
    const at = notebook?.widgets?.findIndex((cell) => cell.model.sharedModel.getSource().includes(text)) ?? -1;
    if (at >= 0) void notebook.scrollToItem(at, "start");
  }

  function drawTable({ columns, rows }, { kept }) {
    const cell = (one) => make("td", {}, typeof one === "object" ? draw(one, kept) : String(one));
    const head = make("tr", {}, ...columns.map((name) => make("th", { scope: "col" }, name)));
    const body = rows.map((cells) => make("tr", {}, ...cells.map(cell)));
    return make("div", { class: "cjm-table" }, make("table", {}, make("thead", {}, head), make("tbody", {}, ...body)));
  }

  send("hello");
  return stop;
}

export default { render };
