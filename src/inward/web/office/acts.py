"""Acts that many things have in common. What each does, and who may, stays with the thing."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as __

from inward.kit.policy import Answer
from inward.web.office import fields
from inward.web.office.declaring import Act, Doing, Effect, Field, Looking, Text

_END = __("End")


def ending(
    *,
    lead: Text,
    do: Callable[[Doing], str],
    may: Callable[[Looking, Any], Answer],
    label: Text = _END,
    fits: Callable[[Looking, Any], bool] = lambda _looking, _record: True,
    initial: Callable[[Looking, Any], Mapping[str, Any]] = lambda _looking, _record: {},
    effects: Callable[[Doing], Sequence[Effect]] = lambda _doing: (),
) -> Act:
    """Give a dated thing its last day; ``do`` finds the day after it as ``valid_until``."""
    return Act(
        name="end",
        label=label,
        icon="x",
        lead=lead,
        form=(Field("valid_until", fields.last_day(__("Last day")), fields.day_before),),
        initial=initial,
        fits=fits,
        do=do,
        effects=effects,
        may=may,
        done=__("The last day is kept."),
        danger=True,
    )
