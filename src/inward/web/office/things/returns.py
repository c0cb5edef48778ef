"""Returns and guarantee in the office: what suppliers promise to everybody after a sale."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.kit.policy import Answer
from inward.parties import queries as parties
from inward.trade import aftersale, handing, operations, policy
from inward.trade.aftersale import Promise, PromiseView
from inward.web.office import fields
from inward.web.office.declaring import Act, Column, Detail, Doing, Fact, Field, Looking, Thing


def _may(looking: Looking, _record: Any = None) -> Answer:
    return policy.may_say_some_handover(looking.viewer, on=looking.at.date())


def _page(looking: Looking, key: str) -> Detail:
    found = aftersale.view(viewer=looking.viewer, at=looking.at, supplier=key)
    return Detail(
        title=_("%(supplier)s: returns and guarantee") % {"supplier": found.supplier.name},
        record=found,
        facts=(
            Fact(__("Supplier"), found.supplier.name),
            Fact(__("Days to bring it back"), found.promise.return_days),
            Fact(__("Months of guarantee"), found.promise.guarantee_months),
            Fact(__("For orders since"), found.since),
        ),
        audited=(f"returns {key}",),
    )


def _suppliers(looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    return [(code, parties.name_of(code)) for code in handing.suppliers(looking.viewer, on=looking.at.date())]


def _say(doing: Doing) -> str:
    supplier = str(doing.record.code if doing.record is not None else doing.values["supplier"])
    promise = Promise(doing.values["return_days"], doing.values["guarantee_months"])
    operations.promise_returns(by=doing.by, at=doing.at, supplier=supplier, promise=promise)
    return "" if promise == Promise() else supplier


def _stop(doing: Doing) -> str:
    operations.promise_returns(by=doing.by, at=doing.at, supplier=doing.record.code, promise=Promise())
    return ""


def _now(_looking: Looking, record: PromiseView | None) -> Mapping[str, Any]:
    if record is None:
        return {}
    return {"return_days": record.promise.return_days, "guarantee_months": record.promise.guarantee_months}


_FORM = (
    Field(
        "return_days",
        fields.whole(
            __("Days to bring it back"),
            required=False,
            most=operations.RETURN_DAYS_MAX,
            help=__("After it was handed over. Left empty, no last day is promised."),
        ),
    ),
    Field(
        "guarantee_months",
        fields.whole(
            __("Months of guarantee"),
            required=False,
            most=operations.GUARANTEE_MONTHS_MAX,
            help=__("The same for whoever buys, inside or outside. Left empty, what the law says holds."),
        ),
    ),
)

THING = Thing(
    name="returns",
    group=__("What is offered"),
    label=__("Returns and guarantee"),
    lead=__(
        "Within how many days a supplier takes back, and how long it stands for faults. Orders keep what was promised."
    ),
    icon="arrow-back-up",
    search=__("Name or code"),
    columns=(
        Column(__("Supplier"), lambda row: row.supplier.name, sort="supplier"),
        Column(__("Days to bring it back"), lambda row: row.promise.return_days, end=True),
        Column(__("Months of guarantee"), lambda row: row.promise.guarantee_months, end=True),
        Column(__("For orders since"), lambda row: row.since),
    ),
    rows=lambda looking, params: aftersale.views(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: row.code,
    page=_page,
    may=_may,
    creates=(
        Act(
            name="say",
            label=__("Promise returns and guarantee"),
            icon="plus",
            lead=__("It holds for orders placed from now on. Orders of before keep what was promised to them."),
            form=(Field("supplier", fields.choice(__("Supplier"), _suppliers), fields.name), *_FORM),
            initial=_now,
            do=_say,
            may=_may,
            done=__("It is promised for orders placed from now on."),
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
            done=__("It is promised for orders placed from now on."),
            keeps_source=False,
        ),
        Act(
            name="stop",
            label=__("Promise nothing any more"),
            icon="x",
            lead=__("Orders that were placed before keep what was promised to them."),
            form=(),
            do=_stop,
            may=_may,
            done=__("Nothing is promised for orders placed from now on."),
            keeps_source=False,
            danger=True,
        ),
    ),
    events={"trade.promise_returns": __("Promised returns and guarantee")},
)
