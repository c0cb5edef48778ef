"""Who may change and see what is known of the parties. It reads only the actor: her grants say over which parties.

Companies, their units and their holdings are looked after by the data administrators of those companies; what lies in
nobody's reach (a new company, forgetting a person) by those of everything. Households are kept by those alone who were granted
that, for people of their companies; a data administrator as such neither sees nor changes one. A confidential person is
seen by herself, by the keepers of marks of a company she works for, and by whoever has her open: the actor carries who is
hidden from her (``hidden``), and every rule here that speaks of people leaves those out. The directory (units,
colleagues and their jobs) is seen by the staff of the company; shares of ownership by those who keep records or books.
"Who may" over parties is asked of ``access``, which knows the grants of everybody. No actor is a refusal.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q

from inward.core.terms import Reason
from inward.kit.actor import Actor
from inward.kit.policy import ALLOWED, Answer, refusal
from inward.parties.vocabulary import MarkKind

DATA_ADMINISTRATOR, AUDITOR, CONTROLLER, EMPLOYEE = "DATA_ADMINISTRATOR", "AUDITOR", "CONTROLLER", "EMPLOYEE"
HOUSEHOLD_KEEPER = "HOUSEHOLD_KEEPER"
MARK_KEEPER, EMERGENCY_READER = "MARK_KEEPER", "EMERGENCY_READER"
_DIRECTORY = (EMPLOYEE, DATA_ADMINISTRATOR, CONTROLLER, AUDITOR)
_OWNERSHIP = (DATA_ADMINISTRATOR, CONTROLLER, AUDITOR)
_RECORDS = (DATA_ADMINISTRATOR,)
_NO_PARTNER = (EMPLOYEE, MARK_KEEPER, EMERGENCY_READER)
"""Roles that deal with nobody: to hold one over a company tells nothing of its dealings."""


def may_administer_everything(actor: Actor, *, on: date) -> Answer:
    """Found companies, export worlds, erase people, see what others brought in."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if actor.parties(DATA_ADMINISTRATOR, on=on) is None:
        return ALLOWED
    return refusal(Reason.of("not_administrator_of_everything"))


def may_define_inside(actor: Actor, *, on: date) -> Answer:
    """Keep definitions of inside and choose which serves a purpose: it decides on everybody's dealings."""
    return may_administer_everything(actor, on=on)


def may_administer(actor: Actor, *, companies: Iterable[str], on: date) -> Answer:
    """Change what is known of these companies, all of them: their units, their holdings, who works for them."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    for company in companies:
        if not actor.holds(DATA_ADMINISTRATOR, over=company, on=on):
            return refusal(Reason.of("not_administrator_of", company=company))
    return ALLOWED


def may_keep_records(actor: Actor, *, on: date) -> Answer:
    """Look after records at all: data administrators, of whatever company."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    over = actor.parties(DATA_ADMINISTRATOR, on=on)
    return ALLOWED if over is None or over else refusal(Reason.of("not_administrator"))


def may_bring_evidence(actor: Actor, *, on: date) -> Answer:
    """Bring a file that is to show a fact: whoever looks after records, or sets up to how much may be approved somewhere."""
    return ALLOWED if may_set_some_spending(actor, on=on) else may_keep_records(actor, on=on)


def may_add_person(actor: Actor, *, on: date) -> Answer:
    """A person belongs to no company until she works for one: any data administrator adds her."""
    return may_keep_records(actor, on=on)


def may_rename_person(actor: Actor, *, employers: Iterable[str], on: date) -> Answer:
    """Data administrators of a company she works for; of everything, when she works for none."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if actor.parties(DATA_ADMINISTRATOR, on=on) is None:
        return ALLOWED
    if any(actor.holds(DATA_ADMINISTRATOR, over=employer, on=on) for employer in employers):
        return ALLOWED
    return refusal(Reason.of("not_administrator"))


def may_see_company(actor: Actor, *, company: str, on: date) -> Answer:
    """The directory of a company: its page, its units, the names and jobs of those who work there."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if any(actor.holds(role, over=company, on=on) for role in _DIRECTORY):
        return ALLOWED
    return refusal(Reason.of("not_of_the_company"))


