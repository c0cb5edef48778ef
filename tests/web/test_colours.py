"""Every text colour has at least 4.5 : 1 on the grounds it stands on, every border of a control 3 : 1, light and dark (WCAG 2.2)."""

import re
from pathlib import Path

import pytest

from inward.web import components

CSS = Path(components.__file__).parent / "static/inward/css/inward.css"
LIGHT, DARK = 0, 1
TEXT = [
    (ink, ground)
    for ink in ("ink", "ink-soft", "brand-ink", "bad")
    for ground in ("paper", "surface", "sunken")
] + [
    ("on-brand", "brand"), ("on-brand", "brand-deep"), ("side-ink", "side"), ("side-ink-strong", "side-active"),
    *((tone, f"{tone}-soft") for tone in ("good", "warn", "bad", "info", "quiet")),
    *(("ink", f"{tone}-soft") for tone in ("good", "warn", "bad", "info", "quiet", "brand")),
    ("brand-ink", "brand-soft"), ("ink-soft", "quiet-soft"), ("ink-soft", "brand-soft"),
    *((f"tint-ink-{n}", f"tint-{n}") for n in range(6)),
]  # fmt: skip
BORDERS = [
    ("line-strong", "surface"),
    ("line-strong", "paper"),
    ("focus", "paper"),
    ("focus", "surface"),
    ("brand-ink", "quiet-soft"),
]


def tokens():
    text = CSS.read_text(encoding="utf-8")
    found = {
        name: colours(value)
        for name, value in re.findall(r"--([\w-]+): (light-dark\(#[^;]+\)|#\w+);", text.split("@layer base")[0])
    }
    for number, ground, ink in re.findall(r"\.tint-(\d) { --tint: ([^;]+); --tint-ink: ([^;]+); }", text):
        found[f"tint-{number}"], found[f"tint-ink-{number}"] = colours(ground), colours(ink)
    return found


def colours(value):
    both = re.findall(r"#([0-9a-f]{6})", value)
    return (both[0], both[-1])


def brightness(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    high, low = sorted((brightness(one), brightness(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("look", [LIGHT, DARK])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 4.5), (BORDERS, 3.0)])
def test_colours_can_be_told_apart(look, pairs, least):
    known = tokens()
    weak = {
        pair: round(found, 2)
        for pair in pairs
        if (found := contrast(known[pair[0]][look], known[pair[1]][look])) < least
    }
    assert weak == {}


def test_the_measure_itself_notices_a_weak_pair():
    assert contrast("777777", "ffffff") < 4.5 < contrast("767676", "ffffff")
