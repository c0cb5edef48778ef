"""Inside or outside, for anyone to understand: the verdict on two parties on a day, drawn, told and turned round."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from inward.core.classification import Around, ControlRight, Definition, Holding, Kind, Stretch, Verdict, ends
from inward.core.terms import Rate, Refusal
from inward.insight.policy import may_suppose
from inward.kit import vocabularies
from inward.kit.policy import NotThere, Refused
from inward.parties import definitions, evidence, explaining
from inward.parties import queries as parties
from inward.parties.explaining import Explained, ForPurpose
from inward.parties.papers import Evidence
from inward.parties.vocabulary import Purpose
from inward.web.components import formats, insiderules, lists
from inward.web.components.drawing import Arrow, Drawing, Shape, drawing
from inward.web.components.errors import words as reason_words
from inward.web.components.naming import full_name
from inward.web.components.records import Link, VerdictWords
from inward.web.components.requests import ActingRequest
from inward.web.home import words
from inward.web.home.forms import FOR, InsideForm

RELATED = frozenset({Kind.JOINT_VENTURE, Kind.ASSOCIATE})
"""Outside, but not strangers: pages say which."""
OFFERED_MAX = 200
"""So many companies are offered to choose from; others are found by typing."""


@dataclass(frozen=True, slots=True)
class Share:
    """One arrow of the picture as a row: who holds how much of whom since when, whether the verdict rests on it, and on
    whose word it is known; the file that shows it where the reader may have it.
    """

    owner: str
    owned: str
    percent: str
    since: date | None
    last: date | None
    carrying: bool
    source: str
    paper: Evidence | None


@dataclass(frozen=True, slots=True)
class StretchRow:
    """A line of the history: the days, what it was, why it came about, and the address that shows it."""

    url: str
    since: date | None
    last: date | None
    inside: bool | None
    known: bool
    related: bool
    kind: str
    causes: tuple[str, ...]
    current: bool


@dataclass(frozen=True, slots=True)
class PurposeRow:
    """The verdict for one purpose, the rule that serves it, and the address that explains it."""

    url: str
    purpose: str
    rule: str
    since: date | None
    inside: bool
    known: bool
    related: bool
    kind: str
    current: bool
    note: str


@dataclass(frozen=True, slots=True)
class Page:
    """What the page shows of an answer."""

    verdict: VerdictWords
    turns: tuple[str, ...]
    uncounted: tuple[str, ...]
    """What is known of the two and counts for nothing by this inside rule."""
    inside: bool
    why_rule: str
    tax_note: str
    """Judged for tax: whether it is charged."""
    purposes: tuple[PurposeRow, ...]
    alike: bool
    """Whether the verdict is the same for every purpose."""
    drawn: Drawing | None
    shares: tuple[Share, ...]
    cut: bool
    stretches: tuple[StretchRow, ...]
    stretch: int
    history_cut: bool
    swap: str


@require_safe
def inside(request: ActingRequest) -> HttpResponse:
    """Ask about two parties on a day; without a question, the form and some to begin with."""
    viewer, today = request.actor, request.at.date()
    given = {
        name: value.strip() for name, value in lists.asked(request.GET, ("supplier", "customer", "on", "rule")).items()
    }
    begun = {"on": today.isoformat(), "customer": viewer.customer or "", "rule": FOR + Purpose.PRICE.value} | given
    form = InsideForm(begun) if "supplier" in given else InsideForm(initial=dict(begun))
    answer: dict[str, Any] = {"examples": _examples(request), "supposes": bool(may_suppose(viewer, on=today))}
    if form.is_valid():
        answer |= _answer(request, form.cleaned_data)
    if "names" in answer:  # what was found, in full and on the day that is shown
        form = InsideForm(initial=answer["names"] | {"on": answer["on"], "rule": begun["rule"]})
    return render(request, "home/inside.html", {"form": form, "offered": _offered(today)} | answer)


def _answer(request: ActingRequest, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The answer, or the sentence why there is none, or whom a name may mean."""
    asking: dict[str, str] = {}
    purpose = Purpose(asked["rule"].removeprefix(FOR)) if asked["rule"].startswith(FOR) else None
    for end in ("supplier", "customer"):
        found = explaining.named(viewer=request.actor, at=request.at, text=str(asked[end]))
        if len(found) != 1:
            return _unclear(asked, end, found)
        asking[end] = found[0]
    try:
        told = _explained(request, asking, asked["on"], _rule(asked, purpose, asked["on"]), purpose)
    except NotThere:
        return {"refused": _("This inside rule does not exist on that day.")}
    except Refusal as refusal:
        return {"refused": reason_words(refusal.reason)}
    except Refused as refused:
        return {"refused": " ".join(reason_words(reason) for reason in refused.reasons)}
    chosen = request.GET.get("stretch", "")
    if chosen.isdecimal() and int(chosen) < len(told.history.stretches):
        day = _day_of(told.history.stretches[int(chosen)], request.at.date())
        told = _explained(request, asking, day, _rule(asked, purpose, day), purpose)
    names = {end: full_name(code, on=told.on) for end, code in asking.items()}
    return {
        "told": _page(request, told, asked["rule"], purpose),
        "names": names,
        "ends": asking,
        "on": told.on,
        "rule": asked["rule"],
    }


