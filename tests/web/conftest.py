"""The house with its small shop for the tests of pages: in the test's own transaction, or behind a real server."""

import pytest
from tests.builders import AT, ON, committed
from tests.shop import given_the_house

from inward.kit import clock


@pytest.fixture(autouse=True)
def _the_day():
    with clock.shifted(AT):
        yield


@pytest.fixture
def street(live_server, settings):
    """The same house behind a real server: the house and its address. The day is fixed for every thread."""
    settings.INWARD_TODAY = ON
    with committed():
        yield given_the_house(), live_server.url


@pytest.fixture
def served_house(live_server):
    """The same house behind a real server whose clock is the machine's own, as that of another server it talks to."""
    with committed():
        yield given_the_house()
