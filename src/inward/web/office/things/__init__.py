"""Every sort of record in the office, in the order in which the start page shows them. Each is declared in a file of its own."""

from typing import Final

from inward.web.office.declaring import Thing
from inward.web.office.things import (
    accounts,
    benefits,
    changes,
    companies,
    confidential,
    definitions,
    directories,
    holdings,
    households,
    late,
    offerings,
    papers,
    people,
    powers,
    prices,
    roles,
    schemes,
    shares,
    signing,
    taxes,
    termsheets,
    units,
    users,
    weeks,
    work,
)

THINGS: Final[dict[str, Thing]] = {
    thing.name: thing
    for thing in (
        companies.THING,
        holdings.THING,
        shares.CLASSES,
        shares.SHAREHOLDINGS,
        powers.POWERS,
        powers.DIFFERENCES,
        units.THING,
        changes.THING,
        papers.THING,
        people.THING,
        work.THING,
        households.THING,
        confidential.CONFIDENTIAL,
        confidential.OPENED,
        weeks.THING,
        signing.THING,
        definitions.THING,
        offerings.THING,
        prices.THING,
        schemes.THING,
        termsheets.THING,
        benefits.THING,
        taxes.TAX_RATES,
        taxes.CATEGORIES,
        accounts.ACCOUNTS,
        accounts.ACCOUNT_MAP,
        accounts.SERIES,
        accounts.LIMITS,
        benefits.ACCOUNTS,
        users.THING,
        roles.THING,
        late.THING,
        directories.WAITING,
        directories.WORDS,
    )
}
"""The things by the name they have in addresses."""
