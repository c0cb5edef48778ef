"""The organisation, its users and its files over HTTP: what the pages do, by the same acts, under the same rules."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests.builders import AT, HOUSE, ON
from tests.cast import HENK, INES, JONAS, LUCA, MAYA, SITI, TOR

from inward.parties import operations as parties
from inward.parties import queries as known

DAY = ON.isoformat()


def type_of(answer):
    return answer.status_code, answer.json()["type"].rpartition("/")[2]


def test_a_company_with_its_share_its_department_its_person_and_her_work(caller):
    siti = caller(SITI)
    company = {"code": "fjordkraft", "name": "Fjordkraft", "currency": "NOK", "country": "NO"}
    assert siti.post("/companies", company).json() == {"code": "fjordkraft"}
    share = {"owner": "jkl", "owned": "fjordkraft", "votes": "100/3", "valid_from": "2026-01-01", "source": "register"}
    code = siti.post("/holdings", share).json()["code"]
    assert siti.get(f"/holdings/{code}").json()["votes"] == "100/3"
    changed = siti.patch(f"/holdings/{code}", {"votes": "60", "valid_from": DAY}).json()["code"]
    assert siti.get(f"/holdings/{code}").json()["valid_until"] == DAY
    assert siti.get("/holdings?owned=fjordkraft").json()["items"][0]["votes"] == "60"
    assert siti.post("/units", {"code": "fk-it", "name": "IT", "company": "fjordkraft"}).status_code == 201
    assert siti.post("/people", {"code": "lena-berg", "name": "Lena Berg"}).status_code == 201
    job = {"person": "lena-berg", "company": "fjordkraft", "kind": "FULL_TIME", "unit": "fk-it", "valid_from": DAY}
    work = siti.post("/work-relationships", job | {"line_of_business": "grid"}).json()["code"]
    assert siti.get(f"/work-relationships/{work}").json()["line_of_business"] == "grid"
    assert siti.get("/people/lena-berg").json()["work"][0]["unit"] == {"code": "fk-it", "name": "IT"}
    assert siti.post("/units/fk-it/close", {"valid_until": DAY}).json()["type"] == "/problems/unit_has_staff"
    end = (ON + timedelta(days=30)).isoformat()
    assert siti.post(f"/work-relationships/{work}/end", {"valid_until": end}).status_code == 204
    assert siti.post("/units/fk-it/close", {"valid_until": end}).status_code == 204
    assert siti.get("/units/fk-it").json()["valid_until"] == end
    assert siti.get(f"/units/fk-it?on={end}").status_code == 404
    assert siti.post(f"/holdings/{changed}/end", {"valid_until": end}).status_code == 204
    assert siti.get("/companies/fjordkraft").json()["owners"][0]["valid_until"] == end


def test_a_company_and_a_department_are_called_otherwise_from_a_day_on(caller):
    siti = caller(SITI)
    eve = (ON - timedelta(days=1)).isoformat()
    assert siti.patch("/companies/xyz", {"name": "XYZ Components", "valid_from": DAY}).status_code == 204
    assert siti.patch("/units/abc-shops", {"name": "Stores"}).status_code == 204
    assert [siti.get(f"/companies/xyz?on={on}").json()["company"]["name"] for on in (eve, DAY)] == [
        "XYZ Widgets",
        "XYZ Components",
    ]
    assert [siti.get(f"/units/abc-shops?on={on}").json()["name"] for on in (eve, DAY)] == ["Shops", "Stores"]
    assert siti.get("/companies/xyz").json()["names"] == [
        {"name": "XYZ Widgets", "valid_from": None, "valid_until": DAY},
        {"name": "XYZ Components", "valid_from": DAY, "valid_until": None},
    ]
    wrong = {"name": "XYZ Widget", "correction": True, "valid_from": eve}
    assert siti.patch("/companies/xyz", wrong).status_code == 204
    assert siti.get(f"/companies/xyz?on={eve}").json()["company"]["name"] == "XYZ Widget"
    assert siti.get("/companies/xyz").json()["company"]["name"] == "XYZ Components"
    assert siti.get("/companies/jkl").json()["names"] == []
    found = siti.get(f"/standing?supplier=xyz&customer=abc&on={eve}").json()
    assert "XYZ Widget" in {ground["facts"].get("owned_name") for ground in found["grounds"]}


def test_what_the_core_refuses_is_refused_with_its_reason(caller):
    siti = caller(SITI)
    too_much = {"owner": "jkl", "owned": "abc", "votes": "21"}
    assert type_of(siti.post("/holdings", too_much)) == (422, "holdings_over_whole")
    assert type_of(siti.post("/companies", {"code": "x", "name": "X", "currency": "EUR", "colour": "red"})) == (
        422,
        "unreadable",
    )
    assert siti.post("/companies", {"code": "x", "name": "X", "currency": "EUR", "colour": "red"}).json()["errors"] == [
        {"where": "body.colour", "what": "Nothing of this name is known here."}
    ]


def test_those_who_look_after_nothing_change_nothing_and_see_their_own_company(caller):
    maya = caller(MAYA)
    assert type_of(maya.post("/units", {"code": "x", "name": "X", "company": "abc"})) == (403, "not_administrator_of")
    assert [row["code"] for row in maya.get("/companies").json()["items"]] == ["abc"]
    assert maya.get("/companies/xyz").status_code == 404
    assert maya.get("/companies/abc").json()["owners"] is None
    assert maya.get("/world.zip").status_code == 403


def test_many_standings_in_one_call_answer_each_for_itself(caller):
    asked = [
        {"supplier": "xyz", "customer": "abc"},
        {"supplier": "xyz", "customer": "ghost"},
        {"supplier": "abc", "customer": MAYA.code},
    ]
    answers = caller(SITI).post("/standings", {"asked": asked}).json()["answers"]
    assert [answer["standing"] and answer["standing"]["kind"] for answer in answers] == ["affiliate", None, "staff"]
    assert [[reason["code"] for reason in answer["refused"]] for answer in answers][1] != []
    assert type_of(caller(SITI).post("/standings", {"asked": asked * 200})) == (422, "unreadable")
    jonas = caller(JONAS).post("/standings", {"asked": asked}).json()["answers"]
    assert [bool(answer["refused"]) for answer in jonas] == [True, True, True]


def test_a_program_says_for_whom_it_acts_and_only_where_its_user_buys(caller):
    ines = caller(INES)
    me = ines.get("/me").json()
    assert (me["username"], me["person"]["code"], me["acting_for"]) == (INES.code, INES.code, None)
    assert {"code": "abc-purchasing", "name": "Purchasing"} in me["may_act_for"]
    lines = {"lines": [{"offering": "widget-a", "quantity": 1}]}
    assert ines.post("/quotes", lines, acting_for="abc-purchasing").json()["customer"]["code"] == "abc-purchasing"
    assert type_of(ines.post("/quotes", lines, acting_for="xyz")) == (403, "not_acting_for")


def test_a_machine_is_made_given_a_role_and_a_token_and_orders(house, caller):
    siti = caller(SITI)
    machine = siti.post("/machines", {"username": "till-7", "party": "abc-purchasing"}).json()["id"]
    role = {"user": machine, "role": "BUYER", "party": "abc-purchasing", "valid_from": DAY}
    assert siti.post("/roles", role).status_code == 201
    asked = {"name": "Till", "scopes": ["orders:write"], "expires_at": (AT + timedelta(days=9)).isoformat()}
    assert type_of(siti.post(f"/machines/{machine}/tokens", asked)) == (403, "not_signed_in")
    address = f"/api/v1/machines/{machine}/tokens"
    made = house.browser(SITI).post(address, asked, content_type="application/json").json()
    till = type(siti)(made["token"])
    lines = {"lines": [{"offering": "widget-a", "quantity": 1}], "customer": "abc-purchasing"}
    total = till.post("/quotes", lines).json()["total"]
    placed = till.post("/orders", lines | {"expected": total}, key="k")
    assert placed.status_code == 201
    assert till.get(f"/orders/{placed.json()['reference']}").json()["order"]["person"] is None
    assert type_of(till.get("/me")) == (403, "token_scope_missing")
    assert [row["name"] for row in siti.get(f"/users/{machine}/tokens").json()["items"]] == ["Till"]


def test_roles_are_granted_handed_on_and_ended(house, caller):
    henk, jonas = caller(HENK), str(house.users[JONAS.code])
    asked = {
        "user": jonas,
        "role": "BUDGET_HOLDER",
        "party": "abc-shops",
        "valid_from": DAY,
        "valid_until": "2026-12-24",
    }
    reference = henk.post("/roles/hand-on", asked).json()["reference"]
    (row,) = caller(SITI).get("/roles?user=jonas-vik").json()["items"]
    assert (row["reference"], row["handed_on"], row["valid_until"]) == (reference, True, "2026-12-24")
    assert henk.post(f"/roles/{reference}/end", {"valid_until": "2026-12-01"}).status_code == 204
    assert caller(SITI).get(f"/roles/{reference}").json()["valid_until"] == "2026-12-01"
    assert type_of(henk.post("/roles", asked)) == (403, "not_granter_of")


def test_users_are_invited_locked_and_seen_by_those_who_invite_and_by_themselves(house, caller):
    siti = caller(SITI)
    parties.add_person(by=HOUSE, at=AT, code="lena-berg", name="Lena Berg")
    key = siti.post("/users", {"username": "lena.berg", "person": "lena-berg", "email": "lena@example.org"}).json()[
        "id"
    ]
    assert siti.get(f"/users/{key}").json()["person"] == {"code": "lena-berg", "name": "Lena Berg"}
    assert siti.post(f"/users/{key}/lock", None).status_code == 204
    assert siti.get(f"/users/{key}").json()["active"] is False
    assert siti.post(f"/users/{key}/unlock", None).status_code == 204
    maya = caller(MAYA)
    assert [row["username"] for row in maya.get("/users").json()["items"]] == [MAYA.code]
    assert maya.get(f"/users/{key}").status_code == 404


def test_a_token_whose_owner_left_is_refused_and_says_why(caller):
    maya = caller(MAYA)
    assert maya.get("/orders").status_code == 200
    (work,) = known.work_of(MAYA.code, on=ON)
    parties.end_work(by=HOUSE, at=AT, work=work.id, valid_until=ON)
    gone = maya.get("/orders")
    assert (gone.status_code, gone.json()["type"]) == (401, "/problems/token_owner_left")
    assert gone["WWW-Authenticate"] == 'Bearer error="invalid_token"'
    assert gone.json()["detail"].startswith("The last day of work of this token’s user was 23")


def test_reasons_come_in_the_callers_own_language_where_she_asks_for_none(caller):
    jonas = caller(JONAS, language="")
    assert jonas.get("/orders/nothing").json()["detail"] == "Det finnes ikke noe slikt, eller du har ikke innsyn i det."
    english = caller(JONAS, language="en")
    assert english.get("/orders/nothing").json()["detail"] == "There is no such thing, or it is not yours to see."


def test_a_list_comes_as_a_table_that_no_spreadsheet_runs(caller):
    siti = caller(SITI)
    siti.post("/units", {"code": "abc-x", "name": "=1+1", "company": "abc"})
    answer = siti.get("/units?company=abc&format=csv")
    assert answer["Content-Disposition"] == 'attachment; filename="units.csv"'
    lines = answer.content.decode().splitlines()
    assert lines[0] == "code,name,company.code,company.name,parent.code,parent.name,valid_from,valid_until"
    assert lines[1] == "abc-x,'=1+1,abc,ABC Retail,,,,"
    book = load_workbook(io.BytesIO(siti.get("/units?company=abc&format=xlsx").content))
    assert [cell.value for cell in book.active[2]][:2] == ["abc-x", "'=1+1"]
    wanted = siti.client.get("/api/v1/units?company=abc", headers={"Accept": "text/csv"})
    assert wanted.content == answer.content
    assert type_of(siti.get("/units?format=pdf")) == (422, "list_format_unknown")
    assert type_of(siti.get("/units?format=csv&limit=2")) == (422, "list_table_is_whole")


def test_a_table_has_every_row_and_one_that_is_too_long_is_refused(caller, monkeypatch):
    siti = caller(SITI)
    monkeypatch.setattr("inward.api.listing.PAGE_SIZE_MAX", 3)
    assert len(siti.get("/units?format=csv").content.decode().splitlines()) == 1 + 14
    monkeypatch.setattr("inward.api.listing.ROWS_MAX", 13)
    assert type_of(siti.get("/units?format=csv")) == (422, "list_too_long")


LISTS = (
    "/companies",
    "/units",
    "/holdings",
    "/people",
    "/users",
    "/roles",
    "/tokens",
    "/offerings",
    "/prices",
    "/orders",
)


@pytest.mark.parametrize("path", LISTS)
def test_a_list_asks_the_database_as_often_for_one_row_as_for_three(caller, path):
    siti = caller(SITI)
    siti.get(path)
    counts = []
    for limit in (1, 3):
        with CaptureQueriesContext(connection) as asked:
            assert siti.get(f"{path}?limit={limit}").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 8


def test_a_world_goes_out_and_comes_back_the_same(caller):
    siti = caller(SITI)
    answer = siti.get("/world.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        files = [SimpleUploadedFile(name, archive.read(name), "text/csv") for name in archive.namelist()]
    found = siti.client.post("/api/v1/imports/world", {"files": files, "dry_run": "true"}).json()
    assert (found["written"], found["refused"], found["added"], found["changed"]) == (False, 0, 0, 0)


RULES = (
    b'[{"id": "half", "name": "A half", "definition": {"threshold": "50", "operator": ">=", "excluded": ["newco"]}}]'
)
NEWCO = b"id,name,currency\nnewco,Newco,EUR\n"


def test_inside_rules_are_checked_beside_the_companies_they_name_and_all_comes_in_or_nothing(caller):
    siti = caller(SITI)

    def sent(companies=NEWCO, rules=RULES, **how):
        files = [SimpleUploadedFile("companies.csv", companies), SimpleUploadedFile("definitions.json", rules)]
        return siti.client.post("/api/v1/imports/world", {"files": files, **how}).json()

    tried = sent(dry_run="true")
    assert tried["problems"] == []
    assert (tried["written"], tried["read"], tried["refused"], tried["added"]) == (False, 2, 0, 3)
    assert known.kind_of("newco") is None
    wrong = sent(rules=RULES.replace(b"newco", b"nobody"))
    assert (wrong["written"], [one["column"] for one in wrong["problems"]]) == (False, ["definition.excluded"])
    assert known.kind_of("newco") is None
    assert sent()["written"] is True
    assert siti.get("/definitions/half").json()["own"] is True


def test_a_file_is_tried_then_loaded_with_a_report_of_every_bad_row(caller):
    siti = caller(SITI)

    def sent(**how):
        rows = b"id,name,email\nlena-berg,Lena Berg,\n=cmd,Evil,\n,Nobody,\n"
        return siti.client.post(
            "/api/v1/imports/world", {"files": [SimpleUploadedFile("people.csv", rows)], **how}
        ).json()

    tried = sent(dry_run="true")
    assert (tried["read"], tried["refused"], tried["added"], tried["written"]) == (3, 2, 1, False)
    first = tried["problems"][0]
    assert (first["line"], first["column"], first["code"]) == (3, "id", "formula_in_cell")
    assert sent()["written"] is False
    assert known.kind_of("lena-berg") is None
    assert sent(good_rows="true")["written"] is True
    assert siti.get("/people/lena-berg").json()["name"] == "Lena Berg"
    evil = siti.client.post("/api/v1/imports/world", {"files": [SimpleUploadedFile("other.txt", b"x")]})
    assert type_of(evil) == (422, "nothing_to_load")
    assert type_of(
        caller(MAYA).client.post("/api/v1/imports/world", {"files": [SimpleUploadedFile("people.csv", b"id\n")]})
    ) == (
        403,
        "not_administrator",
    )


def test_an_import_under_a_key_happens_once(caller):
    siti = caller(SITI)
    answers = [
        siti.client.post(
            "/api/v1/imports/world",
            {"files": [SimpleUploadedFile("people.csv", b"id,name\nlena-berg,Lena Berg\n")]},
            headers={"Idempotency-Key": "k"},
        )
        for _ in range(2)
    ]
    assert [answer.json()["added"] for answer in answers] == [1, 1]
    assert answers[1]["Idempotency-Replayed"] == "true"


def test_a_catalogue_is_kept_offered_priced_and_ended(caller):
    siti = caller(SITI)
    pot = {"id": "tea-pot", "supplier": "abc", "name": "Tea pot", "category": "coffee", "tax_code": "STANDARD"}
    assert siti.post("/catalogue/offerings", pot | {"benefit_kind": "sport"}).status_code == 201
    assert siti.get("/catalogue/offerings/tea-pot").json()["benefit_kind"] == "sport"
    gym = siti.post("/catalogue/offerings", pot | {"id": "gym", "benefit_kind": "A gym"})
    assert type_of(gym) == (422, "benefit_kind_unfit")
    assert siti.client.get("/api/v1/catalogue/offerings/gym").status_code == 404
    cost = {"cost": {"amount": "12.405", "currency": "EUR"}, "valid_from": DAY}
    assert siti.post("/catalogue/offerings/tea-pot/cost", cost).status_code == 204
    price = {
        "id": "list-tea-pot",
        "level": "LIST",
        "supplier": "abc",
        "target_kind": "ITEM",
        "target": "tea-pot",
        "method": "FIXED",
        "value": "19.90",
        "currency": "EUR",
        "includes_tax": True,
        "valid_from": DAY,
    }
    assert siti.post("/prices", price).status_code == 201
    lines = {"lines": [{"offering": "tea-pot", "quantity": 1}]}
    assert caller(JONAS).post("/quotes", lines).json()["lines"][0]["ordinary"] == {"amount": "19.90", "currency": "EUR"}
    later = (ON + timedelta(days=40)).isoformat()
    changed = siti.put("/prices/list-tea-pot", price | {"value": "21.90", "valid_from": later}).json()["code"]
    assert siti.get(f"/prices/{changed}?on={later}").json()["value"] == "21.90"
    assert siti.get("/prices/list-tea-pot").json()["value"] == "19.90"
    assert type_of(siti.post("/catalogue/offerings", pot | {"id": "x", "supplier": "ghost"})) == (422, "unknown_party")
    assert siti.post("/catalogue/offerings/tea-pot/withdraw", None).status_code == 204
    assert "tea-pot" not in [row["code"] for row in siti.get("/offerings").json()["items"]]
    assert caller(MAYA).get("/prices").json()["items"] == []
    assert type_of(caller(MAYA).post("/prices", price)) == (403, "not_catalogue_keeper")


def test_every_version_of_what_is_dated_is_read_with_what_it_said_and_when_that_was_known(caller):
    siti, maya = caller(SITI), caller(MAYA)
    share = {"owner": "jkl", "owned": "abc", "votes": "10", "capital": "5", "source": "letter"}
    code = siti.post("/holdings", share | {"valid_from": "2026-01-01"}).json()["code"]
    siti.patch(f"/holdings/{code}", {"votes": "12", "valid_from": DAY})
    found = [row for row in siti.get(f"/holdings/{code}/versions").json()["items"] if row["says"]["votes"] != "80"]
    no_band = {"votes_high": None, "votes_low_open": False, "votes_high_open": False} | {
        "capital_high": None, "capital_low_open": False, "capital_high_open": False,
    }  # fmt: skip
    assert [(row["valid_from"], row["valid_until"], row["says"], row["source"]) for row in found] == [
        (DAY, None, no_band | {"votes": "12", "capital": None}, ""),
        ("2026-01-01", DAY, no_band | {"votes": "10", "capital": "5"}, "letter"),
        ("2026-01-01", None, no_band | {"votes": "10", "capital": "5"}, "letter"),
    ]
    assert [row["known_until"] is None for row in found] == [True, True, False]
    table = siti.get(f"/holdings/{code}/versions?format=csv").content.decode().splitlines()
    assert table[0].startswith("valid_from,valid_until,known_from,known_until,source,says.votes,says.votes_high,")
    works = siti.get("/people?name=Maya").json()["items"][0]["work"][0]
    (work,) = siti.get(f"/work-relationships/{works['code']}/versions").json()["items"]
    assert (work["known_until"], work["says"]["company"]) == (None, {"code": "abc", "name": "ABC Retail"})
    assert work["says"]["kind"] == "FULL_TIME"
    (company,) = siti.get("/companies/abc/versions").json()["items"]
    assert company["says"]["currency"] == "EUR"
    (unit,) = siti.get("/units/abc-purchasing/versions").json()["items"]
    assert unit["says"] == {"company": {"code": "abc", "name": "ABC Retail"}, "parent": None}
    for path in (
        f"/holdings/{code}",
        f"/work-relationships/{works['code']}",
        "/companies/abc",
        "/units/abc-purchasing",
    ):
        assert maya.get(f"{path}/versions").status_code == 404


def test_every_version_of_a_price_a_cost_a_scheme_and_a_tax_rate_is_read_by_whoever_keeps_it(caller):
    siti, maya = caller(SITI), caller(MAYA)
    later = (ON + timedelta(days=40)).isoformat()
    price = siti.get("/prices?level=LIST").json()["items"][0]
    new = {name: price[name] for name in ("level", "method", "currency", "includes_tax")} | {
        "id": price["id"], "supplier": price["supplier"]["code"], "target_kind": "ITEM",
        "target": price["target"]["code"], "value": "500", "valid_from": later,
    }  # fmt: skip
    changed = siti.put(f"/prices/{price['id']}", new).json()["code"]
    found = siti.get(f"/prices/{changed}/versions").json()["items"]
    assert [(row["says"]["id"], row["says"]["value"], row["known_until"] is None) for row in found] == [
        (changed, "500.00", True),
        (price["id"], price["value"], True),
        (price["id"], price["value"], False),
    ]
    first = siti.get(f"/prices/{price['id']}/versions?limit=2").json()
    assert [
        *first["items"],
        *siti.get(f"/prices/{price['id']}/versions?limit=2&cursor={first['next']}").json()["items"],
    ] == found
    item = price["target"]["code"]
    for cost, day in (("7", DAY), ("8.5", later)):
        body = {"cost": {"amount": cost, "currency": "EUR"}, "valid_from": day, "source": "invoice"}
        assert siti.post(f"/catalogue/offerings/{item}/cost", body).status_code == 204
    costs = siti.get(f"/catalogue/offerings/{item}/costs").json()["items"]
    assert [row["says"]["amount"] for row in costs[:2]] == ["8.50", "7.00"]
    scheme = siti.get("/schemes").json()["items"][0]
    assert siti.get(f"/schemes/{scheme['id']}/versions").json()["items"][0]["says"] == scheme
    assert (scheme["limits"], scheme["lines_of_business"], scheme["leaving_days"]) == ([], [], 0)
    month = {"id": "month", "span": "MONTH", "money": "200", "currency": "EUR", "carry_over": True}
    coffee = {"id": "coffee", "span": "ROLLING", "units": 1, "days": 730, "target_kind": "CATEGORY", "target": "coffee"}
    body = {"id": scheme["id"], "supplier": "abc", "name": "Staff", "valid_from": later, "limits": [month, coffee]}
    body |= {"lines_of_business": ["grid"], "leaving_days": 30}
    assert siti.put(f"/schemes/{scheme['id']}", body).status_code == 204
    plain = {"money": None, "units": None, "pay_percent": None, "target": None, "each_item": False, "days": None}
    plain |= {"carry_over": False}
    assert siti.get(f"/schemes/{scheme['id']}?on={later}").json()["limits"] == [
        plain | {"id": "month", "span": "MONTH", "money": {"amount": "200.00", "currency": "EUR"}, "carry_over": True},
        plain
        | {"id": "coffee", "span": "ROLLING", "units": 1, "days": 730, "target": {"kind": "CATEGORY", "id": "coffee"}},
    ]
    assert siti.get(f"/schemes/{scheme['id']}?on={later}").json()["lines_of_business"] == ["grid"]
    assert siti.get(f"/schemes/{scheme['id']}?on={later}").json()["leaving_days"] == 30
    wrong = body | {"limits": [month | {"days": 3}]}
    assert siti.put(f"/schemes/{scheme['id']}", wrong).json()["type"].endswith("/limit_days_of_rolling")
    tax = siti.get("/tax-rates?company=abc").json()["items"][0]
    asked = f"/tax-rates/versions?company=abc&tax_code={tax['tax_code']}"
    assert siti.get(asked).json()["items"][0]["says"] == tax
    assert siti.get("/tax-rates/versions").status_code == 404
    for path in (
        f"/prices/{changed}/versions",
        f"/catalogue/offerings/{item}/costs",
        f"/schemes/{scheme['id']}/versions",
        asked,
    ):
        assert maya.get(path).status_code == 404


def test_messages_and_kept_lists_are_ones_own(caller):
    maya, jonas = caller(MAYA), caller(JONAS)
    assert maya.put("/notices/preferences", {"pace": "DAILY"}).status_code == 204
    assert (maya.get("/notices/preferences").json(), jonas.get("/notices/preferences").json()) == (
        {"pace": "DAILY"},
        {"pace": "AT_ONCE"},
    )
    assert maya.get("/notices").json()["items"] == []
    assert maya.put("/saved-lists/orders/mine", {"params": {"state": "PLACED"}}).status_code == 204
    assert maya.get("/saved-lists/orders").json() == [{"name": "mine", "params": {"state": "PLACED"}}]
    assert jonas.get("/saved-lists/orders").json() == []
    assert jonas.delete("/saved-lists/orders/mine").status_code == 404
    assert maya.delete("/saved-lists/orders/mine").status_code == 204


def test_a_method_that_an_address_does_not_take_is_a_problem(caller):
    answer = caller(MAYA).delete("/orders")
    assert type_of(answer) == (405, "method_not_offered")
    assert answer["Allow"] == "GET, POST"


def test_a_controller_opens_accounts_and_reads_both_sides(house, caller):
    luca = caller(LUCA)
    reference = house.order(INES, ("widget-a", 1), customer="abc-purchasing").reference
    sides = luca.get(f"/dealings/{reference}/entries").json()
    assert sorted(entry["company"]["code"] for entry in sides) == ["abc", "xyz"]
    assert luca.get(f"/entries/{sides[0]['id']}").json() == sides[0]
    assert caller(MAYA).get(f"/entries/{sides[0]['id']}").status_code == 404
    account = {"code": "3061", "name": "Widgets to sisters", "kind": "REVENUE"}
    assert luca.post("/books/xyz/accounts", account).json() == account
    assert account in luca.get("/books/xyz/accounts").json()
    table = luca.get("/books/xyz/entries?format=csv").content.decode().splitlines()
    assert len(table) == 2


def test_a_state_of_work_is_noted_seen_by_two_ended_and_taken_back(caller):
    siti, maya, tor = caller(SITI), caller(MAYA), caller(TOR)
    path = f"/people/{MAYA.code}/work-states"
    leave = {"company": "abc", "state": "UNPAID_LEAVE", "valid_from": "2026-12-01"}
    assert siti.post(f"/previews{path}", leave).json()["companies"] == []
    assert siti.get(path).json() == []
    assert siti.post(path, leave | {"source": "letter"}).status_code == 204
    told = {"company": {"code": "abc", "name": "ABC Retail"}, "state": "UNPAID_LEAVE", "valid_from": "2026-12-01"}
    assert siti.get(path).json() == maya.get(path).json() == [told | {"valid_until": None, "source": "letter"}]
    assert tor.get(path).status_code == 404
    assert maya.post(path, leave | {"state": "NOTICE"}).status_code == 403
    end = {"company": "abc", "state": "UNPAID_LEAVE", "valid_until": "2026-12-24"}
    assert siti.post(f"/previews{path}/end", end).status_code == 200
    assert siti.post(f"{path}/end", end).status_code == 204
    assert maya.get(path).json()[0]["valid_until"] == "2026-12-24"
    assert maya.get(f"{path}?on=2026-12-24").json() == []
    back = {"company": "abc", "state": "UNPAID_LEAVE", "valid_from": "2026-12-01"}
    assert siti.post(f"{path}/take-back", back).status_code == 204
    assert maya.get(path).json() == []
    assert siti.post(f"{path}/take-back", back).status_code == 404
