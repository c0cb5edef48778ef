// When a part of the page is replaced, those who cannot see it hear what is new: the part says it itself (data-say), and
// this puts it where screen readers listen.

document.addEventListener("htmx:after:swap", () => {
  const place = document.querySelector("#said");
  const told = document.querySelector("main [data-say]");
  if (place && told && place.textContent !== told.dataset.say) place.textContent = told.dataset.say;
});
