"""What the named world knows beside who holds how many votes: powers and classes of shares, papers, other sources, limits to
sign, a new name, a household, and a share that became known late.

What a world directory can hold comes as rows, the rest through the same operations as the office. Days are offsets from the
day shown, as in ``cast``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from inward.core.classification import Band, CompanyKind, RightKind, Tie
from inward.core.terms import Money
from inward.demo.people import day
from inward.kit.actor import Actor
from inward.parties import evidence
from inward.parties import operations as parties
from inward.parties.evidence import Shows
from inward.parties.operations import Source
from inward.parties.vocabulary import Post, Purpose

SAID = Source("the named world")
HOUSE_RULE = "group-and-families"


@dataclass(frozen=True, slots=True)
class BodyPart:
    """A body that is no company of the cast: a branch, a fund, a state."""

    id: str
    name: str
    country: str
    kind: CompanyKind


BODIES = (
    BodyPart("fjord-se", "Fjord Telecom, branch in Sweden", "SE", CompanyKind.BRANCH),
    BodyPart("harbour-fund", "Harbour Pension Fund", "NL", CompanyKind.FUND),
    BodyPart("province", "Province of South Holland", "NL", CompanyKind.STATE),
    BodyPart("quayside", "Quayside Nominees", "NL", CompanyKind.ARRANGEMENT),
)

POWERS = (
    # code, target, kind, holder, agreement, over
    ("northgate-by-jkl", "northgate", RightKind.JOINT_CONTROL, "jkl", "Agreement on Northgate", ""),
    ("northgate-by-meridian", "northgate", RightKind.JOINT_CONTROL, "meridian", "Agreement on Northgate", ""),
    ("fjord-in-sweden", "fjord-se", RightKind.BRANCH, "fjord", "", ""),
    ("fund-by-harbour", "harbour-fund", RightKind.FUND_MANAGER, "harbour", "", ""),
    ("quayside-for-meridian", "quayside", RightKind.NOMINATOR, "meridian", "", "solberg"),
    ("lindqvist-by-somebody", "lindqvist", RightKind.UNKNOWN_PARENT, "", "", ""),
    ("kestrel-by-nobody", "kestrel", RightKind.TOP, "", "", ""),
    ("meridian-board", "meridian", RightKind.BOARD_MAJORITY, "province", "", ""),
)

SHARES = (("province", "meridian", "100"), ("quayside", "solberg", "45"))
"""Shares beside those of the cast: who holds how many percent of whom."""
BANDS = (("enzo-rossini", "rossi", "75", "100"),)
"""Who is known to hold between so much and so much."""

CLASSES = (
    # code, company, name, issued, votes of each
    ("kestrel-a", "kestrel", "A shares", "1000", "10"),
    ("kestrel-b", "kestrel", "B shares, without votes", "4000", "0"),
)
HELD = (
    ("nora-quistgaard", "kestrel-a", "620"),
    ("lindqvist", "kestrel-a", "330"),
    ("kestrel", "kestrel-a", "50"),
    ("lindqvist", "kestrel-b", "4000"),
)
"""Who holds how many shares of which class; what a company holds of itself are treasury shares."""

RENAMED = ("fjord-shop", "Web Shop", "Fjord Online")
"""A department that got another name this year, before and after."""

PAPERS = (
    (
        Shows.HOLDING,
        "h-jkl-xyz",
        "share-register-xyz.txt",
        (
            "XYZ Widgets B.V. - register of shareholders (extract)\n\n"
            "No. 1-600    JKL Group N.V.               600 shares   60.00 %\n"
            "No. 601-1000 various holders, none over 5 %   400 shares   40.00 %\n\n"
            "Each share carries one vote. Kept by the notary; extract made for JKL Group.\n"
        ),
    ),
    (
        Shows.RIGHT,
        "northgate-by-jkl",
        "northgate-agreement.txt",
        (
            "Shareholders' agreement of Northgate Logistics (summary)\n\n"
            "JKL Group and Meridian Freight each hold half. Budget, directors and loans need both of them;\n"
            "neither may decide these alone. Either may end the agreement with a year's notice.\n"
        ),
    ),
    (
        Shows.COMPANY,
        "abc",
        "trade-register-abc.txt",
        "Trade register (extract)\n\nABC Retail B.V., shops. Registered for more than ten years.\n",
    ),
)
"""What a paper shows, its name and what stands in it."""
DECISION = (
    "decision-families.txt",
    (
        "Decision of the board of JKL Group\n\nSpouses, partners and children under age of those who work in the group buy at a"
        " lower price.\n"
    ),
)


SIGNED = {"abc-purchasing": ("2500.00", "5000.00", "15000.00"), "xyz-plant": ("3000.00", "3500.00", "20000.00")}
"""Up to how much a member, a deputy and the head of a place may sign."""


def rows(on: date) -> dict[str, list[dict[str, str]]]:
    """What world directories hold of it, by file; the bodies first."""
    since = {"valid_from": day(on, -1200)}
    renamed = day(on, -140)
    return {
        "companies": [
            {"id": body.id, "name": body.name, "kind": body.kind.value, "country": body.country, "currency": "EUR"}
            for body in BODIES
        ],
        "holdings": [
            *({"owner": owner, "owned": owned, "percent": percent, **since} for owner, owned, percent in SHARES),
            *({"owner": owner, "owned": owned, "low": low, "high": high, **since} for owner, owned, low, high in BANDS),
            {
                "id": "brreg-fjord",
                "owner": "jkl",
                "owned": "fjord",
                "percent": "70",
                "valid_from": day(on, -2400),
                "source": "annual return of the year before last",
                "register": "brreg",
                "rank": "CORROBORATED",
            },
        ],
        "control_rights": [
            {
                "id": code,
                "target": target,
                "kind": kind.value,
                "holder": holder,
                "agreement": agreement,
                "over": over,
                **since,
            }
            for code, target, kind, holder, agreement, over in POWERS
        ],
        "share_classes": [
            {
                "id": code,
                "company": company,
                "name": name,
                "issued": issued,
                "votes_each": votes,
                "dividend_each": "1",
                **since,
            }
            for code, company, name, issued, votes in CLASSES
        ],
        "shareholdings": [
            {"owner": owner, "share_class": share_class, "shares": shares, **since}
            for owner, share_class, shares in HELD
        ],
        "names": [
            {"party": RENAMED[0], "name": RENAMED[1], "valid_until": renamed},
            {"party": RENAMED[0], "name": RENAMED[2], "valid_from": renamed},
        ],
        "events": [
            {
                "id": "fjord-online",
                "kind": "RENAME",
                "day": renamed,
                "parties": RENAMED[0],
                "before": RENAMED[1],
                "after": RENAMED[2],
            }
        ],
    }


def tell(*, by: Actor, at: datetime) -> None:
    """Limits to sign, a household, and papers; what became known late is told once the year has been played.

    What must look parties up goes first: each act after it would make the kept world anew.
    """
    papers = [(shows, code, _paper(by, at, name, text)) for shows, code, name, text in PAPERS]
    minute = _paper(by, at, *DECISION)
    _limits(by, at)
    _household(by, at, minute)
    for shows, code, source in papers:
        parties.attach_evidence(by=by, at=at, shows=shows, code=code, source=source)


def tell_late(*, by: Actor, at: datetime) -> None:
    """For a month JKL could vote half of Trattoria Rossi and more; the letter that says so came only now."""
    letter = _paper(
        by,
        at,
        "option-rossi.txt",
        "Notary's letter\n\nThe option on 51 % of the votes of Trattoria Rossi was used by JKL Group and given back a month later.\n",
        "the notary's letter",
    )
    owner, owned, *_ = BANDS[0]
    share = f"{owner}-{owned}"
    votes: Fraction | Band
    for first, votes in ((-75, Fraction(49, 100)), (-35, Band(Fraction(3, 4), Fraction(1)))):
        share = parties.change_holding(
            by=by, at=at, holding=share, votes=votes, valid_from=_day(at, first), source=letter
        )
    parties.record_holding(
        by=by,
        at=at,
        owner="jkl",
        owned="rossi",
        votes=Fraction(51, 100),
        valid_from=_day(at, -75),
        valid_until=_day(at, -35),
        source=letter,
    )


def _limits(by: Actor, at: datetime) -> None:
    """In purchasing and in the plant, buyers sign up to the approval limit, deputies a little above it, the head far above."""
    for place, amounts in SIGNED.items():
        for post, amount in zip((Post.MEMBER, Post.DEPUTY, Post.HEAD), amounts, strict=True):
            parties.set_spending_limit(
                by=by,
                at=at,
                place=place,
                post=post,
                limit=Money.of(amount, "EUR"),
                valid_from=_day(at, -400),
                source=SAID,
            )


def _household(by: Actor, at: datetime, minute: Source) -> None:
    """Prices count families since half a year; the cook of the hotel declared with whom she lives, for prices alone."""
    parties.keep_definition(
        by=by, at=at, code=HOUSE_RULE, name="Group and families", body={"family": "spouse_minor"}, source=SAID
    )
    parties.choose_definition(
        by=by, at=at, purpose=Purpose.PRICE, definition=HOUSE_RULE, valid_from=_day(at, -180), source=minute
    )
    parties.declare_household(
        by=by,
        at=at,
        person="giulia-marinelli",
        member="enzo-rossini",
        tie=Tie.PARTNER,
        purposes=(Purpose.PRICE,),
        valid_from=_day(at, -150),
        source=SAID,
    )


def _paper(by: Actor, at: datetime, name: str, text: str, said: str = SAID.text) -> Source:
    kept = parties.bring_evidence(by=by, at=at, chunks=_chunks(text), name=name)
    return Source(said, evidence.usable(viewer=by, at=at, reference=kept.reference))


def _chunks(text: str) -> Iterable[bytes]:
    yield text.encode()


def _day(at: datetime, offset: int) -> date:
    return at.date() + timedelta(days=offset)
