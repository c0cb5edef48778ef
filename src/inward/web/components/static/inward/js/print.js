// Buttons marked data-print open the browser's print dialogue. They are hidden without this file: the browser's own menu does it then.

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
