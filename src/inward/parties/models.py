"""The tables of the parties room. Only this room imports them; others keep keys as strings ("parties.Party").

Everything that people or registers say for a span of days is a dated fact (``kit.records``): it is never overwritten, a
correction closes what was known and adds what is known now. What a person is called stands in ``Party`` alone, so that
it can be pseudonymised there while every figure stays. Nothing here judges: the core does.
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from inward.core.classification import CompanyKind, RightKind, Tie, WorkKind, WorkState
from inward.core.terms import Money
from inward.core.terms.money import as_currency
from inward.kit.fields import CurrencyField, RateField
from inward.kit.ids import new_id
from inward.kit.records import DatedFact, dated_checks
from inward.parties.deciding import Speaker
from inward.parties.vocabulary import (
    MARK_REASON_LENGTH_MAX,
    EventKind,
    MarkKind,
    OpeningKind,
    PartyKind,
    Post,
    Purpose,
    SourceRank,
)

CODE_LENGTH_MAX = 120
NAME_LENGTH_MAX = 200
FACT_CODE_LENGTH_MAX = 240
LINE_LENGTH_MAX = 60
DEFINITION_CODE_LENGTH_MAX = 60
REGISTER_LENGTH_MAX = 40
AGREEMENT_LENGTH_MAX = 120


class Party(models.Model):
    """A company, a unit or a person. ``code`` is what the core, the files and the addresses call it."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=CODE_LENGTH_MAX, unique=True)
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in PartyKind])
    name = models.CharField(max_length=200, blank=True, help_text="empty for a person who was erased")
    email = models.EmailField(max_length=254, blank=True)
    subject = models.CharField(max_length=64, unique=True, null=True, help_text="a person's key in audit and books")  # noqa: DJ001 - unique where there is one
    created_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["kind", "name", "id"], name="party_by_name"),
            models.Index(Upper("email"), name="party_by_email"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(kind=PartyKind.PERSON.value, subject__isnull=False)
                | (~Q(kind=PartyKind.PERSON.value) & Q(subject__isnull=True)),
                name="party_person_has_subject",
            ),
            models.CheckConstraint(condition=~Q(code=""), name="party_code_not_empty"),
        )

    def __str__(self) -> str:
        return self.code