def _rule(asked: Mapping[str, Any], purpose: Purpose | None, on: date) -> Definition:
    """The rule that serves the purpose on that day, or the one that was chosen. NotThere for none."""
    return definitions.found(asked["rule"], on=on) if purpose is None else definitions.definition(purpose, on=on)


def _explained(
    request: ActingRequest, ends: Mapping[str, str], on: date, rule: Definition, purpose: Purpose | None
) -> Explained:
    """Asked by a rule of one's choice it is asked for nothing, and no household counts, unless that rule serves prices."""
    if purpose is None and definitions.definition(Purpose.PRICE, on=on).id == rule.id:
        purpose = Purpose.PRICE
    return explaining.explained(
        viewer=request.actor,
        at=request.at,
        supplier=ends["supplier"],
        customer=ends["customer"],
        on=on,
        definition=rule,
        purpose=purpose,
    )


def _unclear(asked: Mapping[str, Any], end: str, found: Iterable[str]) -> dict[str, Any]:
    """Whom a name may mean, each a link that asks again."""
    on: date = asked["on"]
    given = {name: str(value) for name, value in asked.items()} | {"on": on.isoformat()}
    links = tuple(Link(_address(given | {end: code}), full_name(code, on=on)) for code in found)
    return {"unclear": asked[end], "which": links}


def _page(request: ActingRequest, told: Explained, rule: str, purpose: Purpose | None) -> Page:
    stretch = told.history.stretches.index(told.history.on(told.on))
    picture = told.picture
    asked = {"supplier": told.supplier, "customer": told.customer, "rule": rule}
    each_purpose = explaining.by_purpose(
        viewer=request.actor, at=request.at, supplier=told.supplier, customer=told.customer, on=told.on
    )
    return Page(
        verdict=words.verdict(told.standing, customer=told.customer, supplier=told.supplier, on=told.on),
        turns=tuple(reason_words(turn) for turn in told.turns) if told.standing.internal else (),
        uncounted=tuple(reason_words(each) for each in told.uncounted),
        inside=told.standing.internal,
        why_rule=words.why_rule(told.standing.definition, purpose, on=told.on),
        tax_note=next((words.tax_note(e.tax) for e in each_purpose if e.tax is not None and e.purpose is purpose), ""),
        purposes=tuple(_for_purpose(each, told, asked, current=each.purpose is purpose) for each in each_purpose),
        alike=len({(each.standing.verdict, each.standing.kind) for each in each_purpose}) == 1,
        drawn=_drawn(picture, told) if picture is not None and len(picture.companies) > 1 else None,
        shares=() if picture is None else tuple(_shares(request, picture, told.on)),
        cut=picture is not None and picture.cut,
        stretches=tuple(
            _row(each, place, asked, current=place == stretch) for place, each in enumerate(told.history.stretches)
        ),
        stretch=stretch,
        history_cut=told.history.cut,
        swap=_address({**asked, "supplier": told.customer, "customer": told.supplier, "on": told.on.isoformat()}),
    )


def _for_purpose(each: ForPurpose, told: Explained, asked: Mapping[str, str], *, current: bool) -> PurposeRow:
    language = formats.language()
    return PurposeRow(
        url=_address({**asked, "rule": FOR + each.purpose.value, "on": told.on.isoformat()}),
        purpose=vocabularies.label("purpose", each.purpose.value, language),
        rule=insiderules.called(each.definition.id),
        since=None if each.days is None else each.days.start,
        inside=each.standing.internal,
        known=each.standing.verdict is not Verdict.NOT_KNOWN,
        related=each.standing.kind in RELATED,
        kind=vocabularies.label("standing_kind", each.standing.kind.value, language),
        current=current,
        note="" if each.tax is None else words.tax_note(each.tax),
    )


