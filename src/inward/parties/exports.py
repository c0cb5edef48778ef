"""What leaves the parties room: its tables column by column for analysis, and the whole as a world directory.

Names and addresses of people are not in the columns for analysis: figures need keys alone. Nothing is changed here.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.db.models import F

from inward.core.classification import CompanyKind, RightKind, WorkKind
from inward.core.terms import exact_text
from inward.kit.actor import Actor
from inward.kit.columns import AT_ONCE, VALID, Column, Export, Value
from inward.kit.policy import Answer, require
from inward.kit.records import DatedFact, in_order
from inward.kit.sheets import csv_rows
from inward.parties import policy
from inward.parties.models import (
    Absence,
    ChangeEvent,
    ControlRight,
    DefinitionChoice,
    DeputyOfPlace,
    HeadOfPlace,
    Holding,
    HouseholdMember,
    InsideDefinition,
    OwnDay,
    OwnershipFact,
    Party,
    PartyName,
    Registration,
    ShareClass,
    Shareholding,
    StateOfWork,
    UnitPlacement,
    WorkingWeek,
    WorkRelationship,
)
from inward.parties.vocabulary import PartyKind, SourceRank
from inward.parties.weeks import hours_of, hours_text
from inward.parties.worldfiles import HOUSEHOLD_COLUMNS, TABLES

_PERMISSION = "data administrators of everything"


def _may(actor: Actor, on: date) -> Answer:
    return policy.may_administer_everything(actor, on=on)


_SPOKEN = (
    Column("register", "text", "code of the outside source; empty: the house itself"),
    Column("rank", "text", f"how far the source is trusted: {', '.join(SourceRank.__members__)}"),
)


def _parties() -> Iterator[tuple[Value, ...]]:
    rows = Party.objects.exclude(kind=PartyKind.PERSON.value).values_list("id", "code", "kind", "name")
    yield from rows.iterator(AT_ONCE)
    for key, kind in Party.objects.filter(kind=PartyKind.PERSON.value).values_list("id", "kind").iterator(AT_ONCE):
        yield key, None, kind, None


def _holdings() -> Iterator[tuple[Value, ...]]:
    for fact in Holding.objects.current().iterator(AT_ONCE):
        capital = fact.votes if fact.capital is None else fact.capital
        high = None if fact.votes_high is None else str(fact.votes_high)
        shares = (str(fact.votes), high, str(capital))
        yield fact.owner_id, fact.owned_id, *shares, fact.valid_from, fact.valid_until, fact.register, fact.rank


def _share_classes() -> Iterator[tuple[Value, ...]]:
    for fact in ShareClass.objects.current().iterator(AT_ONCE):
        numbers = (str(fact.issued), str(fact.votes_each), str(fact.dividend_each))
        yield (
            fact.company_id,
            fact.code,
            fact.series,
            *numbers,
            fact.valid_from,
            fact.valid_until,
            fact.register,
            fact.rank,
        )


def _shareholdings() -> Iterator[tuple[Value, ...]]:
    for fact in Shareholding.objects.current().iterator(AT_ONCE):
        ends = (fact.owner_id, fact.company_id, fact.share_class, str(fact.shares))
        yield *ends, fact.valid_from, fact.valid_until, fact.register, fact.rank


def _rights() -> Iterator[tuple[Value, ...]]:
    fields = ("target_id", "holder_id", "kind", "over_id", "valid_from", "valid_until", "register", "rank")
    yield from ControlRight.objects.current().values_list(*fields).iterator(AT_ONCE)


def _units() -> Iterator[tuple[Value, ...]]:
    fields = ("unit_id", "company_id", "parent_id", "valid_from", "valid_until")
    yield from UnitPlacement.objects.current().values_list(*fields).iterator(AT_ONCE)


def _work() -> Iterator[tuple[Value, ...]]:
    fields = (
        "person_id",
        "company_id",
        "unit_id",
        "kind",
        "cost_centre_id",
        "line_of_business",
        "valid_from",
        "valid_until",
    )
    yield from WorkRelationship.objects.current().values_list(*fields).iterator(AT_ONCE)


EXPORTS = (
    Export(
        "parties",
        "Every company, unit and person; people without code and name",
        _PERMISSION,
        _may,
        (
            Column("id", "integer", "key of the party"),
            Column("code", "text", "what files and addresses call it; empty for a person"),
            Column("kind", "text", "COMPANY, UNIT or PERSON"),
            Column("name", "text", "what people call it; empty for a person"),
        ),
        _parties,
    ),
    Export(
        "holdings",
        "Who holds which share of a company, as known now",
        _PERMISSION,
        _may,
        (
            Column("owner_id", "integer", "key of who holds"),
            Column("owned_id", "integer", "key of the company held"),
            Column(
                "votes", "text", "share of the votes as an exact fraction such as 3/5; the low end of a band", "of one"
            ),
            Column("votes_high", "text", "high end where only a band is known; empty otherwise", "of one"),
            Column("capital", "text", "share of the capital as an exact fraction; the low end of a band", "of one"),
            *VALID,
            *_SPOKEN,
        ),
        _holdings,
    ),
    Export(
        "share_classes",
        "Classes of shares of companies, as known now, by whatever source",
        _PERMISSION,
        _may,
        (
            Column("company_id", "integer", "key of the company"),
            Column("code", "text", "what the class is called in files"),
            Column("class", "text", "code of the class whose version this is; its own for the first"),
            Column("issued", "text", "how many shares there are, as an exact number", "shares"),
            Column("votes_each", "text", "votes of one share", "votes"),
            Column("dividend_each", "text", "part of dividends of one share"),
            *VALID,
            *_SPOKEN,
        ),
        _share_classes,
    ),
    Export(
        "shareholdings",
        "Who holds how many shares of a class, as known now, by whatever source",
        _PERMISSION,
        _may,
        (
            Column("owner_id", "integer", "key of who holds"),
            Column("company_id", "integer", "key of the company whose shares they are"),
            Column("share_class", "text", "code of the class"),
            Column("shares", "text", "how many, as an exact number", "shares"),
            *VALID,
            *_SPOKEN,
        ),
        _shareholdings,
    ),
    Export(
        "control_rights",
        "Power over companies that is no share of votes, as known now, by whatever source",
        _PERMISSION,
        _may,
        (
            Column("target_id", "integer", "key of the company"),
            Column("holder_id", "integer", "key of who has the power; empty where the kind names nobody"),
            Column("kind", "text", f"what it is: {', '.join(RightKind.__members__)}"),
            Column("over_id", "integer", "key of the one company a nomination is about; empty: of all"),
            *VALID,
            *_SPOKEN,
        ),
        _rights,
    ),
    Export(
        "units",
        "Where each unit stands, as known now",
        _PERMISSION,
        _may,
        (
            Column("unit_id", "integer", "key of the unit"),
            Column("company_id", "integer", "key of its company"),
            Column("parent_id", "integer", "key of the unit it stands below; empty at the top"),
            *VALID,
        ),
        _units,
    ),
    Export(
        "work_relationships",
        "Who works for which company and how, as known now",
        _PERMISSION,
        _may,
        (
            Column("person_id", "integer", "key of the person"),
            Column("company_id", "integer", "key of the company"),
            Column("unit_id", "integer", "key of the unit; empty when not known"),
            Column("kind", "text", f"how she works: {', '.join(WorkKind.__members__)}"),
            Column("cost_centre_id", "integer", "key of the unit that bears her cost; empty: her unit"),
            Column("line_of_business", "text", "code of the line of business she works in; empty when not known"),
            *VALID,
        ),
        _work,
    ),
)


def export_world(*, viewer: Actor, on: date, folder: Path) -> dict[str, int]:
    """Write what is known now as a world directory that ``import_world`` reads back; returns the rows of each file.

    Of people who are confidential to the viewer there is no row, nor of their work, shares, posts and absences: only
    whoever sees them, and the command line, writes a whole house. Raises Refused unless the viewer administers
    everything. The folder is made; files in it are replaced.
    """
    require(policy.may_administer_everything(viewer, on=on))
    folder.mkdir(parents=True, exist_ok=True)
    rules = list(_definition_rows())
    (folder / "definitions.json").write_text(json.dumps(rules, indent=2, ensure_ascii=False), encoding="utf-8")
    written = {
        name: _write(folder / f"{name}.csv", TABLES[name], _shown(rows(), viewer)) for name, rows in _FILES.items()
    }
    return {**written, "definitions": len(rules)}


def _shown(rows: Iterator[dict[str, str]], viewer: Actor) -> Iterator[dict[str, str]]:
    """The rows that name nobody who is hidden from the viewer."""
    return (row for row in rows if viewer.hidden.isdisjoint(row.values()))


def write_households(folder: Path, *, viewer: Actor) -> int:
    """Write every household that is known now as ``households.csv``, but those of people who are confidential to the viewer;
    returns how many. Whoever calls has asked who may.
    """
    return _write(folder / "households.csv", HOUSEHOLD_COLUMNS, _shown(_household_rows(), viewer))


def _household_rows() -> Iterator[dict[str, str]]:
    for fact in HouseholdMember.objects.current().select_related("person", "member").order_by("code"):
        yield {
            "id": fact.code,
            "person": fact.person.code,
            "member": fact.member.code,
            "tie": fact.tie,
            "purposes": " ".join(fact.purposes),
            **_days(fact.valid_from, fact.valid_until),
            "source": fact.source,
        }


def _write(path: Path, head: Sequence[str], rows: Iterator[dict[str, str]]) -> int:
    count = 0

    def counted() -> Iterator[list[str]]:
        nonlocal count
        for row in rows:
            count += 1
            yield [row.get(name, "") for name in head]

    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(csv_rows(head, counted()))
    return count


def _definition_rows() -> Iterator[dict[str, Any]]:
    """The versions of one's own inside rules, then what serves which purpose, each in the order of days."""
    for rule in in_order(InsideDefinition.objects.current()):
        yield {"id": rule.code, "name": rule.name, **_since(rule), "definition": rule.body}
    for choice in in_order(DefinitionChoice.objects.current()):
        yield {"id": choice.definition, "serves": choice.purpose, **_since(choice)}


