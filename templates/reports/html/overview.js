/* index.html: a heading sorts the table; the form filters curves and figures alike, and the address keeps the filter. */
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells], body = table.tBodies[table.tBodies.length - 1];
  const isText = (column) => column < Number(table.dataset.texts);
  const read = (row, column) => isText(column) ? row.cells[column].textContent : row.cells[column].dataset.order;
  heads.forEach((head, column) => {
    if (head.classList.contains("fixed")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const way = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", way);
      const compare = (one, other) => isText(column) ? one.localeCompare(other) : one - other;
      const order = (a, b) => {
        const [one, other] = [read(a, column), read(b, column)];
        if (one === undefined || other === undefined) return (one === undefined) - (other === undefined);
        return way === "ascending" ? compare(one, other) : compare(other, one);
      };
      body.append(...[...body.rows].sort(order));
      document.getElementById("sorted").textContent = `Sorted by ${button.textContent}, ${way}.`;
    });
  });
}

const form = document.querySelector("form.filters");
if (form) {
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const search = form.querySelector("input"), picks = [...form.querySelectorAll("select")];
  const rows = [...document.querySelectorAll("[data-name]")];
  const names = new Map(rows.map((row) => [row, fold(row.dataset.name)]));
  const listed = rows.filter((row) => row.matches(".row"));
  const read = (row, pick) => row.dataset[`lens${pick.dataset.lens}`];
  const fits = (row, words, but) => words.every((word) => names.get(row).includes(word))
    && picks.every((pick) => pick === but || !pick.value || read(row, pick) === pick.value);

  const count = (pick, words) => { // what each choice would leave, beside all else that is chosen
    const found = new Map(), fitting = listed.filter((row) => fits(row, words, pick));
    for (const row of fitting) found.set(read(row, pick), (found.get(read(row, pick)) ?? 0) + 1);
    for (const option of pick.options) {
      const number = option.value ? found.get(option.value) ?? 0 : fitting.length;
      option.text = `${option.dataset.word} (${number})`;
      option.disabled = !number && !option.selected && option.value !== "";
    }
  };
  const filter = () => {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    for (const row of rows) row.hidden = !fits(row, words);
    for (const pick of picks) count(pick, words);
    for (const group of document.querySelectorAll(".curves > .group")) {
      const left = group.querySelectorAll(".row:not([hidden])").length;
      const jump = document.querySelector(`.jump [href="#${group.id}"]`).parentElement;
      group.hidden = jump.hidden = !left;
      jump.querySelector("small").textContent = left;
    }
    for (const table of document.querySelectorAll("table.steps")) {
      const own = [...table.closest(".group, .curves").querySelectorAll(".row")];
      for (const line of table.rows) [...line.cells].slice(1).forEach((cell, at) => { cell.hidden = own[at].hidden; });
    }
    const shown = listed.filter((row) => !row.hidden).length;
    for (const part of document.querySelectorAll(".curves, .figures_of_all")) part.hidden = !shown;
    document.querySelector(".nothing").hidden = shown > 0;
    form.querySelector("[role=status]").textContent = `${shown} of ${listed.length} shown`;
    form.classList.toggle("is_on", words.length > 0 || picks.some((pick) => pick.value));
  };
  const recall = () => {
    const asked = new URLSearchParams(location.search);
    search.value = asked.get("search") ?? "";
    for (const pick of picks) {
      const option = [...pick.options].find((one) => one.value && one.dataset.key === asked.get(pick.name));
      pick.value = option?.value ?? "";
    }
    filter();
  };
  const keep = () => {
    const address = new URL(location);
    const told = [["search", search.value.trim()], ...picks.map((pick) => [pick.name, pick.selectedOptions[0].dataset.key])];
    for (const [name, word] of told) word ? address.searchParams.set(name, word) : address.searchParams.delete(name);
    try { history.replaceState(null, "", address); } catch { /* a page shown inside another has no address of its own */ }
  };
  form.addEventListener("input", () => { filter(); keep(); });
  form.addEventListener("reset", () => setTimeout(() => { filter(); keep(); search.focus(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("popstate", recall);
  form.hidden = false;
  recall();
}
