"""The components as template tags: ``{% load components %}``. Each takes named arguments only and refuses unknown ones
when the template is compiled, so that a typing slip is an error and never a silent nothing.

Blocks (``{% card title=… %}…{% endcard %}``) wrap what stands in them; the others stand alone. They show frozen records
and values; they decide nothing and read nothing. How each looks is in templates/components/.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from django import template
from django.forms import BoundField, CheckboxInput, Select, SelectMultiple
from django.template.context import Context
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from inward.core.terms import Money, Rate, Reason, UnitPrice
from inward.kit import vocabularies
from inward.web.components import formats
from inward.web.components.drawing import Drawing
from inward.web.components.errors import words
from inward.web.components.forms import wrong_words
from inward.web.components.frame import frame_for
from inward.web.components.records import Column, Frame, Option, Pages, Step, Tried, VerdictWords, Wrong

register = template.Library()

TONES: Final = frozenset({"", "good", "warn", "bad", "info", "brand", "quiet"})
_ADDRESS: Final = re.compile(r"(https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]])")
_LINK: Final = '<a href="{}" rel="noreferrer noopener external">{}</a>'
STATE_TONES: Final = {
    "AWAITING_APPROVAL": ("warn", "clock"),
    "PLACED": ("info", "shopping-cart"),
    "PARTLY_DELIVERED": ("info", "truck-delivery"),
    "DELIVERED": ("good", "circle-check"),
    "RETURNED": ("quiet", "arrow-back-up"),
    "CANCELLED": ("quiet", "circle-x"),
    "DECLINED": ("bad", "circle-x"),
    "AGREED": ("good", "refresh"),
    "ENDED": ("quiet", "circle-check"),
    "OPEN": ("good", "circle-check"),
    "CLOSED": ("quiet", "lock"),
    "NEW": ("info", "bell"),
    "WAITING": ("warn", "clock"),
    "SOLVED": ("good", "check"),
    "WITHDRAWN": ("quiet", "circle-x"),
    "JOINED": ("quiet", "arrow-right"),
    "case_state:OPEN": ("info", "user"),
}
"""How each state is coloured, and the icon that says the same without colour; with its sort where two sorts share a word."""

_SPRITE = Path(__file__).resolve().parent.parent / "static/inward/vendor/icons.svg"


class UnknownTone(ValueError):  # noqa: N818 - states a fact
    """A component was asked for a tone or an icon that does not exist."""


# --- values ------------------------------------------------------------------------------------------------------------


@register.filter
def money(amount: Money | UnitPrice) -> SafeString:
    """``{{ total|money }}``: an amount that stays on one line, its digits under one another."""
    return format_html('<span class="num">{}</span>', formats.money(amount))


@register.filter
def money_text(amount: Money | UnitPrice) -> str:
    """An amount as plain text, for labels and sentences."""
    return formats.money(amount)


@register.filter
def percent(rate: Rate) -> str:
    """``{{ rate|percent }}``"""
    return formats.percent(rate)


@register.filter
def count(number: int) -> str:
    """``{{ pieces|count }}``"""
    return formats.count(number)


@register.filter
def size(number: int) -> str:
    """``{{ paper.size|size }}``"""
    return formats.size(number)


@register.filter
def linked(said: str) -> SafeString:
    """``{{ version.source|linked }}``: what somebody typed, with the web addresses in it to follow; nothing else becomes one.

    The other side is not told whence one comes, and has no hold on this window.
    """
    parts = _ADDRESS.split(said)  # texts and addresses take turns
    pieces = (format_html(_LINK, part, part) if place % 2 else part for place, part in enumerate(parts))
    return format_html_join("", "{}", ((piece,) for piece in pieces))


@register.filter
def day(on: date | None) -> str:
    """``{{ valid_from|day }}``: in full; a dash where there is none."""
    return "–" if on is None else formats.day(on)


@register.filter
def short_day(on: date | None) -> str:
    """``{{ posted_on|short_day }}``: for tables; a dash where there is none."""
    return "–" if on is None else formats.short_day(on)


@register.filter
def month(on: date) -> str:
    """``{{ pay_month|month }}``: "November 2026"."""
    return formats.month(on)


@register.filter
def instant(at: datetime | None) -> SafeString | str:
    """``{{ placed_at|instant }}``: a ``<time>`` in the reader's zone."""
    if at is None:
        return "–"
    return format_html('<time datetime="{}" class="num">{}</time>', at.isoformat(), formats.instant(at))


@register.filter
def local_day(at: datetime) -> SafeString:
    """``{{ placed_at|local_day }}``: a ``<time>`` that shows the day only."""
    return format_html('<time datetime="{}" class="num">{}</time>', at.isoformat(), formats.local_day(at))


@register.filter
def reason(why: Reason) -> str:
    """``{{ why|reason }}``: a reason as a sentence in the reader's language."""
    return words(why)


@register.filter
def spoken(text: str) -> SafeString | str:
    """Text of the organisation's own, marked with its language where the page is in another (WCAG 2.2, 3.1.2)."""
    told = formats.spoken_language()
    return format_html('<span lang="{}">{}</span>', told, text) if text and told else text


