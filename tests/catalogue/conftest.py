"""The small shop, its keepers, and an inspection of what is known."""

import pytest
from tests.builders import given_actor


@pytest.fixture
def keeper(house):
    """Looks after the data of ABC Retail alone."""
    return given_actor("abc-keeper", ("DATA_ADMINISTRATOR", "abc"))


@pytest.fixture
def keeper_of_all(house):
    return given_actor("all-keeper", ("DATA_ADMINISTRATOR", None))
