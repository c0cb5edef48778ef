// Changes the look at once and tells the server in the background. Without this file the form is sent as usual and the
// page comes back in the new look.

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.hasAttribute("data-theme-form") || !event.submitter) return;
  event.preventDefault();
  const chosen = event.submitter.value;
  document.documentElement.dataset.theme = chosen;
  for (const button of form.querySelectorAll("button[name=theme]")) {
    button.setAttribute("aria-pressed", String(button.value === chosen));
  }
  const body = new URLSearchParams(new FormData(form));
  body.set("theme", chosen);
  await fetch(form.action, { method: "POST", body, redirect: "manual" });
});
