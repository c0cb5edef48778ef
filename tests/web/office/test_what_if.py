"""What would be, asked on its page: suppositions live in the address, the answer is told to the cent, nothing is saved."""

from datetime import timedelta
from fractions import Fraction
from urllib.parse import urlencode

import pytest
from tests.builders import AT, HOUSE, ON, nothing_written
from tests.cast import INES, LUCA, MAYA, SITI
from tests.web.reading import words

from inward.parties import operations as parties

BEFORE = (ON - timedelta(days=300)).isoformat()
SOLD = f"share:jkl:xyz:0:{BEFORE}"
LEFT = f"work:maya-lund:abc:NONE:{BEFORE}"


@pytest.fixture
def lived_in(house):
    house.order(INES, ("widget-a", 10), customer="abc")
    house.order(MAYA, ("coffee-machine", 1))
    return house


def page(house, *given, **more):
    query = urlencode([*(("s", each) for each in given), *more.items()])
    client = house.browser(SITI)
    with nothing_written():
        return client.get(f"/office/what-if/?{query}")


def test_the_sale_of_a_sister_is_told_before_it_happens(lived_in):
    answer = words(page(lived_in, SOLD))
    assert "From 28 January 2026 JKL Group holds nothing of XYZ Widgets." in answer
    assert "This could touch 2 orders since" in answer
    assert "1 of them would have been another one." in answer
    assert "€43.56" in answer
    assert "€60.50" in answer
    assert "ABC Retail" in answer


def test_a_form_that_was_filled_in_leads_to_the_address_that_asks(lived_in):
    asked = {"owner": "JKL Group", "owned": "xyz", "percent": "48", "since": BEFORE}
    answer = page(lived_in, LEFT, **asked)
    assert answer.status_code == 302
    assert answer["Location"] == "/office/what-if/?" + urlencode([("s", LEFT), ("s", f"share:jkl:xyz:48:{BEFORE}")])
    worked = {"person": "Maya Lund", "company": "xyz", "kind": "PART_TIME", "since": BEFORE}
    assert page(lived_in, **worked)["Location"] == "/office/what-if/?" + urlencode(
        [("s", f"work:maya-lund:xyz:PART_TIME:{BEFORE}")]
    )
    gone = {"person": "maya-lund", "company": "abc", "kind": "NONE", "since": BEFORE}
    assert page(lived_in, **gone)["Location"] == "/office/what-if/?" + urlencode([("s", LEFT)])


def test_what_cannot_be_read_stands_beside_its_field_and_what_was_supposed_before_stays(lived_in):
    answer = page(lived_in, SOLD, owner="Nobody at all", owned="xyz", percent="much", since=BEFORE)
    assert answer.status_code == 200
    told = words(answer)
    assert "Nobody is known by this name or code: Nobody at all" in told
    assert "Type the share in percent" in told
    assert "JKL Group holds nothing of XYZ Widgets." in told


def test_a_form_sent_empty_says_what_to_fill_in_and_takes_the_focus(lived_in):
    client = lived_in.browser(SITI)
    page = client.get("/office/what-if/", {"owner": "", "owned": "", "percent": "", "since": ""})
    text = words(page)
    for said in (
        "Who holds: Type a name or a code.",
        "Percent of votes and capital: Type the share in percent, such as 60 or 33.3 or 100/3.",
        "From: Choose a day.",
    ):
        assert said in text
    assert "required" not in text
    assert page.content.decode().count("autofocus") == 1
    page = client.get("/office/what-if/", {"person": "", "company": "", "kind": "", "since": "2026-01-01"})
    assert "Who works: Type a name or a code." in words(page)
    assert "How: Choose one from the list." in words(page)


def test_each_supposition_can_be_taken_away_by_itself(lived_in):
    html = page(lived_in, SOLD, LEFT).content.decode()
    for left in (SOLD, LEFT):
        assert f'href="/office/what-if/?{urlencode([("s", left)])}"' in html


def test_a_purchase_for_oneself_is_told_without_name_and_number(lived_in):
    client = lived_in.browser(SITI)
    html = words(page(lived_in, LEFT))
    assert "a purchase for oneself" in html
    assert "Maya Lund does not work for ABC Retail." in html
    sheet = b"".join(client.get(f"/office/what-if/dealings.csv?{urlencode([('s', LEFT)])}")).decode("utf-8-sig")
    assert "a purchase for oneself" in sheet
    assert "Maya" not in sheet


def test_the_file_has_every_dealing_that_would_differ(lived_in):
    answer = lived_in.browser(SITI).get(f"/office/what-if/dealings.csv?{urlencode([('s', SOLD)])}")
    head, row = b"".join(answer).decode("utf-8-sig").splitlines()
    assert answer["Content-Disposition"] == 'attachment; filename="what-if.csv"'
    assert head.count(";") + head.count(",") >= 7
    assert "XYZ Widgets" in row
    assert "43.56" in row
    assert "60.50" in row or "60.5" in row
    assert lived_in.browser(SITI).get("/office/what-if/dealings.exe").status_code == 404


def test_a_share_that_turns_nothing_says_so(lived_in):
    assert "No order would have been another one" in words(page(lived_in, f"share:jkl:xyz:51:{BEFORE}"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("nonsense", "This supposition cannot be read: nonsense"),
        (f"share:abc:xyz:75:{BEFORE}", "100"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(lived_in, given, said):
    answer = page(lived_in, given)
    assert answer.status_code == 200
    assert said in words(answer)


@pytest.mark.parametrize("who", [MAYA, INES])
def test_nobody_else_finds_it(lived_in, who):
    client = lived_in.browser(who)
    assert client.get("/office/what-if/").status_code == 404
    assert client.get(f"/office/what-if/dealings.csv?s={SOLD}").status_code == 404


def test_the_office_leads_there_those_who_may_ask(lived_in):
    assert 'href="/office/what-if/"' in lived_in.browser(SITI).get("/office/").content.decode()
    assert 'href="/office/what-if/"' not in lived_in.browser(LUCA).get("/office/").content.decode()


def test_shares_of_a_class_are_supposed_by_class_and_number_and_the_votes_are_told(lived_in):
    assert "Suppose shares of a class" not in words(page(lived_in))
    at = {"by": HOUSE, "at": AT}
    numbers = {"issued": Fraction(1000), "votes_each": Fraction(10), "dividend_each": Fraction(1)}
    parties.record_share_class(**at, code="kestrel-a", company="kestrel", name="A", **numbers)
    assert "Suppose shares of a class" in words(page(lived_in))
    asked = {"holder": "JKL Group", "share_class": "kestrel-a", "shares": "400", "since": BEFORE}
    text = f"shares:jkl:kestrel-a:400:{BEFORE}"
    answer = page(lived_in, **asked)
    assert answer["Location"] == "/office/what-if/?" + urlencode([("s", text)])
    told = words(page(lived_in, text))
    assert "From 28 January 2026 JKL Group holds 400 shares: " in told
    assert "That is 40% of the votes." in told
    assert "holds no shares: " in words(page(lived_in, f"shares:jkl:kestrel-a:0:{BEFORE}"))
    percent = words(page(lived_in, f"share:jkl:kestrel:40:{BEFORE}"))
    assert "Kestrel Café has share classes" in percent
