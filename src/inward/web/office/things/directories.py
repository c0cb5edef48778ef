"""What directories (SCIM) say: whom they speak of and nobody could place yet, and what their words mean here.

The two belong together: somebody waits because a word means nothing yet; saying what it means places her.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.access import policy, provisioned
from inward.access.operations import provisioning
from inward.access.provisioned import Meaning, Parked
from inward.access.vocabulary import DirectoryAttribute
from inward.core.classification import WorkKind
from inward.core.terms import Reason
from inward.kit import vocabularies
from inward.kit.policy import Answer, NotThere
from inward.parties import queries as parties
from inward.parties.vocabulary import PartyKind
from inward.web.components import formats
from inward.web.components.errors import words
from inward.web.components.records import Link
from inward.web.office import fields
from inward.web.office.declaring import Act, Column, Detail, Doing, Fact, Field, Filter, Looking, Thing
from inward.web.office.things.words import work_kinds

Options = Iterable[tuple[str, str]]
_WORDS = "directory-words"


def _may_look(looking: Looking) -> Answer:
    return policy.may_keep_directories(looking.viewer, on=looking.at.date())


def _may(looking: Looking, _record: Any) -> Answer:
    return _may_look(looking)


def _directories(looking: Looking, _record: Any = None) -> Options:
    known = provisioned.connections(viewer=looking.viewer, at=looking.at)
    return [(str(key), name) for key, name in known.items()]


def _attribute(value: str) -> str:
    return vocabularies.label("directory_attribute", value, formats.language())


def _attributes(_looking: Looking, _record: Any = None) -> Options:
    return [(each.value, _attribute(each.value)) for each in DirectoryAttribute]


# --- who waits ---------------------------------------------------------------------------------------------------------


def _why(row: Parked) -> str:
    return " ".join(words(reason) for reason in row.reasons)


def _waiting_page(looking: Looking, key: str) -> Detail:
    record, told = provisioned.parked_one(viewer=looking.viewer, at=looking.at, reference=key)
    said = {
        "employingEntity": told.company,
        "orgUnitId": told.unit,
        **{name: text for name, text in told.texts.items() if name not in ("startDate", "endDate")},
    }
    return Detail(
        title=record.name,
        record=record,
        facts=(
            Fact(__("Why she waits"), _why(record)),
            Fact(__("Directory"), record.connection_name),
            Fact(__("Since"), record.since),
            Fact(__("Signs in as"), told.user_name),
            Fact(__("E-mail"), told.email),
            Fact(__("Job title"), told.title),
            *(Fact(_attribute(name), text) for name, text in said.items() if text),
            Fact(__("First day"), told.since or told.texts.get("startDate", "")),
            Fact(__("Last day"), fields.day_before(told.until) or told.texts.get("endDate", "")),
        ),
        links=tuple(_mend(record, reason) for reason in record.reasons if _can_be_said(reason)),
        audited=(record.reference,),
    )


def _can_be_said(reason: Reason) -> bool:
    """Whether the reason is a word whose meaning can be kept; what the directory itself must put right is none."""
    known = {each.value for each in DirectoryAttribute}
    return reason.code == "directory_says_no_company" or (
        reason.code == "directory_text_unmapped" and reason.facts.get("attribute") in known
    )


def _mend(record: Parked, reason: Reason) -> Link:
    attribute = str(reason.facts.get("attribute", DirectoryAttribute.ORGANIZATION.value))
    text = str(reason.facts.get("text", ""))
    asked = {"connection": str(record.connection), "attribute": attribute, "text": text}
    url = f"{reverse('office_new', args=[_WORDS, 'say'])}?{urlencode(asked)}"
    label = _("Say what “%(text)s” means") % {"text": text} if text else _("Say for which company she works then")
    return Link(url, label, "edit")


def _try_again(doing: Doing) -> str:
    placed = provisioning.try_again(by=doing.by, at=doing.at, reference=doing.key)
    return "" if placed else doing.key


WAITING = Thing(
    name="directory-waiting",
    group=__("Who may do what"),
    label=__("People who wait to be placed"),
    lead=__(
        "People of whom a directory (SCIM) speaks and whom Inward could not place, with the reason. Nothing they had is lost."
    ),
    icon="clock",
    search=__("Sign-in name"),
    may=_may_look,
    filters=(Filter("connection", __("Directory"), _directories),),
    columns=(
        Column(__("Name"), lambda row: row.name),
        Column(__("Directory"), lambda row: row.connection_name),
        Column(__("Why she waits"), _why),
        Column(__("Since"), lambda row: row.since, sort="since"),
    ),
    rows=lambda looking, params: provisioned.parked_page(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: row.reference,
    page=_waiting_page,
    acts=(
        Act(
            name="try-again",
            label=__("Try again"),
            icon="refresh",
            lead=__("Place her by what the directory said last. What still stands in the way is said again."),
            do=_try_again,
            may=_may,
            done=__("It was tried again. Whoever is no longer in this list has been placed."),
            keeps_source=False,
        ),
    ),
    events={
        "access.directory_adds": __("Said by the directory"),
        "access.directory_changes": __("Said otherwise by the directory"),
        "access.directory_removes": __("Taken back by the directory"),
        "access.directory_tries_again": __("Tried again"),
    },
)


# --- what words mean ---------------------------------------------------------------------------------------------------


def _means(row: Meaning) -> str:
    if row.party is not None:
        return parties.name_of(row.party)
    return _("Nothing") if row.work_kind is None else vocabularies.label(
        "work_kind", row.work_kind.value, formats.language()
    )  # fmt: skip


def _word_page(looking: Looking, key: str) -> Detail:
    record = provisioned.mapping(viewer=looking.viewer, at=looking.at, key=_key(key))
    return Detail(
        title=f"{_attribute(record.attribute.value)}: {record.text or _('(says nothing)')}",
        record=record,
        facts=(
            Fact(__("Directory"), record.connection_name),
            Fact(__("What it says"), _attribute(record.attribute.value)),
            Fact(__("Word"), record.text),
            Fact(__("Means here"), _means(record)),
        ),
    )


def _key(key: str) -> int:
    if not (key.isascii() and key.isdigit()) or len(key) > 18:  # noqa: PLR2004 - the digits of a key
        raise NotThere
    return int(key)


def _say(doing: Doing) -> str:
    values, record = doing.values, doing.record
    provisioning.set_mapping(
        by=doing.by,
        at=doing.at,
        connection=int(values["connection"]) if record is None else record.connection,
        attribute=DirectoryAttribute(values["attribute"]) if record is None else record.attribute,
        text=values["text"] if record is None else record.text,
        party=values["party"] or None,
        work_kind=WorkKind(values["work_kind"]) if values["work_kind"] else None,
    )
    return doing.key


def _known(_looking: Looking, record: Meaning) -> Mapping[str, Any]:
    return {"party": record.party or "", "work_kind": "" if record.work_kind is None else record.work_kind.value}


_MEANING = (
    Field(
        "party",
        fields.party(
            __("Company or department"),
            PartyKind.COMPANY,
            PartyKind.UNIT,
            required=False,
            help=__("Name or code. Empty: the word says nothing of where she works."),
        ),
        fields.name,
    ),
    Field(
        "work_kind",
        fields.choice(
            __("Kind of work"),
            work_kinds,
            required=False,
            none=__("None"),
            help=__("For the kind of employment alone."),
        ),
    ),
)

WORDS = Thing(
    name=_WORDS,
    group=__("Who may do what"),
    label=__("Words of directories"),
    lead=__("What the words of a directory (SCIM) mean here: a company, a department, a kind of work, or nothing."),
    icon="list",
    search=__("Word"),
    may=_may_look,
    filters=(
        Filter("connection", __("Directory"), _directories),
        Filter("attribute", __("What it says"), _attributes),
    ),
    columns=(
        Column(__("Word"), lambda row: row.text or _("(says nothing)"), sort="text"),
        Column(__("What it says"), lambda row: _attribute(row.attribute.value), sort="attribute"),
        Column(__("Directory"), lambda row: row.connection_name),
        Column(__("Means here"), _means),
    ),
    rows=lambda looking, params: provisioned.mappings_page(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: str(row.id),
    page=_word_page,
    creates=(
        Act(
            name="say",
            label=__("Say what a word means"),
            icon="plus",
            lead=__("Everybody who waits because of this word is placed at once."),
            form=(
                Field("connection", fields.choice(__("Directory"), _directories)),
                Field("attribute", fields.choice(__("What it says"), _attributes)),
                Field(
                    "text",
                    fields.text(
                        __("Word"),
                        most=255,
                        required=False,
                        help=__("As the directory writes it. Empty: for everybody of whom it says nothing."),
                    ),
                ),
                *_MEANING,
            ),
            do=_say,
            may=_may,
            done=__("What the word means is kept."),
            keeps_source=False,
        ),
    ),
    acts=(
        Act(
            name="change",
            label=__("Change what it means"),
            icon="edit",
            lead=__("For what the directory says from now on, and for everybody who waits."),
            form=_MEANING,
            initial=_known,
            do=_say,
            may=_may,
            done=__("What the word means is kept."),
            keeps_source=False,
        ),
    ),
    events={"access.set_directory_mapping": __("Said what it means")},
)