def may_see_ownership(actor: Actor, *, companies: Iterable[str], on: date) -> Answer:
    """The holdings of one of these companies."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if any(actor.holds(role, over=company, on=on) for company in companies for role in _OWNERSHIP):
        return ALLOWED
    return refusal(Reason.of("not_of_the_books"))


def may_see_person(actor: Actor, *, person: str, employers: Iterable[str], on: date) -> Answer:
    """Oneself, and whoever works for a company whose directory one sees; data administrators of everything see all."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if person in actor.hidden:
        return refusal(Reason.of("not_a_colleague"))
    if actor.person == person or person in actor.opened or actor.parties(DATA_ADMINISTRATOR, on=on) is None:
        return ALLOWED
    if any(may_see_company(actor, company=employer, on=on).allowed for employer in employers):
        return ALLOWED
    return refusal(Reason.of("not_a_colleague"))


def may_ask_standing(actor: Actor, *, supplier: str, customer: str, on: date) -> Answer:
    """Ask whether a dealing is inside: for oneself, with a party over which one was granted a role, with any as keeper.

    Not between two others: the answer tells for whom they work and who owns them. A keeper looks after all records or
    books.
    """
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    ends = {supplier, customer}
    if actor.person in ends or may_ask_about_everybody(actor, on=on).allowed:
        return ALLOWED
    granted = (grant for grant in actor.grants if grant.role not in _NO_PARTNER and on in grant.period)
    if any(grant.parties is None or ends & grant.parties for grant in granted):
        return ALLOWED
    return refusal(Reason.of("not_a_party_of_it"))


def may_ask_about_everybody(actor: Actor, *, on: date) -> Answer:
    """Ask standings between any two parties: those who keep all records or books."""
    if not actor.nobody and any(actor.parties(role, on=on) is None for role in _OWNERSHIP):
        return ALLOWED
    return refusal(Reason.of("not_administrator_of_everything"))


def may_set_spending(actor: Actor, *, company: str, on: date) -> Answer:
    """The controllers of a company set up to how much may be approved; whoever names its heads does not."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if actor.holds(CONTROLLER, over=company, on=on):
        return ALLOWED
    return refusal(Reason.of("not_setter_of_spending", company_name=company))


def may_set_some_spending(actor: Actor, *, on: date) -> Answer:
    """Set up to how much may be approved at some company."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    over = spending_set_by(actor, on=on)
    return ALLOWED if over is None or over else refusal(Reason.of("not_setter_of_any_spending"))


def spending_set_by(actor: Actor, *, on: date) -> frozenset[str] | None:
    """The companies and units where this actor sets up to how much may be approved; None for all of them."""
    return frozenset() if actor.nobody else actor.parties(CONTROLLER, on=on)


def may_see_spending(actor: Actor, *, person: str, company: str, on: date) -> Answer:
    """Up to how much a person may approve: she herself, and those who keep records or books of the company."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    seen = person not in actor.hidden and any(actor.holds(role, over=company, on=on) for role in _OWNERSHIP)
    if actor.person == person or seen:
        return ALLOWED
    return refusal(Reason.of("not_of_the_books"))


def may_note_absence(actor: Actor, *, person: str, employers: Iterable[str], on: date) -> Answer:
    """That somebody is away: she herself, and data administrators of a company she works for; of everything for anybody."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if actor.person == person:
        return ALLOWED
    if person in actor.hidden:
        return refusal(Reason.of("not_administrator"))
    return may_rename_person(actor, employers=employers, on=on)


def may_see_work_states(actor: Actor, *, person: str, company: str, on: date) -> Answer:
    """Whether somebody's work is in a state (probation, unpaid leave, notice): she herself, and data administrators there."""
    if not actor.nobody and actor.person == person:
        return ALLOWED
    return may_administer(actor, companies=[company], on=on)


def may_keep_households(actor: Actor, *, person: str, member: str, employers: Iterable[str], on: date) -> Answer:
    """Say who belongs to the household of somebody who works for one of these companies; nobody of her own household."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if actor.person is not None and actor.person in (person, member):
        return refusal(Reason.of("household_of_oneself"))
    return _keeps_household(actor, employers, on)


def may_end_household(actor: Actor, *, person: str, member: str, employers: Iterable[str], on: date) -> Answer:
    """That somebody belongs to a household no longer: each of the two, and whoever keeps households there."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if actor.person is not None and actor.person in (person, member):
        return ALLOWED
    return _keeps_household(actor, employers, on)


def may_see_household(actor: Actor, *, person: str, member: str, employers: Iterable[str], on: date) -> Answer:
    """Whose household somebody belongs to: each of the two, and whoever keeps households there."""
    return may_end_household(actor, person=person, member=member, employers=employers, on=on)


def may_keep_some_households(actor: Actor, *, on: date) -> Answer:
    """Keep households of people of some company."""
    return _of_some(actor, HOUSEHOLD_KEEPER, on, "not_keeper_of_households")


