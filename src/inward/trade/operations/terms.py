"""Terms are published, accepted and withdrawn; no version is ever changed."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from inward.core.terms import Reason, Refusal
from inward.kit import audit, locks, versions
from inward.kit.actor import Actor
from inward.kit.policy import NotThere, require
from inward.kit.transaction import transaction
from inward.parties import queries as parties
from inward.trade import policy, terms
from inward.trade.models import Terms, TermsAnswer
from inward.trade.terms import About, TermsVersion

TERMS_LANGUAGES = ("en", "nb", "it", "id")
TERMS_LENGTH_MAX = 20_000


def publish_terms(
    *, by: Actor, at: datetime, about: About, texts: Mapping[str, str], valid_from: date, source: str = ""
) -> str:
    """Publish the next version of the terms of a scheme or of a company's deduction from pay; returns its key.

    1. Wait; refuse what policy refuses.                     3. Keep it; whoever accepted another accepts anew.
    2. Refuse texts without the English one, too long ones,  4. Bump, audit (version and day, not the text).
       and of a later version a day in the past or not after
       the one before it.
    No text in any language: from that day on nothing needs to be accepted. Raises Refused, Refusal.
    """
    require(policy.may_keep_terms(by, keeps=terms.keeps(by, about, on=at.date())))
    said = {name: texts.get(name, "").strip().replace("\r\n", "\n") for name in TERMS_LANGUAGES}
    said = {name: text for name, text in said.items() if text}
    if said and "en" not in said:
        raise Refusal(Reason.of("terms_without_text"), where="text_en")
    for name, text in said.items():
        if len(text) > TERMS_LENGTH_MAX:
            raise Refusal(Reason.of("terms_text_too_long", most=TERMS_LENGTH_MAX), where=f"text_{name}")
    with transaction():
        locks.advisory(terms.VERSION)
        last = Terms.objects.filter(kind=about.kind.value, about=about.code).order_by("-number").first()
        number = 1 if last is None else last.number + 1
        if last is not None and (valid_from <= last.valid_from or valid_from < at.date()):
            reason = Reason.of("terms_day_before_last", number=last.number, since=last.valid_from)
            raise Refusal(reason, where="valid_from")
        Terms.objects.create(
            kind=about.kind.value,
            about=about.code,
            number=number,
            valid_from=valid_from,
            texts=said,
            published_at=at,
            source=source[:200],
        )
        versions.bump(terms.VERSION)
        facts = {"number": number, "valid_from": valid_from.isoformat(), "languages": ", ".join(said), "source": source}
        audit.record(by=by, at=at, act="trade.publish_terms", thing=f"terms {about.key}", facts=facts)
    return f"{about.key}:{number}"


def accept_terms(*, by: Actor, at: datetime, keys: Collection[str]) -> None:
    """Accept these versions, for oneself; what is accepted already stays as it is.

    1. Refuse nobody.  2. NotThere for versions that are not open to her.  3. Keep when; audit by her subject key.
    Raises Refused, NotThere.
    """
    found = [terms.own_one(viewer=by, at=at, key=key).version for key in dict.fromkeys(keys)]
    person = _oneself(by)
    with transaction():
        for version in found:
            answer, new = TermsAnswer.objects.get_or_create(
                person_id=person, terms_id=version.id, withdrawn_at=None, defaults={"accepted_at": at}
            )
            if new:
                _note(by, at, "accept_terms", version, answer.pk)


def withdraw_terms(*, by: Actor, at: datetime, key: str) -> None:
    """Withdraw what one accepted: from now on nothing is ordered under it; what was ordered stays as it was.

    1. Refuse nobody.  2. NotThere for what she does not accept.  3. Keep when; audit by her subject key.
    Raises Refused, NotThere.
    """
    version, person = terms.version_of(key), _oneself(by)
    with transaction():
        open_ = TermsAnswer.objects.filter(person_id=person, terms_id=version.id, withdrawn_at=None)
        answer = open_.values_list("pk", flat=True).first()
        if answer is None or not open_.update(withdrawn_at=at):
            raise NotThere
        _note(by, at, "withdraw_terms", version, answer)


def _oneself(by: Actor) -> int:
    require(policy.may_accept_terms(by))
    assert by.person is not None  # policy refuses whoever is no person
    return parties.keys()[by.person]


def _note(by: Actor, at: datetime, act: str, version: TermsVersion, answer: int) -> None:
    """Under her answer, and not under her own key: whoever looks after her records reads what was done to those."""
    audit.record(by=by, at=at, act=f"trade.{act}", thing=f"answer {answer}", facts={"terms": version.key})
