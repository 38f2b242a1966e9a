/* Search, country and one tick box over the rows of a table. One pass over the rows for each act. */
plan.filterable = function (table, name, box, marked, unit) {
  const rows = Array.from(table.tBodies[0].rows).map((row) => ({
    row: row,
    text: plan.plain(row.textContent),
    country: row.dataset.country,
    marked: marked(row)
  }));
  const [text, country, only] = ["text", "country", box].map((part) => plan.one("#" + name + "-" + part));
  const shown = plan.one("#" + name + "-shown");
  function filter() {
    const words = plan.plain(text.value).split(/\s+/).filter(Boolean);
    let count = 0;
    rows.forEach((entry) => {
      const keep = (!country.value || entry.country === country.value) && (!only.checked || entry.marked) &&
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
    waiting = setTimeout(() => plan.say(count + " of " + rows.length + " " + unit + " shown"), 400);
  }
  [text, country, only].forEach((control) => control.addEventListener("input", filterAndSay));
  plan.one("#" + name + "-tools").addEventListener("submit", (event) => event.preventDefault());
  filter();
};
