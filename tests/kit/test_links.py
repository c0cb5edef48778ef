"""Signed links: for one purpose, for a time; opening one shows, only the button acts."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from inward.core.terms import Refusal
from inward.kit import links
from inward.kit.models import UsedLink
from inward.kit.transaction import NoTransaction, transaction

AT = datetime(2026, 5, 4, 9, tzinfo=UTC)
TOKEN_FOR = {"order": "abc"}


def token(**more):
    return links.make(**({"purpose": "approve", "payload": TOKEN_FOR, "expires_at": AT + timedelta(days=2)} | more))


def refused(purpose, text, at=AT):
    with pytest.raises(Refusal) as caught:
        links.read(purpose, text, at=at)
    return caught.value.reason.code


def test_it_says_what_it_was_made_with():
    found = links.read("approve", token(), at=AT)
    assert (found.payload, found.expires_at) == (TOKEN_FOR, AT + timedelta(days=2))


def test_it_holds_for_its_purpose_unchanged_and_until_its_end():
    assert refused("decline", token()) == "link_not_valid"
    assert refused("approve", token()[:-2] + "xx") == "link_not_valid"
    assert refused("approve", "") == "link_not_valid"
    assert refused("approve", token(), at=AT + timedelta(days=2)) == "link_over"


def test_opening_it_never_acts():
    acted = []

    def answered(method):
        request = RequestFactory().generic(method, "/")
        return links.shows_then_acts(
            request, show=lambda: HttpResponse("shown"), act=lambda: HttpResponse(acted.append(method) or "done")
        )

    assert [answered(method).content for method in ("GET", "HEAD")] == [b"shown", b"shown"]
    assert answered("DELETE").status_code == 405
    assert acted == []
    answer = answered("POST")
    assert (answer.content, acted, answer["Cache-Control"], answer["Referrer-Policy"]) == (
        b"done",
        ["POST"],
        "no-store",
        "same-origin",
    )


@pytest.mark.django_db
def test_a_link_that_holds_once_is_used_up_by_the_act_that_succeeds():
    used = token()
    with pytest.raises(ZeroDivisionError), transaction():
        assert links.use_up("approve", used, at=AT).payload["order"] == 1 / 0
    with transaction():
        assert links.use_up("approve", used, at=AT).payload == TOKEN_FOR
    with pytest.raises(Refusal) as caught, transaction():
        links.use_up("approve", used, at=AT + timedelta(hours=1))
    assert caught.value.reason.code == "link_used"
    with transaction():
        links.use_up("approve", token(payload={"order": "other"}), at=AT)
    with pytest.raises(NoTransaction):
        links.use_up("approve", token(payload={"order": "third"}), at=AT)


@pytest.mark.django_db
def test_what_is_over_is_no_longer_remembered():
    with transaction():
        links.use_up("approve", token(), at=AT)
    with transaction():
        links.use_up("approve", token(expires_at=AT + timedelta(days=9)), at=AT + timedelta(days=3))
    assert [mark.used_at for mark in UsedLink.objects.all()] == [AT + timedelta(days=3)]
