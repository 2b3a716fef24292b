// What the desks share at which people decide about one verbatim after the other; a side holds what there is to decide.

// Shows a desk in el. makeSide(about, calls) returns its own part: { element, draw(item, about), keyOf(key), bars, keys }.
function runDesk({ model, el }, makeSide) {
  const root = make("div", { class: "cjm-editor cjm-reading" }),
    view = Math.random().toString(36).slice(2);
  el.append(root);
  keepKeys(root);
  let desk = null,
    isLost = false;
  const sayOnly = (text) => root.replaceChildren(make("p", { class: "cjm-status is-bad", role: "alert" }, text));
  const talking = talk(model, {
    hear(answer) {
      if (answer.kind === "moved") return void (answer.by !== view && desk?.refresh());
      if (answer.view !== undefined && answer.view !== view) return; // for another view of the same cell
      if (answer.kind === "who") {
        desk = null;
        root.replaceChildren(decidersPanel(answer, (people) => talking.send("who", { view, people })));
      } else if (answer.kind === "desk") desk = openDesk({ root, view, talk: talking, about: answer, makeSide });
      else if (desk) desk.hear(answer);
      else if (answer.text) root.querySelector(".cjm-refusal")?.replaceChildren(answer.text) ?? sayOnly(answer.text);
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
  listenToReturn(root, () => desk && !isLost && model.send({ kind: "fresh", view, seq: 0, id: desk.id() }));
  talking.send("hello", { view });
  return talking.stop;
}

// Several people may decide together.
function decidersPanel(about, choose) {
  const field = make("input", { type: "text", id: "cjm-further", placeholder: "names, with ; between them" });
  const boxes = Object.entries(about.team).map(([person, team]) => {
    const box = make("input", { type: "checkbox", value: person });
    box.checked = about.chosen.includes(person);
    return make("label", { class: "cjm-tick" }, box, `${person}${team ? ` (${team})` : ""}`);
  });
  const take = (event) => {
    event.preventDefault();
    choose([...boxes.map((one) => one.firstChild).filter((box) => box.checked).map((box) => box.value), field.value]);
  };
  return make(
    "form",
    { class: "cjm-panel cjm-deciders", onsubmit: take },
    make("h4", {}, "Who decides?"),
    make("p", {}, `${about.title}: ${about.purpose}. Your names stand beside each decision, so that others know whom to ask.`),
    boxes.length > 0 && make("fieldset", {}, make("legend", { class: "cjm-hidden" }, "Who decides"), ...boxes),
    make("div", { class: "cjm-bar" }, make("label", { for: "cjm-further", class: "cjm-version" }, boxes.length ? "And" : "Names"), field, make("button", { class: "cjm-button is-first" }, "Go on")),
    make("p", { class: "cjm-refusal", role: "alert" }),
  );
}

// The desk once it is known who decides. about: what the kernel says, with the first thing to decide.
function openDesk({ root, view, talk, about, makeSide }) {
  const page = make("div", { class: "cjm-desk", tabindex: "-1" }); // its own, as what listened to the last one's keys goes with it
  let now = about,
    waiting = 0, // the number of the message whose answer changes what is shown
    lost = "",
    drawn = "";
  const back = () => page.focus({ preventScroll: true }),
    card = makeCard(),
    progress = makeProgress(),
    state = makeState(),
    button = makeKeyButton;

  // --- what people do ---
  // Asks for something about what is shown; nothing else is done until the answer is here, as it may be about another.
  function act(kind, more = {}) {
    if (waiting) return;
    if (lost) return state.lose(lost);
    state.say(["at", "filter", "trial"].includes(kind) ? "" : "Saving …");
    waiting = talk.send(kind, { view, id: now.item?.id ?? "", ...more });
  }
  function decide(kind, more = {}) {
    if (!now.item) return;
    if (!about.read_only) return act(kind, more);
    state.say("");
    if (about.offer) makeOwn();
    else state.say(about.read_only, "bad");
  }
  function move(way) {
    const id = now.item?.near[way];
    if (id) act("at", { id });
    else if (now.item) state.say({ previous: "This is the first one.", next: "This is the last one.", open: side.sayDone(now) }[way]);
  }
  function makeOwn() {
    openPanel(ownPanel({ about }, (place, name) => talk.send("own", { view, place, name }), closePanel));
  }

  // --- what stands on the page ---
  const done = ({ seq }) => {
    if (seq === waiting) waiting = 0;
    state.say("");
  };
  const calls = { act, decide, done, back, say: state.say, button };
  const side = makeSide(about, calls);
  const previous = button("Previous", "ArrowLeft", () => move("previous")),
    next = button("Next", "ArrowRight", () => move("next")),
    skip = button("Skip", "s", () => move("open")),
    beside = button("Before and after", "c", toggleBeside, { "aria-pressed": "false" }),
    undo = button("Undo", "u", () => act("undo")),
    help = button("Keys", "?", toggleKeys, { "aria-expanded": "false" });
  const gap = () => make("span", { class: "cjm-gap" });
  const people = about.deciders && [
    make("span", { class: "cjm-quiet" }, `decided by ${about.deciders.split(";").join(", ")} `),
    button("Somebody else?", "", () => talk.send("not me", { view }), { class: "cjm-link" }),
  ];
  const title = make("div", { class: "cjm-title" }, make("h3", {}, side.title), ...(people || []), gap(), ...side.above);
  const keys = make("div", { class: "cjm-keys-box", hidden: true }, listKeys([...side.keys, ...SHARED_KEYS]));
  const shut = make(
    "p",
    { class: "cjm-shut", hidden: !about.read_only },
    `${about.read_only} `,
    about.offer && button("Make it my study", "", makeOwn, { class: "cjm-button is-first" }),
  );
  const tools = make("div", { class: "cjm-bar", role: "toolbar", "aria-label": "Go on" }, previous, next, skip, gap(), beside, gap(), undo, help);
  const line = make("p", { class: "cjm-on" }, ...side.line.flatMap(([key, does]) => [...key.split(" ").map((one) => make("kbd", {}, one)), ` ${does} `]));
  const off = make("p", { class: "cjm-off" }, "Click into the desk, then decide by keys.");
  const place = make("p", { class: "cjm-place" });
  const desk = make("div", { class: "cjm-deciding" }, make("div", { class: "cjm-said-side" }, place, card.element), side.element);
  const empty = make("p", { class: "cjm-empty" }, side.empty);
  const panel = make("div", { hidden: true }),
    stage = make("div", {}, shut, empty, desk, tools, off, line, keys, side.below);
  page.append(title, make("div", { class: "cjm-bar cjm-above" }, progress.element, gap(), state.element, state.voice), panel, stage);

  function toggleKeys() {
    keys.hidden = !keys.hidden;
    help.setAttribute("aria-expanded", String(!keys.hidden));
    if (!keys.hidden) keys.scrollIntoView({ block: "nearest" });
  }
  function toggleBeside() {
    if (card.hasBeside()) beside.setAttribute("aria-pressed", String(card.toggleBeside()));
    else state.say("Nothing of the same talk stands before or after it.");
  }
  function openPanel(content) {
    panel.replaceChildren(content);
    panel.hidden = false;
    stage.hidden = true;
    panel.querySelector("input, button, a")?.focus({ preventScroll: true });
  }
  function closePanel() {
    panel.hidden = true;
    stage.hidden = false;
    back();
  }
  function draw() {
    const { item } = now,
      isHere = page.contains(document.activeElement);
    progress.show(now.progress.done, now.progress.total, now.progress.text);
    undo.disabled = !now.can_undo;
    for (const part of [desk, tools]) part.hidden = !item;
    empty.hidden = Boolean(item);
    side.draw(item, now, item?.id !== drawn);
    if (!item) return;
    place.textContent = side.spellPlace(item, now);
    if (item.id !== drawn) {
      card.show({ ...item.card, id: item.id });
      beside.disabled = !card.hasBeside();
      beside.setAttribute("aria-pressed", "false");
      state.tell([now.said, side.spellItem(item), item.card.text].filter(Boolean).join(" "));
      drawn = item.id;
    }
    if (isHere && (!page.contains(document.activeElement) || document.activeElement.disabled)) back();
  }

  // --- what comes from the kernel ---
  const answers = {
    at(answer) {
      if (answer.seq === waiting) waiting = 0;
      now = answer;
      draw();
      const isDone = now.item && now.progress.done === now.progress.total;
      state.say([answer.said, answer.said && isDone && side.sayDone(now)].filter(Boolean).join(" "), "good");
    },
    refused({ text, seq }) {
      if (seq === waiting) waiting = 0;
      const refusal = panel.hidden ? null : panel.querySelector(".cjm-refusal");
      if (refusal) refusal.replaceChildren(text);
      else state.say(text, "bad");
    },
    own: (answer) => openPanel(ownMadePanel(answer, closePanel)),
    "as before": () => {},
  };
  const refresh = () => (waiting = talk.send("at", { view, id: now.item?.id ?? "" }));

  listenToLetters(page, (key) => {
    if (!panel.hidden) return key === "Escape" ? closePanel : null;
    const shared = {
      ArrowLeft: () => move("previous"),
      ArrowRight: () => move("next"),
      s: () => move("open"),
      u: () => now.can_undo && act("undo"),
      "Control+z": () => now.can_undo && act("undo"),
      c: toggleBeside,
      "?": toggleKeys,
      PageDown: () => card.scroll(1),
      PageUp: () => card.scroll(-1),
      " ": () => card.scroll(1),
    };
    return side.keyOf(key) ?? shared[key];
  });
  const isHere = root.contains(document.activeElement);
  root.replaceChildren(page);
  if (isHere) back();
  draw();
  return {
    refresh,
    id: () => now.item?.id ?? "",
    hear: (answer) => (answers[answer.kind] ?? side.answers?.[answer.kind])?.(answer),
    lose(sentence) {
      lost = sentence;
      waiting = 0;
      state.lose(sentence);
    },
    regain() {
      lost = "";
      state.say("");
      refresh();
    },
  };
}

const SHARED_KEYS = [
  ["s", "skip: on to the next one that is open"],
  ["← →", "previous, next"],
  ["u", "take the last step back"],
  ["c", "what was said before and after"],
  ["Space", "scroll long words"],
];
