"""How a letter is matched: which of its claims are true, who speaks, and what of it fits into a case."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from inward.access import queries as access
from inward.core.letters import Claim, Letter, Way, claims_of
from inward.core.terms import Refusal
from inward.desk import cases, policy
from inward.desk.casewords import TEXT_LENGTH_MAX
from inward.desk.lettertext import text_now
from inward.desk.letterwords import LetterWhy
from inward.desk.models import Case
from inward.desk.operations.steps.saying import FILES_MAX, Upload
from inward.desk.replyaddress import Answered, read_token
from inward.kit import files
from inward.kit.actor import Actor
from inward.parties import queries as parties


@dataclass(frozen=True, slots=True)
class Claims:
    """The true claims of a letter in order, each case with the person the token was made for; ``wrong`` is why there is none."""

    true: tuple[Answered, ...]
    wrong: LetterWhy


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who wrote in which case: as whoever asked, or else as the service."""

    actor: Actor
    case: Case
    asks: bool


@dataclass(frozen=True, slots=True)
class Fitting:
    """What of a letter fits into a case: its words, its files, and the names of those that are not taken."""

    text: str
    uploads: tuple[Upload, ...]
    left_out: tuple[str, ...]


def true_claims(letter: Letter, *, inbox: str, at: datetime) -> Claims:
    """Which of its claims were made here. A made-up address is told apart from none; ids of the house's domain are anybody's."""
    true: list[Answered] = []
    wrong = LetterWhy.NO_CASE
    for claim in claims_of(letter, inbox=inbox):
        try:
            true.append(read_token(claim.way, claim.token, at=at))
        except Refusal as refusal:
            wrong = _worse(wrong, claim, refusal)
    return Claims(tuple(true), wrong)


def _worse(known: LetterWhy, claim: Claim, refusal: Refusal) -> LetterWhy:
    if refusal.reason.code == "link_over":
        return LetterWhy.OLD
    return LetterWhy.UNTRUE if claim.way is Way.ADDRESS and known is LetterWhy.NO_CASE else known


def claimed_case(claims: Claims) -> Case | None:
    """The case that the best true claim names, or the one it goes on in."""
    keys = [each.case for each in claims.true]
    found = Case.objects.in_bulk(keys)
    return next((_goes_on_in(found[key]) for key in keys if key in found), None)


def speaker(claims: Claims, *, sender: str, at: datetime) -> Speaker | LetterWhy:
    """Who speaks, by the first claim of which that is so: the person a token was made for, from her own address, as far as she
    may on the page. Else why nobody does.
    """
    why = claims.wrong
    for claim in claims.true:
        found = _speaks(claim, sender, at)
        if isinstance(found, Speaker):
            return found
        why = found if why is claims.wrong else why
    return why


def _speaks(claim: Answered, sender: str, at: datetime) -> Speaker | LetterWhy:
    code = parties.known().codes.get(claim.person, "")
    holder = access.holder_of(code)
    if holder is None or not sender or holder.email.lower() != sender:
        return LetterWhy.STRANGER
    actor = access.actor_for(holder.user, via="letter", at=at)
    named = Case.objects.filter(pk=claim.case).first()
    seen = None if named is None else cases.visible(actor, at).filter(pk=_goes_on_in(named).pk).first()
    if seen is None:
        return LetterWhy.NO_VOICE
    sides = cases.parties_of(actor, at, seen)
    if policy.may_speak(actor, case=sides, on=at.date()):
        return Speaker(actor, seen, asks=True)
    return (
        Speaker(actor, seen, asks=False) if policy.may_handle(actor, case=sides, on=at.date()) else LetterWhy.NO_VOICE
    )


def _goes_on_in(found: Case) -> Case:
    return found if found.joined_to is None else _goes_on_in(found.joined_to)


def fitting(letter: Letter) -> Fitting:
    """What fits into a case: what was written now, shortened where it must be; files of a sort that is taken, as many as are."""
    text = text_now(letter)
    if len(text) > TEXT_LENGTH_MAX:
        text = text[: TEXT_LENGTH_MAX - 1] + "…"
    uploads: list[Upload] = []
    left_out: list[str] = []
    for name, upload in _named(letter):
        if upload is None or len(uploads) == FILES_MAX:
            left_out.append(name)
        else:
            uploads.append(upload)
    return Fitting(text or (letter.subject if uploads else ""), tuple(uploads), tuple(left_out))


def _named(letter: Letter) -> Iterator[tuple[str, Upload | None]]:
    """Every file with its cleaned name; without content where its sort is not taken."""
    for each in letter.attachments:
        name = files.clean_name(each.name)
        try:
            files.media_type(each.content)
        except Refusal:
            yield name, None
        else:
            yield name, Upload(name, each.content) if len(each.content) <= files.SIZE_MAX else None


def identity(letter: Letter, raw: bytes) -> tuple[str, str]:
    """What makes two letters the same one: the hash of the Message-ID, or of who wrote what to whom without one; and that of the body."""
    body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[2].rstrip()
    facts = (letter.sender, letter.subject, *letter.receivers, *letter.in_reply_to, *letter.references)
    named = letter.message_id or "\n".join(("", *facts))
    return _hash(named.encode("utf-8", "replace")), _hash(body)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
