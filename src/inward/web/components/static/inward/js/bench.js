// The keys of the workbench. Each spares a click and none is needed; they rest while somebody types, and whoever is
// disturbed by them (dictation presses letters too, WCAG 2.1.4) turns them off, which this browser remembers.

const KEPT = "inward-desk-keys";
const used = () => localStorage.getItem(KEPT) !== "off";
const typing = (one) => one.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

const walk = (step) => {
  const rows = [...document.querySelectorAll("[data-row]")];
  if (!rows.length) return;
  const focused = rows.indexOf(document.activeElement);
  const current = rows.findIndex((row) => row.closest("[aria-current]"));
  const from = focused >= 0 ? focused : current;
  rows[Math.min(Math.max(from + step, 0), rows.length - 1)].focus();
};

const say = (what) => {
  const choice = document.querySelector(`[name=what][value=${what}]`);
  const text = document.querySelector("#say-text");
  if (choice) choice.checked = true;
  if (text) text.focus();
};

const search = () => {
  const field = document.querySelector("#id_text");
  if (!field) return;
  const folded = field.closest("details");
  if (folded) folded.open = true;
  field.focus();
};

const KEYS = {
  j: () => walk(1),
  k: () => walk(-1),
  r: () => say("answer"),
  n: () => say("note"),
  s: () => say("solve"),
  "/": search,
  "?": () => document.querySelector("#bench-keys").togglePopover(),
};

document.addEventListener("keydown", (event) => {
  const act = KEYS[event.key];
  if (!act || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !used()) return;
  event.preventDefault();
  act();
});

const button = document.querySelector("[data-keys]");
if (button) {
  button.setAttribute("aria-pressed", String(used()));
  button.addEventListener("click", () => {
    localStorage.setItem(KEPT, used() ? "off" : "on");
    button.setAttribute("aria-pressed", String(used()));
  });
}
