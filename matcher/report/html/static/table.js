/* The table of all assignments: search, filter, sort, columns. */
(function () {
  const table = plan.one("#assignments-table");
  plan.show("table-tools");
  plan.filterable(table, "table", "flags", (row) => "flags" in row.dataset, "assignments");
  plan.sortable(table);

  const every = plan.one("#columns-all");
  const boxes = plan.all("[data-column]");
  const cells = new Map();
  plan.all(".crit", table).forEach((cell) => {
    if (!cells.has(cell.dataset.k)) { cells.set(cell.dataset.k, []); }
    cells.get(cell.dataset.k).push(cell);
  });
  function columns() {
    boxes.forEach((box) => (cells.get(box.dataset.column) || []).forEach((cell) => { cell.hidden = !box.checked; }));
    const count = boxes.filter((box) => box.checked).length;
    every.checked = count === boxes.length;
    every.indeterminate = count > 0 && count < boxes.length;
  }
  boxes.forEach((box) => box.addEventListener("change", columns));
  every.addEventListener("change", () => { boxes.forEach((box) => { box.checked = every.checked; }); columns(); });
  columns();
  document.documentElement.dataset.table = "ready";
})();
