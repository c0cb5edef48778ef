"""Cases that were open elsewhere come in: each as it was asked, with the clock from when it was asked, and promised what held then."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import ClassVar, Final

from inward.core.terms import Reason, Refusal
from inward.core.terms.reading import Fields
from inward.desk import handing, policy, queries
from inward.desk.casewords import CaseAct, Channel, Impact, Side, Urgency
from inward.desk.models import Case, Queue
from inward.desk.operations.steps.acting import Work, keep, note, usable_text
from inward.desk.operations.steps.keeping import require_keeper
from inward.desk.operations.steps.opening import New, open_row, usable_subject
from inward.desk.operations.steps.searching import findable
from inward.kit.actor import Actor
from inward.kit.intake import Row, Tables
from inward.kit.numbers import next_number
from inward.kit.policy import NotThere, require
from inward.parties import queries as parties
from inward.parties.operations.bringing import Bringing, RowsReport
from inward.parties.vocabulary import PartyKind

CASE_COLUMNS: Final = ("queue", "customer", "person", "subject", "text", "opened_at", "impact", "urgency", "owner")
CASE_REQUIRED: Final = ("queue", "customer", "subject", "opened_at")


def import_cases(
    *, by: Actor, at: datetime, tables: Tables, good_rows: bool = False, dry_run: bool = False
) -> RowsReport:
    """Bring in open cases, one on each row, in their order. Nobody is written to: who asked knows.

    1. Refuse whoever keeps no queue.   2. Refuse each row that names a queue, customer, person or owner nobody knows or may not be, a
       confidential queue of others, an instant without offset or to come, words too many, and what came already.
    3. Open it when it was asked, promised what held then; its owner takes it on now.
    4. Undo all of it where a row was refused, unless ``good_rows``, and on a dry run.   Raises Refused.
    """
    require(policy.may_keep_some_queue(by, on=at.date()))
    return _Cases(by, at, "").bring(tables.get("cases", ()), good_rows=good_rows, dry_run=dry_run)


class _Cases(Bringing):
    fields: ClassVar = CASE_COLUMNS
    required: ClassVar = CASE_REQUIRED
    blamed: ClassVar = "queue"

    def all(self, rows: Iterable[Row]) -> None:
        """Each as it comes."""
        for row in rows:
            self.one(row, self._opened)

    def named(self, row: Row) -> str:
        """The queue."""
        return str(row.values.get("queue", ""))

    def _opened(self, fields: Fields) -> None:
        at, line = self._instant(fields), self._line(fields)
        new = self._new(fields, line, at)
        keys = parties.keys()
        same = Case.objects.filter(queue=line, customer_id=keys[new.customer], subject=new.subject, opened_at=at)
        if same.exists():
            fields.refuse("subject", "case_came_already")
        work = open_row(by=self.by, at=at, new=new, number=next_number("desk.case"))
        findable(work.case, work.say(Side.CUSTOMER, usable_text(fields.text_or_none("text") or new.subject)))
        now = Work(work.case, self.by, self.at)
        owner = fields.text_or_none("owner")
        if owner is not None:
            if owner not in handing.able(work.case, at=self.at):
                fields.refuse("owner", "case_owner_unfit")
            work.case.owner_id = parties.keys()[owner]
            now.happen(CaseAct.HANDED_OVER, owner=parties.subject_of(owner))
        keep(now)  # what its clocks say by now; nobody is written to, for who asked and who has it know
        note(now, "import_case", {"queue": line.code, "opened_at": at.isoformat()})
        self.added += 1

    def _line(self, fields: Fields) -> Queue:
        line = Queue.objects.filter(code=fields.text("queue"), closed_at=None).first()
        if line is None:
            raise NotThere
        supplier = parties.known().codes[line.supplier_id]
        require_keeper(self.by, self.at, supplier)
        if line.confidential and not policy.serves_confidential(self.by, supplier=supplier, on=self.at.date()):
            raise NotThere
        return line

    def _instant(self, fields: Fields) -> datetime:
        try:
            found = datetime.fromisoformat(fields.text("opened_at"))
        except ValueError:
            fields.refuse("opened_at", "case_instant_unfit")
        if found.tzinfo is None or found > self.at:
            fields.refuse("opened_at", "case_instant_unfit")
        return found.astimezone(UTC)

    def _new(self, fields: Fields, line: Queue, at: datetime) -> New:
        on, customer, person = at.date(), fields.text("customer"), fields.text_or_none("person")
        kind = parties.kind_of(customer)
        if kind is None:
            raise Refusal(Reason.of("id_unknown", id=customer), where=fields.place("customer"))
        if person is not None and parties.kind_of(person) is not PartyKind.PERSON:
            raise Refusal(Reason.of("id_unknown", id=person), where=fields.place("person"))
        supplier = parties.known().codes[line.supplier_id]
        standing = queries.stand(supplier=supplier, customer=customer, on=on)
        return New(
            line=line,
            customer=customer,
            person=person or (customer if kind is PartyKind.PERSON else None),
            subject=usable_subject(fields.text("subject")),
            standing=standing,
            promise=queries.promised_on(standing, supplier, on=on),
            impact=fields.choice("impact", Impact) if fields.has("impact") else Impact.ONE,
            urgency=fields.choice("urgency", Urgency) if fields.has("urgency") else Urgency.SOON,
            channel=Channel.PROGRAM,
        )
