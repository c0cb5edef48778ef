"""The statement of taxable benefit as a PDF: the figures of the page, in her language, on numbered pages, for her alone."""

import io
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import translation
from pypdf import PdfReader
from tests.builders import AT, ON
from tests.cast import HENK, MAYA, NORA
from tests.web.reading import words

from inward.core.terms import Period, Reason
from inward.kit.pdfs import Document, Notes, Table, pdf_bytes
from inward.trade import benefit
from inward.trade.benefit import Aside, FactView, TaxYear
from inward.web.components import benefitpdf

FILE = "/benefit/NL-2026/statement.pdf"


def read(content):
    """The text of every page, each as one line."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


def statement(house, part=MAYA, language="en"):
    sheet = benefit.own(viewer=house.actor(part), at=AT, of=TaxYear("NL", 2026))
    with translation.override(language):
        return benefitpdf.statement(sheet, at=AT)


def test_it_says_what_the_page_says(house):
    order = house.order(MAYA, ("coffee-machine", 2))
    maya = house.browser(MAYA)
    page, file = words(maya.get("/benefit/NL-2026/")), maya.get(FILE)
    assert 'attachment; filename="taxable-benefit-NL-2026.pdf"' in file["Content-Disposition"]
    assert file["Content-Type"] == "application/pdf"
    (text,) = read(file.content)
    for said in (
        "My taxable benefit 2026",
        "Maya Lund · ABC Retail",
        "1 January 2026 to 31 December 2026",
        "As it was reckoned on 24 November 2026.",
        f"2 × Coffee machine (Order {order.number})",
        "Page 1 of 1",
    ):
        assert said in text
    amounts = re.findall(r"€[\d.,]+\d", page[page.index("Worth more than was paid") : page.index("By which law")])
    assert {"€60.50", "€48.40", "€12.10", "€242.00", "€181.50", "€451.60", "€500.00"} <= set(amounts)
    assert sorted(set(amounts)) == sorted(set(re.findall(r"€[\d.,]+\d", text)))
    for sentence in (
        "exempts 20% of the price, €48.40; the rest is taxable.",
        "read second-hand, check before you rely",
    ):
        assert sentence in page
        assert sentence in text


def test_nothing_bought_is_a_statement_too_and_nobody_gets_another_s(house):
    (text,) = read(house.browser(HENK).get(FILE).content)
    assert "Nothing bought below price this year" in text
    assert "Nora Quistgaard" in read(house.browser(NORA).get(FILE).content)[0]
    assert house.browser(MAYA).get("/benefit/NL-2020/statement.pdf").status_code == 404


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", ("90,75 €", "24. november 2026", "Skattepliktig")),
        ("it", ("90,75 €", "24 novembre 2026", "Tassabile")),
        ("id", ("€90,75", "24 November 2026", "Kena pajak")),
    ],
)
def test_each_language_has_all_its_letters(house, caplog, language, said):
    house.order(MAYA, ("coffee-machine", 1))
    content = statement(house, language=language)
    (text,) = read(content)
    for each in said:
        assert each in text
    assert PdfReader(io.BytesIO(content)).trailer["/Root"]["/Lang"] == language
    assert not [record for record in caplog.records if "missing" in record.getMessage()]


def test_what_is_not_counted_and_what_the_employer_was_told_stand_on_it(house):
    sheet = replace(
        benefit.own(viewer=house.actor(MAYA), at=AT, of=TaxYear("NL", 2026)),
        aside=(Aside("x", 77, ON, Reason.of("benefit_paid_by_department")),),
        facts=(
            FactView(MAYA.code, "abc", "dependent_children", Period(ON, None), "form 7"),
            FactView(MAYA.code, "abc", "dependent_children", Period(None, ON), ""),
        ),
    )
    (text,) = read(benefitpdf.statement(sheet, at=AT))
    for said in ("Not counted Order 77, 24 Nov 2026: ", "What your employer was told", "24 Nov 2026 – (form 7)"):
        assert said in text
    assert re.search(r", – 23 Nov 2026 (?!\()", text)


def paper(rows=3, **more):
    table = Table("Things", ("What", "How much"), [(f"thing {place}", f"{place}.00") for place in range(rows)], (3, 1))
    given = {
        "title": "A list",
        "language": "en",
        "made_at": AT,
        "lead": (),
        "facts": (),
        "blocks": (table, Notes("", ("The end.",)), Notes("Łódź", ("Dvořák, Erdős, Çelik",))),
        "page": lambda page, pages: f"{page}/{pages}",
    }
    return Document(**(given | more))


def made(document):
    return pdf_bytes(document, font=benefitpdf._font("latin"), rest=benefitpdf._font("latin-ext"))


def test_every_page_is_numbered_and_has_the_head_of_the_table(caplog):
    pages = read(made(paper(120)))
    assert len(pages) == 4
    for number, text in enumerate(pages, start=1):
        assert f"A list · {number}/4" in text
        assert "What How much" in text
    everything = " ".join(pages)
    assert all(f"thing {place} {place}.00" in everything for place in range(120))
    assert "Dvořák, Erdős, Çelik" in everything
    assert not caplog.records


def test_of_one_instant_it_is_one_file_and_of_another_it_says_so():
    assert made(paper()) == made(paper())
    when = PdfReader(io.BytesIO(made(paper(made_at=AT + timedelta(days=1))))).metadata.creation_date
    assert (when - AT).days == 1


def test_where_the_fonts_are_missing_nothing_is_made(monkeypatch):
    monkeypatch.setattr(benefitpdf, "_FONTS", "nowhere/{}.woff2")
    with pytest.raises(FileNotFoundError):
        made(paper())
