// What desks share in which people read one verbatim after the other: its card, progress, choices with keys, state.

const SIZES = [[900, "is-very-long"], [320, "is-long"], [140, ""], [0, "is-short"]]; // by letters: most stand whole

// A verbatim as the kernel describes it (describe_verbatim). Returns { element, show(card), toggleBeside() }.
function makeCard() {
  const place = make("b"),
    about = make("span"),
    asked = make("p", { class: "cjm-asked" }),
    said = make("blockquote", { class: "cjm-said" }),
    [before, after] = ["before", "after"].map((way) => make("p", { class: `cjm-beside is-${way}`, hidden: true }));
  const words = make("div", { class: "cjm-words-box", tabindex: "0", role: "group" }, before, asked, said, after);
  const element = make("article", { class: "cjm-verbatim" }, make("p", { class: "cjm-context" }, place, about), words);
  let card = {},
    isBeside = false;
  const showBeside = () => {
    for (const [line, text] of [[before, card.before], [after, card.after]]) {
      line.textContent = text;
      line.hidden = !isBeside || !text;
    }
    markCut();
  };
  const markCut = () => words.classList.toggle("is-cut", words.scrollHeight - words.scrollTop - words.clientHeight > 4);
  words.addEventListener("scroll", markCut);
  new ResizeObserver(markCut).observe(words);
  const spellScore = () => {
    const question = card.question ? ` (“${card.question}”)` : "";
    return card.score ? [`score ${card.score}${question}`] : [];
  };
  return {
    element,
    words,
    hasBeside: () => Boolean(card.before || card.after),
    show(next) {
      if (next.id !== card.id) isBeside = false;
      card = next;
      place.textContent = card.place;
      about.textContent = ["", ...card.about, ...spellScore()].join(" · ");
      asked.replaceChildren(...(card.asked ? [make("span", {}, "Asked: "), card.asked] : []));
      said.textContent = card.text;
      said.className = `cjm-said ${SIZES.find(([letters]) => card.text.length >= letters)[1]}`;
      words.setAttribute("aria-label", `Verbatim ${card.id}`);
      words.scrollTop = 0;
      showBeside();
    },
    // The paragraphs before and after of the same person's talk; says whether they are shown now.
    toggleBeside() {
      isBeside = !isBeside;
      showBeside();
      return isBeside;
    },
    scroll: (way) => words.scrollBy({ top: way * words.clientHeight * 0.8 }),
  };
}

// A button with the key that does the same.
function makeKeyButton(label, key, onclick, more = {}) {
  return make(
    "button",
    { type: "button", class: "cjm-button", "aria-keyshortcuts": key || null, onclick, ...more },
    key && make("kbd", { "aria-hidden": "true" }, { ArrowLeft: "←", ArrowRight: "→" }[key] ?? key),
    make("span", {}, label),
  );
}

// How far people are: a bar and words. Returns { element, show(done, total, text) }.
function makeProgress() {
  const bar = make("progress", { "aria-label": "Read so far", max: "1", value: "0" }),
    text = make("span", { class: "cjm-count" });
  return {
    element: make("div", { class: "cjm-progress" }, bar, text),
    show(done, total, words) {
      bar.max = total || 1;
      bar.value = done;
      text.textContent = words;
    },
  };
}

const makeGap = () => make("span", { class: "cjm-gap" });

