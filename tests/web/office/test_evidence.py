"""Files in the office: chosen with the fact, carried through the preview, linked where the fact is read, withdrawn."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.builders import AT, nothing_written
from tests.cast import LUCA, MAYA, SITI
from tests.web.office.test_office import sent
from tests.web.reading import form, words

from inward.kit import files
from inward.kit.models import AuditRow, File
from inward.parties.models import Holding

CHANGE = "/office/holdings/jkl-xyz/do/change/"
PDF = b"%PDF-1.7 register"


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.INWARD_DATA = tmp_path


def previewed(client, address=CHANGE, content=PDF, name="register.pdf", **typed):
    paper = SimpleUploadedFile(name, content)
    asked = {"percent": "45", "valid_from": "2027-01-01"} if address == CHANGE else {}
    return client.post(address, sent(client, address, **asked) | typed | {"step": "preview", "paper": paper})


def saved(client, page, address=CHANGE):
    again = {name: values[-1] for name, values in form(page, "").items()}
    return client.post(address, again | {"step": "save"}, follow=True)


def link_of(page):
    return re.search(r'href="(/office/files/[\w-]+/content/)"', page.content.decode())[1]


def test_a_file_is_chosen_with_a_share_and_read_from_its_page_its_history_and_where_it_is_explained(house):
    client = house.browser(SITI)
    assert 'enctype="multipart/form-data"' in client.get(CHANGE).content.decode()
    page = previewed(client)
    assert "File that shows it: register.pdf" in words(page)
    page = saved(client, page)
    assert "File that shows it: register.pdf 1 kB" in words(page)
    link = link_of(page)
    assert link == link_of(client.get("/office/holdings/jkl-xyz-2/history/"))
    asked = {"supplier": "xyz", "customer": "abc", "on": "2027-01-02"}
    assert link == link_of(client.get("/inside/", asked))
    answer = client.get(link)
    assert b"".join(answer.streaming_content) == PDF
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''register.pdf"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert AuditRow.objects.filter(act="parties.open_evidence").count() == 1
    assert client.head(link).status_code == 405
    assert AuditRow.objects.filter(act="parties.open_evidence").count() == 1
    assert b"".join(house.browser(LUCA).get(link).streaming_content) == PDF  # he keeps the books of both
    maya = house.browser(MAYA)
    with nothing_written():
        assert maya.get(link).status_code == 404
    hers = maya.get("/inside/", {"supplier": "xyz", "customer": MAYA.code, "on": "2027-01-02"})
    assert "/office/files/" not in hers.content.decode()


def test_a_file_stays_chosen_when_something_else_is_wrong_and_can_be_left_out_or_replaced(house):
    client = house.browser(SITI)
    page = previewed(client, percent="many")
    assert page.status_code == 422
    again = {name: values[-1] for name, values in form(page, "").items()}
    first = File.objects.get().reference
    assert again["evidence"] == first
    assert "Another file instead" in words(page)
    page = client.post(CHANGE, again | {"percent": "45", "step": "preview"})
    assert "File that shows it: register.pdf" in words(page)
    assert "File that shows it" not in words(
        client.post(CHANGE, again | {"percent": "45", "evidence": "", "step": "preview"})
    )
    other = SimpleUploadedFile("other.pdf", PDF + b"2")
    page = client.post(CHANGE, again | {"percent": "45", "paper": other, "step": "preview"})
    saved(client, page)
    fact = Holding.objects.current().get(code="jkl-xyz-2")
    assert fact.evidence.name == "other.pdf"
    files.sweep(at=AT + 2 * timedelta(days=1))
    assert [file.name for file in File.objects.all()] == ["other.pdf"]


def test_what_is_no_file_we_take_is_said_at_its_field_and_nothing_is_kept(house):
    client = house.browser(SITI)
    page = previewed(client, content=b"MZ\x90\0", name="run.exe")
    assert page.status_code == 422
    assert "This kind of file is not taken" in words(page)
    assert File.objects.count() == 0


def test_where_no_file_is_taken_none_is_asked_for_and_one_that_is_sent_is_left_alone(house, settings):
    settings.INWARD_EVIDENCE_MB = 0
    client = house.browser(SITI)
    assert 'type="file"' not in client.get(CHANGE).content.decode()
    assert client.get("/office/holdings/jkl-xyz/do/paper/").status_code == 404
    assert "Add a file" not in words(client.get("/office/holdings/jkl-xyz/"))
    assert previewed(client).status_code == 200
    assert File.objects.count() == 0


def test_a_form_that_waited_too_long_or_names_anothers_file_says_to_choose_again(house):
    client = house.browser(SITI)
    page = previewed(client)
    File.objects.all().delete()
    answer = saved(client, page)
    assert answer.status_code == 422
    assert "Choose it again." in words(answer)
    assert Holding.objects.filter(code="jkl-xyz-2").count() == 0


def test_a_file_is_put_to_a_known_share_listed_and_withdrawn(house):
    client = house.browser(SITI)
    address = "/office/holdings/jkl-xyz/do/paper/"
    empty = client.post(address, sent(client, address) | {"step": "preview"})
    assert empty.status_code == 422
    assert "Choose the file that shows it." in words(empty)
    saved(client, previewed(client, address), address)
    assert "register.pdf" in words(client.get("/office/files/?text=regis"))
    reference = File.objects.get().reference
    page = client.get(f"/office/files/{reference}/")
    assert "Shows: ownership share, JKL Group – XYZ Widgets" in words(page)
    client.get(link_of(page))
    assert "Read 24 Nov 2026, 09:00 · Siti Hartati" in words(client.get(f"/office/files/{reference}/history/"))
    address = f"/office/files/{reference}/do/withdraw/"
    asked = client.post(address, sent(client, address, reason="wrong file") | {"step": "preview"})
    page = saved(client, asked, address)
    assert "The file is withdrawn." in words(page)
    assert "register.pdf" not in words(page)
    assert client.get(address).status_code == 404
    assert client.get(f"/office/files/{reference}/content/").status_code == 422
    assert "file withdrawn" in words(client.get("/office/holdings/jkl-xyz/"))
    assert house.browser(MAYA).get(f"/office/files/{reference}/").status_code == 404


def test_a_choice_a_name_and_work_take_a_file_on_their_pages_and_the_file_says_what_it_shows(house):
    client = house.browser(SITI)
    choose = "/office/definitions/ubo25/do/choose/"
    previewed(client, choose, purpose="TAX")
    saved(client, previewed(client, choose, purpose="TAX"), choose)
    for address, typed in (
        ("/office/definitions/ubo25/do/choice-paper/", {"purpose": "TAX"}),
        ("/office/companies/abc/do/name-paper/", {}),
        ("/office/companies/abc/do/paper/", {}),
        (reverse("office_change", args=["work", "maya-lund-abc", "paper"]), {}),
    ):
        page = previewed(client, address, content=PDF + address.encode(), **typed)
        page = saved(client, page, address)
        assert page.status_code == 200
    papers = words(client.get("/office/files/"))
    assert papers.count("register.pdf") >= 5
    told = []
    for link in re.findall(r'href="(/office/files/[\w-]+/)"', client.get("/office/files/").content.decode()):
        told += re.findall(r"Shows: [^<]+", client.get(link).content.decode())
    assert {said.partition(",")[0] for said in told} == {
        "Shows: choice of an inside rule", "Shows: name", "Shows: company", "Shows: work relationship",
    }  # fmt: skip


def test_heads_limits_and_weeks_take_a_file_and_their_pages_and_the_file_tell_it(house):
    siti, luca = house.browser(SITI), house.browser(LUCA)
    for client, address, typed in (
        (siti, "/office/units/abc-it/do/name-head/", {"person": "tor-bergli", "valid_from": "2027-01-01"}),
        (siti, "/office/calendars/abc-it/do/set/", {"mon": "09:00-17:00", "time_zone": "Europe/Amsterdam"}),
        (
            luca,
            "/office/signing-limits/-/new/set/",
            {"place": "abc-it", "post": "HEAD", "limit": "9000", "currency": "EUR"},
        ),
    ):
        page = previewed(client, address, content=PDF + address.encode(), **typed)
        assert saved(client, page, address).status_code == 200
    told = []
    for link in re.findall(r'href="(/office/files/[\w-]+/)"', siti.get("/office/files/").content.decode()):
        told += re.findall(r"Shows: [^<]+", siti.get(link).content.decode())
    assert {said.partition(",")[0] for said in told} == {"Shows: head of a place", "Shows: working week"}
    limit = luca.get(reverse("office_history", args=["signing-limits", "abc-it~HEAD"]))
    assert luca.get(link_of(limit)).status_code == 200
    assert siti.get(link_of(limit)).status_code == 404
