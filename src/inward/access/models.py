"""The tables of the access room: users, the roles they hold over parties, and their tokens. Only this room imports them.

A user signs in; a person is somebody in the organisation. The two are linked where the user is such a person, so that
a machine or an auditor from outside can sign in too. Roles are dated facts: none is ever overwritten.
"""

from collections.abc import Iterator
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.crypto import salted_hmac

from inward.access.vocabulary import DirectoryAttribute, Role
from inward.kit.ids import new_id
from inward.kit.records import DatedFact, dated_checks


class Users(BaseUserManager["User"]):
    """Finds users as people write their names: upper and lower case are one."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user of that name, whatever its case."""
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """Somebody who can sign in, by name or e-mail address. ``subject`` is how audit and books know her.

    ``email`` is an address she has shown to be hers, or that whoever invited her gave; one she has asked for and not yet
    confirmed waits in ``email_wanted``. Every session ends when ``session_round`` is raised.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=150, unique=True)
    email = models.EmailField(max_length=254, blank=True, help_text="in lower case, as allauth looks for it")
    person = models.OneToOneField("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    machine_of = models.ForeignKey(
        "parties.Party", models.PROTECT, null=True, blank=True, related_name="+", help_text="of a machine: its unit"
    )
    subject = models.CharField(max_length=64)
    language = models.CharField(max_length=8, default="en")
    time_zone = models.CharField(max_length=60, default="UTC")
    is_active = models.BooleanField(default=True)
    invited_at = models.DateTimeField()
    email_wanted = models.EmailField(max_length=254, blank=True, default="")
    session_round = models.PositiveIntegerField(default=0)

    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = (
            models.UniqueConstraint(Upper("username"), name="user_name_once"),
            models.UniqueConstraint(fields=["email"], condition=~Q(email=""), name="user_email_once"),
            models.CheckConstraint(condition=Q(person=None) | Q(machine_of=None), name="user_person_or_machine"),
        )

    def __str__(self) -> str:
        return self.username

    def get_session_auth_hash(self) -> str:
        """What a session must carry to be hers: it changes with the password and with every ``session_round``."""
        return self._session_hash(None)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same as signed by keys that were in use before."""
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._session_hash(secret)

    def _session_hash(self, secret: str | bytes | None) -> str:
        said = self.password if self.session_round == 0 else f"{self.password}#{self.session_round}"
        return salted_hmac("inward.access.session", said, secret=secret, algorithm="sha256").hexdigest()


class RoleGrant(DatedFact):
    """A user holds a role over a party (empty: over everything) for a period.

    ``reference`` names the grant through all its corrections. ``handed_on_from`` is that of the colleague's grant from
    which the role was handed on; when that ends, this ends.
    """

    reference = models.CharField(max_length=32)
    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    party = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    handed_on_from = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["user", "known_until"], name="grant_by_user"),
            models.Index(fields=["role", "party", "known_until"], name="grant_by_party"),
            models.Index(fields=["handed_on_from"], condition=~Q(handed_on_from=""), name="grant_handed_on"),
        )
        constraints = (
            *dated_checks("grant"),
            models.UniqueConstraint(fields=["reference"], condition=Q(known_until=None), name="grant_known_once"),
            models.CheckConstraint(condition=~Q(role=Role.EMPLOYEE.value), name="grant_never_employee"),
        )

    def __str__(self) -> str:
        return f"{self.role} of {self.user_id}"


class ApiToken(models.Model):
    """A secret by which a program acts as a user. Only its digest is kept; ``prefix`` is shown so that people can tell.

    ``submission`` is the key of the form or call that asked for it: sent twice, it leaves one token that holds.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=16)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(help_text="TokenScope values")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True, help_text="coarse on purpose: one write a day")
    submission = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = (models.Index(fields=["user", "made_at"], name="token_by_user"),)

    def __str__(self) -> str:
        return self.prefix


class DirectoryRecord(models.Model):
    """What a directory (a machine with the scope ``scim``) says of somebody or of a group, as its SCIM document.

    ``person``, ``account`` and ``work`` are what came of it; ``parked`` says why nothing more did: ``[[code, facts], …]``.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    connection = models.ForeignKey(User, models.PROTECT, related_name="directory_records")
    kind = models.CharField(max_length=40, help_text="name of the SCIM resource type")
    reference = models.CharField(max_length=32, unique=True, help_text="the SCIM id")
    external_id = models.CharField(max_length=255, blank=True)
    user_name = models.CharField(max_length=255, blank=True, help_text="in lower case")
    document = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    person = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    account = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    work = models.CharField(max_length=240, blank=True, help_text="code of the work relationship it speaks of")
    parked = models.JSONField(default=list)
    shut_out = models.BooleanField(default=False, help_text="the directory has locked the account, nobody here")
    removed_at = models.DateTimeField(null=True, help_text="when the directory deleted it; the person stays")

    class Meta:
        indexes = (models.Index(fields=["connection", "kind", "external_id"], name="directory_by_external_id"),)
        constraints = (
            models.UniqueConstraint(
                fields=["connection", "kind", "user_name"],
                condition=Q(removed_at=None) & ~Q(user_name=""),
                name="directory_user_name_once",
            ),
        )

    def __str__(self) -> str:
        return self.reference


class DirectoryMapping(models.Model):
    """What a text of a directory means here: a company, a unit or a kind of work; neither: it says nothing."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    connection = models.ForeignKey(User, models.PROTECT, related_name="directory_mappings")
    attribute = models.CharField(max_length=20, choices=[(each.value, each.value) for each in DirectoryAttribute])
    text = models.CharField(max_length=255)
    party = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    work_kind = models.CharField(max_length=12, blank=True)
    set_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["connection", "attribute", "text"], name="directory_mapping_once"),
        )

    def __str__(self) -> str:
        return f"{self.attribute} {self.text}"


class SignOnLink(models.Model):
    """A user is whom a provider's issuer knows by that subject: how she is recognised when she comes from there."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="sign_on_links")
    provider = models.CharField(max_length=40, help_text="by which it was made; the issuer decides")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    made_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["issuer", "subject"], name="sign_on_subject_once"),
            models.UniqueConstraint(fields=["user", "issuer"], name="sign_on_issuer_once"),
        )

    def __str__(self) -> str:
        return f"{self.provider} {self.subject}"


class Tally(models.Model):
    """How often something was tried lately, and codes already spent: Django's cache keeps it here for all processes."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key
