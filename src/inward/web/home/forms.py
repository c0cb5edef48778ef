"""What people send from the pages of home, read into values: an order as it was shown, pieces by line, a reason.

They say what cannot be read; whether it may be done is for trade to say.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inward.core.pricing import Wanted
from inward.core.terms import Money
from inward.kit import vocabularies
from inward.parties.vocabulary import Purpose
from inward.trade.deciding import Handover
from inward.trade.operations import PARTS_MAX
from inward.trade.receiving import Came
from inward.trade.sharing import Share
from inward.trade.vocabulary import Fault, FaultAnswer, HandoverWay, Settlement
from inward.web.components import formats, insiderules
from inward.web.components.forms import PIECES_MAX, PiecesField, ShownMoneyField

REASON_LENGTH = 500
_ACCEPTS_MAX = 20
_SHARES_MOST = 40
_KEY_LENGTH = 18
_PART = re.compile(r"\d{1,12}([.,]\d{1,4})?", re.ASCII)
FOR = "@"
"""Begins what asks for a purpose and not for a rule, and for a colleague and not for the household: no code has it."""
_LINE = re.compile(r"line-(\d{1,5})")
_CAME = re.compile(r"taken-(\d{1,4})")


class QuantityForm(forms.Form):
    """How many pieces of one offering."""

    quantity = PiecesField(initial=1)


def rules() -> list[tuple[str, list[tuple[str, str]]]]:
    """By what can be asked: the rule that serves a purpose, or any inside rule: those that ship first, then one's own by name."""
    language = formats.language()
    purposes = [(FOR + each.value, vocabularies.label("purpose", each.value, language)) for each in Purpose]
    return [(gettext("The one for"), purposes), (gettext("One of your choice"), insiderules.choices())]


class InsideForm(forms.Form):
    """Two parties, by name or code, a day, and the purpose or rule by which they are judged."""

    supplier = forms.CharField(
        label=_("Who supplies"),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "offered", "autocomplete": "off"}),
    )
    customer = forms.CharField(
        label=_("Who buys"), max_length=200, widget=forms.TextInput(attrs={"list": "offered", "autocomplete": "off"})
    )
    rule = forms.ChoiceField(label=_("By which inside rule"), choices=rules)
    on = forms.DateField(label=_("On the day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class GiveForm(forms.Form):
    """How much of which scheme's allowance somebody gives to whom: by code or whole name; a key against doubles."""

    key = forms.CharField(max_length=64)
    scheme = forms.CharField(max_length=120)
    to = forms.CharField(label=_("To whom"), max_length=200)
    money = forms.CharField(label=_("In money"), max_length=40, required=False)
    units = forms.IntegerField(label=_("In pieces"), min_value=0, max_value=PIECES_MAX, required=False)


class ReasonForm(forms.Form):
    """Why something is declined, cancelled or sent back."""

    reason = forms.CharField(label=_("Why?"), max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 2}))


