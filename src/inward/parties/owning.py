"""What data administrators look up of ownership beside holdings: classes of shares, powers, and sources that differ.

As in ``register``: for a viewer at an instant, by the roles she holds then; out of bounds is ``NotThere``.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from inward.core.classification import Band, RightKind
from inward.core.terms import Period, Rate
from inward.kit.actor import Actor
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import NotThere
from inward.parties import policy, queries
from inward.parties.deciding import About, Difference, Key, Speaker
from inward.parties.models import ControlRight, Holding, OwnershipFact, Party, ShareClass, Shareholding
from inward.parties.papers import Evidence, told
from inward.parties.queries import Named
from inward.parties.register import VERSIONS, Sheet, Version, latest, says, shares_of

RIGHTS = ListSpec(
    {"target": "target__name", "holder": "holder__name"},
    {"target": "target__code", "holder": "holder__code", "kind": "kind"},
    default="target",
)
SHARE_CLASSES = ListSpec({"company": "company__name", "name": "name"}, {"company": "company__code"}, default="company")
SHAREHOLDINGS = ListSpec(
    {"company": "company__name", "owner": "owner__name"},
    {"company": "company__code", "owner": "owner__code", "share_class": "share_class"},
    default="company",
)
DIFFERENCES = ListSpec({"company": "name"}, default="company")
COMPANIES_MAX = 10_000
"""The differences of no more companies than this are listed."""


@dataclass(frozen=True, slots=True)
class RightRecord:
    """Power over a company, or what is known of its parents; ``holder`` is None where the kind names none."""

    code: str
    target: Named
    kind: RightKind
    holder: Named | None
    agreement: str
    over: Named | None
    period: Period
    source: str
    speaker: Speaker
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class ShareClassRecord:
    """A class of shares, by its code."""

    code: str
    company: Named
    name: str
    issued: Fraction
    votes_each: Fraction
    dividend_each: Fraction
    version_of: str
    period: Period
    source: str
    speaker: Speaker
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class ShareholdingRecord:
    """How many shares of a class somebody holds, by the code of the fact."""

    code: str
    owner: Named
    company: Named
    share_class: str
    shares: Fraction
    period: Period
    source: str
    speaker: Speaker
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What one source says: who holds, how much (a share, a number of shares, issued shares) or which power, and its words."""

    code: str
    holder: Named | None
    what: Rate | Band | Fraction | RightKind
    speaker: Speaker
    source: str


@dataclass(frozen=True, slots=True)
class DifferenceRecord:
    """What decides, what gives way, about what and on which days."""

    about: About
    period: Period
    decides: tuple[Said, ...]
    gives_way: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class DifferingCompany:
    """A company of which sources say different things on the day."""

    company: Named
    differences: tuple[DifferenceRecord, ...]


# --- powers ------------------------------------------------------------------------------------------------------------


def rights(*, viewer: Actor, at: datetime, on: date, params: Mapping[str, str]) -> Page[RightRecord]:
    """The powers of a day over and of companies whose records the viewer looks after."""
    kept = policy.ownership_kept_by(viewer, "target_id", "holder_id", keys=queries.keys(), on=at.date())
    rows = ControlRight.objects.current().on(on).filter(kept, says(params, "target__name", "holder__name", "code"))
    return page(rows.select_related("target", "holder", "over", "evidence"), RIGHTS, params).map(_right)


def right(*, viewer: Actor, at: datetime, code: str) -> Sheet:
    """A power, with all that was ever known under its code. NotThere out of bounds."""
    kept = policy.ownership_kept_by(viewer, "target_id", "holder_id", keys=queries.keys(), on=at.date())
    facts = ControlRight.objects.filter(kept, code=code).select_related("target", "holder", "over", "evidence")
    return _sheet(facts, "right", _right, lambda fact: {"kind": RightKind(fact.kind)})


def right_versions(*, viewer: Actor, at: datetime, code: str, params: Mapping[str, str]) -> Page[Version]:
    """All that was ever known of a power, a page at a time. NotThere out of bounds."""
    kept = policy.ownership_kept_by(viewer, "target_id", "holder_id", keys=queries.keys(), on=at.date())
    return _versions(ControlRight.objects.filter(kept, code=code), params, lambda fact: {"kind": RightKind(fact.kind)})


