// What every desk's page shares; it is put before the page's own script.

const ANSWER_WITHIN = 5000, HELLO_WITHIN = 3000, LOOK_AFTER = 1000; // milliseconds
const NOT_CONNECTED = "Not connected: run this cell (Shift+Enter) to go on.";
const RUNNING = "The notebook is running its cells. This opens as soon as they are done.";
const NO_ANSWER = "Not saved: nothing has answered for 5 seconds. Wait if a cell is running; else run the whole notebook again (menu Run, Run All Cells).";

// Talks with the desk in the kernel: send(kind, about, buffers) returns the message's number; hear(answer) is called with
// each answer; lose(sentence) when none comes in time, find() when one comes after all.
function talk(model, { hear, lose, find }) {
  const waiting = new Map();
  let number = 0;
  const receive = (answer, buffers) => {
    if (waiting.has(answer.seq)) {
      clearTimeout(waiting.get(answer.seq));
      waiting.delete(answer.seq);
    }
    if (waiting.size === 0) find();
    hear(answer, buffers);
  };
  const send = (kind, about = {}, buffers = []) => {
    number += 1;
    const [limit, sentence] = kind === "hello" ? [HELLO_WITHIN, NOT_CONNECTED] : [ANSWER_WITHIN, NO_ANSWER];
    const sent = number;
    const late = () => {
      const isRunning = kind === "hello" && isBusy();
      lose(isRunning ? RUNNING : sentence);
      if (isRunning) waiting.set(sent, setTimeout(late, limit));
    };
    waiting.set(sent, setTimeout(late, limit));
    try {
      model.send({ ...about, kind, seq: number }, undefined, buffers);
    } catch (error) {
      lose(sentence);
    }
    return number;
  };
  model.on("msg:custom", receive);
  const stop = () => {
    waiting.forEach(clearTimeout);
    model.off("msg:custom", receive);
  };
  return { send, stop, isWaiting: () => waiting.size > 0 };
}

// Shows a desk in el once the kernel's answer brings it (its kind), or the panel in which people say first who they are:
// askWho(answer, send). open({ root, view, talk, about, desk, reopen }) shows the desk in place of the one before and
// returns it: { refresh, where, hear, lose, regain }. reopen(about) does so for an answer that the desk got itself.
function runDesk({ model, el }, { look = "", kind = "desk", askWho, open }) {
  const root = make("div", { class: `cjm-editor ${look}`.trim() }),
    view = Math.random().toString(36).slice(2);
  el.append(root);
  keepKeys(root);
  let desk = null,
    isLost = false;
  const reopen = (about) => (desk = open({ root, view, talk: talking, about, desk, reopen }));
  const sayOnly = (text) => root.replaceChildren(make("p", { class: "cjm-status is-bad", role: "alert" }, text));
  const sayRefusal = (text) => {
    const place = root.querySelector(".cjm-refusal");
    if (place) place.textContent = text;
    else sayOnly(text);
  };
  const talking = talk(model, {
    hear(answer) {
      if (answer.kind === "moved") return void (answer.by !== view && desk?.refresh());
      if (answer.view !== undefined && answer.view !== view) return; // for another view of the same cell
      if (answer.kind === "who") {
        desk = null;
        root.replaceChildren(askWho(answer, (who) => talking.send("who", { view, ...who })));
      } else if (answer.kind === kind) reopen(answer);
      else if (desk) desk.hear(answer);
      else if (answer.text) sayRefusal(answer.text);
    },
    lose(sentence) {
      isLost = true;
      if (desk) desk.lose(sentence);
      else sayOnly(sentence);
    },
    find() {
      if (isLost && desk) desk.regain();
      isLost = false;
    },
  });
  listenToReturn(root, () => desk && !isLost && model.send({ kind: "fresh", view, seq: 0, ...desk.where() }));
  talking.send("hello", { view });
  return talking.stop;
}

// Whether the kernel of the notebook in front runs a cell, so that it answers later.
function isBusy() {
  return window.jupyterapp?.shell.currentWidget?.context?.sessionContext?.session?.kernel?.status === "busy";
}

// Keeps what is typed or pasted here from JupyterLab's shortcuts.
function keepKeys(el) {
  for (const name of ["keydown", "keypress", "keyup", "paste", "copy", "cut"]) {
    el.addEventListener(name, (event) => event.stopPropagation());
  }
}

// Calls ask as somebody comes back to root by pointer or keys, where others may have written meanwhile; nobody waits.
function listenToReturn(root, ask) {
  let asked = Date.now();
  const look = (event) => {
    if (root.contains(event.relatedTarget) || Date.now() - asked < LOOK_AFTER) return;
    asked = Date.now();
    ask();
  };
  for (const name of ["focusin", "pointerenter"]) root.addEventListener(name, look);
}

// Runs the notebook's cells again: "all", or those "below" the one that shows el; says whether JupyterLab lets a page do
// so. JupyterLab goes to the last cell then; people stay where they are.
function runAgain(which = "all", el = null) {
  const app = window.jupyterapp;
  const command = which === "below" ? "notebook:run-all-below" : "notebook:run-all-cells";
  const notebook = app?.shell.currentWidget?.content;
  const own = notebook?.widgets?.findIndex((cell) => cell.node.contains(el)) ?? -1;
  const view = el?.closest(".jp-WindowedPanel-outer");
  const top = view?.scrollTop;
  const cursor = el?.contains(document.activeElement) ? document.activeElement : null;
  const go = (at) => {
    if (own < 0) return;
    notebook.deselectAll();
    notebook.activeCellIndex = at;
    view?.scrollTo({ top });
    if (cursor?.isConnected) cursor.focus({ preventScroll: true });
  };
  go(Math.min(own + 1, (notebook?.widgets?.length ?? 0) - 2)); // JupyterLab takes the last cell alone for nothing below
  if (!app?.commands.isEnabled(command)) return false;
  void app.commands.execute(command);
  for (const moment of [0, 50, 200]) setTimeout(() => go(own), moment); // JupyterLab scrolls in several steps
  return true;
}

// Makes an element: make("button", { class: "cjm-button", onclick }, "Save", child ...).
function make(tag, about = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(about)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}
