"""What is written in cases is found by words, by those who serve the department. Confidential cases never are."""

from collections.abc import Iterable

from inward.desk.cases import SEARCHED, scope_of
from inward.desk.models import Case, CaseMessage
from inward.kit import search
from inward.kit.transaction import transaction_required


@transaction_required
def findable(case: Case, *written: CaseMessage) -> None:
    """Let messages of a case be found."""
    if not case.confidential:
        search.add(SEARCHED, [_entry(case, each) for each in written])


@transaction_required
def find_anew(case: Case) -> None:
    """Let everything written in a case be found by those who serve it now; nothing of one that is confidential."""
    written = list(CaseMessage.objects.filter(case=case))
    search.remove(SEARCHED, [_reference(case, each) for each in written])
    findable(case, *(each for each in written if each.text))


@transaction_required
def forget_found(written: Iterable[CaseMessage]) -> None:
    """Let messages, of whichever cases, be found no longer."""
    search.remove(SEARCHED, [_reference(each.case, each) for each in written])


def _entry(case: Case, written: CaseMessage) -> search.Entry:
    return search.Entry(
        ref=_reference(case, written), title=case.subject, body=written.text, scope=scope_of(case.supplier_id)
    )


def _reference(case: Case, written: CaseMessage) -> str:
    return f"{case.reference}#{written.pk}"
