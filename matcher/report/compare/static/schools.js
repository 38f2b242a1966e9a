/* The table of schools: search, country, only where policies differ. One pass over the rows for each act. */
(function () {
  const table = plan.one("#school-table");
  if (!table) { return; }
  plan.show("school-tools");
  const rows = Array.from(table.tBodies[0].rows).map((row) => ({
    row: row,
    text: plan.plain(row.textContent),
    country: row.dataset.country,
    differs: row.dataset.verdict === "differs"
  }));
  const text = plan.one("#school-text");
  const country = plan.one("#school-country");
  const differs = plan.one("#school-differs");
  const shown = plan.one("#school-shown");
  function filter() {
    const words = plan.plain(text.value).split(/\s+/).filter(Boolean);
    let count = 0;
    rows.forEach((entry) => {
      const keep = (!country.value || entry.country === country.value) && (!differs.checked || entry.differs) &&
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
    waiting = setTimeout(() => plan.say(count + " of " + rows.length + " schools shown"), 400);
  }
  [text, country, differs].forEach((control) => control.addEventListener("input", filterAndSay));
  plan.one("#school-tools").addEventListener("submit", (event) => event.preventDefault());
  filter();
  document.documentElement.dataset.schools = "ready";
})();
