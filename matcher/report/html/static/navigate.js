/* Marks the section being read; opens what is closed around the target of a link. */
(function () {
  const links = new Map(plan.all(".sections a").map((link) => [link.hash.slice(1), link]));
  const strip = plan.one(".sections ol");
  let current = null;
  function mark(id) {
    const link = links.get(id);
    if (!link || link === current) { return; }
    if (current) { current.removeAttribute("aria-current"); }
    current = link;
    link.setAttribute("aria-current", "true");
    if (strip.scrollWidth > strip.clientWidth) { strip.scrollLeft = link.offsetLeft - 24; }
  }
  if ("IntersectionObserver" in window) {
    const seen = new IntersectionObserver((entries) => {
      entries.forEach((entry) => { if (entry.isIntersecting) { mark(entry.target.id); } });
    }, { rootMargin: "-25% 0px -70% 0px" });
    plan.all("main > section").forEach((section) => seen.observe(section));
  }
  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) { return; }
    for (let node = target.parentElement; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") { node.open = true; }
    }
    if (/^#school-/.test(location.hash)) {
      target.setAttribute("tabindex", "-1");
      target.focus({ preventScroll: true });
    }
    /* Cards out of sight have an estimated height only, and move the target once they are laid out. */
    let rounds = 4;
    (function settle() {
      target.scrollIntoView({ block: "start" });
      rounds -= 1;
      if (rounds) { requestAnimationFrame(settle); }
    })();
  }
  window.addEventListener("hashchange", reveal);
  if (location.hash) {
    reveal();
    window.addEventListener("load", reveal, { once: true });
  }
  document.documentElement.dataset.navigate = "ready";
})();
