"""Terms of staff schemes and of deduction from pay, as the person reads, accepts, withdraws and prints them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from inward.kit import vocabularies
from inward.trade import operations
from inward.trade import terms as known
from inward.trade.terms import Own
from inward.trade.vocabulary import TermsKind
from inward.web.components import formats
from inward.web.components.requests import ActingRequest, acts, done


@dataclass(frozen=True, slots=True)
class Sheet:
    """One version of terms as pages show it; ``language`` is that of the text, which may not be the reader's."""

    key: str
    name: str
    kind: str
    payroll: bool
    number: int
    since: date
    paragraphs: tuple[str, ...]
    language: str
    accepted_at: datetime | None
    withdrawn_at: datetime | None
    in_force: bool

    @property
    def accepted(self) -> bool:
        """Whether she accepts it now."""
        return self.accepted_at is not None and self.withdrawn_at is None


@require_safe
def mine(request: ActingRequest) -> HttpResponse:
    """What I accept, what I may be asked for, and what I accepted once."""
    found = [_sheet(each, request.at.date()) for each in known.own(viewer=request.actor, at=request.at)]
    found.sort(key=lambda sheet: (not sheet.in_force, sheet.kind, sheet.name, -sheet.number))
    return render(request, "home/terms.html", {"sheets": found})


@require_safe
def one(request: ActingRequest, key: str) -> HttpResponse:
    """The text of one version, to read, print, accept or withdraw."""
    sheet = _sheet(known.own_one(viewer=request.actor, at=request.at, key=key), request.at.date())
    return render(request, "home/terms_one.html", {"sheet": sheet})


@acts(instead="terms_one")
def accept(request: ActingRequest, key: str) -> HttpResponse:
    """Accept it, for oneself."""
    act = lambda: operations.accept_terms(by=request.actor, at=request.at, keys=[key])  # noqa: E731
    return done(request, act, _("You accept these terms now."), "terms_one", key)


@acts(instead="terms_one")
def withdraw(request: ActingRequest, key: str) -> HttpResponse:
    """Withdraw it: what is ordered from now on asks anew."""
    act = lambda: operations.withdraw_terms(by=request.actor, at=request.at, key=key)  # noqa: E731
    return done(request, act, _("Withdrawn. What you ordered before stays as it was."), "terms_one", key)


def _sheet(own: Own, on: date) -> Sheet:
    version, reader = own.version, formats.language()
    language = reader if reader in version.texts else "en"
    text = version.texts.get(language, "")
    return Sheet(
        key=version.key,
        name=known.name_of(version.about, on=on),
        kind=vocabularies.label("terms_kind", version.about.kind.value, reader),
        payroll=version.about.kind is TermsKind.PAYROLL,
        number=version.number,
        since=version.valid_from,
        paragraphs=tuple(part.strip() for part in text.split("\n\n") if part.strip()),
        language=language,
        accepted_at=own.accepted_at,
        withdrawn_at=own.withdrawn_at,
        in_force=own.in_force,
    )
