// Small help on top of pages that work without it: keys that lead somewhere, a form is sent once only, drafts of
// others are wiped from the device, and an error summary gets the focus.
"use strict";
(() => {
  const typing = (node) => node.closest("input, textarea, select, [contenteditable]");

  // Keys of one letter can be switched off (WCAG 2.1.4): who dictates does not want them.
  const OFF = "forebyg:genveje-fra";
  let waits = false;
  const go = (address) => address && location.assign(address);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (localStorage.getItem(OFF) || document.querySelector("dialog[open]")) return;
    if (waits) {
      waits = false;
      return go(document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.getAttribute("href"));
    }
    const does = {
      "/": () => document.getElementById("soeg")?.focus(),
      "?": () => document.getElementById("genveje")?.showModal(),
      n: () => go(document.querySelector("[data-key=h]") && "/henvisninger/ny"),
      g: () => {
        waits = true;
        setTimeout(() => (waits = false), 1500);
      },
    }[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  });
  document.addEventListener("DOMContentLoaded", () => {
    const off = document.querySelector("[data-keys-off]");
    if (!off) return;
    off.checked = Boolean(localStorage.getItem(OFF));
    off.addEventListener("change", () => (off.checked ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF)));
    for (const button of document.querySelectorAll("[data-keys]")) {
      button.hidden = false;
      button.addEventListener("click", () => document.getElementById("genveje").showModal());
    }
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
