"""What acts that call companies and units otherwise have in common: names kept with their days, and today's name taken."""

from datetime import date, datetime

from inward.kit import outbox
from inward.kit.records import in_order, take_over
from inward.parties import queries
from inward.parties.changing import NO_SOURCE, Source, begins, home_of, said_by, today_of
from inward.parties.models import Party, PartyName

JOB = "parties.take_name"


def say_name(found: Party, name: str, since: date, *, at: datetime, source: Source = NO_SOURCE) -> None:
    """Keep what a company or unit is called from a day on, in the act that is open; today's name is taken at once."""
    running = in_order(PartyName.objects.current().filter(party=found))
    fresh = PartyName(party=found, name=name, valid_from=since, known_from=at, **said_by(source))
    if running:
        take_over(running, fresh, since=since, at=at)
    else:
        PartyName.objects.create(party=found, name=found.name, valid_until=since, known_from=at)
        fresh.save(force_insert=True)
    settle_name(found, at=at)
    plan_name(found, since, at=at)


def keep_name_until(found: Party, *, at: datetime) -> PartyName | None:
    """What a company or unit is called until the first name that is said of any day, where that one begins after today.

    Nobody had to say it while it was the only one; with the new name taken, nobody would know it any more.
    """
    first = next(iter(in_order(PartyName.objects.current().filter(party=found))), None)
    if first is None or first.valid_from is None or first.valid_from <= today_of(found.code, at):
        return None
    return PartyName.objects.create(party=found, name=found.name, valid_until=first.valid_from, known_from=at)


def plan_name(found: Party, since: date | None, *, at: datetime) -> None:
    """Plan that a name which begins later is taken on its day, in the act that is open."""
    if since is not None and since > today_of(found.code, at):
        company = queries.keys().get(home_of(found.code), found.pk)
        outbox.schedule(JOB, begins(company, since), payload={"party": found.pk}, key=f"{found.pk} {since}", at=at)


def settle_name(found: Party, *, at: datetime, otherwise: str | None = None) -> bool:
    """Let a company or unit be called what is said of today, in the act that is open; whether that is another name.

    ``otherwise`` is its name where nothing is said of any day; without one it stays.
    """
    names = PartyName.objects.current().filter(party=found)
    said = names.on(today_of(found.code, at)).first() if names.exists() else None
    name = otherwise if said is None else said.name
    if name is None or name == found.name:
        return False
    call(found, name)
    return True


def call(found: Party, name: str) -> None:
    """Let a party be called so, in the act that is open."""
    found.name = name
    found.save(update_fields=["name"])
