"""The office: lists, pages and acts of data administrators, each shown before it is saved; others find nothing there."""

import pytest
from tests.builders import LONG_AGO, nothing_written
from tests.cast import INES, MAYA, SITI
from tests.web.reading import form, words

from inward.parties.models import Holding

THINGS = ("companies", "holdings", "units", "people", "work", "users", "roles")


def sent(client, address, /, **typed):
    """What the form at that address would send with these values typed in."""
    found = form(client.get(address), "")
    return {name: values[-1] for name, values in found.items()} | typed


def previewed(client, address, /, **typed):
    return client.post(address, sent(client, address, **typed) | {"step": "preview"})


def saved(client, address, /, **typed):
    """Through the preview to the end, as people do it."""
    page = previewed(client, address, **typed)
    assert page.status_code == 200, words(page)
    again = {name: values[-1] for name, values in form(page, "").items()}
    return client.post(address, again | {"step": "save"}, follow=True)


@pytest.mark.parametrize("thing", THINGS)
def test_every_thing_has_a_list_that_opens_and_downloads(house, thing):
    client = house.browser(SITI)
    assert client.get(f"/office/{thing}/").status_code == 200
    for form_ in ("csv", "xlsx"):
        answer = client.get(f"/office/{thing}/-/list.{form_}")
        assert answer.status_code == 200
        assert answer["Content-Disposition"] == f'attachment; filename="{thing}.{form_}"'
    assert client.get(f"/office/{thing}/-/list.exe").status_code == 404


def test_a_share_is_changed_from_a_day_on_after_its_preview(house):
    client = house.browser(SITI)
    address = "/office/holdings/jkl-xyz/do/change/"
    with nothing_written():
        page = previewed(client, address, percent="45", valid_from="2027-01-01", source="Letter of 3 November")
    assert "Nothing is saved yet." in words(page)
    assert "Votes in percent 60 % 45 %" in words(page)
    page = saved(client, address, percent="45", valid_from="2027-01-01", source="Letter of 3 November")
    assert "The change is kept." in words(page)
    assert [(str(h.votes), str(h.valid_from), str(h.valid_until)) for h in held("jkl", "xyz")] == [
        ("3/5", str(LONG_AGO), "2027-01-01"),
        ("9/20", "2027-01-01", "None"),
    ]


def held(owner, owned):
    return Holding.objects.current().filter(owner__code=owner, owned__code=owned).order_by("valid_from")


@pytest.mark.parametrize("thing", THINGS)
def test_every_form_and_history_opens_for_those_who_look_after_everything(house, thing):
    from inward.web.office.things import THINGS as DECLARED

    client = house.browser(SITI)
    declared = DECLARED[thing]
    for act in declared.creates:
        assert client.get(f"/office/{thing}/-/new/{act.name}/").status_code == 200
    address = first(client.get(f"/office/{thing}/"), thing)
    assert client.get(address).status_code == 200
    assert client.get(f"{address}history/").status_code == 200
    for act in declared.acts:
        assert client.get(f"{address}do/{act.name}/").status_code in (200, 404)
    assert client.get(f"{address}do/nonsense/").status_code == 404
    assert client.get(f"/office/{thing}/-/new/nonsense/").status_code == 404


def first(page, thing):
    """Where the first line of a list leads."""
    text = page.content.decode()
    start = text.index(f'<th scope="row"><a href="/office/{thing}/') + len('<th scope="row"><a href="')
    return text[start : text.index('"', start)]


def test_selling_a_company_tells_beforehand_who_becomes_outside_and_what_orders_would_cost(house):
    house.order(INES, ("widget-a", 10), customer="abc")
    client = house.browser(SITI)
    address = "/office/holdings/jkl-xyz/do/end/"
    with nothing_written():
        page = words(previewed(client, address, valid_until="2026-12-31"))
    assert "Since 1 Jan 2027" in page
    assert "5 pairs of companies become outside: ABC Retail and XYZ Widgets;" in page
    assert "Had it held already, of 1 order of the last 90 days, 1 would have another verdict, 1 another price." in page
    assert "Orders that were placed keep what was decided." in page


def test_ending_work_tells_beforehand_for_whom_she_is_no_longer_inside(house):
    house.order(MAYA, ("coffee-machine", 1))
    client = house.browser(SITI)
    page = words(previewed(client, "/office/work/maya-lund-abc/do/end/", valid_until="2026-12-31"))
    assert "Maya Lund, before ABC Retail: outside instead of staff of the company." in page
    assert "of 1 order of the last 90 days, 1 would have another verdict, 1 another price." in page
