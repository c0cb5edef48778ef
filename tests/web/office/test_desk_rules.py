"""Macros, rules, levels, equipment, openings and files about help in the office: kept by who keeps the queue, and by nobody else."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.builders import AT, given_role, nothing_written
from tests.cast import INES, LUCA, MAYA, SITI, TOR
from tests.desk.asked import asked, given_desk, given_personnel, kept
from tests.web.office.test_office import previewed, saved
from tests.web.reading import words

from inward.desk import operations
from inward.desk.casewords import RuleWhen
from inward.desk.models import Case, CaseOpening, Equipment, EquipmentHeld, Macro, Queue, QueueRule
from inward.desk.operations import breaking
from inward.desk.operations.doing import RULES

ACTS = "ANSWER: Dear {name},\nplease switch it off and on.\nWEIGH: SOME, NOW"
THINGS = ("macros", "queue-rules", "equipment")


@pytest.fixture
def desk(house, tmp_path, monkeypatch):
    given_desk(house)
    given_role(house.users[INES.code], "SERVICE_OWNER", "abc-it")
    monkeypatch.setattr(settings, "INWARD_DATA", tmp_path)
    breaking._tries.cache_clear()
    yield house
    breaking._tries.cache_clear()


def test_a_service_owner_writes_a_reply_changes_and_closes_it_and_handlers_read_it(desk):
    ines = desk.browser(INES)
    wrong = previewed(ines, "/office/macros/-/new/new/", queue="it", code="off-on", name="Off and on", acts="Hello")
    assert (wrong.status_code, "Line 1 cannot be read" in words(wrong)) == (422, True)
    assert not Macro.objects.exists()
    page = words(saved(ines, "/office/macros/-/new/new/", queue="it", code="off-on", name="Off and on", acts=ACTS))
    assert "Act 1 Answer: Dear {name}, please switch it off and on." in page
    assert "Act 2 Weigh how urgent it is: Some cannot work, It cannot wait" in page
    saved(ines, "/office/macros/off-on/do/change/", acts="SOLVE: Done")
    assert Macro.objects.get().acts == [{"act": "SOLVE", "text": "Done"}]
    tor = desk.browser(TOR)
    assert "Off and on" in words(tor.get("/office/macros/"))
    assert tor.get("/office/macros/off-on/do/change/").status_code in (403, 404)
    assert tor.get("/office/macros/-/new/new/").status_code in (403, 404)
    saved(ines, "/office/macros/off-on/do/close/")
    assert Macro.objects.get().closed_at is not None
    assert "Off and on" not in words(ines.get("/office/macros/"))


def test_a_rule_says_when_for_which_and_what_and_is_kept_by_somebody_who_handles(desk):
    ines = desk.browser(INES)
    said = {
        "queue": "it",
        "code": "tills",
        "name": "Tills first",
        "when": "OPENED",
        "words": "till, cash desk",
        "priorities": ["NORMAL"],
        "acts": "WEIGH: MANY, NOW",
        "keeper": TOR.code,
        "position": "1",
    }
    page = words(saved(ines, "/office/queue-rules/-/new/new/", **said))
    assert "For which requests Normal; “till”, “cash desk”" in page
    assert "Kept by Tor Bergli" in page
    assert "In the last 30 days never" in page
    saved(ines, "/office/queue-rules/tills/do/change/", standing="internal", words="", name="Tills")
    found = QueueRule.objects.get()
    assert (found.name, found.conditions["standing"], found.conditions["words"]) == ("Tills", "internal", [])
    assert (found.keeper.code, found.acts) == (TOR.code, [{"act": "WEIGH", "impact": "MANY", "urgency": "NOW"}])
    asked(desk, MAYA, at=AT)
    operations.run_rules(by=RULES, at=AT, case=Case.objects.get().reference, when=RuleWhen.OPENED)
    assert "done (1)" in words(ines.get("/office/queue-rules/tills/"))
    saved(ines, "/office/queue-rules/tills/do/close/")
    assert QueueRule.objects.get().closed_at is not None


def test_a_queue_says_who_is_told_and_whether_it_takes_orders(desk):
    ines = desk.browser(INES)
    usual = words(ines.get("/office/queues/it/"))
    assert "Told when time runs out as is usual: Whoever has the case, at 75 % of the time;" in usual
    page = words(saved(ines, "/office/queues/it/do/levels/", usual="", levels="50 % = HEAD\n60 min x 2 = HEAD"))
    assert (
        "Whoever acts as head, at 50 % of the time; Whoever acts as head, every 60 minutes after it is due, 2 times"
        in page
    )
    assert Queue.objects.get().levels == [{"percent": 50, "to": "HEAD"}, {"minutes": 60, "times": 2, "to": "HEAD"}]
    saved(ines, "/office/queues/it/do/levels/", usual="on")
    assert Queue.objects.get().levels is None
    saved(ines, "/office/queues/it/do/orders/")
    assert Queue.objects.get().orders
    assert ines.get("/office/queues/it/do/orders/").status_code in (403, 404)
    saved(ines, "/office/queues/it/do/no-orders/")
    assert not Queue.objects.get().orders


def test_a_thing_is_kept_has_somebody_from_a_day_on_and_is_there_no_more(desk):
    ines = desk.browser(INES)
    new = {"code": "till-7", "supplier": "abc-it", "name": "Till 7", "sort": "Till", "serial": "S-77"}
    saved(ines, "/office/equipment/-/new/new/", **new)
    saved(ines, "/office/equipment/till-7/do/hold/", holder=MAYA.code, place="Shop Centre")
    saved(
        ines,
        "/office/equipment/till-7/do/hold/",
        holder="abc-shop-harbour",
        place="Shop Harbour",
        valid_from="2026-11-20",
    )
    case = asked(desk, MAYA, at=AT)
    operations.concern_equipment(by=desk.actor(TOR), at=AT, case=case, equipment="till-7")
    page = words(ines.get("/office/equipment/till-7/"))
    assert "Who has it Shop Harbour, ABC Retail" in page
    assert "Maya Lund, Shop Centre" in page
    assert f"{kept(case).number} The till does not start." in page
    assert "Till 7" in words(ines.get("/office/equipment/?text=S-77"))
    saved(ines, "/office/equipment/till-7/do/change/", name="Till seven")
    saved(ines, "/office/equipment/till-7/do/close/")
    assert (Equipment.objects.get().name, Equipment.objects.get().closed_at is None) == ("Till seven", False)


def test_a_file_of_things_is_checked_then_brought_in_all_of_it_or_the_rows_that_are_right(desk):
    ines = desk.browser(INES)
    assert "Bring in a file about help" in words(ines.get("/office/"))
    text = (
        "code,supplier,name,sort,serial,holder,place,valid_from\n"
        "till-1,abc-it,Till 1,Till,1,maya-lund,Shop,2026-01-01\n"
        "till-2,abc-purchasing,Till 2,Till,2,,,\n"
        "till-3,abc-it,Till 3,Till,1,,,\n"
    )

    def sent(**more):
        file = SimpleUploadedFile("things.csv", text.encode())
        return ines.post("/office/help-files/", {"sort": "equipment", "file": file, **more})

    with nothing_written():
        checked, refused = sent(what="check"), sent(what="bring")
    assert (checked.status_code, refused.status_code) == (422, 422)
    assert "Checked. Nothing is written. Rows: 3 · Right: 1 · New: 1 · Changed: 0" in words(checked)
    assert "Rows were refused: nothing is written." in words(refused)
    assert "Another thing of that sort has the serial number 1." in words(refused)
    assert "It is brought in." in words(sent(what="bring", good="on"))
    assert list(Equipment.objects.values_list("code", flat=True)) == ["till-1"]
    assert (EquipmentHeld.objects.get().holder.code, str(EquipmentHeld.objects.get().valid_from)) == (
        MAYA.code,
        "2026-01-01",
    )
    assert "Changed: 1" in words(sent(what="check", good="on"))
    assert "Choose a file." in words(ines.post("/office/help-files/", {"sort": "cases"}))
    assert "Say what the file holds." in words(ines.post("/office/help-files/", {}))
    odd = SimpleUploadedFile(f"things.{'x' * 250}", text.encode())
    assert ines.post("/office/help-files/", {"sort": "equipment", "file": odd}).status_code == 422


def test_open_requests_come_in_from_a_file(desk):
    text = "queue,customer,subject,opened_at\nit,maya-lund,The till,2026-11-20T09:00:00+01:00\n"
    file = SimpleUploadedFile("cases.csv", text.encode())
    page = desk.browser(INES).post("/office/help-files/", {"sort": "cases", "file": file, "what": "bring"})
    assert "It is brought in." in words(page)
    assert (Case.objects.get().customer.code, Case.objects.get().subject) == (MAYA.code, "The till")


def test_a_confidential_request_is_opened_by_number_read_and_closed_again(desk):
    given_personnel(desk)
    case = asked(desk, MAYA, queue="hr", text="My pay", at=AT)
    given_role(desk.users[LUCA.code], "EMERGENCY_READER", "abc")
    luca, number = desk.browser(LUCA), kept(case).number
    new = "/office/case-openings/-/new/open/"
    preview = words(previewed(luca, new, number=str(number), reason="An audit by the inspectorate"))
    assert "Those who handle it are told at once that you opened it, and read your reason." in preview
    assert not CaseOpening.objects.exists()
    page = saved(luca, new, number=str(number), reason="An audit by the inspectorate")
    assert f"/requests/{case}/" in page.content.decode()
    assert "My pay" in words(luca.get(f"/requests/{case}/"))
    unseen = previewed(luca, new, number="1", reason="An audit by the inspectorate")
    assert luca.post(new, {}).status_code in (200, 422)
    assert unseen.status_code in (200, 422)
    reference = CaseOpening.objects.get().reference
    saved(luca, f"/office/case-openings/{reference}/do/end/")
    assert luca.get(f"/requests/{case}/").status_code == 404
    assert f"/requests/{case}/" not in luca.get(f"/office/case-openings/{reference}/").content.decode()
    for who in (MAYA, TOR, SITI):
        assert desk.browser(who).get("/office/case-openings/").status_code == 404


def test_the_department_s_page_leads_whoever_keeps_its_help_there_and_nobody_else(desk):
    for who, there in ((INES, True), (TOR, False), (MAYA, False)):
        client = desk.browser(who)
        page = client.get("/help/at/abc-it/").content.decode()
        assert all((f'href="/office/{thing}/"' in page) is there for thing in THINGS)
        assert (client.get("/office/help-files/").status_code == 200) is there
    for thing in THINGS:
        assert desk.browser(MAYA).get(f"/office/{thing}/").status_code == 404
