"""A picture of who holds what of whom: boxes in layers, holders above what they hold, as figures that a template draws.

It knows no companies: boxes and arrows go in, places come out. The layout is Sugiyama's in its plainest form: layers by the
longest way from the top, then each layer ordered by the middle of its neighbours, there and back. A circle is cut at the
arrow that closes it; the arrow is drawn all the same.
"""

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

BOX_WIDTH, BOX_HEIGHT = 168, 52
ACROSS, DOWN = 28, 64
MARGIN = 12
LETTERS, LINES = 20, 2
SWEEPS = 4
LABEL_WIDTH, LABEL_HEIGHT, LETTER_WIDTH = 52, 20, 6


@dataclass(frozen=True, slots=True)
class Shape:
    """A box to be drawn: its key, its words, and its tone ("": as any other)."""

    key: str
    words: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow from the box above to the box below, with a short label; strong ones carry the answer."""

    above: str
    below: str
    label: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text and where its middle stands."""

    x: int
    y: int
    words: str


@dataclass(frozen=True, slots=True)
class Box:
    """A box in its place."""

    x: int
    y: int
    width: int
    height: int
    tone: str
    title: str
    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """An arrow in its place: an SVG path, and the label with the corner and the width of its ground."""

    path: str
    strong: bool
    label: Text
    label_x: int
    label_y: int
    label_width: int = 0


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything drawn, in units of one pixel at full size."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def drawing(shapes: Sequence[Shape], arrows: Iterable[Arrow]) -> Drawing:
    """Place the shapes in layers and the arrows between them; arrows to or from no shape are left out.

    Several arrows from one box to another become one with all their labels: they would lie on one another.
    """
    known = {shape.key: shape for shape in shapes}
    told = [arrow for arrow in arrows if arrow.above in known and arrow.below in known and arrow.above != arrow.below]
    drawn = _merged(told)
    layers = _ordered(_layers(list(known), drawn), drawn)
    widest = max((len(layer) for layer in layers), default=0)
    width = 2 * MARGIN + max(widest * (BOX_WIDTH + ACROSS) - ACROSS, BOX_WIDTH)
    height = 2 * MARGIN + max(len(layers) * (BOX_HEIGHT + DOWN) - DOWN, BOX_HEIGHT)
    place = {
        key: (_left(number, len(layer), width), MARGIN + level * (BOX_HEIGHT + DOWN))
        for level, layer in enumerate(layers)
        for number, key in enumerate(layer)
    }
    boxes = tuple(_box(known[key], *place[key]) for layer in layers for key in layer)
    lines = tuple(_line(arrow, place[arrow.above], place[arrow.below]) for arrow in drawn)
    # What goes round the side, and its words, may reach beyond the boxes.
    reach = max((line.label_x + line.label_width for line in lines), default=0)
    return Drawing(max(width, reach + MARGIN), height, boxes, lines)


def _merged(arrows: Iterable[Arrow]) -> list[Arrow]:
    """One arrow for each pair of boxes, in the order of the first; strong where one of them is."""
    found: dict[tuple[str, str], Arrow] = {}
    for arrow in arrows:
        pair = arrow.above, arrow.below
        before = found.get(pair)
        label = arrow.label if before is None else " · ".join(filter(None, (before.label, arrow.label)))
        found[pair] = replace(arrow, label=label, strong=arrow.strong or (before is not None and before.strong))
    return list(found.values())


