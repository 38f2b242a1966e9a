/* Finds a school by name, town or id, from the index of all schools. */
(function () {
  const form = plan.show("find");
  const box = plan.one("#find-text");
  const list = plan.one("#find-hits");
  const most = 12;
  const index = plan.all("#directory li").map((item) => ({
    text: plan.plain(item.textContent),
    link: plan.one("a", item),
    note: plan.one(".sub", item).textContent
  }));
  function search() {
    const words = plan.plain(box.value).split(/\s+/).filter(Boolean);
    if (!words.length) { close(); return []; }
    const hits = index.filter((entry) => words.every((word) => entry.text.includes(word)));
    list.replaceChildren(...hits.slice(0, most).map(entryFor));
    if (!hits.length) { list.append(line("No school found.")); }
    if (hits.length > most) { list.append(line((hits.length - most) + " more: type more of the name.")); }
    list.hidden = false;
    plan.say(hits.length === 1 ? "1 school found" : hits.length + " schools found");
    return hits;
  }
  function entryFor(entry) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const note = document.createElement("span");
    link.href = entry.link.getAttribute("href");
    link.textContent = entry.link.textContent;
    note.className = "sub";
    note.textContent = entry.note;
    link.append(note);
    item.append(link);
    return item;
  }
  function line(text) {
    const item = document.createElement("li");
    const said = document.createElement("span");
    said.className = "none";
    said.textContent = text;
    item.append(said);
    return item;
  }
  function close() { list.hidden = true; }
  box.addEventListener("input", search);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const hits = search();
    if (hits.length) { location.hash = hits[0].link.hash; close(); }
  });
  form.addEventListener("keydown", (event) => {
    const links = plan.all("a", list);
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape") { close(); box.focus(); }
    if (list.hidden || !links.length) { return; }
    if (event.key === "ArrowDown") { event.preventDefault(); (links[at + 1] || links[0]).focus(); }
    if (event.key === "ArrowUp") { event.preventDefault(); if (at > 0) { links[at - 1].focus(); } else { box.focus(); } }
  });
  list.addEventListener("click", (event) => { if (event.target.closest("a")) { close(); } });
  document.addEventListener("click", (event) => { if (!form.contains(event.target)) { close(); } });
  form.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !form.contains(event.relatedTarget)) { close(); }
  });
  document.documentElement.dataset.find = "ready";
})();
