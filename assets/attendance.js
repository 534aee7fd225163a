// Attendance: says how many are here and how many are missing while names are pressed, and keeps the presses on the device
// while there is no network. The page works without this. What is kept belongs to one user; forebyg.js wipes it when they
// log out or somebody else logs in.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const key = `forebyg:kladde:${document.body.dataset.user}:fremmoede:${location.pathname}`;
  const kept = () => JSON.parse(localStorage.getItem(key) ?? "null");
  const form = document.querySelector("[data-attendance]");
  if (!form) {
    // It is saved: by what was kept here, or by a colleague meanwhile, and then it is said.
    const late = document.querySelector("[data-attendance-late]");
    if (late && kept() && !kept().sent) late.hidden = false;
    if (late) localStorage.removeItem(key);
    return;
  }
  const said = form.querySelector("[data-count]");
  const boxes = [...form.querySelectorAll(".fb-att-box")];
  const waits = document.querySelector("[data-attendance-waits]");
  const tell = () => {
    const missing = boxes.filter((box) => box.checked).length;
    const here = document.createElement("strong");
    here.textContent = `${boxes.length - missing} ${form.dataset.sayHere}`;
    said.replaceChildren(here, missing ? ` · ${missing} ${form.dataset.sayMissing}` : "");
  };
  const fields = () => [...form.elements].filter((field) => field.name && field.type !== "hidden");
  const keep = (sent) => {
    const values = fields().map((field) => [field.id, field.type === "checkbox" || field.type === "radio" ? field.checked : field.value]);
    localStorage.setItem(key, JSON.stringify({ values, sent }));
    waits.hidden = sent;
  };
  const restore = ({ values }) => {
    for (const [id, value] of values) {
      const field = document.getElementById(id);
      if (!field) continue;
      if (typeof value === "boolean") field.checked = value;
      else field.value = value;
    }
  };
  const reached = async () => {
    try {
      return navigator.onLine && (await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(4000) })).ok;
    } catch {
      return false;
    }
  };
  let through = false;
  let asking = false;
  const send = async () => {
    if (asking) return;
    asking = true;
    const there = await reached();
    asking = false;
    keep(there);
    if (!there) return;
    through = true;
    form.requestSubmit();
  };
  form.addEventListener("submit", (event) => {
    if (through) return;
    event.preventDefault();
    event.stopPropagation();
    send();
  });
  addEventListener("online", () => !waits.hidden && send());
  setInterval(() => !waits.hidden && send(), 15000);
  form.addEventListener("change", tell);
  // Back and forward may bring the page as it was left.
  addEventListener("pageshow", tell);
  const before = kept();
  if (before && !document.querySelector("[data-error-summary]")) {
    restore(before);
    waits.hidden = before.sent;
    if (!before.sent) send();
  }
  tell();
});
