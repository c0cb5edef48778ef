"""Standing orders: agreeing on one for my department, what is left of it, ordering a part, letting it rest, ending it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.views.decorators.http import require_safe

from inward.catalogue import queries as catalogue
from inward.core.pricing import Wanted
from inward.core.running import Rhythm
from inward.core.terms import Money, Rate, Refusal
from inward.kit import ids, vocabularies
from inward.kit.policy import Refused
from inward.parties import queries as parties
from inward.trade import frames, sharing
from inward.trade import operations as trade
from inward.trade.frames import FrameRow, FrameTerms
from inward.trade.framewords import FramePrice
from inward.trade.queries import QuoteView
from inward.web.components import formats, lists
from inward.web.components.errors import words as reason_words
from inward.web.components.forms import PIECES_MAX, PiecesField, ShownMoneyField, carried
from inward.web.components.lists import Heading
from inward.web.components.naming import full_name
from inward.web.components.records import Option
from inward.web.components.requests import SEE_OTHER, ActingRequest, acts, done
from inward.web.home import words
from inward.web.home.bars import bar
from inward.web.home.forms import REASON_LENGTH, read_shares
from inward.web.home.quoting import SHARES_TYPED

PARAMS: Final = ("state", "sort", "cursor")
_SHARE_FIELDS: Final = ("share_centre", "share_part")


def _rhythms() -> list[tuple[str, str]]:
    return [(each.value, vocabularies.label("rhythm", each.value, formats.language())) for each in Rhythm]


def _prices() -> list[tuple[str, str]]:
    return [(each.value, vocabularies.label("frame_price", each.value, formats.language())) for each in FramePrice]


def _weekdays() -> list[tuple[str, str]]:
    return [("", "–"), *((str(number), str(name)) for number, name in WEEKDAYS.items())]


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class FrameForm(forms.Form):
    """What is agreed of a standing order."""

    quantity = PiecesField(label=__("How many in all"))
    starts_on = _day(__("First day"))
    last_day = _day(__("Last day"))
    rhythm = forms.ChoiceField(label=__("How its parts are ordered"), choices=_rhythms)
    each = forms.IntegerField(
        label=__("Pieces of each part"),
        required=False,
        min_value=1,
        max_value=PIECES_MAX,
        help_text=__("Of parts that come by themselves."),
    )
    weekday = forms.TypedChoiceField(
        label=__("On which day of the week"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=_weekdays,
        help_text=__("Of weekly parts. On a day off, the next working day."),
    )
    price = forms.ChoiceField(label=__("At which price"), choices=_prices)
    note = forms.CharField(label=__("Note to the supplier"), max_length=REASON_LENGTH, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for field in self.fields.values():
            chosen = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if chosen else "form-control"

    @property
    def terms(self) -> FrameTerms:
        """What was typed, as it is agreed. What does not belong to how its parts are ordered is left out."""
        given = self.cleaned_data
        rhythm = Rhythm(given["rhythm"])
        return FrameTerms(
            given["starts_on"],
            given["last_day"],
            rhythm,
            None if rhythm is Rhythm.BY_HAND else given["each"],
            given["weekday"] if rhythm is Rhythm.WEEKLY else None,
            FramePrice(given["price"]),
        )


class PartForm(forms.Form):
    """A part that is ordered by hand, at the price that was shown."""

    quantity = PiecesField()
    expected = ShownMoneyField()
    key = forms.CharField(max_length=64)


class AgreeForm(FrameForm):
    """The same as it is sent, with the price that was shown and a key against doubles."""

    expected = ShownMoneyField()
    key = forms.CharField(max_length=64)


@dataclass(frozen=True, slots=True)
class Row:
    """A standing order as lists and pages show it."""

    view: FrameRow
    customer: str
    supplier: str
    rhythm: str
    held: str
    words: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What so many pieces cost, before they are agreed on or ordered; what the form carries back."""

    quote: QuoteView
    quantity: int
    bars: tuple[Any, ...]
    approval_by: str
    expected: str
    key: str


@dataclass(frozen=True, slots=True)
class Sharing:
    """Over which departments it can be shared, and what was typed; ``net`` is what is shared, where that was shown already."""

    sharing: tuple[Option, ...]
    share_typed: tuple[tuple[str, str], ...]
    net: Money | None
    key: str = "frame"

    @property
    def share_rows(self) -> tuple[tuple[int, str, str], ...]:
        """The rows in which departments and parts are typed, with what was typed before."""
        blank = (("", ""),) * (SHARES_TYPED - len(self.share_typed))
        return tuple((place, *row) for place, row in enumerate((*self.share_typed, *blank), 1))


