// What stands on the page of the coding desk, and how it is filled.

// calls: what buttons and fields do. Returns the element and what fills it.
function makeDeskPage(about, calls) {
  const button = makeKeyButton,
    frame = makeFrame(about, calls),
    { card, progress, state } = frame,
    codes = makeCodes(about, { toggle: calls.toggle, back: calls.back });

  // --- above ---
  const pile = make("select", { onchange: () => (calls.pile(pile.value), calls.back()) });
  const who = make("h3", {}, "Coding desk ", make("span", { class: "cjm-quiet" }, `of ${about.coder} `));
  const title = make(
    "div",
    { class: "cjm-title" },
    who,
    make("button", { type: "button", class: "cjm-link", onclick: calls.notMe }, "Not you?"),
    makeGap(),
    make("label", { class: "cjm-pile" }, make("span", {}, "Read: "), pile),
  );

  // --- beside the codes ---
  const touchpoint = makePlaces(about, calls),
    feelings = makeFeelings(calls.feel),
    note = makeNote(calls),
    hint = make("p", { class: "cjm-hint" });
  const said = make(
    "div",
    { class: "cjm-said-side" },
    card.element,
    hint,
    make("div", { class: "cjm-fields" }, touchpoint.element, feelings.element, note.element),
  );

  // --- below ---
  const previous = button("Previous", "ArrowLeft", () => calls.move("previous")),
    next = button("Next", "ArrowRight", () => calls.move("next")),
    open = button("Next not coded", "n", () => calls.move("open"), { class: "cjm-button is-first" }),
    undo = button("Undo", "u", calls.undo),
    redo = button("Redo", "", calls.redo, { title: "Ctrl+Y" }),
    others = button("Show what others gave", "o", calls.others);
  const tools = make(
    "div",
    { class: "cjm-bar cjm-below", role: "toolbar", "aria-label": "Go on" },
    previous, next, open, makeGap(), frame.beside, others, makeGap(), undo, redo, frame.help,
  );
  frame.box.append(listKeys(nameKeys(codes)));
  const off = make("p", { class: "cjm-off" }, "Click into the desk, then code by keys.");
  const line = make("p", { class: "cjm-on" }, ...spellKeyLine(codes));
  const given = make("div", { class: "cjm-given", "aria-live": "polite" });
  const lower = make("div", { class: "cjm-lower" }, tools, given, off, line);
  const desk = make("div", { class: `cjm-coding${codes.isMany ? " is-many" : ""}` }, said, codes.element, lower);
  const empty = make("p", { class: "cjm-empty" }, about.empty);
  frame.stage.append(...(about.empty ? [empty] : [desk, frame.box]));
  const element = make("div", {}, title, frame.above, frame.panel, frame.stage);

  function spellHint({ own, suggested, is_review: isReview, is_audit: isAudit }) {
    if (own.lock) return own.lock;
    const name = (ids) => ids.map(codes.label).join(", ");
    const keeps = own.codes.length ? "; Enter keeps the rest" : "";
    if (own.gone.length) return `No longer in use: ${name(own.gone)}. Say anew what fits${keeps}.`;
    if (!own.codes.length && (own.emotion || own.note || own.touchpoint_id))
      return "Kept, but it counts only with a code: choose one, or 0 when nothing fits.";
    if (own.is_read || own.codes.length) return "";
    if (suggested.length) {
      const [all, likely] = [suggested, codes.listLikely(suggested)].map((some) => name(some.map((one) => one.code_id)));
      return `The machine suggests: ${all}. ${likely ? `Enter takes over: ${likely}.` : UNLIKELY}`;
    }
    if (isAudit) return "Shown without what the machine suggests, to find out how often it is right.";
    return isReview ? "The machine suggests no code here. Choose one, or 0 when nothing fits." : "";
  }
  function drawOthers(shown) {
    const spell = ({ coder, codes: theirs, emotion }) => {
      const heard = emotion ? `; emotion ${spellFeeling(emotion)}` : "";
      return make("li", {}, make("b", {}, coder), `: ${theirs.map(codes.label).join(", ")}${heard}`);
    };
    if (given.shown === shown) return;
    given.shown = shown;
    given.replaceChildren(...(shown ? [make("h4", {}, "What others gave"), make("ul", {}, ...shown.map(spell))] : []));
    if (shown) given.scrollIntoView({ block: "nearest" });
  }
  let drawn = "";
  return {
    ...frame,
    element,
    codes,
    say: state.say,
    lose: state.lose,
    tell: state.tell,
    flush: note.flush,
    pile: () => pile.value,
    goTo: (name) => ({ touchpoint, note })[name].focus(),
    count({ piles, pile: chosen, progress: far, can_undo: canUndo, can_redo: canRedo }) {
      const isOther = [...pile.options].map((one) => one.value).join() !== piles.map(({ name }) => name).join();
      if (isOther) pile.replaceChildren(...piles.map(({ name }) => make("option", { value: name })));
      piles.forEach(({ label }, at) => (pile.options[at].textContent = label));
      pile.value = chosen;
      progress.show(far.done, far.total, far.text);
      undo.disabled = !canUndo;
      redo.disabled = !canRedo;
    },
    draw(now) {
      if (!now) return;
      if (now.id !== drawn) {
        drawn = now.id;
        frame.showCard(now);
        state.tell(now.text);
      }
      codes.draw(now.own, now.suggested);
      touchpoint.draw(now);
      feelings.draw(now.own);
      note.draw(now);
      others.disabled = !now.own.others || Boolean(now.shown);
      hint.textContent = spellHint(now);
      drawOthers(now.shown);
    },
  };
}

