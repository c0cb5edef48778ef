"""The small shop and, beside it, a budget, a second department and a way to see what one act left behind."""

import pytest
from tests.shop import given_the_house


@pytest.fixture
def house(db):
    return given_the_house()