// What stands around the words that people read: how far they are, a panel in front of all else (stage), the keys in
// words (box), the offer to make an example one's own. sendOwn(place, name) asks for that copy; back() goes to the keys.
function makeFrame(about, { back, sendOwn }) {
  const card = makeCard(),
    progress = makeProgress(),
    state = makeState(),
    box = make("div", { class: "cjm-keys-box", hidden: true }),
    panel = make("div", { hidden: true }),
    beside = makeKeyButton("Before and after", "c", toggleBeside, { "aria-pressed": "false" }),
    help = makeKeyButton("Keys", "?", toggleKeys, { "aria-expanded": "false" }),
    offer = about.offer && makeKeyButton("Make it my study", "", makeOwn, { class: "cjm-button is-first" }),
    stage = make("div", {}, make("p", { class: "cjm-shut", hidden: !about.read_only }, `${about.read_only} `, offer)),
    above = make("div", { class: "cjm-bar cjm-above" }, progress.element, makeGap(), state.element, state.voice);

  function toggleKeys() {
    box.hidden = !box.hidden;
    help.setAttribute("aria-expanded", String(!box.hidden));
    if (!box.hidden) box.scrollIntoView({ block: "nearest" });
  }
  function toggleBeside() {
    if (card.hasBeside()) setPressed(beside, card.toggleBeside());
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
  function makeOwn() {
    openPanel(ownPanel({ about }, sendOwn, closePanel));
  }
  return {
    card, progress, state, box, panel, beside, help, stage, above, closePanel, makeOwn,
    isPanelOpen: () => !panel.hidden,
    showOwn: (answer) => openPanel(ownMadePanel(answer, closePanel)),
    showCard(next) {
      card.show(next);
      beside.disabled = !card.hasBeside();
      setPressed(beside, false);
    },
    // Says why something was refused in the panel that is open; tells whether one is.
    refuse(text) {
      const place = panel.hidden ? null : panel.querySelector(".cjm-refusal");
      place?.replaceChildren(text);
      return Boolean(place);
    },
    keys: {
      c: toggleBeside,
      "?": toggleKeys,
      PageDown: () => card.scroll(1),
      PageUp: () => card.scroll(-1),
      " ": () => card.scroll(1),
    },
  };
}

// A button for something that is given or not, with its key on it. Returns the button; setPressed changes it.
function makeChoice({ label, key = "", press, ...about }) {
  return make(
    "button",
    {
      type: "button",
      class: "cjm-choice",
      "aria-pressed": "false",
      "aria-keyshortcuts": key || null,
      onclick: press,
      ...about,
    },
    key && make("kbd", { "aria-hidden": "true" }, key),
    make("span", {}, label),
  );
}

const setPressed = (button, isPressed) => button.setAttribute("aria-pressed", String(Boolean(isPressed)));

// Where people see that what they chose is saved, and a voice that says it. Returns { element, voice, say, lose, tell }.
function makeState() {
  const element = make("span", { class: "cjm-status" }),
    voice = make("span", { class: "cjm-hidden", role: "status", "aria-live": "polite" });
  const say = (text, tone = "") => {
    element.textContent = text;
    element.className = `cjm-status${tone ? ` is-${tone}` : ""}`;
    if (tone === "bad") voice.textContent = text;
  };
  return {
    element,
    voice,
    tell: (text) => (voice.textContent = text),
    say,
    // Says that nothing answers, with a button that runs the notebook again where JupyterLab lets a page do so.
    lose(text) {
      say(text, "bad");
      if (window.jupyterapp) element.append(" ", makeKeyButton("Run All Cells", "", () => runAgain("all", element)));
    },
  };
}

const isField = (target) => /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

// Calls find(key) for each key pressed in root outside of its fields; where it returns a function, that is done.
function listenToLetters(root, find) {
  root.onkeydown = (event) => {
    if (event.isComposing || event.altKey || isField(event.target)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const isPressing = ["Enter", " "].includes(key) && /^(BUTTON|A|SUMMARY)$/.test(event.target.tagName);
    const held = event.ctrlKey || event.metaKey ? `Control+${event.shiftKey ? "Shift+" : ""}` : "";
    const act = !isPressing && find(`${held}${key}`);
    if (!act) return;
    event.preventDefault();
    act();
  };
}

// The keys in words: [["n", "next one not coded"], ...].
function listKeys(keys) {
  const makeKeys = (key) => key.split(" ").map((one) => make("kbd", {}, one));
  const lines = keys.map(([key, does]) => [make("dt", {}, ...makeKeys(key)), make("dd", {}, does)]);
  return make("dl", { class: "cjm-keys" }, ...lines.flat());
}
