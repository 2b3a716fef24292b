// What the desks share at which people decide about one verbatim after the other; a side holds what there is to decide.

// A page of such a desk. makeSide(about, calls) returns its own part: { element, draw(item, about), keyOf(key), bars, keys }.
function runDecisions(page, makeSide) {
  const open = (at) => openDesk({ ...at, makeSide });
  return runDesk(page, { look: "cjm-reading", askWho: decidersPanel, open });
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
    const ticked = boxes.map((one) => one.firstChild).filter((box) => box.checked);
    choose({ people: [...ticked.map((box) => box.value), field.value] });
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
    sendOwn = (place, name) => talk.send("own", { view, place, name }),
    frame = makeFrame(about, { back, sendOwn }),
    { card, progress, state } = frame,
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
    if (about.offer) frame.makeOwn();
    else state.say(about.read_only, "bad");
  }
  function move(way) {
    const id = now.item?.near[way];
    if (id) act("at", { id });
    else if (now.item) state.say({ previous: "This is the first one.", next: "This is the last one.", open: side.sayDone(now) }[way]);
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
    undo = button("Undo", "u", () => act("undo"));
  const people = about.deciders && [
    make("span", { class: "cjm-quiet" }, `decided by ${about.deciders.split(";").join(", ")} `),
    button("Somebody else?", "", () => talk.send("not me", { view }), { class: "cjm-link" }),
  ];
  const title = make("div", { class: "cjm-title" }, make("h3", {}, side.title), ...(people || []), makeGap(), ...side.above);
  frame.box.append(listKeys([...side.keys, ...SHARED_KEYS]));
  const tools = make("div", { class: "cjm-bar", role: "toolbar", "aria-label": "Go on" }, previous, next, skip, makeGap(), frame.beside, makeGap(), undo, frame.help);
  const line = make("p", { class: "cjm-on" }, ...side.line.flatMap(([key, does]) => [...key.split(" ").map((one) => make("kbd", {}, one)), ` ${does} `]));
  const off = make("p", { class: "cjm-off" }, "Click into the desk, then decide by keys.");
  const place = make("p", { class: "cjm-place" });
  const desk = make("div", { class: "cjm-deciding" }, make("div", { class: "cjm-said-side" }, place, card.element), side.element);
  const empty = make("p", { class: "cjm-empty" }, side.empty);
  frame.stage.append(empty, desk, tools, off, line, frame.box, side.below);
  page.append(title, frame.above, frame.panel, frame.stage);

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
      frame.showCard({ ...item.card, id: item.id });
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
      if (!frame.refuse(text)) state.say(text, "bad");
    },
    own: frame.showOwn,
    "as before": () => {},
  };
  const refresh = () => (waiting = talk.send("at", { view, id: now.item?.id ?? "" }));

  listenToLetters(page, (key) => {
    if (frame.isPanelOpen()) return key === "Escape" ? frame.closePanel : null;
    const shared = {
      ArrowLeft: () => move("previous"),
      ArrowRight: () => move("next"),
      s: () => move("open"),
      u: () => now.can_undo && act("undo"),
      "Control+z": () => now.can_undo && act("undo"),
      ...frame.keys,
    };
    return side.keyOf(key) ?? shared[key];
  });
  const isHere = root.contains(document.activeElement);
  root.replaceChildren(page);
  if (isHere) back();
  draw();
  return {
    refresh,
    where: () => ({ id: now.item?.id ?? "" }),
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
