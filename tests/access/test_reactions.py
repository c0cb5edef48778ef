"""What access does when it is told of something below."""

import pytest
from tests.builders import AT, HOUSE, committed, given_person, given_user

from inward.access.models import User
from inward.kit import worker
from inward.parties import operations as parties

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _committed(transactional_db):
    with committed():
        yield


def test_whoever_is_erased_as_a_person_is_forgotten_as_a_user():
    given_person("maya-lund")
    user = given_user("maya.lund", person="maya-lund")
    parties.erase_person(by=HOUSE, at=AT, person="maya-lund", reason="Asked for it.")
    assert User.objects.get(pk=user).username == "maya.lund"
    while worker.drain():
        pass
    found = User.objects.get(pk=user)
    assert (found.username, found.is_active) == (f"erased-{user}", False)