@register.simple_tag
def label(*, sort: str, value: Any) -> str:
    """``{% label sort="settlement" value=order.settlement %}``: what people call a value."""
    return vocabularies.label(sort, getattr(value, "value", value), formats.language())


# --- small things ------------------------------------------------------------------------------------------------------


@register.simple_tag
def icon(*, name: str, title: str = "") -> SafeString:
    """An icon of the sprite. With a title it speaks; without, readers pass over it."""
    return _icon(name, title=title)


@register.simple_tag
def badge(*, text: str, tone: str = "", icon: str = "") -> SafeString:
    """A small coloured word; the words alone say enough."""
    mark = _icon(icon) if icon else ""
    return format_html('<span class="tag tone-{}">{}{}</span>', _tone(tone) or "quiet", mark, text)


@register.simple_tag
def state(*, value: Any, sort: str = "order_state") -> SafeString:
    """The state of a thing as a badge with icon and word."""
    return _state(sort, str(getattr(value, "value", value)), formats.language())


@cache
def _state(sort: str, key: str, language: str) -> SafeString:
    tone, mark = STATE_TONES.get(f"{sort}:{key}", STATE_TONES.get(key, ("quiet", "info-circle")))
    words = vocabularies.label(sort, key, language)
    return format_html('<span class="tag tone-{}">{}{}</span>', tone, _icon(mark), words)


@register.inclusion_tag("components/price.html")
def price(*, now: Money, ordinary: Money | None = None, large: bool = False, note: str = "") -> dict[str, Any]:
    """A price; beside it, where it is lower, the ordinary one and what is saved."""
    saving = ordinary - now if ordinary is not None and ordinary > now else None
    off = formats.share(saving, ordinary) if saving is not None and ordinary is not None else ""
    return {"now": now, "ordinary": ordinary, "saving": saving, "off": off, "large": large, "note": note}


@register.inclusion_tag("components/meter.html")
def meter(*, used: int, most: int, label: str, words: str) -> dict[str, Any]:
    """How much of a limit is used: a bar with its words. ``label`` names it, ``words`` say the figures."""
    return {"used": min(used, most), "most": most, "label": label, "words": words, "low": used * 10 >= most * 9}


@register.simple_tag
def button(
    *,
    text: str,
    kind: str = "plain",
    icon: str = "",
    href: str = "",
    name: str = "",
    value: str = "",
    form: str = "",
    formaction: str = "",
    size: str = "",
    refused: str = "",
) -> SafeString:
    """A button, or a link that looks like one. One that cannot be used stays readable and says why (``refused``)."""
    if kind not in ("primary", "plain", "danger", "link") or size not in ("", "small", "large", "block"):
        raise UnknownTone(f"button {kind} {size}")
    values = {"text": text, "kind": kind, "icon": icon, "href": href, "name": name, "value": value, "form": form}
    return _rendered("button", values | {"formaction": formaction, "size": size, "refused": refused})


# --- blocks ------------------------------------------------------------------------------------------------------------


@register.simple_block_tag
def card(
    content: SafeString,
    *,
    title: str = "",
    icon: str = "",
    tone: str = "",
    flush: bool = False,
    level: int = 2,
    id: str = "",
) -> SafeString:
    """A surface with an optional heading. ``flush`` lets a table or list reach the edges."""
    values = {"title": title, "icon": icon, "tone": _tone(tone), "flush": flush, "level": level, "id": id}
    return _rendered("card", values | {"content": content})


@register.simple_block_tag
def note(
    content: SafeString, *, tone: str = "info", title: str = "", live: bool = False, focus: bool = False
) -> SafeString:
    """Something the reader should notice. ``live`` lets screen readers say it when it appears in a page that stands;
    ``focus`` is for a page that opens because of it: the reading begins there.
    """
    marks = {"info": "info-circle", "good": "circle-check", "warn": "alert-triangle", "bad": "alert-circle"}
    if tone not in marks:
        raise UnknownTone(tone)
    values = {"tone": tone, "title": title, "live": live, "focus": focus, "mark": marks[tone], "content": content}
    return _rendered("note", values)


@register.simple_block_tag
def why(content: SafeString, *, title: str, open: bool = False, alone: bool = False) -> SafeString:
    """Reasons one click away; works without JavaScript."""
    return _rendered("why", {"title": title, "open": open, "alone": alone, "content": content})


@register.simple_block_tag
def sheet(
    content: SafeString, *, caption: str, columns: Sequence[Column], cards: bool = True, hide_head: bool = False
) -> SafeString:
    """A table with the given columns around its rows. On a phone each row becomes a card: give cells a data-label."""
    values = {"caption": caption, "columns": columns, "cards": cards, "hide_head": hide_head, "content": content}
    return _rendered("sheet", values)


@register.simple_block_tag
def blank(content: SafeString, *, title: str, icon: str = "search") -> SafeString:
    """What stands where nothing is: why, and what to do."""
    return _rendered("blank", {"title": title, "icon": icon, "content": content})


