// The sheet for SOFT: each text is copied by a press, or selected when the browser lets nobody copy. Without script the
// buttons stay hidden and the text is there to be marked.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const select = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };
  for (const button of document.querySelectorAll("[data-copy]")) {
    const text = document.getElementById(button.dataset.copy);
    const said = document.createElement("span");
    said.className = "fb-meta";
    said.setAttribute("role", "status");
    button.after(said);
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.textContent);
        said.textContent = button.dataset.sayCopied;
      } catch {
        select(text);
      }
    });
  }
});
