// A list marked data-auto-submit sends its form when something is chosen by hand. By keyboard nothing is sent while one
// walks through the choices: the button (data-auto-button) shows up and sends, as it does for everybody without this file.

// What follows at once is said beforehand, once beside each form (WCAG 3.2.2).

const said = document.body.dataset.atOnce;
const forms = new Set([...document.querySelectorAll("[data-auto-submit]")].map((field) => field.form));
for (const form of forms) {
  if (!form || !said) continue;
  const note = document.createElement("p");
  note.className = "at-once small soft";
  note.textContent = said;
  (form.querySelector(".filters") ?? form).append(note);
}

const buttons = (form) => (form ? form.querySelectorAll("[data-auto-button]") : []);
let byKeyboard = false;

for (const button of document.querySelectorAll("[data-auto-button]")) button.hidden = true;

const offer = (field) => { for (const button of buttons(field.form)) button.hidden = false; };

document.addEventListener("keydown", (event) => {
  byKeyboard = true;
  const field = event.target.closest && event.target.closest("[data-auto-submit]");
  if (field) offer(field); // reached by hand, then moved by keys
}, true);
document.addEventListener("pointerdown", () => { byKeyboard = false; }, true);

document.addEventListener("focusin", (event) => {
  const field = event.target.closest("[data-auto-submit]");
  if (field && byKeyboard) offer(field);
});

document.addEventListener("change", (event) => {
  const field = event.target.closest("[data-auto-submit]");
  if (field && field.form && !byKeyboard && field.reportValidity()) field.form.requestSubmit();
});
