"""Files that show facts, in the office: what was brought, what each shows, and how one is withdrawn."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.kit.policy import Answer
from inward.parties import evidence, operations, policy, queries
from inward.parties.evidence import PaperRecord, Shown, Shows
from inward.parties.papers import Evidence
from inward.web.components import formats
from inward.web.components.records import Link
from inward.web.office import fields
from inward.web.office.declaring import Act, Column, Detail, Doing, Fact, Field, Looking, Thing
from inward.web.office.things import definitionwords

_WHERE = {
    Shows.HOLDING: ("holdings", __("ownership share")),
    Shows.SHARE_CLASS: ("share-classes", __("share class")),
    Shows.SHAREHOLDING: ("shareholdings", __("shares of a class")),
    Shows.RIGHT: ("powers", __("power without shares")),
    Shows.COMPANY: ("companies", __("company")),
    Shows.NAME: ("", __("name")),
    Shows.UNIT: ("units", __("department or team")),
    Shows.WORK: ("work", __("work relationship")),
    Shows.HEAD: ("", __("head of a place")),
    Shows.DEPUTY: ("", __("deputy")),
    Shows.LIMIT: ("signing-limits", __("signing limit")),
    Shows.WEEK: ("calendars", __("working week")),
    Shows.DAY: ("calendars", __("day of its own")),
    Shows.DEFINITION: ("definitions", __("inside rule")),
    Shows.CHOICE: ("definitions", __("choice of an inside rule")),
    Shows.EVENT: ("changes", __("merger or reorganisation")),
}
_TYPES = {
    "application/pdf": "PDF",
    "text/plain": __("text or table"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": __("workbook"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": __("document"),
}


def called(paper: Evidence) -> str:
    """What a file is called; one that was withdrawn has lost its name."""
    return paper.name if paper.withdrawn_at is None else _("file withdrawn")


def _type(paper: Evidence) -> str:
    return str(_TYPES.get(paper.media_type, __("picture")))


def _page(looking: Looking, key: str) -> Detail:
    record = evidence.paper(viewer=looking.viewer, at=looking.at, reference=key)
    paper = record.paper
    return Detail(
        title=called(paper),
        record=record,
        facts=(
            Fact(__("Kind"), _type(paper)),
            Fact(__("Size"), formats.size(paper.size)),
            Fact(__("Brought"), paper.brought_at),
            Fact(__("Fingerprint (SHA-256)"), paper.sha256),
            *(() if paper.withdrawn_at is None else (Fact(__("Withdrawn"), paper.withdrawn_at),)),
        ),
        links=(*_content(paper), *(_link(each) for each in _once(record))),
        audited=(f"paper {paper.reference}",),
    )


def _content(paper: Evidence) -> tuple[Link, ...]:
    """The way to its content, as long as there is one."""
    if paper.withdrawn_at is not None:
        return ()
    return (Link(reverse("office_paper", args=[paper.reference]), _("Save the file"), "download"),)


def _once(record: PaperRecord) -> list[Shown]:
    """Each fact once, whether it is what is known now or was corrected since."""
    found: dict[tuple[Shows, str], Shown] = {}
    for each in record.shows:
        found.setdefault((each.sort, each.code), each)
    return list(found.values())


def _link(each: Shown) -> Link:
    thing, word = _WHERE[each.sort]
    code = each.rule or each.code
    if thing == "definitions":
        name = definitionwords.called(code, each.name)
    else:
        name = each.name if each.on is None else formats.short_day(each.on)
    if each.sort in (Shows.NAME, Shows.HEAD, Shows.DEPUTY):
        thing = "units" if code in queries.world().unit else "companies"
    label = _("Shows: %(what)s, %(name)s") % {"what": word, "name": name}
    return Link(reverse("office_page", args=[thing, code]), label, "arrow-right")


def _withdraw(doing: Doing) -> str:
    reason = doing.values["reason"]
    operations.withdraw_evidence(by=doing.by, at=doing.at, reference=doing.key, reason=reason)
    return doing.key


def _may(looking: Looking, _record: Any) -> Answer:
    return policy.may_administer_everything(looking.viewer, on=looking.at.date())


THING = Thing(
    name="files",
    group=__("The organisation"),
    label=__("Files that show it"),
    lead=__(
        "Registers, contracts and minutes kept with shares, powers, names, departments, work, who leads, signing limits, calendars, inside rules and mergers."
    ),
    icon="file-export",
    search=__("Name of the file"),
    columns=(
        Column(__("Name"), called, sort="name"),
        Column(__("Kind"), _type),
        Column(__("Size"), lambda row: formats.size(row.size), sort="size", end=True),
        Column(__("Brought"), lambda row: row.brought_at, sort="brought"),
        Column(__("Withdrawn"), lambda row: row.withdrawn_at),
    ),
    rows=lambda looking, params: evidence.listed(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: row.reference,
    page=_page,
    acts=(
        Act(
            name="withdraw",
            label=__("Withdraw"),
            icon="trash",
            lead=__(
                "For a file that should never have been here. Nobody can read it any more, and its content is forgotten for good; that there was one stays known."
            ),
            form=(Field("reason", fields.text(__("Why"), help=__("Kept for good. Name papers, not people."))),),
            do=_withdraw,
            may=_may,
            fits=lambda _looking, record: record.paper.withdrawn_at is None,
            done=__("The file is withdrawn."),
            keeps_source=False,
            danger=True,
        ),
    ),
    events={
        "parties.bring_evidence": __("Brought"),
        "parties.open_evidence": __("Read"),
        "parties.withdraw_evidence": __("Withdrawn"),
    },
)
