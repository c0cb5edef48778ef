// On a phone tables are laid out as cards, and some readers then no longer take them for tables: the roles say it outright.

const ROLES = {
  table: "table",
  "thead, tbody, tfoot": "rowgroup",
  tr: "row",
  "th[scope=col]": "columnheader",
  "th[scope=row]": "rowheader",
  td: "cell",
};

const say = () => {
  for (const [which, role] of Object.entries(ROLES)) {
    for (const part of document.querySelectorAll(`.cards :is(${which}):not([role])`)) part.setAttribute("role", role);
  }
};

say();
document.addEventListener("htmx:after:swap", say);