def _since(fact: DatedFact) -> dict[str, str]:
    return {} if fact.valid_from is None else {"valid_from": fact.valid_from.isoformat()}


def _company_rows() -> Iterator[dict[str, str]]:
    known = {fact.company_id: fact for fact in Registration.objects.current().filter(valid_until=None)}
    for party in Party.objects.filter(kind=PartyKind.COMPANY.value).order_by("code"):
        fact = known[party.id]
        yield {
            "id": party.code,
            "name": party.name,
            "register_number": fact.register_number,
            "kind": "" if fact.kind == CompanyKind.COMPANY.value else fact.kind,
            "country": fact.country,
            "currency": fact.currency,
            "functional_currency": fact.functional_currency,
            "time_zone": fact.time_zone,
            "source": fact.source,
        }


def _person_rows() -> Iterator[dict[str, str]]:
    rows = Party.objects.filter(kind=PartyKind.PERSON.value).order_by("code").values_list("code", "name", "email")
    for code, name, email in rows.iterator(AT_ONCE):
        yield {"id": code, "name": name or code, "email": email}


def _unit_rows() -> Iterator[dict[str, str]]:
    facts = (
        UnitPlacement.objects.current().select_related("unit", "company", "parent").order_by("unit__code", "valid_from")
    )
    for fact in facts.iterator(AT_ONCE):
        yield {
            "id": fact.unit.code,
            "company": fact.company.code,
            "parent": fact.parent.code if fact.parent else "",
            "name": fact.unit.name,
            **_days(fact.valid_from, fact.valid_until),
            "source": fact.source,
        }