class PlaceForm(forms.Form):
    """What stands in an order besides its lines: the price that was shown, how it is paid, a key against doubles."""

    expected = ShownMoneyField()
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    settlement = forms.ChoiceField(choices=[(way.value, way.name) for way in Settlement], required=False)
    cost_centre = forms.CharField(max_length=200, required=False)
    note = forms.CharField(label=_("Note to the supplier"), max_length=REASON_LENGTH, required=False)
    instalments = forms.IntegerField(min_value=1, max_value=PARTS_MAX, required=False)
    beneficiary = forms.CharField(max_length=200, required=False)
    payment = forms.CharField(max_length=200, required=False)
    handover = forms.CharField(max_length=200, required=False)
    address = forms.CharField(max_length=1000, required=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """An order as somebody sent it. ``shown`` are the lines for which the price was shown, ``lines`` those she wants."""

    lines: tuple[Wanted, ...]
    shown: tuple[Wanted, ...]
    expected: Money
    key: str
    settlement: Settlement | None
    cost_centre: str | None
    note: str
    accepts: tuple[str, ...] = ()
    instalments: int = 1
    beneficiary: str | None = None
    payment: str = ""
    shares: tuple[Share, ...] = ()
    shared: tuple[tuple[str, str], ...] = ()
    """The shares as they were typed, to be shown again."""
    share_in: str = "percent"
    handover: Handover | None = None

    @property
    def on_behalf(self) -> str:
        """The colleague for whom she orders; empty for herself, her household, or a department."""
        return colleague(self.beneficiary)

    @property
    def changed(self) -> bool:
        """Whether she changed how many after the price was shown."""
        return self.lines != self.shown


def read_order(sent: QueryDict) -> Asked:
    """Read an order form. ValidationError when it cannot be read: a forged or broken form, or pieces that are no number."""
    form = PlaceForm(sent)
    if not form.is_valid():
        raise forms.ValidationError([error for errors in form.errors.values() for error in errors])
    codes = sent.getlist("offering")
    wanted = _pieces(codes, sent.getlist("quantity"))
    way = form.cleaned_data["settlement"]
    return Asked(
        lines=tuple(line for line in wanted if line.quantity),
        shown=_pieces(codes, sent.getlist("shown")),
        expected=form.cleaned_data["expected"],
        key=form.cleaned_data["key"],
        settlement=Settlement(way) if way else None,
        cost_centre=form.cleaned_data["cost_centre"] or None,
        note=form.cleaned_data["note"],
        accepts=accepted(sent),
        instalments=_parts(form.cleaned_data["instalments"], way),
        beneficiary=form.cleaned_data["beneficiary"] or None,
        payment=form.cleaned_data["payment"] if way == Settlement.EXTERNAL.value else "",
        handover=_handover(form.cleaned_data["handover"], form.cleaned_data["address"]),
        **read_shares(sent, form.cleaned_data["expected"]),
    )


def colleague(whom: str | None) -> str:
    """The colleague whom a choice of *for whom* means ("@" and the code); empty for anybody else."""
    return whom.removeprefix(FOR) if whom is not None and whom.startswith(FOR) else ""


def handover_value(chosen: Handover) -> str:
    """How a form carries a way to get it: "BRING", or "COLLECT:" and the place."""
    return chosen.way.value if chosen.way is HandoverWay.BRING else f"{chosen.way.value}:{chosen.place}"


def _handover(chosen: str, address: str) -> Handover | None:
    """How she gets it; the address counts only where it is brought. None where the form asks nothing."""
    way, _colon, place = chosen.partition(":")
    if way not in HandoverWay.__members__:
        return None
    brought = HandoverWay[way] is HandoverWay.BRING
    return Handover(HandoverWay[way], place, address.strip() if brought else "")


def read_shares(sent: QueryDict, expected: Money) -> dict[str, Any]:
    """The departments that share it, and what each is to bear of what was shown. ValidationError for a part that is no number."""
    centres, parts = sent.getlist("share_centre"), sent.getlist("share_part")
    typed = tuple(
        (centre.strip(), part.strip())
        for centre, part in zip(centres[:_SHARES_MOST], parts[:_SHARES_MOST], strict=False)
        if centre.strip() or part.strip()
    )
    unit = sent.get("share_in", "percent")
    shares = tuple(
        Share(centre, percent=_percent(part)) if unit != "amount" else Share(centre, amount=_amount(part, expected))
        for centre, part in typed
    )
    return {"shares": shares, "shared": typed, "share_in": unit}


def _percent(text: str) -> Fraction:
    found = _PART.fullmatch(text)
    if found is None:
        raise _no_part(text)
    return Fraction(text.replace(",", "."))


def _amount(text: str, expected: Money) -> Money:
    if _PART.fullmatch(text) is None:
        raise _no_part(text)
    try:
        return Money.of(text.replace(",", "."), expected.currency)
    except ValueError:
        raise _no_part(text) from None


def _no_part(text: str) -> forms.ValidationError:
    return forms.ValidationError(_("“%(text)s” is no part: type a number such as 60 or 12.5.") % {"text": text[:40]})


def accepted(sent: QueryDict) -> tuple[str, ...]:
    """The terms that were ticked, by key, each once."""
    return tuple(dict.fromkeys(sent.getlist("accepts")))[:_ACCEPTS_MAX]


def _parts(chosen: int | None, way: str) -> int:
    """In how many parts it is deducted; what was chosen before another way of paying was, does not count."""
    return chosen if chosen and way == Settlement.PAYROLL.value else 1


def read_quantities(sent: QueryDict) -> dict[str, int]:
    """Pieces by offering from a basket's form; ValidationError when they are no numbers."""
    return {line.offering: line.quantity for line in _pieces(sent.getlist("offering"), sent.getlist("quantity"))}


def read_pieces(sent: Mapping[str, str]) -> dict[int, int]:
    """Pieces by line of an order ("line-3" → 2); nothing typed is none. ValidationError when one is no number."""
    found = {}
    for name, text in sent.items():
        place = _LINE.fullmatch(name)
        if place is not None:
            found[int(place[1])] = _number(text)
    return found


def read_fault(sent: Mapping[str, str]) -> dict[str, Any]:
    """A fault as it was reported. ValidationError when it cannot be read, or none was chosen."""
    kind = sent.get("fault", "")
    if kind not in Fault.__members__:
        raise forms.ValidationError(_("Say what is wrong with it."))
    words = sent.get("words", "").replace("\0", "")
    position, pieces = _number(sent.get("position", "")), _number(sent.get("pieces", ""))
    return {"position": position, "pieces": pieces, "fault": Fault[kind], "words": words}


def read_fault_answer(sent: Mapping[str, str]) -> dict[str, Any]:
    """What becomes of a fault. ValidationError when it cannot be read."""
    answer, key = sent.get("answer", ""), sent.get("which", "")
    if answer not in FaultAnswer.__members__ or not (key.isascii() and key.isdigit()) or len(key) > _KEY_LENGTH:
        raise forms.ValidationError(_("Say what becomes of it."))
    return {"fault": int(key), "answer": FaultAnswer[answer], "words": sent.get("words", "").replace("\0", "")}


def read_came(sent: Mapping[str, str]) -> dict[int, Came]:
    """What came, by line of an order ("taken-3", "refused-3", "fault-3" …). ValidationError when a count is no number."""
    places = sorted({int(found[1]) for name in sent if (found := _CAME.fullmatch(name)) is not None})
    return {place: _came(sent, place) for place in places}


def _came(sent: Mapping[str, str], place: int) -> Came:
    taken, refused, missing, surplus = (
        _number(sent.get(f"{name}-{place}", "")) for name in ("taken", "refused", "missing", "surplus")
    )
    fault, again = sent.get(f"fault-{place}", ""), sent.get(f"again-{place}", "yes") != "no"
    return Came(taken, refused, missing, surplus, Fault(fault) if fault in Fault.__members__ else None, again)


def _pieces(codes: Sequence[str], counts: Sequence[str]) -> tuple[Wanted, ...]:
    if len(codes) != len(counts):
        raise forms.ValidationError(_("The form cannot be read. Open the page again."))
    return tuple(Wanted(code, _number(count)) for code, count in zip(codes, counts, strict=True))


def _number(text: str) -> int:
    """A whole number of pieces as typed; empty is none."""
    text = text.strip()
    if not text:
        return 0
    if not (text.isascii() and text.isdigit()) or int(text[:12]) > PIECES_MAX:
        raise forms.ValidationError(_("“%(text)s” is not a number of pieces.") % {"text": text[:40]})
    return int(text[:12])
