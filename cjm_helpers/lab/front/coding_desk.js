// The coding desk: one verbatim after the other, each action saved at once, moving on without waiting for it.

const NOTE_AFTER = 700,
  AFTER_FIELD = 300, // milliseconds
  FEELINGS = [-2, -1, 0, 1, 2],
  ONCE_MORE = "Press o once more to see what others gave; your own answer stays as it is then.";

const spellFeeling = (value) => (value > 0 ? `+${value}` : String(value).replace("-", "−"));

// A field that somebody types in stays until they are done, then the desk is asked for anew.
function showDesk({ desk, ...page }) {
  const { root, view, talk, about } = page,
    here = document.activeElement;
  if (!desk || !root.contains(here) || !isField(here)) return openDesk(page);
  const later = () => setTimeout(() => talk.send("hello", { view, ...desk.where() }), AFTER_FIELD);
  desk.count(about);
  here.addEventListener("blur", later, { once: true });
  return desk;
}

// The desk of one coder. about: what the kernel says of the study, with the first verbatim.
function openDesk({ root, view, talk, about }) {
  let { card, near } = about,
    lost = "",
    warned = "", // the verbatim of which it was said what looking at others' codes does
    jump = 0, // the number of the message whose answer leads to another verbatim
    unsaved = new Map(), // what is being saved: the verbatim by the number of its message
    todo = []; // what was pressed while the way there was not known yet
  const back = () => root.focus({ preventScroll: true });
  const page = makeDeskPage(about, {
    back,
    toggle,
    feel,
    place: (touchpoint_id) => give({ touchpoint_id }, "Touchpoint"),
    note: (id, note) => isOpenToChange() && (save(id, { note }, "Note"), true),
    move,
    undo: () => jumpTo("undo"),
    redo: () => jumpTo("redo"),
    others: showOthers,
    pile: (pile) => jumpTo("pile", { pile }),
    notMe: () => talk.send("not me", { view }),
    sendOwn: (place, name) => talk.send("own", { view, place, name }),
  });

  // --- what people do ---
  function isOpenToChange() {
    if (!card) return false;
    if (lost) return void page.lose(lost);
    if (about.read_only) return (about.offer ? page.makeOwn() : page.say(about.read_only, "bad"), false);
    if (card.own.lock) page.say(card.own.lock, "open");
    return !card.own.lock;
  }
  // Changes one thing of the verbatim that is shown: at once in the page, then in the file.
  function give(wanted, what) {
    if (todo.length || jump) return void later(() => give(wanted, what));
    if (isOpenToChange()) save(card.id, wanted, what);
    else page.draw(card);
  }
  function save(id, wanted, what) {
    if (id === card.id) card = { ...card, own: { ...card.own, ...wanted } };
    page.draw(card);
    page.say("Saving …");
    unsaved.set(talk.send("do", { view, id, wanted }), { id, what });
  }
  function toggle(code_id) {
    if (todo.length || jump) return void later(() => toggle(code_id));
    if (!card) return;
    const isGiven = card.own.codes.includes(code_id);
    const others = card.own.codes.filter((own) => own !== code_id && own !== NOTHING_FITS && code_id !== NOTHING_FITS);
    page.codes.show(code_id);
    const done = `${page.codes.label(code_id)} ${isGiven ? "taken away" : "given"}`;
    give({ codes: isGiven ? others : [...others, code_id] }, done);
  }
  function feel(step, isExact = false) {
    if (todo.length || jump) return void later(() => feel(step, isExact));
    if (!card) return;
    const now = card.own.emotion ?? "",
      next = isExact ? String(step) : String(Math.max(-2, Math.min(2, Number(now) + step)));
    const emotion = step === "" || (isExact && next === now) ? "" : next;
    if (emotion !== now) give({ emotion }, emotion === "" ? "No emotion" : `Emotion ${spellFeeling(emotion)}`);
  }
  function accept() {
    if (todo.length || jump) return void later(accept);
    if (!card) return;
    const { codes: own, gone, is_read: isRead } = card.own;
    if (gone.length && own.length && !isRead) return give({ codes: own }, "The rest kept");
    if (isRead || own.length) return move("open");
    if (!card.suggested.length) return page.say("Choose a code first, or 0 when nothing fits.", "open");
    const codes = page.codes.listLikely(card.suggested).map((one) => one.code_id);
    if (!codes.length) return page.say(UNLIKELY, "open");
    give({ codes }, `${codes.map(page.codes.label).join(", ")} taken over`);
  }
  // Looking locks one's own codes for good, so the first press only says so.
  function showOthers() {
    if (todo.length || jump) return void later(showOthers);
    if (!card) return;
    const mayLock = !card.own.lock && !about.read_only && (unsaved.size > 0 || card.own.others > 0);
    if (mayLock && warned !== card.id) {
      warned = card.id;
      page.tell(ONCE_MORE);
      return page.say(ONCE_MORE, "open");
    }
    talk.send("others", { view, id: card.id });
  }
  function move(way) {
    page.flush();
    if (lost) return page.lose(lost); // what stands in the fields would be gone
    if (todo.length || jump || !near) return void later(() => move(way), true);
    const next = near[way];
    if (!next) return page.say(...sayEnd(way));
    card = next;
    near = null;
    page.draw(card);
    talk.send("at", { view, id: card.id });
  }
  function sayEnd(way) {
    if (way !== "open") return [way === "next" ? "This is the last one here." : "This is the first one here."];
    const isRead = card.own.is_read || card.own.codes.length > 0;
    if (!isRead) return ["This is the only one left here."];
    return ["Everything here is read. Choose above what to read next.", "good"];
  }
  function jumpTo(kind, more = {}) {
    page.flush();
    if (todo.length || jump) return void later(() => jumpTo(kind, more));
    if (lost) return page.lose(lost);
    page.say(kind === "pile" ? "" : "Saving …");
    jump = talk.send(kind, { view, ...more });
  }
  const later = (step, needsNear = false) => todo.push({ step, needsNear });
  function catchUp() {
    while (todo.length && !jump && (near || !todo[0].needsNear)) {
      const waiting = todo;
      const { step } = waiting.shift();
      todo = [];
      step();
      todo = [...todo, ...waiting];
    }
  }

  // --- what comes from the kernel ---
  const answers = {
    at(answer) {
      if (answer.seq === jump) {
        jump = 0;
        card = answer.card;
      } else if (answer.card?.id !== card?.id) return; // people have moved on
      else if (![...unsaved.values()].some((one) => one.id === card?.id)) card = answer.card;
      near = answer.near;
      page.count(answer);
      page.draw(card);
      if (answer.said) page.say(answer.said, "good");
      catchUp();
    },
    saved(answer) {
      const { what } = unsaved.get(answer.seq) ?? {};
      unsaved.delete(answer.seq);
      const isWaited = [...unsaved.values()].some((one) => one.id === answer.id);
      if (answer.id === card?.id && !isWaited) card = { ...card, own: answer.own };
      page.count(answer);
      page.draw(card);
      const more = [answer.said, warned && ONCE_MORE].filter(Boolean).join(" ");
      if (!unsaved.size) page.say(more || "Saved.", more ? "open" : "good");
      page.tell(`${what ?? ""}. Saved. ${more}`);
    },
    others({ id, others, own }) {
      if (id !== card?.id) return;
      card = { ...card, own, shown: others };
      page.say("");
      page.draw(card);
    },
    refused({ text, seq }) {
      const failed = unsaved.get(seq);
      unsaved.delete(seq);
      if (page.refuse(text)) return;
      page.say(failed ? `Not saved: ${text}` : text, failed ? "bad" : "open");
      if (seq === jump) jump = 0;
      if (failed?.id === card?.id) refresh();
      catchUp();
    },
    own: page.showOwn,
  };
  function refresh() {
    near = null;
    if (card) talk.send("at", { view, id: card.id });
  }

  listenToLetters(root, (key) => {
    if (key !== "o") warned = "";
    if (page.isPanelOpen()) return key === "Escape" ? page.closePanel : null;
    const keys = {
      ArrowLeft: () => move("previous"),
      ArrowRight: () => move("next"),
      n: () => move("open"),
      u: () => jumpTo("undo"),
      "Control+z": () => jumpTo("undo"),
      "Control+y": () => jumpTo("redo"),
      "Control+Shift+z": () => jumpTo("redo"),
      0: () => toggle(NOTHING_FITS),
      "+": () => feel(1),
      "=": () => feel(1), // the same key without Shift on many keyboards
      "-": () => feel(-1),
      "−": () => feel(-1),
      Backspace: () => feel(""),
      Enter: accept,
      t: () => page.goTo("touchpoint"),
      m: () => page.goTo("note"),
      o: showOthers,
      "/": page.codes.find.open,
      ...page.keys,
    };
    const code_id = page.codes.ofKey(key);
    return keys[key] ?? (code_id && (() => toggle(code_id)));
  });

  const isHere = root.contains(document.activeElement);
  root.tabIndex = -1; // back() goes there
  root.replaceChildren(page.element);
  if (isHere) back();
  page.count(about);
  page.draw(card);
  if (about.said) page.say(about.said, "open");
  return {
    refresh,
    count: page.count,
    where: () => ({ pile: page.pile(), id: card?.id ?? "" }),
    hear: (answer) => answers[answer.kind]?.(answer),
    lose(sentence) {
      const open = [...unsaved.values()].map(({ id, what }) => `${id}: ${what}`);
      lost = `${sentence}${open.length ? ` What is not saved: ${open.join("; ")}.` : ""}`;
      todo = [];
      page.lose(lost);
    },
    regain() {
      lost = "";
      page.say("Saved.", "good");
      refresh();
    },
  };
}

const render = (page) => runDesk(page, { look: "cjm-reading", askWho: whoPanel, open: showDesk });
export default { render };
