"""Suspensions from staff schemes in the office: a person is suspended with a reason, heard, and it is upheld or lifted."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.catalogue import operations, policy, suspending
from inward.catalogue import queries as catalogue
from inward.catalogue.suspending import Heard, SuspensionView
from inward.catalogue.vocabulary import HearingStep
from inward.core.terms import Period
from inward.kit import vocabularies
from inward.kit.policy import Answer
from inward.parties.vocabulary import PartyKind
from inward.web.components import formats
from inward.web.office import fields, showing
from inward.web.office.declaring import Act, Column, Detail, Doing, Fact, Field, Filter, Looking, Thing, Version


def _step(step: HearingStep) -> str:
    return vocabularies.label("hearing_step", step.value, formats.language())


def _stands(view: SuspensionView, looking: Looking) -> str:
    if view.lapsed_on(looking.at.date()):
        return _("ended: nobody upheld it")
    return _step(view.state)


def _page(looking: Looking, key: str) -> Detail:
    found = suspending.suspension(viewer=looking.viewer, at=looking.at, reference=key)
    return Detail(
        title=_("%(person)s, suspended from %(scheme)s") % {"person": found.who.name, "scheme": found.scheme_name},
        record=found,
        facts=(
            Fact(__("Who"), found.who.name),
            Fact(__("Scheme"), found.scheme_name, spoken=True),
            Fact(__("Where it stands"), _stands(found, looking)),
            Fact(__("Days"), showing.days(found.period) if found.began else _("none: lifted before it began")),
            Fact(__("Answer until"), found.answer_by),
        ),
        versions=tuple(_version(found, step) for step in reversed(found.steps)),
        audited=(f"suspension {key}",),
    )


def _version(found: SuspensionView, step: Heard) -> Version:
    until = step.until if step.until is None or step.until > found.since else None
    said = f"{_step(step.kind)}: {step.words}" if step.words else _step(step.kind)
    return Version(Period(found.since, until), said, step.at, None, "" if step.who is None else step.who.name)


def _suspend(doing: Doing) -> str:
    values = doing.values
    return operations.suspend_from_scheme(
        by=doing.by,
        at=doing.at,
        scheme=values["scheme"],
        person=values["person"],
        since=values["since"],
        days=values["days"],
        why=values["why"],
    )


def _uphold(doing: Doing) -> str:
    operations.uphold_suspension(
        by=doing.by, at=doing.at, suspension=doing.key, why=doing.values["why"], valid_until=doing.values["valid_until"]
    )
    return doing.key


def _lift(doing: Doing) -> str:
    operations.lift_suspension(by=doing.by, at=doing.at, suspension=doing.key, why=doing.values["why"])
    return doing.key


def _keeps(looking: Looking, _record: Any = None) -> Answer:
    return policy.may_price_something(looking.viewer, on=looking.at.date())


def _may_lift(looking: Looking, found: SuspensionView) -> Answer:
    return policy.may_suspend(looking.viewer, supplier=found.supplier, person=found.person, on=looking.at.date())


def _may_uphold(looking: Looking, found: SuspensionView) -> Answer:
    return policy.may_uphold(
        looking.viewer,
        supplier=found.supplier,
        person=found.person,
        begun_by=found.begun_by,
        on=looking.at.date(),
    )


def _schemes(looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    """The schemes of the day whose prices the viewer keeps."""
    book, over = catalogue.price_book(), policy.priced_by(looking.viewer, on=looking.at.date())
    found = [book.scheme_on(code, looking.on) for code in book.schemes]
    kept = [scheme for scheme in found if over is None or scheme.supplier in over]
    return sorted(((scheme.id, scheme.name or scheme.id) for scheme in kept), key=lambda pair: pair[1])


def _scheme_name(code: Any) -> str:
    scheme = catalogue.price_book().schemes[str(code)]
    return scheme.name or scheme.id


def _states(_looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    return [(step.value, _step(step)) for step in HearingStep if step is not HearingStep.ANSWERED]


def _proposed(looking: Looking, _record: Any) -> Mapping[str, Any]:
    return {"since": looking.on, "days": operations.HEARING_DAYS_USUAL}


_WHY = Field(
    "why",
    fields.area(
        __("Why"),
        required=True,
        most=operations.SUSPENSION_WORDS_MAX,
        help=__("Whoever is suspended reads it."),
    ),
)

THING = Thing(
    name="suspensions",
    group=__("What is offered"),
    label=__("Suspensions"),
    lead=__(
        "People who pay the ordinary price for a while, because they broke the rules of a staff scheme. Each is told why and heard; another than whoever suspended upholds it, or it ends by itself."
    ),
    icon="lock",
    search=__("Person’s code"),
    filters=(Filter("scheme", __("Scheme"), _schemes), Filter("state", __("Where it stands"), _states)),
    columns=(
        Column(__("Who"), lambda row: row.who.name),
        Column(__("Scheme"), lambda row: row.scheme_name, spoken=True),
        Column(__("First day"), lambda row: row.since, sort="since"),
        Column(__("Where it stands"), lambda row: _step(row.state)),
        Column(__("Answered"), lambda row: row.answered),
        Column(__("Answer until"), lambda row: row.answer_by),
    ),
    rows=lambda looking, params: suspending.suspensions(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: row.reference,
    page=_page,
    may=_keeps,
    creates=(
        Act(
            name="suspend",
            label=__("Suspend somebody"),
            icon="plus",
            lead=__("From that day on the ordinary price holds. It ends by itself unless somebody else upholds it."),
            form=(
                Field("scheme", fields.choice(__("Scheme"), _schemes), _scheme_name),
                Field("person", fields.party(__("Who"), PartyKind.PERSON), fields.name),
                Field("since", fields.day(__("First day"))),
                Field(
                    "days",
                    fields.whole(
                        __("Days to answer"),
                        least=1,
                        most=operations.HEARING_DAYS_MAX,
                        help=__("As many days after that it ends, unless it is upheld."),
                    ),
                ),
                _WHY,
            ),
            initial=_proposed,
            do=_suspend,
            may=_keeps,
            done=__("Suspended; a letter says so and asks for an answer."),
            keeps_source=False,
            danger=True,
        ),
    ),
    acts=(
        Act(
            name="uphold",
            label=__("Uphold"),
            icon="check",
            lead=__("After the hearing. Say in the reason what became of the answer."),
            form=(
                Field(
                    "valid_until",
                    fields.last_day(__("Last day"), required=False, help=__("Empty: until it is lifted.")),
                    fields.day_before,
                ),
                _WHY,
            ),
            do=_uphold,
            may=_may_uphold,
            fits=lambda looking, found: found.undecided_on(looking.at.date()),
            done=__("The suspension is upheld."),
            keeps_source=False,
            danger=True,
        ),
        Act(
            name="lift",
            label=__("Lift"),
            icon="x",
            lead=__("From today on staff prices hold again. What was bought meanwhile stays as it was."),
            form=(_WHY,),
            do=_lift,
            may=_may_lift,
            fits=lambda looking, found: found.open_on(looking.at.date()),
            done=__("The suspension is lifted."),
            keeps_source=False,
        ),
    ),
    events={
        "catalogue.suspend_from_scheme": __("Suspended"),
        "catalogue.answer_suspension": __("Answered"),
        "catalogue.uphold_suspension": __("Upheld"),
        "catalogue.lift_suspension": __("Lifted"),
    },
)
