"""Who changed what of a record, when, through which door and on whose word, over HTTP: for those who look after it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from ninja import Schema

from inward.access import queries as access
from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.catalogue import register as shop
from inward.kit import audit, clock
from inward.kit.audit import Told
from inward.parties import owning
from inward.parties import register as records

parties_area = Area("parties", tag="organisation", room="parties")
catalogue_area = Area("catalogue", room="catalogue")


class ActOut(Schema):
    """An act: its name, when, who did it (the house itself, or somebody who was forgotten, has no name), by which door.

    `facts` are what it noted, `source` on whose word.
    """

    at: str
    act: str
    by: str | None = None
    via: str
    acting_for: str
    source: str
    facts: dict[str, Any]


def _offered(area: Area, path: str, what: str, sheet: Callable[..., Any]) -> None:
    def acts(request: HttpRequest, code: str) -> list[dict[str, Any]]:
        """The latest two hundred, newest first."""
        at = clock.now()
        found = sheet(viewer=actor_of(request), at=at, code=code)
        return _acts(audit.told(found.audited, but=access.AT_THE_DOOR))

    acts.__name__ = f"acts_on_{what.replace(' ', '_')}"
    area.get(f"{path}/{{code}}/acts", response=list[ActOut], summary=f"Who changed what of {_a(what)}")(acts)


def _a(what: str) -> str:
    return f"an {what}" if what[0] in "aeiou" else f"a {what}"


def _acts(told: tuple[Told, ...]) -> list[dict[str, Any]]:
    names = access.called(row.subject for row in told)
    return [
        {
            "at": row.at.isoformat(),
            "act": row.act,
            "by": names.get(row.subject),
            "via": row.via,
            "acting_for": row.acting_for,
            "source": str(row.facts.get("source", "")),
            "facts": {name: fact for name, fact in row.facts.items() if name != "source"},
        }
        for row in told
    ]


def _today(sheet: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *, viewer, at, code: sheet(viewer=viewer, at=at, on=at.date(), code=code)


for _path, _what, _sheet in (
    ("/companies", "company", _today(records.company)),
    ("/units", "department", _today(records.unit)),
    ("/people", "person", _today(records.person)),
    ("/holdings", "ownership share", _today(records.holding)),
    ("/work-relationships", "work relationship", _today(records.work_relationship)),
    ("/share-classes", "share class", owning.share_class),
    ("/shareholdings", "shareholding", owning.shareholding),
    ("/control-rights", "power", owning.right),
):
    _offered(parties_area, _path, _what, _sheet)
for _path, _what, _sheet in (
    ("/catalogue/offerings", "item", _today(shop.offering)),
    ("/prices", "price", _today(shop.price)),
    ("/schemes", "staff scheme", _today(shop.scheme)),
):
    _offered(catalogue_area, _path, _what, _sheet)
