"""The statement of taxable benefit as a document to print and keep: the figures of the page, in the language of the reader."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _

from inward.kit.pdfs import Block, Document, Notes, Table, pdf_bytes
from inward.trade.benefit import Sheet
from inward.web.components import benefitwords, formats
from inward.web.components.naming import full_name

_FONTS = "inward/vendor/inter/inter-{}-wght-normal.woff2"
"""Those of the screen: one has the letters of our languages, the other those of names from elsewhere."""


def statement(sheet: Sheet, *, at: datetime) -> bytes:
    """The file. For a statement that could be reckoned; ``at`` is when it was, and stands on it."""
    return pdf_bytes(_document(sheet, at), font=_font("latin"), rest=_font("latin-ext"))


def _font(name: str) -> Path:
    found = finders.find(_FONTS.format(name))
    if not isinstance(found, str):
        raise FileNotFoundError(_FONTS.format(name))
    return Path(found)


def _document(sheet: Sheet, at: datetime) -> Document:
    told, on = sheet.statement, at.date()
    assert told is not None  # whoever calls has looked
    days = {"first": formats.day(sheet.days.start or on), "last": formats.day(sheet.days.last or on)}
    return Document(
        title=_("My taxable benefit %(year)s") % {"year": benefitwords.year_name(sheet.of)},
        language=formats.language(),
        made_at=at,
        lead=(
            " · ".join([full_name(sheet.person, on=on), *(full_name(code, on=on) for code in sheet.employers)]),
            _("%(first)s to %(last)s") % days,
            _("As it was reckoned on %(day)s.") % {"day": formats.day(on)},
        ),
        facts=(
            (_("Worth more than was paid"), formats.money(told.benefit)),
            (_("Exempt"), formats.money(told.exempt)),
            (_("Taxable"), formats.money(told.taxable)),
        ),
        blocks=tuple(_blocks(sheet, at)),
        page=lambda page, pages: _("Page %(page)s of %(pages)s") % {"page": page, "pages": pages},
    )


def _blocks(sheet: Sheet, at: datetime) -> Iterator[Block]:
    left = benefitwords.left(sheet)
    if left:
        yield Notes("", left)
    lines = benefitwords.lines(sheet)
    if lines:
        yield _purchases(lines)
    else:
        yield Notes(_("Purchases"), (_("Nothing bought below price this year"),))
    if sheet.aside:
        yield Notes(_("Not counted"), tuple(_asides(sheet)))
    if sheet.facts:
        yield Notes(_("What your employer was told"), tuple(_facts(sheet, at)))
    sources = benefitwords.sources(sheet)
    if sources:
        yield Notes(_("By which law"), tuple(map(_source, sources)))


def _purchases(lines: tuple[benefitwords.LineRow, ...]) -> Table:
    return Table(
        heading=_("Purchases"),
        head=(_("What"), _("Day"), _("Worth"), _("Paid"), _("Exempt"), _("Taxable")),
        rows=[
            (
                f"{_named(line)}\n{line.why}",
                formats.short_day(line.on),
                *(formats.money(amount) for amount in (line.value, line.paid, line.exempt, line.taxable)),
            )
            for line in lines
        ],
        widths=(66, 25, 24, 24, 24, 24),
        amounts=frozenset({2, 3, 4, 5}),
    )


def _named(line: benefitwords.LineRow) -> str:
    what = line.name if line.pieces == 1 else f"{formats.count(line.pieces)} × {line.name}"
    of = _("given by %(company)s") % {"company": line.given_by} if line.given_by else _order(line)
    return f"{what} ({of})"


def _order(line: benefitwords.LineRow) -> str:
    return _("Order %(number)s") % {"number": line.number}


def _asides(sheet: Sheet) -> Iterator[str]:
    for each in sheet.aside:
        order = _("Order %(number)s") % {"number": each.number}
        yield f"{order}, {formats.short_day(each.on)}: {benefitwords.say(each.why, sheet.of.country)}"


def _facts(sheet: Sheet, at: datetime) -> Iterator[str]:
    for each in sheet.facts:
        since, last = each.period.start, each.period.last
        days = " – ".join(["" if day is None else formats.short_day(day) for day in (since, last)])
        said = f"{full_name(each.company, on=at.date())}: {benefitwords.fact_name(each.fact)}, {days}"
        yield f"{said} ({each.source})" if each.source else said


def _source(source: benefitwords.SourceRow) -> str:
    said = f"{source.title}. {source.paragraph} · {source.authority}"
    return said if source.sure else f"{said} · {_('read second-hand, check before you rely on it')}"
