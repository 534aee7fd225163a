// Reads a text aloud with the browser's own voice, where it has one. The text stands on the page as well.
"use strict";
(() => {
  if (!("speechSynthesis" in window)) return;
  document.documentElement.classList.add("fb-speaks");
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-aloud]");
    if (!button) return;
    const speaking = speechSynthesis.speaking;
    speechSynthesis.cancel();
    if (speaking) return;
    const said = new SpeechSynthesisUtterance(document.getElementById(button.dataset.aloud).textContent);
    said.lang = "da-DK";
    speechSynthesis.speak(said);
  });
  addEventListener("pagehide", () => speechSynthesis.cancel());
})();
