"""The tables of the desk room. Only this room imports them.

What is promised is a dated fact. A case is a row of what lists are made of, its events and messages; events are only added
(docs/decisions/0192-a-case-is-what-happened-to-it.md).
"""

from enum import Enum
from typing import Any, Final

from django.db import models
from django.db.models import Q

from inward.core.letters import LetterKind
from inward.core.promises import Measure
from inward.desk.casewords import (
    TEXT_LENGTH_MAX,
    UNDER_WAY,
    CaseAct,
    CaseKind,
    CaseState,
    Channel,
    HandingOut,
    Impact,
    LinkKind,
    RuleWhen,
    Side,
    TaskState,
    Urgency,
)
from inward.desk.letterwords import LetterState, LetterWhy
from inward.desk.steps import StepState
from inward.desk.vocabulary import HoldReason, Priority
from inward.kit.ids import new_id
from inward.kit.records import DatedFact, dated_checks

SUBJECT_LENGTH_MAX: Final = 200
_SERVED: Final = ("supplier", "confidential")
"""What of a department is confidential is walked by itself: whoever serves it seldom has any of it, and looks no further."""
_FILTERED: Final = ("queue", "owner", "state", "priority", "missed", "standing", "person", "customer")
_UNDER_WAY: Final = tuple(sorted(state.value for state in UNDER_WAY))


def _words(values: type[Enum], length: int, **more: object) -> "models.CharField[str, str]":
    """A column for one of these words."""
    return models.CharField(max_length=length, choices=[(each.value, each.value) for each in values], **more)  # type: ignore[arg-type]


def _party(**more: object) -> "models.ForeignKey[Any, Any]":
    """A column for somebody or some place the room parties knows."""
    return models.ForeignKey("parties.Party", models.PROTECT, related_name="+", **more)  # type: ignore[arg-type]


