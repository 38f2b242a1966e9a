"use strict";
/* Shared by the other scripts. The page is whole without any of them; they only add comfort. */
window.addEventListener("error", function (event) {
  document.documentElement.dataset.scriptError = event.message;
});
const plan = {
  one(selector, within) { return (within || document).querySelector(selector); },
  all(selector, within) { return Array.from((within || document).querySelectorAll(selector)); },
  /* Lower case without accents, so that "sciarjevo" finds "Šćitarjevo" when typed plainly. */
  plain(text) { return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").replace(/ł/gi, "l").toLowerCase(); },
  say(text) { plan.one("#said").textContent = text; },
  calm: window.matchMedia("(prefers-reduced-motion: reduce)").matches,
  show(id) { const node = document.getElementById(id); if (node) { node.hidden = false; } return node; }
};
