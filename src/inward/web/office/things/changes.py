"""Mergers, splits, new names and reorganisations in the office: entered with a preview of all they change, and taken back."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext

from inward.kit import vocabularies
from inward.kit.policy import Answer, NotThere
from inward.parties import events, operations, policy, queries
from inward.parties.events import EventRecord
from inward.parties.evidence import Shows
from inward.parties.operations import Source
from inward.parties.reorganising import Plan, Reorganisation, planned, supposed
from inward.parties.vocabulary import EventKind, PartyKind
from inward.trade import queries as trade
from inward.web.components import formats
from inward.web.components.records import Link
from inward.web.office import fields
from inward.web.office.acts import evidence
from inward.web.office.consequences import effects
from inward.web.office.declaring import Act, Column, Detail, Doing, Effect, Fact, Field, Filter, Looking, Thing

_NAMED_MAX = 12


def sentence(record: EventRecord, of: str = "") -> str:
    """What happened, as the page of a department or company (``of``) tells it, or as the list does."""
    day = formats.short_day(record.day)
    part = record.parts[0] if record.parts else None
    here = "" if part is None else part.party.name
    there = "" if part is None or part.other is None else part.other.name
    words = {"here": here, "there": there, "day": day, "before": record.before, "after": record.after}
    match record.kind:
        case EventKind.RENAME:
            return _("“%(before)s” is called “%(after)s” since %(day)s") % words
        case EventKind.MERGER if part is not None and of == part.party.code:
            return _("Merged into %(there)s on %(day)s") % words
        case EventKind.MERGER:
            return _("%(here)s was merged into %(there)s on %(day)s") % words
        case EventKind.SPLIT if there and part is not None and part.other is not None and of == part.other.code:
            return _("Split off from %(here)s on %(day)s") % words
        case EventKind.SPLIT:
            return _("%(there)s was split off from %(here)s on %(day)s") % words
    return _("Reorganised on %(day)s: %(what)s") % {"day": day, "what": _counted(record.units, record.people)}


def facts(party: str) -> Iterable[Fact]:
    """The lines about it on the page of a department or company."""
    for record in events.events_of(party):
        yield Fact(
            __("What became of it"), sentence(record, party), reverse("office_page", args=["changes", record.key])
        )


def _counted(units: int, people: int) -> str:
    departments = ngettext("%(count)s department", "%(count)s departments", units) % {"count": formats.count(units)}
    persons = ngettext("%(count)s person", "%(count)s people", people) % {"count": formats.count(people)}
    return f"{departments}, {persons}"


def _key(key: str) -> int:
    if not key.isascii() or not key.isdigit() or len(key) > 18:  # noqa: PLR2004 - as long as a key may be
        raise NotThere
    return int(key)


def _page(looking: Looking, key: str) -> Detail:
    record = events.event(viewer=looking.viewer, at=looking.at, key=_key(key))
    things = {PartyKind.UNIT: "units", PartyKind.COMPANY: "companies"}
    links = [
        Link(reverse("office_page", args=[things[part.kind], part.party.code]), part.party.name, "hierarchy")
        for part in record.parts[: events.PARTS_MAX]
    ]
    return Detail(
        title=sentence(record),
        record=record,
        facts=(
            Fact(__("What"), _kind(record.kind.value)),
            Fact(__("From"), record.day),
            Fact(__("Departments that moved, opened or closed"), record.units),
            Fact(__("People who work elsewhere by it"), record.people),
            Fact(__("Entered"), record.entered_at),
            Fact(__("On whose word"), record.source),
            *(() if record.undone_at is None else (Fact(__("Taken back"), record.undone_at),)),
        ),
        links=tuple(links),
        audited=(f"change {record.key}",),
        evidence=record.evidence,
    )


def _kind(value: Any) -> str:
    return vocabularies.label("event", str(value), formats.language()) if value else ""


def _asked(doing: Doing, kind: EventKind) -> Reorganisation:
    values = doing.values
    moves: tuple[tuple[str, str], ...] = ()
    if kind is EventKind.REORGANISATION:
        moves = tuple(events.move_said(viewer=doing.by, at=doing.at, line=line) for line in _lines(values["moves"]))
    elif kind is EventKind.SPLIT:
        moves = tuple((events.mover(viewer=doing.by, at=doing.at, typed=line), "") for line in _lines(values["moves"]))
    return Reorganisation(
        kind,
        values["day"],
        source=values.get("source_party") or "",
        target=values.get("target") or "",
        code=values.get("code") or "",
        name=values.get("name") or "",
        moves=moves,
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _do(kind: EventKind) -> Any:
    def done(doing: Doing) -> str:
        asked = _asked(doing, kind)
        return str(
            operations.reorganise(by=doing.by, at=doing.at, asked=asked, source=Source(doing.source, doing.evidence))
        )

    return done


def _undo(doing: Doing) -> str:
    operations.undo_reorganisation(by=doing.by, at=doing.at, event=_key(doing.key))
    return doing.key


def _effects(kind: EventKind) -> Any:
    def told(doing: Doing) -> Sequence[Effect]:
        asked, world = _asked(doing, kind), queries.world()
        plan = planned(world, asked, others=queries.told_by_others(asked.source))
        told = list(_changes(asked, plan))
        if kind is not EventKind.RENAME:
            told += effects(supposed(world, asked, plan), at=doing.at)
        return told

    return told


def _changes(asked: Reorganisation, plan: Plan) -> Iterable[Effect]:
    """Which departments, whose work, which shares, how many open orders."""
    units = [fields.name(code) if code not in {u.id for u in plan.opened} else asked.name for code in plan.units]
    if units:
        yield Effect(_("Departments and teams"), (_listed(units),))
    people = sorted({queries.name_of(work.person) for work in plan.work})
    if people:
        what = ngettext(
            "%(count)s person works elsewhere from that day on: %(names)s.",
            "%(count)s people work elsewhere from that day on: %(names)s.",
            len(people),
        )
        yield Effect(_("People"), (what % {"count": formats.count(len(people)), "names": _listed(people)},))
    yield from _ownership(asked, plan)
    ends = {asked.source} if asked.kind is EventKind.MERGER else set()
    orders = trade.open_orders(ends | set(plan.closed))
    kept = _("Orders that were placed keep what was decided, and are delivered and returned as before.")
    if ends:
        open_ = ngettext("%(count)s order is open.", "%(count)s orders are open.", orders)
        yield Effect(_("Orders"), (open_ % {"count": formats.count(orders)}, kept))
    else:
        yield Effect(_("Orders"), (kept,))


def _ownership(asked: Reorganisation, plan: Plan) -> Iterable[Effect]:
    """Which shares and powers go over, how many end, what outside sources say that stays."""
    sentences = [
        _("%(owned)s: held by %(owner)s from that day on")
        % {"owned": queries.name_of(held.owned), "owner": queries.name_of(held.owner)}
        for held in plan.owned
    ]
    company = {each.id: each.company for each in queries.world().share_classes}
    sentences += [
        _("%(count)s shares in %(owned)s: held by %(owner)s from that day on")
        % {
            "count": formats.count(held.shares),
            "owned": queries.name_of(company[held.share_class]),
            "owner": queries.name_of(held.owner),
        }
        for held in plan.shares
    ]
    sentences += [
        _("Power over %(company)s (%(kind)s): with %(holder)s from that day on")
        % {
            "company": queries.name_of(right.target),
            "kind": vocabularies.label("right_kind", right.kind.value, formats.language()),
            "holder": queries.name_of(right.holder or ""),
        }
        for right in plan.rights
    ]
    if plan.ended:
        facts = {"name": fields.name(asked.source), "count": formats.count(len(plan.ended))}
        sentences.append(_("Shares in %(name)s, its share classes and powers over it that end: %(count)s") % facts)
    if sentences:
        yield Effect(_("Ownership"), tuple(sentences))
    if plan.left:
        left = _("What outside sources say of it is not moved (%(count)s): nobody corrects another's word.")
        yield Effect(_("Left as it is"), (left % {"count": formats.count(plan.left)},), tone="warn")


def _listed(names: Sequence[str]) -> str:
    shown, more = names[:_NAMED_MAX], len(names) - _NAMED_MAX
    listed = "; ".join(shown)
    return listed if more <= 0 else _("%(names)s and %(more)s more") % {"names": listed, "more": formats.count(more)}


def _may(looking: Looking, record: EventRecord | None) -> Answer:
    on = looking.at.date()
    if record is None:
        return policy.may_keep_records(looking.viewer, on=on)
    return policy.may_administer(looking.viewer, companies=record.companies, on=on)


def _kinds(_looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    return [(kind.value, _kind(kind.value)) for kind in EventKind]


def _today(looking: Looking, _record: Any) -> Mapping[str, Any]:
    return {"day": looking.on}


def _place(label: Any, help: Any = "") -> Any:
    return fields.party(label, PartyKind.UNIT, PartyKind.COMPANY, help=help)


_DAY = Field("day", fields.day(__("From")))
_WHO = __("One on each line: name or code of a person who works in it, or of a team that stands in it.")
_MOVES = __(
    "One on each line: who = where. A person = a department; a department = a department, or a company for its top."
)

THING = Thing(
    name="changes",
    group=__("The organisation"),
    label=__("Mergers and reorganisations"),
    lead=__("Mergers, splits, new names and moves of many at once, each from a day on."),
    icon="refresh",
    search=__("Name or code"),
    filters=(Filter("kind", __("What"), _kinds),),
    columns=(
        Column(__("What happened"), sentence),
        Column(__("What"), lambda row: _kind(row.kind.value)),
        Column(__("From"), lambda row: row.day, sort="day"),
        Column(__("People"), lambda row: row.people, end=True),
        Column(__("Taken back"), lambda row: row.undone_at),
    ),
    rows=lambda looking, params: events.events(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: str(row.key),
    page=_page,
    creates=(
        Act(
            name="merge",
            label=__("Merge"),
            icon="plus",
            lead=__(
                "Two departments of one company, or two companies: the first goes up in the second, with its teams and people."
            ),
            form=(
                Field("source_party", _place(__("What goes up in another")), fields.name),
                Field("target", _place(__("Into"), __("Name or code.")), fields.name),
                _DAY,
            ),
            initial=_today,
            do=_do(EventKind.MERGER),
            keeps_evidence=True,
            effects=_effects(EventKind.MERGER),
            may=_may,
            done=__("The merger is kept."),
        ),
        Act(
            name="split",
            label=__("Split"),
            icon="plus",
            lead=__("A new department beside another, with some of its people and teams. The rest stays."),
            form=(
                Field("source_party", fields.party(__("Department to split"), PartyKind.UNIT), fields.name),
                Field("code", fields.text(__("Code of the new one"), most=120)),
                Field("name", fields.text(__("Name of the new one"))),
                Field("moves", fields.area(__("Who goes there"), required=True, help=_WHO)),
                _DAY,
            ),
            initial=_today,
            do=_do(EventKind.SPLIT),
            keeps_evidence=True,
            effects=_effects(EventKind.SPLIT),
            may=_may,
            done=__("The split is kept."),
        ),
        Act(
            name="rename",
            label=__("New name"),
            icon="edit",
            lead=__("Keeps in the history that it was called otherwise, and until when."),
            form=(
                Field("source_party", _place(__("Company, department or team")), fields.name),
                Field("name", fields.text(__("Name"))),
                _DAY,
            ),
            initial=_today,
            do=_do(EventKind.RENAME),
            keeps_evidence=True,
            effects=_effects(EventKind.RENAME),
            may=_may,
            done=__("The new name is kept."),
        ),
        Act(
            name="reorganise",
            label=__("Reorganise"),
            icon="plus",
            lead=__("Many moves from one day on, all of them or none."),
            form=(Field("moves", fields.area(__("Moves"), required=True, help=_MOVES)), _DAY),
            initial=_today,
            do=_do(EventKind.REORGANISATION),
            keeps_evidence=True,
            effects=_effects(EventKind.REORGANISATION),
            may=_may,
            done=__("The reorganisation is kept."),
        ),
    ),
    acts=(
        evidence(shows=Shows.EVENT, may=_may, fits=lambda _looking, record: record.undone_at is None),
        Act(
            name="undo",
            label=__("Take back"),
            icon="arrow-back-up",
            lead=__("Everything is known again as before, as long as nothing leans on it."),
            do=_undo,
            may=_may,
            fits=lambda _looking, record: record.undone_at is None,
            done=__("It is taken back."),
            danger=True,
            keeps_source=False,
        ),
    ),
    events={
        "parties.reorganise": __("Entered"),
        "parties.undo_reorganisation": __("Taken back"),
        "parties.attach_evidence": __("File added"),
    },
)