class ServiceStandard(DatedFact):
    """One version of what a company or department promises, to whom; the versions of a code follow each other in days."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=60)
    supplier = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    kinds = models.JSONField(default=list, help_text='["staff", …]; empty: for everybody')
    targets = models.JSONField(
        help_text='{"RESPOND": {"": {"minutes": "240"}, "HIGH": {"dates": 1, "end": "END_OF_DAY"}}}'
    )
    holds = models.JSONField(default=dict, help_text='{"CUSTOMER": {"measures": ["RESOLVE"], "minutes_max": "960"}}')
    grace = models.BooleanField(default=True, help_text="an answer between closing and the next opening is in time")
    chain = models.JSONField(
        default=list, help_text='[{"place": "abc-it", "share": "2"}, …]: on whom it rests, in order'
    )

    class Meta:
        indexes = (models.Index(fields=["supplier", "known_until"], name="standard_by_supplier"),)
        constraints = (
            *dated_checks("standard"),
            models.UniqueConstraint(
                fields=["code", "valid_from"], condition=Q(known_until=None), name="standard_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} from {self.valid_from}"


class Queue(models.Model):
    """Where a department takes cases on; ``confidential`` hides that there are any from all but those it is given to."""

    code = models.CharField(max_length=60, unique=True)
    supplier = _party(help_text="the department or company that serves")
    name = models.CharField(max_length=200)
    words = models.CharField(max_length=1000, blank=True, help_text="what it helps with, for whoever looks for help")
    confidential = models.BooleanField(default=False)
    handing_out = _words(HandingOut, 12, default=HandingOut.BY_HAND.value)
    close_after = models.PositiveSmallIntegerField(default=5, help_text="working days after solved, without a word")
    reopen_within = models.PositiveSmallIntegerField(default=14, help_text="working days after closed")
    orders = models.BooleanField(default=False, help_text="orders that need hands become cases here")
    levels = models.JSONField(null=True, help_text="who is told when clocks run out; null: as is usual (desk.levels)")
    closed_at = models.DateTimeField(null=True, help_text="since when nothing new is asked of it")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["supplier"], condition=Q(orders=True), name="queue_of_orders_once"),
        )

    def __str__(self) -> str:
        return self.name


class RequestType(models.Model):
    """Something that is often asked of a queue, with the form for it and who may ask it."""

    code = models.CharField(max_length=60, unique=True)
    queue = models.ForeignKey(Queue, models.PROTECT, related_name="request_types")
    name = models.CharField(max_length=200)
    words = models.CharField(max_length=1000, blank=True)
    fields = models.JSONField(default=list, help_text="the questions of its form; see desk.forms")
    kinds = models.JSONField(default=list, help_text="kinds of standing that may ask it; empty: everybody")
    work = models.JSONField(default=list, help_text="kinds of work relationship that may ask it; empty: everybody")
    impact = _words(Impact, 4, default=Impact.ONE.value)
    urgency = _words(Urgency, 5, default=Urgency.SOON.value)
    quick = models.BooleanField(default=False, help_text="asked again with one tap, measured in minutes")
    offering = models.CharField(max_length=60, blank=True, help_text="code of the item that says what it costs")
    parts = models.JSONField(default=list, help_text="codes of the request types it is made of, one case each")
    protected = models.BooleanField(default=False, help_text="may be written without one's name")
    outsiders = models.BooleanField(default=False, help_text="so also by whoever is not signed in")
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Case(models.Model):
    """A dealing in which a customer is to be helped. ``due_*`` and ``missed`` are what the replay of its events said last."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    reference = models.CharField(max_length=32, unique=True)
    number = models.BigIntegerField(unique=True)
    kind = _words(CaseKind, 10, default=CaseKind.HELP.value)
    queue = models.ForeignKey(Queue, models.PROTECT, related_name="cases", db_index=False)
    request_type = models.ForeignKey(RequestType, models.PROTECT, null=True, related_name="cases")
    supplier = _party(db_index=False)
    confidential = models.BooleanField(db_default=False)
    customer = _party(db_index=False)
    person = _party(null=True, db_index=False, help_text="who asked; empty where she is not named or was erased")
    opened_by = _party(null=True, help_text="who wrote it down for her")
    subject = models.CharField(max_length=SUBJECT_LENGTH_MAX)
    answers = models.JSONField(default=dict, help_text="what the form was answered with, by question")
    channel = _words(Channel, 8)
    state = _words(CaseState, 9)
    waits_for = _words(HoldReason, 10, blank=True)
    until = models.DateField(null=True, help_text="day on which what waits goes on")
    impact = _words(Impact, 4)
    urgency = _words(Urgency, 5)
    priority = _words(Priority, 6)
    owner = _party(null=True, db_index=False)
    standing = models.CharField(max_length=12)
    standing_kind = models.CharField(max_length=16)
    grounds = models.JSONField()
    definition = models.CharField(max_length=64)
    standard = models.ForeignKey(ServiceStandard, models.PROTECT, null=True, related_name="+", db_index=False)
    order_reference = models.CharField(max_length=32, blank=True)
    equipment = models.ForeignKey(
        "Equipment", models.PROTECT, null=True, related_name="cases", help_text="what it is about"
    )
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    joined_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="joined")
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, help_text="the earliest that is due of what is promised and still runs")
    ranked_at = models.DateTimeField(help_text="what is due next; where nothing is, the end of days: lists go by it")
    due_measure = _words(Measure, 12, blank=True)
    tell_at = models.DateTimeField(null=True, help_text="when somebody is to be told next, or a clock is missed")
    missed = models.BooleanField(default=False, help_text="something that was promised was missed")
    solved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    solved = models.BooleanField(null=True, help_text="what whoever asked says")
    solved_words = models.CharField(max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1, help_text="counts up whenever it stands otherwise")

    class Meta:
        indexes = (
            models.Index(fields=[*_SERVED, "-id"], name="case_by_supplier"),
            models.Index(fields=["queue", "-id"], name="case_by_queue"),
            models.Index(fields=["person", "-id"], name="case_by_person"),
            models.Index(fields=["customer", "-id"], name="case_by_customer"),
            models.Index(fields=["owner", "-id"], name="case_by_owner"),
            # What is under way is few among millions: a department's work by what is due first, and the clock's round.
            # It holds what that is filtered by.
            models.Index(
                fields=[*_SERVED, "ranked_at", "id", *_FILTERED], name="case_due", condition=Q(state__in=_UNDER_WAY)
            ),
            models.Index(fields=["ranked_at", "id"], name="case_due_anywhere", condition=Q(state__in=_UNDER_WAY)),
            models.Index(
                fields=["state", "ranked_at", "id"], name="case_stands_anywhere", condition=Q(state__in=_UNDER_WAY)
            ),
            models.Index(
                fields=["ranked_at", "id"], name="case_late_anywhere", condition=Q(missed=True, state__in=_UNDER_WAY)
            ),
            models.Index(
                fields=["owner", "ranked_at", "id"], name="case_of_owner_due", condition=Q(state__in=_UNDER_WAY)
            ),
            models.Index(fields=["state", "solved_at"], name="case_solved", condition=Q(state=CaseState.SOLVED.value)),
            # What is seldom is not looked for among all that a department was ever asked.
            models.Index(fields=[*_SERVED, "-id"], name="case_late", condition=Q(missed=True)),
            models.Index(
                fields=[*_SERVED, "state", "-id"], name="case_not_closed", condition=~Q(state=CaseState.CLOSED.value)
            ),
            models.Index(fields=[*_SERVED, "standing", "-id"], name="case_by_standing"),
            models.Index(fields=[*_SERVED, "-changed_at", "-id"], name="case_changed"),
            # Who serves every department sorts all of them at once.
            models.Index(fields=["-changed_at", "-id"], name="case_changed_anywhere", condition=Q(confidential=False)),
            models.Index(fields=["tell_at"], name="case_tell", condition=Q(tell_at__isnull=False)),
            models.Index(fields=["until"], name="case_until", condition=Q(state=CaseState.WAITING.value)),
            models.Index(fields=["order_reference"], name="case_of_order", condition=~Q(order_reference="")),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["order_reference"],
                condition=Q(kind=CaseKind.FULFILMENT.value) & ~Q(order_reference=""),
                name="case_fulfils_once",
            ),
        )

    def __str__(self) -> str:
        return f"case {self.number}"