def _keeps_household(actor: Actor, employers: Iterable[str], on: date) -> Answer:
    if _over_person(actor, HOUSEHOLD_KEEPER, employers, on):
        return ALLOWED
    return refusal(Reason.of("not_keeper_of_households"))


def work_with_households_kept_by(actor: Actor, *, keys: Mapping[str, int], on: date) -> Q:
    """The work relationships with companies where this actor keeps households."""
    return _over(actor, (HOUSEHOLD_KEEPER,), "company_id", keys, on) & but_hidden(actor, "person_id", keys=keys)


def may_keep_marks(actor: Actor, *, person: str, employers: Iterable[str], on: date) -> Answer:
    """Set, correct and lift the confidentiality mark of somebody of these companies; nobody her own."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if actor.person == person:
        return refusal(Reason.of("mark_of_oneself"))
    if _over_person(actor, MARK_KEEPER, employers, on):
        return ALLOWED
    return refusal(Reason.of("not_keeper_of_marks"))


def may_keep_some_marks(actor: Actor, *, on: date) -> Answer:
    """Keep confidentiality marks of people of some company."""
    return _of_some(actor, MARK_KEEPER, on, "not_keeper_of_marks")


def marked_kept_by(actor: Actor, *, employers: Mapping[str, Iterable[str]], on: date) -> frozenset[str]:
    """Of the marked people (each with her employers) those whose marks and openings this actor looks after."""
    return frozenset(
        person
        for person, hers in employers.items()
        if may_keep_marks(actor, person=person, employers=hers, on=on).allowed
    )


def may_open_marked(actor: Actor, *, person: str, employers: Iterable[str], on: date) -> Answer:
    """Open a confidential person of these companies for a while; nobody herself, for she is not hidden from herself."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if actor.person != person and _over_person(actor, EMERGENCY_READER, employers, on):
        return ALLOWED
    return refusal(Reason.of("not_opener_of_marked"))


def may_open_some_marked(actor: Actor, *, on: date) -> Answer:
    """Open confidential people of some company."""
    return _of_some(actor, EMERGENCY_READER, on, "not_opener_of_marked")


