"""When something that runs ends: by itself, or because somebody says so in time."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from inward.core.running.days import months_after
from inward.core.running.plan import Plan


@dataclass(frozen=True, slots=True)
class Notice:
    """The end of a term: ``on`` it goes on for another, unless somebody ends it not later than on ``last_day``."""

    on: date
    last_day: date


def by_itself(plan: Plan, starts_on: date) -> date | None:
    """The first day on which it runs no more without anybody's word; None for what goes on."""
    return None if plan.renews else months_after(starts_on, plan.term_months)


def renewal(plan: Plan, starts_on: date, on: date) -> Notice | None:
    """The next day after ``on`` on which it renews, and the last one to say no; None for what does not renew by terms."""
    if not plan.term_months or not plan.renews:
        return None
    ends = _term_end(plan, starts_on, on + timedelta(days=1))
    return Notice(ends, ends - timedelta(days=plan.notice_days))


def earliest_end(plan: Plan, *, starts_on: date, told_on: date, free_from: date | None = None) -> date:
    """The first day on which it need not run any more when that is said on ``told_on``.

    Without a term: after the notice, on any day. With one: at the end of the first term that ends not before the notice does,
    or by itself. Never before the day after the first. ``free_from`` is a day on which the price rises for a reason the
    customer's contract does not name: from that day on neither term nor notice binds.
    """
    noticed = max(told_on + timedelta(days=plan.notice_days), starts_on + timedelta(days=1))
    if not plan.term_months:
        bound = noticed
    elif plan.renews:
        bound = _term_end(plan, starts_on, noticed)
    else:
        bound = months_after(starts_on, plan.term_months)
    return bound if free_from is None else min(bound, max(free_from, told_on))


def _term_end(plan: Plan, starts_on: date, not_before: date) -> date:
    """The end of the first term that ends on that day or later."""
    terms = (months_after(starts_on, place * plan.term_months) for place in count(1))
    return next(end for end in terms if end >= not_before)
