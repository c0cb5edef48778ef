"""Terms in the office: of staff schemes by whoever keeps their prices, of deduction from pay by controllers. Published, never changed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext

from inward.core.terms import Period
from inward.kit import vocabularies
from inward.kit.policy import Answer
from inward.trade import operations, policy, terms
from inward.trade.terms import TermsRecord, TermsVersion
from inward.trade.vocabulary import TermsKind
from inward.web.components import formats
from inward.web.components.records import Link
from inward.web.office import fields
from inward.web.office.declaring import Act, Column, Detail, Doing, Fact, Field, Filter, Looking, Thing, Version

_BEGINNING = 160
"""So many characters of a text stand in the list of versions; the whole of it is one click away."""


def _kind(kind: TermsKind) -> str:
    return vocabularies.label("terms_kind", kind.value, formats.language())


def _name(looking: Looking, record: TermsRecord) -> str:
    return terms.name_of(record.about, on=looking.at.date())


def _page(looking: Looking, key: str) -> Detail:
    record = terms.record(viewer=looking.viewer, at=looking.at, key=key)
    now = terms.in_force(record.about, on=looking.on)
    return Detail(
        title=_("Terms of %(name)s") % {"name": _name(looking, record)},
        record=record,
        facts=(
            Fact(__("What they are about"), _kind(record.about.kind)),
            Fact(__("In force"), "" if now is None else _version_name(now)),
            Fact(__("Accepted by"), _accepted(record)),
            Fact(__("Code"), record.about.code),
        ),
        versions=tuple(_version(record, place) for place in range(len(record.versions) - 1, -1, -1)),
        links=tuple(
            Link(reverse("terms_one", args=[version.key]), _version_name(version), "eye")
            for version in reversed(record.versions)
        ),
        audited=(f"terms {record.key}",),
    )


def _accepted(record: TermsRecord) -> str:
    if record.accepted is None:
        return _("fewer than %(count)s people, or nobody") % {"count": formats.count(terms.FEWEST_TOLD)}
    return ngettext("%(count)s person", "%(count)s people", record.accepted) % {"count": formats.count(record.accepted)}


def _version_name(version: TermsVersion) -> str:
    return _("Version %(number)s, from %(day)s") % {
        "number": formats.count(version.number),
        "day": formats.short_day(version.valid_from),
    }


def _version(record: TermsRecord, place: int) -> Version:
    version = record.versions[place]
    later = record.versions[place + 1].valid_from if place + 1 < len(record.versions) else None
    text = version.texts.get(formats.language()) or version.texts.get("en", "")
    said = text if len(text) <= _BEGINNING else f"{text[:_BEGINNING]}…"
    period = Period(version.valid_from, later)
    return Version(period, said or _("nothing to accept"), version.published_at, None, version.source)


def _publish(doing: Doing) -> str:
    values = doing.values
    about = doing.record.about if doing.record is not None else terms.about_of(values["about"])
    operations.publish_terms(
        by=doing.by,
        at=doing.at,
        about=about,
        texts={language: values[f"text_{language}"] for language in operations.TERMS_LANGUAGES},
        valid_from=values["valid_from"],
        source=doing.source,
    )
    return about.key


def _may(looking: Looking, record: TermsRecord | None) -> Answer:
    if record is None:
        return policy.may_keep_terms(looking.viewer, keeps=_some(looking))
    return policy.may_keep_terms(looking.viewer, keeps=terms.keeps(looking.viewer, record.about, on=looking.at.date()))


def _some(looking: Looking) -> bool:
    return bool(terms.keepable(viewer=looking.viewer, at=looking.at))


def _abouts(looking: Looking, _record: Any = None) -> Any:
    def known() -> Mapping[str, str]:
        found = terms.keepable(viewer=looking.viewer, at=looking.at)
        return {key: f"{name} ({_kind(terms.about_of(key).kind).lower()})" for key, name in found.items()}

    make = fields.one_of_many(
        __("What they are about"), known, help=__("A staff scheme, or a company that deducts from pay.")
    )
    return make(looking, None)


def _kinds(_looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    return [(kind.value, _kind(kind)) for kind in TermsKind]


def _now(looking: Looking, record: TermsRecord) -> Mapping[str, Any]:
    last = record.versions[-1]
    return {f"text_{language}": text for language, text in last.texts.items()} | {"valid_from": looking.on}


def _today(looking: Looking, _record: Any) -> Mapping[str, Any]:
    return {"valid_from": looking.on}


_SAID = (
    Field("valid_from", fields.day(__("From"))),
    *(
        Field(
            f"text_{language}",
            fields.area(
                label,
                most=operations.TERMS_LENGTH_MAX,
                help=__("An empty line begins a new paragraph.") if language == "en" else "",
            ),
        )
        for language, label in (
            ("en", __("Text in English")),
            ("nb", __("Text in Norwegian")),
            ("it", __("Text in Italian")),
            ("id", __("Text in Indonesian")),
        )
    ),
)

THING = Thing(
    name="terms",
    group=__("What is offered"),
    label=__("Terms"),
    lead=__(
        "What people accept before their first purchase under a staff scheme, and before something is deducted from their pay."
    ),
    icon="checks",
    search=__("Name or code"),
    may=lambda looking: policy.may_keep_terms(looking.viewer, keeps=_some(looking)),
    filters=(Filter("kind", __("What they are about"), _kinds),),
    columns=(
        Column(__("Name"), lambda row: terms.name_of(row.about, on=row.versions[-1].valid_from)),
        Column(__("What they are about"), lambda row: _kind(row.about.kind), sort="about"),
        Column(__("Last version"), lambda row: _version_name(row.versions[-1])),
    ),
    rows=lambda looking, params: terms.records(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: row.key,
    page=_page,
    creates=(
        Act(
            name="publish",
            label=__("New terms"),
            icon="plus",
            lead=__("From the day they hold, an order is refused until whoever buys has accepted them, once."),
            form=(Field("about", _abouts), *_SAID),
            initial=_today,
            do=_publish,
            may=_may,
            done=__("The terms are published."),
        ),
    ),
    acts=(
        Act(
            name="renew",
            label=__("Publish a new version"),
            icon="edit",
            lead=__(
                "Everybody accepts it anew before the next purchase. Without a text in any language nothing needs to be accepted from that day on."
            ),
            form=_SAID,
            initial=_now,
            do=_publish,
            may=_may,
            done=__("The new version is published."),
        ),
    ),
    events={"trade.publish_terms": __("Published")},
)