# --- larger things -----------------------------------------------------------------------------------------------------


@register.inclusion_tag("components/pager.html")
def pager(*, pages: Pages) -> dict[str, Any]:
    """The way to the rest of a list."""
    return {"pages": pages}


@register.inclusion_tag("components/verdict.html")
def verdict(*, words: VerdictWords, open: bool = True) -> dict[str, Any]:
    """Inside or outside, and on what it rests."""
    return {"words": words, "open": open}


@register.inclusion_tag("components/graph.html")
def graph(*, drawing: Drawing, label: str, id: str = "graph") -> dict[str, Any]:
    """A picture of boxes and arrows (``components.drawing``); a table beside it must say the same."""
    return {"drawing": drawing, "label": label, "id": id}


@register.inclusion_tag("components/trace.html")
def trace(*, rules: Sequence[Tried]) -> dict[str, Any]:
    """Every rule that was looked at for a price and what became of it."""
    return {"rules": rules}


@register.inclusion_tag("components/steps.html")
def steps(*, items: Sequence[Step]) -> dict[str, Any]:
    """A history, newest last."""
    return {"items": items}


@register.inclusion_tag("components/choices.html")
def choices(*, legend: str, name: str, options: Sequence[Option], hide_legend: bool = False) -> dict[str, Any]:
    """One of a few, each with a hint."""
    return {"legend": legend, "name": name, "options": options, "hide_legend": hide_legend}


@register.inclusion_tag("components/select.html")
def select(*, label: str, name: str, options: Sequence[Option], id: str = "", auto: bool = False) -> dict[str, Any]:
    """A list to choose from. ``auto`` sends the form when something is chosen, where JavaScript runs."""
    return {"label": label, "name": name, "options": options, "id": id or f"id_{name}", "auto": auto}


@register.inclusion_tag("components/field.html")
def field(*, of: BoundField, label: str = "", hint: str = "", bare: bool = False) -> dict[str, Any]:
    """A form's field: label, hint, control and errors, tied together for screen readers. ``bare`` leaves out the hint
    that the form itself has. Labels stay in sight, so nothing is repeated inside the control.
    """
    widget = of.field.widget
    check = isinstance(widget, CheckboxInput)
    style = (
        "form-check-input"
        if check
        else "form-select"
        if isinstance(widget, Select | SelectMultiple)
        else "form-control"
    )
    attrs: dict[str, Any] = {"class": f"{style} {widget.attrs.get('class', '')}".strip(), "placeholder": False}
    words = "" if bare else hint or of.help_text
    described = [f"{of.auto_id}_helptext"] * bool(words) + [f"{of.auto_id}_error"] * bool(of.errors)
    if described:
        attrs["aria-describedby"] = " ".join(described)
    shown = {"of": of, "control": of.as_widget(attrs=attrs), "label": label or of.label, "hint": words, "check": check}
    return shown | {"errors": wrong_words(of)}


@register.inclusion_tag("components/wrongs.html")
def wrongs(*, form: Any) -> dict[str, Any]:
    """What is wrong with a form, above it: as a whole, then field by field, each a link to its field. It takes the focus
    when the page opens, so that nobody has to look for it.
    """
    fields = [Wrong(of.id_for_label, _own_label(of), said) for of in form.visible_fields() for said in wrong_words(of)]
    hidden = [str(error) for of in form.hidden_fields() for error in of.errors]
    return {"errors": [*form.non_field_errors(), *hidden], "fields": fields}


@register.inclusion_tag("components/search_box.html")
def search_box(
    *, label: str, name: str = "text", value: str = "", id: str = "id_text", hx_get: str = "", hx_target: str = ""
) -> dict[str, Any]:
    """A box to search in; with ``hx_get`` it answers while one types."""
    return {"label": label, "name": name, "value": value, "id": id, "hx_get": hx_get, "hx_target": hx_target}


@register.simple_tag(takes_context=True)
def frame(context: Context) -> Frame:
    """``{% frame as frame %}``: what surrounds the page (``components.frame``)."""
    return frame_for(context.get("request"))


# --- inside ------------------------------------------------------------------------------------------------------------


def _rendered(name: str, values: dict[str, Any]) -> SafeString:
    return mark_safe(get_template(f"components/{name}.html").render(values))  # noqa: S308 - a template escapes by itself


@lru_cache(maxsize=512)
def _icon(name: str, *, title: str = "") -> SafeString:
    if name not in _known_icons():
        raise UnknownTone(f"no icon {name!r}: add it to the build hook")
    place = f"{static('inward/vendor/icons.svg')}#{name}"
    if title:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', title, place)
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"/></svg>', place)


@cache
def _known_icons() -> frozenset[str]:
    return frozenset(re.findall(r'<symbol id="([\w-]+)"', _SPRITE.read_text(encoding="utf-8")))


def _own_label(of: BoundField) -> str:
    """The label that the form gives its field; a name made out of the program's own word for it is none."""
    return str(of.field.label or "")


def _tone(tone: str) -> str:
    if tone not in TONES:
        raise UnknownTone(tone)
    return tone
