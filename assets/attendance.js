// Attendance: says how many are here and how many are missing while names are pressed. The page works without this.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("[data-attendance]");
  if (!form) return;
  const said = form.querySelector("[data-count]");
  const boxes = [...form.querySelectorAll(".fb-att-box")];
  const tell = () => {
    const missing = boxes.filter((box) => box.checked).length;
    const here = document.createElement("strong");
    here.textContent = `${boxes.length - missing} ${form.dataset.sayHere}`;
    said.replaceChildren(here, missing ? ` · ${missing} ${form.dataset.sayMissing}` : "");
  };
  form.addEventListener("change", tell);
  // Back and forward may bring the page as it was left.
  addEventListener("pageshow", tell);
  tell();
});