class PartyName(DatedFact):
    """What a company or unit is called on some days, from the first change of its name on; before, ``Party`` alone says it.

    Never a person: her name stands in ``Party`` alone.
    """

    party = models.ForeignKey(Party, models.PROTECT, related_name="names")
    name = models.CharField(max_length=NAME_LENGTH_MAX)

    class Meta:
        indexes = (models.Index(fields=["party", "known_until"], name="name_by_party"),)
        constraints = (
            *dated_checks("name"),
            models.UniqueConstraint(
                fields=["party", "valid_from"], condition=Q(known_until=None), name="name_version_once"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Registration(DatedFact):
    """What a register and the books say of a company: its number, country, currencies and the zone of its days."""

    company = models.ForeignKey(Party, models.PROTECT, related_name="registrations")
    register_number = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1 alpha-2")
    kind = models.CharField(
        max_length=12,
        choices=[(kind.value, kind.value) for kind in CompanyKind],
        default=CompanyKind.COMPANY.value,
        help_text="what sort of body it is",
    )
    currency = CurrencyField(help_text="what it prices in")
    functional_currency = CurrencyField(help_text="what its books are kept in")
    time_zone = models.CharField(max_length=60, help_text="IANA name")

    class Meta:
        constraints = (
            *dated_checks("registration"),
            models.UniqueConstraint(
                fields=["company"], condition=Q(known_until=None, valid_until=None), name="registration_one_open"
            ),
        )

    def __str__(self) -> str:
        return f"registration of {self.company_id}"


class OwnershipFact(DatedFact):
    """A fact of ownership: its code, and whose word it is. Several sources may speak of one thing; ``deciding`` chooses."""

    code = models.CharField(max_length=FACT_CODE_LENGTH_MAX)
    register = models.CharField(
        max_length=REGISTER_LENGTH_MAX, blank=True, help_text="code of the outside source; empty: the house itself"
    )
    rank = models.CharField(
        max_length=12,
        choices=[(rank.value, rank.value) for rank in SourceRank],
        default=SourceRank.OWN_REGISTER.value,
        help_text="how far its source is trusted",
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code

    @property
    def speaker(self) -> Speaker:
        """Whose word it is."""
        return Speaker(SourceRank(self.rank), self.register)


class Holding(OwnershipFact):
    """``owner`` holds a share of the votes (and of the capital, where it differs) of ``owned``; itself: treasury shares.

    Where only a band is known, ``votes`` and ``capital`` are its low ends and the high ends stand beside them.
    """

    owner = models.ForeignKey(Party, models.PROTECT, related_name="holdings")
    owned = models.ForeignKey(Party, models.PROTECT, related_name="held_by")
    votes = RateField(help_text="fraction of one; the low end of a band")
    votes_high = RateField(null=True, blank=True, help_text="high end of a band; empty: exactly the votes")
    votes_low_open = models.BooleanField(default=False, help_text="more than the low end")
    votes_high_open = models.BooleanField(default=False, help_text="less than the high end")
    capital = RateField(null=True, blank=True, help_text="fraction of one; empty: as the votes")
    capital_high = RateField(null=True, blank=True, help_text="high end of a band; empty: exactly the capital")
    capital_low_open = models.BooleanField(default=False, help_text="more than the low end")
    capital_high_open = models.BooleanField(default=False, help_text="less than the high end")

    class Meta:
        indexes = (
            models.Index(fields=["owned", "known_until"], name="holding_by_owned"),
            models.Index(fields=["owner", "known_until"], name="holding_by_owner"),
        )
        constraints = (
            *dated_checks("holding"),
            models.UniqueConstraint(fields=["code"], condition=Q(known_until=None), name="holding_code_once"),
        )


class ShareClass(OwnershipFact):
    """A class of shares of a company: how many are issued, how many votes and what part of dividends each carries."""

    company = models.ForeignKey(Party, models.PROTECT, related_name="share_classes")
    name = models.CharField(max_length=NAME_LENGTH_MAX, blank=True)
    issued = RateField(help_text="how many shares")
    votes_each = RateField(help_text="votes of one share")
    dividend_each = RateField(help_text="part of dividends of one share")
    version_of = models.CharField(
        max_length=FACT_CODE_LENGTH_MAX,
        blank=True,
        default="",
        help_text="code of the class, for what it is from a later day on",
    )

    class Meta:
        indexes = (models.Index(fields=["company", "known_until"], name="share_class_by_company"),)
        constraints = (
            *dated_checks("share_class"),
            models.UniqueConstraint(fields=["code"], condition=Q(known_until=None), name="share_class_code_once"),
        )

    @property
    def series(self) -> str:
        """The code by which its shares are held, whichever version holds on the day."""
        return self.version_of or self.code


class Shareholding(OwnershipFact):
    """``owner`` holds so many shares of a class, by the class's code."""

    owner = models.ForeignKey(Party, models.PROTECT, related_name="shareholdings")
    company = models.ForeignKey(Party, models.PROTECT, related_name="shares_held", help_text="whose shares they are")
    share_class = models.CharField(max_length=FACT_CODE_LENGTH_MAX)
    shares = RateField(help_text="how many")

    class Meta:
        indexes = (
            models.Index(fields=["company", "known_until"], name="shareholding_by_company"),
            models.Index(fields=["owner", "known_until"], name="shareholding_by_owner"),
        )
        constraints = (
            *dated_checks("shareholding"),
            models.UniqueConstraint(fields=["code"], condition=Q(known_until=None), name="shareholding_code_once"),
        )


class ControlRight(OwnershipFact):
    """``holder`` has power over ``target`` that is no share of votes, or something is known of the target's parents."""

    target = models.ForeignKey(Party, models.PROTECT, related_name="rights_over_it")
    holder = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="rights_held")
    kind = models.CharField(max_length=24, choices=[(kind.value, kind.value) for kind in RightKind])
    agreement = models.CharField(
        max_length=AGREEMENT_LENGTH_MAX, blank=True, help_text="shared by those who control jointly"
    )
    over = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="the one company a nomination is about",
    )

    class Meta:
        indexes = (
            models.Index(fields=["target", "known_until"], name="right_by_target"),
            models.Index(fields=["holder", "known_until"], name="right_by_holder"),
        )
        constraints = (
            *dated_checks("right"),
            models.UniqueConstraint(fields=["code"], condition=Q(known_until=None), name="right_code_once"),
            models.CheckConstraint(condition=~Q(holder=F("target")), name="right_not_over_itself"),
        )


class UnitPlacement(DatedFact):
    """A unit belongs to a company, below another of its units or at the top. No two of one unit on one day."""

    unit = models.ForeignKey(Party, models.PROTECT, related_name="placements")
    company = models.ForeignKey(Party, models.PROTECT, related_name="units_placed")
    parent = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="placements_below")

    class Meta:
        indexes = (models.Index(fields=["company", "known_until"], name="placement_by_company"),)
        constraints = (
            *dated_checks("placement"),
            models.CheckConstraint(condition=~Q(unit=F("parent")), name="placement_not_below_itself"),
        )

    def __str__(self) -> str:
        return f"unit {self.unit_id} in {self.company_id}"


