"""Files brought in through the office: matched, checked row by row, loaded, taken back; hostile ones do no harm."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from tests.builders import AT, HOUSE, given_role, given_user, nothing_written
from tests.cast import ABC, LUCA, SITI
from tests.web.reading import form, words

from inward.kit import imports, worker
from inward.parties.models import Holding, Party, WorkRelationship

PEOPLE = "Ansattnummer;Full name;E-mail\ne1;Åse Dahl;ase@example.org\ne2;Bo Ek;\n"


def brought(client, content, sort="people", name="hr.csv", **more):
    """Bring a file in and go to its columns."""
    file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    return client.post("/office/imports/new/", {"sort": sort, "file": file, **more}, follow=True)


def checked(client, page, **typed):
    """Match the columns as they are suggested, with these typed in, and have them checked."""
    address = page.redirect_chain[-1][0] if page.redirect_chain else page.request["PATH_INFO"]
    sent = {name: values[-1] for name, values in form(client.get(address), "").items()} | typed
    return client.post(address, sent, follow=True)


def loaded(client, page, which="all"):
    address = page.redirect_chain[-1][0]
    return client.post(f"{address}load/", {"which": which}, follow=True)


def test_a_file_from_hr_is_matched_checked_loaded_and_listed(house):
    client = house.browser(SITI)
    page = brought(client, PEOPLE, source="HR, November")
    assert "Match the columns" in words(page)
    assert "Ansattnummer (e1, e2)" in words(page)
    page = checked(client, page)
    text = words(page)
    assert "Checked, not loaded" in text
    assert "Rows read 2 Good 2 Refused 0 Would be new 2 Would change 0" in text
    assert not Party.objects.filter(code="e1").exists()
    page = loaded(client, page)
    assert "Loaded" in words(page)
    assert list(Party.objects.filter(code__in=("e1", "e2")).values_list("code", "name", "email").order_by("code")) == [
        ("e1", "Åse Dahl", "ase@example.org"),
        ("e2", "Bo Ek", ""),
    ]
    assert "hr.csv People Loaded 2 2 Siti Hartati" in words(client.get("/office/imports/"))


def test_refused_rows_are_told_with_line_column_and_reason_and_given_as_a_file(house):
    client = house.browser(SITI)
    page = checked(client, brought(client, "id,name,email\ne1,Ada,\ne 2,Bo,\n=1+1,<b onclick=x>x</b>,\n"))
    text = words(page)
    assert "Rows read 3 Good 1 Refused 2" in text
    assert "3 Code e 2 cannot be an id:" in text
    assert "4 Code This cell begins like a formula: =1+1" in text
    assert b"<b onclick" not in page.content
    answer = client.get(f"{page.redirect_chain[-1][0]}refused.csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "File,Line,Column,What is wrong"
    assert [line.split(",")[:3] for line in lines[1:]] == [["hr.csv", "3", "id"], ["hr.csv", "4", "id"]]
    page = loaded(client, page, "good")
    assert "New records 1" in words(page)
    assert list(Party.objects.filter(name="Ada").values_list("code", flat=True)) == ["e1"]


def test_a_cell_with_a_script_stops_no_file_and_is_shown_as_the_text_it_is(house):
    client = house.browser(SITI)
    matching = brought(client, "id,name\ne1,<script>alert(1)</script>\n<script>,Bo\n")
    page = checked(client, matching)
    assert "Rows read 2 Good 1 Refused 1" in words(page)
    page = loaded(client, page, "good")
    assert Party.objects.filter(name="<script>alert(1)</script>").values_list("code", flat=True).get() == "e1"
    person = client.get("/office/people/e1/")
    assert b"&lt;script&gt;alert(1)" in person.content
    assert not any(b"<script>alert" in seen.content for seen in (matching, page, person))


def test_all_rows_are_not_loaded_while_one_is_refused(house):
    client = house.browser(SITI)
    page = checked(client, brought(client, "id,name\ne 2,Bo\ne3,Cee\n"))
    page = loaded(client, page, "all")
    assert "1 rows are refused." in words(page)
    assert not Party.objects.filter(code="e3").exists()


def test_a_wanted_column_must_be_chosen_or_be_the_same_in_every_row(house):
    client = house.browser(SITI)
    page = brought(client, "Nr,Firma\nmaya-lund,abc\n", sort="work_relationships")
    with nothing_written():
        wrong = checked(client, page)
    assert wrong.status_code == 422
    assert "Kind : Choose a column, or type what stands in every row." in words(wrong)
    page = checked(client, page, **{"col-person": "0", "fix-kind": "part-time", "fix-id": "second"})
    assert "Would be new 1" in words(page)
    loaded(client, page)
    assert WorkRelationship.objects.get(code="second").kind == "PART_TIME"


def test_one_column_of_theirs_may_serve_twice_and_numbers_be_written_with_a_comma(house):
    client = house.browser(SITI)
    page = brought(client, "Eier;Andel;Fra\nabc;12,5;03.01.2026\n", sort="holdings")
    page = checked(
        client, page, **{"col-id": "0", "col-owner": "0", "fix-owned": "kestrel", "decimal": ",", "dates": "%d.%m.%Y"}
    )
    assert "Would be new 1" in words(page)
    loaded(client, page)
    share = Holding.objects.get(code="abc", owned__code="kestrel")
    assert (str(share.votes), str(share.valid_from)) == ("1/8", "2026-01-03")
    columns = client.get(f"{page.redirect_chain[-1][0]}columns/")
    kept = form(columns, "")
    assert (kept["col-id"], kept["col-owner"], kept["fix-owned"], kept["decimal"]) == (["0"], ["0"], ["kestrel"], [","])


def test_a_workbook_is_brought_in_like_any_other_file(house):
    book = Workbook()
    book.active.append(["Employee ID", "Display name"])
    book.active.append(["e9", "Dag Solberg"])
    content = io.BytesIO()
    book.save(content)
    client = house.browser(SITI)
    page = loaded(client, checked(client, brought(client, content.getvalue(), name="hr.xlsx")))
    assert "New records 1" in words(page)
    assert Party.objects.get(code="e9").name == "Dag Solberg"


@pytest.mark.parametrize(
    ("content", "sort", "said"),
    [
        ("id,name\n", "people", "There are no rows in hr.csv below its first line."),
        ("\x00\x01", "people", "This kind of file is not taken"),
        ("id,name\ne1,Ada\n", "nonsense", "Say what the file holds."),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_with_a_sentence(house, content, sort, said):
    client = house.browser(SITI)
    with nothing_written():
        page = brought(client, content, sort=sort)
    assert page.status_code == 422
    assert said in words(page)
    assert "Choose a file." in words(client.post("/office/imports/new/", {"sort": "people"}))


def test_an_import_is_taken_back_after_a_question_or_says_who_uses_it(house):
    client = house.browser(SITI)
    page = loaded(client, checked(client, brought(client, PEOPLE)))
    address = page.redirect_chain[-1][0]
    assert "Take this import back?" in words(client.get(f"{address}undo/"))
    assert Party.objects.filter(code="e1").exists()
    page = client.post(f"{address}undo/", {"reason": "wrong month"}, follow=True)
    assert "The import is taken back." in words(page)
    assert not Party.objects.filter(code="e1").exists()
    page = loaded(client, checked(client, brought(client, PEOPLE)))
    given_user("e1", person="e1")
    page = client.post(f"{page.redirect_chain[-1][0]}undo/", {"reason": "x"}, follow=True)
    assert "What this import brought in is in use: users (1)." in words(page)
    assert Party.objects.filter(code="e1").exists()


def test_a_large_file_waits_for_the_worker_and_its_page_says_so(house, monkeypatch):
    monkeypatch.setattr(imports, "AT_ONCE_BYTES", 10)
    client = house.browser(SITI)
    page = checked(client, brought(client, PEOPLE))
    assert "The file is being worked on. Look again" in words(page)
    worker.drain()
    page = client.get(page.redirect_chain[-1][0])
    assert "Checked, not loaded" in words(page)


def test_what_is_known_already_is_not_offered_to_be_loaded_again(house):
    client = house.browser(SITI)
    loaded(client, checked(client, brought(client, PEOPLE)))
    page = checked(client, brought(client, PEOPLE))
    assert "Everything in it is known already; loading it would change nothing." in words(page)
    page = client.post(f"{page.redirect_chain[-1][0]}away/", follow=True)
    assert "The file is forgotten. Nothing of it was loaded." in words(page)
    assert client.get(page.request["PATH_INFO"]).status_code == 200
    first = imports.listed(viewer=HOUSE, at=AT, params={}).rows[-1].reference
    assert "This import is not waiting for that" in words(client.post(f"/office/imports/{first}/away/", follow=True))
    assert "This import is not waiting for that" in words(client.post(f"/office/imports/{first}/load/", follow=True))


def test_whoever_looks_after_one_company_brings_in_what_is_hers_and_sees_no_other_file(house):
    reference = imports.bring(by=HOUSE, at=AT, sort="people", chunks=[PEOPLE.encode()], name="hr.csv")
    given_role(house.users[LUCA.code], "DATA_ADMINISTRATOR", "abc")
    client = house.browser(LUCA)
    assert "hr.csv" not in words(client.get("/office/imports/"))
    for address in ("", "columns/", "refused.csv", "undo/"):
        assert client.get(f"/office/imports/{reference}/{address}").status_code == 404
    for act in ("load", "undo", "away", "columns"):
        with nothing_written():
            assert client.post(f"/office/imports/{reference}/{act}/").status_code == 404
    assert "Categories" not in words(client.get("/office/imports/new/"))
    rows = "person,company,kind\nmaya-lund,xyz,full_time\nratna-wijayanti,abc,part_time\n"
    page = checked(client, brought(client, rows, sort="work_relationships", name="work.csv"))
    assert "Line 2 Company Only data administrators of XYZ Widgets may do this." in words(page)
    page = loaded(client, page, which="good")
    assert WorkRelationship.objects.filter(person__code="ratna-wijayanti", company__code="abc").exists()
    assert not WorkRelationship.objects.filter(person__code="maya-lund", company__code="xyz").exists()


def test_a_checked_file_of_work_tells_what_becomes_of_people_and_a_loaded_one_what_became(house):
    client = house.browser(SITI)
    work = "person,company,unit,kind,valid_from,valid_until,id\n"
    moved = f"{work}{LUCA.code},{ABC},abc-shop-centre,full-time,2030-01-01,,luca-2\n"
    page = brought(client, moved, sort="work_relationships")
    page = checked(client, page)
    assert "What it would change" in words(page)
    assert "People: 0 join, 0 move, 0 leave, 1 are said otherwise." in words(page)
    before = WorkRelationship.objects.count()
    page = loaded(client, page)
    assert "What it changed" in words(page)
    assert "What it would change" not in words(page)
    assert WorkRelationship.objects.count() == before + 1


def test_a_file_that_touches_nobody_tells_nothing_of_people(house):
    page = checked(house.browser(SITI), brought(house.browser(SITI), PEOPLE))
    assert "What it would change" not in words(page)


def test_columns_that_nothing_is_taken_from_are_named_before_and_after_the_check(house):
    client = house.browser(SITI)
    page = brought(client, "id,name,emial,shoe size\ne1,Bo,bo@example.org,44\n")
    said = "Nothing is taken from these columns of the file: emial, shoe size."
    assert said in words(page)
    page = checked(client, page)
    assert said in words(page)
    assert "What it would change" not in words(page)
    page = checked(client, brought(client, "id,name\ne2,Bo\n"))
    assert "Nothing is taken from" not in words(page)


def test_a_column_that_stands_in_two_of_ours_is_not_left_over(house):
    client = house.browser(SITI)
    page = brought(client, "id\ne1\n")
    page = checked(client, page, **{"col-id": "0", "col-name": "0"})
    assert "Good 1" in words(page)
    assert "Nothing is taken from" not in words(page)