@require_safe
def mine(request: ActingRequest) -> HttpResponse:
    """The standing orders I may see, the latest first."""
    params = lists.asked(request.GET, PARAMS)
    page = frames.frames(viewer=request.actor, at=request.at, params=params)
    headings = (
        Heading(_("What"), sort="agreed"),
        Heading(_("For whom")),
        Heading(_("State")),
        Heading(_("Through"), sort="until"),
        Heading(_("Next part")),
        Heading(_("Ordered")),
    )
    values = {
        "rows": tuple(_row(row, request) for row in page.rows),
        "columns": lists.columns(headings, page, params),
        "pages": lists.pages(page, params),
    }
    return render(request, "home/frames.html", values)


@require_safe
def new(request: ActingRequest, code: str) -> HttpResponse:
    """What would be agreed, and what all of it costs today."""
    view = catalogue.offering(viewer=request.actor, at=request.at, code=code)
    today = request.at.date()
    first = {"starts_on": today, "last_day": date(today.year, 12, 31), "rhythm": "BY_HAND", "price": "TODAY"}
    form = FrameForm(request.GET) if "starts_on" in request.GET else FrameForm(initial=first | {"quantity": 100})
    shown, refused = None, ""
    typed: Mapping[str, Any] = {"shares": (), "shared": (), "share_in": "percent"}
    if form.is_bound and form.is_valid():
        try:
            shown, typed = _whole(request, code, form)
        except ValidationError as wrong:
            refused = " ".join(wrong.messages)
        except Refusal as refusal:
            refused = reason_words(refusal.reason)
        except Refused as refusals:
            refused = " ".join(map(reason_words, refusals.reasons))
    whom = request.actor.customer
    values = {
        "offering": view,
        "form": form,
        "shown": shown,
        "refused": refused,
        "whom": "" if whom is None or whom == request.actor.person else full_name(whom, on=today),
        "sent": () if shown is None else (*((name, form[name].value()) for name in form.fields), *_shares_sent(typed)),
        "sharing": _sharing(request, typed, shown),
        "asked": typed,
    }
    return render(request, "home/frame_new.html", values)


@acts(instead="frame_new")
def agree(request: ActingRequest, code: str) -> HttpResponse:
    """Agree on it as it was shown."""
    receipt = None
    form = AgreeForm(request.POST)

    def act() -> None:
        nonlocal receipt
        _valid(form)
        receipt = trade.agree_frame(
            by=request.actor,
            at=request.at,
            offering=code,
            quantity=form.cleaned_data["quantity"],
            terms=form.terms,
            expected=form.cleaned_data["expected"],
            key=form.cleaned_data["key"],
            note=form.cleaned_data["note"],
            shares=read_shares(request.POST, form.cleaned_data["expected"])["shares"],
        )

    answer = done(request, act, _("It is noted. If it needs approval, a budget holder is asked."), "frame_new", code)
    if receipt is None:
        return answer
    return HttpResponseRedirect(reverse("frame", args=[receipt.reference]), status=SEE_OTHER)


@require_safe
def one(request: ActingRequest, reference: str) -> HttpResponse:
    """One standing order; what a part would cost now, where one may order it."""
    view = frames.frame(viewer=request.actor, at=request.at, reference=reference)
    part, refused = None, ""
    if view.may.get("draw"):
        typed = request.GET.get("quantity", "")
        wanted = int(typed) if typed.isascii() and typed.isdigit() else view.row.each or 1
        quantity = max(1, min(wanted, view.row.left))
        try:
            quoted = frames.part_price(viewer=request.actor, at=request.at, reference=reference, quantity=quantity)
            part = Shown(quoted, quantity, (), "", carried(quoted.quote.total), ids.public_reference())
        except Refusal as refusal:
            refused = reason_words(refusal.reason)
    values = {
        "standing": view,
        "row": _row(view.row, request),
        "price": words.basis(view.part),
        "part": part,
        "refused": refused,
        "cost_centre": "" if view.cost_centre is None else full_name(view.cost_centre.code, on=view.row.starts_on),
        "shares": tuple(
            (full_name(each.centre.code, on=view.row.starts_on), formats.percent(Rate(each.percent)), each.bears)
            for each in view.shares
        ),
        "may": frozenset(name for name, answer in view.may.items() if answer),
    }
    return render(request, "home/frame.html", values)


