"""Letters as they arrive, codes as an app shows them, and a browser that has signed in through the door."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client
from tests.builders import PASSWORD

from inward.access.models import User
from inward.kit import worker


def through_the_door(part, *, password=PASSWORD, **headers):
    """A client signed in by the form, as people do."""
    client = Client(headers=headers)
    answer = client.post("/door/login/", {"login": part.code, "password": password})
    assert answer.status_code == 302, answer.content
    return client


def letters():
    """What the worker sends of what waits: the new letters, oldest first."""
    before = len(mail.outbox)
    worker.drain()
    return mail.outbox[before:]


def link_in(letter):
    """The path of the link in a letter."""
    return "/" + re.search(r"https?://\S+", letter.body)[0].split("/", 3)[3]


def code_of(secret, *, steps=0):
    """What an app shows now, or some half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def set_up_an_app(client):
    """Set up an app in this browser; returns its secret and the recovery codes shown once."""
    page = client.get("/account/second-factor/app/")
    secret = re.search(r'class="secret-key"[^>]*>([A-Z2-7]+)<', page.content.decode())[1]
    answer = client.post("/account/second-factor/app/", {"code": code_of(secret)})
    assert answer.url == "/account/second-factor/codes/", answer.content.decode()
    shown = client.get(answer.url).content.decode()
    return secret, re.findall(r"<li>(\d{8})</li>", shown)


@pytest.fixture
def factors():
    """How many second factors a part has, by kind."""

    def found(part):
        user = User.objects.get(username=part.code)
        return sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))

    return found
