"""The terms of schemes and of deduction from pay: which version holds, what an order needs accepted, who accepted what. Reads only.

What was published is kept in memory while the version "terms" stands; what somebody accepted is asked of the database, and only
where an order or her own page needs it. Why it is so: docs/decisions/0149.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count

from inward.catalogue import policy as pricing_policy
from inward.catalogue import queries as catalogue
from inward.kit.actor import Actor
from inward.kit.kept import Kept
from inward.kit.lists import ListSpec, Page, held
from inward.kit.policy import NotThere
from inward.parties import queries as parties
from inward.parties.vocabulary import Purpose
from inward.trade import policy
from inward.trade.deciding import Decision
from inward.trade.models import Terms, TermsAnswer
from inward.trade.vocabulary import Settlement, TermsKind

VERSION = "terms"
TERMS_LIST = ListSpec({"about": "key"}, {"kind": "kind"}, default="about")
FEWEST_TOLD = policy.FEWEST_PEOPLE
"""How many have accepted is told from so many on: fewer would name them to those who know who buys."""


class About(NamedTuple):
    """What terms are about: a scheme or a company, by code."""

    kind: TermsKind
    code: str

    @property
    def key(self) -> str:
        """How the office, forms and the audit name it: ``scheme:abc-staff``."""
        return f"{self.kind.value.lower()}:{self.code}"


@dataclass(frozen=True, slots=True)
class TermsVersion:
    """One version of terms, as it was published."""

    id: int
    about: About
    number: int
    valid_from: date
    texts: Mapping[str, str]
    published_at: datetime
    source: str

    @property
    def key(self) -> str:
        """How addresses and forms name it: ``scheme:abc-staff:2``."""
        return f"{self.about.key}:{self.number}"


@dataclass(frozen=True, slots=True)
class Asked:
    """A version that an order needs accepted, and whether this person has."""

    version: TermsVersion
    accepted: bool


@dataclass(frozen=True, slots=True)
class Own:
    """Terms as a person reads them: the version, since when she accepts it (None: not), when she withdrew."""

    version: TermsVersion
    accepted_at: datetime | None
    withdrawn_at: datetime | None
    in_force: bool
    """Whether it is the version of the day for something that is open to her."""


@dataclass(frozen=True, slots=True)
class TermsRecord:
    """All versions of the terms of one scheme or company, the first first, for whoever keeps them."""

    about: About
    versions: tuple[TermsVersion, ...]
    accepted: int | None = None
    """How many accept the version of the day; None where they are too few to be told, or none is in force."""

    @property
    def key(self) -> str:
        """How the office names them."""
        return self.about.key


def in_force(about: About, *, on: date) -> TermsVersion | None:
    """The version that holds on that day; None where nothing needs to be accepted."""
    holding = [version for version in _known.value().get(about, ()) if version.valid_from <= on]
    return holding[-1] if holding and holding[-1].texts else None


def needed(decision: Decision) -> tuple[TermsVersion, ...]:
    """What an order that somebody places for herself needs accepted: terms of the schemes that price it, and of deduction."""
    wish = decision.wish
    if wish.person is None or wish.customer != wish.person or not _known.value():
        return ()
    schemes = {part.scheme for line in decision.quote.lines for part in line.parts if part.scheme}
    asked = [About(TermsKind.SCHEME, code) for code in sorted(schemes)]
    if decision.settlement is Settlement.PAYROLL and decision.books.customer_company:
        asked.append(About(TermsKind.PAYROLL, decision.books.customer_company))
    found = (in_force(each, on=decision.on) for each in asked)
    return tuple(version for version in found if version is not None)


def answers(person: str, versions: Collection[TermsVersion]) -> dict[int, int]:
    """Which of these versions the person accepts: the key of her answer by the version's. One query, none for nothing."""
    if not versions:
        return {}
    rows = TermsAnswer.objects.filter(
        person_id=parties.keys()[person], terms_id__in=[each.id for each in versions], withdrawn_at=None
    )
    return dict(rows.values_list("terms_id", "id"))


def asked(decision: Decision) -> tuple[Asked, ...]:
    """What an order needs accepted, each with whether it is."""
    versions = needed(decision)
    person = decision.wish.person
    given = answers(person, versions) if person is not None else {}
    return tuple(Asked(version, version.id in given) for version in versions)


def version_of(key: str) -> TermsVersion:
    """The version of that key. NotThere for none."""
    kind, _, rest = key.partition(":")
    code, _, number = rest.rpartition(":")
    if kind.upper() not in TermsKind.__members__ or not number.isascii() or not number.isdigit():
        raise NotThere
    found = _known.value().get(About(TermsKind[kind.upper()], code), ())
    version = next((each for each in found if str(each.number) == number), None)
    if version is None:
        raise NotThere
    return version


def name_of(about: About, *, on: date) -> str:
    """What people call what the terms are about: the scheme's name, or the company's."""
    if about.kind is TermsKind.PAYROLL:
        return parties.name_of(about.code)
    book = catalogue.price_book()
    if about.code not in book.schemes:
        return about.code
    return book.scheme_on(about.code, on).name or about.code


