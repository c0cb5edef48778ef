"""Who keeps and who sees the books of a company: its controllers; auditors see. It reads only the actor."""

from collections.abc import Collection
from datetime import date

from inward.core.terms import Reason
from inward.kit.actor import Actor
from inward.kit.policy import ALLOWED, Answer, refusal

CONTROLLER, AUDITOR = "CONTROLLER", "AUDITOR"


def may_keep_books(actor: Actor, *, company: str, on: date) -> Answer:
    """Open books, edit accounts, close and open periods, export."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    if actor.holds(CONTROLLER, over=company, on=on):
        return ALLOWED
    return refusal(Reason.of("not_controller_of", company=company))


def may_see_books(actor: Actor, *, company: str, on: date) -> Answer:
    """Controllers and auditors of the company."""
    if actor.holds(AUDITOR, over=company, on=on):
        return ALLOWED
    return may_keep_books(actor, company=company, on=on)


def may_see_some_books(actor: Actor, *, on: date) -> Answer:
    """Keep or audit the books of some company."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    seen = books_visible_to(actor, on=on)
    return ALLOWED if seen is None or seen else refusal(Reason.of("not_controller_of_any"))


def may_see_all_books(actor: Actor, *, on: date) -> Answer:
    """Take figures of every company for analysis: controllers and auditors of everything."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    return ALLOWED if books_visible_to(actor, on=on) is None else refusal(Reason.of("not_controller_of_everything"))


def may_load_law(actor: Actor, *, on: date) -> Answer:
    """Load rules on taxable benefit, which hold for every employer of a country: controllers of everything."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    return ALLOWED if actor.parties(CONTROLLER, on=on) is None else refusal(Reason.of("not_loader_of_law"))


def may_tell_rates(actor: Actor, *, books: Collection[str], on: date) -> Answer:
    """Tell exchange rates, which hold for all books: whoever keeps every one of ``books``, the companies whose books are kept here."""
    if actor.nobody:
        return refusal(Reason.of("no_actor"))
    over = actor.parties(CONTROLLER, on=on)
    keeps_all = over is None or (bool(books) and over.issuperset(books))
    return ALLOWED if keeps_all else refusal(Reason.of("not_teller_of_rates"))


def books_visible_to(actor: Actor, *, on: date) -> frozenset[str] | None:
    """The companies whose books the actor sees; None for all."""
    kept, audited = actor.parties(CONTROLLER, on=on), actor.parties(AUDITOR, on=on)
    return None if kept is None or audited is None else kept | audited
