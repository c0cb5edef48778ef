"""How suppliers hand over, in the office: where what they sell is picked up, and whether they bring it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.kit.policy import Answer
from inward.parties import queries as parties
from inward.trade import handing, operations, policy
from inward.trade.handing import WaysView
from inward.web.office import fields
from inward.web.office.declaring import Act, Column, Detail, Doing, Fact, Field, Looking, Thing


def _may(looking: Looking, _record: Any = None) -> Answer:
    return policy.may_say_some_handover(looking.viewer, on=looking.at.date())


def _places(found: WaysView) -> str:
    return ", ".join(found.ways.places)


def _brings(found: WaysView) -> str:
    return _("yes") if found.ways.brings else _("no")


def _page(looking: Looking, key: str) -> Detail:
    found = handing.view(viewer=looking.viewer, at=looking.at, supplier=key)
    return Detail(
        title=_("%(supplier)s: how it hands over") % {"supplier": found.supplier.name},
        record=found,
        facts=(
            Fact(__("Supplier"), found.supplier.name),
            Fact(__("Places to pick it up"), _places(found)),
            Fact(__("It is brought"), _brings(found)),
        ),
        audited=(f"handover {key}",),
    )


def _suppliers(looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    return [(code, parties.name_of(code)) for code in handing.suppliers(looking.viewer, on=looking.at.date())]


def _say(doing: Doing) -> str:
    supplier = str(doing.record.code if doing.record is not None else doing.values["supplier"])
    places = [line.strip() for line in doing.values["places"].splitlines() if line.strip()]
    operations.say_handover(
        by=doing.by, at=doing.at, supplier=supplier, places=places, brings=bool(doing.values["brings"])
    )
    return supplier if places or doing.values["brings"] else ""


def _stop(doing: Doing) -> str:
    operations.say_handover(by=doing.by, at=doing.at, supplier=doing.record.code, places=(), brings=False)
    return ""


def _now(_looking: Looking, record: WaysView | None) -> Mapping[str, Any]:
    return {} if record is None else {"places": "\n".join(record.ways.places), "brings": record.ways.brings}


_FORM = (
    Field(
        "places",
        fields.area(
            __("Places to pick it up"),
            help=__("One a line, the usual one first, as buyers read it: “Front desk, Herengracht 4”."),
            most=2000,
        ),
    ),
    Field("brings", fields.flag(__("It is brought, where the buyer wants that"))),
)

THING = Thing(
    name="handover",
    group=__("What is offered"),
    label=__("Pick-up and delivery"),
    lead=__("Where what a supplier sells is picked up, and whether it brings it. Whoever orders chooses among these."),
    icon="truck-delivery",
    search=__("Name or code"),
    columns=(
        Column(__("Supplier"), lambda row: row.supplier.name, sort="supplier"),
        Column(__("Places to pick it up"), _places),
        Column(__("It is brought"), _brings),
    ),
    rows=lambda looking, params: handing.views(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: row.code,
    page=_page,
    may=_may,
    creates=(
        Act(
            name="say",
            label=__("Say how it is handed over"),
            icon="plus",
            lead=__("From then on whoever orders goods of this supplier chooses. Orders of before stay as they are."),
            form=(Field("supplier", fields.choice(__("Supplier"), _suppliers), fields.name), *_FORM),
            initial=_now,
            do=_say,
            may=_may,
            done=__("It is kept; whoever orders chooses from now on."),
            keeps_source=False,
        ),
    ),
    acts=(
        Act(
            name="change",
            label=__("Change it"),
            icon="edit",
            form=_FORM,
            initial=_now,
            do=_say,
            may=_may,
            done=__("It is changed; orders of before stay as they are."),
            keeps_source=False,
        ),
        Act(
            name="stop",
            label=__("Offer no choice any more"),
            icon="x",
            lead=__("Orders that were placed before stay as they are."),
            form=(),
            do=_stop,
            may=_may,
            done=__("Nothing is to be chosen any more."),
            keeps_source=False,
            danger=True,
        ),
    ),
    events={"trade.say_handover": __("Said how it is handed over")},
)
