"""Files brought in through the office: matched, checked row by row, loaded, taken back; hostile ones do no harm."""

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import SITI
from tests.web.reading import form, words

from inward.parties.models import Party

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
