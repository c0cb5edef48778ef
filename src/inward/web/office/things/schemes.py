"""Staff schemes in the office: set up, changed from a day on, ended, taken back; each tried on people and orders first."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.catalogue import operations, policy, register
from inward.catalogue import queries as catalogue
from inward.catalogue.register import Sheet
from inward.core.classification import Tie, WorkState
from inward.core.pricing import AllowanceMeasure, GivenTo, Limit, Scheme, Span, Target, TargetKind
from inward.core.pricing.limits import DAYS_MAX
from inward.core.pricing.reading import limit as read_limit
from inward.core.pricing.reading import scheme as read_scheme
from inward.core.pricing.revising import NewScheme, SchemeEnds, SchemeFrom
from inward.core.terms import Period, Reason, Refusal
from inward.kit.policy import Answer
from inward.parties import queries as parties
from inward.parties.vocabulary import PartyKind
from inward.web.components.records import Link
from inward.web.office import fields, showing
from inward.web.office.acts import ending
from inward.web.office.declaring import (
    Act,
    Column,
    Detail,
    Doing,
    Effect,
    Fact,
    Field,
    Filter,
    Looking,
    Thing,
    Version,
)
from inward.web.office.things import offerings
from inward.web.office.things import pricewords as words
from inward.web.office.things.prices import taking_back
from inward.web.office.things.words import work_kinds, work_states

_MONTHS_MAX = 1_200
"""A hundred years of work: as much as the API takes, and no more than a column keeps."""


def _page(looking: Looking, key: str) -> Detail:
    sheet = register.scheme(viewer=looking.viewer, at=looking.at, on=looking.on, code=key)
    scheme: Scheme = sheet.record.scheme
    who = [parties.name_of(code) for code in sorted(scheme.employers)]
    kinds = [words.label("work_kind", kind.value) for kind in sorted(scheme.work_kinds, key=lambda kind: kind.value)]
    return Detail(
        title=scheme.name,
        spoken=True,
        record=sheet,
        facts=(
            Fact(__("Supplier"), sheet.record.supplier.name),
            Fact(__("Employers"), ", ".join(who) or _("every company of the inside")),
            Fact(__("Work relationships"), ", ".join(kinds)),
            Fact(__("Lines of business"), ", ".join(sorted(scheme.lines_of_business)) or _("every line")),
            Fact(__("Months of work needed"), scheme.tenure_months),
            Fact(__("Days before leaving without staff price"), scheme.leaving_days),
            Fact(__("Closed for whoever is"), words.states(scheme.closed_in)),
            Fact(__("Days for which it is kept"), scheme.keep_days),
            Fact(__("Given away before, the saving is repaid"), scheme.repays_early),
            Fact(__("Days without staff price after it came back"), scheme.cooling_days),
            Fact(__("Unused allowance may be given to"), _given_words(each.value for each in scheme.given_to)),
            Fact(__("May be bought for, of the household"), words.ties(scheme.household)),
            Fact(__("Covers"), _targets(scheme.included) or _("all that its prices reach")),
            Fact(__("Leaves out"), _targets(scheme.excluded)),
            Fact(__("Allowance"), words.allowance_words(scheme)),
            *(Fact(__("Limit %(name)s") % {"name": limit.id}, words.limit_line(limit)) for limit in scheme.limits),
            Fact(__("The money counts"), words.label("allowance_measure", scheme.allowance_measure.value)),
            Fact(__("Days"), showing.days(scheme.period)),
            Fact(__("Code"), scheme.id),
        ),
        versions=tuple(
            Version(each.period, words.scheme_words(each.says), each.known_from, each.known_until, each.source)
            for each in sheet.versions
        ),
        links=(
            Link(f"{reverse('office_list', args=['prices'])}?scheme={scheme.id}", _("Its prices"), "tag"),
            Link(f"{reverse('office_beside')}?one={scheme.id}", _("Compare with another scheme"), "percentage"),
        ),
        audited=sheet.audited,
    )


def _targets(targets: Iterable[Target]) -> str:
    return ", ".join(words.target_words(target) for target in targets)


# --- what is typed ------------------------------------------------------------------------------------------------------


def _typed(doing: Doing, **given: Any) -> Scheme:
    """The scheme that was typed; what it covers and leaves out by category."""
    values = dict(doing.values)
    included, excluded = values.pop("included", []), values.pop("excluded", [])
    found = read_scheme(words.row({**values, **given}))
    return replace(found, included=_categories(included), excluded=_categories(excluded))


def _categories(codes: Iterable[str]) -> tuple[Target, ...]:
    return tuple(Target(TargetKind.CATEGORY, code) for code in codes)


def _new(doing: Doing) -> Scheme:
    return _typed(doing, id=doing.values["code"], supplier=offerings.supplier_code(doing))


def _changed(doing: Doing) -> Scheme:
    """The scheme from a day on; single items it covers or leaves out stay as they are."""
    before: Scheme = doing.record.record.scheme
    found = _typed(doing, id=before.id, supplier=before.supplier, valid_from=None)
    return replace(
        found,
        included=(*_items(before.included), *found.included),
        excluded=(*_items(before.excluded), *found.excluded),
        limits=_of_day(doing).limits,
    )


def _items(targets: Iterable[Target]) -> tuple[Target, ...]:
    return tuple(target for target in targets if target.kind is TargetKind.ITEM)


# --- its limits -------------------------------------------------------------------------------------------------------


def _limit(doing: Doing) -> Limit:
    """The limit that was typed. Refusal for an amount that cannot be."""
    values = dict(doing.values)
    item = values.pop("item", "")
    if not item:
        return read_limit(words.row(values, target_kind="CATEGORY" if values["target"] else None))
    if values["target"]:
        raise Refusal(Reason.of("limit_of_item_and_category"), where="item")
    return read_limit(words.row(values | {"target": item}, target_kind="ITEM"))


def _of_day(doing: Doing) -> Scheme:
    """The scheme as it is on the day from which it is changed, which may be after another change that is planned."""
    return catalogue.price_book().scheme_on(doing.record.record.scheme.id, doing.values["valid_from"])


def _with_limit(doing: Doing) -> Scheme:
    """The scheme with the limit that was typed, in the place of one of the same name."""
    before = _of_day(doing)
    fresh = _limit(doing)
    others = tuple(limit for limit in before.limits if limit.id != fresh.id)
    return replace(before, period=Period(), limits=(*others, fresh))


def _without_limit(doing: Doing) -> Scheme:
    before = _of_day(doing)
    kept = tuple(limit for limit in before.limits if limit.id != doing.values["limit"])
    return replace(before, period=Period(), limits=kept)


def _set_limit(doing: Doing) -> str:
    since, limit = doing.values["valid_from"], _limit(doing)
    operations.set_scheme_limit(
        by=doing.by, at=doing.at, scheme=doing.key, limit=limit, valid_from=since, source=doing.source
    )
    return doing.key


def _lift_limit(doing: Doing) -> str:
    since, limit = doing.values["valid_from"], doing.values["limit"]
    operations.lift_scheme_limit(
        by=doing.by, at=doing.at, scheme=doing.key, limit=limit, valid_from=since, source=doing.source
    )
    return doing.key


def _spans(_looking: Looking, _record: Any) -> Iterable[tuple[str, str]]:
    return words.labels("limit_span", (span.value for span in Span))


def _known_limits(_looking: Looking, record: Sheet) -> Collection[tuple[str, str]]:
    """Of every version that is known now, since one that is planned has limits too."""
    known = [limit for each in record.versions if each.known_until is None for limit in each.says.limits]
    return {limit.id: (limit.id, f"{limit.id}: {words.limit_line(limit)}") for limit in known}.values()


def _category_word(code: Any) -> str:
    return _category_words([code]) if code else _("everything")


def _item(looking: Looking, record: Any) -> Any:
    make = fields.one_of_many(
        __("Or of one item"),
        lambda: words.items(looking),
        required=False,
        help=__("By name or code. Empty: the category above, or everything."),
    )
    return make(looking, record)


_LIMIT = (
    Field("valid_from", fields.day(__("From"))),
    Field(
        "id",
        fields.text(
            __("Name of the limit"),
            most=40,
            help=__(
                "Small letters, digits and hyphens. The name of one that is there changes it; what was drawn counts on."
            ),
        ),
    ),
    Field("span", fields.choice(__("Counts"), _spans), lambda span: words.label("limit_span", span)),
    Field(
        "days",
        fields.whole(__("Days"), required=False, most=DAYS_MAX, help=__("Only where the last so many days count.")),
    ),
    Field("money", fields.number(__("In money"), required=False)),
    Field("currency", fields.currency(__("Currency"), required=False)),
    Field(
        "pay_percent",
        fields.number(
            __("In percent of net pay"),
            required=False,
            help=__("Instead of money, for one order or a month. Payroll tells what people net; nobody else reads it."),
        ),
    ),
    Field("units", fields.whole(__("In pieces"), required=False)),
    Field(
        "target", fields.choice(__("Of what"), words.categories, required=False, none=__("everything")), _category_word
    ),
    Field("item", _item, lambda code: words.items_named([code]) if code else ""),
    Field("each_item", fields.flag(__("Each item by itself"))),
    Field(
        "carry_over",
        fields.flag(__("What is left is carried over"), help=__("Once, into the next month, quarter or year.")),
    ),
)


def _set_up(doing: Doing) -> str:
    scheme = _new(doing)
    operations.set_up_scheme(by=doing.by, at=doing.at, scheme=scheme, source=doing.source)
    return scheme.id


def _change(doing: Doing) -> str:
    since = doing.values["valid_from"]
    operations.change_scheme(
        by=doing.by,
        at=doing.at,
        scheme=_changed(doing),
        valid_from=since,
        source=doing.source,
        keeps_limits=True,  # the form does not ask for them
    )
    return doing.key


def _end(doing: Doing) -> str:
    until = doing.values["valid_until"]
    operations.end_scheme(by=doing.by, at=doing.at, scheme=doing.key, valid_until=until, source=doing.source)
    return doing.key


def _take_back(doing: Doing) -> str:
    since = date.fromisoformat(doing.values["valid_from"])
    operations.take_back_scheme(by=doing.by, at=doing.at, scheme=doing.key, valid_from=since)
    return doing.key if sum(each.known_until is None for each in doing.record.versions) > 1 else ""


def _may(looking: Looking, record: Sheet | None) -> Answer:
    on = looking.at.date()
    if record is None:
        return policy.may_price_something(looking.viewer, on=on)
    return policy.may_price(looking.viewer, supplier=record.record.supplier.code, on=on)


def _now(_looking: Looking, record: Sheet) -> Mapping[str, Any]:
    scheme: Scheme = record.record.scheme
    money = scheme.allowance_money
    return {
        "name": scheme.name,
        "work_kinds": sorted(kind.value for kind in scheme.work_kinds),
        "employers": sorted(scheme.employers),
        "tenure_months": scheme.tenure_months,
        "lines_of_business": " ".join(sorted(scheme.lines_of_business)),
        "leaving_days": scheme.leaving_days,
        "closed_in": sorted(state.value for state in scheme.closed_in),
        "keep_days": scheme.keep_days,
        "repays_early": scheme.repays_early,
        "cooling_days": scheme.cooling_days,
        "given_to": sorted(each.value for each in scheme.given_to),
        "household": sorted(each.value for each in scheme.household),
        "included": [target.id for target in scheme.included if target.kind is TargetKind.CATEGORY],
        "excluded": [target.id for target in scheme.excluded if target.kind is TargetKind.CATEGORY],
        "allowance_money": "" if money is None else money.amount,
        "allowance_currency": "" if money is None else money.currency,
        "allowance_units": scheme.allowance_units,
        "allowance_measure": scheme.allowance_measure.value,
        "valid_until": scheme.period.until,
    }


def _fresh(_looking: Looking, _record: Any) -> Mapping[str, Any]:
    return {"tenure_months": 0, "leaving_days": 0, "keep_days": 0, "cooling_days": 0}


def _measures(_looking: Looking, _record: Any) -> Iterable[tuple[str, str]]:
    return words.labels("allowance_measure", (measure.value for measure in AllowanceMeasure))


def _companies(looking: Looking, record: Sheet | None) -> Iterable[tuple[str, str]]:
    """The companies the viewer looks after, and those the scheme names already: saving it must not lose one."""
    named = () if record is None else record.record.scheme.employers
    found = dict(fields.companies(looking)[: fields.CHOICES_MAX])
    return sorted((found | parties.names(named)).items(), key=lambda pair: (pair[1], pair[0]))


def _names(codes: Any) -> str:
    return ", ".join(parties.name_of(code) for code in codes)


def _kind_words(codes: Any) -> str:
    return ", ".join(words.label("work_kind", code) for code in codes)


def _state_words(codes: Any) -> str:
    return words.states(WorkState(code) for code in codes)


def _given(_looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    return words.labels("given_to", (each.value for each in GivenTo))


def _given_words(codes: Any) -> str:
    return ", ".join(words.label("given_to", code) for code in sorted(codes))


def _ties(_looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    return words.labels("tie", (each.value for each in Tie))


def _tie_words(codes: Any) -> str:
    return words.ties(Tie(code) for code in codes)


def _category_words(codes: Any) -> str:
    return _targets(_categories(codes))


def _tried(doing: Doing) -> Sequence[Effect]:
    return words.effects(doing, SchemeFrom(_changed(doing), doing.values["valid_from"]))


_SAID = (
    Field("name", fields.text(__("Name")), spoken=True),
    Field(
        "employers",
        fields.several(__("Employers"), _companies, help=__("None chosen: every company of the inside.")),
        _names,
    ),
    Field(
        "work_kinds", fields.several(__("Work relationships"), work_kinds, help=__("None chosen: all.")), _kind_words
    ),
    Field(
        "lines_of_business",
        fields.text(
            __("Lines of business"), required=False, help=__("Their codes, with spaces between. Empty: every line.")
        ),
    ),
    Field(
        "leaving_days",
        fields.whole(
            __("Days before leaving without staff price"),
            most=DAYS_MAX,
            help=__("0: until the last day at work. A contract that is renewed without a gap does not end."),
        ),
    ),
    Field(
        "closed_in",
        fields.several(
            __("Closed for whoever is"),
            work_states,
            help=__("None chosen: for nobody. Why it is closed is read by that person alone."),
        ),
        _state_words,
    ),
    Field(
        "keep_days",
        fields.whole(
            __("Days for which it is kept"),
            most=DAYS_MAX,
            help=__("0: nothing is asked. The day until which it is kept stands on every order."),
        ),
    ),
    Field(
        "repays_early",
        fields.flag(
            __("Given away before, the saving is repaid"),
            help=__("Whoever bought it says so on the order; otherwise it is only noted."),
        ),
    ),
    Field(
        "cooling_days",
        fields.whole(
            __("Days without staff price after it came back"),
            most=DAYS_MAX,
            help=__("0: what was given back can be bought again at once."),
        ),
    ),
    Field(
        "given_to",
        fields.several(__("Unused allowance may be given to"), _given, help=__("None chosen: to nobody.")),
        _given_words,
    ),
    Field(
        "household",
        fields.several(
            __("May be bought for, of the household"),
            _ties,
            help=__("None chosen: everybody buys for themselves alone. The allowance is that of whoever works here."),
        ),
        _tie_words,
    ),
    Field(
        "tenure_months",
        fields.whole(__("Months of work needed"), most=_MONTHS_MAX, help=__("Whole months of unbroken work.")),
    ),
    Field(
        "included",
        fields.several(__("Covers"), words.categories, help=__("None chosen: all that its prices reach.")),
        _category_words,
    ),
    Field("excluded", fields.several(__("Leaves out"), words.categories), _category_words),
    Field(
        "allowance_money",
        fields.number(
            __("Allowance in money"), required=False, help=__("A person and calendar year. Empty: no limit.")
        ),
    ),
    Field("allowance_currency", fields.currency(__("Currency"), required=False)),
    Field(
        "allowance_units",
        fields.whole(
            __("Allowance in pieces"), required=False, help=__("A person and calendar year. Empty: no limit.")
        ),
    ),
    Field("allowance_measure", fields.choice(__("The money counts"), _measures)),
)

THING = Thing(
    name="schemes",
    group=__("What is offered"),
    label=__("Staff schemes"),
    lead=__("Who of the staff may buy at staff price, and how much a year."),
    icon="users",
    search=__("Name or code"),
    dated=True,
    may=lambda looking: policy.may_price_something(looking.viewer, on=looking.at.date()),
    filters=(Filter("supplier", __("Supplier"), offerings.suppliers),),
    columns=(
        Column(__("Name"), lambda row: row.scheme.name, sort="name", spoken=True),
        Column(__("Code"), lambda row: row.scheme.id, sort="code"),
        Column(__("Supplier"), lambda row: row.supplier.name),
        Column(__("Allowance"), lambda row: words.allowance_words(row.scheme)),
        Column(__("Days"), lambda row: showing.days(row.scheme.period)),
    ),
    rows=lambda looking, params: register.schemes(viewer=looking.viewer, at=looking.at, on=looking.on, params=params),
    key=lambda row: row.scheme.id,
    page=_page,
    creates=(
        Act(
            name="set-up",
            label=__("New staff scheme"),
            icon="plus",
            lead=__("Its prices are entered apart, once it is there."),
            form=(
                Field("code", fields.text(__("Code"), most=100, help=__("Stays for good: allowances count by it."))),
                Field("supplier", fields.party(__("Supplier"), PartyKind.COMPANY, PartyKind.UNIT), fields.name),
                *_SAID,
                Field("valid_from", fields.day(__("First day"), required=False, help=__("Empty: always so far."))),
                Field(
                    "valid_until",
                    fields.last_day(__("Last day"), required=False, help=__("Empty: for ever.")),
                    fields.day_before,
                ),
            ),
            initial=_fresh,
            do=_set_up,
            may=_may,
            effects=lambda doing: words.effects(doing, NewScheme(_new(doing))),
            done=__("The scheme is set up. Enter its prices next."),
        ),
    ),
    acts=(
        Act(
            name="change",
            label=__("Change from a day on"),
            icon="calendar",
            lead=__("What people have drawn of their allowance counts on."),
            form=(Field("valid_from", fields.day(__("From"))), *_SAID),
            initial=_now,
            do=_change,
            may=_may,
            effects=_tried,
            done=__("The scheme is changed from that day on."),
        ),
        Act(
            name="limit",
            label=__("Limit how much"),
            icon="wallet",
            lead=__(
                "In an order, a month, a quarter, a year or the last so many days. All limits of a scheme hold at once."
            ),
            form=_LIMIT,
            do=_set_limit,
            may=_may,
            effects=lambda doing: words.effects(doing, SchemeFrom(_with_limit(doing), doing.values["valid_from"])),
            done=__("The limit holds from that day on."),
        ),
        Act(
            name="lift-limit",
            label=__("Lift a limit"),
            icon="wallet",
            lead=__("The other limits and the allowance of the year hold on."),
            form=(
                Field("valid_from", fields.day(__("From"))),
                Field("limit", fields.choice(__("Limit"), _known_limits)),
            ),
            do=_lift_limit,
            may=_may,
            fits=lambda looking, record: bool(_known_limits(looking, record)),
            effects=lambda doing: words.effects(doing, SchemeFrom(_without_limit(doing), doing.values["valid_from"])),
            done=__("The limit is lifted from that day on."),
        ),
        ending(
            lead=__("What was bought under it stays as it is."),
            initial=_now,
            do=_end,
            may=_may,
            effects=lambda doing: words.effects(doing, SchemeEnds(doing.key, doing.values["valid_until"])),
        ),
        taking_back(
            lead=__("What has not begun will not; the scheme goes on as before."),
            do=_take_back,
            may=_may,
        ),
    ),
    events={
        "catalogue.set_up_scheme": __("Set up"),
        "catalogue.change_scheme": __("Changed from a day on"),
        "catalogue.set_scheme_limit": __("Limit set"),
        "catalogue.lift_scheme_limit": __("Limit lifted"),
        "catalogue.end_scheme": __("Ended"),
        "catalogue.take_back_scheme": __("Planned change taken back"),
    },
)