def _holding_rows() -> Iterator[dict[str, str]]:
    for fact in Holding.objects.current().select_related("owner", "owned").order_by("code").iterator(AT_ONCE):
        yield {
            "id": fact.code,
            "owner": fact.owner.code,
            "owned": fact.owned.code,
            **_share(fact, "votes", "percent", ""),
            **_share(fact, "capital", "capital_percent", "capital_"),
            **_days(fact.valid_from, fact.valid_until),
            **_said(fact),
        }


def _share(fact: Holding, name: str, exactly: str, prefix: str) -> dict[str, str]:
    """The columns of an exact share, or of a band."""
    low, high = getattr(fact, name), getattr(fact, f"{name}_high")
    if low is None or high is None:
        return {exactly: "" if low is None else _percent(low)}
    return {
        f"{prefix}low": _percent(low),
        f"{prefix}high": _percent(high),
        f"{prefix}low_open": "yes" if getattr(fact, f"{name}_low_open") else "",
        f"{prefix}high_open": "yes" if getattr(fact, f"{name}_high_open") else "",
    }


def _said(fact: OwnershipFact) -> dict[str, str]:
    rank = "" if fact.rank == SourceRank.OWN_REGISTER.value else fact.rank
    return {"source": fact.source, "register": fact.register, "rank": rank}


