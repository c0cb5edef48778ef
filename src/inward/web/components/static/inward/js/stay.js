// When a part of the page is replaced, whoever goes by keyboard stays where she was, and what she opened stays open. The
// new part has other elements, so hers is found again by what it is: the first, second… of its sort. htmx does this itself
// where the element has an id.

const WHERE = "a[href], button, input, select, textarea, summary";
const sort = (one) => ["name", "type", "formaction", "href"].reduce((words, each) => `${words} ${one.getAttribute(each)}`, one.tagName);
const alike = (one) => [...document.querySelectorAll(WHERE)].filter((other) => sort(other) === sort(one));

let place = null;
let opened = [];

document.addEventListener("htmx:before:swap", () => {
  const one = document.activeElement;
  place = one && one.matches(WHERE) ? { sort: sort(one), number: alike(one).indexOf(one), one } : null;
  opened = [...document.querySelectorAll("main details")].map((each) => each.open);
});

document.addEventListener("htmx:after:swap", () => {
  const details = [...document.querySelectorAll("main details")];
  if (details.length === opened.length) details.forEach((each, number) => { each.open ||= opened[number]; });
  if (!place || place.one.isConnected || document.activeElement !== document.body) return;
  const again = [...document.querySelectorAll(WHERE)].filter((other) => sort(other) === place.sort)[place.number];
  if (again) again.focus({ preventScroll: true });
});