def own(*, viewer: Actor, at: datetime) -> tuple[Own, ...]:
    """What the viewer accepts or has accepted, and what she may be asked for: the terms of her schemes and employers."""
    if viewer.nobody or viewer.person is None:
        return ()
    on = at.date()
    holding = [in_force(about, on=on) for about in _open_to(viewer.person, on)]
    now = {version.id: version for version in holding if version is not None}
    rows = TermsAnswer.objects.filter(person_id=parties.keys()[viewer.person]).order_by("accepted_at", "id")
    given = {row.terms_id: row for row in rows}  # the last answer to each version stands
    by_id = {version.id: version for versions in _known.value().values() for version in versions}
    found = [
        by_id[key] for key in dict.fromkeys([*now, *given]) if key in by_id
    ]  # one published this moment is told next
    return tuple(
        Own(
            version,
            given[version.id].accepted_at if version.id in given else None,
            given[version.id].withdrawn_at if version.id in given else None,
            version.id in now,
        )
        for version in found
    )


def own_one(*, viewer: Actor, at: datetime, key: str) -> Own:
    """One version as the viewer reads it. NotThere for terms of what is not open to her and which she never accepted,
    unless she keeps them.
    """
    version = version_of(key)
    found = next((each for each in own(viewer=viewer, at=at) if each.version == version), None)
    if found is not None:
        return found
    keeps = policy.may_keep_terms(viewer, keeps=_keeps(viewer, version.about, at.date()))
    if keeps or (viewer.person is not None and version.about in _open_to(viewer.person, at.date())):
        return Own(version, None, None, in_force=False)
    raise NotThere


def records(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[TermsRecord]:
    """The terms that the viewer keeps, one row for each scheme or company. ``text`` looks in names and codes."""
    text, kind, on = params.get("text", "").strip().casefold(), params.get("kind", ""), at.date()
    found = [
        TermsRecord(about, versions)
        for about, versions in _known.value().items()
        if _keeps(viewer, about, on)
        and (not kind or about.kind.value == kind)
        and text in f"{name_of(about, on=on)} {about.code}".casefold()
    ]
    shown = held(found, TERMS_LIST, params)
    accepted = _accepted([each.about for each in shown.rows], on)
    return shown.map(lambda each: replace(each, accepted=accepted.get(each.about)))


def record(*, viewer: Actor, at: datetime, key: str) -> TermsRecord:
    """All versions of the terms of one scheme or company, and how many accept that of the day. NotThere out of bounds."""
    kind, _, code = key.partition(":")
    if kind.upper() not in TermsKind.__members__:
        raise NotThere
    about, on = About(TermsKind[kind.upper()], code), at.date()
    versions = _known.value().get(about, ())
    if not versions or not _keeps(viewer, about, on):
        raise NotThere
    return TermsRecord(about, versions, _accepted([about], on).get(about))


def keepable(*, viewer: Actor, at: datetime) -> dict[str, str]:
    """What the viewer may publish terms of, by key (``scheme:abc-staff``): its name."""
    on, book = at.date(), catalogue.price_book()
    abouts = [About(TermsKind.SCHEME, code) for code in book.schemes]
    abouts += [About(TermsKind.PAYROLL, code) for code in parties.world().company]
    return {about.key: name_of(about, on=on) for about in abouts if _keeps(viewer, about, on)}


def about_of(key: str) -> About:
    """What a key such as ``payroll:abc`` names. NotThere for what is no scheme or company."""
    kind, _, code = key.partition(":")
    known = catalogue.price_book().schemes if kind == "scheme" else parties.world().company if kind == "payroll" else ()
    if code not in known:
        raise NotThere
    return About(TermsKind[kind.upper()], code)


def keeps(viewer: Actor, about: About, *, on: date) -> bool:
    """Whether the viewer keeps these terms: the prices of the scheme, or the books of the company."""
    return _keeps(viewer, about, on)


def _accepted(abouts: Collection[About], on: date) -> dict[About, int]:
    """How many accept the version of the day, where they are not too few to be told; one query for all."""
    now = {version.id: about for about in abouts if (version := in_force(about, on=on)) is not None}
    rows = TermsAnswer.objects.filter(terms_id__in=now, withdrawn_at=None).values("terms_id")
    counts = rows.annotate(count=Count("pk")).values_list("terms_id", "count")
    return {now[key]: count for key, count in counts if count >= FEWEST_TOLD}


def _keeps(viewer: Actor, about: About, on: date) -> bool:
    if about.kind is TermsKind.PAYROLL:
        return policy.may_set_limit(viewer, company=about.code, on=on).allowed
    scheme = catalogue.price_book().schemes.get(about.code)
    return scheme is not None and pricing_policy.may_price(viewer, supplier=scheme.supplier, on=on).allowed


def _open_to(person: str, on: date) -> tuple[About, ...]:
    """The schemes that a person may use on that day, and the companies she works for on it."""
    world, book = parties.world(purpose=Purpose.PRICE), catalogue.price_book()
    schemes = [
        About(TermsKind.SCHEME, scheme.id) for scheme, _ in catalogue.schemes_of(person, world=world, book=book, on=on)
    ]
    works = dict.fromkeys(work.company for work in parties.work_of(person, on=on))
    return (*schemes, *(About(TermsKind.PAYROLL, company) for company in works))


def _read(_number: int) -> Mapping[About, tuple[TermsVersion, ...]]:
    found: dict[About, list[TermsVersion]] = defaultdict(list)
    for row in Terms.objects.order_by("kind", "about", "number"):
        about = About(TermsKind(row.kind), row.about)
        found[about].append(
            TermsVersion(row.id, about, row.number, row.valid_from, row.texts, row.published_at, row.source)
        )
    return {about: tuple(versions) for about, versions in found.items()}


_known: Kept[Mapping[About, tuple[TermsVersion, ...]]] = Kept(VERSION, _read)
