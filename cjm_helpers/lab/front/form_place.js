// Keeps people where they are while a form's page is drawn anew: how far the notebook is scrolled, and the cursor, which
// waits on the page itself meanwhile. Without it the cursor falls out of the form, and JupyterLab scrolls to the cell.

// Returns how to go on after the page was drawn: to a control that is told, else to the one that had the cursor.
function holdPlace(el, page) {
  const view = findView(el);
  const top = view.scrollTop;
  const cursor = page.contains(document.activeElement) ? document.activeElement : null;
  const [name, from] = [cursor?.dataset.focus, cursor?.selectionStart];
  if (cursor) page.focus({ preventScroll: true });
  return (told) => {
    const place = told || (name && findFocus(page, name));
    page.dataset.focus = place ? "" : (name ?? ""); // a button whose work runs gets the cursor back after it
    view.scrollTop = top;
    place?.focus({ preventScroll: true });
    if (told) bringIntoView(told, view);
    else if (typeof from === "number") place?.setSelectionRange?.(from, from);
  };
}

const findView = (el) => el.closest(".jp-WindowedPanel-outer") ?? document.scrollingElement;

const findFocus = (page, name) => page.querySelector(`[data-focus="${CSS.escape(name)}"]:not(:disabled)`);

// Scrolls no further than needed, to the whole group of a control where it fits.
function bringIntoView(control, view) {
  const group = control.closest(".cjm-group");
  if (group && group.offsetHeight < view.clientHeight) group.scrollIntoView({ block: "nearest" });
  control.scrollIntoView({ block: "nearest" });
}
