"""Who says what is promised, who asks for help, who handles it, and who sees what. One rule, three questions. No actor is a refusal.

Existence, number and count of a confidential case are told to whoever asked it, and to case handlers whose role was granted over
that very department and who are not near to whom it is about (``desk.near``).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import F, Q

from inward.core.terms import Reason
from inward.desk.models import CaseConcern, CaseOpening, CaseWatcher
from inward.kit.actor import Actor
from inward.kit.policy import ALLOWED, Answer, refusal
from inward.parties import policy as parties

HANDLER, OWNER, BUYER, EMPLOYEE, READER = "CASE_HANDLER", "SERVICE_OWNER", "BUYER", "EMPLOYEE", "EMERGENCY_READER"
SERVING: Final = (HANDLER, OWNER)
_NONE: Final = Q(pk__in=())
_NOT_PRIVATE: Final = Q(person_id=None) | ~Q(customer_id=F("person_id"))


@dataclass(frozen=True, slots=True)
class CaseParties:
    """What policy looks at of a case, by code: who asked, for whom, of which department, and whether it is confidential.

    ``near`` says whether the actor stands near to somebody a confidential case is about.
    """

    person: str | None
    customer: str
    supplier: str
    confidential: bool = False
    near: bool = False


def may_promise(actor: Actor, *, company: str, on: date) -> Answer:
    """Say what a company or one of its departments promises: whoever looks after its data."""
    return parties.may_administer(actor, companies=[company], on=on)


def standards_kept_by(actor: Actor, *, on: date) -> frozenset[str] | None:
    """The companies and departments whose promises this actor looks after; None for all of them."""
    return parties.calendars_kept_by(actor, on=on)


def may_ask(actor: Actor, *, customer: str | None, supplier: str, employers: Collection[str], on: date) -> Answer:
    """Ask for help: for oneself, for a department or company one buys for, for a colleague of the same company (``employers`` are
    the customer's), and for anybody where one serves, as whoever takes a call.
    """
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if customer is None:
        return refusal(Reason.of("no_customer"))
    if customer == actor.person or actor.holds(BUYER, over=customer, on=on) or serves(actor, supplier=supplier, on=on):
        return ALLOWED
    if any(actor.holds(EMPLOYEE, over=company, on=on) for company in employers):
        return ALLOWED
    return refusal(Reason.of("not_asker_for", customer=customer))


def serves(actor: Actor, *, supplier: str, on: date) -> bool:
    """Whether the actor handles what is asked of a department, apart from what is confidential."""
    return any(actor.holds(role, over=supplier, on=on) for role in SERVING)


def serves_confidential(actor: Actor, *, supplier: str, on: date) -> bool:
    """Whether a role of the actor was granted over this very department."""
    return actor.is_system or supplier in _exactly(actor, on)


def may_handle(actor: Actor, *, case: CaseParties, on: date) -> Answer:
    """Handle a case: who serves the department, never what she asked herself or what was asked for her."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    reaches = serves_confidential if case.confidential else serves
    if not reaches(actor, supplier=case.supplier, on=on) or (case.confidential and case.near):
        return refusal(Reason.of("not_case_handler", supplier=case.supplier))
    if actor.person is not None and actor.person in (case.person, case.customer):
        return refusal(Reason.of("own_case_not_handled"))
    return ALLOWED


def may_speak(actor: Actor, *, case: CaseParties, on: date) -> Answer:
    """Write to the service, say whether it is solved, ask no longer: who asked, for whom it is, who buys for that department."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if actor.person is not None and actor.person in (case.person, case.customer):
        return ALLOWED
    unit = case.customer != case.person and not case.confidential
    if unit and actor.holds(BUYER, over=case.customer, on=on):
        return ALLOWED
    return refusal(Reason.of("not_case_customer"))


def may_keep_queue(actor: Actor, *, supplier: str, company: str, on: date) -> Answer:
    """Say what a department helps with: its service owners, and whoever looks after the company's data."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if actor.holds(OWNER, over=supplier, on=on):
        return ALLOWED
    return parties.may_administer(actor, companies=[company], on=on)


def may_keep_some_queue(actor: Actor, *, on: date) -> Answer:
    """Say of some department what it helps with: service owners, and whoever looks after a company's data."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    over = queues_kept_by(actor, on=on)
    return ALLOWED if over is None or over else refusal(Reason.of("not_queue_keeper"))


def may_run_desk(actor: Actor) -> Answer:
    """Close what is silent, let go on what waited for a day, tell what is late: the house itself."""
    return ALLOWED if actor.is_system else refusal(Reason.of("no_actor"))


def may_write_unnamed(actor: Actor) -> Answer:
    """Write to a speak-up line, and write on there: the house itself, for somebody of whom it knows nothing. Whoever has a name may not."""
    return ALLOWED if actor.is_system else refusal(Reason.of("no_actor"))


def may_keep_letters(actor: Actor, *, on: date) -> Answer:
    """Deal with letters that name no case: service owners, and whoever looks after a company's data."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    over = queues_kept_by(actor, on=on)
    return ALLOWED if over is None or over else refusal(Reason.of("not_letter_keeper"))


def queues_kept_by(actor: Actor, *, on: date) -> frozenset[str] | None:
    """The departments whose queues this actor keeps; None for all of them."""
    over = [frozenset() if actor.nobody else actor.parties(role, on=on) for role in (OWNER, "DATA_ADMINISTRATOR")]
    if None in over:
        return None
    return frozenset().union(*(parties for parties in over if parties is not None))


def served_by(actor: Actor, *, on: date, roles: Collection[str] = SERVING) -> frozenset[str] | None:
    """The departments for which this actor handles what is not confidential (by one of these roles); None for all of them."""
    if actor.nobody:
        return frozenset()
    over = [actor.parties(role, on=on) for role in roles]
    if None in over:
        return None
    return frozenset().union(*(parties for parties in over if parties is not None))


def serves_somebody(actor: Actor, *, on: date) -> bool:
    """Whether there is a department this actor handles cases for."""
    over = served_by(actor, on=on)
    return over is None or bool(over)


def cases_visible_by(actor: Actor, *, keys: Mapping[str, int], near: Collection[int], on: date) -> tuple[Q, ...]:
    """Each way in which this actor sees cases: as who asked, as buyer for the customer, as who follows it, as who serves."""
    if actor.nobody:
        return ()
    return (*_own(actor, keys, on), *cases_served_by(actor, keys=keys, near=near, on=on))


def cases_visible_to(actor: Actor, *, keys: Mapping[str, int], near: Collection[int], on: date) -> Q:
    """The cases this actor may see, as one filter."""
    return reduce(or_, cases_visible_by(actor, keys=keys, near=near, on=on), _NONE)


def cases_served_by(
    actor: Actor, *, keys: Mapping[str, int], near: Collection[int], on: date, roles: Collection[str] = SERVING
) -> tuple[Q, ...]:
    """The cases of departments this actor serves for, each department a way of its own; never those she asked herself.

    ``near`` are the keys of who stands near to her; ``roles`` are those that count.
    """
    if actor.nobody:
        return ()
    if actor.is_system:
        return (Q(pk__isnull=False),)
    served, own = served_by(actor, on=on, roles=roles), keys.get(actor.person or "", -1)
    hers = Q(person_id=own, person_id__isnull=False) | Q(customer_id=own)
    open_ways = (
        [Q(supplier_id__isnull=False)] if served is None else [Q(supplier_id=key) for key in _known(served, keys)]
    )
    about = CaseConcern.objects.filter(person_id__in=sorted(near)).values("case_id")
    closed_ways = [
        Q(supplier_id=key, confidential=True) & ~Q(pk__in=about) for key in _known(_exactly(actor, on, roles), keys)
    ]
    return (*(way & Q(confidential=False) & ~hers for way in open_ways), *(way & ~hers for way in closed_ways))


def cases_asked_by(actor: Actor, *, keys: Mapping[str, int], on: date) -> tuple[Q, ...]:
    """The cases of whoever asks for help: her own, those for her, and those of departments she buys for."""
    return () if actor.nobody else _own(actor, keys, on)


def _own(actor: Actor, keys: Mapping[str, int], on: date) -> tuple[Q, ...]:
    bought = actor.parties(BUYER, on=on)
    over = [Q(customer_id__isnull=False)] if bought is None else [Q(customer_id=key) for key in _known(bought, keys)]
    units = tuple(way & _NOT_PRIVATE & Q(confidential=False) for way in over)
    if actor.person is None:
        return units
    own = keys[actor.person]
    followed = CaseWatcher.objects.filter(person_id=own).values("case_id")
    return (Q(person_id=own), Q(customer_id=own), Q(pk__in=followed, confidential=False), *units)


def _known(codes: Collection[str], keys: Mapping[str, int]) -> list[int]:
    return sorted({keys[code] for code in codes if code in keys})


def _exactly(actor: Actor, on: date, roles: Collection[str] = SERVING) -> frozenset[str]:
    """The departments over which themselves a role to serve was granted, with nothing that is below or above."""
    return frozenset(grant.scope for grant in actor.grants if grant.role in roles and on in grant.period)


def procedures_read_by(actor: Actor, *, on: date) -> frozenset[str] | None:
    """The departments whose standard procedures this actor reads: those she keeps and those she serves for; None for all of them."""
    kept, served = queues_kept_by(actor, on=on), served_by(actor, on=on)
    return None if kept is None or served is None else kept | served


def may_do_step(actor: Actor, *, role: str, person: str, supplier: str, on: date) -> Answer:
    """Do a step of a procedure, as whoever handles the case: who is named, or whoever has the role; a service owner does any."""
    if actor.holds(OWNER, over=supplier, on=on):
        return ALLOWED
    if (person and person != actor.person) or role == OWNER:
        return refusal(Reason.of("step_of_another"))
    return ALLOWED


def may_skip_blocking(actor: Actor, *, owner: str, supplier: str, on: date) -> Answer:
    """Skip a step that blocks: who owns the procedure, or the department's service owner."""
    if actor.person == owner or actor.holds(OWNER, over=supplier, on=on):
        return ALLOWED
    return refusal(Reason.of("step_skipped_by_owner", owner=owner))


def may_open_some_cases(actor: Actor, *, on: date) -> bool:
    """Whether the actor may open confidential cases of some department."""
    return not actor.nobody and not actor.is_system and actor.holds(READER, over=None, on=on)


def may_open_case(actor: Actor, *, case: CaseParties, on: date) -> Answer:
    """Open a confidential case to read: the role over its department, never what one asked, nor near to whom it is about, nor what one
    handles anyway. One answer for all that cannot be opened.
    """
    closed = case.confidential and not case.near and actor.person not in (None, case.person, case.customer)
    if closed and actor.holds(READER, over=case.supplier, on=on) and not may_handle(actor, case=case, on=on):
        return ALLOWED
    return refusal(Reason.of("case_not_to_open"))


def cases_opened_by(actor: Actor, *, keys: Mapping[str, int], near: Collection[int], at: datetime) -> Q:
    """The confidential cases this actor has open at an instant, as far as her role still reaches; never those near to her."""
    over = actor.parties(READER, on=at.date())
    running = CaseOpening.objects.filter(subject=actor.subject, opened_at__lte=at, ends_at__gt=at, ended_at=None)
    about = CaseConcern.objects.filter(person_id__in=sorted(near)).values("case_id")
    opened = Q(pk__in=running.values("case_id")) & ~Q(pk__in=about)
    return opened if over is None else opened & Q(supplier_id__in=_known(over, keys))


def may_end_opening(actor: Actor, *, opener: str, case: CaseParties, on: date) -> Answer:
    """Close a case again before the time is over: who opened it, and who handles it."""
    if actor.subject == opener or may_handle(actor, case=case, on=on):
        return ALLOWED
    return refusal(Reason.of("not_case_handler", supplier=case.supplier))
