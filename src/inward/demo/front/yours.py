"""Now yours: a visitor pastes who holds how much of whom, names two companies, and reads the verdict. Keeps nothing."""

import json
import re
import shlex
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inward.core.classification import Company, Holding, Standing, World, classify
from inward.core.terms import Refusal
from inward.kit import vocabularies
from inward.web.components import formats
from inward.web.components.records import VerdictWords

LINES_MAX: Final = 200
NAMED_MAX: Final = 12
"""So many companies are named where one is not found."""
EXAMPLE: Final = "Northern Holding, Bakery, 60\nNorthern Holding, Dairy, 55\nDairy, Cheese Shop, 70"
EXAMPLES: Final = {"holdings": EXAMPLE, "supplier": "Bakery", "customer": "Cheese Shop"}
_LINE = re.compile(
    r"\s*(?P<owner>[^,;\t]+?)\s*(?P<mark>[,;\t])\s*(?P<owned>[^,;\t]+?)\s*(?P=mark)\s*(?P<percent>[0-9]{1,3}(?:[.,][0-9]{1,9})?)\s*%?\s*"
)
"""One mark between all three; the number at the end may have a decimal comma of its own."""


class YoursForm(forms.Form):
    """Lines of ownership, and the two companies to judge."""

    holdings = forms.CharField(
        label=gettext_lazy("Who owns whom"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        strip=False,
    )
    supplier = forms.CharField(
        label=gettext_lazy("Company that sells"),
        max_length=80,
        widget=forms.TextInput(attrs={"list": "companies", "autocomplete": "off"}),
    )
    customer = forms.CharField(
        label=gettext_lazy("Company that buys"),
        max_length=80,
        widget=forms.TextInput(attrs={"list": "companies", "autocomplete": "off"}),
    )

    @property
    def companies(self) -> list[str]:
        """Every company of the lines, for the two fields to offer."""
        text = str(self["holdings"].value() or "")
        read = [found for line in text.splitlines()[:LINES_MAX] if (found := _LINE.fullmatch(line)) is not None]
        return sorted({name for found in read for name in (found["owner"], found["owned"])})

    def clean_holdings(self) -> list[tuple[str, str, str]]:
        """(owner, owned, percent) of every line; the first line that cannot be read is named."""
        found = []
        for number, line in enumerate(self.cleaned_data["holdings"].splitlines(), 1):
            if not line.strip():
                continue
            read = _LINE.fullmatch(line)
            if read is None:
                raise forms.ValidationError(
                    _(
                        "Line %(number)s: write owner, owned, percent with commas between, such as: Dairy, Cheese Shop, 70"
                    ),
                    params={"number": number},
                )
            found.append((read["owner"], read["owned"], read["percent"].replace(",", ".")))
        if not found:
            raise forms.ValidationError(_("Write at least one line: owner, owned, percent."))
        if len(found) > LINES_MAX:
            raise forms.ValidationError(
                _("At most %(most)s lines here; load a file for more."), params={"most": LINES_MAX}
            )
        return found

    def clean(self) -> dict[str, object]:
        """Both companies must stand in the lines."""
        given = super().clean() or {}
        known = {name for owner, owned, _percent in given.get("holdings", ()) for name in (owner, owned)}
        for field in ("supplier", "customer"):
            if known and field in given and given[field] not in known:
                names = ", ".join(sorted(known)[:NAMED_MAX])
                self.add_error(
                    field, _("This company is in none of the lines. They name: %(names)s.") % {"names": names}
                )
        return given


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict in words, and the line that asks the same at a terminal."""

    verdict: VerdictWords
    command: str


def judged(form: YoursForm, *, on: date) -> Judged | str:
    """The verdict on the two companies; where the lines cannot all be true (over 100 %), the sentence that says so."""
    given = form.cleaned_data
    holdings, supplier, customer = given["holdings"], given["supplier"], given["customer"]
    try:
        standing = classify(supplier=supplier, customer=customer, world=_world(holdings), on=on)
    except Refusal as refusal:
        return vocabularies.text(refusal.reason, formats.language())
    return Judged(_said(standing, customer, supplier), _command(holdings, supplier, customer, on))


def _world(holdings: list[tuple[str, str, str]]) -> World:
    names = sorted({name for owner, owned, _percent in holdings for name in (owner, owned)})
    return World.of(
        companies=[Company(name, name) for name in names],
        holdings=[
            Holding(f"line {number}", owner, owned, Fraction(percent) / 100)
            for number, (owner, owned, percent) in enumerate(holdings, 1)
        ],
    )


def _said(standing: Standing, customer: str, supplier: str) -> VerdictWords:
    language, miss = formats.language(), standing.nearest_miss
    names = {"customer": customer, "supplier": supplier}
    if supplier == customer:
        sentence = _("Inside: %(customer)s is on both sides.")
    elif standing.internal:
        sentence = _("Inside: %(customer)s and %(supplier)s belong to one group.")
    else:
        sentence = _("Outside: nothing ties %(customer)s to %(supplier)s.")
    return VerdictWords(
        inside=standing.internal,
        sentence=sentence % names,
        kind=vocabularies.label("standing_kind", standing.kind.value, language),
        grounds=tuple(vocabularies.text(ground, language) for ground in standing.grounds),
        nearest_miss="" if miss is None else vocabularies.text(miss, language),
    )


def _command(holdings: list[tuple[str, str, str]], supplier: str, customer: str, on: date) -> str:
    """One line for a terminal. JSON inside single quotes; names with quotes of their own are quoted as the shell wants."""
    names = sorted({name for owner, owned, _percent in holdings for name in (owner, owned)})
    asked = {
        "world": {
            "companies": [{"id": name} for name in names],
            "holdings": [{"owner": owner, "owned": owned, "percent": percent} for owner, owned, percent in holdings],
        },
        "supplier": supplier,
        "customer": customer,
        "on": on.isoformat(),
    }
    return f"echo {shlex.quote(json.dumps(asked, ensure_ascii=False))} | ./inward engine standing"


HINTS: Final = {
    "holdings": gettext_lazy(
        "One a line: owner, owned, percent of the votes. Tabs or semicolons will do as well, as a spreadsheet copies them."
    ),
}