def _share_class_rows() -> Iterator[dict[str, str]]:
    for fact in ShareClass.objects.current().select_related("company").order_by("code").iterator(AT_ONCE):
        yield {
            "id": fact.code,
            "company": fact.company.code,
            "name": fact.name,
            "issued": exact_text(fact.issued),
            "votes_each": exact_text(fact.votes_each),
            "dividend_each": exact_text(fact.dividend_each),
            "version_of": fact.version_of,
            **_days(fact.valid_from, fact.valid_until),
            **_said(fact),
        }


def _shareholding_rows() -> Iterator[dict[str, str]]:
    for fact in Shareholding.objects.current().select_related("owner").order_by("code").iterator(AT_ONCE):
        yield {
            "id": fact.code,
            "owner": fact.owner.code,
            "share_class": fact.share_class,
            "shares": exact_text(fact.shares),
            **_days(fact.valid_from, fact.valid_until),
            **_said(fact),
        }


def _right_rows() -> Iterator[dict[str, str]]:
    facts = ControlRight.objects.current().select_related("target", "holder", "over").order_by("code")
    for fact in facts.iterator(AT_ONCE):
        yield {
            "id": fact.code,
            "target": fact.target.code,
            "kind": fact.kind,
            "holder": fact.holder.code if fact.holder else "",
            "agreement": fact.agreement,
            "over": fact.over.code if fact.over else "",
            **_days(fact.valid_from, fact.valid_until),
            **_said(fact),
        }


def _work_rows() -> Iterator[dict[str, str]]:
    fields = (
        "code",
        "person__code",
        "company__code",
        "unit__code",
        "kind",
        "job_title",
        "cost_centre__code",
        "line_of_business",
    )
    rows = WorkRelationship.objects.current().order_by("code")
    for *facts, start, until, source in rows.values_list(*fields, "valid_from", "valid_until", "source").iterator(
        AT_ONCE
    ):
        names = ("id", "person", "company", "unit", "kind", "job_title", "cost_centre", "line_of_business")
        texts = {name: fact or "" for name, fact in zip(names, facts, strict=True)}
        yield {**texts, **_days(start, until), "source": source}


def _week_rows() -> Iterator[dict[str, str]]:
    for fact in WorkingWeek.objects.current().select_related("party").order_by("party__code", "valid_from"):
        yield {
            "party": fact.party.code,
            "time_zone": fact.time_zone,
            **{day: hours_text(hours_of(spans)) for day, spans in fact.hours.items()},
            "holidays_of": fact.holidays_of,
            "region": fact.region,
            **_days(fact.valid_from, fact.valid_until),
            "source": fact.source,
        }


