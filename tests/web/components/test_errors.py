"""Whatever goes wrong becomes a page that says what happened and what to do; bugs get a reference that is in the log."""

import pytest
from django.test import Client, RequestFactory
from django.utils import translation
from tests.cast import INES, MAYA
from tests.web.reading import words

from inward.core.terms import Reason, Refusal
from inward.kit.idempotency import KeyReused
from inward.kit.policy import NotThere, Refused
from inward.web.components import errors


@pytest.fixture(autouse=True)
def in_english():
    """Pages made without a visit speak what the last visitor of the thread spoke."""
    with translation.override("en"):
        yield


def request(**headers):
    asked = RequestFactory().get("/somewhere/", headers=headers)
    asked.session = {}
    return asked


@pytest.mark.parametrize(
    ("raised", "status", "title"),
    [
        (NotThere(), 404, "There is nothing here"),
        (Refused((Reason.of("reason_missing"),)), 403, "You may not do this"),
        (Refusal(Reason.of("reason_missing")), 422, "This cannot be done"),
        (KeyReused("k"), 409, "This form was sent before with other contents"),
    ],
)
def test_each_refusal_has_its_status_and_its_words(db, raised, status, title):
    response = errors.ProblemMiddleware(lambda r: r).process_exception(request(), raised)
    assert response.status_code == status
    assert title in words(response)


def test_a_bug_gets_a_reference_that_stands_in_the_log_and_on_the_page(db, caplog):
    asked = request()
    assert errors.ProblemMiddleware(lambda r: r).process_exception(asked, ZeroDivisionError()) is None
    response = errors.broken(asked)
    assert response.status_code == 500
    assert asked.problem_reference in caplog.text
    assert asked.problem_reference in words(response)
    assert "ZeroDivisionError" not in words(response)


def test_for_htmx_the_problem_replaces_the_content_of_the_page():
    response = errors.not_found(request(**{"HX-Request": "true"}))
    assert (response["HX-Retarget"], response["HX-Reselect"], response["HX-Reswap"]) == ("#main", "#main", "outerHTML")


def test_going_back_leads_into_this_house_only():
    ours = errors.forbidden(request(Referer="http://testserver/orders/"))
    theirs = errors.forbidden(request(Referer="https://elsewhere.example/"))
    assert 'href="http://testserver/orders/"' in ours.content.decode()
    assert "elsewhere" not in theirs.content.decode()


def test_a_forged_form_is_refused_with_advice(house):
    client = Client(enforce_csrf_checks=True)
    client.force_login(client_user(house))
    response = client.post("/basket/put/", {"offering": "coffee-machine", "quantity": "1"})
    assert response.status_code == 403
    assert "Open the page again and send the form once more." in words(response)


def client_user(house):
    from inward.access.models import User

    return User.objects.get(pk=house.users[MAYA.code])


def test_reasons_name_departments_by_name_and_never_by_code(house):
    response = house.browser(MAYA).post("/door/act-for/", {"party": "abc-it"})
    assert response.status_code == 403
    assert "abc-it" not in words(response)


def test_an_address_that_leads_nowhere_is_answered_in_the_readers_language(house):
    assert "There is nothing here" in words(house.browser(INES).get("/no/such/page/"))
