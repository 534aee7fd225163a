// A form with data-draft keeps what is typed on the device until it was sent: a lost session or network loses nothing.
// The key carries the user; forebyg.js wipes it when they log out or somebody else logs in.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const prefix = `forebyg:kladde:${document.body.dataset.user}:`;
  const SOON = 400;
  const fieldsOf = (form) => [...form.elements].filter((field) => field.name && field.type !== "hidden" && field.type !== "submit");
  const valueOf = (field) => (field.type === "radio" || field.type === "checkbox" ? field.checked : field.value);
  const place = (field) => (field.type === "radio" ? `${field.name}=${field.value}` : field.name);
  const texts = (form) => Object.fromEntries(fieldsOf(form).map((field) => [place(field), valueOf(field)]));

  // What was sent is done with once the program says so; a refused form comes back with its texts in it.
  const done = document.querySelector('[role="status"].fb-band--ok');
  for (const key of Object.keys(localStorage).filter((key) => key.startsWith(prefix))) {
    const draft = JSON.parse(localStorage.getItem(key));
    if (done && draft.sent) localStorage.removeItem(key);
  }

  for (const form of document.querySelectorAll("form[data-draft]")) {
    const key = prefix + form.dataset.draft;
    const refused = document.querySelector("[data-error-summary]");
    const asItCame = refused ? "" : JSON.stringify(texts(form));
    let timer;
    const keep = (sent) => {
      clearTimeout(timer);
      const now = texts(form);
      if (JSON.stringify(now) === asItCame && !sent) return localStorage.removeItem(key);
      localStorage.setItem(key, JSON.stringify({ texts: now, sent }));
    };
    const draft = JSON.parse(localStorage.getItem(key) ?? "null");
    if (draft && refused) keep(false);
    else if (draft) {
      for (const field of fieldsOf(form)) {
        const text = draft.texts[place(field)];
        if (typeof text === "boolean") field.checked = text;
        else if (text !== undefined) field.value = text;
      }
      tell(form, () => {
        localStorage.removeItem(key);
        location.reload();
      });
    }
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => keep(false), SOON);
    };
    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
    form.addEventListener("submit", () => keep(true));
    addEventListener("pagehide", () => timer && keep(form.getAttribute("aria-busy") === "true"));
  }

  function tell(form, forget) {
    const band = document.createElement("div");
    band.className = "fb-band fb-band--soon fb-noprint";
    band.setAttribute("role", "status");
    const words = document.createElement("p");
    words.textContent = `${document.body.dataset.sayKept} `;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-tertiary";
    button.textContent = document.body.dataset.sayAnew;
    button.addEventListener("click", forget);
    words.append(button);
    band.append(words);
    form.before(band);
    form.closest("details")?.setAttribute("open", "");
  }
});
