"""The households of a world directory come in and go out: ``households.csv``, by whoever keeps households and nobody else.

It is a file apart from the rest of the world: who brings in companies and work has no business in it, and each row passes
through the act that a page would call, so that what no inside rule needs is refused here too.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from inward.core.classification import Tie
from inward.core.terms.reading import Fields
from inward.kit import audit
from inward.kit.actor import Actor
from inward.kit.intake import Row, RowProblem
from inward.kit.policy import require
from inward.kit.transaction import transaction
from inward.parties import exports, policy
from inward.parties.changing import Source
from inward.parties.models import HouseholdMember
from inward.parties.operations.bringing import Bringing, RowsReport
from inward.parties.operations.households import correct_household, declare_household, require_keeping
from inward.parties.vocabulary import Purpose
from inward.parties.worldfiles import HOUSEHOLD_COLUMNS, HOUSEHOLD_REQUIRED


def import_households(
    *,
    by: Actor,
    at: datetime,
    rows: Iterable[Row | RowProblem],
    good_rows: bool = False,
    source: str = "",
) -> RowsReport:
    """Bring in who belongs to whose household; what is known already changes nothing, and nothing ends by being left out.

    1. Refuse whoever keeps no households.            3. Undo all of it where a row was refused, unless ``good_rows``.
    2. Each row by ``declare_household`` or, for an id that is known, ``correct_household``, with all that they refuse;
       a row about people whose households she does not keep is refused before it is compared with what is known.
    Raises Refused.
    """
    require(policy.may_keep_some_households(by, on=at.date()))
    return _Households(by, at, source).bring(rows, good_rows=good_rows)


def export_households(*, by: Actor, at: datetime, folder: Path) -> int:
    """Write ``households.csv`` into a world directory for whoever keeps all households; returns how many rows.

    1. Write nothing for others, and nothing where none are kept.  2. Audit that all were read.  3. Write.
    """
    everywhere = not by.nobody and by.parties(policy.HOUSEHOLD_KEEPER, on=at.date()) is None
    if not everywhere or not HouseholdMember.objects.current().exists():
        return 0
    with transaction():
        audit.record(by=by, at=at, act="parties.export_households", thing="households", facts={})
    return exports.write_households(folder, viewer=by)


class _Households(Bringing):
    fields: ClassVar = HOUSEHOLD_COLUMNS
    required: ClassVar = HOUSEHOLD_REQUIRED
    blamed: ClassVar = "person"

    def all(self, rows: Iterable[Row]) -> None:
        """Each as it comes."""
        for row in rows:
            self.one(row, self._household)

    def named(self, row: Row) -> str:
        """The two people."""
        return f"{row.values.get('person', '')}, {row.values.get('member', '')}"

    def _household(self, fields: Fields) -> None:
        person, member, tie = fields.text("person"), fields.text("member"), fields.choice("tie", Tie)
        purposes = {_purpose(name) for name in fields.text("purposes").replace(",", " ").split()}
        since, period, code = fields.day("valid_from"), fields.period(), fields.text_or_none("id") or ""
        source = Source(fields.text_or_none("source") or self.source)
        require_keeping(by=self.by, at=self.at, person=person, member=member)
        current = HouseholdMember.objects.current().select_related("person", "member")
        same = {"person__code": person, "member__code": member, "valid_from": since}
        known = current.filter(**({"code": code} if code else same)).first()
        if known is None:
            declare_household(
                by=self.by,
                at=self.at,
                person=person,
                member=member,
                tie=tie,
                purposes=purposes,
                valid_from=since,
                valid_until=period.until,
                code=code,
                source=source,
            )
            self.added += 1
            return
        if (known.person.code, known.member.code) != (person, member):
            fields.refuse("id", "id_twice", id=code)
        said = (tie.value, sorted(each.value for each in purposes), period)
        if said == (known.tie, known.purposes, known.period):
            return
        correct_household(
            by=self.by,
            at=self.at,
            household=known.code,
            tie=tie,
            purposes=purposes,
            valid_from=since,
            valid_until=period.until,
            source=source,
        )
        self.changed += 1


def _purpose(name: str) -> Purpose:
    return Fields({"purposes": name}).choice("purposes", Purpose)