class WorkRelationship(DatedFact):
    """A person works for a company, in a unit if known (which may be another company's: a shared service centre)."""

    code = models.CharField(max_length=FACT_CODE_LENGTH_MAX)
    person = models.ForeignKey(Party, models.PROTECT, related_name="work_relationships")
    company = models.ForeignKey(Party, models.PROTECT, related_name="workers")
    unit = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="staff")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in WorkKind])
    job_title = models.CharField(max_length=120, blank=True)
    line_of_business = models.CharField(max_length=LINE_LENGTH_MAX, blank=True, help_text="a code of the company's own")
    cost_centre = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="staff_charged", help_text="a unit; empty: the unit"
    )

    class Meta:
        indexes = (
            models.Index(fields=["person", "known_until"], name="work_by_person"),
            models.Index(fields=["company", "known_until"], name="work_by_company"),
            models.Index(fields=["unit", "known_until"], name="work_by_unit"),
        )
        constraints = (
            *dated_checks("work"),
            models.UniqueConstraint(fields=["code"], condition=Q(known_until=None), name="work_code_once"),
        )

    def __str__(self) -> str:
        return self.code


class StateOfWork(DatedFact):
    """A person's work for a company is in a state for a while (probation, unpaid leave, notice); it goes on meanwhile."""

    person = models.ForeignKey(Party, models.PROTECT, related_name="work_states")
    company = models.ForeignKey(Party, models.PROTECT, related_name="states_of_work")
    state = models.CharField(max_length=12, choices=[(state.value, state.value) for state in WorkState])

    class Meta:
        indexes = (models.Index(fields=["person", "known_until"], name="work_state_by_person"),)
        constraints = (
            *dated_checks("work_state"),
            models.UniqueConstraint(
                fields=["person", "company", "state", "valid_from"],
                condition=Q(known_until=None),
                name="work_state_version_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.state} of {self.person_id} at {self.company_id}"


class WorkingWeek(DatedFact):
    """When a company or unit works in a week, in which zone, and whose holidays it keeps; units inherit what is above."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="working_weeks")
    hours = models.JSONField(help_text='{"mon": [["09:00", "12:00"], …], …}; a day that is missing is free')
    time_zone = models.CharField(max_length=60, help_text="IANA name")
    holidays_of = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1 alpha-2; empty: no public holidays")
    region = models.CharField(max_length=40, blank=True, help_text="part of the country that keeps days of its own")

    class Meta:
        indexes = (models.Index(fields=["party", "known_until"], name="week_by_party"),)
        constraints = (
            *dated_checks("week"),
            models.UniqueConstraint(
                fields=["party", "valid_from"], condition=Q(known_until=None), name="week_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"week of {self.party_id}"


class OwnDay(DatedFact):
    """A day on which a company or unit works otherwise than its week says: shorter hours, or none."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="own_days")
    day = models.DateField()
    name = models.CharField(max_length=200)
    hours = models.JSONField(help_text='[["09:00", "12:00"], …]; empty: closed')

    class Meta:
        indexes = (models.Index(fields=["party", "day"], name="own_day_by_party"),)
        constraints = (
            *dated_checks("own_day"),
            models.UniqueConstraint(fields=["party", "day"], condition=Q(known_until=None), name="own_day_once"),
        )

    def __str__(self) -> str:
        return f"{self.day} of {self.party_id}"


class HeadOfPlace(DatedFact):
    """Who heads a unit or company. One at a time; whether she works there on a day is said by her work."""

    place = models.ForeignKey(Party, models.PROTECT, related_name="heads")
    person = models.ForeignKey(Party, models.PROTECT, related_name="headships")

    class Meta:
        indexes = (models.Index(fields=["person", "known_until"], name="head_by_person"),)
        constraints = (
            *dated_checks("head"),
            models.UniqueConstraint(
                fields=["place", "valid_from"], condition=Q(known_until=None), name="head_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} heads {self.place_id}"


class DeputyOfPlace(DatedFact):
    """Who stands in for whoever heads a unit or company, and for what. It belongs to the post, not to its holder."""

    place = models.ForeignKey(Party, models.PROTECT, related_name="deputies")
    person = models.ForeignKey(Party, models.PROTECT, related_name="deputyships")
    powers = models.JSONField(help_text='values of ``Power``, such as ["SPENDING"]')

    class Meta:
        indexes = (models.Index(fields=["person", "known_until"], name="deputy_by_person"),)
        constraints = (
            *dated_checks("deputy"),
            models.UniqueConstraint(
                fields=["place", "person", "valid_from"], condition=Q(known_until=None), name="deputy_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} stands in at {self.place_id}"


class SpendingLimit(DatedFact):
    """Up to how much whoever holds a post of a unit or company may approve; units below without one have the same."""

    place = models.ForeignKey(Party, models.PROTECT, related_name="spending_limits")
    post = models.CharField(max_length=8, choices=[(post.value, post.value) for post in Post])
    limit_minor = models.BigIntegerField()
    currency = models.CharField(max_length=8)

    class Meta:
        constraints = (
            *dated_checks("spending"),
            models.UniqueConstraint(
                fields=["place", "post", "valid_from"], condition=Q(known_until=None), name="spending_version_once"
            ),
            models.CheckConstraint(condition=Q(limit_minor__gte=0), name="spending_not_negative"),
        )

    def __str__(self) -> str:
        return f"{self.post} of {self.place_id}"

    @property
    def amount(self) -> Money:
        """The limit as money."""
        return Money(self.limit_minor, as_currency(self.currency))


class Absence(DatedFact):
    """A person is away. Why is nobody's business and has no column; ``source`` stays empty."""

    person = models.ForeignKey(Party, models.PROTECT, related_name="absences")

    class Meta:
        indexes = (models.Index(fields=["person", "known_until"], name="absence_by_person"),)
        constraints = (
            *dated_checks("absence"),
            models.UniqueConstraint(
                fields=["person", "valid_from"], condition=Q(known_until=None), name="absence_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} is away"


class HouseholdMember(DatedFact):
    """``member`` belongs to the household of ``person``, who works here; for the named purposes and no other.

    The least that a rule needs: no address, no age, no name beside the two parties'. ``source`` says why it is known.
    """

    code = models.CharField(max_length=FACT_CODE_LENGTH_MAX)
    person = models.ForeignKey(Party, models.PROTECT, related_name="household")
    member = models.ForeignKey(Party, models.PROTECT, related_name="households")
    tie = models.CharField(max_length=8, choices=[(tie.value, tie.value) for tie in Tie])
    purposes = models.JSONField(help_text='values of ``Purpose``, such as ["PRICE"]')

    class Meta:
        indexes = (
            models.Index(fields=["person", "known_until"], name="household_by_person"),
            models.Index(fields=["member", "known_until"], name="household_by_member"),
        )
        constraints = (
            *dated_checks("household"),
            models.UniqueConstraint(fields=["code"], condition=Q(known_until=None), name="household_code_once"),
            models.CheckConstraint(condition=~Q(person=F("member")), name="household_not_with_oneself"),
        )

    def __str__(self) -> str:
        return self.code


class ConfidentialityMark(DatedFact):
    """A person is confidential on these days: hidden from everybody whom policy does not name. ``reason`` only keepers read."""

    code = models.CharField(max_length=FACT_CODE_LENGTH_MAX)
    person = models.ForeignKey(Party, models.PROTECT, related_name="marks")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in MarkKind])
    reason = models.CharField(max_length=MARK_REASON_LENGTH_MAX)

    class Meta:
        indexes = (models.Index(fields=["person", "known_until"], name="mark_by_person"),)
        constraints = (
            *dated_checks("mark"),
            models.UniqueConstraint(fields=["code"], condition=Q(known_until=None), name="mark_code_once"),
        )

    def __str__(self) -> str:
        return self.code


class Opening(models.Model):
    """Somebody has opened a confidential person for a while. ``subject`` is how audit knows who; it ends by itself.

    ``told`` says whether the person was to be told.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    reference = models.CharField(max_length=32, unique=True)
    person = models.ForeignKey(Party, models.PROTECT, related_name="openings")
    subject = models.CharField(max_length=64)
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in OpeningKind])
    reason = models.CharField(
        max_length=MARK_REASON_LENGTH_MAX, blank=True, help_text="empty once the person was erased"
    )
    told = models.BooleanField()
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="when somebody ended it before its time")

    class Meta:
        indexes = (
            models.Index(fields=["subject", "ends_at"], name="opening_by_subject"),
            models.Index(fields=["person", "opened_at"], name="opening_by_person"),
        )
        constraints = (models.CheckConstraint(condition=Q(ends_at__gt=F("opened_at")), name="opening_ends_later"),)

    def __str__(self) -> str:
        return self.reference


class ChangeEvent(models.Model):
    """A merger, split, new name or reorganisation that was entered as one act; what it changed stands in its rows."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=14, choices=[(kind.value, kind.value) for kind in EventKind])
    day = models.DateField(help_text="from which on things are otherwise")
    entered_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=200, blank=True, help_text="on whose word")
    evidence = models.ForeignKey("kit.File", models.PROTECT, null=True, blank=True, related_name="+")
    before = models.CharField(max_length=200, blank=True, help_text="name before, for a new name")
    after = models.CharField(max_length=200, blank=True, help_text="name from then on")
    units = models.PositiveIntegerField(help_text="how many moved, opened or closed")
    people = models.PositiveIntegerField(help_text="how many work elsewhere by it")
    companies = models.JSONField(help_text="codes of the companies whose records it changed")
    code = models.CharField(
        max_length=FACT_CODE_LENGTH_MAX, blank=True, default="", help_text="what a file it came in calls it"
    )

    class Meta:
        indexes = (models.Index(fields=["day", "id"], name="change_event_by_day"),)
        constraints = (models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="change_event_code_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"

    @property
    def reference(self) -> str:
        """What files call it."""
        return self.code or str(self.pk)


class ChangePart(models.Model):
    """A unit or company that an event is about, and the other end: into what it went, or from what it came."""

    event = models.ForeignKey(ChangeEvent, models.CASCADE, related_name="parts")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    other = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.party_id} in {self.event_id}"


class ChangeRow(models.Model):
    """A row that an event made, closed or changed, so that it can be taken back."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    event = models.ForeignKey(ChangeEvent, models.CASCADE, related_name="rows")
    table = models.CharField(max_length=80)
    key = models.BigIntegerField()
    act = models.CharField(max_length=7)
    before = models.JSONField(null=True)

    class Meta:
        indexes = (models.Index(fields=["event", "table"], name="change_row_by_table"),)

    def __str__(self) -> str:
        return f"{self.act} {self.table} {self.key}"


class WorldChange(models.Model):
    """Whom a version of the parties is about: one person and her work, or (empty) more than that.

    By it a process renews the world it keeps instead of reading everybody again, and a world as it was known at an instant
    gets its number. The key tells histories apart: after a restore the same number may stand for another change.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    number = models.BigIntegerField(unique=True)
    at = models.DateTimeField(null=True, db_index=True, help_text="empty: from before times were noted")
    person_key = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.number}"


class LeftFinding(models.Model):
    """Something on the data quality board that somebody looked at and left as it is, and why. One for each finding.

    ``key`` is that of the record found. A dated fact that is changed is another row, so what was left is looked at again.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    check_name = models.CharField(max_length=40)
    key = models.BigIntegerField(help_text="of the record that was found")
    reason = models.CharField(max_length=200)
    until = models.DateField(null=True, help_text="first day it is shown again; empty: never")
    left_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["check_name", "key"], name="left_finding_once"),)

    def __str__(self) -> str:
        return f"{self.check_name} {self.key}"


class FindingCount(models.Model):
    """How many findings a check had on a day, when the worker last counted."""

    check_name = models.CharField(max_length=40)
    day = models.DateField()
    findings = models.PositiveIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["day", "check_name"], name="finding_count_once"),)

    def __str__(self) -> str:
        return f"{self.check_name} {self.day}"


class InsideDefinition(DatedFact):
    """A definition of inside of one's own, from a day on until its next version; those that ship are in the core."""

    code = models.CharField(max_length=DEFINITION_CODE_LENGTH_MAX)
    name = models.CharField(max_length=200)
    body = models.JSONField(help_text="as ``core.classification.definition_from`` reads it")

    class Meta:
        constraints = (
            *dated_checks("definition"),
            models.UniqueConstraint(
                fields=["code", "valid_from"], condition=Q(known_until=None), name="definition_version_once"
            ),
        )

    def __str__(self) -> str:
        return self.code


class DefinitionChoice(DatedFact):
    """By which definition of inside a purpose is served from a day on; strict majority where none was chosen."""

    purpose = models.CharField(max_length=12, choices=[(purpose.value, purpose.value) for purpose in Purpose])
    definition = models.CharField(max_length=DEFINITION_CODE_LENGTH_MAX, help_text="one that ships, or one's own")

    class Meta:
        constraints = (
            *dated_checks("choice"),
            models.UniqueConstraint(
                fields=["purpose", "valid_from"], condition=Q(known_until=None), name="choice_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.purpose}: {self.definition}"


class RegisterEntity(models.Model):
    """What a public register says of an entity, as it names it: on the shelf, known to nobody who deals."""

    source = models.CharField(max_length=20)
    code = models.CharField(max_length=CODE_LENGTH_MAX, help_text="as the source names it")
    name = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=12)
    country = models.CharField(max_length=2, blank=True)
    lei = models.CharField(max_length=20, blank=True, help_text="empty where it is the code")
    register = models.CharField(max_length=60, blank=True)
    register_number = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    successor = models.CharField(max_length=CODE_LENGTH_MAX, blank=True)
    place = models.CharField(max_length=200, help_text="file and record")
    reference = models.CharField(max_length=300, blank=True)
    said_at = models.DateTimeField(null=True, help_text="when the source came to know it")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["source", "code"], name="register_entity_once"),)
        indexes = (
            models.Index(
                fields=["register_number"], condition=~Q(register_number=""), name="register_entity_by_number"
            ),
            models.Index(fields=["lei"], condition=~Q(lei=""), name="register_entity_by_lei"),
        )

    def __str__(self) -> str:
        return f"{self.source} {self.code}"


class RegisterFact(models.Model):
    """A share or a power as a public register tells it, between parties as it names them: on the shelf."""

    source = models.CharField(max_length=20)
    key = models.CharField(max_length=FACT_CODE_LENGTH_MAX)
    subject = models.CharField(max_length=CODE_LENGTH_MAX)
    holder = models.CharField(max_length=CODE_LENGTH_MAX, blank=True)
    right = models.CharField(max_length=24, blank=True, help_text="kind of power; empty: a share")
    votes = models.CharField(max_length=120, blank=True, help_text='band as "(1/4, 1/2]"')
    capital = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    place = models.CharField(max_length=200, help_text="file and record")
    reference = models.CharField(max_length=300, blank=True)
    said_at = models.DateTimeField(null=True, help_text="when the source came to know it")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["source", "key"], name="register_fact_once"),)
        indexes = (
            models.Index(fields=["subject"], name="register_fact_by_subject"),
            models.Index(fields=["holder"], condition=~Q(holder=""), name="register_fact_by_holder"),
        )

    def __str__(self) -> str:
        return f"{self.source} {self.key}"
