"""The standards of a department: what it promises me, and what was reached in the last weeks."""

from fractions import Fraction
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from inward.core.promises import Within
from inward.core.terms import Rate
from inward.desk import reached
from inward.desk.reached import Published, Reached, Target
from inward.kit import vocabularies
from inward.web.components import formats
from inward.web.components.naming import full_name
from inward.web.components.requests import ActingRequest
from inward.web.home import words

_MINUTE: Final = 60


@require_safe
def page(request: ActingRequest, party: str) -> HttpResponse:
    """What is promised, who gets it, and what was reached."""
    found, on = reached.published(viewer=request.actor, at=request.at, supplier=party), request.at.date()
    customer = request.actor.customer
    assert customer is not None  # whoever asks for nobody is told that it is not there
    spans = tuple(_("Last %(days)s days") % {"days": formats.count(days)} for days in reached.SPANS)
    values = {
        "party": party,
        "name": full_name(party, on=on),
        "record": found.record,
        "whom": _whom(found),
        "verdict": words.verdict(found.standing, customer=customer, supplier=party, on=on),
        "spans": spans,
        "targets": tuple(
            (
                vocabularies.label("measure", each.measure.value, formats.language()),
                _within(each),
                tuple((span, *_figure(figure)) for span, figure in zip(spans, each.reached, strict=True)),
            )
            for each in found.targets
        ),
        "least": reached.PEOPLE_LEAST,
    }
    return render(request, "home/help_standards.html", values)


def _whom(found: Published) -> str:
    """For whom the standard was made."""
    if found.record is None or not found.record.terms.kinds:
        return _("everybody")
    kinds = sorted(found.record.terms.kinds, key=lambda kind: kind.value)
    return ", ".join(vocabularies.label("standing_kind", kind.value, formats.language()) for kind in kinds)


def _within(target: Target) -> tuple[str, ...]:
    """What is promised, a line for each priority."""
    return tuple(_line(priority, within) for priority, within in target.within)


def _line(priority: str, within: Within) -> str:
    length = _days(within.dates or 0) if within.seconds is None else _length(float(within.seconds))
    if not priority:
        return _("within %(length)s") % {"length": length}
    said = {"priority": vocabularies.label("priority", priority, formats.language()), "length": length}
    return _("%(priority)s: within %(length)s") % said


def _days(count: int) -> str:
    return ngettext("%(count)s working day", "%(count)s working days", count) % {"count": formats.count(count)}


def _length(seconds: float) -> str:
    """A length of working time, as short as it can be said."""
    minutes = round(seconds / _MINUTE)
    hours, rest = divmod(minutes, _MINUTE)
    if not hours:
        return _("%(count)s min") % {"count": formats.count(rest)}
    if not rest:
        return _("%(count)s h") % {"count": formats.count(hours)}
    return _("%(hours)s h %(minutes)s min") % {"hours": formats.count(hours), "minutes": formats.count(rest)}


def _figure(found: Reached | None) -> tuple[str, str]:
    """How many were kept, and the rest of it; a dash where too few asked."""
    if found is None:
        return "–", ""
    share = formats.percent(Rate(Fraction(round(Fraction(found.kept, found.decided) * 100), 100)))
    said = {"kept": formats.count(found.kept), "decided": formats.count(found.decided)}
    more = _("%(kept)s of %(decided)s") % said
    if found.median is not None:
        more = _("%(share)s, half within %(length)s") % {"share": more, "length": _length(float(found.median))}
    return share, more
