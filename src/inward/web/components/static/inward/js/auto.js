// A list marked data-auto-submit sends its form when something is chosen. Without this file a button does the same;
// where this file works, that button (data-auto-button) is not needed and steps aside.

for (const button of document.querySelectorAll("[data-auto-button]")) button.hidden = true;

document.addEventListener("change", (event) => {
  const field = event.target.closest("[data-auto-submit]");
  if (field && field.form && field.reportValidity()) field.form.requestSubmit();
});
