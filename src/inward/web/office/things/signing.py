"""Up to how much heads, deputies and others may approve, in the office of controllers: set from a day on, ended."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.core.terms import Reason
from inward.kit.policy import Answer, NotThere
from inward.parties import leading, operations, policy, queries
from inward.parties.leading import LimitRecord, SpendingVersion
from inward.parties.operations import Source
from inward.parties.vocabulary import Post
from inward.web.office import fields, showing
from inward.web.office.declaring import Act, Column, Detail, Doing, Fact, Field, Filter, Looking, Thing, Version
from inward.web.office.things.leaders import post_name


def _split(key: str) -> tuple[str, Post]:
    place, _tilde, post = key.rpartition("~")
    if post not in {each.value for each in Post}:
        raise NotThere
    return place, Post(post)


def _page(looking: Looking, key: str) -> Detail:
    place, post = _split(key)
    found = leading.limit_versions(viewer=looking.viewer, at=looking.at, place=place, post=post)
    known = [each.record for each in found if each.known_until is None]
    record = next((each for each in known if looking.on in each.period), known[0] if known else found[0].record)
    return Detail(
        title=_("%(place)s: %(post)s") % {"place": record.place.name, "post": post_name(post.value)},
        record=record,
        facts=(
            Fact(__("Company, department or team"), record.place.name),
            Fact(__("Post"), post_name(post.value)),
            Fact(__("May approve up to"), record.amount),
            Fact(__("Days"), showing.days(record.period)),
        ),
        versions=tuple(map(_version, found)),
        audited=(record.place.code,),
    )


def _version(each: SpendingVersion) -> Version:
    record = each.record
    said = showing.text(record.amount)
    return Version(record.period, said, each.known_from, each.known_until, record.source, each.evidence)


def _set(doing: Doing) -> str:
    values = doing.values
    place, post = _split(doing.key) if doing.key else (values["place"], Post(values["post"]))
    limit = fields.money_of(values, "limit", lambda typed: Reason.of("spending_not_usable", limit=typed))
    operations.set_spending_limit(
        by=doing.by,
        at=doing.at,
        place=place,
        post=post,
        limit=limit,
        valid_from=values["valid_from"],
        source=Source(doing.source, doing.evidence),
    )
    return f"{place}~{post.value}"


def _end(doing: Doing) -> str:
    place, post = _split(doing.key)
    operations.end_spending_limit(
        by=doing.by,
        at=doing.at,
        place=place,
        post=post,
        valid_until=doing.values["valid_until"],
        source=Source(doing.source, doing.evidence),
    )
    return doing.key


def _may(looking: Looking, record: LimitRecord | None) -> Answer:
    on = looking.at.date()
    if record is None:
        return policy.may_set_some_spending(looking.viewer, on=on)
    code = record.place.code
    company = code if code in queries.world().company else queries.world().unit[code][-1].company
    return policy.may_set_spending(looking.viewer, company=company, on=on)


def _places(looking: Looking) -> Mapping[str, str]:
    """The companies and departments where the viewer sets limits, by code."""
    over = policy.spending_set_by(looking.viewer, on=looking.at.date())
    here = queries.world()
    known = {*here.company, *here.unit}
    return queries.names(known if over is None else known & over)


def _place(looking: Looking, record: Any) -> Any:
    make = fields.one_of_many(
        __("Company, department or team"), lambda: _places(looking), help=__("Name or code. It reaches what is below.")
    )
    return make(looking, record)


def _posts(_looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    return [(each.value, post_name(each.value)) for each in Post]


def _now(_looking: Looking, record: LimitRecord) -> Mapping[str, Any]:
    return {"limit": record.amount.amount, "currency": record.amount.currency, "valid_until": record.period.until}


_LIMIT = (
    Field("limit", fields.number(__("May approve up to"))),
    Field("currency", fields.currency(__("Currency"))),
)

THING = Thing(
    name="signing-limits",
    group=__("The organisation"),
    label=__("Signing limits"),
    lead=__(
        "Up to how much the head, a deputy or everybody of a department may order and approve; above it an order waits for a budget holder who may."
    ),
    icon="checks",
    search=__("Name or code"),
    dated=True,
    may=lambda looking: policy.may_set_some_spending(looking.viewer, on=looking.at.date()),
    filters=(Filter("post", __("Post"), _posts),),
    columns=(
        Column(__("Company, department or team"), lambda row: row.place.name, sort="place"),
        Column(__("Post"), lambda row: post_name(row.post.value)),
        Column(__("May approve up to"), lambda row: row.amount, end=True),
        Column(__("Days"), lambda row: showing.days(row.period)),
    ),
    rows=lambda looking, params: leading.limits(viewer=looking.viewer, at=looking.at, on=looking.on, params=params),
    key=lambda row: row.key,
    page=_page,
    creates=(
        Act(
            name="set",
            label=__("New signing limit"),
            icon="plus",
            form=(
                Field("place", _place, fields.name),
                Field("post", fields.choice(__("Post"), _posts)),
                *_LIMIT,
                Field("valid_from", fields.day(__("First day"), required=False, help=__("Empty: always so far."))),
            ),
            do=_set,
            may=_may,
            keeps_evidence=True,
            done=__("The limit is kept."),
        ),
    ),
    acts=(
        Act(
            name="change",
            label=__("Change from a day on"),
            icon="calendar",
            form=(Field("valid_from", fields.day(__("From"))), *_LIMIT),
            initial=_now,
            do=_set,
            may=_may,
            keeps_evidence=True,
            done=__("The limit is kept."),
        ),
        Act(
            name="end",
            label=__("End"),
            icon="x",
            lead=__("From the day after, the limit of what is above it holds; without one, nothing may be approved."),
            form=(Field("valid_until", fields.last_day(__("Last day")), fields.day_before),),
            do=_end,
            may=_may,
            keeps_evidence=True,
            done=__("The last day is kept."),
            danger=True,
        ),
    ),
    events={"parties.set_spending_limit": __("Set"), "parties.end_spending_limit": __("Ended")},
)
