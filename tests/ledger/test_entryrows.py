"""Entries checked once and written for several dealings: the same amounts, each under its own reference and person."""

import pytest
from tests.builders import AT, HOUSE, ON
from tests.cast import given_the_cast

from inward.core.bookkeeping import SoldLine, StaffSettlement, staff_sale
from inward.core.terms import Money, Refusal
from inward.kit.transaction import transaction
from inward.kit.writing import WriteSet, write
from inward.ledger import operations
from inward.ledger.entryrows import REFERENCE, SUBJECT, EntryRows, Stencil
from inward.ledger.models import Entry, EntryLine

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def books(db):
    given_the_cast()
    operations.open_books(by=HOUSE, at=AT, company="abc", currency="EUR")


def sale(reference, person, *, correction_of=None, minor=1_000):
    return staff_sale(
        supplier="abc",
        employer="abc",
        person=person,
        lines=[SoldLine(Money(minor, "EUR"), Money(minor // 4, "EUR"), "STANDARD")],
        settlement=StaffSettlement.PAYROLL,
        cost_centre=None,
        reference=reference,
        correction_of=correction_of,
    )


def kept():
    heads = Entry.objects.order_by("id").values_list("company__code", "kind", "reference", "correction_of", "posted_on", "entered_at", "subject")  # fmt: skip
    lines = EntryLine.objects.order_by("entry_id", "position")
    return list(heads), list(
        lines.values_list(
            "entry__reference",
            "position",
            "account__code",
            "role",
            "amount_minor",
            "currency",
            "functional_minor",
            "rate",
            "posted_on",
            "cost_centre",
            "counterparty",
            "tax_code",
            "elimination",
        )
    )


def test_a_stencil_writes_for_each_what_its_own_entries_would_say():
    with transaction():
        for reference, person in (("r1", "s-ada"), ("r2", "s-bob")):
            operations.post(by=HOUSE, at=AT, entries=sale(reference, person), on=ON)
            operations.post(
                by=HOUSE, at=AT, entries=sale(reference, person, correction_of=reference, minor=-1_000), on=ON
            )
    one_by_one = kept()
    gathered = EntryRows(subject=HOUSE.subject, at=AT, on=ON)
    sold = Stencil.of(sale(REFERENCE, SUBJECT), on=ON)
    back = Stencil.of(sale(REFERENCE, SUBJECT, correction_of=REFERENCE, minor=-1_000), on=ON)
    for reference, person in (("r1", "s-ada"), ("r2", "s-bob")):
        gathered.add(sold, {REFERENCE: reference, SUBJECT: person})
        gathered.add(back, {REFERENCE: reference, SUBJECT: person})
    write(WriteSet(rows=gathered.rows))

    heads, lines = kept()
    assert (heads[:4], lines[: len(lines) // 2]) == one_by_one
    assert heads[4:] == heads[:4]
    assert lines[len(lines) // 2 :] == lines[: len(lines) // 2]
    assert {line[10] for line in lines} == {"", "s-ada", "s-bob"}


def test_books_that_are_not_there_make_no_stencil():
    with pytest.raises(Refusal) as refused:
        Stencil.of(
            staff_sale(
                supplier="xyz",
                employer="xyz",
                person="s",
                lines=[SoldLine(Money(1, "EUR"), Money(0, "EUR"))],
                settlement=StaffSettlement.PAYROLL,
                cost_centre=None,
                reference="r",
            ),
            on=ON,
        )
    assert refused.value.reason.code == "books_not_opened"
