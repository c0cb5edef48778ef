"""Who acts, for whom, and with which roles: resolved once at the edge and handed down as a value.

Policies read only this. How roles are granted and kept is the business of access; it builds the actor.
"""

from dataclasses import dataclass, field
from datetime import date

from inward.core.terms import Period

_SYSTEM = "system:"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role over some parties for a period.

    ``scope`` is the party code the role was granted over ("*" for the whole house), ``parties`` every code it reaches
    (None: everything); access expands the one into the other when it builds the actor.
    """

    role: str
    scope: str
    parties: frozenset[str] | None
    period: Period

    def reaches(self, party: str | None, on: date) -> bool:
        """Whether the grant holds on the day over the party; with no party asked, over anything at all."""
        return on in self.period and (party is None or self.parties is None or party in self.parties)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts: ``person`` (a party code) for herself or for the party ``acting_for``.

    ``user`` is the key of the signed-in user, ``subject`` the key under which audit and ledger know her, ``via`` the
    door she came through ("web", "api", "cli", "worker"), ``language`` the one she reads. ``hidden`` are the parties that are
    closed to her at this instant whatever her roles say, ``opened`` those of them that she has opened for a while.
    """

    user: int | None
    person: str | None
    acting_for: str | None
    grants: tuple[Grant, ...]
    language: str = "en"
    via: str = "web"
    subject: str = ""
    hidden: frozenset[str] = field(default=frozenset(), compare=False)
    opened: frozenset[str] = field(default=frozenset(), compare=False)

    @classmethod
    def system(cls, name: str, *, via: str = "worker") -> "Actor":
        """The house itself, for jobs and the command line: no user, no person, and every role over everything."""
        if not name:
            msg = "the system acts under a name"
            raise ValueError(msg)
        return cls(user=None, person=None, acting_for=None, grants=(), via=via, subject=f"{_SYSTEM}{name}")

    @property
    def customer(self) -> str | None:
        """For whom something is bought: the party acted for, else the person herself."""
        return self.acting_for or self.person

    @property
    def is_system(self) -> bool:
        """Whether this is the house itself and no human."""
        return self.user is None and self.person is None and self.subject.startswith(_SYSTEM)

    @property
    def nobody(self) -> bool:
        """Whether nobody acts: then every policy refuses."""
        return self.user is None and self.person is None and not self.is_system

    def holds(self, role: str, *, over: str | None, on: date) -> bool:
        """Whether the actor holds the role on the day over the party; ``over=None`` asks for it over anything."""
        if self.nobody:
            return False
        return self.is_system or any(grant.role == role and grant.reaches(over, on) for grant in self.grants)

    def parties(self, role: str, on: date) -> frozenset[str] | None:
        """The parties over which the actor holds the role on the day; None means over everything."""
        if self.is_system:
            return None
        held = [] if self.nobody else [grant for grant in self.grants if grant.role == role and on in grant.period]
        if any(grant.parties is None for grant in held):
            return None
        return frozenset().union(*(grant.parties for grant in held if grant.parties is not None))


NOBODY = Actor(user=None, person=None, acting_for=None, grants=())
"""No actor: nobody is signed in. Every policy refuses."""
