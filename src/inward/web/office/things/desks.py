"""Help in the office: the queues of departments, what is often asked of them, and what they promise. Kept by service owners and
data administrators.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext

from inward.core.classification import Kind, WorkKind
from inward.desk import actlines, chains, lines, macros, operations, policy, queries, queues
from inward.desk.cases import QueueRow, RequestRow
from inward.desk.casewords import HandingOut, Impact, Urgency
from inward.desk.levels import Level
from inward.desk.promises import as_json
from inward.desk.queries import StandardRecord
from inward.kit import vocabularies
from inward.kit.lists import PAGE_SIZE_MAX
from inward.kit.policy import Answer, NotThere
from inward.parties import policy as keeping
from inward.parties import queries as parties
from inward.parties.vocabulary import PartyKind
from inward.web.components import formats
from inward.web.components.naming import full_name
from inward.web.office import fields
from inward.web.office.acts import ending
from inward.web.office.declaring import Act, Column, Detail, Doing, Fact, Field, Looking, Thing, Version

GROUP = __("Help")


def label(sort: str, value: Any) -> str:
    """What a value of a vocabulary is called."""
    return vocabularies.label(sort, str(value), formats.language())


def options(sort: str, values: Iterable[Any]) -> Any:
    """The values of a vocabulary, to choose from."""
    known = [each.value for each in values]
    return lambda _looking, _record=None: [(value, label(sort, value)) for value in known]


def listed(sort: str, values: Iterable[str], none: str) -> str:
    """Several values of a vocabulary in one line; ``none`` where there are none."""
    return ", ".join(label(sort, value) for value in values) or none


# --- who keeps what ----------------------------------------------------------------------------------------------------


def keeps_some(looking: Looking) -> Answer:
    """Who keeps the help of some department."""
    return policy.may_keep_some_queue(looking.viewer, on=looking.at.date())


def may_keep(looking: Looking, supplier: str) -> Answer:
    """Whether the viewer keeps the help of a department."""
    placed = parties.world().unit.get(supplier)
    company = placed[-1].company if placed else supplier
    return policy.may_keep_queue(looking.viewer, supplier=supplier, company=company, on=looking.at.date())


def suppliers(looking: Looking) -> Mapping[str, str]:
    """The companies and departments whose help the viewer keeps, by code."""
    over = policy.queues_kept_by(looking.viewer, on=looking.at.date())
    here = parties.world()
    known = {*here.company, *here.unit}
    return parties.names(known if over is None else known & over)


def supplier_of(looking: Looking, record: Any) -> Any:
    """The field for a department whose help the viewer keeps."""
    make = fields.one_of_many(__("Department"), lambda: suppliers(looking), help=__("Name or code of who helps."))
    return make(looking, record)


# --- queues ------------------------------------------------------------------------------------------------------------


def _queue_page(looking: Looking, key: str) -> Detail:
    row = queues.queue(viewer=looking.viewer, at=looking.at, code=key)
    _require(may_keep(looking, row.supplier.code))
    return Detail(
        title=row.name,
        spoken=True,
        record=row,
        facts=(
            Fact(__("Code"), row.code),
            Fact(__("Department"), full_name(row.supplier.code, on=looking.on)),
            Fact(__("What it helps with"), row.words),
            Fact(__("Confidential"), row.confidential),
            Fact(__("Who takes a new one on"), label("handing_out", row.handing_out)),
            Fact(__("Closes after solved, working days"), row.close_after),
            Fact(__("Can be opened again, working days"), row.reopen_within),
            Fact(__("Orders that need hands become requests here"), row.orders),
            _levels_fact(looking, row.code),
            Fact(__("Takes nothing new since"), row.closed_at),
        ),
        audited=(f"{row.code} queue",),
    )


def _level_words(found: Level) -> str:
    to = label("level_receiver", found.to.value)
    if found.percent is not None:
        return _("%(who)s, at %(percent)s %% of the time") % {"who": to, "percent": formats.count(found.percent)}
    said = {"who": to, "minutes": formats.count(found.minutes or 0), "times": formats.count(found.times)}
    return _("%(who)s, every %(minutes)s minutes after it is due, %(times)s times") % said


def _levels_fact(looking: Looking, queue: str) -> Fact:
    """Who is told when clocks run out."""
    found, usual = macros.levels_of(viewer=looking.viewer, at=looking.at, queue=queue)
    told = "; ".join(map(_level_words, found)) or _("nobody")
    return Fact(__("Told when time runs out"), _("as is usual: %(who)s") % {"who": told} if usual else told)


def _set_levels(doing: Doing) -> str:
    given = None if doing.values["usual"] else actlines.read_levels(doing.values["levels"])
    operations.set_levels(by=doing.by, at=doing.at, queue=doing.key, given=given)
    return doing.key


def _levels_now(looking: Looking, record: QueueRow) -> Mapping[str, Any]:
    found, usual = macros.levels_of(viewer=looking.viewer, at=looking.at, queue=record.code)
    return {"usual": usual, "levels": actlines.levels_text(found)}


def _take_orders(doing: Doing) -> str:
    operations.take_orders(by=doing.by, at=doing.at, queue=doing.key)
    return doing.key


def _take_no_orders(doing: Doing) -> str:
    operations.take_orders(by=doing.by, at=doing.at, queue=doing.key, orders=False)
    return doing.key


def _require(answer: Answer) -> None:
    """Whoever does not keep it is told that it is not there."""
    if not answer:
        raise NotThere


def _set_queue(doing: Doing) -> str:
    values, record = doing.values, doing.record
    code = record.code if record is not None else values["code"]
    operations.set_queue(
        by=doing.by,
        at=doing.at,
        code=code,
        supplier=record.supplier.code if record is not None else values["supplier"],
        name=values["name"],
        words=values["words"],
        confidential=values["confidential"],
        handing_out=HandingOut(values["handing_out"]),
        close_after=values["close_after"],
        reopen_within=values["reopen_within"],
    )
    return str(code)


def _close_queue(doing: Doing) -> str:
    operations.close_queue(by=doing.by, at=doing.at, code=doing.key)
    return doing.key


def _queue_now(_looking: Looking, record: QueueRow) -> Mapping[str, Any]:
    names = ("name", "words", "confidential", "handing_out", "close_after", "reopen_within")
    return {name: getattr(record, name) for name in names}


def _may_queue(looking: Looking, record: QueueRow | None) -> Answer:
    return keeps_some(looking) if record is None else may_keep(looking, record.supplier.code)


CODE = Field("code", fields.text(__("Code"), most=60, help=__("Letters, digits and . _ -; it stays.")))
_QUEUE_FORM = (
    Field("name", fields.text(__("Name")), spoken=True),
    Field("words", fields.area(__("What it helps with"), help=__("For whoever looks for help."), most=1000)),
    Field(
        "confidential",
        fields.flag(
            __("Confidential"),
            help=__(
                "That there are requests is known only to whoever asked and to case handlers of this very department."
            ),
        ),
    ),
    Field(
        "handing_out",
        fields.choice(__("Who takes a new one on"), options("handing_out", HandingOut)),
        partial(label, "handing_out"),
    ),
    Field("close_after", fields.whole(__("Closes after solved, working days"), most=365)),
    Field("reopen_within", fields.whole(__("Can be opened again, working days"), most=365)),
)
_LEVELS_FORM = (
    Field("usual", fields.flag(__("As is usual"), help=__("Then what stands below does not count."))),
    Field(
        "levels",
        fields.area(
            __("Levels"),
            most=2000,
            help=__(
                "One a line: 75 % = OWNER (whoever has the request), 100 % = HEAD (whoever acts as head), 240 min x 3 = HEAD (every 240 "
                "minutes of working time after it is due, three times, each one place higher). None: nobody is told."
            ),
        ),
    ),
)
_QUEUE_NEW = {"handing_out": HandingOut.BY_HAND.value, "close_after": 5, "reopen_within": 14}

QUEUES = Thing(
    name="queues",
    group=GROUP,
    label=__("Queues"),
    lead=__("Where a department takes requests on. What is asked of a queue that is closed goes on."),
    icon="message",
    may=keeps_some,
    columns=(
        Column(__("Name"), lambda row: row.name, sort="name", spoken=True),
        Column(__("Code"), lambda row: row.code, sort="code"),
        Column(__("Department"), lambda row: row.supplier.name),
        Column(__("Confidential"), lambda row: row.confidential),
        Column(__("Who takes a new one on"), lambda row: label("handing_out", row.handing_out)),
        Column(__("Takes nothing new since"), lambda row: row.closed_at),
    ),
    rows=lambda looking, params: queues.queues(viewer=looking.viewer, at=looking.at, params=params, kept=True),
    key=lambda row: row.code,
    page=_queue_page,
    creates=(
        Act(
            name="new",
            label=__("New queue"),
            icon="plus",
            form=(CODE, Field("supplier", supplier_of, fields.name), *_QUEUE_FORM),
            initial=lambda _looking, _record: _QUEUE_NEW,
            do=_set_queue,
            may=_may_queue,
            done=__("The queue is kept."),
            keeps_source=False,
        ),
    ),
    acts=(
        Act(
            name="change",
            label=__("Change"),
            icon="edit",
            lead=__("A queue that was closed takes requests on again."),
            form=_QUEUE_FORM,
            initial=_queue_now,
            do=_set_queue,
            may=_may_queue,
            done=__("The queue is kept."),
            keeps_source=False,
        ),
        Act(
            name="levels",
            label=__("Who is told when time runs out"),
            icon="clock",
            lead=__("Each is told in their own working time, once. What is under way is looked at anew."),
            form=_LEVELS_FORM,
            initial=_levels_now,
            do=_set_levels,
            may=_may_queue,
            done=__("Who is told is kept."),
            keeps_source=False,
        ),
        Act(
            name="orders",
            label=__("Take orders on"),
            icon="package",
            lead=__(
                "Orders that need hands become requests of this queue; of no other queue of the department any more."
            ),
            do=_take_orders,
            may=_may_queue,
            fits=lambda _looking, record: record.closed_at is None and not record.orders and not record.confidential,
            done=__("Orders become requests here."),
            keeps_source=False,
        ),
        Act(
            name="no-orders",
            label=__("Take no orders on"),
            icon="x",
            lead=__("What came from orders goes on here."),
            do=_take_no_orders,
            may=_may_queue,
            fits=lambda _looking, record: record.closed_at is None and record.orders,
            done=__("Orders become no requests here."),
            keeps_source=False,
        ),
        Act(
            name="close",
            label=__("Close"),
            icon="x",
            lead=__("Nothing new is asked of it; what is under way goes on."),
            do=_close_queue,
            may=_may_queue,
            fits=lambda _looking, record: record.closed_at is None,
            done=__("The queue takes nothing new."),
            keeps_source=False,
            danger=True,
        ),
    ),
    events={
        "desk.set_queue": __("Set"),
        "desk.close_queue": __("Closed"),
        "desk.set_levels": __("Who is told when time runs out"),
        "desk.take_orders": __("Orders"),
    },
)

# --- request types -----------------------------------------------------------------------------------------------------


def _request_page(looking: Looking, key: str) -> Detail:
    row = queues.request(viewer=looking.viewer, at=looking.at, code=key)
    _require(may_keep(looking, row.supplier.code))
    return Detail(
        title=row.name,
        spoken=True,
        record=row,
        facts=(
            Fact(__("Code"), row.code),
            Fact(__("Queue"), row.queue.name, spoken=True),
            Fact(__("Department"), full_name(row.supplier.code, on=looking.on)),
            Fact(__("In words"), row.words),
            *(Fact(each.label, _question_words(each)) for each in row.questions),
            Fact(__("For whom, by standing"), listed("standing_kind", row.kinds, _("everybody"))),
            Fact(__("For whom, by work relationship"), listed("work_kind", row.work, _("everybody"))),
            Fact(__("How many cannot work"), label("impact", row.impact.value)),
            Fact(__("How long it can wait"), label("urgency", row.urgency.value)),
            Fact(__("Asked again with one tap"), row.quick),
            Fact(__("Item that says what it costs"), row.offering),
            Fact(__("Made of"), ", ".join(row.parts)),
            Fact(__("May be written without one’s name"), row.protected),
            Fact(__("Also by whoever is not signed in"), row.outsiders),
            Fact(__("Asked no more since"), row.closed_at),
        ),
        audited=(f"{row.code} request",),
    )


def _question_words(question: Any) -> str:
    said = lines.form_text([question]).partition(" | ")[2]
    return said.replace(" | ", ", ")


def _set_request(doing: Doing) -> str:
    values, record = doing.values, doing.record
    code = record.code if record is not None else values["code"]
    operations.set_request(
        by=doing.by,
        at=doing.at,
        code=code,
        queue=record.queue.code if record is not None else values["queue"],
        name=values["name"],
        words=values["words"],
        fields=lines.read_form(values["fields"]),
        kinds=[Kind(value) for value in values["kinds"]],
        work=[WorkKind(value) for value in values["work"]],
        impact=Impact(values["impact"]),
        urgency=Urgency(values["urgency"]),
        quick=values["quick"],
        offering=values["offering"].strip(),
        parts=values["parts"].replace(",", " ").split(),
        protected=values["protected"],
        outsiders=values["outsiders"],
    )
    return str(code)


def _close_request(doing: Doing) -> str:
    operations.close_request(by=doing.by, at=doing.at, code=doing.key)
    return doing.key


def _request_now(_looking: Looking, record: RequestRow) -> Mapping[str, Any]:
    return {
        **{name: getattr(record, name) for name in ("name", "words", "quick", "offering", "protected", "outsiders")},
        "fields": lines.form_text(record.questions),
        "kinds": list(record.kinds),
        "work": list(record.work),
        "impact": record.impact.value,
        "urgency": record.urgency.value,
        "parts": " ".join(record.parts),
    }


def queues_kept(looking: Looking, _record: Any = None) -> list[tuple[str, str]]:
    """The open queues the viewer keeps, to choose from."""
    found = queues.queues(viewer=looking.viewer, at=looking.at, params={"limit": str(PAGE_SIZE_MAX)}, kept=True)
    return [(row.code, f"{row.name} ({row.supplier.name})") for row in found.rows if row.closed_at is None]


_FORM_HELP = __(
    "One question a line: name: question | kind | needed. Kinds: TEXT, LONG_TEXT, NUMBER, DAY, YES_NO, CHOICE a; b. Asked only "
    "after another answer: | if name = a; b. With a hint: | help: … Such as: till: Which till? | NUMBER | needed"
)
_REQUEST_FORM = (
    Field("name", fields.text(__("Name")), spoken=True),
    Field("words", fields.area(__("In words"), most=1000)),
    Field("fields", fields.area(__("Questions"), help=_FORM_HELP, most=20_000)),
    Field(
        "kinds",
        fields.several(__("For whom, by standing"), options("standing_kind", Kind), help=__("None: everybody.")),
        lambda values: listed("standing_kind", values, _("everybody")),
    ),
    Field(
        "work",
        fields.several(
            __("For whom, by work relationship"), options("work_kind", WorkKind), help=__("None: everybody.")
        ),
        lambda values: listed("work_kind", values, _("everybody")),
    ),
    Field("impact", fields.choice(__("How many cannot work"), options("impact", Impact)), partial(label, "impact")),
    Field("urgency", fields.choice(__("How long it can wait"), options("urgency", Urgency)), partial(label, "urgency")),
    Field("quick", fields.flag(__("Asked again with one tap"), help=__("For what is measured in minutes."))),
    Field("offering", fields.text(__("Item that says what it costs"), most=60, required=False, help=__("Its code."))),
    Field(
        "parts",
        fields.text(
            __("Made of"),
            most=1000,
            required=False,
            help=__("Codes of other request types: each is a request of its own."),
        ),
    ),
    Field(
        "protected",
        fields.flag(
            __("May be written without one’s name"),
            help=__("Of a confidential queue: whoever writes is known nowhere and comes back by a code."),
        ),
    ),
    Field("outsiders", fields.flag(__("Also by whoever is not signed in"))),
)

REQUESTS = Thing(
    name="request-types",
    group=GROUP,
    label=__("What can be asked"),
    lead=__("What is often asked of a queue, with its questions and who may ask it."),
    icon="help",
    may=keeps_some,
    columns=(
        Column(__("Name"), lambda row: row.name, sort="name", spoken=True),
        Column(__("Code"), lambda row: row.code, sort="code"),
        Column(__("Queue"), lambda row: row.queue.name, spoken=True),
        Column(__("Department"), lambda row: row.supplier.name),
        Column(__("Questions"), lambda row: len(row.questions), end=True),
        Column(__("Asked no more since"), lambda row: row.closed_at),
    ),
    rows=lambda looking, params: queues.requests(viewer=looking.viewer, at=looking.at, params=params, kept=True),
    key=lambda row: row.code,
    page=_request_page,
    creates=(
        Act(
            name="new",
            label=__("New request type"),
            icon="plus",
            form=(CODE, Field("queue", fields.choice(__("Queue"), queues_kept)), *_REQUEST_FORM),
            initial=lambda _looking, _record: {"impact": Impact.ONE.value, "urgency": Urgency.SOON.value},
            do=_set_request,
            may=lambda looking, _record: keeps_some(looking),
            done=__("The request type is kept."),
            keeps_source=False,
        ),
    ),
    acts=(
        Act(
            name="change",
            label=__("Change"),
            icon="edit",
            lead=__("What was asked before keeps its answers."),
            form=_REQUEST_FORM,
            initial=_request_now,
            do=_set_request,
            may=lambda looking, record: may_keep(looking, record.supplier.code),
            done=__("The request type is kept."),
            keeps_source=False,
        ),
        Act(
            name="close",
            label=__("Close"),
            icon="x",
            lead=__("It is asked no more; what was asked goes on."),
            do=_close_request,
            may=lambda looking, record: may_keep(looking, record.supplier.code),
            fits=lambda _looking, record: record.closed_at is None,
            done=__("It is asked no more."),
            keeps_source=False,
            danger=True,
        ),
    ),
    events={"desk.set_request": __("Set"), "desk.close_request": __("Closed")},
)

# --- service promises --------------------------------------------------------------------------------------------------


def _standard_page(looking: Looking, key: str) -> Detail:
    versions = queries.versions(viewer=looking.viewer, at=looking.at, code=key)
    known = [each for each in versions if each.known_until is None]
    shown = next((each for each in known if looking.on in each.period), known[0] if known else versions[0])
    told = as_json(shown.terms)
    return Detail(
        title=shown.name,
        spoken=True,
        record=shown,
        facts=(
            Fact(__("Code"), shown.code),
            Fact(__("Department"), full_name(shown.supplier.code, on=looking.on)),
            Fact(__("For whom"), listed("standing_kind", told["kinds"], _("everybody"))),
            *_target_facts(told["targets"]),
            *_hold_facts(told["holds"]),
            Fact(__("An answer before the next opening is in time"), shown.terms.grace),
            *_part_facts(shown, looking.on),
        ),
        versions=tuple(
            Version(each.period, _standard_words(each), each.known_from, each.known_until, each.source)
            for each in versions
        ),
        audited=(f"{shown.code} promise",),
    )


def _target_facts(targets: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Iterable[Fact]:
    for measure, by_priority in targets.items():
        for priority, within in by_priority.items():
            named = (
                f"{label('measure', measure)}, {label('priority', priority)}" if priority else label("measure", measure)
            )
            yield Fact(named, _within_words(within))


def _within_words(within: Mapping[str, Any]) -> str:
    if "minutes" in within:
        return _("%(minutes)s minutes of working time") % {"minutes": within["minutes"]}
    count = within["dates"]
    days = ngettext("%(count)s working day", "%(count)s working days", count) % {"count": formats.count(count)}
    return _("%(days)s, by the end of the day") % {"days": days} if within["end"] == "END_OF_DAY" else days


def _hold_facts(holds: Mapping[str, Mapping[str, Any]]) -> Iterable[Fact]:
    for why, hold in holds.items():
        measures = ", ".join(label("measure", measure) for measure in hold["measures"])
        if hold["minutes_max"] is None:
            said = _("stands still for: %(measures)s") % {"measures": measures}
        else:
            said = _("stands still for %(minutes)s minutes of working time at most: %(measures)s") % {
                "minutes": hold["minutes_max"],
                "measures": measures,
            }
        yield Fact(label("hold", why), said)


def _part_facts(record: StandardRecord, on: date) -> Iterable[Fact]:
    """The places it rests on, each with its part, and whether it promises as much."""
    for part in chains.parts(record, on=on):
        said = formats.length(part.budget)
        if not part.own and part.promised is None:
            said = _("%(part)s; it promises nothing about solving") % {"part": said}
        elif part.promise is not None:
            said = (_("%(part)s; promised: %(name)s, %(time)s") if part.fits else _LONGER) % {
                "part": said,
                "name": part.promise.name,
                "time": formats.length(part.promised),
            }
        yield Fact(_("Part of %(place)s") % {"place": full_name(part.place, on=on)}, said)


def _standard_words(record: StandardRecord) -> str:
    told = (f"{fact.label}: {fact.value}" for fact in _target_facts(as_json(record.terms)["targets"]))
    return f"{record.name}. {'; '.join(told)}"


def _set_standard(doing: Doing) -> str:
    values, record = doing.values, doing.record
    code = record.code if record is not None else values["code"]
    operations.set_standard(
        by=doing.by,
        at=doing.at,
        code=code,
        supplier=record.supplier.code if record is not None else values["supplier"],
        name=values["name"],
        terms={
            "kinds": values["kinds"],
            "targets": lines.read_targets(values["targets"]),
            "holds": lines.read_holds(values["holds"]),
            "grace": values["grace"],
            "chain": lines.read_chain(values["chain"]),
        },
        valid_from=values["valid_from"],
        source=doing.source,
    )
    return str(code)


def _end_standard(doing: Doing) -> str:
    until = doing.values["valid_until"]
    operations.end_standard(by=doing.by, at=doing.at, code=doing.key, valid_until=until, source=doing.source)
    return doing.key


def _standard_now(_looking: Looking, record: StandardRecord) -> Mapping[str, Any]:
    told = as_json(record.terms)
    return {
        "name": record.name,
        "kinds": told["kinds"],
        "targets": lines.targets_text(told["targets"]),
        "holds": lines.holds_text(told["holds"]),
        "grace": told["grace"],
        "chain": lines.chain_text(told["chain"]),
    }


def _promises_some(looking: Looking) -> Answer:
    return keeping.may_keep_records(looking.viewer, on=looking.at.date())


def _may_promise(looking: Looking, record: StandardRecord | None) -> Answer:
    if record is None:
        return _promises_some(looking)
    placed = parties.world().unit.get(record.supplier.code)
    company = placed[-1].company if placed else record.supplier.code
    return policy.may_promise(looking.viewer, company=company, on=looking.at.date())


_LONGER = __("%(part)s; promised is more: %(name)s, %(time)s")
_TARGETS_HELP = __(
    "One a line. OWN: taken on; RESPOND: first answer; RESPOND_NEXT: next answer; UPDATE: news; RESOLVE: solved. With URGENT, HIGH, "
    "NORMAL or LOW for one priority. Such as: RESPOND = 240 min; RESPOND URGENT = 30 min; RESOLVE = 3 days, end of day"
)
_HOLDS_HELP = __(
    "One a line: for what a request may wait (CUSTOMER, APPROVAL, SUPPLIER, AGREED_DAY), what stands still meanwhile, and for how long "
    "at most. Such as: CUSTOMER = RESOLVE, UPDATE; 960 min"
)
_CHAIN_HELP = __(
    "One a line, in the order in which they work: the code of a department or company, and its share of the time to solve. Such as: "
    "abc-it = 2. Empty: whoever promises it does all of it."
)
_STANDARD_FORM = (
    Field(
        "valid_from", fields.day(__("From"), required=False, help=__("Empty: always so far, for the first version."))
    ),
    Field("name", fields.text(__("Name")), spoken=True),
    Field(
        "kinds",
        fields.several(__("For whom"), options("standing_kind", Kind), help=__("None: everybody.")),
        lambda values: listed("standing_kind", values, _("everybody")),
    ),
    Field("targets", fields.area(__("What is promised"), required=True, help=_TARGETS_HELP)),
    Field("holds", fields.area(__("What may wait"), help=_HOLDS_HELP)),
    Field("grace", fields.flag(__("An answer before the next opening is in time"))),
    Field("chain", fields.area(__("On whom it rests"), help=_CHAIN_HELP)),
)

PROMISES = Thing(
    name="service-promises",
    group=GROUP,
    label=__("Service promises"),
    lead=__("What companies and departments promise those they serve. A version that was promised is never changed."),
    icon="clock",
    dated=True,
    columns=(
        Column(__("Name"), lambda row: row.name, sort="name", spoken=True),
        Column(__("Code"), lambda row: row.code, sort="code"),
        Column(__("Department"), lambda row: row.supplier.name),
        Column(
            __("For whom"),
            lambda row: listed("standing_kind", sorted(kind.value for kind in row.terms.kinds), _("everybody")),
        ),
    ),
    rows=lambda looking, params: queries.standards(viewer=looking.viewer, at=looking.at, on=looking.on, params=params),
    key=lambda row: row.code,
    page=_standard_page,
    creates=(
        Act(
            name="new",
            label=__("New promise"),
            icon="plus",
            lead=__("For whoever stands so to the department; what is promised nearer to it goes before."),
            form=(
                CODE,
                Field("supplier", fields.party(__("Department"), PartyKind.COMPANY, PartyKind.UNIT), fields.name),
                *_STANDARD_FORM,
            ),
            initial=lambda _looking, _record: {"grace": True},
            do=_set_standard,
            may=_may_promise,
            done=__("The promise is kept."),
        ),
    ),
    acts=(
        Act(
            name="version",
            label=__("New version from a day on"),
            icon="edit",
            lead=__("Requests that are under way keep the version they were promised."),
            form=_STANDARD_FORM,
            initial=_standard_now,
            do=_set_standard,
            may=_may_promise,
            done=__("The promise is kept."),
        ),
        ending(lead=__("From the day after this is promised no more."), do=_end_standard, may=_may_promise),
    ),
    events={"desk.set_standard": __("Version"), "desk.end_standard": __("Ended")},
)
