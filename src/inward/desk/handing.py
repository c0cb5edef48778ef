"""Who may handle a case: whoever serves its department, but not who asked, nor who is near to a confidential case. Reads only."""

from datetime import datetime

from inward.access import queries as access
from inward.access.vocabulary import Role
from inward.desk import near
from inward.desk.models import Case, CaseConcern, Queue
from inward.parties import queries as parties


def handlers(line: Queue, *, at: datetime) -> tuple[str, ...]:
    """Who handles what is asked of a queue, by code; of a confidential one, those whose role is over that very department."""
    supplier = parties.known().codes[line.supplier_id]
    found = {
        holder.person
        for role in (Role.CASE_HANDLER, Role.SERVICE_OWNER)
        for holder in access.holders(role, over=supplier, at=at, exactly=line.confidential)
    }
    return tuple(sorted(person for person in found if person is not None))


def fit(case: Case, people: tuple[str, ...], *, about: frozenset[str], at: datetime) -> tuple[str, ...]:
    """Those of these people who may handle the case: not who asked or for whom it is, nor who is near to whom it is about."""
    codes = parties.known().codes
    own = {codes[key] for key in (case.person_id, case.customer_id) if key is not None}
    others = (person for person in people if person not in own)
    return tuple(person for person in others if not (about and near.near_to(person, on=at.date()) & about))


def able(case: Case, *, at: datetime) -> tuple[str, ...]:
    """Who may handle a case that is kept, by code."""
    codes = parties.known().codes
    concerned = CaseConcern.objects.filter(case=case).values_list("person_id", flat=True)
    return fit(case, handlers(case.queue, at=at), about=frozenset(codes[key] for key in concerned), at=at)
