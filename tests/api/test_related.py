"""Related parties over HTTP: the same as the page, for whoever sees the books."""

from tests.api.conftest import Caller, token_of
from tests.cast import INES, LUCA

YEAR = "?since=2026-01-01&until=2027-01-01"


def test_a_controller_reads_who_is_related_and_what_was_dealt(house):
    house.order(INES, ("widget-a", 10), customer="abc")
    luca = Caller(token_of(house, LUCA, writes=False))
    found = luca.get(f"/books/xyz/related-parties{YEAR}").json()
    assert (found["company"]["code"], found["definition"], found["chosen"]) == ("xyz", "ias24_related", False)
    (abc,) = [each for each in found["parties"] if each["party"]["code"] == "abc"]
    assert [(each["relation"], each["valid_from"], each["valid_until"]) for each in abc["related_as"]] == [
        ("fellow", "2026-01-01", "2027-01-01")
    ]
    euro = {"amount": "36.00", "currency": "EUR"}
    assert abc["figures"]["dealt"] == [{"flow": "SALE", "dealings": 1, "amount": euro, "elsewhere": False}]
    assert abc["figures"]["owed_to_us"] == [{"amount": "43.56", "currency": "EUR"}]
    told = luca.get(f"/books/xyz/related-parties/abc/dealings{YEAR}").json()
    assert [(each["flow"], each["amount"]) for each in told["dealings"]] == [("SALE", euro)]
    assert not told["more"]
    strict = luca.get(f"/books/xyz/related-parties{YEAR}&definition=strict_majority").json()
    assert "solberg" not in {each["party"]["code"] for each in strict["parties"]}


def test_days_that_make_no_span_and_rules_nobody_knows_are_refused(house):
    luca = Caller(token_of(house, LUCA, writes=False))
    for asked, status in (
        ("?since=2026-01-01&until=2026-01-01", 422),
        ("?since=0001-01-01&until=0001-01-01&definition=ubo25", 422),
        ("?since=2026-01-01", 422),
        (f"{YEAR}&definition=no-such", 404),
    ):
        assert luca.get(f"/books/xyz/related-parties{asked}").status_code == status, asked
