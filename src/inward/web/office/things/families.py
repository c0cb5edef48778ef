"""Families of variants in the office: colours and sizes of one thing, shown as one card, each an item of its own."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.catalogue import families, operations, policy
from inward.catalogue.families import FamilyView, Variant
from inward.core.terms import Reason, Refusal
from inward.kit.policy import Answer
from inward.web.components.records import Link
from inward.web.office import fields
from inward.web.office.declaring import Act, Column, Detail, Doing, Fact, Field, Filter, Looking, Thing
from inward.web.office.things import offerings

_MARK = ";"


def _page(looking: Looking, key: str) -> Detail:
    view = families.one(viewer=looking.viewer, at=looking.at, code=key)
    return Detail(
        title=view.name,
        spoken=True,
        record=view,
        facts=(
            Fact(__("Supplier"), view.supplier.name),
            Fact(__("Differ in"), ", ".join(view.features)),
            *(_fact(each) for each in view.variants),
            Fact(__("Code"), view.code),
        ),
        links=(
            Link(reverse("office_import_new") + "?sort=variants", _("Bring in variants from a file"), "file-export"),
        ),
        audited=(f"family {view.code}",),
    )


def _fact(variant: Variant) -> Fact:
    said = variant.name if variant.offered else _("%(name)s (not offered)") % {"name": variant.name}
    return Fact(", ".join(variant.choice), said, reverse("office_page", args=["offerings", variant.code]))


def _set(doing: Doing) -> str:
    values = doing.values
    code = doing.key or str(values["code"])
    operations.set_family(
        by=doing.by,
        at=doing.at,
        code=code,
        name=values["name"],
        features=[each.strip() for each in values["features"].split(",")],
        variants=_variants(values["variants"]),
        source=doing.source,
    )
    return code


def _variants(text: str) -> dict[str, list[str]]:
    """One variant each line: the code of the item, then its values, with semicolons between. Refusal for an item named twice."""
    found: dict[str, list[str]] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        item, *values = (part.strip() for part in line.split(_MARK))
        if item in found:
            raise Refusal(Reason.of("variant_named_twice", offering=item), where="variants")
        found[item] = values
    return found


def _remove(doing: Doing) -> str:
    operations.remove_family(by=doing.by, at=doing.at, code=doing.key, source=doing.source)
    return ""


def _may(looking: Looking, record: FamilyView | None) -> Answer:
    on = looking.at.date()
    if record is None:
        return policy.may_price_something(looking.viewer, on=on)
    return policy.may_price(looking.viewer, supplier=record.supplier.code, on=on)


def _now(_looking: Looking, record: FamilyView) -> Mapping[str, Any]:
    return {
        "name": record.name,
        "features": ", ".join(record.features),
        "variants": "\n".join(f"{_MARK} ".join((each.code, *each.choice)) for each in record.variants),
    }


def _suppliers(looking: Looking) -> Iterable[tuple[str, str]]:
    return offerings.suppliers(looking)


_SAID = (
    Field(
        "name", fields.text(__("Name"), help=__("What the shop shows on the one card for all of them.")), spoken=True
    ),
    Field("features", fields.text(__("Differ in"), help=__("Such as: Colour, Size"))),
    Field(
        "variants",
        fields.area(
            __("Variants"),
            required=True,
            most=40_000,
            help=__("One each line: the code of the item, then its values. Such as: shirt-red-m; red; M"),
        ),
    ),
)

THING = Thing(
    name="families",
    group=__("What is offered"),
    label=__("Variants"),
    lead=__(
        "Colours, sizes: items that the shop shows on one card. Each keeps its own price, count and name on orders."
    ),
    icon="apps",
    search=__("Name or code"),
    may=lambda looking: policy.may_price_something(looking.viewer, on=looking.at.date()),
    filters=(Filter("supplier", __("Supplier"), _suppliers),),
    columns=(
        Column(__("Name"), lambda row: row.name, sort="name", spoken=True),
        Column(__("Code"), lambda row: row.code, sort="code"),
        Column(__("Supplier"), lambda row: row.supplier.name),
        Column(__("Differ in"), lambda row: ", ".join(row.features)),
        Column(__("Variants"), lambda row: len(row.variants), end=True),
    ),
    rows=lambda looking, params: families.listed(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: row.code,
    page=_page,
    creates=(
        Act(
            name="set",
            label=__("New variants"),
            icon="plus",
            form=(Field("code", fields.text(__("Code"), most=100, help=__("Stays for good."))), *_SAID),
            lead=__("Offer each of them as an item first, with its own price."),
            do=_set,
            may=_may,
            done=__("The shop shows them on one card."),
        ),
    ),
    acts=(
        Act(
            name="change",
            label=__("Change"),
            icon="edit",
            lead=__("Who is left out has a card of its own again."),
            form=_SAID,
            initial=_now,
            do=_set,
            may=_may,
            done=__("The variants are kept."),
        ),
        Act(
            name="remove",
            label=__("Show each by itself"),
            icon="x",
            lead=__("Each of them has a card of its own again; nothing else changes."),
            do=_remove,
            may=_may,
            done=__("Each has a card of its own again."),
            danger=True,
        ),
    ),
    events={"catalogue.set_family": __("Said anew"), "catalogue.remove_family": __("Shown each by itself")},
)