class ReturnCode(models.Model):
    """By what whoever wrote a case without her name comes back to it: the digest of a code that she alone has."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="return_code")
    digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"code of case {self.case_id}"


class CaseConcern(models.Model):
    """Whom a confidential case is about: who asked, and whoever is named. Whoever stands near to one of them does not handle it."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="concerned", db_index=False)
    person = _party()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "person"], name="case_concern_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} in case {self.case_id}"


class CaseEvent(models.Model):
    """Something that happened to a case. Rows are only ever added."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="events", db_index=False)
    at = models.DateTimeField()
    act = _words(CaseAct, 17)
    subject = models.CharField(max_length=64, help_text="subject key of whoever did it")
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=["case", "id"], name="event_by_case"),)

    def __str__(self) -> str:
        return f"{self.act} of case {self.case_id}"


class CaseMessage(models.Model):
    """What somebody wrote in a case; a ``note`` is read by the service alone."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="messages", db_index=False)
    at = models.DateTimeField()
    person = _party(null=True)
    side = _words(Side, 8)
    note = models.BooleanField(default=False)
    text = models.TextField(max_length=TEXT_LENGTH_MAX, blank=True, help_text="empty: forgotten")
    files = models.ManyToManyField("kit.File", through="MessageFile", related_name="+")

    class Meta:
        indexes = (models.Index(fields=["case", "id"], name="message_by_case"),)

    def __str__(self) -> str:
        return f"message in case {self.case_id}"


class MessageFile(models.Model):
    """A file that came with a message."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey(CaseMessage, models.PROTECT, related_name="attached")
    file = models.ForeignKey("kit.File", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"file {self.file_id}"


class CaseWatcher(models.Model):
    """Somebody who follows a case and reads what both sides read."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="watchers", db_index=False)
    person = _party()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "person"], name="case_watcher_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} follows case {self.case_id}"


class CaseRead(models.Model):
    """Up to which message somebody has read a case."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="reads", db_index=False)
    person = _party()
    message = models.BigIntegerField(help_text="key of the last message she has seen")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "person"], name="case_read_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} has read case {self.case_id}"


class CaseLink(models.Model):
    """That one case belongs to another."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="links", db_index=False)
    other = models.ForeignKey(Case, models.PROTECT, related_name="linked_from")
    kind = _words(LinkKind, 11)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "other", "kind"], name="case_link_once"),)

    def __str__(self) -> str:
        return f"case {self.case_id} {self.kind} {self.other_id}"


