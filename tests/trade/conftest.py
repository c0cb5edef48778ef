"""The small shop and, beside it, a budget, a second department and a way to see what one act left behind."""

import pytest


@pytest.fixture
def house(house):
    return house
