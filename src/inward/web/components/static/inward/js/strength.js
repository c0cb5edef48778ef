// Says how strong a password is while it is typed. The same sum as access/passwords.py, which has the last word: it also
// knows the passwords that everybody uses. Without this file the word stands there after the form was sent.

const KINDS = [[/[a-z]/, 26], [/[A-Z]/, 26], [/[0-9]/, 10], [/[^a-zA-Z0-9]/, 33]];
const LIMITS = [28, 40, 55, 75];

export const bits = (password) => {
  const letters = Array.from(password, (letter) => letter.codePointAt(0));
  const kinds = KINDS.reduce((sum, [kind, size]) => sum + (kind.test(password) ? size : 0), 0);
  if (!kinds) return 0;
  const foreseen = letters.slice(1).filter((letter, index) => Math.abs(letter - letters[index]) <= 1).length;
  return (letters.length - foreseen) * Math.log2(kinds) + foreseen * 0.5;
};

export const strength = (password) => LIMITS.filter((limit) => bits(password) >= limit).length;

for (const meter of document.querySelectorAll("[data-strength]")) {
  const field = document.getElementById(meter.dataset.strength);
  const words = meter.dataset.words.split("|");
  field?.addEventListener("input", () => {
    const found = strength(field.value);
    meter.hidden = !field.value;
    meter.querySelector("progress").value = found;
    const place = meter.querySelector("[data-strength-word]");
    if (place.textContent !== words[found]) place.textContent = words[found];
  });
}
