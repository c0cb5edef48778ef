"""The house of the cast, made once for all tests that live in it and put back after each: a pytest plugin.

Making it through the operations takes longer than most tests that live in it. So it is made in a transaction that stays open
while such tests follow one another; each test runs in a savepoint of its own, and what it wrote is taken back.
Tests that live in the house come first, and after them those in a browser, which take longest: a process that is done does
not wait for them. The house is gone before any other test begins.
"""

import pytest
from django.db import transaction

_ONCE = "_house_that_stands"


class _Standing:
    """The transaction in which the house stands, if one does, and what the house is."""

    def __init__(self):
        self.block = None
        self.made = None
        self.database = None

    def build(self, given, database):
        self.database = database
        self.block = transaction.atomic()  # noqa: TID251 (around tests, as Django's own)
        self.block._from_testcase = True  # as Django's TestCase does: operations that must be outermost stay so
        self.block.__enter__()
        try:
            self.made = given()
        except BaseException:
            self.clear()
            raise

    def clear(self):
        if self.block is not None:
            block, self.block, self.made = self.block, None, None
            with self.database.unblock():
                transaction.set_rollback(True)
                block.__exit__(None, None, None)


_standing = _Standing()


@pytest.fixture(scope="session")
def _house_is_gone_at_the_end(django_db_setup):
    yield
    _standing.clear()


@pytest.fixture(scope="module")  # before what a test opens for itself
def _house_that_stands(_house_is_gone_at_the_end, django_db_blocker):
    from inward.kit import clock, kept, numbers
    from tests.builders import AT
    from tests.shop import given_the_house

    if _standing.block is None:
        kept.forget_all()
        numbers.forget_all()
        with django_db_blocker.unblock(), clock.shifted(AT):
            _standing.build(given_the_house, django_db_blocker)
    return _standing.made


@pytest.fixture
def house(_house_that_stands, db):
    """ABC sells to its staff and XYZ to its sister; books stand open. What the test writes is taken back after it."""
    return _house_that_stands


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Tests that live in the house first, then those in a browser."""
    items.sort(key=lambda item: (_ONCE not in item.fixturenames, "browser" not in item.keywords))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """No other test finds the house."""
    asked = getattr(item, "fixturenames", ())
    if _ONCE in asked and {"live_server", "transactional_db"} & set(asked):
        pytest.fail("what is really committed has a house of its own: served_house, street", pytrace=False)
    if _standing.block is not None and _ONCE not in asked:
        _standing.clear()
