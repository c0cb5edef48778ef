"""Who heads a department or company and who stands in: lines and acts that their pages share. Also whom a person has above her."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.kit import vocabularies
from inward.kit.policy import Answer, NotThere
from inward.parties import leading, operations, policy, veil
from inward.parties.leading import ActingView, Leaders
from inward.parties.operations import Source
from inward.parties.queries import Named
from inward.parties.vocabulary import PartyKind, Post, Power
from inward.web.components import formats
from inward.web.office import fields, showing
from inward.web.office.declaring import Act, Doing, Fact, Field, Looking, Version


def post_name(value: Any) -> str:
    """What people call a post."""
    return vocabularies.label("post", str(value), formats.language()) if value else ""


def powers_text(values: Iterable[Any]) -> str:
    """For what somebody stands in, in words."""
    return ", ".join(vocabularies.label("power", Power(each).value, formats.language()) for each in values)


def facts(looking: Looking, place: str) -> tuple[Fact, ...]:
    """The lines about who leads a place on the day; none for a department that is not open."""
    found = _leaders(looking, place)
    if found is None:
        return ()
    return tuple(_facts(found, looking))


def versions(looking: Looking, place: str) -> tuple[Version, ...]:
    """Everything that was ever known of its heads and deputies."""
    return tuple(
        Version(
            each.period,
            _("%(person)s (%(post)s)") % {"person": each.person.name, "post": post_name(each.post.value)},
            each.known_from,
            each.known_until,
            each.source,
            each.evidence,
        )
        for each in leading.post_versions(viewer=looking.viewer, at=looking.at, place=place)
    )


def about(looking: Looking, person: str) -> Iterable[Fact]:
    """The lines about who is above a person at each place, what she heads, and when she is away."""
    for each in leading.managers(viewer=looking.viewer, at=looking.at, on=looking.on, person=person):
        nobody = _("nobody")
        name = nobody if each.manager is None else each.manager.name
        if each.acting is not None and each.acting.person != each.manager:
            name = f"{name}; {_acts(each.acting)}"
        yield Fact(_("Manager at %(place)s") % {"place": each.place.name}, name, _person(each.manager))
    for place in leading.headed_by(viewer=looking.viewer, at=looking.at, on=looking.on, person=person):
        yield Fact(__("Heads"), place.name)
    for period in _away(looking, person):
        yield Fact(__("Away"), showing.days(period))


def is_away(looking: Looking, person: str) -> bool:
    """Whether an absence is noted for the day or later."""
    return bool(_away(looking, person))


def _away(looking: Looking, person: str) -> tuple[Any, ...]:
    try:
        return leading.absences(viewer=looking.viewer, at=looking.at, on=looking.on, person=person)
    except NotThere:  # she looks after her work for one company, not for the one she is with now
        return ()


def _leaders(looking: Looking, place: str) -> Leaders | None:
    try:
        return leading.leaders(viewer=looking.viewer, at=looking.at, on=looking.on, place=place)
    except NotThere:
        return None


def _facts(found: Leaders, looking: Looking) -> Iterable[Fact]:
    if found.head is not None:
        yield Fact(__("Head"), found.head.name, _person(found.head))
    elif found.kind is PartyKind.UNIT and found.vacant_since is not None:
        yield Fact(__("Head"), _("nobody since %(day)s") % {"day": formats.short_day(found.vacant_since)})
    else:
        yield Fact(__("Head"), _("nobody"))
    if found.acting is not None and found.acting.person != found.head:
        yield Fact(__("Acts for the head"), _acts(found.acting), _person(found.acting.person))
    for each in found.deputies:
        told = f"{each.person.name}: {powers_text(each.powers)} ({showing.days(each.period)})"
        yield Fact(__("Stands in"), told, _person(each.person))


def _acts(acting: ActingView) -> str:
    return _("%(person)s acts (%(post)s of %(place)s)") % {
        "person": acting.person.name,
        "post": post_name(acting.post.value),
        "place": acting.place.name,
    }


def _person(person: Named | None) -> str:
    """Her page; none for nobody, and for somebody who is hidden from the reader."""
    return "" if person is None or person.code == veil.CODE else reverse("office_page", args=["people", person.code])


# --- acts --------------------------------------------------------------------------------------------------------------


def _name_head(doing: Doing) -> str:
    values = doing.values
    operations.name_head(
        by=doing.by,
        at=doing.at,
        place=doing.key,
        person=values["person"],
        valid_from=values["valid_from"],
        source=Source(doing.source, doing.evidence),
    )
    return doing.key


def _end_head(doing: Doing) -> str:
    until = doing.values["valid_until"]
    operations.end_head(
        by=doing.by, at=doing.at, place=doing.key, valid_until=until, source=Source(doing.source, doing.evidence)
    )
    return doing.key


def _name_deputy(doing: Doing) -> str:
    values = doing.values
    operations.name_deputy(
        by=doing.by,
        at=doing.at,
        place=doing.key,
        person=values["person"],
        powers=[Power(each) for each in values["powers"]],
        valid_from=values["valid_from"],
        valid_until=values["valid_until"],
        source=Source(doing.source, doing.evidence),
    )
    return doing.key


def _end_deputy(doing: Doing) -> str:
    values = doing.values
    operations.end_deputy(
        by=doing.by,
        at=doing.at,
        place=doing.key,
        person=values["person"],
        valid_until=values["valid_until"],
        source=Source(doing.source, doing.evidence),
    )
    return doing.key


def _may(looking: Looking, record: Any) -> Answer:
    """Of a department as of a company: data administrators of the company."""
    company = record.company.code if hasattr(record, "company") else record.code
    return policy.may_administer(looking.viewer, companies=[company], on=looking.at.date())


def _is_headed(looking: Looking, record: Any) -> bool:
    return leading.is_led(record.code, on=looking.on, post=Post.HEAD)


def _has_deputies(looking: Looking, record: Any) -> bool:
    return leading.is_led(record.code, on=looking.on, post=Post.DEPUTY)


def _open(looking: Looking, record: Any) -> bool:
    return _leaders(looking, record.code) is not None


def _powers(_looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    return [(each.value, powers_text([each])) for each in Power]


def _deputies(looking: Looking, record: Any) -> Iterable[tuple[str, str]]:
    found = _leaders(looking, record.code)
    named = {} if found is None else {each.person.code: each.person.name for each in found.deputies}
    return list(named.items())


def _today(looking: Looking, _record: Any) -> Mapping[str, Any]:
    return {"valid_from": looking.on}


_PERSON = Field(
    "person",
    fields.party(__("Person"), PartyKind.PERSON, help=__("Name or code of somebody who works on the first day.")),
    fields.name,
)
_FROM = Field("valid_from", fields.day(__("From")))
_LAST = Field("valid_until", fields.last_day(__("Last day")), fields.day_before)

ACTS = (
    Act(
        name="name-head",
        label=__("Name its head"),
        icon="user",
        lead=__("Who heads it from a day on. Whoever headed it until then ends the day before."),
        form=(_PERSON, _FROM),
        initial=_today,
        proposes=("valid_from",),
        do=_name_head,
        may=_may,
        fits=_open,
        keeps_evidence=True,
        done=__("The head is named."),
    ),
    Act(
        name="name-deputy",
        label=__("Name a deputy"),
        icon="users",
        lead=__("Who stands in where the head is away or there is none, and for what."),
        form=(
            _PERSON,
            Field("powers", fields.several(__("For what"), _powers, required=True), powers_text),
            _FROM,
            Field(
                "valid_until",
                fields.last_day(__("Last day"), required=False, help=__("Empty: for ever.")),
                fields.day_before,
            ),
        ),
        initial=_today,
        proposes=("valid_from",),
        do=_name_deputy,
        may=_may,
        fits=_open,
        keeps_evidence=True,
        done=__("The deputy is named."),
    ),
    Act(
        name="end-deputy",
        label=__("End a deputy"),
        icon="x",
        form=(Field("person", fields.choice(__("Person"), _deputies)), _LAST),
        do=_end_deputy,
        may=_may,
        fits=_has_deputies,
        keeps_evidence=True,
        done=__("The last day is kept."),
        danger=True,
    ),
    Act(
        name="end-head",
        label=__("End its head"),
        icon="x",
        lead=__("After this day nobody heads it; whoever was to begin later does not."),
        form=(_LAST,),
        do=_end_head,
        may=_may,
        fits=_is_headed,
        keeps_evidence=True,
        done=__("The last day is kept."),
        danger=True,
    ),
)
"""What can be done about who leads a department or company, on its page."""

EVENTS = {
    "parties.name_head": __("Head named"),
    "parties.end_head": __("Head ended"),
    "parties.name_deputy": __("Deputy named"),
    "parties.end_deputy": __("Deputy ended"),
    "parties.set_spending_limit": __("Signing limit set"),
    "parties.end_spending_limit": __("Signing limit ended"),
}