def _own_day_rows() -> Iterator[dict[str, str]]:
    for fact in OwnDay.objects.current().select_related("party").order_by("party__code", "day"):
        yield {
            "party": fact.party.code,
            "day": fact.day.isoformat(),
            "name": fact.name,
            "hours": hours_text(hours_of(fact.hours)),
            "source": fact.source,
        }


def _head_rows() -> Iterator[dict[str, str]]:
    facts = HeadOfPlace.objects.current().select_related("place", "person").order_by("place__code", "valid_from", "pk")
    for fact in facts.iterator(AT_ONCE):
        yield {
            "place": fact.place.code,
            "person": fact.person.code,
            **_days(fact.valid_from, fact.valid_until),
            "source": fact.source,
        }


def _deputy_rows() -> Iterator[dict[str, str]]:
    facts = DeputyOfPlace.objects.current().select_related("place", "person")
    for fact in facts.order_by("place__code", "person__code", "valid_from", "pk").iterator(AT_ONCE):
        yield {
            "place": fact.place.code,
            "person": fact.person.code,
            "powers": " ".join(fact.powers),
            **_days(fact.valid_from, fact.valid_until),
            "source": fact.source,
        }


def _absence_rows() -> Iterator[dict[str, str]]:
    facts = Absence.objects.current().select_related("person").order_by("person__code", "valid_from", "pk")
    for fact in facts.iterator(AT_ONCE):
        yield {"person": fact.person.code, **_days(fact.valid_from, fact.valid_until)}


def _work_state_rows() -> Iterator[dict[str, str]]:
    facts = StateOfWork.objects.current().select_related("person", "company")
    for fact in facts.order_by("person__code", "company__code", "valid_from", "state", "pk").iterator(AT_ONCE):
        yield {
            "person": fact.person.code,
            "company": fact.company.code,
            "state": fact.state,
            **_days(fact.valid_from, fact.valid_until),
            "source": fact.source,
        }


def _name_rows() -> Iterator[dict[str, str]]:
    facts = PartyName.objects.current().select_related("party")
    facts = facts.order_by("party__code", F("valid_from").asc(nulls_first=True), "pk")
    for fact in facts.iterator(AT_ONCE):
        days = _days(fact.valid_from, fact.valid_until)
        yield {"party": fact.party.code, "name": fact.name, **days, "source": fact.source}


def _event_rows() -> Iterator[dict[str, str]]:
    """What happened and was not taken back; its parts in the order in which it told them."""
    events = ChangeEvent.objects.filter(undone_at=None).order_by("day", "pk")
    for event in events.prefetch_related("parts__party", "parts__other").iterator(AT_ONCE):
        parts = sorted(event.parts.all(), key=lambda part: part.pk)
        yield {
            "id": event.reference,
            "kind": event.kind,
            "day": event.day.isoformat(),
            "parties": " ".join(
                part.party.code if part.other is None else f"{part.party.code}={part.other.code}" for part in parts
            ),
            "before": event.before,
            "after": event.after,
            "units": str(event.units or ""),
            "people": str(event.people or ""),
            "source": event.source,
        }


_FILES: dict[str, Callable[[], Iterator[dict[str, str]]]] = {
    "companies": _company_rows,
    "people": _person_rows,
    "units": _unit_rows,
    "holdings": _holding_rows,
    "share_classes": _share_class_rows,
    "shareholdings": _shareholding_rows,
    "control_rights": _right_rows,
    "work_relationships": _work_rows,
    "calendars": _week_rows,
    "own_days": _own_day_rows,
    "heads": _head_rows,
    "deputies": _deputy_rows,
    "absences": _absence_rows,
    "work_states": _work_state_rows,
    "names": _name_rows,
    "events": _event_rows,
}


def _days(start: date | None, until: date | None) -> dict[str, str]:
    return {
        "valid_from": "" if start is None else start.isoformat(),
        "valid_until": "" if until is None else until.isoformat(),
    }


def _percent(share: Fraction) -> str:
    return exact_text(share * 100)
