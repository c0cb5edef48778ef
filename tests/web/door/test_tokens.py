"""One's own tokens on their page: made and shown once, listed without their secret, revoked after a question."""

import re

import pytest
from tests.builders import AT, HOUSE
from tests.cast import JONAS, MAYA

from inward.access import operations, queries
from inward.access.models import ApiToken
from inward.access.vocabulary import TokenScope
from inward.kit import clock

PAGE = "/account/tokens/"
ASKED = {"name": "Zebra till", "scopes": ["orders:read", "notices:read"], "days": "30", "once": "form-1"}


@pytest.fixture
def maya(house):
    return house.browser(MAYA)


def secret(response):
    return re.search(r'id="new-token"[^>]*>(inw_[\w-]{43})<', response.content.decode())[1]


def test_a_new_token_is_shown_once_works_and_is_kept_nowhere(house, maya):
    made = maya.post(PAGE, ASKED)
    raw = secret(made)
    assert "no-store" in made["Cache-Control"]
    assert queries.caller(raw, at=clock.now(), area="orders", writes=False).user == house.users[MAYA.code]
    page = maya.get(PAGE).content.decode()
    assert raw not in page
    assert ("Zebra till" in page, raw[:12] in page, "Orders: read, and ask prices" in page) == (True, True, True)
    assert raw not in str(list(ApiToken.objects.values_list()))
    assert sorted(ApiToken.objects.get().scopes) == ["notices:read", "orders:read"]


def test_a_double_click_leaves_the_token_that_is_on_the_screen(maya):
    first, second = secret(maya.post(PAGE, ASKED)), secret(maya.post(PAGE, ASKED))
    with pytest.raises(queries.TokenEnded):
        queries.caller(first, at=clock.now(), area="orders", writes=False)
    assert not queries.caller(second, at=clock.now(), area="orders", writes=False).nobody


@pytest.mark.parametrize("wrong", [{"name": " "}, {"scopes": []}, {"scopes": ["all"]}, {"days": "4000"}, {"days": ""}])
def test_what_does_not_fit_is_said_beside_its_field_and_nothing_is_made(maya, wrong):
    answer = maya.post(PAGE, ASKED | wrong)
    (name,) = wrong
    assert answer.status_code == 422
    assert f'id="id_{name}_error"' in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_revoking_asks_first_and_ends_it_at_once(maya):
    raw = secret(maya.post(PAGE, ASKED))
    address = f"{PAGE}{ApiToken.objects.get().pk}/revoke/"
    assert "Revoke “Zebra till”?" in maya.get(address).content.decode()
    assert not queries.caller(raw, at=clock.now(), area="orders", writes=False).nobody
    assert maya.post(address).url == PAGE
    with pytest.raises(queries.TokenEnded):
        queries.caller(raw, at=clock.now(), area="orders", writes=False)
    assert maya.get(address).status_code == 404
    assert maya.post(address).status_code == 303


def test_anothers_token_is_not_there(house, maya):
    maya.post(PAGE, ASKED)
    token, jonas = ApiToken.objects.get(), house.browser(JONAS)
    assert "Zebra till" not in jonas.get(PAGE).content.decode()
    assert jonas.get(f"{PAGE}{token.pk}/revoke/").status_code == 404
    assert jonas.post(f"{PAGE}{token.pk}/revoke/").status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None


def test_the_page_asks_the_database_as_often_for_three_tokens_as_for_one(house, maya, django_assert_num_queries):
    def another(name):
        operations.make_token(
            by=house.actor(MAYA), at=AT, name=name, scopes=[TokenScope.READ], expires_at=AT.replace(year=AT.year + 1)
        )

    another("one")
    maya.get(PAGE)
    with django_assert_num_queries(3):
        maya.get(PAGE)
    another("two")
    another("three")
    with django_assert_num_queries(3):
        maya.get(PAGE)


def test_whoever_left_sees_why_nothing_of_hers_works(house, maya):
    raw = secret(maya.post(PAGE, ASKED))
    operations.lock_user(by=HOUSE, at=AT, user=house.users[MAYA.code])
    with pytest.raises(queries.TokenEnded) as ended:
        queries.caller(raw, at=clock.now(), area="orders", writes=False)
    assert ended.value.reasons[0].code == "token_owner_locked"
