// When an answer never came (the line is down, the server is away), say so where messages stand, once, with what to do.
// The words come from the page, in the reader's language; answers with an error of their own are shown by the server.

document.addEventListener("htmx:error", () => {
  const place = document.querySelector(".flashes");
  const words = document.querySelector("#trouble");
  if (!place || !words || place.querySelector("[data-trouble]")) return;
  place.append(words.content.cloneNode(true));
  place.hidden = false;
});

document.addEventListener("htmx:after:swap", () => {
  for (const told of document.querySelectorAll(".flashes [data-trouble]")) told.remove();
});
