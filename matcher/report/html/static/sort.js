/* Columns that sort: heads with data-sort become buttons. What is not known stands at the end. */
(function () {
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  plan.sortable = function (table) {
    const body = table.tBodies[0];
    const rows = Array.from(body.rows);
    const heads = Array.from(table.tHead.rows[0].cells);

    function sort(head, column) {
      const up = head.getAttribute("aria-sort") !== "ascending";
      const numeric = head.dataset.sort === "number";
      const sign = up ? 1 : -1;
      const keyed = rows.map((row) => {
        const cell = row.cells[column];
        const known = numeric ? cell.dataset.v !== "" : true;
        return { row: row, known: known, key: numeric ? parseFloat(cell.dataset.v) : cell.textContent.trim() };
      });
      /* What is not known stands at the end, whichever way is up. */
      keyed.sort((a, b) => a.known !== b.known ? (a.known ? -1 : 1) : !a.known ? 0 :
        sign * (numeric ? a.key - b.key : collator.compare(a.key, b.key)));
      body.append(...keyed.map((item) => item.row));
      heads.forEach((other) => { if (other.dataset.sort) { other.setAttribute("aria-sort", "none"); } });
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      plan.say("Sorted by " + head.textContent.trim() + ", " + (up ? "ascending" : "descending"));
    }
    heads.forEach((head, column) => {
      if (!head.dataset.sort) { return; }
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      head.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => sort(head, column));
    });
  };
  plan.all("table.sortable").forEach(plan.sortable);
})();