def _row(each: Stretch, place: int, asked: Mapping[str, str], *, current: bool) -> StretchRow:
    standing = each.standing
    return StretchRow(
        url=_address({**asked, "stretch": str(place)}),
        since=each.period.start,
        last=each.period.last,
        inside=None if standing is None else standing.internal,
        known=standing is None or standing.verdict is not Verdict.NOT_KNOWN,
        related=standing is not None and standing.kind in RELATED,
        kind=_("Not there")
        if standing is None
        else vocabularies.label("standing_kind", standing.kind.value, formats.language()),
        causes=tuple(reason_words(cause) for cause in each.causes),
        current=current,
    )


def _day_of(stretch: Stretch, today: date) -> date:
    """The day on which a stretch is shown: today where it lies in it, else its first, or its last where it has no first."""
    if today in stretch.period:
        return today
    if stretch.period.start is not None:
        return stretch.period.start
    assert stretch.period.until is not None  # a stretch of all days has today in it
    return stretch.period.until - timedelta(days=1)


def _drawn(picture: Around, told: Explained) -> Drawing:
    """The picture: both ends in their tones, the shares that carry the verdict strong."""
    sides = {told.standing.supplier_company: "supplier", told.standing.customer_company: "customer"}
    carrying = {party for share in picture.holdings if share.id in picture.carrying for party in ends(share)}
    carrying |= {party for right in picture.rights if right.id in picture.carrying for party in ends(right)}
    shapes = [
        Shape(code, parties.name_on(code, told.on), sides.get(code, "carrying" if code in carrying else ""))
        for code in picture.companies
    ]
    return drawing(
        shapes,
        [
            Arrow(share.owner, share.owned, _held(share), strong=share.id in picture.carrying)
            for share in picture.holdings
        ]
        + [
            Arrow(right.holder or "", right.target, _right(right), strong=right.id in picture.carrying)
            for right in picture.rights
        ],
    )


def _held(share: Holding) -> str:
    """The share in percent, or the band it lies in."""
    return formats.held_share(share.votes_band or Rate(share.votes))


def _right(right: ControlRight) -> str:
    return vocabularies.label("right_kind", right.kind.value, formats.language())


def _shares(request: ActingRequest, picture: Around, on: date) -> Iterable[Share]:
    papers: Mapping[str, Evidence] = {}
    if may_suppose(request.actor, on=request.at.date()):  # others are not shown on whose word it is known
        shares, powers = [share.id for share in picture.holdings], [right.id for right in picture.rights]
        papers = evidence.of_ownership(viewer=request.actor, at=request.at, holdings=shares, rights=powers)
    ordered = sorted(picture.holdings, key=lambda share: (share.id not in picture.carrying, share.owner, share.owned))
    for share in ordered:
        yield Share(
            owner=parties.name_on(share.owner, on),
            owned=parties.name_on(share.owned, on),
            percent=_held(share),
            since=share.period.start,
            last=share.period.last,
            carrying=share.id in picture.carrying,
            source=share.source,
            paper=papers.get(share.id),
        )
    for right in picture.rights:
        owner, owned = (parties.name_on(party, on) for party in ends(right))
        carrying = right.id in picture.carrying
        days = right.period.start, right.period.last
        yield Share(owner, owned, _right(right), *days, carrying, right.source, papers.get(right.id))


def _offered(on: date) -> tuple[str, ...]:
    """Companies and departments to choose from, by name."""
    world = parties.world()
    companies = sorted(company.name or company.id for company in world.companies[:OFFERED_MAX])
    room = OFFERED_MAX - len(companies)
    units = sorted(
        {world.names[code] for code, placed in world.unit.items() if any(on in each.period for each in placed)}
    )
    return (*companies, *units[: max(room, 0)])


def _examples(request: ActingRequest) -> tuple[Link, ...]:
    """Some questions to begin with: the companies of the house as suppliers, the reader as customer."""
    customer = request.actor.customer
    companies = parties.world().companies[:6] if customer is not None else ()
    return tuple(
        Link(_address({"supplier": company.id, "customer": customer or ""}), company.name or company.id)
        for company in companies
    )


def _address(asked: Mapping[str, str]) -> str:
    return f"{reverse('inside')}?{urlencode(asked)}"
