"""Reads pages as people and browsers do: their words, their forms as they would be sent. Not a parser for anything else."""

from html.parser import HTMLParser

SILENT = {"script", "style", "svg", "template", "head"}
VOID = {"input", "meta", "link", "br", "hr", "img", "path", "use"}


class _Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.words, self._silent = [], 0

    def handle_starttag(self, tag, attrs):
        self._silent += tag in SILENT

    def handle_endtag(self, tag):
        self._silent -= tag in SILENT

    def handle_data(self, data):
        if not self._silent:
            self.words.append(data)


def words(response):
    """Everything that is read on the page, with single blanks."""
    reader = _Words()
    reader.feed(response.content.decode())
    return " ".join(" ".join(reader.words).replace("\xa0", " ").split())


class _Forms(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self._select, self._area = [], None, None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.forms.append((given.get("action", ""), []))
        if not self.forms:
            return
        fields = self.forms[-1][1]
        if tag == "input" and given.get("name"):
            kind = given.get("type", "text")
            if kind not in ("radio", "checkbox") or "checked" in given:
                fields.append((given["name"], given.get("value", "on" if kind == "checkbox" else "")))
        if tag == "textarea" and given.get("name"):
            self._area = [given["name"], ""]
        if tag == "select":
            self._select = given.get("name")
        if tag == "option" and self._select and "selected" in given:
            fields.append((self._select, given.get("value", "")))

    def handle_data(self, data):
        if self._area is not None:
            self._area[1] += data

    def handle_endtag(self, tag):
        if tag == "select":
            self._select = None
        if tag == "textarea" and self._area is not None:
            name, value = self._area
            self.forms[-1][1].append((name, value.removeprefix("\n")))  # as browsers do
            self._area = None


def form(response, action):
    """What the form with that address would send as it stands: names with their lists of values."""
    reader = _Forms()
    reader.feed(response.content.decode())
    for place, fields in reader.forms:
        if place == action:
            sent = {}
            for name, value in fields:
                sent.setdefault(name, []).append(value)
            return sent
    raise AssertionError(f"no form for {action}: {[place for place, _ in reader.forms]}")