def _layers(keys: Sequence[str], arrows: Sequence[Arrow]) -> list[list[str]]:
    """The boxes by the length of the longest way from above; the arrow that closes a circle counts for nothing."""
    below: dict[str, list[str]] = defaultdict(list)
    for arrow in arrows:
        below[arrow.above].append(arrow.below)
    held = {arrow.below for arrow in arrows}
    order: list[str] = []
    state: dict[str, int] = {}
    forward: dict[str, list[str]] = defaultdict(list)
    for start in sorted(keys, key=lambda key: key in held):  # from the tops first, so that circles are cut low down
        trail = [(start, iter(below[start]))] if start not in state else []
        state.setdefault(start, 1)
        while trail:
            key, rest = trail[-1]
            for other in rest:
                if state.get(other) == 1:
                    continue  # closes a circle
                forward[key].append(other)
                if other not in state:
                    state[other] = 1
                    trail.append((other, iter(below[other])))
                    break
            else:
                state[key] = 2
                order.append(key)
                trail.pop()
    level = dict.fromkeys(keys, 0)
    for key in reversed(order):
        for other in forward[key]:
            level[other] = max(level[other], level[key] + 1)
    layers: list[list[str]] = [[] for _ in range(1 + max(level.values(), default=-1))]
    for key in keys:
        layers[level[key]].append(key)
    return layers


def _ordered(layers: list[list[str]], arrows: Sequence[Arrow]) -> list[list[str]]:
    """Each layer in the order of the middles of its neighbours, so that arrows cross as little as can be had cheaply."""
    neighbours: dict[str, list[str]] = defaultdict(list)
    for arrow in arrows:
        neighbours[arrow.above].append(arrow.below)
        neighbours[arrow.below].append(arrow.above)
    for sweep in range(SWEEPS):
        place = {key: number / max(len(layer) - 1, 1) for layer in layers for number, key in enumerate(layer)}
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            middle = {
                key: sum(place[other] for other in neighbours[key]) / len(neighbours[key]) if neighbours[key] else 0.5
                for key in layer
            }
            layer.sort(key=lambda key: (middle[key], place[key]))
            place |= {key: number / max(len(layer) - 1, 1) for number, key in enumerate(layer)}
    return layers


def _left(number: int, count: int, width: int) -> int:
    """Where a box begins: each layer stands in the middle."""
    whole = count * (BOX_WIDTH + ACROSS) - ACROSS
    return (width - whole) // 2 + number * (BOX_WIDTH + ACROSS)


def _box(shape: Shape, x: int, y: int) -> Box:
    words = textwrap.wrap(shape.words, LETTERS, max_lines=LINES, placeholder="…") or [shape.key]
    first = y + BOX_HEIGHT // 2 - (len(words) - 1) * 9
    lines = tuple(Text(x + BOX_WIDTH // 2, first + number * 18, text) for number, text in enumerate(words))
    return Box(x, y, BOX_WIDTH, BOX_HEIGHT, shape.tone, shape.words, lines)


def _line(arrow: Arrow, above: tuple[int, int], below: tuple[int, int]) -> Line:
    x1, y1 = above[0] + BOX_WIDTH // 2, above[1] + BOX_HEIGHT
    x2, y2 = below[0] + BOX_WIDTH // 2, below[1]
    if y2 <= above[1]:  # against the stream: a circle, drawn round the side
        x1, y1, x2, y2 = (
            above[0] + BOX_WIDTH,
            above[1] + BOX_HEIGHT // 2,
            below[0] + BOX_WIDTH,
            below[1] + BOX_HEIGHT // 2,
        )
        path, x, y = (
            f"M{x1} {y1} C{x1 + ACROSS} {y1} {x2 + ACROSS} {y2} {x2} {y2}",
            max(x1, x2) + ACROSS * 3 // 4,
            (y1 + y2) // 2,
        )
    else:
        half = (y2 - y1) // 2
        path, x, y = f"M{x1} {y1} C{x1} {y1 + half} {x2} {y2 - half} {x2} {y2}", (x1 + x2) // 2, (y1 + y2) // 2
        if (
            y2 - y1 > DOWN
        ):  # it passes other boxes: its words stand before the first of them, above those of shorter arrows
            x, y = x1 + (x2 - x1) * LABEL_HEIGHT // (4 * (y2 - y1)), y1 + LABEL_HEIGHT // 2 + 2
    wide = max(LABEL_WIDTH, len(arrow.label) * LETTER_WIDTH + LABEL_HEIGHT)
    return Line(path, arrow.strong, Text(x, y, arrow.label), x - wide // 2, y - LABEL_HEIGHT // 2, wide)