@acts(instead="frame")
def draw(request: ActingRequest, reference: str) -> HttpResponse:
    """Order a part now, at the price that was shown."""
    form = PartForm(request.POST)

    def act() -> None:
        _valid(form)
        given = form.cleaned_data
        trade.draw_part(by=request.actor, at=request.at, reference=reference, **given)

    return done(request, act, _("The part is ordered."), "frame", reference)


@acts(instead="frame")
def pause(request: ActingRequest, reference: str) -> HttpResponse:
    """Order nothing of it for now."""
    act = partial(trade.pause_frame, by=request.actor, at=request.at, reference=reference)
    return done(request, act, _("Nothing is ordered of it until it goes on."), "frame", reference)


@acts(instead="frame")
def resume(request: ActingRequest, reference: str) -> HttpResponse:
    """Let it go on from today."""
    act = partial(trade.resume_frame, by=request.actor, at=request.at, reference=reference)
    return done(request, act, _("It goes on from today."), "frame", reference)


@acts(instead="frame")
def end(request: ActingRequest, reference: str) -> HttpResponse:
    """End it."""
    reason = request.POST.get("reason", "").replace("\0", "")
    act = partial(trade.end_frame, by=request.actor, at=request.at, reference=reference, reason=reason)
    return done(request, act, _("It has ended. What was left of it is free again."), "frame", reference)


def _valid(form: forms.Form) -> Mapping[str, Any]:
    if not form.is_valid():
        raise ValidationError([error for errors in form.errors.values() for error in errors])
    return form.cleaned_data


def _whole(request: ActingRequest, code: str, form: FrameForm) -> tuple[Shown, Mapping[str, Any]]:
    """What all of it costs today, whose approval it needs, and how it is shared. Refusal where it cannot be agreed so;
    ValidationError for a part that is no number.
    """
    quantity, terms = form.cleaned_data["quantity"], form.terms
    priced = partial(
        frames.whole_price, viewer=request.actor, at=request.at, line=Wanted(code, quantity), terms_from=terms.starts_on
    )
    quoted = priced()
    typed = read_shares(request.GET, quoted.quote.total)
    if typed["shares"]:
        quoted = priced(shares=typed["shares"])
    frames.check(code, quantity, terms, on=request.at.date())
    asked = quoted.approval_by
    shown = Shown(
        quoted,
        quantity,
        tuple(map(bar, quoted.budgets)),
        "" if asked is None else full_name(asked.code, on=request.at.date()),
        carried(quoted.quote.total),
        ids.public_reference(),
    )
    return shown, typed


def _shares_sent(typed: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The shares as the form that agrees carries them on."""
    rows = [(name, value) for row in typed["shared"] for name, value in zip(_SHARE_FIELDS, row, strict=True)]
    return (*rows, ("share_in", typed["share_in"]))


def _sharing(request: ActingRequest, typed: Mapping[str, Any], shown: Shown | None) -> Sharing | None:
    """Over which departments it can be shared; None where there are not two, or one acts for nobody."""
    whom, on = request.actor.customer, request.at.date()
    if whom is None or whom == request.actor.person:
        return None
    found = sharing.open_to(parties.company_of(whom, on=on), on=on)
    options = tuple(Option(each.code, full_name(each.code, on=on)) for each in found)
    if len(options) < 2:  # noqa: PLR2004 - shared by one is not shared
        return None
    return Sharing(
        options, typed["shared"] or _typed_before(request.GET), None if shown is None else shown.quote.quote.net
    )


def _typed_before(sent: QueryDict) -> tuple[tuple[str, str], ...]:
    """What was typed, also where it was refused."""
    rows = zip(sent.getlist("share_centre"), sent.getlist("share_part"), strict=False)
    return tuple(row for row in rows if any(row))[:SHARES_TYPED]


def _row(view: FrameRow, request: ActingRequest) -> Row:
    on = request.at.date()
    ordered = {"drawn": formats.count(view.drawn), "quantity": words.pieces(view.quantity)}
    return Row(
        view=view,
        customer=full_name(view.customer.code, on=on),
        supplier=full_name(view.supplier.code, on=on),
        rhythm=_rhythm(view),
        held="" if view.held is None else reason_words(view.held),
        words=_("%(drawn)s of %(quantity)s ordered") % ordered,
    )


def _rhythm(view: FrameRow) -> str:
    """How its parts follow one another, in words."""
    if view.each is None:
        return vocabularies.label("rhythm", view.rhythm.value, formats.language())
    pieces = words.pieces(view.each)
    if view.weekday is None:
        return _("%(pieces)s on every working day") % {"pieces": pieces}
    return _("%(pieces)s every %(weekday)s") % {"pieces": pieces, "weekday": WEEKDAYS[view.weekday]}
