// Questions that are asked only after certain answers to another one: data-when names the field, data-answers the answers.
// What is not asked is hidden here; whether it was asked is decided on the server. Without this file all are shown, each
// with the words that say when it is asked.

const answer = (form, name) => {
  const fields = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
  const chosen = fields.find((field) => field.type !== "radio" || field.checked);
  const box = chosen && chosen.closest("[data-when]");
  return chosen && !(box && box.hidden) ? chosen.value.trim() : "";
};

const show = (form) => {
  for (const box of form.querySelectorAll("[data-when]")) {
    box.hidden = !JSON.parse(box.dataset.answers).includes(answer(form, box.dataset.when));
    const words = box.querySelector("[data-when-words]");
    if (words) words.hidden = true;
  }
};

for (const form of new Set([...document.querySelectorAll("[data-when]")].map((box) => box.closest("form")))) {
  show(form);
  form.addEventListener("input", () => show(form));
  form.addEventListener("change", () => show(form));
}
