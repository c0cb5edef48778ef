"""What a change of ownership or work brings with it, in plain words: who becomes inside or outside, and what orders would cost.

Reckoned in memory on a supposed world (``parties.supposing``, ``trade.supposed``); nothing is saved
and nobody waits. The words are for data administrators; the figures come from the rooms.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inward.core.classification import PersonTurned, Supposed, Turned, World
from inward.core.terms import Period
from inward.kit import vocabularies
from inward.parties import veil
from inward.parties.vocabulary import Purpose
from inward.trade.supposed import Tried, consequences
from inward.web.components import formats
from inward.web.office.declaring import Effect
from inward.web.office.showing import days

_NAMED_MAX = 5


def effects(supposed: Supposed, *, at: datetime) -> Sequence[Effect]:
    """What the supposition brings with it; one quiet sentence when nobody becomes inside or outside."""
    found = consequences(supposed, at=at)
    before, compared = found.before, found.turned
    nobody = Effect(_("Inside and outside"), (_("Nobody becomes inside or outside by this."),))
    if found.orders is None:
        return (nobody,)
    told = [
        *(() if compared.companies or compared.people else (nobody,)),
        *(_companies(turned, before) for turned in compared.companies),
        *(_companies(turned, before, purpose) for purpose, turned in found.also),
        *_people(compared.people, before),
        orders_again(found.orders, found.first, at.date()),
    ]
    if compared.cut:
        more = _("There is too much to look at: only the latest days and the first people were looked at.")
        told.append(Effect(_("Not everything was looked at"), (more,), tone="warn"))
    return told


def _companies(turned: Turned, world: World, purpose: Purpose | None = None) -> Effect:
    """Which companies turn: for prices and all that follows the usual rule, or for a purpose that has its own."""
    sentences = []
    if turned.outside:
        sentences.append(
            ngettext(
                "%(count)s pair of companies becomes outside: %(pairs)s.",
                "%(count)s pairs of companies become outside: %(pairs)s.",
                turned.outside,
            )
            % {"count": formats.count(turned.outside), "pairs": _pairs(turned.named_outside, turned.outside, world)}
        )
    if turned.inside:
        sentences.append(
            ngettext(
                "%(count)s pair of companies becomes inside: %(pairs)s.",
                "%(count)s pairs of companies become inside: %(pairs)s.",
                turned.inside,
            )
            % {"count": formats.count(turned.inside), "pairs": _pairs(turned.named_inside, turned.inside, world)}
        )
    staff = 0 if purpose else _staff(turned, world)
    if staff:
        sentences.append(
            ngettext(
                "The work of %(count)s person is for one of these companies: what she buys from the others turns with it.",
                "%(count)s people work for these companies: what they buy from the others turns with it.",
                staff,
            )
            % {"count": formats.count(staff)}
        )
    when = _when(turned.period)
    if purpose is not None:
        facts = {
            "purpose": vocabularies.label("purpose", purpose.value, formats.language()),
            "days": days(turned.period),
        }
        when = _("%(purpose)s: %(days)s") % facts
    return Effect(when, tuple(sentences), tone="warn" if turned.outside else "info")


def _staff(turned: Turned, world: World) -> int:
    """How many people work for one of the companies on the first of these days."""
    on = turned.period.start or date.min
    works = (w for w in world.work_relationships if w.company in turned.companies and on in w.period)
    return len({w.person for w in works} - veil.closed())


def _people(people: Iterable[PersonTurned], world: World) -> Iterable[Effect]:
    """Who turns, told once for all who turn alike."""
    alike: dict[tuple[Period, tuple[str, ...], str, str], list[str]] = {}
    for each in people:
        if each.person not in veil.closed():
            turn = (each.period, each.companies, each.before.value, each.after.value)
            alike.setdefault(turn, []).append(_name(each.person, world))
    by_days: dict[Period, list[str]] = {}
    for (period, companies, before, after), names in alike.items():
        by_days.setdefault(period, []).append(
            _("%(person)s, before %(companies)s: %(after)s instead of %(before)s.")
            % {
                "person": _listed(names),
                "companies": _listed([_name(code, world) for code in companies]),
                "before": _kind(before),
                "after": _kind(after),
            }
        )
    return [Effect(_when(period), tuple(sentences), tone="warn") for period, sentences in by_days.items()]


def orders_again(asked: Tried, first: date | None, on: date) -> Effect:
    """What became of the orders that were asked again."""
    few = (_("What fewer than three people bought for themselves is not told."),) if asked.few else ()
    if not asked.orders:
        return Effect(_("Orders"), few or (_("No order of the last 90 days is touched."),))
    future = first is not None and first > on
    opening = (
        ngettext(
            "Had it held already, of %(count)s order of the last 90 days",
            "Had it held already, of %(count)s orders of the last 90 days",
            asked.orders,
        )
        if future
        else ngettext("Of %(count)s order since then", "Of %(count)s orders since then", asked.orders)
    ) % {"count": formats.count(asked.orders)}
    verdicts = ngettext(
        "%(count)s would have another verdict", "%(count)s would have another verdict", asked.verdicts
    ) % {"count": formats.count(asked.verdicts)}
    prices = ngettext("%(count)s another price", "%(count)s another price", asked.prices) % {
        "count": formats.count(asked.prices)
    }
    kept = _("Orders that were placed keep what was decided.")
    cut = (
        _("Only the newest %(count)s orders were asked.") % {"count": formats.count(asked.orders)} if asked.cut else ""
    )
    return Effect(_("Orders"), (f"{opening}, {verdicts}, {prices}.", *few, kept), left_out=cut)


def _pairs(pairs: Sequence[tuple[str, str]], count: int, world: World) -> str:
    named = [
        _("%(one)s and %(other)s") % {"one": _name(one, world), "other": _name(other, world)} for one, other in pairs
    ]
    return _listed(named, count)


def _name(code: str, world: World) -> str:
    return veil.name(code, world.names.get(code, code))


def _listed(names: Sequence[str], count: int | None = None) -> str:
    """The first few names, and how many more there are."""
    shown, more = names[:_NAMED_MAX], (len(names) if count is None else count) - min(len(names), _NAMED_MAX)
    listed = "; ".join(shown)
    if more <= 0:
        return listed
    return ngettext("%(names)s and %(more)s more", "%(names)s and %(more)s more", more) % {
        "names": listed,
        "more": formats.count(more),
    }


def _kind(kind: str) -> str:
    return vocabularies.label("standing_kind", kind, formats.language()).lower()


def _when(period: Period) -> str:
    return days(period)[:1].upper() + days(period)[1:]
