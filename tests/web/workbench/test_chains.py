"""Who had how much time of a promise that rests on several departments, as whoever serves reads it."""

import pytest
from tests.cast import INES, MAYA, TOR
from tests.desk.asked import later
from tests.desk.test_chains import desk, handed
from tests.web.reading import words

from inward.desk import operations
from inward.kit import clock

__all__ = ["desk"]


@pytest.mark.usefixtures("desk")
def test_a_case_and_our_service_tell_who_used_whose_time(house):
    with clock.shifted(later(hours=2)):
        reference = handed(house, later(hours=1))
        page = words(house.browser(INES).get(f"/desk/{reference}/"))
        assert "Who had how much time?" in page
        assert "IT, ABC Retail: 1 h 0 min of 2 h 40 min" in page
        assert "Purchasing, ABC Retail : 1 h 0 min of 5 h 20 min, lasts until 1 Dec" in page
        assert "Who had how much time?" not in words(house.browser(MAYA).get(f"/requests/{reference}/"))
    with clock.shifted(later(days=1)):
        operations.solve(by=house.actor(TOR), at=later(days=1), case=reference, words="Changed.")
        told = words(house.browser(INES).get("/desk/service/"))
    assert "Along the chain" in told
    assert "Purchasing, ABC Retail 1 6 h 0 min 1 40 min" in told
