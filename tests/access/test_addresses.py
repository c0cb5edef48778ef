"""From where a request comes: no header of a stranger is believed, one's own proxies are."""

import pytest
from django.test import RequestFactory

from inward.access.addresses import UNKNOWN, client_address


def asked(remote="192.0.2.7", forwarded=None):
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "expected"),
    [
        (0, "192.0.2.7", None, "192.0.2.7"),
        (0, "192.0.2.7", "203.0.113.9", "192.0.2.7"),
        (1, "127.0.0.1", "203.0.113.9", "203.0.113.9"),
        (1, "127.0.0.1", "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (2, "127.0.0.1", "6.6.6.6, 203.0.113.9, 10.0.0.3", "203.0.113.9"),
        (2, "10.0.0.9", "203.0.113.9", "10.0.0.9"),
        (1, "10.0.0.9", None, "10.0.0.9"),
        (1, "127.0.0.1", "203.0.113.9:4711", "203.0.113.9"),
        (1, "127.0.0.1", "[2001:db8::1]:4711", "2001:db8::1"),
        (1, "127.0.0.1", "2001:DB8::1", "2001:db8::1"),
        (1, "127.0.0.1", "nonsense", UNKNOWN),
        (0, "", None, UNKNOWN),
    ],
)
def test_the_address_is_what_ones_own_proxies_saw(settings, proxies, remote, forwarded, expected):
    settings.INWARD_PROXIES = proxies
    assert client_address(asked(remote, forwarded)) == expected