def may_end_opening(actor: Actor, *, opener: str, person: str, employers: Iterable[str], on: date) -> Answer:
    """End an opening before its time: whoever opened (by her subject key), and the keepers of the person's mark."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if actor.subject == opener or may_keep_marks(actor, person=person, employers=employers, on=on).allowed:
        return ALLOWED
    return refusal(Reason.of("opening_not_yours"))


def may_see_marked(actor: Actor, *, person: str, employers: Iterable[str], opened: frozenset[str], on: date) -> Answer:
    """See a person who is confidential: she herself, the keepers of marks of a company of hers, whoever has her ``opened``.

    An opening counts only while its opener may open her. Who leads her does not see her by leading her: those who name
    heads would let themselves in.
    """
    if not actor.nobody and (actor.person == person or _over_person(actor, MARK_KEEPER, employers, on)):
        return ALLOWED
    if person in opened and may_open_marked(actor, person=person, employers=employers, on=on).allowed:
        return ALLOWED
    return refusal(Reason.of("not_a_colleague"))


def is_told_of_openings(kind: MarkKind) -> bool:
    """Whether a person who is confidential for this reason is told that somebody opened her: not of an inquiry into her."""
    return kind is not MarkKind.INVESTIGATION


def hidden_from(
    actor: Actor, *, employers: Mapping[str, Iterable[str]], opened: frozenset[str], on: date
) -> frozenset[str]:
    """Of the people who are confidential (each with her employers) those hidden from this actor. It makes ``Actor.hidden``."""
    return frozenset(
        person
        for person, hers in employers.items()
        if not may_see_marked(actor, person=person, employers=hers, opened=opened, on=on).allowed
    )


def but_hidden(actor: Actor, *fields: str, keys: Mapping[str, int]) -> Q:
    """Everything but the rows that speak, in any of these columns with keys of parties, of somebody hidden from the actor."""
    closed = sorted(keys[code] for code in actor.hidden if code in keys)
    shown = Q()
    for field in fields if closed else ():
        shown &= ~Q(**{f"{field}__in": closed}) | Q(**{f"{field}__isnull": True})
    return shown


def _of_some(actor: Actor, role: str, on: date, refused: str) -> Answer:
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    over = actor.parties(role, on=on)
    return ALLOWED if over is None or over else refusal(Reason.of(refused))


def _over_person(actor: Actor, role: str, employers: Iterable[str], on: date) -> bool:
    return actor.parties(role, on=on) is None or any(actor.holds(role, over=each, on=on) for each in employers)


def calendars_kept_by(actor: Actor, *, on: date) -> frozenset[str] | None:
    """The companies and units whose calendars this actor looks after; None for all of them."""
    return frozenset() if actor.nobody else actor.parties(DATA_ADMINISTRATOR, on=on)


def companies_kept_by(actor: Actor, *, keys: Mapping[str, int], on: date) -> Q:
    """The companies whose records this actor looks after, as a filter on parties. ``keys`` maps codes to keys."""
    return _over(actor, _RECORDS, "id", keys, on)


def facts_kept_by(actor: Actor, about: str, *, keys: Mapping[str, int], on: date) -> Q:
    """The facts of companies and units this actor looks after; ``about`` is the column that says of whom they are."""
    return _over(actor, _RECORDS, about, keys, on)


def placements_kept_by(actor: Actor, *, keys: Mapping[str, int], on: date) -> Q:
    """The placements of units in those companies."""
    return _over(actor, _RECORDS, "company_id", keys, on)


def holdings_kept_by(actor: Actor, *, keys: Mapping[str, int], on: date) -> Q:
    """The holdings at either end of which stands one of those companies."""
    kept = _over(actor, _RECORDS, "owned_id", keys, on) | _over(actor, _RECORDS, "owner_id", keys, on)
    return kept & but_hidden(actor, "owner_id", keys=keys)


def ownership_kept_by(actor: Actor, *ends: str, keys: Mapping[str, int], on: date) -> Q:
    """The facts of ownership at one of whose ``ends`` (columns with keys of parties) stands one of those companies."""
    kept = Q(pk__in=())
    for end in ends:
        kept |= _over(actor, _RECORDS, end, keys, on)
    return kept & but_hidden(actor, *ends, keys=keys)


def evidence_visible_to(actor: Actor, *ends: str, keys: Mapping[str, int], on: date) -> Q:
    """The facts of ownership whose papers this actor may read: she keeps records or books of a company at one of the ends."""
    seen = Q(pk__in=())
    for end in ends:
        seen |= _over(actor, _OWNERSHIP, end, keys, on)
    return seen & but_hidden(actor, *ends, keys=keys)


def work_kept_by(actor: Actor, *, keys: Mapping[str, int], on: date) -> Q:
    """The work relationships with those companies."""
    return _over(actor, _RECORDS, "company_id", keys, on) & but_hidden(actor, "person_id", keys=keys)


def companies_visible_to(actor: Actor, *, keys: Mapping[str, int], on: date) -> Q:
    """The companies whose directory this actor sees, as a filter on parties. ``keys`` maps codes to keys."""
    return _over(actor, _DIRECTORY, "id", keys, on)


def units_visible_to(actor: Actor, *, keys: Mapping[str, int], on: date) -> Q:
    """The placements of units of those companies."""
    return _over(actor, _DIRECTORY, "company_id", keys, on)


def holdings_visible_to(actor: Actor, *, keys: Mapping[str, int], on: date) -> Q:
    """The holdings at either end of which stands a company whose records or books this actor keeps."""
    seen = _over(actor, _OWNERSHIP, "owned_id", keys, on) | _over(actor, _OWNERSHIP, "owner_id", keys, on)
    return seen & but_hidden(actor, "owner_id", keys=keys)


def work_visible_to(actor: Actor, *, keys: Mapping[str, int], on: date) -> Q:
    """The work relationships this actor sees: her own, and those with companies whose directory she sees."""
    seen = _over(actor, _DIRECTORY, "company_id", keys, on)
    if not actor.nobody and actor.person is not None:
        seen |= Q(person_id=keys.get(actor.person, -1))
    if actor.opened:
        seen |= Q(person_id__in=sorted(keys.get(code, -1) for code in actor.opened))
    return seen & but_hidden(actor, "person_id", keys=keys)


def _over(actor: Actor, roles: Iterable[str], field: str, keys: Mapping[str, int], on: date) -> Q:
    """A filter on the parties over which the actor holds any of the roles; nobody sees nothing."""
    found: set[str] = set()
    for role in () if actor.nobody else roles:
        parties = actor.parties(role, on=on)
        if parties is None:
            return Q(**{f"{field}__isnull": False})
        found |= parties
    return Q(**{f"{field}__in": sorted(keys[code] for code in found if code in keys)})
