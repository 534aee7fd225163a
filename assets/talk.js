// The talk: what is typed is saved while it is typed; without a network or a session it waits on the device, and is sent
// when there is one again. The page works without this, by "Gem".
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("samtale");
  const key = `forebyg:kladde:${document.body.dataset.user}:${form.dataset.talk}`;
  const saved = document.querySelector("[data-saved]");
  const trouble = document.querySelector("[data-trouble]");
  // What is said to people stands in the page, so that it is said in the page's language.
  const say = (name) => form.getAttribute(`data-say-${name}`);
  const SOON = 1500;
  const AGAIN = 5000;
  const own = new Set(["csrf", "set", "hele"]);
  const fields = () => [...form.elements].filter((field) => field.name && !own.has(field.name));
  const named = (name) => fields().filter((field) => field.name === name);

  const valueOf = (name) => {
    const all = named(name);
    if (all[0]?.type === "radio") return all.find((field) => field.checked)?.value ?? "";
    if (all[0]?.type === "checkbox") return all[0].checked ? all[0].value : "";
    return all[0]?.value ?? "";
  };
  const setValue = (name, text) => {
    for (const field of named(name)) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === text;
      else field.value = text;
    }
  };

  // What has changed since the last save, by field.
  let dirty = {};
  // What a colleague wrote over meanwhile: kept on the device until somebody decides, with the step it was built on.
  let held = {};
  let heldStep;
  let sending = false;
  let timer;
  form.querySelector("[data-without-script]").hidden = true;

  const keepOnDevice = () => {
    const texts = { ...held, ...dirty };
    if (Object.keys(texts).length === 0) return localStorage.removeItem(key);
    const seen = Object.keys(held).length ? heldStep : form.elements.set.value;
    localStorage.setItem(key, JSON.stringify({ seen, texts }));
  };
  const tell = (text, link) => {
    trouble.replaceChildren();
    if (!text) return;
    const band = document.createElement("div");
    band.className = "fb-band fb-band--soon";
    const words = document.createElement("p");
    words.textContent = text;
    if (link) {
      const a = document.createElement("a");
      a.href = link[0];
      a.textContent = link[1];
      words.append(" ", a);
    }
    band.append(words);
    trouble.append(band);
  };

  const showOther = (name, { text, who }) => {
    const field = named(name)[0];
    const place = field?.closest(".fb-field, fieldset, li") ?? form;
    place.querySelector(".fb-talk-other")?.remove();
    const note = document.createElement("p");
    note.className = "fb-talk-other fb-why";
    note.setAttribute("role", "status");
    note.textContent = `${who} ${say("other")} ”${text}” `;
    if (field.tagName === "TEXTAREA") {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-tertiary";
      button.textContent = say("insert");
      button.addEventListener("click", () => {
        field.value = `${field.value}\n${text}`;
        note.remove();
        changed(name);
        field.focus();
      });
      note.append(button);
    }
    place.append(note);
  };

  const bringUpToDate = (answer, sent) => {
    if (answer.refused.length && Object.keys(held).length === 0) heldStep = form.elements.set.value;
    for (const name of answer.refused) held[name] = sent[name];
    form.elements.set.value = answer.step;
    for (const [name, other] of Object.entries(answer.others)) {
      if (name in dirty || answer.refused.includes(name)) showOther(name, other);
      else setValue(name, other.text);
    }
    for (const name of Object.keys(sent)) if (dirty[name] === sent[name]) delete dirty[name];
    saved.hidden = false;
    saved.textContent = Object.keys(held).length ? say("not-all") : `${say("saved")} ${answer.saved}`;
    form.querySelector("[data-wheel]").innerHTML = answer.wheel;
    form.querySelector("[data-missing]").innerHTML = answer.missing;
    // Not under the hands of somebody who writes a reason there.
    const warnings = form.querySelector("[data-warnings]");
    if (!warnings.contains(document.activeElement)) {
      warnings.innerHTML = answer.warnings;
      for (const [name, text] of Object.entries(dirty)) if (name.startsWith("kvit-")) setValue(name, text);
    }
    const proposed = form.querySelector("[data-proposed]");
    for (const { id, hint } of answer.conditions) {
      const question = document.getElementById(id);
      question.querySelector("[data-hint]").textContent = hint;
      if (question.parentElement !== proposed) proposed.append(question);
    }
    form.querySelector("[data-none]").hidden = proposed.children.length > 0;
    marks();
  };

  const save = async (leaving) => {
    clearTimeout(timer);
    if (sending || Object.keys(dirty).length === 0) return;
    sending = true;
    const sent = { ...dirty };
    const body = new URLSearchParams({ csrf: form.elements.csrf.value, set: form.elements.set.value, ...sent });
    try {
      const answer = await fetch(form.dataset.keep, { method: "POST", body, keepalive: Boolean(leaving), redirect: "manual", headers: { Accept: "application/json" } });
      if (answer.ok && answer.headers.get("content-type")?.startsWith("application/json")) {
        bringUpToDate(await answer.json(), sent);
        tell("");
      } else if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
        tell(say("logged-out"), ["/log-ind", say("log-in")]);
      } else {
        const { problem } = await answer.json().catch(() => ({}));
        tell(problem ?? say("failed"));
      }
    } catch {
      tell(say("offline"));
    }
    sending = false;
    keepOnDevice();
    if (Object.keys(dirty).length) {
      saved.hidden = false;
      saved.textContent = say("not-yet");
      timer = setTimeout(save, AGAIN);
    }
  };

  const changed = (name) => {
    dirty[name] = valueOf(name);
    delete held[name];
    keepOnDevice();
    clearTimeout(timer);
    timer = setTimeout(save, SOON);
    marks();
  };

  // A part is marked when something stands in it; the same is told in words under "Afslutning".
  const marks = () => {
    for (const link of form.querySelectorAll(".fb-talk-nav a")) {
      const part = document.querySelector(link.hash);
      const names = new Set([...part.querySelectorAll("[name]")].map((field) => field.name));
      const standing = [...names].some((name) => valueOf(name) && !/^(levering-|samtykke-maade|dato|fra|til|sted)/.test(name));
      link.toggleAttribute("data-done", standing);
    }
  };

  // What was said the last time becomes part of this talk when somebody says that it is still true.
  for (const button of form.querySelectorAll("[data-again]")) {
    const name = button.dataset.again;
    const last = form.querySelector(`[data-last="${name}"]`).textContent;
    button.hidden = false;
    button.addEventListener("click", () => {
      const [field] = named(name);
      field.value = [field.value.trimEnd(), last].filter(Boolean).join("\n");
      button.hidden = true;
      changed(name);
      field.focus();
    });
  }

  form.addEventListener("input", (event) => event.target.name && !own.has(event.target.name) && changed(event.target.name));
  addEventListener("online", () => save());
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save(true));
  // Ended only when all that was typed is safe: then nothing of it stays on the device either.
  form.addEventListener("submit", async (event) => {
    held = {};
    if (Object.keys(dirty).length === 0 && !sending) return keepOnDevice();
    event.preventDefault();
    await save();
    if (Object.keys(dirty).length === 0 && Object.keys(held).length === 0) form.requestSubmit();
  });

  const before = JSON.parse(localStorage.getItem(key) ?? "null");
  if (before) {
    for (const [name, text] of Object.entries(before.texts)) {
      setValue(name, text);
      dirty[name] = text;
    }
    // Built on the step it was typed at, so that what a colleague wrote since is not overwritten.
    form.elements.set.value = before.seen;
    save();
  }
  marks();
});
