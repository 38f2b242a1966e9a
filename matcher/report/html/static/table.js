/* The table of all assignments: search, filter, sort, columns. One pass over the rows for each act. */
(function () {
  const table = plan.one("#assignments-table");
  plan.show("table-tools");
  const body = table.tBodies[0];
  const rows = Array.from(body.rows).map((row) => ({
    row: row,
    text: plan.plain(row.textContent),
    country: row.dataset.country,
    flags: "flags" in row.dataset
  }));
  const text = plan.one("#table-text");
  const country = plan.one("#table-country");
  const flags = plan.one("#table-flags");
  const shown = plan.one("#table-shown");

  function filter() {
    const words = plan.plain(text.value).split(/\s+/).filter(Boolean);
    let count = 0;
    rows.forEach((entry) => {
      const keep = (!country.value || entry.country === country.value) && (!flags.checked || entry.flags) &&
        words.every((word) => entry.text.includes(word));
      entry.row.hidden = !keep;
      if (keep) { count += 1; }
    });
    shown.textContent = count + " of " + rows.length + " shown";
    return count;
  }
  let waiting = 0;
  function filterAndSay() {
    const count = filter();
    clearTimeout(waiting);
    waiting = setTimeout(() => plan.say(count + " of " + rows.length + " assignments shown"), 400);
  }
  [text, country, flags].forEach((control) => control.addEventListener("input", filterAndSay));
  plan.one("#table-tools").addEventListener("submit", (event) => event.preventDefault());

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
  filter();
  document.documentElement.dataset.table = "ready";
})();
