// The link desk: where a verbatim belongs; what is proposed has keys, everything else stands in a drop-down.

const LEARN_AFTER = 10; // new links

function makeLinkSide(about, calls) {
  let item = null;
  const names = new Map(about.touchpoints.map(([id, name, stage]) => [id, { name, stage }]));
  const link = (touchpoint_id) => touchpoint_id && calls.decide("link", { touchpoint_id });

  // --- what stands there ---
  const heading = make("p", { class: "cjm-kicker" }),
    proposals = make("div", { class: "cjm-proposals", role: "group" }),
    linked = make("p", { class: "cjm-settled" }),
    confirmed = make("span"),
    without = make("span"),
    trial = make("p", { class: "cjm-quiet", "aria-live": "polite" });
  const groups = about.stages
    .map((stage) => [stage, about.touchpoints.filter((one) => one[2] === stage)])
    .filter(([, own]) => own.length)
    .map(([stage, own]) => make("optgroup", { label: stage }, ...own.map(([id, name]) => make("option", { value: id }, name))));
  const select = make(
    "select",
    {
      "aria-keyshortcuts": "t",
      "aria-label": "Another touchpoint",
      onkeydown: (event) => {
        if (!["Enter", "Escape"].includes(event.key)) return;
        event.preventDefault();
        if (event.key === "Enter") link(select.value);
        calls.back();
      },
    },
    make("option", { value: "" }, "another touchpoint …"),
    ...groups,
  );
  const leave = makeChoice({ label: "Belongs to no single step: leave it open", key: "0", press: () => calls.decide("leave") });
  const hasLink = () => item?.linked || item?.disputed.length;
  const unlink = calls.button("Take the link away", "x", () => hasLink() && calls.decide("unlink"));
  const again = calls.button("Propose anew", "p", () => calls.act("again"));
  const tryOut = calls.button("How good are the proposals?", "", () => calls.act("trial"), { class: "cjm-link" });
  const element = make(
    "div",
    { class: "cjm-side" },
    linked,
    heading,
    proposals,
    make("div", { class: "cjm-write" }, make("kbd", { "aria-hidden": "true" }, "t"), select, calls.button("Link", "", () => link(select.value))),
    make("div", {}, leave),
  );
  const below = make("div", { class: "cjm-foot" }, make("p", { class: "cjm-quiet" }, without, " ", confirmed, " ", tryOut), trial);

  const describe = (id) => [names.get(id)?.name ?? id, make("small", {}, names.get(id)?.stage ?? "")];
  const spellLink = (id, by) => `${names.get(id)?.name ?? id}${by ? ` (${by.split(";").join(", ")})` : ""}`;
  const spellDispute = (rows) => `Linked differently in two places: ${rows.map((one) => spellLink(one.touchpoint_id, one.decided_by)).join("; ")}. Neither counts until you choose; your choice replaces both. `;
  function drawProposal({ touchpoint_id: id, words }, at) {
    const button = makeChoice({ label: "", key: String(at + 1), press: () => link(id), class: "cjm-choice cjm-proposal" });
    button.lastChild.replaceChildren(make("b", {}, describe(id)[0]), " ", describe(id)[1], make("small", { class: "cjm-spoke" }, words.length ? `because of: ${words.join(", ")}` : ""));
    setPressed(button, item.linked === id);
    return button;
  }
  return {
    title: "Link feedback to touchpoints",
    empty: "Every verbatim with words has a touchpoint. There is nothing to link.",
    element,
    above: [again],
    below,
    keys: [["1 2 3", "link it to what is proposed"], ["t", "another touchpoint; Enter links it"], ["0", "it belongs to no single step: leave it open"], ["x", "take a link away"], ["p", "propose anew, with what was linked since"]],
    line: [["1 2 3", "proposals"], ["t", "another"], ["0", "leave open"], ["s", "skip"], ["u", "undo"], ["?", "all keys"]],
    sayDone: () => "Nothing else is open here.",
    spellPlace: ({ at, of }) => `${at} of ${of} without a touchpoint, the surest first`,
    spellItem: ({ proposals: found, disputed }) => (disputed.length ? "Linked differently in two places. " : "") + (found.length ? `Proposed: ${found.map((one) => names.get(one.touchpoint_id)?.name).join(", ")}.` : "Nothing is proposed."),
    answers: {
      trial(answer) {
        calls.done(answer);
        trial.textContent = answer.text;
      },
    },
    draw(next, now, isOther) {
      without.textContent = `${now.without}.`;
      confirmed.textContent = now.confirmed && `Since this notebook was started: ${now.confirmed}.`;
      again.hidden = now.new < LEARN_AFTER;
      item = next;
      if (!item) return;
      if (isOther) select.value = "";
      heading.textContent = !item.proposals.length ? "No word of it tells the step." : item.is_sure ? "Proposed" : "Not sure; the nearest are";
      proposals.setAttribute("aria-label", heading.textContent);
      proposals.classList.toggle("is-unsure", !item.is_sure);
      proposals.replaceChildren(...item.proposals.map(drawProposal));
      setPressed(leave, item.is_left);
      linked.classList.toggle("is-open", !item.linked);
      linked.hidden = !hasLink();
      linked.replaceChildren(item.linked ? `Linked to ${spellLink(item.linked, item.by)}. ` : spellDispute(item.disputed), unlink);
    },
    keyOf(key) {
      const keys = {
        t: () => select.focus({ preventScroll: true }),
        0: () => leave.click(),
        x: () => hasLink() && unlink.click(),
        p: () => !again.hidden && again.click(),
      };
      return keys[key] ?? (/^[1-3]$/.test(key) ? () => link(item?.proposals[key - 1]?.touchpoint_id) : undefined);
    },
  };
}

const render = (page) => runDecisions(page, makeLinkSide);
export default { render };