class CaseTask(models.Model):
    """A piece of work within a case, with an owner and a day of its own; it may wait for another task, of any case."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    reference = models.CharField(max_length=32, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks", db_index=False)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=SUBJECT_LENGTH_MAX)
    owner = _party(null=True)
    due_on = models.DateField(null=True)
    waits_for = models.ForeignKey("self", models.PROTECT, null=True, related_name="awaited_by")
    blocks = models.BooleanField(default=False, help_text="the case is not solved before this is done")
    state = _words(TaskState, 7, default=TaskState.OPEN.value)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "position"], name="case_task_position_once"),)

    def __str__(self) -> str:
        return self.title


class TimeSpent(models.Model):
    """How long somebody worked on a case on a day."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="spent")
    person = _party(null=True)
    on = models.DateField()
    minutes = models.PositiveIntegerField()
    words = models.CharField(max_length=200, blank=True)
    noted_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(minutes__gte=1), name="time_spent_some"),)

    def __str__(self) -> str:
        return f"{self.minutes} minutes on case {self.case_id}"


class CaseDraft(models.Model):
    """What somebody has typed for a request and not sent yet; read by her alone."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    person = _party(db_index=False)
    what = models.CharField(max_length=80, help_text="of which request type or queue: type:CODE, queue:CODE")
    typed = models.JSONField(help_text="what was typed, by field of the form")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "what"], name="case_draft_once"),)

    def __str__(self) -> str:
        return f"draft {self.what}"


class Procedure(DatedFact):
    """One version of a standard procedure of a department: its steps, and the request types it is attached to."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=60)
    supplier = _party(db_index=False)
    name = models.CharField(max_length=200)
    words = models.CharField(max_length=4000, blank=True, help_text="what it is for")
    owner = _party(help_text="who looks after it")
    review_by = models.DateField(help_text="by which day it is to be looked at again")
    requests = models.JSONField(default=list, help_text="codes of the request types it is attached to")
    steps = models.JSONField(help_text="see desk.steps")

    class Meta:
        indexes = (models.Index(fields=["supplier", "known_until"], name="procedure_by_supplier"),)
        constraints = (
            *dated_checks("procedure"),
            models.UniqueConstraint(
                fields=["code", "valid_from"], condition=Q(known_until=None), name="procedure_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} from {self.valid_from}"


class RunStep(models.Model):
    """What was recorded of one step of a procedure on a case; the events of the case keep what was taken back."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="steps", db_index=False)
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="recorded")
    step = models.CharField(max_length=60)
    state = _words(StepState, 7)
    evidence = models.CharField(max_length=4000, blank=True, help_text="the words or the number; why it was skipped")
    message = models.ForeignKey(CaseMessage, models.PROTECT, null=True, related_name="+", help_text="has its files")
    person = _party(null=True)
    at = models.DateTimeField()
    seconds = models.BigIntegerField(null=True, help_text="working time since what was recorded before it")
    signed_by = _party(null=True)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "procedure", "step"], name="run_step_once"),)

    def __str__(self) -> str:
        return f"{self.step} of case {self.case_id}"


class Escalation(models.Model):
    """That a stage of a clock of a case was told, once, and to whom."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="escalations", db_index=False)
    measure = _words(Measure, 12)
    started = models.DateTimeField(help_text="when that clock started")
    stage = models.CharField(max_length=40)
    people = models.JSONField(default=list, help_text="codes of those who were told; none: nobody was there")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "measure", "started", "stage"], name="escalation_once"),)

    def __str__(self) -> str:
        return f"{self.stage} of case {self.case_id}"


class Macro(models.Model):
    """A reply, or several acts at once, that case handlers of a queue do with one press."""

    code = models.CharField(max_length=60, unique=True)
    queue = models.ForeignKey(Queue, models.PROTECT, related_name="macros")
    name = models.CharField(max_length=200)
    acts = models.JSONField(help_text="see desk.acts")
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class QueueRule(models.Model):
    """What is done by itself in a queue: when, to which cases, what; within what its keeper could do herself."""

    code = models.CharField(max_length=60, unique=True)
    queue = models.ForeignKey(Queue, models.PROTECT, related_name="rules")
    name = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    when = _words(RuleWhen, 8)
    conditions = models.JSONField(default=dict)
    acts = models.JSONField(help_text="see desk.acts")
    keeper = _party()
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class RuleRun(models.Model):
    """That a rule was done to a case, or why it was not."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    rule = models.ForeignKey(QueueRule, models.PROTECT, related_name="runs")
    case = models.ForeignKey(Case, models.PROTECT, related_name="rule_runs", db_index=False)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=60, blank=True, help_text="code of why it was not done; empty: it was")

    class Meta:
        indexes = (models.Index(fields=["case", "id"], name="rule_run_by_case"),)

    def __str__(self) -> str:
        return f"rule {self.rule_id} on case {self.case_id}"


class Outage(models.Model):
    """What is shown wherever help is asked while a case of kind OUTAGE is open."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="outage")
    words = models.CharField(max_length=1000)

    def __str__(self) -> str:
        return self.words


