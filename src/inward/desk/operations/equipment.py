"""Things a department looks after: what they are, who has them where from a day on, and which case is about one. Audited."""

from datetime import date, datetime
from typing import Final

from inward.core.terms import Reason, Refusal
from inward.desk.casewords import CaseAct
from inward.desk.models import Equipment, EquipmentHeld
from inward.desk.operations.steps.acting import As, acting
from inward.desk.operations.steps.keeping import check_texts, require_keeper
from inward.kit import audit, locks
from inward.kit.actor import Actor
from inward.kit.policy import NotThere
from inward.kit.records import in_order, take_over
from inward.kit.transaction import transaction
from inward.parties import queries as parties
from inward.parties.vocabulary import PartyKind

LINE_LENGTH_MAX: Final = 100
PLACE_LENGTH_MAX: Final = 200
_LOCK: Final = "equipment"


def set_equipment(
    *, by: Actor, at: datetime, code: str, supplier: str, name: str, sort: str = "", serial: str = ""
) -> None:
    """Say that a department looks after a thing, or say it otherwise; a thing stays with its department.

    Raises Refused, Refusal (code, name, another's code, a serial number another thing of that sort has), NotThere (no such department).
    """
    if parties.kind_of(supplier) not in (PartyKind.COMPANY, PartyKind.UNIT):
        raise NotThere
    require_keeper(by, at, supplier)
    check_texts(code, name, "")
    for field, text in (("sort", sort), ("serial", serial)):
        if len(text) > LINE_LENGTH_MAX:
            raise Refusal(Reason.of("text_too_long", most=LINE_LENGTH_MAX), where=field)
    with transaction():
        locks.advisory(_LOCK)
        found = Equipment.objects.filter(code=code).first()
        if found is not None and found.supplier_id != parties.keys()[supplier]:
            raise Refusal(Reason.of("queue_code_of_another", code=code), where="code")
        same = Equipment.objects.filter(sort=sort.strip(), serial=serial.strip()).exclude(code=code)
        if serial.strip() and same.exists():
            raise Refusal(Reason.of("serial_of_another", serial=serial.strip()), where="serial")
        values = {
            "supplier_id": parties.keys()[supplier],
            "name": name.strip(),
            "sort": sort.strip(),
            "serial": serial.strip(),
            "closed_at": None,
        }
        Equipment.objects.update_or_create(code=code, defaults=values)
        audit.record(by=by, at=at, act="desk.set_equipment", thing=f"{code} thing", facts={"supplier": supplier})


def close_equipment(*, by: Actor, at: datetime, code: str) -> None:
    """A thing is there no more; its cases stay. NotThere where there is none."""
    with transaction():
        found = _thing(by, at, code)
        found.closed_at = at
        found.save(update_fields=["closed_at"])
        audit.record(by=by, at=at, act="desk.close_equipment", thing=f"{code} thing", facts={})


def hold_equipment(
    *,
    by: Actor,
    at: datetime,
    code: str,
    holder: str,
    place: str = "",
    valid_from: date | None = None,
    source: str = "",
) -> None:
    """From a day on somebody, or a department, has a thing, and it stands there; who had it before has it through the day before.

    ``valid_from`` is left out only for the first that is said. Raises Refused, Refusal, NotThere (no such thing or holder).
    """
    if parties.kind_of(holder) is None:
        raise NotThere
    if len(place) > PLACE_LENGTH_MAX:
        raise Refusal(Reason.of("text_too_long", most=PLACE_LENGTH_MAX), where="place")
    with transaction():
        locks.advisory(_LOCK)
        found = _thing(by, at, code)
        running = in_order(EquipmentHeld.objects.current().filter(equipment=found))
        fresh = EquipmentHeld(equipment=found, holder_id=parties.keys()[holder], place=place.strip(), source=source)
        take_over(running, fresh, since=valid_from, at=at)
        facts = {"valid_from": valid_from, "source": source}
        audit.record(by=by, at=at, act="desk.hold_equipment", thing=f"{code} thing", facts=facts)


def concern_equipment(*, by: Actor, at: datetime, case: str, equipment: str | None) -> None:
    """Say, as who handles it, which thing a case is about; None: none. NotThere for a thing that is there no more."""
    with acting(by=by, at=at, case=case, part=As.SERVICE, act="concern_equipment") as work:
        found = None if equipment is None else Equipment.objects.filter(code=equipment, closed_at=None).first()
        if equipment is not None and found is None:
            raise NotThere
        work.case.equipment = found
        work.happen(CaseAct.CONCERNS, equipment=equipment or "")


def _thing(by: Actor, at: datetime, code: str) -> Equipment:
    found = Equipment.objects.filter(code=code, closed_at=None).first()
    if found is None:
        raise NotThere
    require_keeper(by, at, parties.known().codes[found.supplier_id])
    return found
