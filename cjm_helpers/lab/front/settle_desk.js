// The settle desk: a code on which people differ, who gave it, whether it applies, and why.

const ANSWERS = { yes: "The code applies", no: "It does not" };

function makeSettleSide(about, calls) {
  let item = null,
    draft = { applies: "", reason: "" };
  const isRemade = () => draft.applies || draft.reason;

  // Saved as soon as there is both an answer and a reason, whichever comes first.
  function choose(change) {
    if (!item) return;
    draft = { ...draft, ...change };
    drawDraft();
    if (draft.applies && draft.reason) calls.decide("decide", draft);
    else calls.say(draft.applies ? "Say why: 1 to 5, or r to write. Then it is saved." : "Does the code apply? y or n. Then it is saved.", "open");
  }
  function writeReason() {
    const reason = field.value.trim();
    if (reason) choose({ reason });
    calls.back();
  }

  // --- what stands there ---
  const filter = make("select", { onchange: () => (calls.act("filter", { code: filter.value }), calls.back()) });
  const label = make("h4", { class: "cjm-code" }),
    rules = make("dl", { class: "cjm-rules" }),
    readers = make("ul", { class: "cjm-readers" }),
    settled = make("p", { class: "cjm-settled" });
  const reopen = calls.button("Reopen", "o", () => item?.decided && calls.decide("reopen"));
  const reasons = about.reasons.map((reason, at) => makeChoice({ label: reason, key: String(at + 1), press: () => choose({ reason }) }));
  const field = make("input", {
    type: "text",
    "aria-keyshortcuts": "r",
    "aria-label": "Reason in your own words",
    placeholder: "or in your own words, then Enter",
    onkeydown: (event) => {
      if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return;
      event.preventDefault();
      if (event.key === "Enter") writeReason();
      else calls.back();
    },
  });
  const verdicts = Object.entries(ANSWERS).map(([applies, text]) => [
    applies,
    makeChoice({ label: text, key: applies[0], press: () => choose({ applies, ...(field.value.trim() && { reason: field.value.trim() }) }), class: "cjm-choice cjm-verdict" }),
  ]);
  const element = make(
    "div",
    { class: "cjm-side" },
    make("section", { class: "cjm-disputed", "aria-label": "The code in dispute" }, make("p", { class: "cjm-kicker" }, "Does this code apply?"), label, rules),
    make("section", { "aria-label": "Who gave it" }, readers),
    settled,
    make("div", { class: "cjm-verdicts", role: "group", "aria-label": "Does the code apply?" }, ...verdicts.map(([, one]) => one)),
    make("p", { class: "cjm-kicker" }, "Why?"),
    make("div", { class: "cjm-reasons", role: "group", "aria-label": "Why" }, ...reasons),
    make("label", { class: "cjm-write" }, make("kbd", { "aria-hidden": "true" }, "r"), field),
  );

  function drawDraft() {
    const shown = isRemade() || !item ? draft : { applies: item.decided, reason: item.reason };
    for (const [applies, one] of verdicts) setPressed(one, shown.applies === applies);
    reasons.forEach((one, at) => setPressed(one, shown.reason === about.reasons[at]));
  }
  function drawReader({ coder_id: coder, gave, others, notes }) {
    const more = others.length ? `${gave ? "also" : "gave"} ${others.join(", ")}` : "";
    return make(
      "li",
      { class: gave ? "is-yes" : "is-no" },
      make("b", {}, coder),
      gave ? " gave it" : " did not",
      more && `; ${more}`,
      ...notes.map((note) => make("span", { class: "cjm-noted" }, `Note: ${note}`)),
    );
  }
  function drawItem() {
    const { code } = item;
    label.textContent = code.label;
    const lines = [["Means", code.definition], ["Use it for", code.include], ["Not for", code.exclude], ["Example", code.example]];
    rules.replaceChildren(...lines.filter(([, text]) => text).flatMap(([name, text]) => [make("dt", {}, name), make("dd", {}, text)]));
    readers.replaceChildren(...item.readers.map(drawReader));
    settled.classList.toggle("is-open", !item.decided);
    settled.hidden = !item.decided && !item.disputed.length;
    const spell = (applies, by) => `${applies === "yes" ? "it applies" : "it does not"}${by ? ` (${by.split(";").join(", ")})` : ""}`;
    const answers = item.disputed.map((one) => `${spell(one.applies, one.decided_by)}${one.reason && `, “${one.reason}”`}`).join("; ");
    if (item.decided) settled.replaceChildren(`Settled: ${spell(item.decided, item.by)}. ${item.reason} `, reopen);
    else settled.replaceChildren(`Settled differently in two places: ${answers}. Neither counts until you choose; your choice replaces both.`);
  }

  return {
    title: "Settle differences",
    empty: "No two people differ on any verbatim, or no verbatim was read by two yet. The shared sample of the coding desk is read by two.",
    element,
    above: [make("label", { class: "cjm-pile" }, make("span", {}, "Show: "), filter)],
    below: make("p", { class: "cjm-quiet" }, "Decisions say which codes count from here on. Agreement stays as it is: it is measured from what each person gave alone."),
    keys: [["y n", "the code applies, it does not"], ["1 … 5", "a reason"], ["r", "a reason in your own words; Enter takes it"], ["o", "reopen what is settled"]],
    line: [["y", "applies"], ["n", "does not"], ["1 … 5", "why"], ["s", "skip"], ["u", "undo"], ["?", "all keys"]],
    sayDone: ({ progress }) => (progress.done === progress.total ? "Everything here is settled." : "This is the only one left here."),
    spellPlace: ({ at, others }, { progress }) => `${at} of ${progress.total}${others ? `; ${others === 1 ? "one more code" : `${others} more codes`} of this verbatim in dispute` : ""}`,
    spellItem: ({ code, decided, disputed }) => `${decided ? "Settled. " : disputed.length ? "Settled differently in two places. " : ""}Does ${code.label} apply?`,
    draw(next, { codes, code, progress }, isOther) {
      const all = make("option", { value: "" }, "every code");
      filter.replaceChildren(all, ...codes.map((one) => make("option", { value: one.code_id }, one.label)));
      filter.value = code;
      filter.disabled = progress.total === 0 && !code;
      if (isOther || next?.decided !== item?.decided || next?.reason !== item?.reason) {
        draft = { applies: "", reason: "" };
        field.value = "";
      }
      item = next;
      if (!item) return;
      drawItem();
      drawDraft();
    },
    keyOf(key) {
      const keys = {
        y: () => verdicts[0][1].click(),
        n: () => verdicts[1][1].click(),
        o: () => item?.decided && reopen.click(),
        r: () => field.focus({ preventScroll: true }),
      };
      return keys[key] ?? (/^[1-5]$/.test(key) ? () => choose({ reason: about.reasons[key - 1] }) : undefined);
    },
  };
}

const render = (page) => runDecisions(page, makeSettleSide);
export default { render };