// A field with its key and its name.
function makeField(key, label, field, more = "") {
  const mark = make("kbd", { "aria-hidden": "true" }, key);
  return make("label", { class: `cjm-field ${more}` }, mark, make("span", {}, label), field);
}

// The touchpoints by stage; the first choice leaves it as the verbatim is linked.
function makePlaces(about, calls) {
  const linked = make("option", { value: "" }),
    mixed = make("option", { value: "?", hidden: true }, "Not the same for each code");
  const makeStage = (label) => {
    const own = about.touchpoints.filter(([, , stage]) => stage === label);
    return own.length > 0 && make("optgroup", { label }, ...own.map(([value, name]) => make("option", { value }, name)));
  };
  const select = make(
    "select",
    {
      "aria-keyshortcuts": "t",
      onchange: () => calls.place(select.value),
      onkeydown: (event) => {
        if (!["Enter", "Escape"].includes(event.key)) return;
        event.preventDefault();
        calls.back();
      },
    },
    linked, mixed, ...about.stages.map(makeStage),
  );
  return {
    element: makeField("t", "Touchpoint", select),
    focus: () => select.focus({ preventScroll: true }),
    draw({ own, place, touchpoint_id: as }) {
      linked.textContent = as ? `As linked: ${place}` : place;
      const value = own.touchpoint_id ?? "?";
      if (select.value !== value) select.value = value;
      select.disabled = Boolean(own.lock);
    },
  };
}

function makeFeelings(feel) {
  const buttons = FEELINGS.map((value) => {
    const button = makeChoice({
      label: spellFeeling(value),
      press: () => feel(value, true),
      title: ["very negative", "negative", "neither", "positive", "very positive"][value + 2],
    });
    return [String(value), button];
  });
  const keys = ["-", "+"].map((key) => make("kbd", { "aria-hidden": "true" }, key));
  const name = "Emotion heard, from −2 to 2; keys minus and plus";
  const about = { class: "cjm-feelings", role: "group", "aria-label": name };
  const row = make("div", about, ...buttons.map(([, button]) => button));
  return {
    element: make("div", { class: "cjm-field" }, ...keys, make("span", {}, "Emotion"), row),
    draw: (own) => buttons.forEach(([value, button]) => setPressed(button, own.emotion === value)),
  };
}

// The note is saved as people pause, and when they go back to the keys.
function makeNote(calls) {
  let id = "",
    saved = "",
    waiting = 0;
  const field = make("textarea", {
    rows: "2",
    "aria-keyshortcuts": "m",
    oninput: () => {
      clearTimeout(waiting);
      waiting = setTimeout(flush, NOTE_AFTER);
    },
    onblur: () => flush(),
    onkeydown: (event) => {
      if (event.isComposing || !(event.key === "Escape" || (event.key === "Enter" && !event.shiftKey))) return;
      event.preventDefault();
      calls.back();
    },
  });
  function flush() {
    clearTimeout(waiting);
    const text = field.value.trim();
    if (text === saved) return;
    if (calls.note(id, text)) saved = text;
  }
  return {
    flush,
    element: makeField("m", "Note", field, "is-note"),
    focus: () => field.focus({ preventScroll: true }),
    draw({ id: now, own }) {
      const isTyping = now === id && document.activeElement === field;
      id = now;
      field.placeholder = own.note === null ? "Not the same for each code; what you write stands for all." : "";
      field.readOnly = Boolean(own.lock);
      if (isTyping) return;
      saved = own.note ?? "";
      if (field.value !== saved) field.value = saved;
    },
  };
}

const nameKeys = (codes) => [
  [`1 … ${codes.lastKey ?? "9"}`, "give or take away a code"],
  ["0", "read, nothing fits"],
  ["/", "find a code by its words"],
  ["− +", "emotion worse, better"],
  ["Backspace", "no emotion"],
  ["t", "touchpoint; Enter back to the keys"],
  ["m", "note; Enter back to the keys"],
  ["n", "next one not coded"],
  ["← →", "previous, next"],
  ["Enter", "take over what is suggested, else go on"],
  ["u", "take the last step back (Ctrl+Y does it again)"],
  ["c", "what was said before and after"],
  ["o", "what others gave, once yours is saved; press it twice"],
  ["Space", "scroll long words"],
];

function spellKeyLine(codes) {
  const first = [[`1 … ${codes.lastKey ?? "9"}`, "codes"], ["0", "nothing fits"], ["− +", "emotion"]];
  const keys = [...first, ["n", "next"], ["u", "undo"], ["?", "all keys"]];
  return keys.flatMap(([key, does]) => [...key.split(" ").map((one) => make("kbd", {}, one)), ` ${does} `]);
}
