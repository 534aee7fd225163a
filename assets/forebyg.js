// Small help on top of pages that work without it: "/" goes to the search field, a form is sent once only,
// and an error summary gets the focus.
"use strict";
(() => {
  const typing = (node) => node.closest("input, textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const field = document.getElementById("soeg");
    if (!field) return;
    event.preventDefault();
    field.focus();
  });

  // The second press is ignored, not disabled: a disabled button loses its focus and cannot say why.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.getAttribute("aria-busy") === "true") return event.preventDefault();
    if (event.defaultPrevented || form.target) return;
    form.setAttribute("aria-busy", "true");
  });

  // Back and forward may bring the page as it was left.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
  });

  // A button that prints needs script; without it the browser's own menu prints.
  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-print]")) {
      button.hidden = false;
      button.addEventListener("click", () => print());
    }
  });

  document.addEventListener("DOMContentLoaded", () => document.querySelector("[data-error-summary]")?.focus());
})();