# --- shares ------------------------------------------------------------------------------------------------------------


def share_classes(*, viewer: Actor, at: datetime, on: date, params: Mapping[str, str]) -> Page[ShareClassRecord]:
    """The classes of shares of a day of companies whose records the viewer looks after."""
    kept = policy.ownership_kept_by(viewer, "company_id", keys=queries.keys(), on=at.date())
    rows = ShareClass.objects.current().on(on).filter(kept, says(params, "company__name", "name", "code"))
    return page(rows.select_related("company", "evidence"), SHARE_CLASSES, params).map(_share_class)


def share_class(*, viewer: Actor, at: datetime, code: str) -> Sheet:
    """A class of shares, with all that was ever known under its code. NotThere out of bounds."""
    kept = policy.ownership_kept_by(viewer, "company_id", keys=queries.keys(), on=at.date())
    facts = ShareClass.objects.filter(kept, code=code).select_related("company", "evidence")
    return _sheet(facts, "share class", _share_class, _amounts)


def share_class_versions(*, viewer: Actor, at: datetime, code: str, params: Mapping[str, str]) -> Page[Version]:
    """All that was ever known of a class of shares, a page at a time. NotThere out of bounds."""
    kept = policy.ownership_kept_by(viewer, "company_id", keys=queries.keys(), on=at.date())
    return _versions(ShareClass.objects.filter(kept, code=code), params, _amounts)


def shareholdings(*, viewer: Actor, at: datetime, on: date, params: Mapping[str, str]) -> Page[ShareholdingRecord]:
    """The shares held on a day of and by companies whose records the viewer looks after."""
    kept = policy.ownership_kept_by(viewer, "company_id", "owner_id", keys=queries.keys(), on=at.date())
    rows = Shareholding.objects.current().on(on).filter(kept, says(params, "company__name", "owner__name", "code"))
    return page(rows.select_related("company", "owner", "evidence"), SHAREHOLDINGS, params).map(_shareholding)


def shareholding(*, viewer: Actor, at: datetime, code: str) -> Sheet:
    """Shares that somebody holds, with all that was ever known under their code. NotThere out of bounds."""
    kept = policy.ownership_kept_by(viewer, "company_id", "owner_id", keys=queries.keys(), on=at.date())
    facts = Shareholding.objects.filter(kept, code=code).select_related("company", "owner", "evidence")
    return _sheet(facts, "shareholding", _shareholding, lambda fact: {"shares": fact.shares})


def shareholding_versions(*, viewer: Actor, at: datetime, code: str, params: Mapping[str, str]) -> Page[Version]:
    """All that was ever known of shares that somebody holds, a page at a time. NotThere out of bounds."""
    kept = policy.ownership_kept_by(viewer, "company_id", "owner_id", keys=queries.keys(), on=at.date())
    return _versions(Shareholding.objects.filter(kept, code=code), params, lambda fact: {"shares": fact.shares})


# --- sources that differ -----------------------------------------------------------------------------------------------


def differences(*, viewer: Actor, at: datetime, on: date, params: Mapping[str, str]) -> Page[DifferingCompany]:
    """The companies of which sources say different things on a day, among those whose records the viewer looks after."""
    found = _differing(on)
    kept = policy.companies_kept_by(viewer, keys=queries.keys(), on=at.date())
    codes = sorted(found)[:COMPANIES_MAX]
    rows = Party.objects.filter(kept, says(params, "name", "code"), code__in=codes)
    shown = page(rows, DIFFERENCES, params)
    said = _said(each for party in shown.rows for each in found[party.code])
    return shown.map(lambda party: _company(party, found[party.code], said))


def difference(*, viewer: Actor, at: datetime, on: date, code: str) -> DifferingCompany:
    """What sources say differently of one company on a day. NotThere where they agree, and out of bounds."""
    found = _differing(on).get(code)
    kept = policy.companies_kept_by(viewer, keys=queries.keys(), on=at.date())
    party = Party.objects.filter(kept, code=code).first()
    if found is None or party is None:
        raise NotThere
    return _company(party, found, _said(found))


def _differing(on: date) -> dict[str, list[Difference]]:
    found: dict[str, list[Difference]] = defaultdict(list)
    for each in queries.differences():
        if on in each.period:
            found[each.company].append(each)
    return found


