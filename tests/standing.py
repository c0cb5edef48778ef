"""The house of the cast, made once for the tests of a module and put back after each: a pytest plugin.

Making it through the operations takes longer than most tests that live in it. So it is made in a transaction that stays open
while tests of one module follow one another; each test runs in a savepoint of its own, and what it wrote is taken back.
Within a module, tests that live in the house come first; the house is gone before any other test begins.
"""

from itertools import groupby

import pytest
from django.db import transaction

_ONCE = "_house_of_the_module"


class _Standing:
    """The transaction in which the house stands, if one does."""

    def __init__(self):
        self.block = None

    def build(self, given):
        self.block = transaction.atomic()  # noqa: TID251 (around tests, as Django's own)
        self.block._from_testcase = True  # as Django's TestCase does: operations that must be outermost stay so
        self.block.__enter__()
        try:
            return given()
        except BaseException:
            self.clear()
            raise

    def clear(self):
        if self.block is not None:
            block, self.block = self.block, None
            transaction.set_rollback(True)
            block.__exit__(None, None, None)


_standing = _Standing()


@pytest.fixture(scope="module")
def _house_of_the_module(django_db_setup, django_db_blocker):
    from inward.kit import clock, kept, numbers
    from tests.builders import AT
    from tests.shop import given_the_house

    kept.forget_all()
    numbers.forget_all()
    with django_db_blocker.unblock():
        with clock.shifted(AT):
            made = _standing.build(given_the_house)
        yield made
        _standing.clear()


@pytest.fixture
def house(_house_of_the_module, db):
    """ABC sells to its staff and XYZ to its sister; books stand open. What the test writes is taken back after it."""
    return _house_of_the_module


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Tests that live in the house come first among those of their module that stand together."""
    ordered = []
    for _, together in groupby(items, key=lambda item: item.path):
        ordered += sorted(together, key=lambda item: _ONCE not in item.fixturenames)
    items[:] = ordered


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """No other test finds the house."""
    asked = getattr(item, "fixturenames", ())
    if _ONCE in asked and {"live_server", "transactional_db"} & set(asked):
        pytest.fail("what is really committed has a house of its own: served_house, street", pytrace=False)
    if _standing.block is not None and _ONCE not in asked:
        _standing.clear()
