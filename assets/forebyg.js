// Small help on top of pages that work without it: "/" goes to the search field, a form is sent once only, drafts of
// others are wiped from the device, and an error summary gets the focus.
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

  // Drafts on the device belong to one user: they go when that user logs out, and when another one logs in.
  const forgetDrafts = (keep) => {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith("forebyg:kladde:") && !(keep && key.startsWith(`forebyg:kladde:${keep}:`))) localStorage.removeItem(key);
    }
  };
  document.addEventListener("submit", (event) => {
    if (event.target.getAttribute("action") === "/log-ud") forgetDrafts();
  });
  document.addEventListener("DOMContentLoaded", () => {
    if (document.body.dataset.user) forgetDrafts(document.body.dataset.user);
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
