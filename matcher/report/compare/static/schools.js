/* The table of schools: search, country, only where policies differ. */
(function () {
  const table = plan.one("#school-table");
  if (!table) { return; }
  plan.show("school-tools");
  plan.filterable(table, "school", "differs", (row) => row.dataset.verdict === "differs", "schools");
  document.documentElement.dataset.schools = "ready";
})();
