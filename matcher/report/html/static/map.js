/* The map: zoom, move, choose a country or a cluster, name a school on hover and on focus. */
(function () {
  const svg = plan.one("#atlas-svg");
  if (!svg) { document.documentElement.dataset.map = "none"; return; }
  const atlas = plan.one("#atlas");
  const stage = plan.one(".atlas-stage");
  const tip = plan.one("#atlas-tip");
  const select = plan.one("#atlas-cluster");
  const chips = plan.all(".chip");
  const marks = plan.all("a.mark", svg);
  const parts = plan.all("[data-country]", svg).filter((part) => !part.classList.contains("nation"));
  const full = { x: 0, y: 0, w: Number(svg.dataset.width), h: Number(svg.dataset.height) };
  const closest = full.w / 400;
  let view = Object.assign({}, full);
  let country = "";
  let cluster = "";
  let running = 0;
  ["atlas-tools", "atlas-keys", "atlas-help"].forEach(plan.show);

  const spots = new Map(marks.map((mark) => {
    const at = /translate\(([-\d.]+) ([-\d.]+)\)/.exec(mark.firstElementChild.getAttribute("transform"));
    return [mark, { x: Number(at[1]), y: Number(at[2]) }];
  }));

  function apply() {
    svg.setAttribute("viewBox", [view.x, view.y, view.w, view.h].map((n) => n.toFixed(2)).join(" "));
    const width = svg.clientWidth || 800;
    const scale = Math.min(width / view.w, (svg.clientHeight || width) / view.h);
    stage.style.setProperty("--k", (Math.max(0.62, Math.min(1, width / 760)) * Math.min(1.15, 0.8 * Math.pow(full.w / view.w, 0.3)) / scale).toFixed(4));
  }
  function fitted(box) {
    const aspect = full.w / full.h;
    let w = Math.min(full.w, Math.max(box.w, box.h * aspect, closest));
    const h = w / aspect;
    const x = Math.min(Math.max(box.x + box.w / 2 - w / 2, 0), full.w - w);
    const y = Math.min(Math.max(box.y + box.h / 2 - h / 2, 0), full.h - h);
    return { x: x, y: y, w: w, h: h };
  }
  function go(box) {
    const from = view;
    const to = fitted(box);
    cancelAnimationFrame(running);
    hideTip();
    if (plan.calm) { view = to; apply(); return; }
    const start = performance.now();
    (function step(now) {
      const t = Math.min(1, Math.max(0, (now - start) / 380));
      const e = 1 - Math.pow(1 - t, 3);
      view = { x: from.x + (to.x - from.x) * e, y: from.y + (to.y - from.y) * e, w: from.w + (to.w - from.w) * e, h: from.h + (to.h - from.h) * e };
      apply();
      if (t < 1) { running = requestAnimationFrame(step); }
    })(start);
  }
  function around(chosen) {
    if (!chosen.length) { return full; }
    const at = chosen.map((mark) => spots.get(mark));
    const xs = at.map((p) => p.x);
    const ys = at.map((p) => p.y);
    const x = Math.min(...xs);
    const y = Math.min(...ys);
    const w = Math.max(...xs) - x;
    const h = Math.max(...ys) - y;
    const pad = Math.max(w, h) * 0.16 + closest * 0.12;
    return { x: x - pad, y: y - pad, w: w + 2 * pad, h: h + 2 * pad };
  }
  function zoom(factor, x, y) {
    const cx = x === undefined ? view.x + view.w / 2 : x;
    const cy = y === undefined ? view.y + view.h / 2 : y;
    const w = Math.min(full.w, Math.max(closest, view.w * factor));
    const f = w / view.w;
    view = fitted({ x: cx - (cx - view.x) * f, y: cy - (cy - view.y) * f, w: w, h: view.h * f });
    apply();
  }
  function move(dx, dy) {
    view = fitted({ x: view.x + dx * view.w, y: view.y + dy * view.h, w: view.w, h: view.h });
    apply();
  }
  function choose(newCountry, newCluster, travel) {
    country = newCountry;
    cluster = newCluster;
    const choosing = Boolean(country || cluster);
    stage.classList.toggle("choosing", choosing);
    parts.forEach((part) => part.classList.toggle("on", choosing && (cluster ? part.dataset.cluster === cluster : part.dataset.country === country)));
    chips.forEach((chip) => chip.setAttribute("aria-pressed", String(chip.dataset.country === country)));
    select.value = cluster;
    if (travel) {
      go(choosing ? around(marks.filter((mark) => mark.classList.contains("on"))) : full);
      plan.say(cluster ? "Cluster of " + select.selectedOptions[0].textContent : country ? chips.find((c) => c.dataset.country === country).textContent : "All countries");
    }
  }
  chips.forEach((chip) => chip.addEventListener("click", () => choose(chip.dataset.country, "", true)));
  select.addEventListener("change", () => choose(select.value ? select.selectedOptions[0].dataset.country : "", select.value, true));
  const acts = { in: () => zoom(0.6), out: () => zoom(1 / 0.6), up: () => move(0, -0.2), down: () => move(0, 0.2), left: () => move(-0.2, 0), right: () => move(0.2, 0), home: () => choose("", "", true) };
  plan.one("#atlas-keys").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) { acts[button.dataset.move](); }
  });

  function showTip(mark) {
    const said = mark.getAttribute("aria-label");
    const cut = said.lastIndexOf(": ");
    const name = document.createElement("strong");
    name.textContent = said.slice(0, cut);
    tip.replaceChildren(name, said.slice(cut + 2));
    tip.hidden = false;
    const box = mark.getBoundingClientRect();
    const within = stage.getBoundingClientRect();
    const x = Math.min(Math.max(box.left + box.width / 2 - within.left - tip.offsetWidth / 2, 4), within.width - tip.offsetWidth - 4);
    const above = box.top - within.top - tip.offsetHeight - 8;
    tip.style.left = x + "px";
    tip.style.top = (above < 4 ? box.bottom - within.top + 8 : above) + "px";
  }
  function hideTip() { tip.hidden = true; }
  plan.all("a.mark > title", svg).forEach((title) => title.remove());

  /* One stop for the Tab key; the arrow keys go from school to school. */
  marks.forEach((mark, k) => mark.setAttribute("tabindex", k ? "-1" : "0"));
  let here = 0;
  function visit(k) {
    const open = marks.filter((mark) => !stage.classList.contains("choosing") || mark.classList.contains("on"));
    const list = open.length ? open : marks;
    const at = list.indexOf(marks[here]);
    const next = list[((at < 0 ? 0 : at + k) + list.length) % list.length];
    marks[here].setAttribute("tabindex", "-1");
    here = marks.indexOf(next);
    next.setAttribute("tabindex", "0");
    const p = spots.get(next);
    if (p.x < view.x || p.y < view.y || p.x > view.x + view.w || p.y > view.y + view.h) {
      view = fitted({ x: p.x - view.w / 2, y: p.y - view.h / 2, w: view.w, h: view.h });
      apply();
    }
    next.focus();
  }
  svg.addEventListener("keydown", (event) => {
    const arrows = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.key in arrows) {
      event.preventDefault();
      if (event.shiftKey) { acts[event.key.slice(5).toLowerCase()](); } else { visit(arrows[event.key]); }
    } else if (event.key === "+" || event.key === "=") { acts.in(); }
    else if (event.key === "-") { acts.out(); }
    else if (event.key === "Escape") { if (tip.hidden) { choose("", "", true); } else { hideTip(); } }
  });
  svg.addEventListener("focusin", (event) => {
    const mark = event.target.closest("a.mark");
    if (!mark) { return; }
    marks[here].setAttribute("tabindex", "-1");
    here = marks.indexOf(mark);
    mark.setAttribute("tabindex", "0");
    showTip(mark);
  });
  svg.addEventListener("focusout", hideTip);
  svg.addEventListener("pointerover", (event) => { const mark = event.target.closest("a.mark"); if (mark) { showTip(mark); } });
  svg.addEventListener("pointerout", (event) => { if (event.target.closest("a.mark")) { hideTip(); } });

  /* A first click shows the cluster; a click on a school of the cluster shown follows the link to its entry. */
  let dragged = false;
  svg.addEventListener("click", (event) => {
    if (dragged) { event.preventDefault(); dragged = false; return; }
    const mark = event.target.closest("a.mark");
    if (event.detail === 0) { return; }
    if (!mark) { if (cluster) { choose(country, "", false); } return; }
    if (mark.dataset.cluster && mark.dataset.cluster !== cluster) {
      event.preventDefault();
      choose(mark.dataset.country, mark.dataset.cluster, true);
    }
  });
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) { return; }
    event.preventDefault();
    const box = svg.getBoundingClientRect();
    zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, view.x + (event.clientX - box.left) / box.width * view.w, view.y + (event.clientY - box.top) / box.height * view.h);
  }, { passive: false });
  let grip = null;
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("pointerdown", (event) => {
    dragged = false;
    if (event.pointerType === "mouse" && event.button === 0) { grip = { x: event.clientX, y: event.clientY, view: view }; }
  });
  window.addEventListener("pointermove", (event) => {
    if (!grip) { return; }
    const dx = event.clientX - grip.x;
    const dy = event.clientY - grip.y;
    if (Math.abs(dx) + Math.abs(dy) < 5) { return; }
    dragged = true;
    svg.classList.add("moving");
    hideTip();
    const box = svg.getBoundingClientRect();
    view = fitted({ x: grip.view.x - dx / box.width * grip.view.w, y: grip.view.y - dy / box.height * grip.view.h, w: grip.view.w, h: grip.view.h });
    apply();
  });
  window.addEventListener("pointerup", () => { grip = null; svg.classList.remove("moving"); });
  window.addEventListener("resize", apply);
  window.addEventListener("beforeprint", () => {
    choose("", "", false);
    view = Object.assign({}, full);
    apply();
  });
  window.addEventListener("afterprint", apply);
  apply();
  document.documentElement.dataset.map = "ready";
})();
