"""Two who load the same file at the same moment: one of them does, the other finds it known."""

import pytest
from tests.builders import committed
from tests.ledger.test_benefit_rules import load, norway
from tests.parties.test_at_once import at_once

from inward.ledger.models import BenefitRule
from inward.ledger.operations import RulesLoaded

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_file_loaded_twice_at_once_is_kept_once(transactional_db):
    with committed():
        outcomes = at_once(lambda: load(norway()), lambda: load(norway()))
        fresh, same = RulesLoaded("NO", 1, 0, 0, 0), RulesLoaded("NO", 0, 0, 0, 1)
        assert sorted(outcomes, key=lambda done: done.same) == [fresh, same]
        assert BenefitRule.objects.count() == 1
