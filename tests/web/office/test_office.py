"""The office: lists, pages and acts of data administrators, each shown before it is saved; others find nothing there."""

import pytest
from tests.builders import LONG_AGO, given_role, nothing_written
from tests.cast import INES, LUCA, MAYA, RATNA, SITI, TOR
from tests.web.reading import form, words

from inward.access.models import RoleGrant
from inward.kit.models import SavedList
from inward.parties.models import Holding

WORK = "/office/" + "work/"
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
    page = words(previewed(client, f"{WORK}maya-lund-abc/do/end/", valid_until="2026-12-31"))
    assert "Maya Lund, before ABC Retail: outside instead of staff of the company." in page
    assert "What fewer than three people bought for themselves is not told." in page
    assert "of the last 90 days" not in page


# --- the whole way -----------------------------------------------------------------------------------------------------


def test_the_history_says_who_changed_what_when_and_why(house):
    client = house.browser(SITI)
    saved(client, "/office/holdings/jkl-xyz/do/change/", percent="45", valid_from="2027-01-01", source="Letter 7")
    text = words(client.get("/office/holdings/jkl-xyz/history/"))
    assert "Changed 24 Nov 2026, 09:00 · Siti Hartati" in text
    assert "Owner: JKL Group, Company owned: XYZ Widgets" in text.replace("  ", " ") or "Votes: 45%" in text
    assert "Why: Letter 7" in text
    assert "corrected since" in text
    assert "since 1 Jan 2027 later 45% of the votes" in text


def test_a_second_click_and_a_second_tab_change_nothing_more(house):
    client = house.browser(SITI)
    address = "/office/holdings/-/new/record/"
    typed = {"owner": "abc", "owned": "kestrel", "percent": "10"}
    page = previewed(client, address, **typed)
    send = {name: values[-1] for name, values in form(page, "").items()} | {"step": "save"}
    first_, second = (client.post(address, send) for _ in range(2))
    assert (first_.status_code, second.status_code) == (303, 303)
    assert first_.url == second.url == "/office/holdings/abc-kestrel/"
    assert held("abc", "kestrel").count() == 1
    assert client.post(address, send | {"percent": "20"}).status_code == 409
    assert held("abc", "kestrel").count() == 1