class WallScreen(models.Model):
    """A screen on a wall that shows a queue until an instant, to whoever has its link."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    reference = models.CharField(max_length=32, unique=True)
    queue = models.ForeignKey(Queue, models.PROTECT, related_name="walls")
    subjects = models.BooleanField(default=False, help_text="also what requests are called")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"screen of {self.queue_id}"


class CaseOpening(models.Model):
    """That somebody opened a confidential case to read it: why, and until when."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    reference = models.CharField(max_length=32, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="openings")
    subject = models.CharField(max_length=64, help_text="subject key of whoever opened it")
    reason = models.CharField(max_length=1000)
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["subject", "ends_at"], name="case_opening_by_subject"),)

    def __str__(self) -> str:
        return f"opening {self.reference}"


class Equipment(models.Model):
    """A thing that a department looks after: a machine, a room, a vehicle."""

    code = models.CharField(max_length=60, unique=True)
    supplier = _party(help_text="the department that looks after it")
    name = models.CharField(max_length=200)
    sort = models.CharField(max_length=100, blank=True)
    serial = models.CharField(max_length=100, blank=True)
    closed_at = models.DateTimeField(null=True, help_text="since when it is there no more")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["sort", "serial"], condition=~Q(serial=""), name="equipment_serial_once"),
        )

    def __str__(self) -> str:
        return self.name


class EquipmentHeld(DatedFact):
    """Who has a thing, and where it stands, from a day on."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="held")
    holder = _party(help_text="a person, a department or a company")
    place = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            *dated_checks("equipment_held"),
            models.UniqueConstraint(
                fields=["equipment", "valid_from"], condition=Q(known_until=None), name="equipment_held_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.equipment_id} from {self.valid_from}"


class ReceivedLetter(models.Model):
    """That a letter came in, and the raw message. Rows are only ever added; the file can be withdrawn, and so forgotten."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    reference = models.CharField(max_length=32, unique=True)
    mailbox = models.CharField(max_length=400)
    message = models.CharField(max_length=64, help_text="hash of its Message-ID; of who wrote when, where it has none")
    body = models.CharField(max_length=64, help_text="hash of what stands below its headers")
    whole = models.BooleanField(default=True, help_text="no: it was too large, and only its headers were fetched")
    file = models.ForeignKey("kit.File", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mailbox", "message", "body"], name="received_letter_once"),)

    def __str__(self) -> str:
        return f"letter {self.reference}"


class LetterStanding(models.Model):
    """What became of a letter: it was taken into a case, or waits for a person, who does something with it."""

    letter = models.OneToOneField(ReceivedLetter, models.PROTECT, primary_key=True, related_name="standing")
    kind = _words(LetterKind, 10)
    state = _words(LetterState, 9)
    why = _words(LetterWhy, 12, blank=True)
    sender = models.CharField(max_length=254, blank=True, help_text="address; empty: nobody plainly, or forgotten")
    subject = models.CharField(max_length=SUBJECT_LENGTH_MAX, blank=True)
    person = _party(null=True, help_text="whose address it is, where that is known")
    company = _party(null=True, help_text="for which she works; empty: a stranger's letter")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="letters", help_text="it is in or claims")
    message = models.OneToOneField(CaseMessage, models.PROTECT, null=True, related_name="letter")
    left_out = models.JSONField(default=list, help_text="names of files that came with it and are not taken")
    answered_at = models.DateTimeField(null=True, help_text="when its sender was told the way in")
    changed_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["state", "-letter"], name="letter_by_state"),
            models.Index(fields=["answered_at"], name="letter_answered", condition=Q(answered_at__isnull=False)),
        )

    def __str__(self) -> str:
        return f"{self.state} letter {self.letter_id}"
