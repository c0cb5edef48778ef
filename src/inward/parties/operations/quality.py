"""What the data quality board keeps: findings left as they are, and how many there were on each day.

They change nothing that is known of the parties, so the version of the world stands.
"""

from datetime import date, datetime

from inward.core.terms import Reason, Refusal
from inward.kit import audit
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.kit.transaction import transaction
from inward.parties import policy, quality
from inward.parties.changing import check_length
from inward.parties.models import NAME_LENGTH_MAX, FindingCount, LeftFinding


def leave_finding(*, by: Actor, at: datetime, check: str, key: int, reason: str, until: date | None = None) -> None:
    """Leave a finding as it is, until a day (not counted; None: for good). Left already, the later word stands.

    1. Refuse what policy refuses.  2. Refuse no reason, and a day that is over.  3. Keep it; audit without the reason,
       which may name somebody.
    Raises Refused, Refusal, NotThere (nothing is found there, or out of bounds).
    """
    quality.finding(viewer=by, at=at, check=check, key=key)
    if not reason.strip():
        raise Refusal(Reason.of("finding_reason_missing"), where="reason")
    check_length("reason", reason.strip(), NAME_LENGTH_MAX)
    if until is not None and until <= at.date():
        raise Refusal(Reason.of("finding_until_over"), where="until")
    with transaction():
        LeftFinding.objects.update_or_create(
            check_name=check, key=key, defaults={"reason": reason.strip(), "until": until, "left_at": at}
        )
        audit.record(
            by=by,
            at=at,
            act="parties.leave_finding",
            thing=f"finding {check} {key}",
            facts={"until": None if until is None else until.isoformat()},
        )


def take_up_finding(*, by: Actor, at: datetime, check: str, key: int) -> None:
    """Show a finding again that was left as it is. Nothing to do for one that was not.

    1. Refuse what policy refuses.  2. Forget that it was left; audit.
    Raises Refused, NotThere (nothing is found there, or out of bounds).
    """
    quality.finding(viewer=by, at=at, check=check, key=key)
    with transaction():
        if LeftFinding.objects.filter(check_name=check, key=key).delete()[0]:
            audit.record(by=by, at=at, act="parties.take_up_finding", thing=f"finding {check} {key}", facts={})


def count_findings(*, by: Actor, at: datetime) -> None:
    """Note how many findings every check has today; counted again, the later number stands.

    1. Refuse what policy refuses.  2. Count; keep one number for each check and day.
    Raises Refused. No audit: nothing that anybody said is changed.
    """
    require(policy.may_administer_everything(by, on=at.date()))
    found = quality.counts(viewer=by, at=at)
    rows = [FindingCount(check_name=each.check, day=at.date(), findings=each.findings) for each in found]
    with transaction():
        FindingCount.objects.bulk_create(
            rows, update_conflicts=True, update_fields=["findings"], unique_fields=["day", "check_name"]
        )