def test_what_the_operation_refuses_is_said_at_its_field_before_anything_is_saved(house):
    client = house.browser(SITI)
    address = "/office/holdings/-/new/record/"
    with nothing_written():
        page = previewed(client, address, owner="abc", owned="xyz", percent="41")
    assert page.status_code == 422
    text = words(page)
    assert "This cannot be saved yet" in text
    assert "Votes in percent : The ownership shares of XYZ Widgets add up to 101%" in text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"percent": "lots"}, "Type the share in percent, such as 60 or 33.3 or 100/3."),
        ({"percent": "1" * 900}, "Type the share in percent"),
        ({"percent": "1e300"}, "Type the share in percent"),
        ({"percent": "1e-300"}, "Type the share in percent"),
        ({"percent": "150"}, "150% is not a share"),
        ({"owner": "nobody at all"}, "Nobody is known by this name or code: nobody at all"),
        ({"owner": "abc-it"}, "Nobody is known by this name or code: abc-it"),
        ({"owner": "e"}, "Several fit. Type the code of one of them:"),
        ({"valid_from": "31.12.2026"}, "Enter a valid date."),
        ({"valid_until": "9999-12-31"}, "This day is too far away."),
        ({"valid_until": "2014-12-31", "valid_from": "2015-01-01"}, "before it begins"),
        ({"owner": "=cmd|' /C calc'!A0"}, "Nobody is known by this name or code"),
        ({"source": "x" * 201}, "at most 200 characters"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place_and_nothing_is_saved(house, typed, said):
    client = house.browser(SITI)
    usual = {"owner": "abc", "owned": "kestrel", "percent": "10"}
    with nothing_written():
        page = previewed(client, "/office/holdings/-/new/record/", **usual | typed)
    assert page.status_code == 422
    assert said in words(page)


def test_a_share_may_be_typed_as_people_write_it_and_owners_by_name(house):
    client = house.browser(SITI)
    page = saved(client, "/office/holdings/-/new/record/", owner="abc retail", owned="kestrel", percent="33,3 %")
    assert "The share is recorded." in words(page)
    (share,) = held("abc", "kestrel")
    assert str(share.votes) == "333/1000"


def test_what_was_typed_is_not_lost_on_the_way_back_from_the_preview(house):
    client = house.browser(SITI)
    address = "/office/holdings/jkl-xyz/do/change/"
    page = previewed(client, address, percent="45", valid_from="2027-01-01", source="Letter 7")
    again = {name: values[-1] for name, values in form(page, "").items()}
    page = client.post(address, again | {"step": "edit"})
    assert page.status_code == 200
    kept = form(page, "")
    assert (kept["percent"], kept["valid_from"], kept["source"]) == (["45"], ["2027-01-01"], ["Letter 7"])


def test_a_person_begins_moves_and_leaves(house):
    client = house.browser(SITI)
    page = saved(client, "/office/people/-/new/add/", code="new-one", name="New One", email="new@example.org")
    assert "The person is known now." in words(page)
    page = saved(
        client,
        f"{WORK}-/new/start/?person=new-one",
        company="abc",
        unit="abc-it",
        job_title="Tester",
        valid_from="2026-12-01",
    )
    assert "New One at ABC Retail" in words(page)
    page = saved(
        client,
        f"{WORK}new-one-abc/do/move/",
        valid_from="2027-02-01",
        unit="abc-marketing",
        kind="PART_TIME",
        line_of_business="retail",
    )
    assert "The change is kept." in words(page)
    assert "retail" in client.get(f"{WORK}new-one-abc-2/").content.decode()
    page = saved(client, f"{WORK}new-one-abc-2/do/end/", valid_until="2027-12-31", source="Contract")
    assert "1 Feb 2027 to 31 Dec 2027" in words(page)
    text = words(client.get("/office/people/new-one/history/"))
    assert "Made known" in text
    assert "Began to work" in text


def test_a_unit_opens_moves_is_renamed_and_closes(house):
    client = house.browser(SITI)
    saved(client, "/office/units/-/new/open/", code="abc-new", name="New", company="abc", valid_from="2026-01-01")
    saved(client, "/office/units/abc-new/do/move/", valid_from="2026-06-01", company="abc", parent="abc-shops")
    saved(client, "/office/units/abc-new/do/rename/", name="Newer")
    page = words(saved(client, "/office/units/abc-new/do/close/", valid_until="2026-12-31"))
    assert "Newer, ABC Retail" in page
    assert "1 Jun 2026 to 31 Dec 2026 now below Shops in ABC Retail" in page


def test_a_company_is_founded_changed_from_a_day_on_and_renamed(house):
    client = house.browser(SITI)
    saved(client, "/office/companies/-/new/found/", code="nova", name="Nova", currency="nok", country="no")
    saved(client, "/office/companies/nova/do/change/", valid_from="2027-01-01", currency="EUR", country="NL")
    page = words(saved(client, "/office/companies/nova/do/rename/", name="Nova Group"))
    assert "Nova Group" in page
    assert "Called on other days Nova, until" in page
    page = words(saved(client, "/office/companies/nova/do/rename/", name="Nova Holding", valid_from="2027-05-01"))
    assert "Called on other days Nova Holding, from 1 May 2027" in page
    page = words(saved(client, "/office/companies/nova/do/correct-name/", name="NOVA Group"))
    assert "NOVA Group" in page
    assert "until 31 Dec 2026 now NO, NOK, UTC" in page
    assert "since 1 Jan 2027 later NL, EUR, UTC" in page


def test_somebody_is_invited_given_a_role_locked_and_unlocked(house):
    client = house.browser(SITI)
    page = saved(client, "/office/users/-/new/invite/", username="auditor", email="a@example.org", source="Board")
    assert "The invitation goes out." in words(page)
    address = page.redirect_chain[-1][0]
    page = saved(client, f"{address}do/grant/", role="AUDITOR", valid_from="2026-12-01", source="Board")
    assert "Auditor everything (since 1 Dec 2026)" in words(page)
    assert RoleGrant.objects.get(role="AUDITOR").source == "Board"
    page = saved(client, f"{address}do/lock/")
    assert "May sign in no" in words(page)
    assert client.get(f"{address}do/lock/").status_code == 404
    assert "May sign in yes" in words(saved(client, f"{address}do/unlock/"))
    assert "Locked" in words(client.get(f"{address}history/"))
    listed = client.get("/office/roles/?role=AUDITOR&on=2026-12-01")
    page = saved(client, f"{first(listed, 'roles')}do/end/", valid_until="2027-01-31")
    assert "1 Dec 2026 to 31 Jan 2027" in words(page)


def test_nobody_gives_herself_a_role_in_the_office_either(house):
    client = house.browser(SITI)
    with nothing_written():
        page = previewed(client, f"/office/users/{house.users[SITI.code]}/do/grant/", role="AUDITOR")
    assert page.status_code == 403
    assert "Nobody grants a role to themselves." in words(page)


# --- one company -------------------------------------------------------------------------------------------------------


@pytest.fixture
def keeper(house):
    """Tor, who looks after the records of ABC alone."""
    given_role(house.users[TOR.code], "DATA_ADMINISTRATOR", "abc")
    return house.browser(TOR, **{"Accept-Language": "en"})


def english(client):
    client.post("/language/", {"language": "en", "next": "/"})
    return client


def test_whoever_looks_after_one_company_sees_that_one_alone(house, keeper):
    for thing in THINGS:
        page = keeper.get(f"/office/{thing}/")
        assert page.status_code == 200
        assert "XYZ Widgets" not in words(page)
        assert "Ratna" not in words(page)
    assert keeper.get("/office/companies/abc/").status_code == 200
    for address in (
        "companies/xyz/",
        "companies/xyz/history/",
        "companies/xyz/do/rename/",
        "holdings/jkl-xyz/",
        "units/xyz-sales/",
        "people/ratna-wijayanti/",
        "work/ratna-wijayanti-xyz/",
        f"users/{house.users[RATNA.code]}/",
        "units/xyz-sales/history/",
    ):
        assert keeper.get(f"/office/{address}").status_code == 404, address


def test_whoever_looks_after_one_company_changes_that_one_alone(house, keeper):
    with nothing_written():
        assert previewed(keeper, "/office/units/-/new/open/", code="x", name="X", company="abc").status_code == 200
    unit = sent(keeper, "/office/units/-/new/open/", code="x", name="X", company="xyz")
    with nothing_written():
        assert keeper.post("/office/units/-/new/open/", unit | {"step": "save"}).status_code == 422
        assert keeper.get("/office/holdings/jkl-abc/do/change/").status_code == 403
        assert keeper.get("/office/companies/-/new/found/").status_code == 403
        assert keeper.get("/office/users/-/new/invite/").status_code == 403
    page = saved(keeper, f"/office/users/{house.users[MAYA.code]}/do/grant/", role="BUYER", party="abc-shops")
    assert RoleGrant.objects.filter(user_id=house.users[MAYA.code], role="BUYER").count() == 1
    assert page.status_code == 200


def test_a_controller_finds_the_things_of_the_books_and_no_others(house):
    client = house.browser(LUCA)
    start = words(client.get("/office/"))
    assert "Accounts" in start
    assert "Companies" not in start
    for address in ("companies/", "companies/abc/", "companies/abc/history/", "people/"):
        assert client.get(f"/office/{address}").status_code == 404
    with nothing_written():
        assert client.post("/office/companies/abc/do/rename/", {"step": "save", "name": "X"}).status_code == 404


def test_whoever_serves_finds_the_counts_of_her_items_and_no_other_records(house):
    client = house.browser(RATNA)
    start = words(client.get("/office/"))
    assert "Counted items" in start
    assert "Companies" not in start
    for address in ("companies/", "companies/abc/", "companies/abc/history/", "prices/", "people/", "accounts/"):
        assert client.get(f"/office/{address}").status_code == 404
    with nothing_written():
        assert client.post("/office/companies/abc/do/rename/", {"step": "save", "name": "X"}).status_code == 404


@pytest.mark.parametrize("part", [MAYA, INES], ids=lambda part: part.code)
def test_others_find_no_office(house, part):
    client = house.browser(part)
    for address in ("", "companies/", "companies/abc/", "companies/abc/history/", "imports/", "imports/new/"):
        assert client.get(f"/office/{address}").status_code == 404
    assert "Records" not in words(client.get("/"))
    with nothing_written():
        assert client.post("/office/companies/abc/do/rename/", {"step": "save", "name": "X"}).status_code == 404


# --- lists -------------------------------------------------------------------------------------------------------------


def test_a_list_is_kept_under_a_name_chosen_and_forgotten(house):
    client = house.browser(SITI)
    page = client.post("/office/people/-/keep/", {"query": "text=lund&evil=1&sort=code", "name": "Lunds"}, follow=True)
    assert "The list is kept as “Lunds”." in words(page)
    assert SavedList.objects.get().params == {"text": "lund", "sort": "code"}
    assert page.redirect_chain[-1][0] == "/office/people/?text=lund&sort=code"
    assert b">Lunds</a>" in house.browser(SITI).get("/office/people/").content
    page = client.post("/office/people/-/forget/", {"name": "Lunds"}, follow=True)
    assert "“Lunds” is forgotten." in words(page)
    assert not SavedList.objects.exists()
    assert client.post("/office/people/-/forget/", {"name": "Lunds"}).status_code == 404
    page = client.post("/office/people/-/keep/", {"query": "", "name": " "}, follow=True)
    assert "Give the list a name that can be read." in words(page)


def test_a_list_of_another_is_not_mine(house):
    given_role(house.users[TOR.code], "DATA_ADMINISTRATOR", "abc")
    house.browser(SITI).post("/office/people/-/keep/", {"query": "text=a", "name": "Zebra"})
    other = house.browser(TOR)
    assert "Zebra" not in words(other.get("/office/people/"))
    assert other.post("/office/people/-/forget/", {"name": "Zebra"}).status_code == 404


@pytest.mark.parametrize("asked", ["?sort=nonsense", "?cursor=nonsense", "?on=nonsense", "?on=2026-02-30", "?kind=%00"])
def test_a_list_says_what_it_cannot_be_asked(house, asked):
    assert house.browser(SITI).get(f"{WORK}{asked}").status_code == 422


def test_a_list_is_searched_filtered_and_looked_at_on_another_day(house):
    client = house.browser(SITI)
    assert "Maya Lund" in words(client.get(f"{WORK}?text=lund"))
    assert "Nothing fits" in words(client.get(f"{WORK}?text=nobody"))
    assert "Maya Lund" not in words(client.get(f"{WORK}?on=2020-01-01"))
    assert "Nora" not in words(client.get(f"{WORK}?company=abc"))


def test_a_download_holds_what_the_list_shows_and_runs_no_formula(house):
    client = house.browser(SITI)
    saved(client, "/office/companies/do/rename/".replace("companies/do", "companies/kestrel/do"), name="=cmd|'x'!A1")
    answer = client.get("/office/companies/-/list.csv?text=cmd")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[1].startswith("'=cmd|'x'!A1,kestrel,")


@pytest.mark.parametrize("thing", THINGS)
def test_a_list_costs_as_many_statements_for_one_row_as_for_all_and_never_more_than_twelve(
    house, thing, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = house.browser(SITI)
    client.get(f"/office/{thing}/")
    counts = []
    for asked in ("", "?text=abc retail" if thing == "companies" else "?text=maya"):
        with CaptureQueriesContext(connection) as found:
            client.get(f"/office/{thing}/{asked}")
        counts.append(len(found))
    assert counts[0] == counts[1]
    assert counts[0] <= 12
