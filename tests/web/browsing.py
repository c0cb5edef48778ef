"""A real Chromium for tests: signed in as somebody of the cast, with the content policy in force, noticing every complaint.

The server is pytest-django's, in a thread of this process, on the same test database.
"""

from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Error, sync_playwright
from tests.builders import PASSWORD

AXE = Path(__file__).resolve().parents[2] / ".assets/axe.min.js"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WHOLE = "{resultTypes: ['violations'], rules: {'target-size': {enabled: true}}}"
"""All rules of axe-core, also the one on target sizes, which it leaves out by itself."""
DESKTOP, PHONE, NARROW = (1280, 860), (360, 740), (320, 640)
IGNORED = ("409 (Conflict)", "404 (Not Found)", "403 (Forbidden)", "422 (Unprocessable")
"""What the browser says of answers that the tests ask for on purpose."""


@dataclass
class Browser:
    """A window on the house, and what the browser complained of."""

    page: object
    base: str
    complaints: list = field(default_factory=list)

    def go(self, address):
        self.page.goto(self.base + address)
        return self

    def until(self, expression, expected=True, *, seconds=10):
        """Wait until a script expression has that value. Asked from outside, since the policy forbids pages to evaluate."""
        for _ in range(seconds * 20):
            with suppress(Error):  # the page is just being replaced
                if self.page.evaluate(expression) == expected:
                    return self
            self.page.wait_for_timeout(50)
        raise AssertionError((expression, self.page.evaluate(expression), expected))

    def text(self, selector="main"):
        return " ".join(self.page.inner_text(selector).replace("\xa0", " ").split())

    def click(self, selector):
        self.page.click(selector)
        self.page.wait_for_load_state("load")
        return self

    def reached(self, address, *, seconds=15):
        """Wait until the window stands at an address (a compiled pattern, searched in it) and has loaded.

        Asked again and again, not awaited once: where a second click sends a form again, the first answer is given up
        by the browser, and whoever awaits that one is told of an aborted frame.
        """
        for _ in range(seconds * 20):
            with suppress(Error):  # the page is just being replaced
                if address.search(self.page.url) and self.page.evaluate("document.readyState") == "complete":
                    return self
            self.page.wait_for_timeout(50)
        raise AssertionError((address.pattern, self.page.url))

    def faults(self):
        """What axe-core finds on the page as it stands; what the policy forbids axe itself is no complaint of the page."""
        before = list(self.complaints)
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(f"axe.run(document, {WHOLE})")["violations"]
        self.complaints[:] = before
        return [(fault["id"], [node["html"][:160] for node in fault["nodes"][:3]]) for fault in found]

    def overflow(self):
        """Pixels by which the page is wider than the window."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@contextmanager
def chromium_at(path):
    """The browser itself, for several windows. Its driver keeps an event loop in this thread, of which Django is wary;
    nothing of the house is asynchronous, so it need not be.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as play:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
        chromium = play.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield chromium
        finally:
            chromium.close()


@contextmanager
def window(chromium, base, part=None, *, size=DESKTOP, look="light", scripts=True):
    """A fresh window; signed in as a part of the cast unless there is none."""
    width, height = size
    context = chromium.new_context(
        viewport={"width": width, "height": height},
        color_scheme=look,
        java_script_enabled=scripts,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    browser = Browser(page, base)
    page.on("console", lambda said: _noted(browser, said))
    page.on("pageerror", lambda error: browser.complaints.append(str(error)))
    try:
        if part is not None:
            browser.go("/door/login/")
            page.fill("#id_login", part.code)
            page.fill("#id_password", PASSWORD)
            browser.click("form.stack button.btn-primary")
        yield browser
    finally:
        context.close()
    assert browser.complaints == [], browser.complaints


def _noted(browser, said):
    """Keep a complaint of a page of ours; what another's server lacks on its own pages (a sign-on provider) is its own."""
    elsewhere = said.location.get("url", "").startswith("http") and not said.location["url"].startswith(browser.base)
    if said.type in ("error", "warning") and not elsewhere and not any(known in said.text for known in IGNORED):
        browser.complaints.append(said.text)