def _said(found: Iterable[Difference]) -> dict[Key, Said]:
    """What the facts say that have a part in these differences: at most one query for each table."""
    asked: dict[str, set[str]] = defaultdict(set)
    for each in found:
        for table, code in (*each.decides, *each.gives_way):
            asked[table].add(code)
    answers: dict[Key, Said] = {}
    tables: dict[str, tuple[type[OwnershipFact], str]] = {
        "holdings": (Holding, "owner"),
        "share_classes": (ShareClass, ""),
        "shareholdings": (Shareholding, "owner"),
        "control_rights": (ControlRight, "holder"),
    }
    for table, codes in asked.items():
        model, end = tables[table]
        facts = model._default_manager.filter(known_until=None, code__in=codes)
        for fact in facts.select_related(end) if end else facts:
            holder = getattr(fact, end) if end else None
            answers[table, fact.code] = Said(
                fact.code, None if holder is None else queries.named(holder), _what(fact), fact.speaker, fact.source
            )
    return answers


def _what(fact: OwnershipFact) -> Rate | Band | Fraction | RightKind:
    if isinstance(fact, Holding):
        return shares_of(fact)[0]
    if isinstance(fact, ControlRight):
        return RightKind(fact.kind)
    number: Fraction = fact.issued if isinstance(fact, ShareClass) else fact.shares  # type: ignore[attr-defined]
    return number


def _company(party: Party, found: Iterable[Difference], said: Mapping[Key, Said]) -> DifferingCompany:
    return DifferingCompany(
        queries.named(party),
        tuple(
            DifferenceRecord(
                each.about,
                each.period,
                tuple(said[fact] for fact in each.decides),
                tuple(said[fact] for fact in each.gives_way),
            )
            for each in found
        ),
    )


# --- inside ------------------------------------------------------------------------------------------------------------


def _amounts(fact: ShareClass) -> dict[str, Fraction]:
    return {name: getattr(fact, name) for name in ("issued", "votes_each", "dividend_each")}


def _versions(facts: Any, params: Mapping[str, str], said: Any) -> Page[Version]:
    """A page of versions; as on the fact's own page, what is not believed any more at all is not there."""
    if not facts.filter(known_until=None).exists():
        raise NotThere
    return page(facts.select_related("evidence"), VERSIONS, params).map(lambda fact: _version(fact, said))


def _version(fact: Any, said: Any) -> Version:
    return Version(fact.period, fact.known_from, fact.known_until, fact.source, said(fact), told(fact.evidence))


def _sheet(facts: Any, thing: str, record: Any, said: Any) -> Sheet:
    known = latest(facts)
    current = next((fact for fact in known if fact.known_until is None), None)
    if current is None:
        raise NotThere
    versions = tuple(_version(fact, said) for fact in known)
    return Sheet(record(current), versions, tuple(f"{thing} {fact.pk}" for fact in known))


def _right(fact: ControlRight) -> RightRecord:
    return RightRecord(
        code=fact.code,
        target=queries.named(fact.target),
        kind=RightKind(fact.kind),
        holder=None if fact.holder is None else queries.named(fact.holder),
        agreement=fact.agreement,
        over=None if fact.over is None else queries.named(fact.over),
        period=fact.period,
        source=fact.source,
        speaker=fact.speaker,
        evidence=told(fact.evidence),
    )


def _share_class(fact: ShareClass) -> ShareClassRecord:
    return ShareClassRecord(
        code=fact.code,
        company=queries.named(fact.company),
        name=fact.name,
        issued=fact.issued,
        votes_each=fact.votes_each,
        dividend_each=fact.dividend_each,
        version_of=fact.version_of,
        period=fact.period,
        source=fact.source,
        speaker=fact.speaker,
        evidence=told(fact.evidence),
    )


def _shareholding(fact: Shareholding) -> ShareholdingRecord:
    return ShareholdingRecord(
        code=fact.code,
        owner=queries.named(fact.owner),
        company=queries.named(fact.company),
        share_class=fact.share_class,
        shares=fact.shares,
        period=fact.period,
        source=fact.source,
        speaker=fact.speaker,
        evidence=told(fact.evidence),
    )
