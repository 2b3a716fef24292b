// The table editor: ties rows, grid, fields and panels to the kernel.

const CHECK_AFTER = 300; // milliseconds

// Another version of the table leaves people where they are in it.
function showTable({ desk: before, ...page }) {
  const place = before && { ...before.grid.active(), top: before.grid.element.scrollTop };
  const desk = openDesk(page);
  if (place) {
    desk.grid.moveTo(place.r, place.c);
    desk.grid.element.scrollTop = place.top;
  }
  return desk;
}

// One worksheet on the page. Everything else reaches it as `desk`.
function openDesk({ root, about, view, talk, reopen }) {
  const desk = { root, about, view, talk, columns: about.columns, sort: null, words: [] };
  let { changed, waiting, left } = about,
    checking = 0,
    keys = 0,
    isSaving = false,
    lost = "",
    mentioned = "",
    looked = null,
    numbers = new Map(),
    stored = new Set(); // the keys of rows made here that were saved
  const rows = (desk.rows = makeRows(about, tellKernel));
  Object.assign(desk, makeNames(about, rows), {
    wordsOf: (row) => (row && queue ? queue.wordsOf(row) : ""),
    isGiven: (column) => column.fill === "fixed" || Boolean(queue?.isGiven(column)),
    newKey: () => `${view}-${(keys += 1)}`,
    isNew: (key) => key.startsWith(`${view}-`) && !stored.has(key),
    numberOf: (row) => numbers.get(row) ?? "",
    blankCells: () => about.columns.map((column) => (column.fill === "fixed" ? about.part : "")),
    faultOf: (row, column) => faults.of(row, column),
    wants: (row, column) => faults.wants(row, column),
    onMove() {
      if (faults.leave(grid.row())) grid.draw();
      bars.explain(grid.column(), grid.row() && faults.of(grid.row(), grid.column()));
      drawBars();
    },
    onOpen: () => desk.edit(),
    onSort(column) {
      const way = desk.sort?.name === column.name ? desk.sort.way : 0;
      sortBy(way < 0 ? "" : column.name, way ? -1 : 1);
    },
    showAll() {
      bars.find.value = "";
      sortBy("");
    },
    mention(text) {
      mentioned = `${text} `;
      sayState();
    },
    explain: (column, fault) => bars.explain(column, fault),
    arrange,
    isOpenToChange,
    save,
  });

  // --- what stands on the page ---
  const queue = (desk.queue = makeQueue(desk));
  const bars = makeBars(desk, {
    save: () => save(),
    again: showAgain,
    forget: () => talk.send("forget", { view }),
    versions: () => talk.send("versions", { view }),
    notMe: () => talk.send("not me", { view }),
    find: arrange,
    order: sortBy,
  });
  const grid = (desk.grid = makeGrid(desk));
  const list = make("div", { class: "cjm-faults" }),
    stage = make("div", { class: "cjm-stage" });
  const faults = makeFaults(desk, list, (row, column) => {
    if (!grid.view().includes(row)) desk.showAll();
    grid.element.focus({ preventScroll: true });
    grid.moveTo(grid.view().indexOf(row), column ? about.columns.indexOf(column) : grid.firstColumn());
  });
  const drawBars = () => bars.draw({ shown: grid.view().length, changed: changed + waiting, left, isLost: Boolean(lost) });
  function arrange() {
    numbers = new Map(rows.all().map((row, at) => [row, at + FIRST_ROW]));
    desk.words = bars.find.value.toLowerCase().split(/\s+/).filter(Boolean);
    grid.take(arrangeRows(rows, about.columns, { words: desk.words, sort: desk.sort, show: desk.show }));
    grid.drawHead();
    showStage();
    drawBars();
  }
  function sortBy(name, way = 1) {
    desk.sort = name ? { name, way } : null;
    bars.order.value = name;
    arrange();
  }
  function showStage() {
    const wanted = desk.panel || (rows.all().length ? grid.element : bars.empty);
    if (stage.firstChild === wanted) return; // putting it in again would take the focus away
    stage.replaceChildren(wanted);
    if (wanted === grid.element) grid.draw();
  }
  desk.openPanel = (panel) => {
    if (!desk.panel) desk.scrolled = [grid.element.scrollLeft, grid.element.scrollTop];
    desk.panel = panel;
    bars.tools.inert = bars.state.inert = true;
    showStage();
    panel.querySelector("input, button")?.focus({ preventScroll: true });
  };
  desk.closePanel = () => {
    desk.panel = null;
    bars.tools.inert = bars.state.inert = false;
    showStage();
    [grid.element.scrollLeft, grid.element.scrollTop] = desk.scrolled;
    grid.element.focus({ preventScroll: true });
  };

  // --- what is said ---
  function sayState(more = "") {
    if (about.read_only) return bars.say(about.read_only);
    if (lost) return bars.say(lost, "bad");
    const many = changed === 1 ? "1 change" : `${changed.toLocaleString("en")} changes`;
    const open = changed ? `${many} not saved yet${more}${waiting ? "." : ""}` : waiting ? "" : "Everything is saved.";
    bars.say([mentioned.trim(), open, sayWaiting()].filter(Boolean).join(" "), changed || waiting ? "open" : "");
  }
  function sayWaiting() {
    return waiting ? queue.say(waiting, changed ? "left out until then" : "not saved yet") : "";
  }
  desk.saidSaved = (text) => bars.say([text, sayWaiting()].filter(Boolean).join(" "), text ? "good" : "open");
  desk.lose = (sentence) => {
    isSaving = false;
    lost = `${sentence} Before that, copy all rows; they can be pasted again.`;
    sayState();
    drawBars();
  };
  desk.regain = () => {
    lost = "";
    sayState();
    drawBars();
  };

  // --- what goes to the kernel ---
  function tellKernel(steps) {
    mentioned = "";
    faults.forget(steps);
    talk.send("do", { view, steps });
    clearTimeout(checking);
    checking = setTimeout(() => talk.send("check", { view }), CHECK_AFTER);
  }
  function isOpenToChange() {
    const make = (place, name) => talk.send("own", { view, place, name });
    if (about.offer) desk.openPanel(ownPanel(desk, make, desk.closePanel));
    return !about.read_only;
  }
  function save(settled) {
    if (!isOpenToChange() || isSaving) return;
    isSaving = true;
    clearTimeout(checking); // saving checks everything too
    bars.say("Saving …");
    talk.send(settled ? "settle" : "save", { view, mine: settled });
  }
  function showAgain() {
    if (!runAgain("all", root)) bars.say("Saved. To see it in the notebook, choose Run, then Run All Cells.");
  }

  // --- what comes from the kernel ---
  const answers = {
    noted({ ids, ...now }) {
      ({ changed, waiting, left } = now);
      ids.forEach(([key, id]) => rows.name(key, id));
      if (ids.length) grid.draw();
      if (!isSaving) sayState();
      drawBars();
    },
    checked({ faults: found, is_changed: isChanged }) {
      faults.take(found);
      grid.draw();
      desk.onMove();
      if (isChanged && changed && !isSaving)
        sayState(" (someone else changed the file meanwhile; saving brings both together)");
    },
    saved({ table, said, ...now }) {
      isSaving = false;
      if (table) return reopen(table).saidSaved(said);
      ({ changed, waiting, left } = now);
      rows.all().forEach((row) => stored.add(row.key));
      answers.checked({ faults: [] });
      desk.saidSaved(said);
    },
    faulty({ faults: found }) {
      isSaving = false;
      faults.press();
      answers.checked({ faults: found });
      bars.say(
        `Not saved: ${found.length === 1 ? "one thing has" : "some things have"} to be mended first, see below.`,
        "bad",
      );
    },
    refused({ text }) {
      isSaving = false;
      const place = desk.panel?.querySelector(".cjm-refusal");
      if (place) place.textContent = text;
      else bars.say(`Not saved: ${text}`, "bad");
    },
    choices({ columns, labels, ...now }) {
      ({ changed, waiting, left } = now);
      desk.renew({ columns, labels });
      desk.onChoices?.();
      grid.draw();
      desk.onMove();
      faults.draw();
      if (changed) talk.send("check", { view }); // what was missing elsewhere may be there now
    },
    options: ({ options }) => desk.onOptions?.(options),
    evidence: ({ hits, total }) => desk.onEvidence?.(hits, total),
    next: (answer) => queue.take(answer),
    versions({ versions }) {
      const look = (version) => {
        looked = version;
        desk.closePanel();
        talk.send("look", { view, number: version.number });
      };
      desk.openPanel(versionsPanel(versions, look, desk.closePanel));
    },
    look({ steps }) {
      desk.showAll();
      desk.perform(steps);
      desk.mention(`These are the rows as they stood until ${spellMoment(looked.until)}; Undo brings yours back.`);
    },
    own: (answer) => desk.openPanel(ownMadePanel(answer, desk.closePanel)),
  };
  desk.hear = (answer) => answers[answer.kind]?.(answer);
  desk.where = () => ({});
  desk.refresh = () => {
    desk.leave?.(); // what is being typed goes to the kernel first, else it would be lost
    talk.send("hello", { view });
  };

  addActs(desk);
  listenToKeys(desk);
  root.replaceChildren(bars.title, bars.state, bars.tools, bars.note, stage, bars.line, list);
  arrange();
  desk.onMove();
  sayState(about.changed ? " (kept from before; shutting down this notebook would lose them)" : "");
  if (about.changed) talk.send("check", { view });
  const settle = (mine) => {
    desk.closePanel();
    save(mine);
  };
  if (about.conflicts.length) desk.openPanel(conflictPanel(desk, about.conflicts, settle));
  return desk;
}

const render = (page) => runDesk(page, { kind: "table", askWho: whoPanel, open: showTable });
export default { render };
