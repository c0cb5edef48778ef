"""Why items were not ordered that somebody had put aside: counts, from five answers on, without anybody's name."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.kit import vocabularies
from inward.trade import givenup, policy
from inward.trade.givenup import GivenUpView
from inward.trade.vocabulary import GivenUpWhy
from inward.web.components import formats
from inward.web.office.declaring import Column, Detail, Fact, Filter, Looking, Thing


def _label(why: GivenUpWhy) -> str:
    return vocabularies.label("given_up", why.value, formats.language())


def _reasons(row: GivenUpView) -> str:
    """The reasons, the most frequent first."""
    counted = sorted(row.answers.items(), key=lambda pair: (-pair[1], pair[0].value))
    return ", ".join(f"{_label(why)}: {formats.count(count)}" for why, count in counted)


def _page(looking: Looking, key: str) -> Detail:
    found = givenup.view(viewer=looking.viewer, at=looking.at, key=key)
    reasons = (Fact(_label(why), found.answers.get(why, 0)) for why in GivenUpWhy)
    return Detail(
        title=_("%(item)s: why it was not ordered in %(year)s") % {"item": found.offering.name, "year": found.year},
        record=found,
        facts=(
            Fact(__("Item"), found.offering.name, spoken=True),
            Fact(__("Supplier"), found.supplier.name),
            Fact(__("Year"), str(found.year)),
            Fact(__("Answers"), found.total),
            *reasons,
            Fact(__("What people added"), " · ".join(found.words)),
        ),
    )


def _years(looking: Looking) -> Iterable[tuple[str, str]]:
    return [(str(year), str(year)) for year in givenup.years(viewer=looking.viewer, at=looking.at)]


THING = Thing(
    name="given-up",
    group=__("What is offered"),
    label=__("Left in the basket"),
    lead=__(
        "Why items were not ordered that people had put aside. Counted without names, and told from five answers a year on."
    ),
    icon="basket",
    search=__("Item"),
    may=lambda looking: policy.may_count_something(looking.viewer, on=looking.at.date()),
    filters=(Filter("year", __("Year"), _years),),
    columns=(
        Column(__("Item"), lambda row: row.offering.name, sort="item", spoken=True),
        Column(__("Supplier"), lambda row: row.supplier.name),
        Column(__("Year"), lambda row: str(row.year)),
        Column(__("Why"), _reasons),
        Column(__("Answers"), lambda row: row.total, sort="answers", end=True),
    ),
    rows=lambda looking, params: givenup.views(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: row.key,
    page=_page,
)
