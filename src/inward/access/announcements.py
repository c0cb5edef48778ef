"""What access tells the floors above: facts that have happened, frozen and versioned. Users are told by key alone."""

from dataclasses import dataclass
from typing import ClassVar

from inward.kit.outbox import Announcement


@dataclass(frozen=True)
class UserInvited(Announcement):
    """Somebody may sign in from now on; letters ask her to choose a password where none was set."""

    user_id: int
    name: ClassVar[str] = "access.UserInvited"
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class UserLocked(Announcement):
    """Somebody may no longer sign in."""

    user_id: int
    name: ClassVar[str] = "access.UserLocked"
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class UserUnlocked(Announcement):
    """Somebody who was locked may sign in again."""

    user_id: int
    name: ClassVar[str] = "access.UserUnlocked"
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class _RoleFact(Announcement):
    """What every announcement about a role says: ``grant`` is its reference, ``party`` a code, "*" for everything."""

    grant: str
    user_id: int
    role: str
    party: str
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class RoleGranted(_RoleFact):
    """A user holds a role over a party for a period."""

    name: ClassVar[str] = "access.RoleGranted"


@dataclass(frozen=True)
class RoleEnded(_RoleFact):
    """A role has a last day now."""

    name: ClassVar[str] = "access.RoleEnded"


@dataclass(frozen=True)
class TokenMade(Announcement):
    """A user made a token; letters tell her, so that a stolen session does not pass unseen."""

    token_id: int
    user_id: int
    name: ClassVar[str] = "access.TokenMade"
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class PasswordForgotten(Announcement):
    """Somebody asked for a link to choose a new password. ``user_id`` is 0 where nobody has what was typed: that is told
    too, so that asking takes as long for a stranger's address as for one that is known.
    """

    user_id: int
    name: ClassVar[str] = "access.PasswordForgotten"
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class EmailChangeAsked(Announcement):
    """A user wants her letters at another address; letters go to both: the new one confirms, the old one is warned."""

    user_id: int
    name: ClassVar[str] = "access.EmailChangeAsked"
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class SignInChanged(Announcement):
    """Something about how a user signs in is different now (``what`` is a ``SignInChange`` value); letters tell her, so
    that a stolen session does not pass unseen.
    """

    user_id: int
    what: str
    name: ClassVar[str] = "access.SignInChanged"
    version: ClassVar[int] = 1
